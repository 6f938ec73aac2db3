import Catalogue
import Expressions
import Models
import Symbolic

/// `solution`: equations of motion with a start, functions of time that are said to solve them, and what follows.
struct SolutionClaim: StatesClosedForm {
  static let name = "solution"
  static let keys = ["statement"] + Vocabulary.keys + ["hamiltonian", "unknowns", "variable", "sector"]
  static let verdicts = Vocabulary.verdicts

  let statementText: String
  let setting: SymbolicSetting
  let time: String
  let hamiltonian: Expression?
  /// In the order of the file; the observable is missing where the equations are the premise.
  let unknowns: [Unknown]
  /// What holds in the states of which the claim speaks.
  let sector: [Conserved]
  let statement: Equality
  /// Why the Hamiltonian may not be Hermitian; nil where it certainly is.
  let doubt: String?
  /// The text of the model; nil where the claim names none.
  private let model: ModelText?

  struct Unknown: Sendable {
    let name: String
    let observable: Expression?
    let equation: Expression
    let initial: Expression
    let solution: Expression
  }

  /// A conserved quantity with its value: states are eigenstates of it.
  struct Conserved: Sendable {
    let quantity: Expression
    let value: Expression
  }

  init(reading claim: inout ClaimReader) throws(BadInput) {
    let (text, statement) = try claim.equation("statement", of: SolutionClaim.self)
    statementText = text
    time = try claim.keys.text("variable") ?? "t"
    guard var list = try claim.keys.mapping("unknowns") else { throw claim.keys.missing("unknowns") }
    let names = list.keys
    guard !names.isEmpty else { throw claim.keys.fault("unknowns", "the mapping is empty") }
    let hasHamiltonian = claim.keys.has("hamiltonian") || claim.keys.has("model")
    // A coordinate may be an unknown under its own name.
    var coordinates: Set<String> = []
    for name in names {
      guard var parts = try list.mapping(name) else { throw list.missing(name) }
      try parts.requireKeys(among: ["observable", "equation", "initial", "solution"])
      guard !hasHamiltonian || parts.keys.contains("observable") else { throw parts.missing("observable") }
      if try parts.text("observable")?.trimmingBlanks == name { coordinates.insert(name) }
    }
    var vocabulary = try Vocabulary(&claim) { [time] vocabulary, keys throws(BadInput) in
      try vocabulary.declare([time], as: .time, keys, "variable")
      for name in names {
        try vocabulary.declareUnknown(name, isCoordinate: coordinates.contains(name), keys)
      }
    }
    let physical: Vocabulary.Role = [.physical, .time]
    let hamiltonian = hasHamiltonian ? try vocabulary.hamiltonian(&claim.keys, physical) : nil
    var unknowns: [Unknown] = []
    for name in names {
      guard var parts = try list.mapping(name) else { throw list.missing(name) }
      try parts.requireKeys(among: ["observable", "equation", "initial", "solution"])
      if !hasHamiltonian, parts.keys.contains("observable") {
        throw parts.fault("observable", "the key 'hamiltonian' is missing in the claim")
      }
      unknowns.append(
        Unknown(
          name: name, observable: hasHamiltonian ? try vocabulary.formula(&parts, "observable", physical) : nil,
          equation: try vocabulary.formula(&parts, "equation", [.unknowns, .time]),
          initial: try vocabulary.formula(&parts, "initial", []),
          solution: try vocabulary.formula(&parts, "solution", .time)))
    }
    self.statement = try vocabulary.equality(statement, claim.keys, "statement", [.unknowns, .time])
    let sector = try SolutionClaim.readSector(&claim.keys, &vocabulary)
    try vocabulary.requireConsistency(&claim.keys)
    setting = SymbolicSetting(vocabulary)
    model = vocabulary.model
    self.hamiltonian = hamiltonian
    self.unknowns = unknowns
    self.sector = sector
    var doubt: String?
    if let hamiltonian { doubt = try setting.requireHermitian(hamiltonian, claim.keys, claim.keys.hamiltonianKey) }
    self.doubt = doubt
    for (number, conserved) in sector.enumerated() {
      guard let hamiltonian else { throw claim.keys.fault("sector", "the key 'hamiltonian' is missing in the claim") }
      try setting.requireSector(conserved, beside: sector.prefix(number), hamiltonian, time: time, claim.keys)
    }
  }

  func check(in context: CheckContext) -> Finding { setting.check(self) }

  var closedForm: ClosedForm? {
    model.map {
      ClosedForm(model: $0, setting: setting, content: .solution(unknowns, sector: sector, time: time))
    }
  }
}

extension SolutionClaim {
  /// Conserved quantities with their values.
  private static func readSector(
    _ keys: inout YAMLMapping, _ vocabulary: inout Vocabulary
  ) throws(BadInput) -> [Conserved] {
    guard var mapping = try keys.mapping("sector") else { return [] }
    guard vocabulary.algebra != nil else {
      throw keys.fault("sector", "the key 'operators' or 'families' is missing in the claim")
    }
    var sector: [Conserved] = []
    for text in mapping.keys {
      let quantity = try mapping.operatorFormula(text, text, vocabulary.model != nil)
      sector.append(
        Conserved(
          quantity: try vocabulary.resolved(quantity, keys, "sector", .physical),
          value: try vocabulary.formula(&mapping, text, [])))
    }
    guard !sector.isEmpty else { throw keys.fault("sector", "the mapping is empty") }
    return sector
  }
}

extension SymbolicSetting {
  /// Refuses what is no sector: a quantity that is not Hermitian, not conserved, or a value that is not real.
  fileprivate func requireSector(
    _ conserved: SolutionClaim.Conserved, beside others: some Sequence<SolutionClaim.Conserved>,
    _ hamiltonian: Expression, time: String, _ keys: YAMLMapping
  ) throws(BadInput) {
    guard !conserved.value.variables.contains("i") else {
      throw keys.fault("sector", "the value '\(conserved.value)' may not be real; accepted: real formulas")
    }
    if let doubt = try requireHermitian(conserved.quantity, keys, "sector") { throw keys.fault("sector", doubt) }
    for other in others {
      let commutator = Expression(.operation(.commutator, [other.quantity, conserved.quantity]))
      guard case .equal = decide(commutator, .number(0)) else {
        throw keys.fault(
          "sector",
          "'\(other.quantity)' and '\(conserved.quantity)' are not known to commute; accepted: quantities that do")
      }
    }
    switch decide(rate(of: conserved.quantity, under: hamiltonian, time: time), .number(0)) {
    case .equal: return
    case .undecided(let reason):
      throw keys.fault("sector", "'\(conserved.quantity)' is not known to be conserved: \(reason)")
    case .different(let witness):
      throw keys.fault(
        "sector",
        """
        '\(conserved.quantity)' is not conserved: its rate \(witness.left); accepted: quantities that commute with the \
        Hamiltonian
        """
      )
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
