import ArbitraryPrecision

/// The format of `numpy.save` (NumPy enhancement proposal 1): an array of doubles or of complex numbers of doubles. A
/// double is the dyadic rational that it is.
enum NumPyArray {
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  static func entries(_ bytes: [UInt8], _ reading: MatrixReading) throws(BadInput) -> MatrixEntries {
    let truncated = BadInput("the file is truncated in its header; accepted: whole files of numpy.save")
    guard bytes.count > 10, (1...3).contains(bytes[6]) else { throw truncated }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    guard bytes.count >= 8 + lengthBytes else { throw truncated }
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = 8 + lengthBytes + length
    guard bytes.count >= start else { throw truncated }
    let header = String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self)

    let kinds = ["<f8", ">f8", "<c16", ">c16"]
    guard let descr = value("descr", header)?.trimming("'\""), kinds.contains(descr) else {
      throw BadInput(
        "the elements are \(value("descr", header)?.abridged ?? "of no kind"); accepted: float64 and complex128")
    }
    guard let order = value("fortran_order", header), order == "True" || order == "False" else {
      throw BadInput("the header has no fortran_order; accepted: True or False")
    }
    let shape = (value("shape", header) ?? "").trimming("()").split(separator: ",").map {
      Int($0.filter { !$0.isWhitespace })
    }
    // A vector may be an array of one dimension.
    let sizes = shape.count == 1 && reading.shape == .vector ? shape + [1] : shape
    guard sizes.count == 2, let rows = sizes[0], let columns = sizes[1],
      columns == (reading.shape == .square ? rows : 1)
    else {
      let accepted = reading.shape == .square ? "(n, n), as many columns as rows" : "(n,) or (n, 1)"
      throw BadInput("the shape is \(value("shape", header)?.abridged ?? "missing"); accepted: \(accepted)")
    }
    try reading.check(rows: rows, columns: columns)
    let parts = descr.hasSuffix("c16") ? 2 : 1
    let expected = rows * columns * parts * 8
    guard bytes.count - start == expected else {
      throw BadInput("the file has \(bytes.count - start) bytes of elements; accepted: \(expected) for \(rows) rows")
    }
    func double(_ index: Int) -> Double {
      let place = start + 8 * index
      let pattern = (0..<8).reduce(UInt64(0)) {
        $0 | UInt64(bytes[place + $1]) << UInt64(8 * (descr.hasPrefix("<") ? $1 : 7 - $1))
      }
      return Double(bitPattern: pattern)
    }
    var elements: [MatrixEntries.Element] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let index = order == "True" ? column * rows + row : row * columns + column
        var values: [Rational] = [0, 0]
        for part in 0..<parts {
          let value = double(parts * index + part)
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
