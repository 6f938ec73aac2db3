import ArbitraryPrecision
import Expressions
import RandomInputs

/// Random formulas, and rewritings that keep their value or certainly change it.
struct RandomFormulas {
  var random: SplitMix64

  /// Names that stand for positive numbers, so that all rewritings below are valid wherever both sides have a value.
  static let names = ["x", "y", "z"]

  private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  private func number(_ value: Int) -> Expression { .number(Rational(Integer(value))) }

  private mutating func name() -> Expression { Expression(.variable(RandomFormulas.names[below(3)])) }

  private func call(_ function: ElementaryFunction, _ a: Expression) -> Expression { Expression(.call(function, a)) }

  private func power(_ a: Expression, _ n: Int) -> Expression { Expression(.power(a, n)) }

  /// A linear combination, for angles.
  private mutating func angle() -> Expression {
    let a = number(1 + below(3)) * name()
    switch below(3) {
    case 0: return a
    case 1: return a + name()
    default: return a / number(1 + below(3)) - name()
    }
  }

  /// A formula that is certainly positive, for roots and divisors.
  private mutating func positive(_ depth: Int) -> Expression {
    switch depth <= 0 ? below(2) : below(5) {
    case 0: return name()
    case 1: return number(1 + below(9))
    case 2: return positive(depth - 1) + positive(depth - 1)
    case 3: return positive(depth - 1) * positive(depth - 1)
    default: return power(positive(depth - 1), 2)
    }
  }

  /// A formula with a value wherever the names are positive.
  mutating func formula(_ depth: Int) -> Expression {
    guard depth > 0 else { return below(3) == 0 ? number(below(9) - 4) : name() }
    switch below(11) {
    case 0, 1: return formula(depth - 1) + formula(depth - 1)
    case 2: return formula(depth - 1) - formula(depth - 1)
    case 3, 4: return formula(depth - 1) * formula(depth - 1)
    case 5: return formula(depth - 1) / positive(depth - 2)
    case 6: return power(formula(depth - 1), 2 + below(2))
    case 7: return call(.sin, angle())
    case 8: return call(.cos, angle())
    case 9: return call(.sqrt, positive(depth - 1))
    default: return call(.exp, angle())
    }
  }

  /// The same value, written otherwise in many places.
  mutating func rewritten(_ a: Expression) -> Expression {
    rule(a.replacingChildren(a.node.children.map { rewritten($0) }))
  }

  private mutating func rule(_ a: Expression) -> Expression {
    switch a.node {
    case .number(let value) where below(3) == 0: return .number(value / 3) * number(3)
    case .variable where below(8) == 0:
      let other = name()
      return (a + other) - other
    case .sum(let x, let y): return below(2) == 0 ? y + x : x - Expression(.negation(y))
    case .difference(let x, let y): return below(2) == 0 ? Expression(.negation(y)) + x : Expression(.negation(y - x))
    case .product(let x, let y):
      if case .sum(let p, let q) = y.node, below(2) == 0 { return x * p + x * q }
      if case .difference(let p, let q) = x.node, below(2) == 0 { return p * y - q * y }
      return y * x
    case .quotient(let x, let y):
      return below(2) == 0 ? x * power(y, -1) : (x * y) / power(y, 2)
    case .power(let x, 2):
      if case .sum(let p, let q) = x.node { return power(p, 2) + number(2) * p * q + power(q, 2) }
      return x * x
    case .power(let x, 3): return x * power(x, 2)
    case .call(.sin, let x): return sine(x)
    case .call(.cos, let x): return cosine(x)
    case .call(.exp, let x):
      if case .sum(let p, let q) = x.node { return call(.exp, p) * call(.exp, q) }
      if case .difference(let p, let q) = x.node { return call(.exp, p) / call(.exp, q) }
      return power(call(.exp, x / number(2)), 2)
    case .call(.sqrt, let x):
      if case .product(let p, let q) = x.node { return call(.sqrt, p) * call(.sqrt, q) }
      if case .power(let p, 2) = x.node { return p }
      return below(2) == 0 ? call(.sqrt, number(4) * x) / number(2) : x / call(.sqrt, x)
    default: return a
    }
  }

  private mutating func sine(_ x: Expression) -> Expression {
    switch x.node {
    case .sum(let p, let q): return call(.sin, p) * call(.cos, q) + call(.cos, p) * call(.sin, q)
    case .difference(let p, let q): return call(.sin, p) * call(.cos, q) - call(.cos, p) * call(.sin, q)
    default:
      let half = x / number(2)
      switch below(3) {
      case 0: return number(2) * call(.sin, half) * call(.cos, half)
      case 1: return call(.cos, x - .pi / number(2))
      default: return call(.tan, x) * call(.cos, x)
      }
    }
  }

  private mutating func cosine(_ x: Expression) -> Expression {
    switch x.node {
    case .sum(let p, let q): return call(.cos, p) * call(.cos, q) - call(.sin, p) * call(.sin, q)
    default:
      let half = x / number(2)
      switch below(3) {
      case 0: return number(1) - number(2) * power(call(.sin, half), 2)
      case 1: return call(.sin, x + .pi / number(2))
      default: return power(call(.cos, half), 2) - power(call(.sin, half), 2)
      }
    }
  }

  /// A formula that is not zero as a function, but is hard to tell from it.
  mutating func small() -> Expression {
    let tiny = Expression.number(Rational(1, Integer(10).power(30)))
    switch below(6) {
    case 0: return tiny
    case 1: return tiny * name()
    case 2:
      // Zero at the integers from 0 to 9.
      let x = name()
      return (0..<10).reduce(number(1)) { $0 * (x - number($1)) }
    case 3: return call(.sin, .pi * name())
    case 4:
      // Zero for arguments above 7 alone.
      let x = name() - number(7)
      return call(.sqrt, power(x, 2)) - x
    default:
      let x = name()
      return call(.cos, x) - (number(1) - power(x, 2) / number(2) + power(x, 4) / number(24))
    }
  }
}
