import Catalogue
import Expressions
import YAMLText

/// The pure state from which a model starts.
struct StartDeclaration: Sendable {
  /// A word for each factor; a family has one for all its cells, or one for each.
  struct Product: Sendable {
    var words: [Words]
    let place: YAMLEntry
  }

  enum Words: Sendable {
    case all(StateWord)
    case each([StateWord], YAMLEntry)
  }

  /// A product with its coefficient.
  struct Term: Sendable {
    let coefficient: ModelFormula
    let product: Product
  }

  enum Content: Sendable {
    case product(Product)
    case superposition([Term], isNormalised: Bool)
  }

  let content: Content
  let place: YAMLEntry

  init(_ entry: YAMLEntry, _ factors: [FactorDeclaration], _ names: inout ModelNames) throws(BadInput) {
    place = entry
    let keys = try entry.keys()
    for key in keys where ["mixture", "vector", "density"].contains(key.name) {
      throw key.value.fault(
        "starts by '\(key.name)' are not served yet; accepted: a word for each factor, superposition")
    }
    guard let list = keys.first(where: { $0.name == "superposition" })?.value else {
      if let key = keys.first(where: { $0.name == "normalised" }) {
        throw key.value.fault("a product is normalised; accepted: 'normalised' beside 'superposition'")
      }
      content = .product(try Self.product(entry, factors, &names))
      return
    }
    _ = try entry.keys(among: ["superposition", "normalised"])
    var isNormalised = false
    if let flag = keys.first(where: { $0.name == "normalised" })?.value {
      guard let value = ["true": true, "false": false][try flag.text()] else {
        throw flag.fault("'\(try flag.text().abridged)' is refused; accepted: true, false")
      }
      isNormalised = value
    }
    var terms: [Term] = []
    for item in try list.list() {
      let pair = try item.list()
      guard pair.count == 2 else {
        throw item.fault("a term is no pair; accepted: [coefficient, {factor: state, ...}]")
      }
      terms.append(
        Term(
          coefficient: try names.formula(try pair[0].filledText(), pair[0], .number),
          product: try Self.product(pair[1], factors, &names)))
    }
    guard !terms.isEmpty else { throw list.fault("the superposition is empty; accepted: at least one term") }
    content = .superposition(terms, isNormalised: isNormalised)
  }

  private static func product(
    _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ names: inout ModelNames
  ) throws(BadInput) -> Product {
    let keys = try entry.keys()
    let known = factors.map(\.name).joined(separator: ", ")
    for key in keys where !factors.contains(where: { $0.name == key.name }) {
      throw key.value.fault("'\(key.name.abridged)' is no factor of the space; accepted: \(known)")
    }
    var words: [Words] = []
    for factor in factors {
      guard let value = keys.first(where: { $0.name == factor.name })?.value else {
        throw entry.fault("the factor '\(factor.name)' has no state; accepted: a state for each of \(known)")
      }
      guard case .list(let list) = value.content else {
        words.append(.all(try StateWord(try value.filledText(), value, of: factor, &names)))
        continue
      }
      guard factor.cells != nil else {
        throw value.fault("'\(factor.name)' is no family; accepted: one state")
      }
      var each: [StateWord] = []
      for item in list { each.append(try StateWord(try item.filledText(), item, of: factor, &names)) }
      words.append(.each(each, value))
    }
    return Product(words: words, place: entry)
  }
}
