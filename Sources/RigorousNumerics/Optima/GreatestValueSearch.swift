import ArbitraryPrecision

/// Branch and bound for ``GreatestValue``.
struct GreatestValueSearch {
  private let subject: GreatestValue.Subject
  private let function: TimeFunction
  /// The bits asked for, and those that sharp enclosures are computed with.
  private let goal: Int
  private let precision: Int
  private let budget: Budget
  private var attained: BigFloat
  private var open = PieceHeap()
  private var brackets: [Bracket] = []
  /// Times known in advance: the ends of the window.
  private var ends: [Candidate] = []
  /// The end T of a window.
  private var end: Interval?
  private var visited = 0
  /// Whether the half line was not closed before the end of what is known.
  private(set) var isOpen = false

  /// The bits of the pieces, until they are short.
  private static let coarsePrecision = 128
  private static let greatestPieces = 60_000
  private static let greatestTimePieces = 2_000

  private struct Candidate {
    var time: Interval
    var value: Interval
  }

  /// An interval on which f'' < 0 with exactly one zero z of f', and a tighter enclosure of z, f being F or a function
  /// within e of it.
  ///
  /// There F <= f + e <= f(z) + e, and F(z) >= f(z) - e: so the greatest F is within e of f(z). With f'' <= -s the t
  /// that attain it have f(z) - s (t - z)^2/2 + e >= f(t) + e >= F(t) >= F(z) >= f(z) - e: |t - z| <= 2 sqrt(e/s).
  private struct Bracket {
    let box: Interval
    var zero: Interval
    /// e.
    let distance: BigFloat
    /// 2 sqrt(e/s).
    let spread: BigFloat
  }

  init(_ subject: GreatestValue.Subject, _ precision: Int, _ budget: Budget) {
    (self.subject, function, self.budget) = (subject, subject.function, budget)
    (goal, self.precision) = (precision, max(precision + 32, GreatestValueSearch.coarsePrecision + 32))
    attained = .infinity(negative: true, precision: 64)
  }

  // MARK: - The window

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

  private mutating func cover(upTo end: Interval, includesStart: Bool) throws(Unanswered) {
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
    let last = end.lower
    while low.lower < last {
      let high = BigFloat(
        min((low + step.rounded(to: 64)).upper, last), precision: GreatestValueSearch.coarsePrecision, rounding: .up)
      guard let piece = Interval(low.lower, min(high, last)) else { break }
      try visit(piece)
      low = Interval(min(high, last))
      if high >= last { break }
    }
  }

  private mutating func coverAll() throws(Unanswered) {
    try addStart()
    // A bounded G makes G/t small at late times: the supremum is not below zero.
    if case .overTime(_, let gain, _) = subject, let all = Interval(.zero(precision: 64), .infinity(precision: 64)) {
      let range = try gain.series(all, 0, budget)
      if range.isDefined, range.range.isBounded { raise(.zero(precision: 64)) }
    }
    let step = function.step ?? Interval(Rational(1, 4), precision: 64)
    var low = BigFloat.zero(precision: GreatestValueSearch.coarsePrecision)
    for count in 1... {
      if let end = function.end, low >= end.lower {
        isOpen = true
        return
      }
      var high = (Interval(low) + step).rounded(to: GreatestValueSearch.coarsePrecision).upper
      if let end = function.end { high = min(high, end.lower) }
      guard count < FlowPath.greatestCount, let piece = Interval(low, high) else { break }
      try visit(piece)
      low = high
      guard let tail = Interval(low, .infinity(precision: 64)) else { break }
      let beyond = try function.series(tail, 0, budget)
      guard beyond.isDefined, beyond.range.upper <= attained else { continue }
      if beyond.range.upper < attained { return }
      // Zero is approached, or attained, again and again.
      guard attained.isZero else { continue }
      return open.insert(Piece(tail, attained))
    }
    throw Unanswered(
      undecided: "no bound closes the half line of long times: state a window, such as greatest(F, T)")
  }

  /// The value at t = 0, or the limit there.
  private mutating func addStart() throws(Unanswered) {
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
  private func value(at zero: Interval, _ function: TimeFunction) throws(Unanswered) -> Interval {
    let there = try function.series(zero, 0, budget)
    guard there.isDefined else { throw Unanswered(undecided: "the function is not known to have a value at t = 0") }
    return there.range.intersection(try function.start(0)[0])
  }

  private mutating func add(_ candidate: Candidate) {
    ends.append(candidate)
    raise(candidate.value.lower)
  }

  private mutating func raise(_ value: BigFloat) {
    if value.isFinite, value > attained { attained = value }
  }

  // MARK: - Pieces

  /// Divides pieces until no upper bound is above what is attained by more than the precision asks for.
  mutating func divide() throws(Unanswered) {
    while let piece = open.greatest {
      try budget.check()
      guard piece.upper >= attained else { return open.removeAll() }
      guard visited < GreatestValueSearch.greatestPieces, !isGoodEnough(piece) else { return }
      open.removeGreatest()
      guard let middle = piece.time.anchor, piece.time.lower < middle, middle < piece.time.upper else {
        open.insert(piece)
        return
      }
      for half in [Interval(piece.time.lower, middle), Interval(middle, piece.time.upper)] {
        if let half { try visit(half) }
      }
    }
  }

  /// Divides the pieces that are left further, for times as good as the precision asks for: a few, as those of a
  /// function that is constant would never end.
  mutating func divideTimes() throws(Unanswered) {
    let end = visited + GreatestValueSearch.greatestTimePieces
    guard let least = (function.step ?? self.end)?.scaled(byPowerOfTwo: -goal) else { return }
    // The tail of a half line is no piece to be divided.
    while visited < end {
      let pieces = open.all.filter { $0.upper >= attained }
      func isWide(_ piece: Piece) -> Bool {
        guard piece.time.width > least.upper, piece.distance.isZero, piece.upper.isFinite, piece.time.isBounded,
          let middle = piece.time.anchor
        else { return false }
        return piece.time.lower < middle && middle < piece.time.upper
      }
      let wide = pieces.filter(isWide)
      guard !wide.isEmpty, wide.count < GreatestValueSearch.greatestTimePieces / 4 else { return }
      open.removeAll()
      for piece in pieces where !isWide(piece) { open.insert(piece) }
      for piece in wide {
        guard let middle = piece.time.anchor else { continue }
        for half in [Interval(piece.time.lower, middle), Interval(middle, piece.time.upper)] {
          if let half { try visit(half) }
        }
      }
    }
  }

  /// Whether an upper bound need not be lowered: it is above what is attained by a part of the size of both, or by the
  /// distance to which the function is known.
  private func isGoodEnough(_ piece: Piece) -> Bool {
    guard piece.upper.isFinite, attained.isFinite else { return false }
    let excess = Interval(piece.upper) - Interval(attained)
    let size = max(piece.upper.magnitude, attained.magnitude)
    let bits = function.isRough ? goal / 3 : goal
    let least = size.scaled(byPowerOfTwo: -bits, rounding: .down)
    return excess.upper <= max(least, piece.distance.scaled(byPowerOfTwo: 2, rounding: .down))
  }

  /// Looks at a piece: it is dropped, leads to a bracket, or waits to be divided.
  private mutating func visit(_ time: Interval) throws(Unanswered) {
    try budget.check()
    visited += 1
    if brackets.contains(where: { time.isSubset(of: $0.box) }) { return }
    if time.lower.isZero { return try visitStart(time) }
    var time = time
    if let step = function.step,
      time.width < step.lower.scaled(byPowerOfTwo: -12, rounding: .down)
    {
      time = time.rounded(to: precision)
    }
    let local = try function.local(time, order: 2, within: budget)
    if local.center.isDefined { raise(local.center.range.lower) }
    guard local.series.isDefined else { return open.insert(Piece(time, .infinity(precision: 64))) }
    guard local.range.upper >= attained else { return }
    if let sign = local.series.slopes?.certainSign, sign != 0 { return }
    if local.series.isSmooth {
      if local.series.isExact, local.series.coefficients[2].lower.signum > 0 { return }
      if try isIsolated(time) { return }
    }
    open.insert(Piece(time, local.range.upper, local.series.distance))
  }

  /// A piece [0, b].
  private mutating func visitStart(_ time: Interval) throws(Unanswered) {
    let b = Interval(time.upper)
    switch subject {
    case .plain:
      let local = try function.local(time, order: 2, within: budget)
      guard local.series.isDefined else { return open.insert(Piece(time, .infinity(precision: 64))) }
      raise(local.center.range.lower)
      guard local.range.upper >= attained else { return }
      // Of one sign F' leaves the maximum at an end.
      if try function.signAfterStart(upTo: b, skipping: 1, within: budget) != nil { return }
      if let sign = local.series.slopes?.certainSign, sign != 0 { return }
      open.insert(Piece(time, local.range.upper, local.series.distance))
    case .overTime(_, let gain, let rate):
      let end = try function.series(b, 0, budget)
      if end.isDefined { raise(end.range.lower) }
      guard try gain.start(0)[0].isExactZero else {
        let values = try gain.series(time, 0, budget).range
        let upper = values.upper.signum < 0 ? (Interval(values.upper) / b).upper : .infinity(precision: 64)
        return upper < attained ? () : open.insert(Piece(time, upper))
      }
      // G/t is a difference quotient of G, and a value of G' by the mean value theorem.
      let quotients = try gain.series(time, 1, budget).slopes
      let slope = try rate.series(time, 0, budget)
      guard slope.isDefined || quotients != nil else { return open.insert(Piece(time, .infinity(precision: 64))) }
      let values = slope.isDefined ? quotients?.intersection(slope.range) ?? slope.range : quotients ?? slope.range
      guard values.upper >= attained else { return }
      // t^2 F' = t G' - G is the sum of (k - 1) c_k t^k: of one sign it leaves the supremum at an end.
      if try gain.signAfterStart(upTo: b, skipping: 2, within: budget) != nil { return }
      open.insert(Piece(time, values.upper, slope.isDefined ? slope.distance : .zero(precision: 64)))
    }
  }

  /// Whether a piece, widened by a quarter on both sides so that a zero on its edge is inside of a neighbour, has f'' <
  /// 0 and one zero of f', which is kept; of F itself, whether it has none.
  private mutating func isIsolated(_ time: Interval) throws(Unanswered) -> Bool {
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
    brackets.append(Bracket(box: wide, zero: step.remaining, distance: around.distance, spread: spread))
    return true
  }

  /// A Newton step for f'.
  private func newtonStep(on t: Interval, _ around: TaylorSeries) throws(Unanswered) -> NewtonStep {
    guard let middle = t.anchor else { return NewtonStep(on: t, slope: .entire(precision: 64)) { $0 } }
    let center = try function.series(Interval(middle).rounded(to: t.precision), 1, budget)
    return NewtonStep(on: t, slope: 2 * around.coefficients[2]) { _ in center.coefficients[1] }
  }

  // MARK: - The result

  mutating func result() throws(Unanswered) -> (Interval, [Interval]) {
    var found = ends
    for bracket in brackets {
      try budget.check()
      if let peak = try peak(bracket) {
        raise(peak.value.lower)
        found.append(peak)
      }
    }
    guard attained.isFinite else { throw Unanswered(undecided: "no time with a value that is known was found") }
    for piece in open.all where piece.upper >= attained {
      guard piece.upper.isFinite else {
        let place = piece.time.anchor?.double(rounding: .nearest) ?? 0
        throw Unanswered(undecided: "the function is not known to have a bound near t = \(place)")
      }
      found.append(Candidate(time: piece.time, value: Interval(attained, piece.upper) ?? Interval(attained)))
    }
    found = found.filter { $0.value.upper >= attained }
    let greatest = found.reduce(attained) { max($0, $1.value.upper) }
    guard let value = Interval(attained, greatest) else { throw Unanswered(undecided: "no value bounds the function") }
    let times = found.sorted { $0.time.lower < $1.time.lower }.reduce(into: [Interval]()) { result, next in
      if let last = result.last, next.time.lower <= last.upper {
        result[result.count - 1] = last.hull(next.time)
      } else {
        result.append(next.time)
      }
    }
    return (value, times)
  }

  /// The maximum in a bracket, by Newton steps until they no longer halve it; nil where it is beyond the window or
  /// below what is attained.
  private func peak(_ bracket: Bracket) throws(Unanswered) -> Candidate? {
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

  /// A piece of time that can hold the supremum.
  struct Piece {
    let time: Interval
    /// At least F.
    let upper: BigFloat
    /// How far F is known.
    let distance: BigFloat

    init(_ time: Interval, _ upper: BigFloat, _ distance: BigFloat = .zero(precision: 64)) {
      (self.time, self.upper, self.distance) = (time, upper, distance)
    }
  }
}

/// Pieces of which the one with the greatest upper bound is at hand.
private struct PieceHeap {
  private(set) var all: [GreatestValueSearch.Piece] = []

  var greatest: GreatestValueSearch.Piece? { all.first }

  mutating func removeAll() { all = [] }

  mutating func insert(_ piece: GreatestValueSearch.Piece) {
    all.append(piece)
    var child = all.count - 1
    while child > 0, all[(child - 1) / 2].upper < all[child].upper {
      all.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeGreatest() {
    guard let last = all.popLast() else { return }
    guard !all.isEmpty else { return }
    all[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < all.count }
      guard let child = children.max(by: { all[$0].upper < all[$1].upper }), all[parent].upper < all[child].upper
      else { return }
      all.swapAt(parent, child)
      parent = child
    }
  }
}
