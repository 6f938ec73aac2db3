import Catalogue
import Expressions
import Models
import Symbolic

/// The rate of change of an observable, as the kinds `equation-of-motion` and `conserved` state it.
struct RateClaim: Sendable {
  static let keys = ["statement"] + Vocabulary.keys + ["hamiltonian", "observable", "variable"]

  private let setting: SymbolicSetting
  /// The name that the statement gives the rate.
  private let name: String
  private let hamiltonian: Expression
  private let observable: Expression
  /// What the rate is said to be.
  private let rate: Expression
  /// The name of the time; nil where `t` is a parameter.
  private let time: String?
  /// Why the Hamiltonian may not be Hermitian; nil where it certainly is.
  private let doubt: String?
  /// The text of the model; nil where the claim names none.
  private let model: ModelText?

  /// The keys of the kinds, and the statement `NAME = FORMULA`.
  init(_ claim: inout ClaimReader, _ statement: Statement) throws(BadInput) {
    let variable = try claim.keys.text("variable")
    var vocabulary = try Vocabulary(&claim) { vocabulary, keys throws(BadInput) in
      try vocabulary.declareTime(variable, keys)
    }
    var keys = claim.keys
    defer { claim.keys = keys }
    guard vocabulary.algebra != nil || !vocabulary.coordinatePairs.isEmpty || !vocabulary.families.isEmpty else {
      throw BadInput(
        "\(keys.file) line \(keys.line): the key 'operators' or 'canonical' is missing; accepted: see docs/claims.md")
    }
    guard case .variable(let name) = statement.left.node else {
      throw keys.fault(
        "statement", "must be of the form NAME = FORMULA, the name standing for the rate of the observable")
    }
    guard !vocabulary.isDeclared(name) else {
      throw keys.fault("statement", "'\(name)' stands for something else already; accepted: a new name for the rate")
    }
    // A name of its own, which no formula may use.
    try vocabulary.reserve([name], keys, "statement")
    self.name = name
    let role: Vocabulary.Role = [.physical, .time]
    hamiltonian = try vocabulary.hamiltonian(&keys, role)
    observable = try vocabulary.formula(&keys, "observable", role)
    rate = try vocabulary.resolved(statement.right, keys, "statement", role)
    try vocabulary.requireConsistency(&keys)
    setting = SymbolicSetting(vocabulary)
    model = vocabulary.model
    time = vocabulary.time
    doubt = try setting.requireHermitian(hamiltonian, keys, keys.hamiltonianKey)
  }

  /// What follows for the mean of an observable that does not name the time and has no rate.
  var closedFormOfConserved: ClosedForm? {
    guard let model, !(time.map(observable.variables.contains) ?? false) else { return nil }
    return ClosedForm(model: model, setting: setting, content: .conserved(observable))
  }

  /// The right-hand side of the statement as the rate of change of the observable.
  func check() -> Finding {
    if let doubt { return .undecided(doubt, by: [.normalForm]) }
    let derived = setting.rate(of: observable, under: hamiltonian, time: time)
    let isTimed = time.map { observable.variables.union(hamiltonian.variables).contains($0) } ?? false
    let shown = isTimed ? ", with \(time ?? "") as the time" : ""
    return setting.finding(
      [ProofStep(title: "rate", left: derived, right: rate)],
      derived: setting.normalForm(of: derived).map { ["\(name) = \($0)\(shown)"] } ?? [])
  }
}
