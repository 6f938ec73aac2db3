import ArbitraryPrecision

/// The pieces of a window and of the half line, and what is known at its ends.
extension GreatestValueSearch {
  mutating func cover(_ window: GreatestValue.Window) throws(Unanswered) {
    switch window {
    case .upTo(let end): try cover(upTo: end, includesStart: true)
    case .period(let period):
      try cover(upTo: period, includesStart: false)
      // The value at the end is the one at the start, which may be known exactly.
      let start = try value(at: Interval(0, precision: precision), function)
      ends = ends.map { Candidate(time: $0.time, value: $0.value.intersection(start)) }
      raise(start.lower)
    case .all: try coverAll()
    }
  }

  mutating func cover(upTo end: Interval, includesStart: Bool) throws(Unanswered) {
    guard end.isBounded, end.lower.signum >= 0, !end.isEmpty else {
      throw Unanswered(undecided: "the end of the window is not known to be a time t >= 0")
    }
    self.end = end
    if includesStart { try addStart() }
    guard !end.isExactZero else { return }
    // At the end itself.
    let local = try function.local(end.rounded(to: max(precision, end.precision)), order: 2, within: budget)
    guard local.series.isDefined || end.lower.signum > 0 else {
      throw Unanswered(undecided: "the end of the window is not told apart from t = 0")
    }
    add(Candidate(time: end, value: local.range))
    var step = function.step ?? end / 16
    // Every piece is looked at once.
    guard let count = (end / step).upper.floor, count < Integer(FlowPath.greatestCount) else {
      throw Unanswered(beyond: "the window takes more than \(FlowPath.greatestCount) pieces of time")
    }
    if count < 4 { step = end / 4 }
    var low = Interval(0, precision: GreatestValueSearch.coarsePrecision)
    var first: Interval?
    let last = end.lower
    while low.lower < last {
      let high = BigFloat(
        min((low + step.rounded(to: 64)).upper, last), precision: GreatestValueSearch.coarsePrecision, rounding: .up)
      guard let piece = Interval(low.lower, min(high, last)) else { break }
      if low.lower.isZero { first = piece } else { try visit(piece) }
      low = Interval(min(high, last))
      if high >= last { break }
    }
    // What is attained later tells of most starts that they are below it.
    if let first { try visit(first) }
  }

  mutating func coverAll() throws(Unanswered) {
    try addStart()
    let first = try coverAfterStart()
    if !isOpen, let first { try visit(first) }
  }

  /// A time from which on G/t is certainly below what is attained: with G <= R at all times and A > 0 attained it is
  /// R/A, and a little more; nil where nothing bounds G.
  func closingTime() throws(Unanswered) -> BigFloat? {
    guard case .overTime(_, let gain, _) = subject, attained.isFinite, attained.signum > 0,
      let all = Interval(.zero(precision: 64), .infinity(precision: 64))
    else { return nil }
    let range = try gain.series(all, 0, budget)
    guard range.isDefined, range.range.upper.isFinite, range.range.upper.signum > 0 else { return nil }
    let time = Interval(range.range.upper).rounded(to: 64) / Interval(attained).rounded(to: 64)
    return (time * Interval(Rational(1025, 1024), precision: 64)).upper
  }

  /// The pieces up to a time beyond which nothing is greater, but for the first one.
  private mutating func coverAfterStart() throws(Unanswered) -> Interval? {
    // A bounded G makes G/t small at late times: the supremum is not below zero.
    if case .overTime(_, let gain, _) = subject, let all = Interval(.zero(precision: 64), .infinity(precision: 64)) {
      let range = try gain.series(all, 0, budget)
      if range.isDefined, range.range.isBounded { raise(.zero(precision: 64)) }
    }
    // What is left at late times need not be less than this part of the function's size.
    var least: BigFloat?
    if case .plain = subject, let all = Interval(.zero(precision: 64), .infinity(precision: 64)) {
      let range = try function.series(all, 0, budget)
      if range.isDefined, range.isExact, range.range.isBounded {
        least = range.range.magnitude.scaled(byPowerOfTwo: -goal, rounding: .down)
      }
    }
    let step = function.step ?? Interval(Rational(1, 4), precision: 64)
    var low = BigFloat.zero(precision: GreatestValueSearch.coarsePrecision)
    var first: Interval?
    for count in 1... {
      if let end = function.end, low >= end.lower {
        isOpen = true
        return nil
      }
      var high = (Interval(low) + step).rounded(to: GreatestValueSearch.coarsePrecision).upper
      if let end = function.end { high = min(high, end.lower) }
      guard count < FlowPath.greatestCount, let piece = Interval(low, high) else { break }
      if first == nil { first = piece } else { try visit(piece) }
      low = high
      guard let tail = Interval(low, .infinity(precision: 64)) else { break }
      let beyond = try function.series(tail, 0, budget)
      guard beyond.isDefined else { continue }
      // The supremum is approached as t goes to infinity, or as good as attained by what comes then.
      if let least, beyond.range.upper > attained, attained.isFinite,
        (Interval(beyond.range.upper) - Interval(attained)).upper <= least
      {
        open.insert(Piece(tail, beyond.range.upper))
        return first
      }
      guard beyond.range.upper <= attained else { continue }
      if beyond.range.upper < attained { return first }
      // Zero is approached, or attained, again and again.
      guard attained.isZero else { continue }
      open.insert(Piece(tail, attained))
      return first
    }
    throw Unanswered(
      undecided: "no bound closes the half line of long times: state a window, such as greatest(F, T)")
  }

  /// The value at t = 0, or the limit there.
  mutating func addStart() throws(Unanswered) {
    let zero = Interval(0, precision: precision)
    switch subject {
    case .plain: add(Candidate(time: zero, value: try value(at: zero, function)))
    case .overTime(_, let gain, let rate):
      let start = try gain.start(0)[0]
      guard start.isExactZero else {
        if start.lower.signum > 0 {
          throw Unanswered(undecided: "G/t has no bound as t -> 0+, since G is not zero at the start")
        }
        // G < 0 there: short times are far below.
        guard start.upper.signum < 0 else {
          throw Unanswered(undecided: "G of G/t is not known to be zero at the start")
        }
        return
      }
      // Of a gain with a kink at the start the limit is not known; pieces from there are bounded by its quotients.
      guard try rate.series(zero, 0, budget).isDefined else { return }
      add(Candidate(time: zero, value: try value(at: zero, rate)))
    }
  }

  /// The value at t = 0, exact where it is known so.
  func value(at zero: Interval, _ function: TimeFunction) throws(Unanswered) -> Interval {
    let there = try function.series(zero, 0, budget)
    guard there.isDefined else { throw Unanswered(undecided: "the function is not known to have a value at t = 0") }
    return there.range.intersection(try function.start(0)[0])
  }
}
