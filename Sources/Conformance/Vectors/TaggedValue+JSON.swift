import Catalogue
import JSON

/// Tagged values as JSON.
extension TaggedValue {
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
    return .object([.init(tag.rawValue, value)])
  }

  /// Reads an object with one tag; nil when it is none.
  init?(_ json: JSONValue) {
    guard case .object(let members) = json, members.count == 1, let member = members.first,
      let tag = Tag(rawValue: member.key)
    else { return nil }
    func bits(_ value: JSONValue) -> UInt64? { value.text.flatMap(HexadecimalDouble.value)?.bitPattern }
    switch tag {
    case .integer, .rational, .choice:
      guard let text = member.value.text, text.utf8.count <= 10_000 else { return nil }
      self = tag == .integer ? .integer(text) : tag == .rational ? .rational(text) : .choice(text)
    case .binary64:
      guard let bits = bits(member.value) else { return nil }
      self = .binary64(bits)
    case .vector:
      guard let elements = member.value.elements?.map(bits) else { return nil }
      let known = elements.compactMap { $0 }
      guard known.count == elements.count else { return nil }
      self = .vector(known)
    case .matrix:
      guard let rows = member.value.elements else { return nil }
      var matrix: [[[UInt64]]] = []
      for row in rows {
        let parts = (row.elements ?? []).map { ($0.elements ?? []).compactMap(bits) }
        guard row.elements != nil, parts.allSatisfy({ $0.count == 2 }) else { return nil }
        matrix.append(parts)
      }
      self = .matrix(matrix)
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
