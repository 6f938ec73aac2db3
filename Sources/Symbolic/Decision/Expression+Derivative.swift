import ArbitraryPrecision
import Expressions

/// Differentiation of trees, which shares nothing with that of normal forms: for trials at points.
extension Expression {
  /// The derivative in a name, as a tree.
  func derivative(in name: String) -> Expression {
    let (zero, one) = (Expression.number(0), Expression.number(1))
    guard variables.contains(name) else { return zero }
    func slope(_ a: Expression) -> Expression { a.derivative(in: name) }
    switch node {
    case .number, .pi: return zero
    case .operation(.commutator, let parts):
      return Expression(.operation(.commutator, [slope(parts[0]), parts[1]]))
        + Expression(.operation(.commutator, [parts[0], slope(parts[1])]))
    case .operation(.bracket, let parts):
      return Expression(.operation(.bracket, [slope(parts[0]), parts[1]]))
        + Expression(.operation(.bracket, [parts[0], slope(parts[1])]))
    case .operation(let linear, let parts): return Expression(.operation(linear, parts.map(slope)))
    // No rule: the derivative stays written, and has no value.
    case .quantity: return Expression(.operation(.derivative(name: name), [self]))
    case .variable(let own): return own == name ? one : zero
    case .negation(let a): return Expression(.negation(slope(a)))
    case .sum(let a, let b): return slope(a) + slope(b)
    case .difference(let a, let b): return slope(a) - slope(b)
    case .product(let a, let b): return slope(a) * b + a * slope(b)
    case .quotient(let a, let b): return (slope(a) * b - a * slope(b)) / Expression(.power(b, 2))
    case .power(let a, let n):
      return n == 0 ? zero : .number(Rational(Integer(n))) * Expression(.power(a, n - 1)) * slope(a)
    case .generalPower(let a, let e):
      // Without a logarithm where the exponent is a number for this name, so that the base may be negative.
      guard e.variables.contains(name) else { return e * Expression(.generalPower(a, e - one)) * slope(a) }
      return self * (slope(e) * Expression(.call(.log, a)) + e * slope(a) / a)
    case .call(let function, let a):
      let outer: Expression
      switch function {
      case .sqrt: outer = one / (.number(2) * self)
      case .sin: outer = Expression(.call(.cos, a))
      case .cos: outer = Expression(.negation(Expression(.call(.sin, a))))
      case .tan: outer = one + Expression(.power(self, 2))
      case .atan: outer = one / (one + Expression(.power(a, 2)))
      case .exp: outer = self
      case .log: outer = one / a
      case .sinh: outer = Expression(.call(.cosh, a))
      case .cosh: outer = Expression(.call(.sinh, a))
      case .tanh: outer = one - Expression(.power(self, 2))
      // The sign, with a value where there is a derivative.
      case .abs: outer = a / self
      }
      return outer * slope(a)
    }
  }

  /// The greatest tree that a trial differentiates or evaluates.
  static let greatestTrialSize = 50_000

  /// The tree with Poisson brackets and derivatives worked out; nil when it would be too large for a trial.
  func withoutBrackets(_ pairs: [CanonicalPair]) -> Expression? {
    guard size <= Expression.greatestTrialSize else { return nil }
    guard containsOperation else { return self }
    var parts: [Expression] = []
    for child in node.children {
      guard let part = child.withoutBrackets(pairs), part.size <= Expression.greatestTrialSize else { return nil }
      parts.append(part)
    }
    let result: Expression
    switch node {
    case .operation(.bracket, _):
      result = pairs.reduce(Expression.number(0)) { sum, pair in
        let (q, p) = (pair.coordinate, pair.momentum)
        let (f, g) = (parts[0], parts[1])
        return sum + (f.derivative(in: q) * g.derivative(in: p) - f.derivative(in: p) * g.derivative(in: q))
      }
    case .operation(.derivative(let name), _): result = parts[0].derivative(in: name)
    default: result = replacingChildren(parts)
    }
    return result.size <= Expression.greatestTrialSize ? result : nil
  }

  private var containsOperation: Bool {
    if case .operation = node { return true }
    return node.children.contains { $0.containsOperation }
  }
}
