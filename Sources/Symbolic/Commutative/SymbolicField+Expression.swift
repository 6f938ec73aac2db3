import ArbitraryPrecision
import Expressions

extension SymbolicField {
  /// The normal form of a formula.
  ///
  /// - Throws: ``Unreadable`` with the subexpression that has none.
  mutating func normalForm(_ expression: Expression) throws -> RationalFunction {
    do {
      switch expression.node {
      case .number(let value): return RationalFunction(value)
      case .pi: return value(of: .pi)
      case .variable("i"): return value(of: .imaginaryUnit)
      case .variable(let name): return value(of: .parameter(name))
      case .negation(let a): return negation(try normalForm(a))
      case .sum(let a, let b): return try sum(try normalForm(a), try normalForm(b))
      case .difference(let a, let b): return try difference(try normalForm(a), try normalForm(b))
      case .product(let a, let b): return try product(try normalForm(a), try normalForm(b))
      case .quotient(let a, let b): return try quotient(try normalForm(a), try normalForm(b))
      case .power(let a, let n): return try power(try normalForm(a), n)
      case .call(let function, let a): return try call(function, try normalForm(a))
      case .operation(.bracket, let parts): return try bracket(try normalForm(parts[0]), try normalForm(parts[1]))
      case .operation(.derivative(let name), let parts):
        return try derivative(try normalForm(parts[0]), number(of: .parameter(name)))
      case .operation: throw OutsideFragment("an operation on operators")
      }
    } catch let fault as OutsideFragment {
      throw Unreadable(expression: expression, reason: fault.description)
    }
  }
}

extension SymbolicField {
  /// The Poisson bracket {f, g}, the sum over canonical pairs of df/dq dg/dp - df/dp dg/dq.
  mutating func bracket(_ f: RationalFunction, _ g: RationalFunction) throws -> RationalFunction {
    guard !canonicalPairs.isEmpty else { throw OutsideFragment("a Poisson bracket without canonical pairs") }
    var result = RationalFunction.zero
    for pair in canonicalPairs {
      let (q, p) = (number(of: .parameter(pair.coordinate)), number(of: .parameter(pair.momentum)))
      let first = try product(try derivative(f, q), try derivative(g, p))
      let second = try product(try derivative(f, p), try derivative(g, q))
      result = try sum(result, try difference(first, second))
    }
    return result
  }
}

/// A coordinate and its momentum: {q, p} = 1.
public struct CanonicalPair: Sendable, Hashable {
  /// The name of the coordinate.
  public let coordinate: String
  /// The name of the momentum.
  public let momentum: String

  /// A pair.
  public init(_ coordinate: String, _ momentum: String) {
    self.coordinate = coordinate
    self.momentum = momentum
  }
}

/// A subexpression without a normal form.
public struct Unreadable: Error, Sendable, CustomStringConvertible {
  /// The subexpression.
  public let expression: Expression
  /// Why it has none.
  public let reason: String

  /// Both.
  public var description: String { "'\(expression)' has no normal form here: \(reason)" }
}
