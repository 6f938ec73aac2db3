import ArbitraryPrecision

/// How near to zero a formula in rationals, + - * /, integer powers and square roots can be without being zero.
///
/// Write the formula as U/L with algebraic integers U and L: a fraction n/d has U = n and L = d; sums and products are
/// put over the product of the denominators; a quotient exchanges U and L of the divisor; and
/// sqrt(U/L) = sqrt(U L)/L. Let every embedding of the field of all the radicals into the complex numbers give
/// |U| <= 2^u and |L| <= 2^l. That field is a tower of quadratic extensions, one for each distinct radical, so its degree
/// is at most D = 2^radicals. If U is not zero its norm is a non-zero integer, hence
/// 1 <= |U| 2^(u (D-1)), and
///
///     |U/L| >= 2^-(l + u (D-1)).
///
/// This is the bound of Burnikel, Funke, Mehlhorn, Schirra and Schmitt, A separation bound for real algebraic
/// expressions, ESA 2001, Theorem 1, for square roots, with the proof above.
struct SeparationBound {
  private var numerator: Int
  private var denominator: Int
  private var radicals: Set<Expression>

  /// The exponent b with |value| >= 2^-b or value = 0; nil when the formula is outside the class (pi, other functions)
  /// or the bound is beyond 2^30 bits.
  static func bits(for expression: Expression) -> Int? {
    guard let bound = SeparationBound(expression), bound.radicals.count <= 20 else { return nil }
    let degree = 1 << bound.radicals.count
    let (product, overflow) = bound.numerator.multipliedReportingOverflow(by: degree - 1)
    guard !overflow, product < 1 << 30 else { return nil }
    return bound.denominator + product
  }

  private init?(_ expression: Expression) {
    switch expression.node {
    case .number(let value):
      numerator = value.numerator.bitWidth
      denominator = value.denominator.bitWidth
      radicals = []
    case .pi, .variable: return nil
    case .negation(let a):
      guard let x = SeparationBound(a) else { return nil }
      self = x
    case .sum(let a, let b), .difference(let a, let b):
      guard let x = SeparationBound(a), let y = SeparationBound(b) else { return nil }
      numerator = max(x.numerator + y.denominator, x.denominator + y.numerator) + 1
      denominator = x.denominator + y.denominator
      radicals = x.radicals.union(y.radicals)
    case .product(let a, let b):
      guard let x = SeparationBound(a), let y = SeparationBound(b) else { return nil }
      numerator = x.numerator + y.numerator
      denominator = x.denominator + y.denominator
      radicals = x.radicals.union(y.radicals)
    case .quotient(let a, let b):
      guard let x = SeparationBound(a), let y = SeparationBound(b) else { return nil }
      numerator = x.numerator + y.denominator
      denominator = x.denominator + y.numerator
      radicals = x.radicals.union(y.radicals)
    case .power(let a, let n):
      guard let x = SeparationBound(a) else { return nil }
      numerator = abs(n) * (n >= 0 ? x.numerator : x.denominator)
      denominator = abs(n) * (n >= 0 ? x.denominator : x.numerator)
      radicals = x.radicals
    case .call(.sqrt, let a):
      guard let x = SeparationBound(a) else { return nil }
      numerator = (x.numerator + x.denominator + 1) / 2
      denominator = x.denominator
      radicals = x.radicals.union([a])
    case .call: return nil
    }
    guard numerator < 1 << 30, denominator < 1 << 30 else { return nil }
  }
}

extension Expression {
  /// The bits up to which a formula of algebraic numbers is evaluated to decide whether it is zero.
  private static let greatestDecisionBits = 1 << 18

  /// Whether a formula in rationals and square roots is zero: enclosures against the separation bound.
  ///
  /// Undecided outside that class, or when the bound asks for more than 2^18 bits. Every quotient and square root in it
  /// must be defined.
  func isAlgebraicZero() -> Decision {
    if case .number(let value) = node { return Decision(value.signum == 0) }
    guard let separation = SeparationBound.bits(for: self) else { return .undecided }
    var bits = 128
    while bits <= Expression.greatestDecisionBits {
      guard let value = try? evaluate(in: IntervalContext(precision: bits)), !value.isEmpty else { return .undecided }
      if !value.containsZero { return .certainlyFalse }
      // |value| < 2^exponent <= 2^-separation leaves only zero.
      if value.magnitude.isZero { return .certainlyTrue }
      if let exponent = value.magnitude.binaryExponent, exponent <= -separation { return .certainlyTrue }
      bits *= 2
    }
    return .undecided
  }
}
