import Expressions

extension FigureFormula {
  /// Whether the value is seen to be a continuous function of the time t > 0 on which it depends.
  ///
  /// The state is one: the flow is strongly continuous, and on states with a finite weight A also in the A-norm, so
  /// means are. Figures of a state are continuous functions of it but for the Fisher information, which jumps where the
  /// rank does. In the arithmetic around them quotients are by powers of t and by what does not depend on it.
  var isContinuousInTime: Bool {
    guard isContinuous(expression) else { return false }
    return calls.values.allSatisfy { call in
      switch call {
      case .mean, .variance, .covariance, .weight, .energetic, .copies, .ofState, .concurrence, .distance, .initial,
        .firstMaximum, .firstTime, .steady, .relaxationTime, .gap:
        true
      case .sum(_, _, _, let inner): inner.isContinuousInTime
      case .extremum(_, _, _, let window): window.map { !$0.dependsOnTime } ?? true
      case .average(_, let end), .at(_, let end): !end.dependsOnTime
      case .fisher, .rate: false
      }
    }
  }

  /// Whether a part of the arithmetic varies with the time.
  private func varies(_ formula: Expression) -> Bool {
    formula.variables.contains { $0 == "t" || calls[$0] != nil }
  }

  private func isContinuous(_ formula: Expression) -> Bool {
    guard varies(formula) else { return true }
    switch formula.node {
    case .variable, .number, .pi: return true
    case .negation(let a): return isContinuous(a)
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b):
      return isContinuous(a) && isContinuous(b)
    case .quotient(let a, let b): return isContinuous(a) && (!varies(b) || Self.isPowerOfTime(b))
    case .power(let a, let n): return isContinuous(a) && (n >= 0 || Self.isPowerOfTime(a))
    case .call(let function, let a):
      switch function {
      case .sin, .cos, .exp, .sinh, .cosh, .tanh, .atan, .abs: return isContinuous(a)
      case .sqrt, .tan, .log: return false
      }
    case .generalPower, .operation, .quantity: return false
    }
  }

  private static func isPowerOfTime(_ formula: Expression) -> Bool {
    switch formula.node {
    case .variable("t"): true
    case .power(let a, let n): n > 0 && isPowerOfTime(a)
    default: false
    }
  }
}
