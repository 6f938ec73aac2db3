import Expressions
import Symbolic

/// A step of a proof: two formulas that must be equal.
private struct ProofStep {
  let title: String
  let left: Expression
  let right: Expression
}

extension SymbolicSetting {
  /// Proved when every step is, refuted when one has a witness.
  private func finding(_ steps: [ProofStep]) -> Finding {
    var points = 0
    for step in steps {
      let name = steps.count == 1 ? "" : "\(step.title): "
      switch decide(step.left, step.right) {
      case .equal(let count): points += count
      case .undecided(let reason): return .undecided("\(name)\(reason)", by: [.normalForm])
      case .different(let witness):
        return Finding(
          verdict: .refuted, by: [.enclosure],
          evidence: Evidence(
            "\(name)counterexample \(witness.text): left \(witness.left), right \(witness.right)",
            ["step": step.title, "point": witness.text, "left": witness.left, "right": witness.right]))
      }
    }
    let range = sizes.map { " for \(cells) = \($0.lowerBound) ... \($0.upperBound)" } ?? ""
    let count = (steps.count == 1 ? "equal normal forms" : "\(steps.count) steps of equal normal forms") + range
    return Finding(
      verdict: .proved, by: [.normalForm],
      evidence: Evidence(
        "\(count); agrees at \(points) random points by another route",
        ["steps": steps.map { "\($0.title): \($0.left) = \($0.right)" }.joined(separator: "; "), "points": "\(points)"])
    )
  }

  /// The statement as an equality of two formulas.
  func checkIdentity(_ statement: Statement) -> Finding {
    finding([ProofStep(title: "identity", left: statement.left, right: statement.right)])
  }

  /// The right-hand side of the statement as the rate of change of an observable.
  func checkMotion(_ statement: Statement, _ hamiltonian: Expression, _ observable: Expression) -> Finding {
    finding([ProofStep(title: "rate", left: rate(of: observable, under: hamiltonian), right: statement.right)])
  }

  /// Equations of motion, then the solution, then the start, then the statement about the solution.
  ///
  /// The equations must be smooth everywhere in the unknowns and the time: then they have one solution from a start (Picard and Lindeloef), and
  /// what is said of the one given is said of the motion.
  func check(_ claim: SolutionClaim, _ statement: Statement) -> Finding {
    let arguments = Set(claim.unknowns.map(\.name) + [claim.variable])
    let names = Set(claim.unknowns.map(\.name))
    for unknown in claim.unknowns {
      let (equation, solution) = (
        unknown.equation.substituting(definitions), unknown.solution.substituting(definitions)
      )
      guard equation.isEntire(in: arguments), solution.isEntire(in: arguments) else {
        return .undecided(smoothness(unknown.name, claim.variable), by: [.normalForm])
      }
      guard algebra == nil || equation.degree(in: names) <= 1 else {
        return .undecided(
          "the equation of \(unknown.name) is not linear in the unknowns, and means of products are no products of means",
          by: [.normalForm])
      }
    }
    var steps: [ProofStep] = []
    let observables = claim.unknowns.reduce(into: [String: Expression]()) { $0[$1.name] = $1.observable }
    let solutions = claim.unknowns.reduce(into: [String: Expression]()) { $0[$1.name] = $1.solution }
    for unknown in claim.unknowns {
      if let hamiltonian = claim.hamiltonian, let observable = unknown.observable {
        steps.append(
          ProofStep(
            title: "equation of \(unknown.name)",
            left: rate(of: observable, under: hamiltonian, time: claim.variable),
            right: unknown.equation.substituting(definitions).substituting(observables)))
      }
    }
    for unknown in claim.unknowns {
      let slope = Expression(.operation(.derivative(name: claim.variable), [unknown.solution]))
      steps.append(
        ProofStep(
          title: "solution for \(unknown.name)", left: slope,
          right: unknown.equation.substituting(definitions).substituting(solutions)))
      let start = unknown.solution.substituting(definitions).substituting([claim.variable: .number(0)])
      steps.append(ProofStep(title: "start of \(unknown.name)", left: start, right: unknown.initial))
    }
    steps.append(
      ProofStep(
        title: "statement", left: statement.left.substituting(definitions).substituting(solutions),
        right: statement.right))
    return finding(steps)
  }

  private func smoothness(_ name: String, _ variable: String) -> String {
    "the equation or the solution of \(name) may not be smooth everywhere in the unknowns and \(variable), so that it need not be the only one"
  }

  /// Misprinted when the printed form has a witness against it and the derived one is proved.
  func check(_ claim: MisprintClaim) -> Finding {
    let derived = checkIdentity(claim.derived)
    guard derived.verdict == .proved else {
      return Finding(
        verdict: derived.verdict == .refuted ? .refuted : .undecided, by: derived.by,
        evidence: Evidence("the derived form: \(derived.evidence.summary)"))
    }
    let printed = checkIdentity(claim.printed)
    switch printed.verdict {
    case .refuted:
      return Finding(
        verdict: .misprinted, by: [.normalForm, .enclosure],
        evidence: Evidence(
          "printed: \(claim.asPrinted); derived: \(claim.asDerived)",
          [
            "printed": claim.asPrinted, "derived": claim.asDerived, "depends": claim.depends,
            "against the printed form": printed.evidence.summary, "for the derived form": derived.evidence.summary,
          ]))
    case .proved:
      return Finding(
        verdict: .proved, by: printed.by, evidence: Evidence("the printed form holds: \(printed.evidence.summary)"))
    default: return printed
    }
  }
}

extension Expression {
  /// Whether the formula is certainly smooth for all real values of some names: made of sums, products, powers, sines, cosines, exponentials
  /// and arctangents of them, with all else free of them.
  fileprivate func isEntire(in names: Set<String>) -> Bool {
    if variables.isDisjoint(with: names) { return true }
    switch node {
    case .number, .pi, .variable, .negation, .sum, .difference, .product, .call(.sin, _), .call(.cos, _),
      .call(.exp, _),
      .call(.atan, _):
      return node.children.allSatisfy { $0.isEntire(in: names) }
    case .power(let base, let n): return n >= 0 && base.isEntire(in: names)
    case .quotient(let a, let b): return a.isEntire(in: names) && b.variables.isDisjoint(with: names)
    case .call, .operation: return false
    }
  }

  /// The degree in some names of a polynomial in them; large where it is none.
  fileprivate func degree(in names: Set<String>) -> Int {
    if variables.isDisjoint(with: names) { return 0 }
    switch node {
    case .variable: return 1
    case .negation(let a): return a.degree(in: names)
    case .sum(let a, let b), .difference(let a, let b): return max(a.degree(in: names), b.degree(in: names))
    case .product(let a, let b): return min(a.degree(in: names) + b.degree(in: names), 1000)
    case .quotient(let a, let b): return b.variables.isDisjoint(with: names) ? a.degree(in: names) : 1000
    case .power(let a, let n): return n == 1 ? a.degree(in: names) : 1000
    default: return 1000
    }
  }
}
