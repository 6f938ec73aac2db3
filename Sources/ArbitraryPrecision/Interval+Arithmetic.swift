internal import CMPFR

/// The four operations. Short ends are computed in machine words, other ends that are inline, finite and not zero by two MPFR
/// calls at once; anything else takes the general form, which the tests hold against the others.
extension Interval {
  /// The enclosure of all sums.
  public static func + (a: Interval, b: Interval) -> Interval {
    guard a.isShort(with: b) else { return longSum(a, b) }
    var (low, high) = (BigFloat.Head(precision: a.low.precision), BigFloat.Head(precision: a.low.precision))
    low.setShortSum(a.low, b.low, subtracting: false, up: false)
    high.setShortSum(a.high, b.high, subtracting: false, up: true)
    return Interval(low: low, high: high)
  }

  /// The enclosure of all differences.
  public static func - (a: Interval, b: Interval) -> Interval {
    guard a.isShort(with: b) else { return longDifference(a, b) }
    var (low, high) = (BigFloat.Head(precision: a.low.precision), BigFloat.Head(precision: a.low.precision))
    low.setShortSum(a.low, b.high, subtracting: true, up: false)
    high.setShortSum(a.high, b.low, subtracting: true, up: true)
    return Interval(low: low, high: high)
  }

  /// The opposite, exact.
  public static prefix func - (a: Interval) -> Interval {
    Interval(unchecked: -a.upper, -a.lower)
  }

  /// The enclosure of all products.
  public static func * (a: Interval, b: Interval) -> Interval {
    guard a.isShort(with: b), let (x, y, z, w) = factors(a, b) else { return longProduct(a, b) }
    var (low, high) = (BigFloat.Head(precision: a.low.precision), BigFloat.Head(precision: a.low.precision))
    low.setShortProduct(x, y, up: false)
    high.setShortProduct(z, w, up: true)
    return Interval(low: low, high: high)
  }

  /// The enclosure of all quotients a / b with b not zero.
  ///
  /// Empty when b holds nothing but zero; a half line when zero is an end of b and a does not straddle zero; the entire
  /// line when zero is inside b, unless a is {0}.
  public static func / (a: Interval, b: Interval) -> Interval {
    guard a.isShort(with: b), b.low.sign == b.high.sign else { return longQuotient(a, b) }
    let (x, y, z, w) = dividends(a, b)
    var (low, high) = (BigFloat.Head(precision: a.low.precision), BigFloat.Head(precision: a.low.precision))
    low.setShortQuotient(x, y, up: false)
    high.setShortQuotient(z, w, up: true)
    return Interval(low: low, high: high)
  }

  /// Adds in place; inline ends allocate nothing.
  public static func += (a: inout Interval, b: Interval) {
    guard a.isShort(with: b) else { return a.update(mpfr_add, b.low, b.high, b, +) }
    a.low.setShortSum(a.low, b.low, subtracting: false, up: false)
    a.high.setShortSum(a.high, b.high, subtracting: false, up: true)
  }

  /// Subtracts in place; inline ends allocate nothing.
  public static func -= (a: inout Interval, b: Interval) {
    guard a.isShort(with: b) else { return a.update(mpfr_sub, b.high, b.low, b, -) }
    a.low.setShortSum(a.low, b.high, subtracting: true, up: false)
    a.high.setShortSum(a.high, b.low, subtracting: true, up: true)
  }

  /// Multiplies in place; inline ends allocate nothing.
  public static func *= (a: inout Interval, b: Interval) { a = a * b }

  /// Divides in place; inline ends allocate nothing.
  public static func /= (a: inout Interval, b: Interval) { a = a / b }

  /// Whether all ends of both are short and of one precision, so that results are short, too.
  @inline(__always)
  private func isShort(with b: Interval) -> Bool {
    let p = low.precision
    return high.precision == p && b.low.precision == p && b.high.precision == p && low.isShort && high.isShort
      && b.low.isShort && b.high.isShort
  }

  /// The ends whose products are the ends of the product; nil when both factors straddle zero.
  @inline(__always)
  private static func factors(
    _ a: Interval, _ b: Interval
  ) -> (BigFloat.Head, BigFloat.Head, BigFloat.Head, BigFloat.Head)? {
    if a.low.sign > 0, b.low.sign > 0 { return (a.low, b.low, a.high, b.high) }
    guard let corners = corners(a, b) else { return nil }
    return (
      corners.lower.0 ? a.high : a.low, corners.lower.1 ? b.high : b.low,
      corners.upper.0 ? a.high : a.low, corners.upper.1 ? b.high : b.low
    )
  }

  /// The ends whose quotients are the ends of the quotient by a divisor of one sign.
  @inline(__always)
  private static func dividends(
    _ a: Interval, _ b: Interval
  ) -> (BigFloat.Head, BigFloat.Head, BigFloat.Head, BigFloat.Head) {
    if b.low.sign > 0 {
      return (a.low, a.low.sign > 0 ? b.high : b.low, a.high, a.high.sign > 0 ? b.low : b.high)
    }
    return (a.high, a.high.sign > 0 ? b.high : b.low, a.low, a.low.sign > 0 ? b.low : b.high)
  }

  @inline(never)
  private static func longSum(_ a: Interval, _ b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular {
      result.fill(mpfr_add, a.low, b.low, a.high, b.high)
    } else {
      result = generalSum(a, b, result.precision)
    }
    return result
  }

  @inline(never)
  private static func longDifference(_ a: Interval, _ b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular {
      result.fill(mpfr_sub, a.low, b.high, a.high, b.low)
    } else {
      result = generalDifference(a, b, result.precision)
    }
    return result
  }

  @inline(never)
  private static func longProduct(_ a: Interval, _ b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular, let (x, y, z, w) = factors(a, b) {
      result.fill(mpfr_mul, x, y, z, w)
    } else {
      result = generalProduct(a, b, result.precision)
    }
    return result
  }

  @inline(never)
  private static func longQuotient(_ a: Interval, _ b: Interval) -> Interval {
    var result = Interval(blank: max(a.precision, b.precision))
    if a.isRegular, b.isRegular, b.low.sign == b.high.sign {
      let (x, y, z, w) = dividends(a, b)
      result.fill(mpfr_div, x, y, z, w)
    } else {
      result = generalQuotient(a, b, result.precision)
    }
    return result
  }

  /// Replaces this interval by a function at pairs of ends, in its own memory where that holds the result.
  @inline(never)
  private mutating func update(
    _ function: BinaryFunction, _ lower: BigFloat.Head, _ upper: BigFloat.Head, _ other: Interval,
    _ operation: (Interval, Interval) -> Interval
  ) {
    if isRegular, other.isRegular, low.precision == high.precision, other.precision <= low.precision {
      fill(function, low, lower, high, upper)
    } else {
      self = operation(self, other)
    }
  }
}
