import ArbitraryPrecision

/// The exchange format of Boisvert, Pozo and Remington (NISTIR 5935, 1996): coordinates or an array, real, integer or
/// complex, general, symmetric, skew-symmetric or Hermitian.
struct MatrixMarket {
  private enum Symmetry: String {
    case general, symmetric, hermitian
    case skew = "skew-symmetric"

    /// Whether an element may be written: on and below the diagonal, of skew matrices below it.
    func holds(_ row: Int, _ column: Int) -> Bool {
      switch self {
      case .general: true
      case .symmetric, .hermitian: row >= column
      case .skew: row > column
      }
    }

    /// The element at the mirrored place.
    func mirrored(_ value: ExactComplex) -> ExactComplex {
      guard let (real, imaginary) = value.rational else { return value }
      return switch self {
      case .general, .symmetric: value
      case .hermitian: ExactComplex(real, -imaginary)
      case .skew: ExactComplex(-real, -imaginary)
      }
    }
  }

  private struct Line {
    let number: Int
    let words: [Substring]

    func fault(_ message: String) -> BadInput { BadInput("line \(number): \(message)") }

    /// The number of rows, of columns or of elements.
    func count(_ place: Int) throws(BadInput) -> Int {
      guard let value = Int(words[place]), value >= 0 else {
        throw fault("'\(String(words[place]).abridged)' is no count; accepted: integers of 0 or more")
      }
      return value
    }
  }

  private static let header =
    """
    %%MatrixMarket matrix, then coordinate or array, then real, integer or complex, then general, symmetric, \
    skew-symmetric or hermitian
    """

  private let reading: MatrixReading
  private let isCoordinate: Bool
  private let field: String
  private let symmetry: Symmetry

  static func entries(_ text: String, _ reading: MatrixReading) throws(BadInput) -> MatrixEntries {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var body: [Line] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.hasPrefix("%") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { body.append(Line(number: index + 1, words: words)) }
    }
    let format = try MatrixMarket(header: lines.first ?? "", reading)
    guard let size = body.first else { throw BadInput("the line of the size is missing; accepted: rows and columns") }
    return try format.entries(size, body.dropFirst())
  }

  private init(header: Substring, _ reading: MatrixReading) throws(BadInput) {
    let words = header.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard words.count == 5, words[0] == "%%matrixmarket", words[1] == "matrix",
      ["coordinate", "array"].contains(words[2]),
      ["real", "integer", "unsigned-integer", "complex"].contains(words[3]), let symmetry = Symmetry(rawValue: words[4])
    else { throw BadInput("line 1: '\(words.joined(separator: " ").abridged)' is no header; accepted: \(Self.header)") }
    (self.reading, self.symmetry) = (reading, symmetry)
    (isCoordinate, field) = (words[2] == "coordinate", words[3] == "unsigned-integer" ? "integer" : words[3])
  }

  private func entries(_ size: Line, _ body: ArraySlice<Line>) throws(BadInput) -> MatrixEntries {
    guard size.words.count == (isCoordinate ? 3 : 2) else {
      throw size.fault(
        "\(size.words.count) numbers; accepted: \(isCoordinate ? "rows, columns and elements" : "rows and columns")")
    }
    let (rows, columns) = (try size.count(0), try size.count(1))
    do { try reading.check(rows: rows, columns: columns) } catch { throw size.fault(error.message) }
    guard symmetry == .general || rows == columns else {
      throw size.fault("a \(symmetry.rawValue) matrix that is not square; accepted: general ones")
    }
    let places =
      isCoordinate
      ? try coordinates(body, rows, columns, count: try size.count(2), size)
      : (0..<columns).flatMap { column in (0..<rows).map { ($0, column) } }.filter { symmetry.holds($0.0, $0.1) }
    guard body.count == places.count else {
      throw BadInput("the file has \(body.count) elements, its size says \(places.count); accepted: equally many")
    }
    var elements: [MatrixEntries.Element] = []
    for ((row, column), line) in zip(places, body) {
      let value = try element(Array(isCoordinate ? line.words.dropFirst(2) : line.words[...]), line)
      try reading.add(value, row, column, to: &elements)
      guard symmetry != .general else { continue }
      if row != column {
        try reading.add(symmetry.mirrored(value), column, row, to: &elements)
      } else if symmetry == .hermitian, value.imaginary.rational?.signum != 0 {
        throw line.fault("the imaginary part of a diagonal element of a hermitian matrix is not zero; accepted: 0")
      }
    }
    return MatrixEntries(rows: rows, columns: columns, elements)
  }

  private func coordinates(
    _ lines: ArraySlice<Line>, _ rows: Int, _ columns: Int, count: Int, _ size: Line
  ) throws(BadInput) -> [(Int, Int)] {
    guard count <= rows * columns else {
      throw size.fault("\(count) elements of \(rows) x \(columns); accepted: at most all")
    }
    guard lines.count == count else {
      throw BadInput("the file has \(lines.count) elements, its size says \(count); accepted: equally many")
    }
    var places: [(Int, Int)] = []
    var seen: Set<Int> = []
    for line in lines {
      guard line.words.count >= 3, let row = Int(line.words[0]), let column = Int(line.words[1]),
        (1...rows).contains(row), (1...columns).contains(column)
      else {
        throw line.fault(
          "no element of the matrix; accepted: row and column from 1 to \(rows), and the value")
      }
      guard symmetry.holds(row, column) else {
        throw line.fault(
          symmetry == .skew
            ? "an element on or above the diagonal of a skew-symmetric matrix; accepted: those below it"
            : "an element above the diagonal of a \(symmetry.rawValue) matrix; accepted: those on and below it")
      }
      guard seen.insert(row * (columns + 1) + column).inserted else {
        throw line.fault("the element (\(row), \(column)) is given twice; accepted: each one once")
      }
      places.append((row - 1, column - 1))
    }
    return places
  }

  private func element(_ words: [Substring], _ line: Line) throws(BadInput) -> ExactComplex {
    let expected = field == "complex" ? 2 : 1
    guard words.count == expected else {
      let accepted = expected == 1 ? "one" : "its real and imaginary part"
      throw line.fault("\(words.count) numbers for a \(field) element; accepted: \(accepted)")
    }
    var parts: [Rational] = []
    for word in words {
      guard let value = reading.value(word), field != "integer" || value.integer != nil else {
        throw line.fault(
          "'\(String(word).abridged)' is no \(field == "integer" ? "integer" : "number"); accepted: "
            + (field == "integer" ? "integers" : "decimals such as -1.5e-3"))
      }
      parts.append(value)
    }
    return ExactComplex(parts[0], expected == 2 ? parts[1] : 0)
  }
}
