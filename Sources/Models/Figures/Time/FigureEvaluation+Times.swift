import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// Figures over all times: greatest values, means in time, rates.
extension FigureEvaluation {
  /// The bits of an answer: the digits asked for take 32 bits less than the precision
  /// (``refine(to:within:bounds:zeroBits:evaluate:)``), of which 16 pay for the arithmetic on it; what they do not do
  /// is asked again.
  var goal: Int { coarseBits ?? max(point.precision - 144, 40) }
  /// Bits of a cut of density matrices, each of which costs levels and so the square of elements.
  var endlessBits: Int { coarseBits.map { $0 + 16 } ?? goal }
  /// Bits of the polynomials of a search: it tells values apart that differ by less only where it makes states of its
  /// own.
  var accuracy: Int { max(48, goal / 4) }
  /// Beyond this many bits what is not told is said not to be told.
  private static let patientBits = 480

  /// What was not told: more bits may, up to a point.
  func untold(_ reason: String) -> any Error {
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

  /// G where F is G/t by its writing, in a time that begins with 0.
  func gain(_ formula: FigureFormula) -> FigureFormula? { origin == nil ? formula.timesTime : nil }

  /// Whether more bits are tried where times are not told apart.
  var isPatient: Bool { goal < Self.patientBits }

  // MARK: - Greatest and least values

  mutating func extremum(
    isGreatest: Bool, _ answer: TimeAnswer, _ formula: FigureFormula, _ window: DefinedInterval?,
    _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    if answer == .time, let window {
      look(until: try checked(window, formula))
      try requireMotion(formula, indices)
    }
    let found = try greatest(
      isGreatest ? formula : formula.with(Expression(.negation(formula.expression))), window, indices,
      isTimeAsked: answer == .time)
    switch answer {
    case .value: return DefinedInterval(isGreatest ? found.value : -found.value)
    case .time:
      guard !found.times.isEmpty else { throw untold("where the figure is greatest") }
      if window == nil { try requireMotion(formula, indices) }
      guard found.hull.isBounded else {
        throw Unanswered(
          undecided: "the supremum is attained at many times, which are not told apart, or approached as t goes to "
            + "infinity")
      }
      guard found.times.count == 1 || goal >= Self.patientBits else { return DefinedInterval(found.hull) }
      return DefinedInterval(try found.time())
    }
  }

  private mutating func requireMotion(_ formula: FigureFormula, _ indices: [String: Expression]) throws {
    guard try formula.writesTime || running(formula, indices, accuracy: accuracy).step != nil else {
      throw Unanswered(undecided: "the figure does not move: its greatest value is attained at all times")
    }
  }

  /// Looks at times up to an end.
  mutating func look(until end: Interval?) {
    guard let end, horizon.map({ $0.upper < end.upper }) ?? true else { return }
    (horizon, paths) = (end, nil)
  }

  /// Whether means are known up to an end alone, since modes reach levels without end.
  mutating func isTruncated() throws -> Bool {
    if try evolution.isOpen() { return try evolution.isEndless() }
    for place in try evolution.start.vectors.indices {
      if try evolution.modeStart(place, bits: 32) != nil { return true }
    }
    return false
  }

  /// Tries longer and longer times, until an answer does not depend on what is beyond.
  ///
  /// - Parameter answer: nil where the times are too short; it may foretell times that are long enough.
  mutating func lengthening<T>(
    _ answer: (inout FigureEvaluation, _ foretold: inout Interval?) throws -> T?
  ) throws -> T? {
    var foretold: Interval?
    if hasMomentTimes {
      // Where moments alone tell the figure, they do so at all times, and no element is looked at.
      var own = self
      own.evolution = try ModelEvolution(withoutStart: point, within: budget)
      do {
        if let found = try answer(&own, &foretold) { return found }
      } catch is NotByMoments {}
    }
    guard try isTruncated() else { return try answer(&self, &foretold) }
    // A few times the least in which the state can leave its start.
    var end: Interval
    if let scale = try evolution.endlessScale() {
      end = Interval(scale.upper)
    } else {
      let spread = try state(.start).variance(try point.hamiltonian(), point).squareRoot.rounded(to: 64)
      guard spread.lower.signum > 0 else { return try answer(&self, &foretold) }
      end = Interval((2 / spread).upper)
    }
    for _ in 0..<12 {
      foretold = nil
      if mayAnswer(until: end, &foretold, answer) {
        // A path up to a shorter time is on fewer levels.
        if let time = foretold, time.upper < end.upper { end = time }
        foretold = nil
        look(until: end)
        if let found = try answer(&self, &foretold) { return found }
      }
      let next = end.scaled(byPowerOfTwo: 1)
      // Times that are certain to be long enough are taken where they are not very much longer.
      if let time = foretold, time.lower > end.upper, time.upper <= next.scaled(byPowerOfTwo: 1).lower {
        end = time
      } else {
        end = next
      }
    }
    return nil
  }

  /// Whether times up to an end are enough for an answer of few bits, whose path takes a small part of the work: where
  /// they are not, they are not looked at with all bits.
  private func mayAnswer<T>(
    until end: Interval, _ foretold: inout Interval?,
    _ answer: (inout FigureEvaluation, _ foretold: inout Interval?) throws -> T?
  ) -> Bool {
    // Of few bits the answer itself costs hardly more.
    guard goal > 3 * Self.coarseBits else { return true }
    var coarse = self
    coarse.coarseBits = Self.coarseBits
    coarse.look(until: end)
    do { return try answer(&coarse, &foretold) != nil } catch { return true }
  }

  /// The bits of an answer that tells whether the times are long enough.
  private static let coarseBits = 24

  mutating func greatest(
    _ formula: FigureFormula, _ window: DefinedInterval?, _ indices: [String: Expression], isTimeAsked: Bool
  ) throws -> GreatestValue {
    if let window { look(until: try checked(window, formula)) }
    guard window == nil, gain(formula) != nil else {
      return try known(formula, window, indices, isTimeAsked: isTimeAsked)
    }
    let found = try lengthening { evaluation, foretold -> GreatestValue? in
      let found = try evaluation.known(formula, window, indices, isTimeAsked: isTimeAsked)
      foretold = found.closingTime.map { Interval($0) }
      return found.isOpen ? nil : found
    }
    guard let found else {
      throw Unanswered(undecided: "no bound closes the half line of long times; accepted: a window, greatest(F, T)")
    }
    return found
  }

  /// The greatest value as far as means are known.
  private mutating func known(
    _ formula: FigureFormula, _ window: DefinedInterval?, _ indices: [String: Expression], isTimeAsked: Bool
  ) throws -> GreatestValue {
    let (goal, budget) = (goal, budget)
    func search(_ subject: GreatestValue.Subject, _ window: GreatestValue.Window) throws -> GreatestValue {
      try GreatestValue(of: subject, over: window, precision: goal, isTimeAsked: isTimeAsked, within: budget)
    }
    let function = try running(formula, indices, accuracy: accuracy)
    var subject = GreatestValue.Subject.plain(function)
    if let gain = gain(formula) {
      let gain = try running(gain, indices, accuracy: accuracy)
      subject = .overTime(function, gain: gain, rate: gain.derivative)
    }
    if let window {
      let end = try checked(window, formula)
      return try search(subject, .upTo(end))
    }
    guard try hasMomentTimes || isSecond || !framePaths().isDriven else {
      throw Unanswered(
        undecided: "a greatest value over all times of a model that depends on t; accepted: a window, greatest(F, T)")
    }
    if case .plain = subject, !formula.writesTime {
      // Nothing moves: the start is all there is.
      guard function.step != nil else {
        return try search(subject, .upTo(Interval(0, precision: point.precision)))
      }
      if hasMomentTimes, try function.isBoundedAtLateTimes(within: budget) {
        let found = try search(.plain(function.withLongSteps), .all)
        // Of a supremum that is zero and not attained no digits are found.
        guard isPatient || !found.value.containsZero || found.value.isPoint else {
          throw Unanswered(
            undecided: "the supremum is zero or nearly, and approached as t goes to infinity; --absolute tells bounds")
        }
        return found
      }
      guard let period = try period() else {
        throw Unanswered(
          undecided: "a greatest value over all times of a figure without a proved tail or period; accepted: a window, "
            + "greatest(F, T)")
      }
      return try search(subject, .period(period))
    }
    return try search(subject, .all)
  }

  /// A period of the state; nil where none is known.
  mutating func period() throws -> Interval? {
    if hasMomentTimes || isSecond { return nil }
    return try framePaths().period(within: budget)
  }

  // MARK: - Means in time and rates

  mutating func average(
    _ formula: FigureFormula, _ end: DefinedInterval, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let end = try checked(end, formula)
    guard !end.isExactZero else {
      throw BadInput(undefined: formula.place.fault("an average over a window of length 0").message)
    }
    look(until: end)
    let bits = try !evolution.isEndless() ? goal + 64 : endlessBits + 16
    if !hasMomentTimes {
      var known = try framePaths()
      known.isCentered = formula.hasStates || formula.hasKinks
      paths = known
    }
    let function = try running(formula, indices, accuracy: bits)
    // Formulas of eigenvalues cost the cube of the order, and their kinks many pieces: fewer bits are tried.
    let order = formula.hasStates ? 12 : (max(16, bits / 3) - 2) / 2 * 2
    let integral = try function.integral(
      upTo: end, order: order, precision: bits, accuracy: formula.hasStates ? (goal + 16) * 5 / 8 : nil, within: budget)
    return DefinedInterval(integral / end)
  }

  mutating func rate(
    of formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    let time: Interval =
      switch moment {
      case .at(let time, _): time
      case .start: Interval(0, precision: point.precision)
      case .now: isStart(.now) ? Interval(0, precision: point.precision) : try question()
      case .limit: throw Unanswered(beyond: "\(model.name): rates in 'steady' are not served")
      }
    look(until: time)
    let function = try running(formula, indices, accuracy: accuracy)
    if function.rate != nil {
      let there = try function.derivative.series(time, 0, budget)
      guard there.isDefined else { throw untold("whether the figure has a rate here") }
      return DefinedInterval(there.range)
    }
    let there = try function.series(time, 1, budget)
    if time.isExactZero {
      let start = try function.start(1)
      try refuseKink(formula, indices, start)
      if there.isSmooth { return DefinedInterval(start[1].intersection(there.coefficients[1])) }
    }
    // What is off by a distance at all times has it however many bits are tried.
    guard there.isExact || function.isRough else {
      throw Unanswered(
        beyond: "\(model.name): of modes that no conserved number keeps finite the rate of a figure of states, or of a "
          + "weight on a mode, is not served; accepted: rates of means, variances, weights on other factors")
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
