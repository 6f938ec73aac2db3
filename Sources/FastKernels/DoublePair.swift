/// A number as an unevaluated sum of two doubles, high being the sum rounded to nearest.
///
/// Sums and products lose at most 2^-102 of the magnitudes of their operands' sum or product, quotients at most 2^-100
/// (Joldes, Muller and Popescu, ACM Trans. Math. Softw. 44, 15, 2017, give 3u^2, 7u^2 and 15u^2 for these algorithms or
/// weaker ones, u = 2^-53), while nothing overflows or underflows.
struct DoublePair {
  var high: Double
  var low: Double

  @inline(__always)
  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The pair of a sum with |low| at most |high|.
  @inline(__always)
  private static func normalized(_ high: Double, _ low: Double) -> DoublePair {
    let sum = high + low
    return DoublePair(sum, low - (sum - high))
  }

  @inline(__always)
  static func + (a: DoublePair, b: DoublePair) -> DoublePair {
    let s = ErrorFree.sum(a.high, b.high), t = ErrorFree.sum(a.low, b.low)
    let first = normalized(s.result, s.error + t.result)
    return normalized(first.high, t.error + first.low)
  }

  @inline(__always)
  static func - (a: DoublePair, b: DoublePair) -> DoublePair { a + DoublePair(-b.high, -b.low) }

  @inline(__always)
  static func * (a: DoublePair, b: DoublePair) -> DoublePair {
    let p = ErrorFree.product(a.high, b.high)
    return normalized(p.result, p.error + (a.high * b.low + a.low * b.high))
  }

  @inline(__always)
  static func * (a: DoublePair, b: Double) -> DoublePair {
    let p = ErrorFree.product(a.high, b)
    return normalized(p.result, p.error + a.low * b)
  }

  @inline(__always)
  static func / (a: DoublePair, b: DoublePair) -> DoublePair {
    let first = a.high / b.high
    let rest = a - b * first
    return normalized(first, rest.high / b.high)
  }
}
