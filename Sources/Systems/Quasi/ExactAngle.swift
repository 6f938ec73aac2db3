import ArbitraryPrecision
import Expressions

/// A real number x + y pi with x algebraic, built from rationals by + - * / and square roots, and y rational.
struct ExactAngle {
  /// x.
  let algebraic: Constant
  /// y.
  let turns: Rational

  /// The greatest denominator of y: roots of unity of higher orders are not worked with.
  static let greatestDenominator = 1 << 17

  /// - Returns: nil when the number is not known to be one of these.
  init?(_ value: Constant) {
    guard let (x, y) = value.algebraicAndPi,
      case .rational(let turns) = y.smallRational(denominatorUpTo: ExactAngle.greatestDenominator)
    else { return nil }
    (algebraic, self.turns) = (x, turns)
  }

  init(turns: Rational) { (algebraic, self.turns) = (Constant(0), turns) }

  /// The coprime integers A, B with x = A d and x' = B d for a number d, where both are at most a limit; nil when
  /// undecided.
  ///
  /// Where there are none up to the limit, A = 1 and B = limit + 1, which are more than the limit apart from all that
  /// are.
  static func steps(_ a: Constant, _ b: Constant, upTo limit: Int) -> (Int, Int)? {
    guard a.isZero != .undecided, b.isZero != .undecided else { return nil }
    if b.isZero == .certainlyTrue { return a.isZero == .certainlyTrue ? (0, 0) : (1, 0) }
    if a.isZero == .certainlyTrue { return (0, 1) }
    guard let ratio = try? Constant(a.expression / b.expression) else { return nil }
    switch ratio.smallRational(denominatorUpTo: limit) {
    case .undecided: return nil
    case .none: return (1, limit + 1)
    case .rational(let value):
      guard value.numerator.magnitude <= Integer(limit), let p = Int(exactly: value.numerator),
        let q = Int(exactly: value.denominator)
      else { return (1, limit + 1) }
      return (p, q)
    }
  }
}
