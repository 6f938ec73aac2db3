/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The column (from 1, in bytes).
  public let column: Int
  /// What is wrong.
  public let message: String

  /// `column c: message`.
  public var description: String { "column \(column): \(message)" }
}

extension JSONValue {
  /// Reads one JSON value (RFC 8259); a repeated key of an object is refused.
  ///
  /// - Throws: ``JSONError`` that points at the column.
  public init(parsing text: some StringProtocol) throws(JSONError) {
    var reader = JSONReader(text)
    self = try reader.document()
  }
}

private struct JSONReader {
  static let greatestDepth = 64

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ message: String) -> JSONError { JSONError(column: position + 1, message: message) }

  private mutating func skipSpace() {
    while let byte, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte, byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func document() throws(JSONError) -> JSONValue {
    let result = try value(depth: 0)
    skipSpace()
    guard byte == nil else { throw fault("unexpected text after the JSON value") }
    return result
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < JSONReader.greatestDepth else {
      throw fault("nested too deeply; accepted: \(JSONReader.greatestDepth) levels")
    }
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(0x30...0x39), UInt8(ascii: "-"): return try number()
    case nil: throw fault("the text ends where a JSON value is expected")
    default: throw fault("a JSON value is expected here")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("a JSON value is expected here") }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    _ = take("{")
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw fault("a key in quotation marks is expected") }
      let start = position
      let key = try string()
      guard keys.insert(key).inserted else {
        position = start
        throw fault("the key \"\(key)\" is given twice")
      }
      skipSpace()
      guard take(":") else { throw fault("':' is expected after a key") }
      members.append(JSONValue.Member(key, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw fault("',' or '}' is expected") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    _ = take("[")
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(values) }
      guard take(",") else { throw fault("',' or ']' is expected") }
    }
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw fault("a digit is expected") }
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func string() throws(JSONError) -> String {
    _ = take("\"")
    var result: [UInt8] = []
    while let next = byte {
      switch next {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: result, as: UTF8.self) else { throw fault("a string is not valid UTF-8") }
        return text
      case UInt8(ascii: "\\"): result += String(try escaped()).utf8
      case 0..<0x20: throw fault("a control character in a string must be escaped")
      default:
        result.append(next)
        position += 1
      }
    }
    throw fault("a string has no end")
  }

  private mutating func escaped() throws(JSONError) -> Character {
    position += 1
    guard let letter = byte else { throw fault("a string has no end") }
    let simple: [UInt8: Character] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "t"): "\t", UInt8(ascii: "r"): "\r", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{c}",
    ]
    position += 1
    if let character = simple[letter] { return character }
    guard letter == UInt8(ascii: "u") else { throw fault("unknown escape in a string") }
    var code = try hexadecimal()
    if (0xd800..<0xdc00).contains(code) {
      guard take("\\"), take("u") else { throw fault("half of a surrogate pair in a string") }
      let low = try hexadecimal()
      guard (0xdc00..<0xe000).contains(low) else { throw fault("half of a surrogate pair in a string") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair in a string") }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count, bytes[position..<end].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw fault("four hexadecimal digits are expected") }
    position = end
    return code
  }
}
