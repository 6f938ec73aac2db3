internal import CMPFR

/// The numeric functions of intervals, IEEE 1788-2015, 12.12.8, Table 10.2: inf, sup, mid, wid, rad, mag, mig.
///
/// They are the standard's on every set, with ends of this precision in the place of a fixed format, but for two things
/// on purpose. What is a point to work with (``midpoint``, ``radius``, ``anchor``) is nil where the standard has NaN,
/// on the empty set. And ``lower`` and ``upper`` of the empty set are NaN: with the plus and minus infinity of
/// ``infimum`` and ``supremum`` every comparison with a bound would hold of a value that is not there.
extension Interval {
  /// The greatest lower bound; plus infinity when empty.
  public var infimum: BigFloat { isEmpty ? .infinity(precision: precision) : lower }

  /// The least upper bound; minus infinity when empty.
  public var supremum: BigFloat { isEmpty ? .infinity(negative: true, precision: precision) : upper }

  /// An upper bound of upper - lower, tight to one rounding; infinity for an unbounded set, NaN when empty.
  public var width: BigFloat {
    isEmpty ? .nan(precision: precision) : .difference(upper, lower, precision: precision, rounding: .up)
  }

  /// The mean of the ends rounded to nearest, 0 for the entire line; nil when empty.
  ///
  /// Half lines give the greatest finite number of the precision, or minus that.
  public var midpoint: BigFloat? {
    switch (lower.isInfinite, upper.isInfinite) {
    case (true, false): -.greatestFinite(precision: precision)
    case (false, true): .greatestFinite(precision: precision)
    case (false, false), (true, true): anchor
    }
  }

  /// A member to expand around: the ``midpoint``, but the finite end of a half line; nil when empty.
  public var anchor: BigFloat? {
    guard !isEmpty else { return nil }
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return .zero(precision: precision)
    case (true, false): return lower
    case (false, true): return upper
    case (true, true):
      // The sum is rounded and halved, which is exact but for the least numbers; where the sum overflows, the halves
      // are added. Clamping keeps the rounded mean inside when the ends are neighbours.
      let sum = BigFloat.sum(lower, upper, precision: precision, rounding: .nearest)
      let half =
        sum.isInfinite
        ? BigFloat.sum(
          lower.scaled(byPowerOfTwo: -1, rounding: .nearest), upper.scaled(byPowerOfTwo: -1, rounding: .nearest),
          precision: precision, rounding: .nearest) : sum.scaled(byPowerOfTwo: -1, rounding: .nearest)
      return .greatest(lower, .least(upper, half))
    }
  }

  /// The least radius, rounded up once, of a ball around ``midpoint`` that holds every member; infinity for an
  /// unbounded set, nil when empty.
  public var radius: BigFloat? {
    midpoint.map { middle in
      .greatest(
        .difference(upper, middle, precision: precision, rounding: .up),
        .difference(middle, lower, precision: precision, rounding: .up))
    }
  }

  /// The greatest magnitude of a member; infinity for an unbounded set, NaN when empty.
  public var magnitude: BigFloat {
    isEmpty ? .nan(precision: precision) : .greatest(lower.magnitude, upper.magnitude)
  }

  /// The greatest member, as an interval of that number alone; the entire line where there is none.
  public var greatest: Interval { upper.interval }

  /// The least magnitude of a member; NaN when empty.
  public var mignitude: BigFloat {
    if isEmpty { return .nan(precision: precision) }
    return containsZero ? .zero(precision: precision) : .least(lower.magnitude, upper.magnitude)
  }
}

extension BigFloat {
  /// The greatest finite number of a precision.
  public static func greatestFinite(precision: Int) -> BigFloat {
    BigFloat(precision: precision) {
      mpfr_set_inf($0, 1)
      mpfr_nextbelow($0)
    }
  }
}

extension BigFloat {
  /// The interval of this number alone; the entire line for infinities and NaN, which bound nothing.
  public var interval: Interval { isFinite ? Interval(self) : .entire(precision: precision) }
}
