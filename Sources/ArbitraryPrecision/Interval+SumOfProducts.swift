internal import CMPFR

/// Sums of two products, rounded once: the parts of a complex product.
extension Interval {
  /// The enclosure of a b + c d for members of four sets that are not empty and vary apart from each other.
  ///
  /// Each product is extreme at ends of its factors, and the sum where both products are, since they have no factor in
  /// common. Of several candidates the least one rounded down is the least value rounded down, since rounding keeps
  /// order.
  static func sumOfProducts(
    _ a: Interval, _ b: Interval, _ c: Interval, _ d: Interval, precision p: Int
  ) -> Interval {
    let (first, second) = (extremeFactors(a, b), extremeFactors(c, d))
    var low: BigFloat?
    for (x, y) in first.least {
      for (z, w) in second.least {
        let value = BigFloat.sumOfProducts(x, y, z, w, precision: p, rounding: .down)
        low = low.map { .least($0, value) } ?? value
      }
    }
    var high: BigFloat?
    for (x, y) in first.greatest {
      for (z, w) in second.greatest {
        let value = BigFloat.sumOfProducts(x, y, z, w, precision: p, rounding: .up)
        high = high.map { .greatest($0, value) } ?? value
      }
    }
    guard let low, let high else { return .empty(precision: p) }
    return Interval(unchecked: low, high)
  }

  /// The pairs of ends among which the least and the greatest product of members stand: one pair each, or two where
  /// both sets straddle zero.
  private static func extremeFactors(
    _ a: Interval, _ b: Interval
  ) -> (least: [(BigFloat, BigFloat)], greatest: [(BigFloat, BigFloat)]) {
    guard let corners = corners(a, b) else {
      return ([(a.lower, b.upper), (a.upper, b.lower)], [(a.lower, b.lower), (a.upper, b.upper)])
    }
    return (
      [(corners.lower.0 ? a.upper : a.lower, corners.lower.1 ? b.upper : b.lower)],
      [(corners.upper.0 ? a.upper : a.lower, corners.upper.1 ? b.upper : b.lower)]
    )
  }
}

extension BigFloat {
  /// The sum a b + c d, rounded once.
  ///
  /// Zero times an infinity counts as zero, and an infinite product decides the sum: ends of sets, whose members are
  /// finite.
  static func sumOfProducts(
    _ a: BigFloat, _ b: BigFloat, _ c: BigFloat, _ d: BigFloat, precision p: Int, rounding: Rounding
  ) -> BigFloat {
    if a.isZero || b.isZero {
      return c.isZero || d.isZero ? .zero(precision: p) : .product(c, d, precision: p, rounding: rounding)
    }
    if c.isZero || d.isZero || a.isInfinite || b.isInfinite {
      return .product(a, b, precision: p, rounding: rounding)
    }
    if c.isInfinite || d.isInfinite { return .product(c, d, precision: p, rounding: rounding) }
    let (first, second) = (a.exponent + b.exponent, c.exponent + d.exponent)
    guard max(abs(first), abs(second)) < 1 << 29 else {
      return scaledSumOfProducts((a, b, first), (c, d, second), precision: p, rounding: rounding)
    }
    return fused(a, b, c, d, p, rounding)
  }

  private static func fused(
    _ a: BigFloat, _ b: BigFloat, _ c: BigFloat, _ d: BigFloat, _ p: Int, _ rounding: Rounding
  ) -> BigFloat {
    BigFloat(precision: p) { result in
      a.withView { x in
        b.withView { y in c.withView { z in d.withView { w in _ = mpfr_fmma(result, x, y, z, w, rounding.mpfr) } } }
      }
    }
  }

  /// The same where a product may leave the exponent range: factors are brought to [1/2, 1), the smaller product keeps
  /// its distance, and the rounded sum is scaled back, which is exact or overflows as the direction demands.
  ///
  /// A distance beyond 2^29 is replaced by 2^29. The larger product and all numbers of the result's precision p are
  /// multiples of a unit that is 2^-(3 * 2^27) times the larger product or more, as three precisions are at most 2^27
  /// each; the smaller product lies below that unit in both cases, so it decides the rounding by its sign alone.
  private static func scaledSumOfProducts(
    _ first: (BigFloat, BigFloat, Int), _ second: (BigFloat, BigFloat, Int), precision p: Int, rounding: Rounding
  ) -> BigFloat {
    let top = max(first.2, second.2)
    func mantissa(_ x: BigFloat, _ shift: Int = 0) -> BigFloat {
      var result = x
      result.exponent = shift
      return result
    }
    func distance(_ exponent: Int) -> Int { max(exponent - top, -(1 << 29)) }
    return fused(
      mantissa(first.0, distance(first.2)), mantissa(first.1), mantissa(second.0, distance(second.2)),
      mantissa(second.1), p, rounding
    ).scaled(byPowerOfTwo: top, rounding: rounding)
  }
}
