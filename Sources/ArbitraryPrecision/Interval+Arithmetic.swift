internal import CMPFR

/// The four operations. Where all ends are inline, finite and not zero, the two MPFR calls are made at once; anything else
/// takes the general form, which the tests hold against this one.
extension Interval {
  /// The enclosure of all sums.
  public static func + (a: Interval, b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular {
      result.fill(mpfr_add, a.low, b.low, a.high, b.high)
    } else {
      result.formGeneral(generalSum, a, b)
    }
    return result
  }

  /// The enclosure of all differences.
  public static func - (a: Interval, b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular {
      result.fill(mpfr_sub, a.low, b.high, a.high, b.low)
    } else {
      result.formGeneral(generalDifference, a, b)
    }
    return result
  }

  /// The opposite, exact.
  public static prefix func - (a: Interval) -> Interval {
    Interval(unchecked: -a.upper, -a.lower)
  }

  /// The enclosure of all products.
  public static func * (a: Interval, b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular, a.low.sign > 0, b.low.sign > 0 {
      result.fill(mpfr_mul, a.low, b.low, a.high, b.high)
    } else if a.isRegular, b.isRegular, let corners = Interval.corners(a, b) {
      result.fill(
        mpfr_mul, corners.lower.0 ? a.high : a.low, corners.lower.1 ? b.high : b.low,
        corners.upper.0 ? a.high : a.low, corners.upper.1 ? b.high : b.low)
    } else {
      result.formGeneral(generalProduct, a, b)
    }
    return result
  }

  /// The enclosure of all quotients a / b with b not zero.
  ///
  /// Empty when b holds nothing but zero; a half line when zero is an end of b and a does not straddle zero; the entire
  /// line when zero is inside b, unless a is {0}.
  public static func / (a: Interval, b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular, a.low.sign > 0, b.low.sign > 0 {
      result.fill(mpfr_div, a.low, b.high, a.high, b.low)
    } else if a.isRegular, b.isRegular, b.low.sign > 0 {
      result.fill(mpfr_div, a.low, a.low.sign > 0 ? b.high : b.low, a.high, a.high.sign > 0 ? b.low : b.high)
    } else {
      result.formGeneral(generalQuotient, a, b)
    }
    return result
  }

  /// Adds in place; inline ends allocate nothing.
  public static func += (a: inout Interval, b: Interval) {
    guard a.holdsResult(with: b) else {
      a = a + b
      return
    }
    a.fill(mpfr_add, a.low, b.low, a.high, b.high)
  }

  /// Subtracts in place; inline ends allocate nothing.
  public static func -= (a: inout Interval, b: Interval) {
    guard a.holdsResult(with: b) else {
      a = a - b
      return
    }
    a.fill(mpfr_sub, a.low, b.high, a.high, b.low)
  }

  /// Multiplies in place; inline ends allocate nothing.
  public static func *= (a: inout Interval, b: Interval) {
    guard a.holdsResult(with: b), a.low.sign > 0, b.low.sign > 0 else {
      a = a * b
      return
    }
    a.fill(mpfr_mul, a.low, b.low, a.high, b.high)
  }

  /// Divides in place.
  public static func /= (a: inout Interval, b: Interval) { a = a / b }

  /// Whether the fast form applies and its result has the precision of this memory.
  @inline(__always)
  private func holdsResult(with other: Interval) -> Bool {
    isRegular && other.isRegular && low.precision == high.precision && other.precision <= low.precision
  }

  /// Replaces this blank by the general form of an operation: through memory, so that the fast form above it copies nothing.
  @inline(never)
  private mutating func formGeneral(
    _ operation: (Interval, Interval, Int) -> Interval, _ a: Interval, _ b: Interval
  ) {
    self = operation(a, b, precision)
  }
}
