import Expressions

/// Sums and products as one would write them.
extension Expression {
  /// A sum with one more term, a number times factors.
  static func adding(_ number: Expression, times factors: [Expression], to sum: Expression?) -> Expression {
    let (size, isNegative) = number.withoutSign
    var all = size == .number(1) && !factors.isEmpty ? factors : [size] + factors
    if sum == nil, isNegative { all[0] = all[0].withSign }
    // Products group from the left.
    let first = all[0]
    let term = all.dropFirst().reduce(first) { $0 * $1 }
    return sum.map { isNegative ? $0 - term : $0 + term } ?? term
  }

  /// A formula with a minus sign at its front.
  private var withSign: Expression {
    switch node {
    case .product(let a, let b): a.withSign * b
    case .quotient(let a, let b): a.withSign / b
    default: Expression(.negation(self))
    }
  }

  /// A formula without a minus sign at its front, and whether there was one.
  private var withoutSign: (Expression, isNegative: Bool) {
    switch node {
    case .negation(let a): return (a, true)
    case .product(let a, let b):
      let (size, isNegative) = a.withoutSign
      return isNegative ? (size == .number(1) ? b : size * b, true) : (self, false)
    case .quotient(let a, let b):
      let (size, isNegative) = a.withoutSign
      return isNegative ? (size / b, true) : (self, false)
    default: return (self, false)
    }
  }
}
