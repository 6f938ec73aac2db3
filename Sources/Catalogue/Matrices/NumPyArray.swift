import ArbitraryPrecision

/// The format of `numpy.save` (NumPy enhancement proposal 1): an array of doubles or of complex numbers of doubles. A
/// double is the dyadic rational that it is.
package struct NumPyArray {
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// The kind of its elements as NumPy writes it: `<f8`, `<c16`.
  let kind: String
  /// Whether the first index runs fastest.
  let isFortran: Bool
  /// The lengths along its axes; none of a single number.
  package let shape: [Int]
  private let bytes: ArraySlice<UInt8>
  private let shownShape: String

  /// Reads the header.
  ///
  /// - Parameter kinds: the kinds of elements that are accepted.
  package init(
    _ bytes: [UInt8], kinds: [String] = ["<f8", ">f8", "<c16", ">c16"], accepted: String = "float64 and complex128"
  ) throws(BadInput) {
    let truncated = BadInput("the file is truncated in its header; accepted: whole files of numpy.save")
    guard bytes.count > 10, bytes.starts(with: Self.magic), (1...3).contains(bytes[6]) else { throw truncated }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    guard bytes.count >= 8 + lengthBytes else { throw truncated }
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = 8 + lengthBytes + length
    guard bytes.count >= start else { throw truncated }
    let header = String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self)
    guard let descr = Self.value("descr", header)?.trimming("'\""), kinds.contains(descr) else {
      throw BadInput(
        "the elements are \(Self.value("descr", header)?.abridged ?? "of no kind"); accepted: \(accepted)")
    }
    guard let order = Self.value("fortran_order", header), order == "True" || order == "False" else {
      throw BadInput("the header has no fortran_order; accepted: True or False")
    }
    shownShape = Self.value("shape", header)?.abridged ?? "missing"
    var shape: [Int] = []
    for word in (Self.value("shape", header) ?? "x").trimming("()").split(separator: ",") {
      let digits = word.filter { !$0.isWhitespace }
      if digits.isEmpty { continue }
      guard let size = Int(digits), (0...Self.greatestLength).contains(size) else {
        throw BadInput("the shape is \(shownShape); accepted: lengths up to \(Self.greatestLength)")
      }
      shape.append(size)
    }
    (kind, isFortran, self.shape) = (descr, order == "True", shape)
    self.bytes = bytes[start...]
  }

  /// Refuses a file that has fewer or more elements than its header says.
  package func requireWhole() throws(BadInput) {
    let (count, overflow) = shape.reduce((1, false)) { known, size in
      let product = known.0.multipliedReportingOverflow(by: size)
      return (product.partialValue, known.1 || product.overflow)
    }
    let expected = count.multipliedReportingOverflow(by: width * parts)
    guard !overflow, !expected.overflow, bytes.count == expected.partialValue else {
      throw BadInput(
        "the file has \(bytes.count) bytes of elements; accepted: what the shape \(shownShape) takes")
    }
  }

  private static let greatestLength = 1 << 40

  /// Whether its elements are integers.
  package var isInteger: Bool { kind.contains("i") || kind.contains("u") }

  /// The real numbers of an element.
  private var parts: Int { kind.contains("c") ? 2 : 1 }

  /// The bytes of each of them.
  private var width: Int { (Int(kind.drop { !$0.isNumber }) ?? 8) / parts }

  /// The number of elements.
  package var count: Int { shape.reduce(1, *) }

  /// How the bytes of a number stand, read from the header once: it is wanted for each number.
  private struct Layout {
    let width: Int
    let isLittle: Bool
  }

  private var layout: Layout { Layout(width: width, isLittle: !kind.hasPrefix(">")) }

  private func pattern(_ index: Int, _ layout: Layout) -> UInt64 {
    let (width, place) = (layout.width, bytes.startIndex + layout.width * index)
    var result: UInt64 = 0
    for byte in 0..<width {
      result |= UInt64(bytes[place + byte]) << UInt64(8 * (layout.isLittle ? byte : width - 1 - byte))
    }
    return result
  }

  private func double(_ index: Int, _ layout: Layout) -> Double { Double(bitPattern: pattern(index, layout)) }

  /// The place of an element in the file by its place with the last index running fastest.
  private func place(_ index: Int) -> Int {
    guard isFortran, shape.count > 1 else { return index }
    var (rest, result) = (index, 0)
    var strides: [Int] = []
    var stride = 1
    for size in shape {
      strides.append(stride)
      stride *= size
    }
    for axis in shape.indices.reversed() {
      result += rest % shape[axis] * strides[axis]
      rest /= shape[axis]
    }
    return result
  }

  /// The elements with the last index running fastest; imaginary parts are zero of real ones.
  package func numbers() -> (real: [Double], imaginary: [Double]) {
    let (places, layout, parts) = ((0..<count).map(place), layout, parts)
    return (
      places.map { double(parts * $0, layout) },
      parts == 2 ? places.map { double(2 * $0 + 1, layout) } : Array(repeating: 0, count: places.count)
    )
  }

  /// The elements as integers, of a kind such as `<i8`.
  package func integers() -> [Int] {
    let (free, layout, isUnsigned) = (64 - 8 * width, layout, kind.contains("u"))
    return (0..<count).map { index in
      let pattern = pattern(place(index), layout) << UInt64(free)
      return isUnsigned
        ? Int(truncatingIfNeeded: pattern >> UInt64(free)) : Int(bitPattern: UInt(pattern)) >> free
    }
  }

  static func entries(_ bytes: [UInt8], _ reading: MatrixReading) throws(BadInput) -> MatrixEntries {
    let array = try NumPyArray(bytes)
    // A vector may be an array of one dimension.
    let sizes = array.shape.count == 1 && reading.shape == .vector ? array.shape + [1] : array.shape
    guard sizes.count == 2, sizes[1] == (reading.shape == .square ? sizes[0] : 1) else {
      let accepted = reading.shape == .square ? "(n, n), as many columns as rows" : "(n,) or (n, 1)"
      throw BadInput("the shape is \(array.shownShape); accepted: \(accepted)")
    }
    let (rows, columns) = (sizes[0], sizes[1])
    try reading.check(rows: rows, columns: columns)
    try array.requireWhole()
    var elements: [MatrixEntries.Element] = []
    let layout = array.layout
    for row in 0..<rows {
      for column in 0..<columns {
        let index = array.place(row * columns + column)
        var values: [Rational] = [0, 0]
        for part in 0..<array.parts {
          let value = array.double(array.parts * index + part, layout)
          guard let exact = Rational(exactly: value) else {
            throw BadInput("element (\(row), \(column)) is \(value); accepted: finite numbers")
          }
          values[part] = exact
        }
        try reading.add(ExactComplex(values[0], values[1]), row, column, to: &elements)
      }
    }
    return MatrixEntries(rows: rows, elements)
  }

  /// What stands after a key of the header, a literal of Python.
  private static func value(_ key: String, _ header: String) -> String? {
    guard let range = header.firstRange(of: "'\(key)':") else { return nil }
    let rest = header[range.upperBound...].drop { $0 == " " }
    if rest.first == "(" {
      guard let end = rest.firstIndex(of: ")") else { return nil }
      return String(rest[...end])
    }
    return String(rest.prefix { $0 != "," && $0 != "}" && !$0.isNewline })
  }
}

extension String {
  fileprivate func trimming(_ characters: String) -> String {
    var rest = Substring(self)
    while let first = rest.first, characters.contains(first) || first == " " { rest = rest.dropFirst() }
    while let last = rest.last, characters.contains(last) || last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
