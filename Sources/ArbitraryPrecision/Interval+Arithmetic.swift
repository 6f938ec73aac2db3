internal import CMPFR

/// The four operations. Short ends are computed in machine words, other ends that are inline, finite and not zero by
/// two MPFR calls at once; anything else takes the general form, which the tests hold against the others.
extension Interval {
  /// The enclosure of all sums.
  public static func + (a: Interval, b: Interval) -> Interval {
    guard a.isShort(with: b) else {
      return long(mpfr_add, a, b, ends: { ($0.low, $1.low, $0.high, $1.high) }, general: generalSum)
    }
    var (low, high) = (BigFloat.Head(precision: a.low.precision), BigFloat.Head(precision: a.low.precision))
    low.setShortSum(a.low, b.low, subtracting: false, up: false)
    high.setShortSum(a.high, b.high, subtracting: false, up: true)
    return Interval(low: low, high: high)
  }

  /// The enclosure of all differences.
  public static func - (a: Interval, b: Interval) -> Interval {
    guard a.isShort(with: b) else {
      return long(mpfr_sub, a, b, ends: { ($0.low, $1.high, $0.high, $1.low) }, general: generalDifference)
    }
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
    guard a.isShort(with: b), let (x, y, z, w) = factors(a, b) else {
      return long(mpfr_mul, a, b, ends: factors, general: generalProduct)
    }
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
    guard a.isShort(with: b), b.low.sign == b.high.sign else {
      return long(
        mpfr_div, a, b, ends: { $1.low.sign == $1.high.sign ? dividends($0, $1) : nil }, general: generalQuotient)
    }
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

  /// The two ends that make the lower end of a result, and the two that make the upper one.
  private typealias Ends = (BigFloat.Head, BigFloat.Head, BigFloat.Head, BigFloat.Head)

  /// The ends whose products are the ends of the product; nil when both factors straddle zero.
  @inline(__always)
  private static func factors(
    _ a: Interval, _ b: Interval
  ) -> Ends? {
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
  ) -> Ends {
    if b.low.sign > 0 {
      return (a.low, a.low.sign > 0 ? b.high : b.low, a.high, a.high.sign > 0 ? b.low : b.high)
    }
    return (a.high, a.high.sign > 0 ? b.high : b.low, a.low, a.low.sign > 0 ? b.low : b.high)
  }

  /// Two MPFR calls at once where all ends are inline, finite and not zero and it is known which ones make the result;
  /// else the general form.
  @inline(never)
  private static func long(
    _ function: BinaryFunction, _ a: Interval, _ b: Interval, ends: (Interval, Interval) -> Ends?,
    general: (Interval, Interval, Int) -> Interval
  ) -> Interval {
    let p = max(a.precision, b.precision)
    guard a.isRegular, b.isRegular, let (x, y, z, w) = ends(a, b) else { return general(a, b, p) }
    var result = Interval(blank: p)
    result.fill(function, x, y, z, w)
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
