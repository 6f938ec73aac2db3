import ArbitraryPrecision
import Expressions

/// The exchange format of Boisvert, Pozo and Remington (NISTIR 5935, 1996): coordinates or an array, real, integer or
/// complex, general, symmetric or Hermitian. Decimals are exact as written.
enum MatrixMarket {
  private static let header =
    """
    %%MatrixMarket matrix, then coordinate or array, then real, integer or complex, then general, symmetric or hermitian
    """

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

  static func matrix(_ text: String) throws(BadInput) -> ExactMatrix {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let words = (lines.first ?? "").split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard words.count == 5, words[0] == "%%matrixmarket", words[1] == "matrix",
      ["coordinate", "array"].contains(words[2]), ["real", "integer", "complex"].contains(words[3]),
      ["general", "symmetric", "hermitian"].contains(words[4])
    else { throw BadInput("line 1: '\(words.joined(separator: " ").abridged)' is no header; accepted: \(header)") }
    var body: [Line] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.hasPrefix("%") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { body.append(Line(number: index + 1, words: words)) }
    }
    guard let size = body.first else { throw BadInput("the line of the size is missing; accepted: rows and columns") }
    let isCoordinate = words[2] == "coordinate"
    guard size.words.count == (isCoordinate ? 3 : 2) else {
      throw size.fault(
        "\(size.words.count) numbers; accepted: \(isCoordinate ? "rows, columns and elements" : "rows and columns")")
    }
    let (rows, columns) = (try size.count(0), try size.count(1))
    guard rows == columns else {
      throw size.fault("the matrix has \(rows) rows and \(columns) columns; accepted: as many columns as rows")
    }
    try ExactMatrix.check(dimension: rows)
    let places =
      isCoordinate
      ? try coordinates(body.dropFirst(), rows, symmetry: words[4], count: try size.count(2), size)
      : array(rows, symmetry: words[4])
    guard body.count - 1 == places.count else {
      throw BadInput("the file has \(body.count - 1) elements, its size says \(places.count); accepted: equally many")
    }
    var elements = Array(repeating: ExactComplex(Rational(0)), count: rows * rows)
    for ((row, column), line) in zip(places, body.dropFirst()) {
      let numbers = isCoordinate ? line.words.dropFirst(2) : line.words[...]
      let value = try element(Array(numbers), words[3], line)
      elements[row * rows + column] = value
      guard words[4] != "general" else { continue }
      if row != column {
        elements[column * rows + row] =
          words[4] == "symmetric" ? value : ExactComplex(value.real.rational ?? 0, -(value.imaginary.rational ?? 0))
      } else if words[4] == "hermitian", value.imaginary.rational?.signum != 0 {
        throw line.fault("the imaginary part of a diagonal element of a hermitian matrix is not zero; accepted: 0")
      }
    }
    return ExactMatrix(rows, elements)
  }

  private static func coordinates(
    _ lines: ArraySlice<Line>, _ rows: Int, symmetry: String, count: Int, _ size: Line
  ) throws(BadInput) -> [(Int, Int)] {
    guard count <= rows * rows else {
      throw size.fault("\(count) elements of \(rows) x \(rows); accepted: at most all")
    }
    guard lines.count == count else {
      throw BadInput("the file has \(lines.count) elements, its size says \(count); accepted: equally many")
    }
    var places: [(Int, Int)] = []
    var seen: Set<Int> = []
    for line in lines {
      guard line.words.count >= 3, let row = Int(line.words[0]), let column = Int(line.words[1]),
        (1...rows).contains(row), (1...rows).contains(column)
      else { throw line.fault("no element of the matrix; accepted: row and column from 1 to \(rows), and the value") }
      guard symmetry == "general" || row >= column else {
        throw line.fault("an element above the diagonal of a \(symmetry) matrix; accepted: those on and below it")
      }
      guard seen.insert(row * (rows + 1) + column).inserted else {
        throw line.fault("the element (\(row), \(column)) is given twice; accepted: each one once")
      }
      places.append((row - 1, column - 1))
    }
    return places
  }

  /// Columns one after the other; of a symmetric or Hermitian matrix what is on and below the diagonal.
  private static func array(_ rows: Int, symmetry: String) -> [(Int, Int)] {
    (0..<rows).flatMap { column in ((symmetry == "general" ? 0 : column)..<rows).map { ($0, column) } }
  }

  private static func element(_ words: [Substring], _ field: String, _ line: Line) throws(BadInput) -> ExactComplex {
    let expected = field == "complex" ? 2 : 1
    guard words.count == expected else {
      let accepted = expected == 1 ? "one" : "its real and imaginary part"
      throw line.fault("\(words.count) numbers for a \(field) element; accepted: \(accepted)")
    }
    var parts: [Rational] = []
    for word in words {
      guard let value = Rational(decimal: word), field != "integer" || value.integer != nil else {
        throw line.fault(
          "'\(String(word).abridged)' is no \(field == "integer" ? "integer" : "number"); accepted: "
            + (field == "integer" ? "integers" : "decimals such as -1.5e-3"))
      }
      parts.append(value)
    }
    return ExactComplex(parts[0], expected == 2 ? parts[1] : 0)
  }
}

extension Rational {
  /// A decimal as programs write it, with sign and exponent; nil for anything else, and out of the range of constants.
  init?(decimal text: some StringProtocol) {
    var rest = Substring(text)
    func digits() -> Bool {
      let count = rest.prefix { $0.isASCII && $0.isNumber }.count
      rest = rest.dropFirst(count)
      return count > 0
    }
    if let sign = rest.first, sign == "+" || sign == "-" { rest = rest.dropFirst() }
    var hasDigits = digits()
    if rest.first == "." {
      rest = rest.dropFirst()
      hasDigits = digits() || hasDigits
    }
    guard hasDigits else { return nil }
    if let mark = rest.first, mark == "e" || mark == "E" {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == "+" || sign == "-" { rest = rest.dropFirst() }
      guard digits() else { return nil }
    }
    guard rest.isEmpty, let value = (try? Constant(parsing: String(text)))?.rational else { return nil }
    self = value
  }
}
