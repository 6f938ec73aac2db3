extension Interval {
  /// The hull of real numbers that are known by enclosures, each end rounded once.
  ///
  /// `candidates` gives enclosures of the same numbers at every precision. The least of the numbers lies between the least lower
  /// and the least upper end; where both round down to one number, this is the end, and likewise above. Where not, the precision is
  /// doubled. An end that is representable is found when its enclosure becomes a point. An end that stays undecided at 64 times
  /// the precision, such as one that leaves the exponent range, is rounded outward from its enclosure: an enclosure still, but
  /// perhaps not the tightest.
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
      let isDecided =
        low == BigFloat(least.upper, precision: p, rounding: .down)
        && high == BigFloat(greatest.lower, precision: p, rounding: .up)
      if isDecided || bits > 64 * p { return Interval(unchecked: low, high) }
      bits *= 2
    }
  }
}
