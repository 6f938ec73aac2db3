extension Interval {
  /// The hull of real numbers that are known by enclosures, each end rounded once.
  ///
  /// `candidates` gives enclosures of the same numbers at every precision. The least of the numbers lies between the
  /// least lower and the least upper end; where both round down to one number, this is the end, and likewise above.
  /// Where not, the precision is doubled. An end that is representable is found when its enclosure becomes a point.
  /// Where an enclosure has an infinite end, or lies between zero and the least number, a result or a step on the way
  /// has left the exponent range, and more precision would not tell more. There, and where an end stays undecided at
  /// 65536 bits or 64 times the precision, it is rounded outward from its enclosure: an enclosure still, but perhaps
  /// not the tightest.
  static func tightHull(precision p: Int, _ candidates: (Int) -> [Interval]) -> Interval {
    let greatest = min(max(64 * p, 1 << 16), BigFloat.precisionRange.upperBound)
    var bits = min(p + 32, greatest)
    while true {
      let enclosures = candidates(bits).filter { !$0.isEmpty }
      guard let first = enclosures.first else { return .empty(precision: p) }
      var (least, most) = (first, first)
      for next in enclosures.dropFirst() {
        least = least.minimum(next)
        most = most.maximum(next)
      }
      let low = BigFloat(least.lower, precision: p, rounding: .down)
      let high = BigFloat(most.upper, precision: p, rounding: .up)
      let lowIsDecided = low == BigFloat(least.upper, precision: p, rounding: .down) || least.leavesExponentRange
      let highIsDecided = high == BigFloat(most.lower, precision: p, rounding: .up) || most.leavesExponentRange
      if lowIsDecided && highIsDecided || bits == greatest { return Interval(unchecked: low, high) }
      bits = min(2 * bits, greatest)
    }
  }

  /// Whether an end is infinite, or one is zero and the other in the lowest binade.
  private var leavesExponentRange: Bool {
    func isLowest(_ x: BigFloat) -> Bool { x.binaryExponent.map { $0 <= BigFloat.leastExponent } ?? false }
    return lower.isInfinite || upper.isInfinite || lower.isZero && isLowest(upper) || upper.isZero && isLowest(lower)
  }
}
