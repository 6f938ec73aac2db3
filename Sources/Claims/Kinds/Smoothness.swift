import Expressions
import Symbolic

/// Which formulas are certainly smooth for all values of the unknowns and all times.
///
/// They are made of sums, products, powers, sines, cosines, exponentials, hyperbolic functions and arctangents, with
/// all else free of unknowns and time; divisors, and what stands under a root or a logarithm, may hold the time where
/// their form shows that they are positive, as 1 + t^2 and cosh(t) are. Unknowns may have complex values, for which no
/// form shows that.
struct Smoothness {
  let unknowns: Set<String>
  let time: String
  let domains: [String: SymbolDomain]

  /// A part of a formula that may not be smooth.
  struct Obstacle {
    let part: Expression

    func reason(of formula: String, _ name: String) -> String {
      "the \(formula) of \(name) may not be smooth everywhere, so that it need not be the only one: \(part)"
    }
  }

  /// The first part that may not be smooth; nil when the formula certainly is.
  func obstacle(in formula: Expression) -> Obstacle? {
    let names = formula.variables
    guard names.contains(time) || !names.isDisjoint(with: unknowns) else { return nil }
    switch formula.node {
    case .number, .pi, .variable, .negation, .sum, .difference, .product, .call(.sin, _), .call(.cos, _),
      .call(.exp, _), .call(.atan, _), .call(.sinh, _), .call(.cosh, _), .call(.tanh, _):
      break
    case .power(let base, let n): guard n >= 0 || isPositive(base) else { return Obstacle(part: formula) }
    case .quotient(_, let b):
      guard b.variables.isDisjoint(with: unknowns.union([time])) || isPositive(b) else {
        return Obstacle(part: formula)
      }
    case .call(.sqrt, let a), .call(.log, let a): guard isPositive(a) else { return Obstacle(part: formula) }
    case .call, .generalPower, .operation, .quantity: return Obstacle(part: formula)
    }
    return formula.node.children.lazy.compactMap { obstacle(in: $0) }.first
  }

  private func isPositive(_ formula: Expression) -> Bool {
    formula.variables.isDisjoint(with: unknowns) && !formula.variables.contains("i")
      && formula.visibleSign(domains) == .positive
  }
}
