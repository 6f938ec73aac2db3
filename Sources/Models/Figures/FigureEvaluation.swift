import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The value of one quantity at given parameters and one precision.
struct FigureEvaluation {
  private(set) var model: Model
  let figure: FigureDeclaration
  private(set) var point: ModelPoint
  let budget: Budget
  private(set) var time: Constant?
  let context: DefinedContext
  private(set) var variables: [String: DefinedInterval]
  var evolution: ModelEvolution
  /// The start along its flow, once means at all times are asked for.
  var paths: FramePaths? { didSet { means = [:] } }
  /// The means along it that were asked for, which share their polynomials.
  var means: [MeanQuestion: TimeFunction] = [:]
  /// The time up to which means at all times are asked for; nil for all times.
  var horizon: Interval?
  /// The bits of an answer that need not be a good one; nil for those that were asked for.
  var coarseBits: Int?
  /// The moments of a model of bosons, where they close.
  var moments: GaussianMoments?
  /// Those of the start, once they are asked for.
  var knownMomentStart: GaussianStart?
  /// Whether pieces of a schedule are asked by their moments.
  var asksMoments = false
  /// Whether the value is asked for by the second route.
  private(set) var isSecond = false
  /// The second route, where the value is asked for by it, with its states at the start and at the question's time.
  var whole: WholeEvolution?
  var wholeStates: [Bool: WholeState] = [:]
  /// Its states at all times, once figures over times are asked for.
  var wholeMotion: WholeMotion?
  private var now: ModelState?
  private var start: ModelState?
  var operators: [Expression: ModelPoint.Operator] = [:]
  /// What was computed for figures of the state at the start and at the time of the question.
  private var stateFigures: [Bool: StateFigures] = [:]
  /// The time of the question where the state there is computed in doubles.
  private let kernelTime: KernelState.Time?
  private var kernelState: KernelState?

  /// Of a piece of a schedule, which is asked as a model of its own: the question of the whole, and the time at which
  /// the piece begins, if it is not 0.
  private(set) var wholeQuestion: [FigureEvaluation] = []
  private(set) var origin: Expression?

  /// When a formula is looked at.
  enum Moment {
    case start, now
    /// A time in an enclosure, and as a formula where it is one.
    case at(Interval, Constant?)
    /// As the time goes to infinity.
    case limit

    /// A name for what is remembered; nil for times that are met once.
    var key: Bool? {
      switch self {
      case .start: true
      case .now: false
      case .at, .limit: nil
      }
    }
  }

  /// The enclosure of a quantity; entire where more bits are needed.
  ///
  /// - Parameters:
  ///   - kernelTime: the time of the question, where the state there is to be computed in doubles.
  ///   - isSecond: by the second route.
  static func value(
    _ figure: FigureDeclaration, of model: Model, _ arguments: Arguments, precision: Int, within budget: Budget,
    kernelTime: KernelState.Time? = nil, isSecond: Bool = false
  ) throws -> Interval {
    guard !figure.value.calls.isEmpty else { return try number(figure.value, arguments, precision: precision + 64) }
    do {
      var evaluation = try FigureEvaluation(figure, model, arguments, precision, budget, kernelTime)
      evaluation.isSecond = isSecond
      // What moments told first, states tell again.
      if isSecond, try !evaluation.asksMomentsFirst() {
        evaluation.whole = try WholeEvolution(evaluation.point, try evaluation.evolution.start, within: budget)
      }
      let value = try evaluation.value(figure.value, [:], .now)
      return value.isDefined ? value.interval : .entire(precision: precision)
    } catch is NotToldYet {
      return .entire(precision: precision)
    }
  }

  /// The value of a formula without figures, which needs no space.
  private static func number(
    _ formula: FigureFormula, _ arguments: Arguments, precision: Int
  ) throws -> Interval {
    let values = arguments.numbers.reduce(into: [String: Constant]()) { $0[$1.name] = $1.value }
    do {
      return try Constant(formula.expression.substituting(values.mapValues(\.expression))).enclosure(
        precision: precision)
    } catch {
      guard error.kind != .undefined else {
        throw BadInput(undefined: formula.place.fault("the formula has no value here: \(error.message)").message)
      }
    }
    let variables = values.mapValues { DefinedInterval($0.enclosure(precision: precision)) }
    let value = try formula.expression.evaluate(in: DefinedContext(precision: precision), variables: variables)
    return value.isDefined ? value.interval : .entire(precision: precision)
  }

  private init(
    _ figure: FigureDeclaration, _ model: Model, _ arguments: Arguments, _ precision: Int, _ budget: Budget,
    _ kernelTime: KernelState.Time?
  ) throws {
    (self.model, self.figure, self.budget, self.kernelTime) = (model, figure, budget, kernelTime)
    // Sums over the states, and what the engine's bound leaves.
    let bits = precision + (figure.value.runsThroughTimes ? 128 : 64)
    // A search over times has bits to spare that each level of a mixed start would cost time.
    point = try ModelPoint(
      model, arguments, precision: bits, spareBits: figure.value.runsThroughTimes ? 72 : 16)
    time = arguments.has(.time) ? arguments[.time] : nil
    context = DefinedContext(precision: bits)
    variables = arguments.numbers.reduce(into: [:]) {
      $0[$1.name] = DefinedInterval($1.value.enclosure(precision: bits))
    }
    for part in figure.value.parts(of: model).sorted() { try point.check(model.parts[part]) }
    // What is wrong with a Hamiltonian is said before anything of what is asked.
    if FigureNeeds(figure, of: model).evolution {
      if model.schedule == nil { _ = try point.openHamiltonian() }
      if kernelTime == nil { moments = try GaussianMoments(point, within: budget) }
    }
    evolution = try ModelEvolution(point, defersStart: moments != nil, inDoubles: kernelTime != nil, within: budget)
  }

  /// A question that is asked of states which are given.
  init(
    ofGiven figure: FigureDeclaration, _ model: Model, _ arguments: Arguments, precision: Int, within budget: Budget
  ) throws {
    try self.init(figure, model, arguments, precision, budget, nil)
    moments = nil
  }

  /// The value where the state at a time is given; nil where it has none there, or none is found.
  mutating func value(of given: ModelState, at time: Constant) throws -> Interval? {
    (self.time, now, stateFigures) = (time, given, [:])
    variables["t"] = DefinedInterval(time.enclosure(precision: point.precision))
    let value = try value(figure.value, [:], .now)
    return value.isDefined && value.interval.isBounded && !value.interval.isEmpty ? value.interval : nil
  }

  /// The same question of a piece of a schedule from its beginning.
  func asked(of point: ModelPoint, _ start: StartState, from origin: Expression?) throws -> FigureEvaluation {
    var other = self
    (other.model, other.point, other.wholeQuestion, other.origin) = (point.model, point, [self], origin)
    other.evolution = try ModelEvolution(point, from: start, within: budget)
    (other.now, other.start, other.paths, other.horizon) = (nil, nil, nil, nil)
    other.moments = nil
    (other.operators, other.stateFigures) = ([:], [:])
    return other
  }

  /// The same question of a piece of a schedule from its beginning, where the moments are known there.
  func asked(of point: ModelPoint, _ start: GaussianStart, from origin: Expression?) throws -> FigureEvaluation {
    var other = self
    (other.model, other.point, other.wholeQuestion, other.origin) = (point.model, point, [self], origin)
    other.evolution = try ModelEvolution(withoutStart: point, within: budget)
    (other.now, other.start, other.paths, other.horizon) = (nil, nil, nil, nil)
    guard let moments = try GaussianMoments(point, isPiece: true, within: budget) else { throw NotByMoments() }
    (other.moments, other.knownMomentStart) = (moments, start)
    (other.operators, other.stateFigures) = ([:], [:])
    return other
  }

  /// A time of the piece as one of the whole.
  func wholeTime(_ time: Interval) -> DefinedInterval {
    guard let origin, let begin = try? Constant(origin) else { return DefinedInterval(time) }
    return DefinedInterval(begin.enclosure(precision: point.precision + 64) + time)
  }

  /// The figures of the state at a moment.
  mutating func figures(_ moment: Moment) throws -> StateFigures {
    if let key = moment.key, let known = stateFigures[key] { return known }
    return StateFigures(try state(moment), point, within: budget)
  }

  /// Keeps what was computed for figures of a state.
  mutating func keep(_ figures: StateFigures, _ moment: Moment) {
    if let key = moment.key { stateFigures[key] = figures }
  }

  /// The state at a moment.
  mutating func state(_ moment: Moment) throws -> ModelState {
    if case .now = moment, let now { return now }
    switch moment {
    case .at(let time, let exact): return try evolution.state(after: time, exact: exact)
    case .limit: return try evolution.limitState()
    case .now where time?.isZero != .certainlyTrue:
      let state = try doubles(moment)?.enclosed() ?? evolution.state(after: try question(), exact: time)
      now = state
      return state
    case .start, .now:
      if let start { return start }
      let state = try evolution.initialState()
      start = state
      return state
    }
  }

  /// The vectors at the time of the question in doubles, where these are asked for; nil at other moments, and where a
  /// density matrix is evolved.
  mutating func doubles(_ moment: Moment) throws -> KernelState? {
    guard case .now = moment, let kernelTime, kernelTime.double != 0 else { return nil }
    guard try model.schedule == nil && !evolution.isOpen() else { return nil }
    if let kernelState { return kernelState }
    let state = try KernelState(point, from: try evolution.start, after: kernelTime, within: budget)
    kernelState = state
    return state
  }

  /// Whether a moment is t = 0.
  func isStart(_ moment: Moment) -> Bool {
    switch moment {
    case .start: true
    case .now: time?.isZero == .certainlyTrue
    case .at, .limit: false
    }
  }

  /// The time of the question.
  func question() throws -> Interval {
    guard let time else { throw figure.value.place.fault("the quantity needs the time t") }
    return time.enclosure(precision: point.precision + 64)
  }

  /// The value of a name in formulas that is neither a figure nor the time.
  func parameter(_ name: String) -> DefinedInterval? { variables[name] }
}
