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
  private let variables: [String: DefinedInterval]
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
  /// Whether the value is asked for by the second route.
  private(set) var isSecond = false
  /// The second route, where the value is asked for by it, with its states at the start and at the question's time.
  private(set) var whole: WholeEvolution?
  var wholeStates: [Bool: WholeState] = [:]
  private var now: ModelState?
  private var start: ModelState?
  private var operators: [Expression: ModelPoint.Operator] = [:]
  /// What was computed for figures of the state at the start and at the time of the question.
  private var stateFigures: [Bool: StateFigures] = [:]
  /// The time of the question where the state there is computed in doubles.
  private let kernelTime: Double?
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
    kernelTime: Double? = nil, isSecond: Bool = false
  ) throws -> Interval {
    guard !figure.value.calls.isEmpty else { return try number(figure.value, arguments, precision: precision + 64) }
    do {
      var evaluation = try FigureEvaluation(figure, model, arguments, precision, budget, kernelTime)
      evaluation.isSecond = isSecond
      // What moments told first, states tell again.
      if isSecond, !(evaluation.moments?.isOpen ?? false) {
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
    _ kernelTime: Double?
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
    if model.schedule == nil, FigureNeeds(figure, of: model).evolution {
      _ = try point.openHamiltonian()
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

  /// A time of the piece as one of the whole.
  private func wholeTime(_ time: Interval) -> DefinedInterval {
    guard let origin, let begin = try? Constant(origin) else { return DefinedInterval(time) }
    return DefinedInterval(begin.enclosure(precision: point.precision + 64) + time)
  }

  // MARK: - Formulas

  /// The value of a formula.
  ///
  /// - Parameter indices: the values of the indices of sums around it.
  mutating func value(
    _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    var leaves: [String: DefinedInterval] = [:]
    return try value(formula.expression, formula, indices, moment, &leaves)
  }

  private mutating func value(
    _ expression: Expression, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment,
    _ leaves: inout [String: DefinedInterval]
  ) throws -> DefinedInterval {
    switch expression.node {
    case .variable(let name):
      if let call = formula.calls[name] {
        if let known = leaves[name] { return known }
        let value = try value(of: call, formula, indices, moment)
        leaves[name] = value
        return value
      }
      if name == "t" {
        switch moment {
        case .start: return wholeTime(Interval(0, precision: point.precision))
        case .at(let time, _): return wholeTime(time)
        case .limit:
          throw formula.place.fault("t stands in a figure of 'steady'; accepted: figures of one state, without t")
        case .now: break
        }
      }
      if let index = indices[name] { return try value(index, formula, [:], moment, &leaves) }
      guard let value = variables[name] else { throw formula.place.fault("'\(name)' has no value") }
      return value
    case .operation(.member, _):
      let entry = try point.entry(ModelFormula(expression: expression, place: formula.place).substituting(indices))
      return try value(entry, formula, [:], moment, &leaves)
    case .quotient(let a, let b):
      let left = try value(a, formula, indices, moment, &leaves)
      let right = try value(b, formula, indices, moment, &leaves)
      guard !(right.interval.isPoint && right.interval.containsZero) else {
        let shown = formula.written(b)
        throw BadInput(undefined: formula.place.fault("division by '\(shown)', which is zero here").message)
      }
      return context.quotient(left, right)
    default:
      var parts: [DefinedInterval] = []
      for part in expression.node.children { parts.append(try value(part, formula, indices, moment, &leaves)) }
      let result: DefinedInterval
      switch expression.node {
      case .number(let value): result = context.number(value)
      case .pi: result = context.pi
      case .negation: result = context.negation(parts[0])
      case .sum: result = context.sum(parts[0], parts[1])
      case .difference: result = context.difference(parts[0], parts[1])
      case .product: result = context.product(parts[0], parts[1])
      case .power(_, let n): result = context.power(parts[0], n)
      case .generalPower: result = context.power(parts[0], parts[1])
      case .call(let function, _): result = context.call(function, parts[0])
      default: throw formula.place.fault("'\(expression)' is no number")
      }
      guard result.interval.isEmpty else { return result }
      let shown = "\(formula.written(expression))".abridged
      throw BadInput(undefined: formula.place.fault("'\(shown)' has no value here").message)
    }
  }

  /// The value of a figure.
  mutating func value(
    of call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    if model.schedule != nil, call.needsSchedule {
      guard !isSecond else { throw Unanswered(beyond: "this figure is not served by the second route") }
      return try scheduled(call, formula, indices, moment)
    }
    if var whole = wholeQuestion.first, call.isOfAllTimes { return try whole.value(of: call, formula, indices, moment) }
    if isSecond { return try value(bySecond: call, formula, indices, moment) }
    guard let moments else { return try value(byStates: call, formula, indices, moment) }
    if moments.isOpen, let value = try value(byMoments: call, formula, indices, moment) {
      return DefinedInterval(value)
    }
    do {
      return try value(byStates: call, formula, indices, moment)
    } catch let reason where !moments.isOpen && !(reason is NotToldYet) {
      // What states do not serve moments may.
      guard let value = try value(byMoments: call, formula, indices, moment) else { throw reason }
      return DefinedInterval(value)
    }
  }

  /// The value of a figure by the second route: what moments tell first by states; else by the whole space, and what it
  /// does not reach and states told first by moments.
  private mutating func value(
    bySecond call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    if moments?.isOpen ?? false {
      guard !call.isComposed, try value(byMoments: call, formula, indices, moment) == nil else {
        return try value(byStates: call, formula, indices, moment)
      }
      if whole == nil { whole = try WholeEvolution(point, try evolution.start, within: budget) }
    }
    guard let whole else { return try value(byStates: call, formula, indices, moment) }
    do {
      guard let value = try value(of: call, formula, indices, moment, by: whole) else {
        return try value(byStates: call, formula, indices, moment)
      }
      return DefinedInterval(value)
    } catch let reason where (moments.map { !$0.isOpen } ?? false) && !(reason is NotToldYet) {
      guard let value = try value(byMoments: call, formula, indices, moment),
        (try? self.value(byStates: call, formula, indices, moment)) != nil
      else { throw reason }
      return DefinedInterval(value)
    }
  }

  /// The value of a figure by the states of the model.
  private mutating func value(
    byStates call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    switch call {
    case .mean(let x):
      let x = try hermitian(x, indices, moment)
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.mean(x).interval) }
      let there = try observable([x], moment)
      return DefinedInterval(try state(moment).mean(there.operators[0], there.point))
    case .variance(let x):
      let x = try hermitian(x, indices, moment)
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.covariance(x, x).interval.nonNegative) }
      let there = try observable([x], moment)
      return DefinedInterval(try state(moment).variance(there.operators[0], there.point))
    case .covariance(let x, let y):
      let (left, right) = (try hermitian(x, indices, moment), try hermitian(y, indices, moment))
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.covariance(left, right).interval) }
      let there = try observable([left, right], moment)
      return DefinedInterval(
        try state(moment).covariance(there.operators[0], there.operators[1], there.point))
    case .weight(let assignments):
      let sites = try sites(assignments, indices, formula)
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.weight(sites)) }
      return DefinedInterval(try state(moment).weight(sites, point))
    case .initial(let inner): return try value(inner, indices, .start)
    case .sum(let index, let from, let to, let inner):
      let (first, last) = (try integer(from, indices), try integer(to, indices))
      var sum = context.number(0)
      guard first <= last else { return sum }
      guard last - first < Self.greatestSum else {
        throw formula.place.fault("a sum of \(last - first + 1) figures; accepted: at most \(Self.greatestSum)")
      }
      for number in first...last {
        let own = indices.merging([index: .number(Rational(Integer(number)))]) { $1 }
        sum = context.sum(sum, try value(inner, own, moment))
      }
      return sum
    case .energetic, .copies, .ofState, .fisher, .concurrence, .distance:
      return DefinedInterval(try value(ofState: call, formula, indices, moment) ?? .entire(precision: point.precision))
    case .rate(let inner): return try rate(of: inner, indices, moment)
    case .extremum(let isGreatest, let answer, let inner, let window):
      let window = try window.map { try value($0, indices, moment) }
      return try extremum(isGreatest: isGreatest, answer, inner, window, indices)
    case .firstMaximum(let answer, let inner): return try firstMaximum(answer, inner, indices)
    case .firstTime(let inner, let level): return try firstTime(inner, level, indices)
    case .average(let inner, let end): return try average(inner, try value(end, indices, moment), indices)
    case .at(let inner, let time):
      let exact = exact(time, indices, moment)
      let time = try value(time, indices, moment)
      guard time.isDefined, time.interval.isBounded else { throw NotToldYet(what: "a time") }
      let isStart = time.interval.isExactZero || exact?.isZero == .certainlyTrue
      return try value(inner, indices, isStart ? .start : .at(try checked(time, inner), exact))
    case .steady(let inner):
      try requireNoTime("'steady(\(inner.written))'", formula)
      return try value(inner, indices, .limit)
    case .relaxationTime(let distance):
      try requireNoTime("'relaxation_time(\(distance.written))'", formula)
      return DefinedInterval(try relaxationTime(to: distance, indices))
    case .gap:
      try requireNoTime("'spectral_gap(all)'", formula)
      guard let gap = try evolution.gap() else {
        throw formula.place.fault("'spectral_gap(all)' of a model without jumps; accepted: models with jumps")
      }
      return DefinedInterval(gap)
    }
  }

  /// Refuses a figure of all times of a model that depends on them.
  private func requireNoTime(_ shown: String, _ formula: FigureFormula) throws {
    guard try evolution.dependsOnTime() else { return }
    throw formula.place.fault(
      "\(shown.abridged) of a model in which t stands; accepted: models that do not depend on the time")
  }

  /// The most figures of a sum.
  private static let greatestSum = 20_000

  /// The time of a formula as a formula, where it is one without figures.
  func exact(_ time: FigureFormula, _ indices: [String: Expression], _ moment: Moment) -> Constant? {
    guard time.calls.isEmpty else { return nil }
    var names = indices
    switch moment {
    case .start: names["t"] = .number(0)
    case .now: names["t"] = self.time?.expression
    case .at(_, let exact): names["t"] = exact?.expression
    case .limit: break
    }
    return try? point.scalars.constant(time.expression.substituting(names))
  }

  // MARK: - Operands

  /// The integer of a formula.
  func integer(_ formula: ModelFormula, _ indices: [String: Expression]) throws -> Int {
    try point.integer(formula.substituting(indices))
  }

  /// The normal form of an observable; `H` is the Hamiltonian of the moment.
  mutating func hermitian(
    _ formula: ModelFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> ModelPoint.Operator {
    let formula = try withHamiltonian(formula.substituting(indices), moment)
    if let known = operators[formula.expression] { return known }
    let polynomial = try point.hermitian(formula)
    operators[formula.expression] = polynomial
    return polynomial
  }

  /// The formula with the Hamiltonian of the moment in place of `H`, which depends on it in a schedule.
  mutating func withHamiltonian(_ formula: ModelFormula, _ moment: Moment) throws -> ModelFormula {
    var formula = formula
    if let origin { formula = formula.substituting(["t": Expression(.variable("t")) + origin]) }
    guard formula.expression.variables.contains("H") else { return formula }
    guard wholeQuestion.isEmpty else {
      return formula.substituting(["H": model.hamiltonian?.expression ?? .number(0)])
    }
    guard model.schedule != nil else { return formula }
    let own = try hamiltonian(moment)
    return ModelFormula(expression: formula.expression.substituting(["H": own]), place: formula.place)
  }

  /// The Hamiltonian of a schedule at a moment; at the beginning of a piece that of the piece.
  private mutating func hamiltonian(_ moment: Moment) throws -> Expression {
    let now: ScheduledEvolution.Time =
      switch moment {
      case .start: .init(value: Interval(0, precision: point.precision), exact: Constant(0))
      case .now: .init(value: try question(), exact: time)
      case .at(let value, let exact): .init(value: value, exact: exact)
      case .limit: throw point.unservedInSchedule()
      }
    guard let formula = try evolution.hamiltonian(at: now) else { return .number(0) }
    guard formula.expression.variables.contains("t") else { return formula.expression }
    guard let exact = now.exact else {
      throw Unanswered(
        beyond: formula.fault("'H' depends on t here, and the time is no constant; accepted: constants").message)
    }
    return formula.expression.substituting(["t": exact.expression])
  }

  /// Operators at a moment, with the model there: at t = 0 the time is replaced exactly.
  func observable(
    _ operators: [ModelPoint.Operator], _ moment: Moment
  ) throws -> (operators: [ModelPoint.Operator], point: ModelPoint) {
    guard operators.contains(where: ModelPoint.holdsTime) else { return (operators, point) }
    if case .limit = moment { return (operators, point) }
    guard !isStart(moment) else { return (try operators.map(point.atStart), point) }
    if case .at(let time, _) = moment { return (operators, point.at(time)) }
    return (operators, point.at(try question()))
  }

  /// The states of sites that are given to factors and cells.
  func sites(
    _ assignments: [StateAssignment], _ indices: [String: Expression], _ formula: FigureFormula
  ) throws -> [(site: Int, state: SiteState)] {
    var result: [(site: Int, state: SiteState)] = []
    for assignment in assignments {
      let word = assignment.word.substituting(indices)
      let own = try point.sites(of: assignment.place.substituting(indices))
      guard !result.contains(where: { own.contains($0.site) }) else {
        throw formula.place.fault("a factor or cell has two states in 'weight'; accepted: one for each")
      }
      result += zip(own, try SiteState.states(word, on: own, point)).map { (site: $0, state: $1) }
    }
    return result
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
  private mutating func doubles(_ moment: Moment) throws -> KernelState? {
    guard case .now = moment, let kernelTime, kernelTime != 0 else { return nil }
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
