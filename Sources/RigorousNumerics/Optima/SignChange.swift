import ArbitraryPrecision

/// The first time t > 0 at which a continuous function changes its sign, proved to be the first.
///
/// Its sign just after t = 0 is that of the first Taylor coefficient there that is not exactly zero. From there pieces
/// follow each other on which the function has that sign, or is monotone with that sign at both ends. The first piece
/// on which it is monotone with another sign at its end holds the change. Where pieces become too short, a later time
/// with another sign is looked for: the change is between.
public struct SignChange: Sendable {
  /// The change: an enclosure of the time, and the sign after it.
  public let time: Interval
  /// Whether the function is positive after it.
  public let isRising: Bool

  /// What a search finds.
  public enum Outcome: Sendable {
    /// The first change.
    case found(SignChange)
    /// No change up to the end of the window.
    case none
    /// What was not told at this precision.
    case untold(String)
  }

  private static let greatestPieces = 200_000

  /// The signs of a function up to the first change that is looked for.
  public struct Course: Sendable {
    /// What was found.
    public let outcome: Outcome
    /// The sign just after t = 0; nil where it was not told.
    public let first: Int?
    /// The sign at the end of the window, where no change is left in it, or after the change that was found.
    public let last: Int?
  }

  /// Looks for the first change.
  ///
  /// Changes beyond the lower end of `end`, rounded down to 64 bits, may be left out: who asks for a whole window of a
  /// function that does not come back asks for its ``course(of:isRising:upTo:precision:within:)``.
  ///
  /// - Parameters:
  ///   - direction: whether it is to be a rising or a falling one; nil for any.
  ///   - end: the time up to which is looked; nil for all times.
  ///   - precision: the bits asked for.
  /// - Throws: ``Unanswered`` when the time is over.
  public static func first(
    of function: TimeFunction, isRising direction: Bool? = nil, upTo end: Interval? = nil, precision: Int,
    within budget: Budget
  ) throws(Unanswered) -> Outcome {
    var search = search(function, upTo: end, precision, budget)
    return try search.course(direction, upTo: end).outcome
  }

  /// Looks for the first change in the whole of a window: where the sign at its end is not certain, none is excluded.
  public static func course(
    of function: TimeFunction, isRising direction: Bool? = nil, upTo end: Interval, precision: Int,
    within budget: Budget
  ) throws(Unanswered) -> Course {
    var search = search(function, upTo: end, precision, budget)
    let found = try search.course(direction, upTo: end)
    guard case .none = found.outcome, let last = found.last else { return found }
    let untold = Course(outcome: .untold("the sign at the end of a window was not told"), first: found.first, last: nil)
    // What pieces of 64 bits have left out.
    guard let limit = search.limit, let rest = Interval(min(limit, end.lower), end.upper) else { return untold }
    let own = rest.rounded(to: max(search.precision, rest.precision))
    let there = try search.function.local(own, order: 2, within: budget)
    return there.series.isDefined && there.range.certainSign == last ? found : untold
  }

  /// The sign just after t = 0; nil where it was not told.
  public static func sign(afterStartOf function: TimeFunction, precision: Int, within budget: Budget)
    throws(Unanswered) -> Int?
  {
    var search = search(function, upTo: nil, precision, budget)
    return try search.start()?.1
  }

  private static func search(
    _ function: TimeFunction, upTo end: Interval?, _ precision: Int, _ budget: Budget
  ) -> Search {
    // Of few bits, so that no piece is rounded beyond it.
    let limit = end.map { BigFloat($0.lower, precision: 64, rounding: .down) }
    return Search(function: function.byItself, precision: max(precision + 32, 160), limit: limit, budget: budget)
  }

  private enum Step {
    /// The sign is the same up to a time.
    case same(BigFloat)
    /// It is another one at the end of the piece, and the same at its beginning.
    case changed(Interval, isMonotone: Bool)
    /// It is not known on an interval and the same after it.
    case touching(BigFloat)
  }

  private struct Search {
    let function: TimeFunction
    let precision: Int
    let limit: BigFloat?
    let budget: Budget
    private var width: Interval

    init(function: TimeFunction, precision: Int, limit: BigFloat?, budget: Budget) {
      (self.function, self.precision, self.limit, self.budget) = (function, precision, limit, budget)
      width = (function.step ?? Interval(Rational(1, 16), precision: 64)).rounded(to: 64)
      if let limit, limit.signum > 0, width.upper > limit { width = Interval(limit) }
    }

    /// The signs up to the first change that is looked for.
    mutating func course(_ direction: Bool?, upTo end: Interval?) throws(Unanswered) -> Course {
      guard let start = try start() else {
        return Course(outcome: .untold("the sign just after t = 0 was not told"), first: nil, last: nil)
      }
      var (time, sign) = start
      func course(_ outcome: Outcome) -> Course { Course(outcome: outcome, first: start.1, last: sign) }
      /// That there was none so far.
      func none(_ reason: String) -> Unanswered {
        Unanswered(undecided: "\(reason); none was found up to t = \(time.double(rounding: .down))")
      }
      for _ in 0..<SignChange.greatestPieces {
        if let limit, time >= limit { return course(.none) }
        let step: Step
        do throws(Unanswered) {
          try budget.check()
          step = try advance(from: time, sign)
        } catch {
          throw error == budget.timeIsOver ? none("the first change of sign: \(error.reason)") : error
        }
        switch step {
        case .same(let next): time = next
        case .changed(let piece, let isMonotone):
          sign = -sign
          time = piece.upper
          guard direction == nil || direction == (sign > 0) else {
            // Several changes may be in a piece on which nothing else is known.
            guard isMonotone else {
              return course(
                .untold("changes of sign near t = \(time.double(rounding: .nearest)) were not told apart"))
            }
            continue
          }
          let enclosure = isMonotone ? try sharpened(piece) : piece
          if let end, enclosure.upper > end.lower {
            guard enclosure.lower > end.upper else {
              return course(.untold("a change at the end of the window was not told"))
            }
            sign = -sign
            return course(.none)
          }
          return course(.found(SignChange(time: enclosure, isRising: sign > 0)))
        case .touching(let place):
          return course(
            .untold(
              "the function touches zero or nearly does near t = \(place.double(rounding: .nearest)), "
                + "and it was not told"))
        }
      }
      throw none("no change of sign in \(SignChange.greatestPieces) pieces of time")
    }

    /// A time b and the sign on (0, b].
    mutating func start() throws(Unanswered) -> (BigFloat, Int)? {
      for _ in 0..<200 {
        try budget.check()
        let box = Interval(0, precision: 128).hull(width.rounded(to: 128))
        if let sign = try function.signAfterStart(upTo: Interval(width.upper), skipping: 0, within: budget) {
          return (box.upper, sign)
        }
        let around = try function.series(box, 0, budget)
        if around.isDefined, let sign = around.range.certainSign, sign != 0 { return (box.upper, sign) }
        width = width.scaled(byPowerOfTwo: -1)
      }
      return nil
    }

    /// What follows a time at which the function has a sign.
    mutating func advance(from time: BigFloat, _ sign: Int) throws(Unanswered) -> Step {
      let scale = function.step ?? width
      let least = scale.lower.scaled(byPowerOfTwo: -precision / 2, rounding: .down)
      while width.upper > least {
        try budget.check()
        let isShort = width.upper < scale.lower.scaled(byPowerOfTwo: -12, rounding: .down)
        let bits = isShort ? precision : 128
        let begin = Interval(time).rounded(to: max(bits, time.precision))
        var end = BigFloat((begin + width).upper, precision: bits, rounding: .up)
        if let limit { end = min(end, limit) }
        guard let piece = Interval(time, end)?.rounded(to: bits), time < end else { break }
        let local = try function.local(piece, order: 2, within: budget)
        if local.series.isDefined, let here = local.range.certainSign, here == sign {
          if width.upper < scale.lower { width = width.scaled(byPowerOfTwo: 1) }
          return .same(end)
        }
        if let slope = local.series.slopes?.certainSign, slope != 0 {
          let there = try function.series(Interval(end), 0, budget)
          if there.isDefined, let last = there.range.certainSign, last != 0 {
            return last == sign ? .same(end) : .changed(piece, isMonotone: true)
          }
          // A zero at the end itself: the next piece ends elsewhere.
          if let limit, end == limit { return .same(end) }
          width = width * Interval(Rational(3, 4), precision: 64)
          continue
        }
        width = width.scaled(byPowerOfTwo: -1)
      }
      // Too short: a later time at which the sign is another one. At times between it may change several times.
      var reach = Interval(least)
      width = scale
      while reach.upper < scale.lower {
        try budget.check()
        let end = BigFloat((Interval(time) + reach).upper, precision: precision, rounding: .up)
        if let limit, limit < end { break }
        let there = try function.series(Interval(end), 0, budget)
        if there.isDefined, there.range.certainSign == -sign {
          guard let piece = Interval(time, end) else { return .touching(time) }
          // Continuity is needed in between.
          guard try function.series(piece, 0, budget).isDefined else { return .touching(time) }
          return .changed(piece, isMonotone: false)
        }
        reach = reach.scaled(byPowerOfTwo: 1)
      }
      return .touching(time)
    }

    /// The zero in a piece on which the slope has one sign, by Newton steps until they no longer halve it.
    func sharpened(_ piece: Interval) throws(Unanswered) -> Interval {
      var zero = piece.rounded(to: precision)
      while let middle = zero.anchor {
        try budget.check()
        let around = try function.series(zero, 1, budget)
        let center = try function.series(Interval(middle).rounded(to: precision), 0, budget)
        let step = NewtonStep(on: zero, slope: around.coefficients[1]) { _ in center.value }
        let next = step.remaining.rounded(to: precision)
        demand(!next.isEmpty, "SignChange: the piece holds a zero")
        guard next.width.scaled(byPowerOfTwo: 1, rounding: .up) < zero.width else { return next }
        zero = next
      }
      return zero
    }
  }
}

extension TimeFunction {
  /// F', where F has a derivative.
  public var derivative: TimeFunction {
    if let rate { return rate() }
    func series(_ known: @escaping Series) -> Series {
      { (t, order, budget) throws(Unanswered) in try known(t, order + 1, budget).derivative }
    }
    return TimeFunction(
      series: series(self.series),
      start: { (order) throws(Unanswered) in
        try self.start(order + 1).enumerated().dropFirst().map {
          $0.element.isExactZero ? $0.element : $0.offset * $0.element
        }
      }, step: step, isRough: isRough, end: end, own: own.map(series))
  }
}
