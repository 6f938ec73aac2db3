import ArbitraryPrecision
import Catalogue
import Systems
import JSON

/// A parameter as files and questions write it: exact, with a tag that says what it is.
enum TaggedValue: Sendable, Hashable {
  /// `{"integer": "200"}`.
  case integer(String)
  /// `{"binary64": "0x1.8p+1"}`; NaN and infinities in invalid cases only.
  case binary64(UInt64)
  /// `{"rational": "1/3"}`.
  case rational(String)
  /// `{"choice": "flip"}`.
  case choice(String)
  /// `{"vector": ["0x1p-1", ...]}`.
  case vector([UInt64])
  /// `{"matrix": [[["0x1p-1", "0x0p+0"], ...], ...]}`: rows of real and imaginary parts.
  case matrix([[[UInt64]]])

  /// The value of a double, by its bits so that NaN equals itself.
  static func double(_ value: Double) -> TaggedValue { .binary64(value.bitPattern) }

  /// The tag.
  var tag: String {
    switch self {
    case .integer: "integer"
    case .binary64: "binary64"
    case .rational: "rational"
    case .choice: "choice"
    case .vector: "vector"
    case .matrix: "matrix"
    }
  }

  /// The object with the tag.
  var json: JSONValue {
    func text(_ bits: UInt64) -> JSONValue { .string(HexadecimalDouble.text(Double(bitPattern: bits))) }
    let value: JSONValue =
      switch self {
      case .integer(let text), .rational(let text), .choice(let text): .string(text)
      case .binary64(let bits): text(bits)
      case .vector(let elements): .array(elements.map(text))
      case .matrix(let rows): .array(rows.map { .array($0.map { .array($0.map(text)) }) })
      }
    return .object([.init(tag, value)])
  }

  /// Reads an object with one tag; nil when it is none.
  init?(_ json: JSONValue) {
    guard case .object(let members) = json, members.count == 1, let member = members.first else { return nil }
    func bits(_ value: JSONValue) -> UInt64? { value.text.flatMap(HexadecimalDouble.value)?.bitPattern }
    switch member.key {
    case "integer", "rational", "choice":
      guard let text = member.value.text, text.utf8.count <= 10_000 else { return nil }
      self = member.key == "integer" ? .integer(text) : member.key == "rational" ? .rational(text) : .choice(text)
    case "binary64":
      guard let bits = bits(member.value) else { return nil }
      self = .binary64(bits)
    case "vector":
      guard let elements = member.value.elements?.map(bits) else { return nil }
      let known = elements.compactMap { $0 }
      guard known.count == elements.count else { return nil }
      self = .vector(known)
    case "matrix":
      guard let rows = member.value.elements else { return nil }
      var matrix: [[[UInt64]]] = []
      for row in rows {
        let parts = (row.elements ?? []).map { ($0.elements ?? []).compactMap(bits) }
        guard row.elements != nil, parts.allSatisfy({ $0.count == 2 }) else { return nil }
        matrix.append(parts)
      }
      self = .matrix(matrix)
    default: return nil
    }
  }

  /// The text that the catalogue reads.
  ///
  /// - Throws: `BadInput` for a double that is no number.
  func catalogueText(_ name: String) throws(BadInput) -> String {
    switch self {
    case .integer(let text), .rational(let text), .choice(let text): return text
    case .binary64(let bits):
      guard let exact = Rational(exactly: Double(bitPattern: bits)) else {
        throw BadInput("parameter \(name): \(Double(bitPattern: bits)) is no number; accepted: finite numbers")
      }
      return "\(exact)"
    case .vector, .matrix: throw BadInput("parameter \(name) is a \(tag); accepted: a number or a word")
    }
  }
}

extension JSONValue {
  /// The text of a string.
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The elements of an array.
  var elements: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The members of an object.
  var objectMembers: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}
