import Catalogue
import Expressions
import YAMLText

/// A subsystem with a Hamiltonian of its own.
struct PartDeclaration: Sendable {
  let name: String
  /// Its factors, or cells of families.
  let places: [Place]
  let hamiltonian: ModelFormula

  struct Place: Sendable {
    let factor: Int
    let cell: ModelFormula?
    let entry: YAMLEntry
  }

  init(_ key: YAMLEntry.Key, _ names: inout ModelNames) throws(BadInput) {
    name = key.name
    let keys = try key.value.keys(among: ["of", "hamiltonian"])
    guard let of = keys.first(where: { $0.name == "of" })?.value,
      let energy = keys.first(where: { $0.name == "hamiltonian" })?.value
    else { throw key.value.fault("a part states 'of' and 'hamiltonian'; accepted: {of: [a], hamiltonian: w*a'*a}") }
    var places: [Place] = []
    for item in try of.list() { places.append(try Place(try item.filledText(), item, &names)) }
    guard !places.isEmpty else { throw of.fault("the part has no factor; accepted: at least one factor or cell") }
    self.places = places
    hamiltonian = try names.formula(try energy.filledText(), energy, .energy)
    try names.declare(part: name, ModelFormula(expression: hamiltonian.expression, place: key.value))
  }
}

extension PartDeclaration.Place {
  /// Reads the name of a factor, or of a cell, `b[N-1]`.
  init(_ text: String, _ entry: YAMLEntry, _ names: inout ModelNames) throws(BadInput) {
    let written = try entry.parsed(text) { text throws(ExpressionError) in try Expression(parsingModel: text) }
    guard let place = try PartDeclaration.Place(written, entry, [], &names) else {
      throw entry.fault("'\(text.abridged)' is no factor or cell of the space; accepted: a, \"b[0]\"")
    }
    self = place
  }

  /// The factor or cell that a formula is; nil where it is none.
  init?(
    _ written: Expression, _ entry: YAMLEntry, _ bound: Set<String>, _ names: inout ModelNames
  ) throws(BadInput) {
    let (name, index): (String, Expression?)
    switch written.node {
    case .variable(let word): (name, index) = (word, nil)
    case .operation(.member(let word, 0), let parts) where parts.count == 1: (name, index) = (word, parts[0])
    default: return nil
    }
    guard let factor = names.factor(named: name) else { return nil }
    self.factor = factor
    self.entry = entry
    cell = try index.map { index throws(BadInput) in try names.formula(written: index, entry, .number, bound) }
  }
}
