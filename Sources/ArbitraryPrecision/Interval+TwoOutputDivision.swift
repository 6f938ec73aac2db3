extension Interval {
  /// The numbers x with x b = a for some member a of this set and some b of the divisor, as one interval or as two, one
  /// before the other.
  ///
  /// This undoes a product (the two-output division mulRevToPair of IEEE 1788-2015, 10.5.5). It differs from
  /// ``/(_:_:)-(Interval,Interval)`` where zero is in both: then 0 x = 0 leaves x free, and the answer is the entire
  /// line. Where zero is inside the divisor and not in this set, the answer is two half lines, the lower one first. An
  /// interval Newton step needs exactly this.
  ///
  /// - Returns: two sets, each rounded outward once; the second, or both, may be empty.
  public func solutions(ofProductWith divisor: Interval) -> (first: Interval, second: Interval) {
    let p = max(precision, divisor.precision)
    let none = Interval.empty(precision: p)
    guard !isEmpty, !divisor.isEmpty else { return (none, none) }
    if containsZero && divisor.containsZero { return (.entire(precision: p), none) }
    guard divisor.lower.signum < 0 && divisor.upper.signum > 0 else { return (self / divisor, none) }
    let zero = BigFloat.zero(precision: p)
    let below = self / Interval(unchecked: divisor.lower, zero)
    let above = self / Interval(unchecked: zero, divisor.upper)
    return lower.signum > 0 ? (below, above) : (above, below)
  }
}
