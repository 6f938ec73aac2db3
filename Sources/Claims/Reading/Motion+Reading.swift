import Catalogue
import Systems
import Expressions
import Symbolic

extension MotionClaim {
  /// The keys of the kinds `equation-of-motion` and `conserved`, and the statement `NAME = FORMULA`.
  static func read(
    _ keys: inout YAMLMapping, _ statement: Statement, isConserved: Bool
  ) throws(BadInput) -> (SymbolicSetting, MotionClaim) {
    let variable = try keys.text("variable")
    var vocabulary = try Vocabulary(&keys) { vocabulary, keys throws(BadInput) in
      try vocabulary.declareTime(variable, keys)
    }
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
    let role: Vocabulary.Role = [.physical, .time]
    let hamiltonian = try vocabulary.formula(&keys, "hamiltonian", role)
    let observable = try vocabulary.formula(&keys, "observable", role)
    let rate = try vocabulary.resolved(statement.right, keys, "statement", role)
    guard !isConserved || statement.right == .number(0) else {
      throw keys.fault("statement", "must be of the form NAME = 0: the rate of what is conserved")
    }
    try vocabulary.requireConsistency(keys)
    let setting = SymbolicSetting(vocabulary)
    let claim = MotionClaim(
      name: name, hamiltonian: hamiltonian, observable: observable, rate: rate, time: vocabulary.time,
      doubt: try setting.requireHermitian(hamiltonian, keys, "hamiltonian"))
    return (setting, claim)
  }
}

extension Vocabulary {
  /// Declares the time: under the name that is given, or as `t` where that stands for nothing else.
  mutating func declareTime(_ variable: String?, _ keys: YAMLMapping) throws(BadInput) {
    if let variable {
      try declare([variable], as: .time, keys, "variable")
    } else if !isDeclared("t"), try !keys.hasEntry("t", in: "let") {
      try declare(["t"], as: .time, keys, "variable")
    }
  }

  /// The name of the time.
  var time: String? { meanings.first { if case .time = $0.value { true } else { false } }?.key }
}

extension SymbolicSetting {
  /// Refuses a formula that is certainly not equal to its adjoint, or on a phase space not real, with the element that
  /// shows it.
  ///
  /// - Returns: why it may not be; nil when it certainly is.
  func requireHermitian(_ formula: Expression, _ keys: YAMLMapping, _ key: String) throws(BadInput) -> String? {
    let isOperator = algebra != nil
    guard isOperator || formula.variables.contains("i") else { return nil }
    switch decide(formula, isOperator ? Expression(.operation(.adjoint, [formula])) : formula.conjugated) {
    case .equal: return nil
    case .undecided(let reason): return "the \(key) is not known to be \(isOperator ? "Hermitian" : "real"): \(reason)"
    case .different(let witness):
      let point = witness.text.isEmpty ? "" : " at \(witness.text)"
      throw keys.fault(
        key,
        isOperator
          ? """
          is not Hermitian:\(point) it \(witness.left), and its adjoint to \(witness.right); accepted: formulas that \
          equal their adjoint
          """
          : "is not real:\(point) it is \(witness.left), and its conjugate \(witness.right); accepted: real formulas")
    }
  }
}

extension Expression {
  /// The formula with i replaced by -i: the complex conjugate wherever it has a value, as all names are real.
  var conjugated: Expression {
    substituting(["i": Expression(.negation(Expression(.variable("i"))))])
  }
}
