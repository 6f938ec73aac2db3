import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// First maxima, and first times at which a figure passes a level.
extension FigureEvaluation {
  mutating func firstMaximum(
    _ answer: TimeAnswer, _ formula: FigureFormula, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let never = Unanswered(never: "the rate never changes from plus to minus")
    return DefinedInterval(
      try first(never) { evaluation -> Interval? in
        let (function, slope) = try evaluation.slope(of: formula, indices)
        let change = try evaluation.change(of: slope, isRising: false, isPeriodic: !formula.writesTime, never)
        guard let change else { return nil }
        return answer == .time ? change.time : try function.values(on: change.time, within: evaluation.budget)
      })
  }

  mutating func firstTime(
    _ formula: FigureFormula, _ level: FigureFormula, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let never = Unanswered(never: "the figure never passes this value")
    return DefinedInterval(
      try first(never) { evaluation -> Interval? in
        let function = try evaluation.difference(formula, level, indices)
        // A level that rises with the time is passed where the figure never comes back to.
        let isPeriodic = !formula.writesTime && !level.writesTime
        return try evaluation.change(of: function, isRising: nil, isPeriodic: isPeriodic, never)?.time
      })
  }

  /// A figure as a function of time, and one with the sign of its slope.
  mutating func slope(
    of formula: FigureFormula, _ indices: [String: Expression]
  ) throws -> (function: TimeFunction, slope: TimeFunction) {
    let function = try running(formula, indices, accuracy: accuracy)
    guard let gain = gain(formula) else { return (function, function.derivative) }
    // t^2 (G/t)' = t G' - G has the sign of the slope.
    return (function, TimeFunction(stationarityOf: try running(gain, indices, accuracy: accuracy)))
  }

  /// A function with the sign of F - c.
  mutating func difference(
    _ formula: FigureFormula, _ level: FigureFormula, _ indices: [String: Expression]
  ) throws -> TimeFunction {
    let height = try running(level, indices, accuracy: accuracy)
    guard let gain = gain(formula) else {
      let figure = try running(formula, indices, accuracy: accuracy)
      return TimeFunction(combining: [figure, height]) { context, values in
        context.difference(values[0], values[1])
      }
    }
    // G - c t has the sign of G/t - c.
    return TimeFunction(combining: [try running(gain, indices, accuracy: accuracy), height, .time]) { context, values in
      context.difference(values[0], context.product(values[1], values[2]))
    }
  }

  /// A first time, looked for up to longer and longer times where means are not known at all times.
  mutating func first(
    _ never: Unanswered, _ find: (inout FigureEvaluation) throws -> Interval?
  ) throws -> Interval {
    if let found = try lengthening({ evaluation, _ in try find(&evaluation) }) { return found }
    guard try isTruncated() else { throw never }
    let end = horizon?.upper.double(rounding: .down) ?? 0
    throw Unanswered(undecided: "no change of sign was found up to t = \(end), and later times were not looked at")
  }

  /// The first change of sign as far as means are known; nil where there is none.
  ///
  /// - Parameter isPeriodic: whether the function comes back with the state: no time stands in its arithmetic.
  mutating func change(
    of function: TimeFunction, isRising: Bool?, isPeriodic: Bool, _ never: Unanswered
  ) throws -> SignChange? {
    // Of one sign at all times.
    if let all = Interval(.zero(precision: 128), .infinity(precision: 128)) {
      let range = try function.series(all, 0, budget)
      if range.isDefined, range.range.upper.signum <= 0 || range.range.lower.signum >= 0 { throw never }
    }
    var end = function.end
    if end == nil, hasMomentTimes, try function.isBoundedAtLateTimes(within: budget) {
      return try change(beforeRestOf: function, isRising: isRising, never)
    }
    if end == nil, isPeriodic {
      guard function.step != nil else { throw never }
      end = try period().map { 2 * $0 }
    }
    switch try SignChange.first(of: function, isRising: isRising, upTo: end, precision: goal, within: budget) {
    case .found(let change): return change
    case .none: return nil
    case .untold(let reason): throw untold(reason)
    }
  }

  /// How often a step is doubled until the function is near to its limit.
  private static let greatestDoublings = 16
  /// A function that tends to zero is looked at until it is by this power of two below what it was.
  private static let restBits = 16

  /// The first change of sign of a function that tends to a limit: it has the sign of the limit from some time on.
  ///
  /// Of a limit that is zero, or nearly, no such time is told, and times are looked at that are long enough for the
  /// function to come to rest.
  private func change(
    beforeRestOf function: TimeFunction, isRising: Bool?, _ never: Unanswered
  ) throws -> SignChange? {
    guard var time = function.step?.upper else { throw never }
    func beyond(_ time: BigFloat) throws(Unanswered) -> TaylorSeries? {
      try Interval(time, .infinity(precision: 128)).map { (tail) throws(Unanswered) in
        try function.series(tail, 0, budget)
      }
    }
    let whole = try beyond(.zero(precision: 128))?.range.magnitude ?? .infinity(precision: 64)
    let rest = whole.scaled(byPowerOfTwo: -Self.restBits, rounding: .down)
    var isTold = false
    for _ in 0..<Self.greatestDoublings {
      time = time.scaled(byPowerOfTwo: 1, rounding: .up)
      guard let tail = try beyond(time) else { break }
      isTold = tail.isDefined && (tail.range.certainSign ?? 0) != 0
      if isTold || tail.range.magnitude <= rest { break }
    }
    // The window ends where the sign is known.
    let end = Interval(time.scaled(byPowerOfTwo: isTold ? 1 : 0, rounding: .up))
    let function = function.withLongSteps
    switch try SignChange.first(of: function, isRising: isRising, upTo: end, precision: goal, within: budget) {
    case .found(let change): return change
    case .none where isTold: throw never
    case .none:
      let shown = end.upper.double(rounding: .down)
      throw Unanswered(
        undecided: "no change of sign was found up to t = \(shown), and the function tends to zero, or nearly, as t "
          + "goes to infinity")
    case .untold(let reason): throw untold(reason)
    }
  }
}

extension TimeFunction {
  /// Whether bounds of the function hold at all late times.
  func isBoundedAtLateTimes(within budget: Budget) throws(Unanswered) -> Bool {
    guard let all = Interval(.zero(precision: 128), .infinity(precision: 128)) else { return false }
    let range = try series(all, 0, budget)
    return range.isDefined && range.range.isBounded
  }

  /// The same in longer pieces, for times until a limit is near, which are many steps: they serve as well.
  var withLongSteps: TimeFunction {
    TimeFunction(
      series: series, start: start, step: step.map { 4 * $0 }, isRough: isRough, end: end, rate: rate, own: own)
  }
}
