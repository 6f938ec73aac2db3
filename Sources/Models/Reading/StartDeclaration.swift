import Catalogue
import Expressions
import YAMLText

/// The state from which a model starts.
struct StartDeclaration: Sendable {
  /// A word for each factor; a family has one for all its cells, or one for each.
  struct Product: Sendable {
    var words: [Words]
    /// Parts in their Gibbs states; the words of their factors are ``Words/inPart``.
    let gibbs: [(part: Int, temperature: InverseTemperature)]
    let place: YAMLEntry
  }

  enum Words: Sendable {
    case all(StateWord)
    case each([StateWord], YAMLEntry)
    /// The state is that of a part, or is not touched by a reset.
    case inPart
  }

  /// A product with its coefficient.
  struct Term: Sendable {
    let coefficient: ModelFormula
    let product: Product
  }

  /// A state of a mixture with its probability.
  struct Share: Sendable {
    let probability: ModelFormula
    let start: StartDeclaration
  }

  indirect enum Content: Sendable {
    case product(Product)
    case superposition([Term], isNormalised: Bool)
    /// Probabilities with products, superpositions or vectors.
    case mixture([Share], isNormalised: Bool)
    /// The numbers of a vector in the order of the basis.
    case vector(StartMatrix, isNormalised: Bool)
    /// The elements of a density matrix in the order of the basis.
    case density(StartMatrix, isNormalised: Bool)
  }

  let content: Content
  let place: YAMLEntry

  /// The keys of starts that are no products.
  private static let kinds = ["superposition", "mixture", "vector", "density"]
  /// What no factor may be called, since it has a meaning of its own in a start.
  static let reservedNames = kinds + ["normalised"]

  init(
    _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ parts: [PartDeclaration], _ names: inout ModelNames
  ) throws(BadInput) {
    try self.init(entry, factors, parts, &names, inMixture: false)
  }

  private init(
    _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ parts: [PartDeclaration], _ names: inout ModelNames,
    inMixture: Bool
  ) throws(BadInput) {
    place = entry
    let keys = try entry.keys()
    guard let kind = keys.first(where: { Self.kinds.contains($0.name) }) else {
      if let key = keys.first(where: { $0.name == "normalised" }) {
        throw key.value.fault(
          "a product is normalised; accepted: 'normalised' beside superposition, mixture, vector or density")
      }
      content = .product(try Self.product(entry, factors, parts, &names))
      return
    }
    _ = try entry.keys(among: [kind.name, "normalised"])
    if inMixture, ["mixture", "density"].contains(kind.name) {
      throw kind.value.fault("a mixture holds vectors; accepted: a state for each factor, superposition, vector")
    }
    let isNormalised = try Self.flag(keys.first { $0.name == "normalised" }?.value)
    switch kind.name {
    case "superposition":
      let terms = try Self.pairs(kind.value, "[coefficient, {factor: state, ...}]", &names) {
        (entry, names) throws(BadInput) in try Self.product(entry, factors, parts, &names)
      }
      content = .superposition(
        terms.map { Term(coefficient: $0.number, product: $0.value) }, isNormalised: isNormalised)
    case "mixture":
      let shares = try Self.pairs(kind.value, "[probability, {factor: state, ...}]", &names) {
        (entry, names) throws(BadInput) in try StartDeclaration(entry, factors, parts, &names, inMixture: true)
      }
      content = .mixture(
        shares.map { Share(probability: $0.number, start: $0.value) }, isNormalised: isNormalised)
    case "vector": content = .vector(try StartMatrix(kind.value, .vector, &names), isNormalised: isNormalised)
    default: content = .density(try StartMatrix(kind.value, .square, &names), isNormalised: isNormalised)
    }
  }

  private static func flag(_ entry: YAMLEntry?) throws(BadInput) -> Bool {
    guard let entry else { return false }
    let text = try entry.text()
    guard let value = ["true": true, "false": false][text] else {
      throw entry.fault("'\(text.abridged)' is refused; accepted: true, false")
    }
    return value
  }

  /// A list of pairs of a number and what stands beside it.
  private static func pairs<Value>(
    _ list: YAMLEntry, _ accepted: String, _ names: inout ModelNames,
    _ read: (YAMLEntry, inout ModelNames) throws(BadInput) -> Value
  ) throws(BadInput) -> [(number: ModelFormula, value: Value)] {
    var result: [(number: ModelFormula, value: Value)] = []
    for item in try list.list() {
      guard case .list(let pair) = item.content, pair.count == 2 else {
        throw item.fault("a term is no pair; accepted: \(accepted)")
      }
      let number = try names.formula(try pair[0].filledText(), pair[0], .number)
      result.append((number, try read(pair[1], &names)))
    }
    guard !result.isEmpty else { throw list.fault("the list is empty; accepted: at least one \(accepted)") }
    return result
  }

  /// The states of factors and of parts.
  ///
  /// - Parameter isWhole: whether each factor has one.
  static func product(
    _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ parts: [PartDeclaration], _ names: inout ModelNames,
    isWhole: Bool = true
  ) throws(BadInput) -> Product {
    let keys = try entry.keys()
    let known = factors.map(\.name).joined(separator: ", ")
    var gibbs: [(part: Int, temperature: InverseTemperature)] = []
    var covered: [Int: String] = [:]
    func cover(_ part: Int, _ temperature: InverseTemperature, _ key: YAMLEntry.Key) throws(BadInput) {
      for factor in try parts[part].wholeFactors(key.value) {
        guard covered[factor] == nil, !keys.contains(where: { $0.name == factors[factor].name && $0.name != key.name })
        else {
          throw key.value.fault("the factor '\(factors[factor].name)' has two states; accepted: one for each factor")
        }
        covered[factor] = key.name
      }
      gibbs.append((part, temperature))
    }
    for key in keys where !factors.contains(where: { $0.name == key.name }) {
      guard let part = parts.firstIndex(where: { $0.name == key.name }) else {
        throw key.value.fault("'\(key.name.abridged)' is no factor of the space; accepted: \(known)")
      }
      guard let temperature = try InverseTemperature(key.value, &names) else {
        throw key.value.fault("the state of a part is 'gibbs(beta)'; accepted: gibbs(beta), or states of its factors")
      }
      try cover(part, temperature, key)
    }
    for key in keys {
      guard let factor = factors.firstIndex(where: { $0.name == key.name }),
        let temperature = try InverseTemperature(key.value, &names)
      else { continue }
      let own = parts.indices.filter { part in
        parts[part].places.allSatisfy { $0.factor == factor && $0.cell == nil }
      }
      guard own.count == 1 else {
        throw key.value.fault(
          "\(own.count) parts of '\(key.name)' alone, where 'gibbs' takes the Hamiltonian of one; accepted: the name "
            + "of a part as the key, as in 'battery: gibbs(beta)'")
      }
      try cover(own[0], temperature, key)
    }
    var words: [Words] = []
    for (position, factor) in factors.enumerated() {
      guard covered[position] == nil else {
        words.append(.inPart)
        continue
      }
      guard let value = keys.first(where: { $0.name == factor.name })?.value else {
        guard isWhole else {
          words.append(.inPart)
          continue
        }
        throw entry.fault("the factor '\(factor.name)' has no state; accepted: a state for each of \(known)")
      }
      guard case .list(let list) = value.content else {
        words.append(.all(try StateWord(try value.filledText(), value, of: factor, &names)))
        continue
      }
      guard factor.isNumbered else {
        throw value.fault("'\(factor.name)' is no family; accepted: one state")
      }
      var each: [StateWord] = []
      for item in list { each.append(try StateWord(try item.filledText(), item, of: factor, &names)) }
      words.append(.each(each, value))
    }
    return Product(words: words, gibbs: gibbs, place: entry)
  }
}

extension StartDeclaration.Product {
  /// The names in its formulas.
  var variables: Set<String> {
    var names = Set(gibbs.flatMap(\.temperature.place.expression.variables))
    for words in words {
      let list: [StateWord] =
        switch words {
        case .all(let word): [word]
        case .each(let each, _): each
        case .inPart: []
        }
      names.formUnion(list.flatMap(\.arguments).flatMap(\.variables))
    }
    return names
  }
}

extension StartDeclaration {
  /// The names in its formulas.
  var variables: Set<String> {
    switch content {
    case .product(let product): return product.variables
    case .superposition(let terms, _):
      return terms.reduce(into: []) { $0.formUnion($1.coefficient.expression.variables.union($1.product.variables)) }
    case .mixture(let shares, _):
      return shares.reduce(into: []) { $0.formUnion($1.probability.expression.variables.union($1.start.variables)) }
    case .vector(let matrix, _), .density(let matrix, _):
      return matrix.elements.reduce(into: []) { $0.formUnion($1.value.expression.variables) }
    }
  }

  /// The parts in whose Gibbs states it is.
  var gibbsParts: Set<Int> {
    switch content {
    case .product(let product): Set(product.gibbs.map(\.part))
    case .mixture(let shares, _): shares.reduce(into: []) { $0.formUnion($1.start.gibbsParts) }
    case .superposition, .vector, .density: []
    }
  }
}
