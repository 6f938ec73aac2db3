import ArbitraryPrecision

/// Branch and bound for ``GreatestValue``.
struct GreatestValueSearch {
  let subject: GreatestValue.Subject
  let function: TimeFunction
  /// The bits asked for, and those that sharp enclosures are computed with.
  let goal: Int
  let precision: Int
  let isTimeAsked: Bool
  let budget: Budget
  var attained: BigFloat
  var open = PieceHeap()
  var brackets: [Bracket] = []
  /// Times known in advance: the ends of the window.
  var ends: [Candidate] = []
  /// The end T of a window.
  var end: Interval?
  private var visited = 0
  /// Whether the half line was not closed before the end of what is known.
  var isOpen = false

  /// The bits of the pieces, until they are short.
  static let coarsePrecision = 128
  static let greatestPieces = 60_000
  static let greatestTimePieces = 2_000

  struct Candidate {
    var time: Interval
    var value: Interval
  }

  /// An interval on which f'' < 0 with exactly one zero z of f', and a tighter enclosure of z, f being F or a function
  /// within e of it.
  ///
  /// There F <= f + e <= f(z) + e, and F(z) >= f(z) - e: so the greatest F is within e of f(z). With f'' <= -s the t
  /// that attain it have f(z) - s (t - z)^2/2 + e >= f(t) + e >= F(t) >= F(z) >= f(z) - e: |t - z| <= 2 sqrt(e/s).
  struct Bracket {
    let box: Interval
    var zero: Interval
    /// e.
    let distance: BigFloat
    /// 2 sqrt(e/s).
    let spread: BigFloat
    /// The maximum, once it was found.
    var peak: Candidate?
  }

  init(_ subject: GreatestValue.Subject, _ precision: Int, isTimeAsked: Bool, _ budget: Budget) {
    (self.subject, function, self.isTimeAsked, self.budget) = (subject, subject.function, isTimeAsked, budget)
    (goal, self.precision) = (precision, max(precision + 32, GreatestValueSearch.coarsePrecision + 32))
    attained = .infinity(negative: true, precision: 64)
  }

  mutating func add(_ candidate: Candidate) {
    ends.append(candidate)
    raise(candidate.value.lower)
  }

  mutating func raise(_ value: BigFloat) {
    if value.isFinite, value > attained { attained = value }
  }

  // MARK: - Pieces

  /// Divides pieces until no upper bound is above what is attained by more than the precision asks for.
  mutating func divide() throws(Unanswered) {
    while let piece = open.greatest {
      try budget.check()
      guard piece.upper >= attained else { return open.removeAll() }
      // What is left at late times is good enough.
      guard piece.time.isBounded else { return }
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
  func isGoodEnough(_ piece: Piece) -> Bool {
    guard piece.upper.isFinite, attained.isFinite else { return false }
    let excess = Interval(piece.upper) - Interval(attained)
    let size = max(piece.upper.magnitude, attained.magnitude)
    let bits = function.isRough ? (goal + 16) / 3 : goal
    let least = size.scaled(byPowerOfTwo: -bits, rounding: .down)
    return excess.upper <= max(least, piece.distance.scaled(byPowerOfTwo: 2, rounding: .down))
  }

  /// Looks at a piece: it is dropped, leads to a bracket, or waits to be divided.
  mutating func visit(_ time: Interval) throws(Unanswered) {
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
  mutating func visitStart(_ time: Interval) throws(Unanswered) {
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

  // MARK: - The result

  mutating func result() throws(Unanswered) -> (Interval, [Interval]) {
    var found = ends
    for bracket in brackets {
      try budget.check()
      var top = bracket.peak
      if top == nil { top = try peak(bracket) }
      if let peak = top {
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
}
