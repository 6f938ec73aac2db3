import ArbitraryPrecision

/// The first maximum of a function E over t > 0, proved to be the first: E' > 0 before it, E'' < 0 on a bracket around
/// it.
///
/// E is three times differentiable with E'(0) = 0 < E''(0) and |E'''| <= B at all times t >= 0. From a time c with
/// E'(c) = d and E''(c) = e
///
///     E'(c + s) >= d + e s - B s^2/2,      E''(c + s) <= e + B s,      s >= 0.
///
/// - The lower bound of E' is concave in s: where it is positive at s = h and not negative at 0, it is positive on (0,
///   h]. So steps h with a positive bound lead from 0, where d = 0, to later times with E' > 0 on all of the way.
/// - Where e + B h < 0, E'' is negative on [c, c + h]; with E'(c) > 0 > E'(c + h) there is exactly one zero of E' in
///   between, and it is the first one.
///
/// Only signs of enclosures at points are used; the sizes of steps are guesses. At an inflection E' = E'' = 0 before
/// the maximum the steps would shrink for ever: this is given up.
public struct FirstMaximum: Sendable {
  /// E with its derivatives on an interval.
  public typealias Energy = @Sendable (_ t: Interval) -> TaylorJet

  /// An interval of positive times on which E'' < 0, with the maximum inside.
  public let bracket: Interval
  /// B.
  public let thirdDerivativeBound: Interval

  private static let precision = 128
  private static let greatestSteps = 10_000

  /// Finds the bracket.
  ///
  /// - Parameters:
  ///   - energy: E at points; its enclosures must be sharp enough to tell the signs.
  ///   - thirdDerivativeBound: B.
  /// - Throws: ``Unanswered`` when signs stay unknown, as for an E that is not known well enough, or the time is
  ///   over.
  public init(of energy: Energy, thirdDerivativeBound: Interval, within budget: Budget) throws(Unanswered) {
    self.thirdDerivativeBound = thirdDerivativeBound
    var time = Interval(0, precision: FirstMaximum.precision)
    var start = energy(time)
    guard start.second.lower.signum > 0 else {
      throw Unanswered(undecided: "the energy is not known to rise from the start")
    }
    for step in 0..<FirstMaximum.greatestSteps {
      try budget.check()
      // At 0 the slope is exactly 0.
      let slope = step == 0 ? Interval(0, precision: FirstMaximum.precision) : start.first
      if start.second.upper.signum < 0,
        let end = FirstMaximum.end(from: time, slope, start.second, thirdDerivativeBound, energy),
        let bracket = Interval(time.lower, end.upper)
      {
        self.bracket = bracket
        return
      }
      guard let next = FirstMaximum.advance(from: time, slope, start.second, thirdDerivativeBound) else { break }
      time = next
      start = energy(time)
      guard start.first.lower.signum > 0 else { break }
    }
    throw Unanswered(undecided: "the first maximum of the energy was not isolated")
  }

  /// A later point up to which E' > 0; nil when none is found.
  private static func advance(
    from c: Interval, _ slope: Interval, _ curvature: Interval, _ third: Interval
  ) -> Interval? {
    let (d, e) = (slope.lower.double(rounding: .down), curvature.lower.double(rounding: .down))
    let b = third.upper.double(rounding: .up)
    guard d.isFinite, e.isFinite, b.isFinite, b > 0 else { return nil }
    // The greater root of d + e s - b s^2/2.
    let root = (e + (e * e + 2 * b * max(d, 0)).squareRoot()) / b
    for share in [0.9, 0.5, 0.1] {
      guard let h = Interval(exactly: share * root, precision: precision), h.lower.signum > 0 else { continue }
      let next = c + h
      guard let point = next.anchor.map({ Interval($0) }) else { continue }
      // s is the exact distance to the rounded point.
      let s = point - c
      let bound = Interval(slope.lower) + Interval(curvature.lower) * s - third * s.squared / 2
      if s.lower.signum > 0, bound.lower.signum > 0 { return point.rounded(to: precision) }
    }
    return nil
  }

  /// The end of a bracket from c on; nil when E' is not seen to change its sign where E'' < 0 is known.
  private static func end(
    from c: Interval, _ slope: Interval, _ curvature: Interval, _ third: Interval, _ energy: Energy
  ) -> Interval? {
    guard slope.lower.signum > 0 else { return nil }
    let h = Interval((-curvature / third).lower).rounded(to: 64).lower.scaled(byPowerOfTwo: -1, rounding: .down)
    guard h.isFinite, h.signum > 0, let middle = (c + Interval(h)).anchor else { return nil }
    let point = Interval(middle).rounded(to: precision)
    let s = point - c
    guard (Interval(curvature.upper) + third * s).upper.signum < 0, energy(point).first.upper.signum < 0 else {
      return nil
    }
    return point
  }

  /// The time of the maximum by interval Newton steps for E' in the bracket, until they no longer halve the width.
  ///
  /// On an interval x around m the slope of E' lies in E''(m) + [-B, B] |x - m|. Every step keeps the zero, which
  /// exists.
  ///
  /// - Parameter energy: E, as sharp as the precision asks for.
  /// - Throws: ``Unanswered`` when the time is over.
  public func time(of energy: Energy, precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    var x = bracket.rounded(to: precision)
    while true {
      try budget.check()
      guard let middle = x.anchor else { return x }
      let m = Interval(middle)
      let jet = energy(m)
      let slope = jet.second + .ball(thirdDerivativeBound * (x - m).absoluteValue)
      // The step asks for E' at the same midpoint.
      let next = NewtonStep(on: x, slope: slope) { _ in jet.first }.remaining.rounded(to: precision)
      demand(!next.isEmpty, "FirstMaximum: the bracket holds a zero of E'")
      guard next.width.scaled(byPowerOfTwo: 1, rounding: .up) < x.width else { return next }
      x = next
    }
  }
}
