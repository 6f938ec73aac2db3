import ArbitraryPrecision

/// How near to zero a formula in rationals, + - * /, integer powers and square roots can be without being zero.
///
/// Every quotient must be defined: divisors, and bases of negative powers, must not be zero. Write the formula as U/L
/// with algebraic integers U and L, L not zero: a fraction n/d has U = n and L = d; sums and products are put over the
/// product of the denominators; a quotient exchanges U and L of the divisor; and a square root of U/L is R/L with R one
/// of the two roots of U L, the one whose sign fits. Let u, l >= 0 be such that |U| <= 2^u and |L| <= 2^l under every
/// embedding of the field of all the radicals into the complex numbers; an embedding takes R to a root of the image of
/// U L, of magnitude at most 2^((u+l)/2). Equal radicands are equal trees, have the same U and L, and take one
/// extension: the field is a tower of quadratic extensions, one at most for each distinct radicand, so its degree is at
/// most D = 2^radicals. If U is not zero its norm is a non-zero integer, hence 1 <= |U| 2^(u (D-1)), the other
/// conjugates being at most 2^u, and
///
///     |U/L| >= 2^-(l + u (D-1)).
///
/// This is the bound of Burnikel, Funke, Mehlhorn, Schirra and Schmitt, A separation bound for real algebraic
/// expressions, ESA 2001, Theorem 1, for square roots, with the proof above.
struct SeparationBound {
  private var numerator: Int
  private var denominator: Int

  /// Beyond so many radicals the degree alone asks for more bits than are ever taken.
  private static let greatestRadicals = 16

  /// The exponent b with |value| >= 2^-b or value = 0; nil when the formula is outside the class (pi, other functions)
  /// or the bound is beyond 2^30 bits.
  static func bits(for expression: Expression) -> Int? {
    var radicands: Set<Expression> = []
    guard let bound = SeparationBound(expression, &radicands) else { return nil }
    let degree = 1 << radicands.count
    let (product, overflow) = bound.numerator.multipliedReportingOverflow(by: degree - 1)
    guard !overflow, product < 1 << 30 else { return nil }
    return bound.denominator + product
  }

  private init?(_ expression: Expression, _ radicands: inout Set<Expression>) {
    var parts: [SeparationBound] = []
    for child in expression.node.children {
      guard let part = SeparationBound(child, &radicands) else { return nil }
      parts.append(part)
    }
    switch expression.node {
    case .number(let value):
      // |n| <= 2^k for the least such k, which is 0 for 1 and for 0.
      numerator = (value.numerator.magnitude - 1).bitWidth
      denominator = (value.denominator - 1).bitWidth
    case .negation:
      self = parts[0]
    case .sum, .difference:
      let (x, y) = (parts[0], parts[1])
      numerator = max(x.numerator + y.denominator, x.denominator + y.numerator) + 1
      denominator = x.denominator + y.denominator
    case .product:
      numerator = parts[0].numerator + parts[1].numerator
      denominator = parts[0].denominator + parts[1].denominator
    case .quotient:
      numerator = parts[0].numerator + parts[1].denominator
      denominator = parts[0].denominator + parts[1].numerator
    case .power(_, let n):
      numerator = abs(n) * (n >= 0 ? parts[0].numerator : parts[0].denominator)
      denominator = abs(n) * (n >= 0 ? parts[0].denominator : parts[0].numerator)
    case .call(.sqrt, let radicand):
      numerator = (parts[0].numerator + parts[0].denominator + 1) / 2
      denominator = parts[0].denominator
      radicands.insert(radicand)
      guard radicands.count <= SeparationBound.greatestRadicals else { return nil }
    case .pi, .variable, .generalPower, .call, .operation, .quantity: return nil
    }
    guard numerator < 1 << 30, denominator < 1 << 30 else { return nil }
  }
}

extension Expression {
  /// The bits up to which a formula of algebraic numbers is evaluated to decide whether it is zero.
  private static let greatestDecisionBits = 1 << 17

  /// Whether a formula in rationals and square roots is zero: enclosures, and the separation bound where they hold
  /// zero.
  ///
  /// Undecided outside that class, when the bound asks for more than 2^17 bits, or when the work
  /// is used up. Every quotient and square root in it
  /// must be defined.
  func isAlgebraicZero(_ work: inout DecisionWork) -> Decision {
    if case .number(let value) = node { return Decision(value.signum == 0) }
    var bits = 128
    var separation: Int?
    while bits <= Expression.greatestDecisionBits {
      guard let value = work.enclosure(of: self, precision: bits), !value.isEmpty else { return .undecided }
      if !value.containsZero { return .certainlyFalse }
      if value.magnitude.isZero { return .certainlyTrue }
      if separation == nil {
        separation = SeparationBound.bits(for: self)
        // Without a bound only a value that is not zero can be told: some more bits are worth a try.
        if separation == nil && bits > 1024 { return .undecided }
      }
      // |value| < 2^exponent <= 2^-separation leaves only zero.
      if let separation, let exponent = value.magnitude.binaryExponent, exponent <= -separation {
        return .certainlyTrue
      }
      bits *= 2
    }
    return .undecided
  }
}
