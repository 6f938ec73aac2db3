import ArbitraryPrecision

/// Whether a function is nowhere negative on a span of times, zeros that it only touches included.
///
/// The span is cut into pieces. On a piece the function is not negative where its enclosure says so, or where it has a
/// slope of one sign and is not negative at the end from which it rises. About a touch z, at which the function and its
/// derivatives below an order m vanish *exactly*, f(t) = f^(m)(x)/m! (t - z)^m with x between by Taylor's theorem: on
/// an interval that holds z, and on which that coefficient has one sign, f has the sign of (t - z)^m times it.
public struct NonNegativity {
  /// What is found.
  public enum Outcome: Sendable {
    /// The function is nowhere negative.
    case holds
    /// It is negative at this time.
    case fails(at: BigFloat)
    /// Neither is shown; near this time.
    case untold(near: BigFloat)
  }

  /// A zero that is known exactly.
  public struct Touch: Sendable {
    /// An enclosure of it to bits.
    public let time: @Sendable (_ bits: Int) -> Interval
    /// The least order of a coefficient that is not shown to vanish there; at least 1.
    public let order: Int
    /// Whether the span begins, and whether it ends, exactly there.
    public let (isStart, isEnd): (Bool, Bool)

    /// A zero.
    public init(order: Int, isStart: Bool, isEnd: Bool, time: @escaping @Sendable (_ bits: Int) -> Interval) {
      (self.order, self.isStart, self.isEnd, self.time) = (order, isStart, isEnd, time)
    }
  }

  private static let greatestPieces = 20_000
  /// How often a piece is halved at most.
  private static let greatestDepth = 160
  /// The coefficients of a piece.
  private static let order = 4
  /// The depths at which an exact zero is looked for.
  private static let touchingDepths: Set<Int> = [6, 10, 16, 24, 40, 64, 100]

  private let series: TimeFunction.Series
  private let touch: (_ piece: Interval) throws(Unanswered) -> Touch?
  private let span: Interval
  /// The times that are certain to belong to the span, whose ends are known to enclosures.
  private let certain: (BigFloat, BigFloat)
  private let budget: Budget

  /// Decides.
  ///
  /// - Parameters:
  ///   - series: the coefficients of the function on an interval.
  ///   - start: the beginning of the span.
  ///   - end: its end.
  ///   - touch: a zero of the function in a short piece or near it, which is known exactly.
  /// - Throws: ``Unanswered`` when the time is over.
  public static func outcome(
    of series: @escaping TimeFunction.Series, from start: Interval, until end: Interval, within budget: Budget,
    touching touch: @escaping (_ piece: Interval) throws(Unanswered) -> Touch?
  ) throws(Unanswered) -> Outcome {
    guard start.isBounded, end.isBounded, start.lower <= end.upper else { return .untold(near: start.lower) }
    return try NonNegativity(
      series: series, touch: touch, span: start.hull(end), certain: (start.upper, end.lower), budget: budget
    ).outcome()
  }

  private func outcome() throws(Unanswered) -> Outcome {
    for end in [certain.0, certain.1] where try isNegative(at: end) { return .fails(at: end) }
    var pieces = [(piece: span, depth: 0)]
    var (looked, untold) = (0, BigFloat?.none)
    while let (piece, depth) = pieces.popLast() {
      try budget.check()
      looked += 1
      guard looked <= Self.greatestPieces else { return .untold(near: untold ?? piece.lower) }
      // A zero of order 2 in a piece of the width 2^-d has values of 4^-d.
      let bits = 64 + 4 * depth
      if try isNotNegative(on: piece.rounded(to: bits)) { continue }
      guard let middle = Interval(piece.lower).rounded(to: bits).hull(Interval(piece.upper)).midpoint else {
        return .untold(near: piece.lower)
      }
      if try isNegative(at: middle) { return .fails(at: middle) }
      if Self.touchingDepths.contains(depth), let zero = try touch(piece) {
        switch try neighbourhood(of: zero, piece) {
        case .sign(let whole):
          if piece.lower < whole.lower, let left = Interval(piece.lower, min(whole.lower, piece.upper)) {
            pieces.append((left, depth))
          }
          if whole.upper < piece.upper, let right = Interval(max(whole.upper, piece.lower), piece.upper) {
            pieces.append((right, depth))
          }
          continue
        case .negative(let time): return .fails(at: time)
        case .unknown: break
        }
      }
      guard depth < Self.greatestDepth, piece.lower < middle, middle < piece.upper,
        let left = Interval(piece.lower, middle), let right = Interval(middle, piece.upper)
      else {
        // Elsewhere the function may be seen to be negative.
        untold = untold ?? middle
        continue
      }
      pieces += [(right, depth + 1), (left, depth + 1)]
    }
    return untold.map { .untold(near: $0) } ?? .holds
  }

  /// Whether the function is certain to be negative at a time of the span.
  private func isNegative(at time: BigFloat) throws(Unanswered) -> Bool {
    guard certain.0 <= time, time <= certain.1 else { return false }
    let there = try series(Interval(time).rounded(to: time.precision + 64), 0, budget)
    return there.isDefined && there.range.upper.signum < 0
  }

  private func isNotNegative(on piece: Interval) throws(Unanswered) -> Bool {
    let around = try series(piece, Self.order, budget)
    guard around.isDefined else { return false }
    guard around.range.lower.signum < 0 else { return true }
    func value(_ time: BigFloat) throws(Unanswered) -> TaylorSeries {
      try series(Interval(time).rounded(to: piece.precision), Self.order, budget)
    }
    if let slopes = around.slopes, slopes.lower.signum >= 0 || slopes.upper.signum <= 0 {
      return try value(slopes.lower.signum >= 0 ? piece.lower : piece.upper).range.lower.signum >= 0
    }
    guard let middle = piece.anchor, middle.isFinite else { return false }
    return around.range(on: piece, around: Interval(middle), try value(middle)).lower.signum >= 0
  }

  private enum Neighbourhood {
    /// On this interval the function is not negative at times of the span.
    case sign(Interval)
    case negative(BigFloat)
    case unknown
  }

  /// What is known about a zero: on an interval of it that is as long as can be.
  private func neighbourhood(of zero: Touch, _ piece: Interval) throws(Unanswered) -> Neighbourhood {
    let bits = 512
    let time = zero.time(bits)
    guard time.isBounded, let center = time.midpoint else { return .unknown }
    var radius = Interval(span.width).rounded(to: 64)
    for _ in 0..<Self.greatestDepth {
      try budget.check()
      radius = radius.scaled(byPowerOfTwo: -1)
      guard radius.lower > time.width else { return .unknown }
      let box = (time + .ball(radius)).intersection(span.rounded(to: bits)).hull(time)
      let around = try series(box, zero.order, budget)
      guard around.isSmooth, around.isExact, let sign = around.coefficients[zero.order].certainSign, sign != 0 else {
        continue
      }
      let (left, right) = (zero.order % 2 == 0 ? sign : -sign, sign)
      // Times on one side of a zero at which the span ends are none of it.
      if (left > 0 || zero.isStart || time.upper < span.lower) && (right > 0 || zero.isEnd || time.lower > span.upper) {
        return .sign(box)
      }
      for side in [left < 0 ? -1 : 0, right < 0 ? 1 : 0] where side != 0 {
        let half = (radius.scaled(byPowerOfTwo: -1)).lower
        let beside = side > 0 ? Interval(center) + Interval(half) : Interval(center) - Interval(half)
        if let found = beside.midpoint, try isNegative(at: found) { return .negative(found) }
      }
    }
    return .unknown
  }
}
