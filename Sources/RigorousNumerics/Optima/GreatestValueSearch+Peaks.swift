import ArbitraryPrecision

/// Maxima inside of pieces on which f'' < 0.
extension GreatestValueSearch {
  /// Whether a piece, widened by a quarter on both sides so that a zero on its edge is inside of a neighbour, has f'' <
  /// 0 and one zero of f', which is kept; of F itself, whether it has none.
  mutating func isIsolated(_ time: Interval) throws(Unanswered) -> Bool {
    let margin = Interval(time.width).scaled(byPowerOfTwo: -2)
    let wide = (time - margin).hull(time + margin)
    guard wide.lower.signum > 0 else { return false }
    let around = try function.series(wide, 2, budget)
    guard around.isSmooth, around.isDefined, around.coefficients[2].upper.signum < 0 else { return false }
    // An end may have the greatest F near to where f has its own.
    if !around.isExact, let end, wide.upper >= end.lower { return false }
    let step = try newtonStep(on: wide, around)
    if step.remaining.isEmpty { return around.isExact }
    guard step.provesUniqueZero else { return false }
    let bend = Interval((2 * around.coefficients[2]).mignitude)
    let spread = around.isExact ? .zero(precision: 64) : (2 * (Interval(around.distance) / bend).squareRoot).upper
    guard spread.isFinite else { return false }
    var bracket = Bracket(box: wide, zero: step.remaining, distance: around.distance, spread: spread)
    if !around.isExact {
      // Values alone tell what is beside the box: z is well inside, and its value is attained from now on.
      let edge = Interval(wide.width).scaled(byPowerOfTwo: -4)
      guard (step.remaining - edge).lower > wide.lower, (step.remaining + edge).upper < wide.upper else { return false }
      guard let peak = try peak(bracket) else { return false }
      raise(peak.value.lower)
      bracket.peak = peak
    }
    brackets.append(bracket)
    return true
  }

  /// A Newton step for f'.
  func newtonStep(on t: Interval, _ around: TaylorSeries) throws(Unanswered) -> NewtonStep {
    guard let middle = t.anchor else { return NewtonStep(on: t, slope: .entire(precision: 64)) { $0 } }
    let center = try function.series(Interval(middle).rounded(to: t.precision), 1, budget)
    return NewtonStep(on: t, slope: 2 * around.coefficients[2]) { _ in center.coefficients[1] }
  }

  /// The maximum in a bracket, by Newton steps until they no longer halve it; nil where it is beyond the window or
  /// below what is attained.
  ///
  /// The bits of pieces are tried first: those of sharp enclosures may cost a state of their own.
  func peak(_ bracket: Bracket) throws(Unanswered) -> Candidate? {
    let found = try peak(bracket, precision: GreatestValueSearch.coarsePrecision)
    guard let found, !isSharp(found, bracket) else { return found }
    return try peak(bracket, precision: precision)
  }

  /// Whether the value of a maximum, and the time where it is asked for, are as good as the precision asks for, or
  /// hardly wider than the distance to which the function is known makes them.
  private func isSharp(_ peak: Candidate, _ bracket: Bracket) -> Bool {
    func isNarrow(_ found: Interval, _ least: BigFloat) -> Bool {
      let own = found.magnitude.scaled(byPowerOfTwo: -goal, rounding: .down)
      return found.width <= max(own, least.scaled(byPowerOfTwo: 2, rounding: .down))
    }
    return isNarrow(peak.value, bracket.distance) && (!isTimeAsked || isNarrow(peak.time, bracket.spread))
  }

  private func peak(_ bracket: Bracket, precision: Int) throws(Unanswered) -> Candidate? {
    var zero = bracket.zero.rounded(to: precision)
    while true {
      try budget.check()
      let step = try newtonStep(on: zero, try function.series(zero, 2, budget))
      let next = step.remaining.rounded(to: precision)
      demand(!next.isEmpty, "GreatestValue: the bracket holds a zero of the slope")
      let isSharp = next.width.scaled(byPowerOfTwo: 1, rounding: .up) >= zero.width
      zero = next
      if isSharp { break }
      // One that is certainly lower need not be sharp.
      if try function.local(zero, order: 2, within: budget).range.upper < attained { return nil }
    }
    let local = try function.local(zero, order: 2, within: budget)
    guard bracket.distance.isZero else {
      // What is known of F on the bracket serves all of it, not z alone.
      let value = local.approximation(on: zero) + .ball(bracket.distance)
      return Candidate(time: (zero + .ball(bracket.spread)).intersection(bracket.box), value: value)
    }
    let value = local.range
    guard let end else { return Candidate(time: zero, value: value) }
    if zero.upper < end.lower { return Candidate(time: zero, value: value) }
    // Beyond the window F rises to its end, which is known by itself.
    guard zero.lower <= end.upper else { return nil }
    let time = zero.hull(end).intersection(Interval(.zero(precision: 64), end.upper) ?? end)
    return Candidate(time: time, value: Interval(attained, max(value.upper, attained)) ?? value)
  }
}
