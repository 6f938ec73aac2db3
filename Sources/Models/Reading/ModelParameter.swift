import Catalogue
import Expressions
import YAMLText

/// A parameter of a model.
struct ModelParameter: Sendable {
  let name: String
  let isInteger: Bool
  /// The least integer; nil where there is none.
  let least: Int?
  let parameter: Parameter
  let place: YAMLEntry

  private static let kinds = ["integer", "real", "positive", "non-negative", "rational"]

  init(_ key: YAMLEntry.Key) throws(BadInput) {
    name = key.name
    place = key.value
    let accepted = "accepted: \(Self.kinds.joined(separator: ", "))"
    let keys: [YAMLEntry.Key]
    let kind: String
    if case .text(let text) = key.value.content {
      (keys, kind) = ([], text)
    } else {
      keys = try key.value.keys(among: ["kind", "from", "default", "meaning"])
      guard let entry = keys.first(where: { $0.name == "kind" })?.value else {
        throw key.value.fault("the key 'kind' is missing; \(accepted)")
      }
      kind = try entry.text()
    }
    guard Self.kinds.contains(kind) else { throw key.value.fault("unknown kind '\(kind.abridged)'; \(accepted)") }
    isInteger = kind == "integer"
    let meaning = try keys.first { $0.name == "meaning" }.map { key throws(BadInput) in try key.value.text() } ?? ""
    let defaultEntry = keys.first { $0.name == "default" }?.value
    let defaultText = try defaultEntry.map { entry throws(BadInput) in try entry.filledText() }
    var least: Int?
    if let from = keys.first(where: { $0.name == "from" })?.value {
      let text = try from.text()
      guard isInteger, let value = Int(text), abs(value) <= 1 << 53 else {
        throw from.fault("'from: \(text.abridged)' is refused; accepted: an integer, of parameters of the kind integer")
      }
      least = value
    }
    self.least = least
    switch kind {
    case "integer":
      let domain: Parameter.Domain =
        switch least {
        case nil: .all
        case 0: .nonNegative
        case 1: .atLeastOne
        case let bound?: .stated("\(name) >= \(bound)")
        }
      parameter = Parameter(IntegerKey(name), domain, default: defaultText).meaning(meaning)
    case "rational": parameter = Parameter(RationalKey(name), .all, default: defaultText).meaning(meaning)
    default:
      let domain: Parameter.Domain = kind == "positive" ? .positive : kind == "real" ? .all : .nonNegative
      parameter = Parameter(RealKey(name), domain, default: defaultText).meaning(meaning)
    }
    guard let defaultEntry, let defaultText else { return }
    do {
      try parameter.check(defaultText)
      if let value = Constant.integer(defaultText) { try check(value, defaultText) }
    } catch {
      throw defaultEntry.fault("\(error)")
    }
  }

  /// Refuses an integer below the least one.
  func check(_ value: Int, _ text: String) throws(BadInput) {
    guard let least, value < least else { return }
    throw parameter.outside(text)
  }
}

extension Constant {
  /// The word that a text is an integer of; nil else.
  fileprivate static func integer(_ text: String) -> Int? {
    guard case .integer(let value)? = (try? Constant(parsing: text))?.integrality else { return nil }
    return Int(exactly: value)
  }
}
