import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The time in which the whole state comes near its limit.
extension FigureEvaluation {
  /// The first time from which the trace distance D of the whole state from its limit is at most e at all times.
  ///
  /// The limit s stands still, so rho(t + u) - s = exp(uL) (rho(t) - s), and exp(uL) does not enlarge the trace norm: D
  /// does not increase. So D > e at one time and D <= e at another one, both certain, enclose the wanted time, and
  /// where these times come from proves nothing.
  mutating func relaxationTime(to distance: FigureFormula, _ indices: [String: Expression]) throws -> Interval {
    let level = try value(distance, indices, .start)
    guard level.isDefined, level.interval.isBounded else { throw NotToldYet(what: "a distance") }
    let e = level.interval
    guard e.upper.signum > 0 else {
      throw distance.place.fault(
        "'relaxation_time(\(distance.written))' to a distance of 0 or less, which takes for ever; accepted: e > 0")
    }
    guard e.lower.signum > 0 else { throw NotToldYet(what: "whether a distance is positive") }
    if let distance = try coherentDistance() { return try first(to: e, of: distance) }
    var limit = StateFigures(try state(.limit), point, within: budget)
    let sites = try limit.sites(of: .all)
    let reference = LocalReference(try limit.local(sites))
    var evolution = evolution
    let (point, budget, start) = (point, budget, try state(.start))
    let found = try first(to: e) { time in
      let there = try time.map { try evolution.state(after: $0, exact: nil) } ?? start
      var figures = StateFigures(there, point, within: budget)
      return try figures.distance(.traceDistance, sites, reference)
    }
    self.evolution = evolution
    return found
  }

  /// The time at which a function that does not increase, of which nil asks for the value at the start, comes down to a
  /// level.
  private func first(to level: Interval, of distance: (Interval?) throws -> Interval) throws -> Interval {
    var search = RelaxationSearch(level: level, bits: point.precision - 128)
    let nothing = Interval(0, precision: point.precision)
    // No distance is above one.
    if level.lower >= Interval(1, precision: 64).upper { return nothing }
    let first = try distance(nil)
    if first.upper <= level.lower { return nothing }
    guard first.lower > level.upper else {
      let reason = "whether the start is within the distance of the limit"
      throw point.precision < 600 ? NotToldYet(what: reason) : Unanswered(undecided: "\(reason) was not told")
    }
    return try search.time(from: first, within: budget) { try distance($0) }
  }
}

/// The time at which a function that does not increase comes down to a level.
private struct RelaxationSearch {
  let level: Interval
  let bits: Int
  /// The function is above the level at the first time, and not above it at the second one.
  private var (before, after): (BigFloat, BigFloat?)

  init(level: Interval, bits: Int) {
    (self.level, self.bits) = (level, bits)
    (before, after) = (.zero(precision: 64), nil)
  }

  /// Beyond this time nothing is looked for.
  private static let greatestExponent = 64

  /// What is known of a time, and how far above the level the function is there, by its logarithm.
  private typealias Place = (time: BigFloat, height: BigFloat?)

  mutating func time(
    from first: Interval, within budget: Budget, value: (Interval) throws -> Interval
  ) throws -> Interval {
    var old: Place = (before, height(first))
    // Longer and longer times; nearly all of what follows falls off exponentially.
    var exponent = 0
    let one = BigFloat(1, precision: 64, rounding: .nearest)
    var new = try look(at: one, value)
    while after == nil {
      try budget.check()
      exponent += 1
      guard exponent <= Self.greatestExponent else {
        throw Unanswered(undecided: "the state is not so near its limit up to t = \(before.double(rounding: .down))")
      }
      old = new
      new = try look(at: one.scaled(byPowerOfTwo: exponent, rounding: .up), value)
    }
    for _ in 0..<200 {
      try budget.check()
      guard let next = secant(old, new) ?? middle, let end = after, before < next, next < end else { break }
      let place = try look(at: next, value)
      let change = (Interval(place.time) - Interval(new.time)).magnitude
      (old, new) = (new, place)
      // Nothing is told at the level itself.
      guard before == next || after == next, change > unit(next) else { break }
    }
    // Times on both sides of the last one, as near as the function is told from the level there.
    var distance = unit(new.time).scaled(byPowerOfTwo: 2, rounding: .up)
    while let end = after {
      try budget.check()
      let known = Interval(before).hull(Interval(end))
      guard known.width > distance.scaled(byPowerOfTwo: 2, rounding: .up) else { break }
      for sign in [-1, 1] {
        let center = Interval(new.time).rounded(to: bits + 64)
        guard let side = (center + sign * Interval(distance)).anchor, let end = after, before < side, side < end
        else { continue }
        _ = try look(at: side, value)
      }
      distance = distance.scaled(byPowerOfTwo: 8, rounding: .up)
    }
    guard let after, let found = Interval(before, after) else {
      throw Unanswered(undecided: "the time was not enclosed")
    }
    return found
  }

  /// Some units of the last place asked for.
  private func unit(_ time: BigFloat) -> BigFloat { time.scaled(byPowerOfTwo: -bits - 4, rounding: .up) }

  /// log(F/e); nil where F is not told from e.
  private func height(_ value: Interval) -> BigFloat? {
    guard value.lower.signum > 0, value.lower > level.upper || value.upper < level.lower else { return nil }
    return (value / level).logarithm.anchor
  }

  /// Evaluates the function at a time, and remembers on which side of the level it is.
  private mutating func look(at time: BigFloat, _ value: (Interval) throws -> Interval) throws -> Place {
    let found = try value(Interval(time))
    if found.lower > level.upper { before = max(before, time) }
    if found.upper <= level.lower { after = after.map { min($0, time) } ?? time }
    return (time, height(found))
  }

  /// Where the line through two places of the logarithm has its zero, if that is between the known sides.
  private func secant(_ a: Place, _ b: Place) -> BigFloat? {
    guard let f = a.height, let g = b.height, f != g, let end = after else { return nil }
    let precision = bits + 64
    let (x, y) = (Interval(a.time).rounded(to: precision), Interval(b.time).rounded(to: precision))
    let slope = (Interval(g) - Interval(f)) / (y - x)
    guard let zero = (y - Interval(g) / slope).anchor, zero.isFinite, before < zero, zero < end else { return nil }
    return zero
  }

  private var middle: BigFloat? {
    after.flatMap { (Interval(before).rounded(to: bits + 64) + Interval($0)).scaled(byPowerOfTwo: -1).anchor }
  }
}
