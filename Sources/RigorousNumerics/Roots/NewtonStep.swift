import ArbitraryPrecision

/// One step of the interval Newton method: where the zeros of f in an interval x can be, given f at a point of it and
/// its slope over it.
///
///     N(x) = m - f(m) / f'(x),   m in x
///
/// Every zero of f in x lies in N(x), by the mean value theorem. If f' does not vanish on x, there is at most one; if
/// moreover N(x) is inside x, there is one (Moore, Kearfott and Cloud, Introduction to Interval Analysis, 2009, Sec.
/// 8.1).
public struct NewtonStep: Sendable {
  /// The part of x that can hold zeros.
  public let remaining: Interval
  /// Whether x is certain to hold exactly one zero.
  public let provesUniqueZero: Bool

  /// The step on an interval.
  ///
  /// - Parameters:
  ///   - x: a bounded interval on which f is differentiable.
  ///   - slope: an enclosure of f' on x.
  ///   - value: an enclosure of f at a point interval inside x.
  public init(on x: Interval, slope: Interval, value: (Interval) -> Interval) {
    guard let middle = x.anchor, middle.isFinite, let sign = slope.certainSign, sign != 0 else {
      remaining = x
      provesUniqueZero = false
      return
    }
    let m = Interval(middle)
    let image = m - value(m) / slope
    remaining = x.intersection(image)
    provesUniqueZero = !image.isEmpty && x.lower < image.lower && image.upper < x.upper
  }
}
