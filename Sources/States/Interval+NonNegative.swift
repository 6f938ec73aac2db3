import ArbitraryPrecision

extension Interval {
  /// The members that are not negative: none where what cannot be negative certainly is, as from figures that
  /// contradict each other.
  package var nonNegative: Interval { intersection(Interval(.zero(precision: 64), .infinity(precision: 64)) ?? self) }
}
