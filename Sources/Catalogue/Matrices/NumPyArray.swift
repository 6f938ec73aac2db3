import ArbitraryPrecision

/// The format of `numpy.save` (NumPy enhancement proposal 1): a square array of doubles or of complex numbers of
/// doubles. A double is the dyadic rational that it is.
enum NumPyArray {
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  static func matrix(_ bytes: [UInt8]) throws(BadInput) -> ExactMatrix {
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
    guard shape.count == 2, let rows = shape[0], rows == shape[1] else {
      throw BadInput(
        "the shape is \(value("shape", header)?.abridged ?? "missing"); accepted: (n, n), as many columns as rows")
    }
    try ExactMatrix.check(dimension: rows)
    let parts = descr.hasSuffix("c16") ? 2 : 1
    let expected = rows * rows * parts * 8
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
    var elements: [ExactComplex] = []
    elements.reserveCapacity(rows * rows)
    for row in 0..<rows {
      for column in 0..<rows {
        let index = order == "True" ? column * rows + row : row * rows + column
        var values: [Rational] = [0, 0]
        for part in 0..<parts {
          let value = double(parts * index + part)
          guard let exact = Rational(exactly: value) else {
            throw BadInput("element (\(row), \(column)) is \(value); accepted: finite numbers")
          }
          values[part] = exact
        }
        elements.append(ExactComplex(values[0], values[1]))
      }
    }
    return ExactMatrix(rows, elements)
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
