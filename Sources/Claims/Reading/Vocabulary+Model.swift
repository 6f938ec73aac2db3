import Catalogue
import Expressions
import Models
import Operators
import Symbolic
import YAMLText

/// The model that a claim about formulas names: its letters, parameters, parts and `H` are the names of the claim.
extension ClaimReader {
  /// The keys by which a claim names a model and fixes parameters of it.
  static let modelKeys = ["model", "at"]

  /// The text of the model of the key `model`; nil without the key.
  mutating func model() throws(BadInput) -> ModelText? {
    guard let name = try keys.text("model") else {
      guard !keys.keys.contains("at") else { throw keys.fault("at", "the key 'model' is missing beside it") }
      return nil
    }
    guard let model = models.byName[name] else {
      let known = models.names.isEmpty ? "models of the key 'models' of the file" : models.names.joined(separator: ", ")
      throw keys.fault("model", "unknown model '\(name.abridged)'; accepted: \(known)")
    }
    for key in Vocabulary.keysOfNames where keys.keys.contains(key) {
      throw keys.fault(key, "the model '\(name)' says it; accepted beside 'model': at, let, for")
    }
    var values: [(name: String, text: String)] = []
    if var mapping = try keys.mapping("at") {
      for name in mapping.keys { values.append((name, try mapping.requiredText(name))) }
    }
    do {
      return try model.text(at: values)
    } catch let refusal as BadInput {
      throw keys.fault(values.isEmpty ? "model" : "at", refusal.message)
    } catch {
      throw keys.fault("at", "\(error)")
    }
  }
}

extension Vocabulary {
  /// The keys that say what a model says by itself.
  static let keysOfNames = ["operators", "families", "cells", "sizes", "canonical", "canonical-families"]

  /// The names of a model, with the claim's own abbreviations and parameters that the model has not.
  init(
    _ model: ModelText, _ keys: inout YAMLMapping, and more: (inout Vocabulary, YAMLMapping) throws(BadInput) -> Void
  ) throws(BadInput) {
    let cells = model.factors.symbolicSize
    if keys.keys.contains("for"), case .text? = keys.entry("for")?.content {
      throw keys.fault("for", "the model has parameters; accepted beside 'model': other names with their values")
    }
    let shared = try SharedNames(&keys)
    let others = try Vocabulary.domains(&keys, shared, isRequired: false)
    self.init(
      algebra: OperatorAlgebra(model.factors, twiceLengths: model.twiceLengths), families: [], sizes: nil,
      isOpen: false, shared: shared, model: model)
    let letters = model.factors.all.flatMap { factor in
      [factor.name] + factor.operatorNames.filter { $0 != factor.name }
    }
    try reserve(letters + model.tableNames, keys, "model")
    for (name, domain) in model.parameters {
      try declare([name], as: name == cells ? .cells : .parameter(SymbolDomain(domain)), keys, "model")
      note(name)
    }
    for (name, value) in model.fixed.sorted(by: { $0.key < $1.key }) {
      try declare([name], as: .abbreviation(value), keys, "model")
    }
    for (name, formula) in model.names.sorted(by: { $0.key < $1.key }) {
      try declare([name], as: .abbreviation(formula), keys, "model")
    }
    try readDomains(others, keys)
    try more(&self, keys)
    try readAbbreviations(&keys)
  }

  /// The Hamiltonian: that of the model, or of the key `hamiltonian`.
  mutating func hamiltonian(_ keys: inout YAMLMapping, _ role: Role) throws(BadInput) -> Expression {
    guard let model else { return try formula(&keys, "hamiltonian", role) }
    guard !keys.keys.contains("hamiltonian") else {
      throw keys.fault("hamiltonian", "the model '\(model.name)' has one; accepted: 'model' or 'hamiltonian'")
    }
    guard model.isClosed else {
      throw keys.fault(
        "model",
        "'\(model.name)' has jumps, and rates of change follow from a Hamiltonian alone here; accepted: rates that are "
          + "zero at what 'at' fixes")
    }
    let hamiltonian = model.names[ModelText.hamiltonian] ?? .number(0)
    guard !hamiltonian.variables.contains("t") else {
      throw keys.fault(
        "model",
        "the Hamiltonian of '\(model.name)' depends on t; accepted: one that does not, in claims about formulas")
    }
    return hamiltonian
  }
}

extension SymbolDomain {
  /// The values of a parameter of a model.
  fileprivate init(_ domain: ModelText.Domain) {
    switch domain {
    case .real: self = .all
    case .positive: self = .positive
    case .nonNegative: self = .nonNegative
    case .integers(from: 1): self = .integers
    case .integers(let least): self = .integersFrom(least)
    }
  }
}

extension YAMLMapping {
  /// The key under which the Hamiltonian stands.
  var hamiltonianKey: String { has("model") ? "model" : "hamiltonian" }

  /// A formula in operators: in the grammar of models where the claim names one.
  func operatorFormula(
    _ key: String, _ text: String, _ isOfModel: Bool
  ) throws(BadInput) -> Expression {
    try parsed(key, text) { text throws(ExpressionError) in
      isOfModel ? try Expression(parsingModel: text) : try Expression(parsingOperators: text)
    }
  }

  /// A statement about operators: in the grammar of models where the claim names one.
  func operatorStatement(_ key: String, _ text: String, _ isOfModel: Bool) throws(BadInput) -> Statement {
    try parsed(key, text) { text throws(ExpressionError) in
      isOfModel ? try Statement(parsingModel: text) : try Statement(parsingOperators: text)
    }
  }
}
