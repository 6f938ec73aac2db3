extension Interval {
  /// The hull of real numbers that are known by enclosures, each end rounded once.
  ///
  /// `candidates` gives enclosures of the same numbers at every precision. The least of the numbers lies between the least lower
  /// and the least upper end; where both round down to one number, this is the end, and likewise above. Where not, the precision is
  /// doubled. An end that is representable is found when its enclosure becomes a point. An end outside the exponent range is the
  /// greatest number or infinity, or zero or the least number, as the direction demands; more precision would not tell more. An end
  /// that stays undecided at 64 times the precision is rounded outward from its enclosure: an enclosure still, but perhaps not the
  /// tightest.
  static func tightHull(precision p: Int, _ candidates: (Int) -> [Interval]) -> Interval {
    var bits = p + 32
    while true {
      let enclosures = candidates(bits).filter { !$0.isEmpty }
      guard let first = enclosures.first else { return .empty(precision: p) }
      var (least, greatest) = (first, first)
      for next in enclosures.dropFirst() {
        least = least.minimum(next)
        greatest = greatest.maximum(next)
      }
      let low = BigFloat(least.lower, precision: p, rounding: .down)
      let high = BigFloat(greatest.upper, precision: p, rounding: .up)
      let lowIsDecided = low == BigFloat(least.upper, precision: p, rounding: .down) || least.leavesExponentRange
      let highIsDecided = high == BigFloat(greatest.lower, precision: p, rounding: .up) || greatest.leavesExponentRange
      if lowIsDecided && highIsDecided || bits > 64 * p { return Interval(unchecked: low, high) }
      bits *= 2
    }
  }

  /// Whether an end is infinite, or both are so small that precision cannot tell them from zero.
  private var leavesExponentRange: Bool {
    let least = -(1 << 30) + 64
    func vanishes(_ x: BigFloat) -> Bool { x.isZero || x.exponent < least }
    return lower.isInfinite || upper.isInfinite || vanishes(lower) && vanishes(upper)
  }
}
