import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// Figures over all times: greatest values, passages, means in time, rates.
extension FigureEvaluation {
  /// The bits asked for.
  private var goal: Int { point.precision - 128 }
  /// Bits of the polynomials of a search: it tells values apart that differ by less only where it makes states of its
  /// own.
  private var accuracy: Int { max(48, goal / 4) }
  /// Beyond this many bits what is not told is said not to be told.
  private static let patientBits = 500

  /// What was not told: more bits may, up to a point.
  private func untold(_ reason: String) -> any Error {
    goal < Self.patientBits ? NotToldYet(what: reason) : Unanswered(undecided: reason)
  }

  private func enclosure(_ value: DefinedInterval, _ what: String) throws -> Interval {
    guard value.isDefined, value.interval.isBounded else { throw NotToldYet(what: what) }
    return value.interval
  }

  /// A time that is not negative.
  func checked(_ time: DefinedInterval, _ formula: FigureFormula) throws -> Interval {
    let value = try enclosure(time, "a time")
    guard value.upper.signum >= 0 else {
      let shown = value.midpoint.map { "\($0.double(rounding: .nearest))" } ?? "negative"
      throw BadInput(
        undefined: formula.place.fault("a time is negative, about \(shown); accepted: times t >= 0").message)
    }
    return value.intersection(Interval(.zero(precision: 64), .infinity(precision: 64)) ?? value)
  }

  // MARK: - Greatest and least values

  mutating func extremum(
    isGreatest: Bool, _ answer: TimeAnswer, _ formula: FigureFormula, _ window: DefinedInterval?,
    _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let found = try greatest(
      isGreatest ? formula : formula.with(Expression(.negation(formula.expression))), window, indices)
    switch answer {
    case .value: return DefinedInterval(isGreatest ? found.value : -found.value)
    case .time:
      guard found.hull.isBounded else {
        throw Unanswered(undecided: "the supremum is attained at many times, which are not told apart")
      }
      guard found.times.count == 1 || goal >= Self.patientBits else { return DefinedInterval(found.hull) }
      return DefinedInterval(try found.time())
    }
  }

  private mutating func greatest(
    _ formula: FigureFormula, _ window: DefinedInterval?, _ indices: [String: Expression]
  ) throws -> GreatestValue {
    let function = try running(formula, indices, accuracy: accuracy)
    var subject = GreatestValue.Subject.plain(function)
    if let gain = formula.timesTime {
      let gain = try running(gain, indices, accuracy: accuracy)
      subject = .overTime(function, gain: gain, rate: gain.derivative)
    }
    if let window {
      let end = try checked(window, formula)
      return try GreatestValue(of: subject, over: .upTo(end), precision: goal, within: budget)
    }
    if case .plain = subject, !formula.writesTime {
      // Nothing moves: the start is all there is.
      guard function.step != nil else {
        return try GreatestValue(
          of: subject, over: .upTo(Interval(0, precision: point.precision)), precision: goal, within: budget)
      }
      guard let period = try period() else {
        throw Unanswered(
          undecided: "a greatest value over all times of a figure without a proved tail or period; accepted: a window, "
            + "greatest(F, T)")
      }
      return try GreatestValue(of: subject, over: .period(period), precision: goal, within: budget)
    }
    return try GreatestValue(of: subject, over: .all, precision: goal, within: budget)
  }

  /// A period of the state; nil where none is known.
  private mutating func period() throws -> Interval? { try framePaths().period(within: budget) }

  // MARK: - Passages

  mutating func firstMaximum(
    _ answer: TimeAnswer, _ formula: FigureFormula, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let function = try running(formula, indices, accuracy: accuracy)
    let slope: TimeFunction
    if let gain = formula.timesTime {
      // t^2 (G/t)' = t G' - G has the sign of the slope.
      let gain = try running(gain, indices, accuracy: accuracy)
      slope = TimeFunction(stationarityOf: gain)
    } else {
      slope = function.derivative
    }
    let change = try firstChange(of: slope, isRising: false, formula, "the rate never changes from plus to minus")
    switch answer {
    case .time: return DefinedInterval(change.time)
    case .value:
      return DefinedInterval(try function.values(on: change.time, within: budget))
    }
  }

  mutating func firstTime(
    _ formula: FigureFormula, _ level: FigureFormula, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let height = try running(level, indices, accuracy: accuracy)
    let function: TimeFunction
    if let gain = formula.timesTime {
      // G - c t has the sign of G/t - c.
      let gain = try running(gain, indices, accuracy: accuracy)
      function = TimeFunction(combining: [gain, height, .time]) { context, values in
        context.difference(values[0], context.product(values[1], values[2]))
      }
    } else {
      function = TimeFunction(combining: [try running(formula, indices, accuracy: accuracy), height]) {
        context, values in
        context.difference(values[0], values[1])
      }
    }
    return DefinedInterval(
      try firstChange(of: function, isRising: nil, formula, "the figure never passes this value").time)
  }

  private mutating func firstChange(
    of function: TimeFunction, isRising: Bool?, _ formula: FigureFormula, _ never: String
  ) throws -> SignChange {
    // Of one sign at all times.
    if let all = Interval(.zero(precision: 128), .infinity(precision: 128)) {
      let range = try function.series(all, 0, budget)
      if range.isDefined, range.range.upper.signum <= 0 || range.range.lower.signum >= 0 {
        throw Unanswered(never: never)
      }
    }
    var end: Interval?
    if !formula.writesTime, function.step != nil { end = try period().map { 2 * $0 } }
    if function.step == nil, !formula.writesTime { throw Unanswered(never: never) }
    switch try SignChange.first(of: function, isRising: isRising, upTo: end, precision: goal, within: budget) {
    case .found(let change): return change
    case .none: throw Unanswered(never: never)
    case .untold(let reason): throw untold(reason)
    }
  }

  // MARK: - Means in time and rates

  mutating func average(
    _ formula: FigureFormula, _ end: DefinedInterval, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let end = try checked(end, formula)
    guard !end.isExactZero else {
      throw BadInput(undefined: formula.place.fault("an average over a window of length 0").message)
    }
    let bits = goal + 48
    let function = try running(formula, indices, accuracy: bits)
    let order = (max(16, bits / 3) - 2) / 2 * 2
    let integral = try function.integral(upTo: end, order: order, precision: bits, within: budget)
    return DefinedInterval(integral / end)
  }

  mutating func rate(
    of formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    let function = try running(formula, indices, accuracy: accuracy)
    let time: Interval =
      switch moment {
      case .at(let time): time
      case .start: Interval(0, precision: point.precision)
      case .now: isStart(.now) ? Interval(0, precision: point.precision) : try question()
      }
    let there = try function.series(time, 1, budget)
    if time.isExactZero {
      let start = try function.start(1)
      try refuseKink(formula, indices, start)
      if there.isSmooth { return DefinedInterval(start[1].intersection(there.coefficients[1])) }
    }
    guard there.isSmooth, there.isExact else {
      throw untold(
        function.isRough
          ? "the rate of a figure of states is not served; accepted: rates of means, variances, weights"
          : "whether the figure has a rate here")
    }
    return DefinedInterval(there.coefficients[1])
  }

  /// Refuses abs(F) at a start where F is exactly zero and its slope is not.
  private mutating func refuseKink(
    _ formula: FigureFormula, _ indices: [String: Expression], _ start: [Interval]
  ) throws {
    var open = [formula.expression]
    while let part = open.popLast() {
      open += part.node.children
      guard case .call(.abs, let inner) = part.node else { continue }
      let own = try running(formula.with(inner), indices, accuracy: accuracy).start(1)
      guard own[0].isExactZero, let sign = own[1].certainSign, sign != 0 else { continue }
      throw BadInput(
        undefined: formula.place.fault("'\("\(formula.written(part))".abridged)' has a kink here, and no rate").message)
    }
  }
}

extension GreatestValue {
  /// All times at which the supremum can be attained.
  var hull: Interval { times.dropFirst().reduce(times[0]) { $0.hull($1) } }
}
