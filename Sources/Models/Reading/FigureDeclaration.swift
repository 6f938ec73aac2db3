import Catalogue
import Expressions
import YAMLText

/// A quantity of a model: a formula of figures of merit.
struct FigureDeclaration: Sendable {
  let name: String
  let value: FigureFormula
  let unit: String
  let meaning: String

  init(
    _ key: YAMLEntry.Key, _ factors: [FactorDeclaration], _ parts: [PartDeclaration], _ names: inout ModelNames
  ) throws(BadInput) {
    name = key.name
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      throw key.value.fault("'\(name.abridged)' is no name of a quantity; accepted: letters, digits, hyphens")
    }
    let keys = try key.value.keys(among: ["value", "unit", "meaning"])
    guard let entry = keys.first(where: { $0.name == "value" })?.value else {
      throw key.value.fault("the key 'value' is missing; accepted: a formula such as mean(battery)")
    }
    let text = try entry.filledText()
    value = try FigureReader(place: entry, factors: factors, parts: parts).formula(text, &names)
    func words(_ name: String) throws(BadInput) -> String? {
      try keys.first { $0.name == name }.map { key throws(BadInput) in try key.value.text() }
    }
    unit = try words("unit") ?? "1"
    meaning = try words("meaning") ?? text
  }
}
