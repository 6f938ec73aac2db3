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
    case .number, .pi, .operation: return zero
    case .variable(let own): return own == name ? one : zero
    case .negation(let a): return Expression(.negation(slope(a)))
    case .sum(let a, let b): return slope(a) + slope(b)
    case .difference(let a, let b): return slope(a) - slope(b)
    case .product(let a, let b): return slope(a) * b + a * slope(b)
    case .quotient(let a, let b): return (slope(a) * b - a * slope(b)) / Expression(.power(b, 2))
    case .power(let a, let n):
      return n == 0 ? zero : .number(Rational(Integer(n))) * Expression(.power(a, n - 1)) * slope(a)
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
      }
      return outer * slope(a)
    }
  }

  /// The tree with Poisson brackets worked out.
  func withoutBrackets(_ pairs: [CanonicalPair]) -> Expression {
    guard containsBracket else { return self }
    let parts = node.children.map { $0.withoutBrackets(pairs) }
    if case .operation(.bracket, _) = node {
      return pairs.reduce(Expression.number(0)) { sum, pair in
        let (q, p) = (pair.coordinate, pair.momentum)
        let (f, g) = (parts[0], parts[1])
        return sum + (f.derivative(in: q) * g.derivative(in: p) - f.derivative(in: p) * g.derivative(in: q))
      }
    }
    switch node {
    case .negation: return Expression(.negation(parts[0]))
    case .sum: return parts[0] + parts[1]
    case .difference: return parts[0] - parts[1]
    case .product: return parts[0] * parts[1]
    case .quotient: return parts[0] / parts[1]
    case .power(_, let n): return Expression(.power(parts[0], n))
    case .call(let function, _): return Expression(.call(function, parts[0]))
    default: return self
    }
  }

  private var containsBracket: Bool {
    if case .operation(.bracket, _) = node { return true }
    return node.children.contains { $0.containsBracket }
  }

}
