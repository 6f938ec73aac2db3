import ArbitraryPrecision
import Expressions
import Symbolic

/// What the form of a formula shows of its sign.
enum VisibleSign { case positive, notNegative, unknown }

extension Expression {
  /// What the form of a formula shows of its sign.
  func visibleSign(_ domains: [String: SymbolDomain]) -> VisibleSign {
    func both(_ a: Expression, _ b: Expression) -> (VisibleSign, VisibleSign) {
      (a.visibleSign(domains), b.visibleSign(domains))
    }
    switch node {
    case .number(let value): return value.signum > 0 ? .positive : value.signum == 0 ? .notNegative : .unknown
    case .pi: return .positive
    case .variable(let name):
      guard let domain = domains[name] else { return .unknown }
      return domain.isPositive ? .positive : domain.isNotNegative ? .notNegative : .unknown
    case .sum(let a, let b):
      switch both(a, b) {
      case (.unknown, _), (_, .unknown): return .unknown
      case (.notNegative, .notNegative): return .notNegative
      default: return .positive
      }
    case .product(let a, let b), .quotient(let a, let b):
      switch both(a, b) {
      case (.unknown, _), (_, .unknown): return .unknown
      case (.positive, .positive): return .positive
      default: return .notNegative
      }
    case .power(let a, let n):
      let base = a.visibleSign(domains)
      return base == .positive ? .positive : n > 0 && n % 2 == 0 ? .notNegative : .unknown
    case .call(.sqrt, let a): return a.visibleSign(domains) == .positive ? .positive : .notNegative
    case .call(.exp, _), .call(.cosh, _): return .positive
    case .call(.abs, _): return .notNegative
    default: return .unknown
    }
  }
}
