import ArbitraryPrecision
import Expressions
import Operators

extension SymbolicField {
  /// The normal form of a formula.
  ///
  /// - Throws: ``Unreadable`` with the subexpression that has none.
  mutating func normalForm(_ expression: Expression) throws -> RationalFunction {
    do {
      // Operands first: they may add generators, whose relations the operation needs.
      var parts: [RationalFunction] = []
      for child in expression.node.children { parts.append(try normalForm(child)) }
      switch expression.node {
      case .number(let value): return RationalFunction(value)
      case .pi: return value(of: .pi)
      case .variable("i"): return value(of: .imaginaryUnit)
      case .variable(let name): return value(of: .parameter(name))
      case .negation: return negation(parts[0])
      case .sum: return try sum(parts[0], parts[1])
      case .difference: return try difference(parts[0], parts[1])
      case .product: return try product(parts[0], parts[1])
      case .quotient: return try quotient(parts[0], parts[1])
      case .power(_, let n): return try power(parts[0], n)
      case .generalPower: return try power(parts[0], parts[1])
      case .call(let function, _): return try call(function, parts[0])
      case .operation(.bracket, _): return try bracket(parts[0], parts[1])
      case .operation(.derivative(let name), _):
        let parameter = number(of: .parameter(name))
        return try derivative(parts[0], parameter)
      case .operation: throw OutsideFragment("an operation on operators")
      case .quantity: throw OutsideFragment("the value of a quantity")
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
      let (fq, gp) = (try derivative(f, q), try derivative(g, p))
      let (fp, gq) = (try derivative(f, p), try derivative(g, q))
      result = try sum(result, try difference(try product(fq, gp), try product(fp, gq)))
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
