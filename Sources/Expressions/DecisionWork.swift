import ArbitraryPrecision

/// How much work the exact decisions about one constant may still take.
///
/// Counted, not timed, so that the same text is always decided in the same way: an evaluation of a formula of n nodes
/// at b bits counts n (100 + (b/64)^(3/2) 10), about the nanoseconds that it takes. Beyond five seconds' worth a
/// question is undecided. The count decides how far a search goes, never what it finds.
struct DecisionWork {
  private var left = 5_000_000_000.0

  /// The enclosure of a formula at a precision; nil when the work is used up or the formula has no value.
  mutating func enclosure(of expression: Expression, precision: Int) -> Interval? {
    let limbs = Double(precision) / 64
    left -= Double(expression.size) * (100 + limbs * limbs.squareRoot() * 10)
    guard left > 0 else { return nil }
    return try? expression.evaluate(in: IntervalContext(precision: precision))
  }
}
