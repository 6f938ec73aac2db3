import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The value of one quantity at given parameters and one precision.
struct FigureEvaluation {
  let model: Model
  let figure: FigureDeclaration
  let point: ModelPoint
  let budget: Budget
  private let time: Constant?
  private let context: DefinedContext
  private let variables: [String: DefinedInterval]
  private(set) var evolution: ModelEvolution
  private var now: ModelState?
  private var start: ModelState?
  private var operators: [Expression: ModelPoint.Operator] = [:]
  private var stateFigures: [Moment: StateFigures] = [:]

  /// When a formula is looked at.
  enum Moment { case start, now }

  /// The enclosure of a quantity; entire where more bits are needed.
  static func value(
    _ figure: FigureDeclaration, of model: Model, _ arguments: Arguments, precision: Int, within budget: Budget
  ) throws -> Interval {
    do {
      var evaluation = try FigureEvaluation(figure, model, arguments, precision, budget)
      let value = try evaluation.value(figure.value, [:], .now)
      return value.isDefined ? value.interval : .entire(precision: precision)
    } catch is NotToldYet {
      return .entire(precision: precision)
    }
  }

  private init(
    _ figure: FigureDeclaration, _ model: Model, _ arguments: Arguments, _ precision: Int, _ budget: Budget
  ) throws {
    (self.model, self.figure, self.budget) = (model, figure, budget)
    // Sums over the states, and what the engine's bound leaves.
    let bits = precision + 64
    point = try ModelPoint(model, arguments, precision: bits)
    time = arguments.has(.time) ? arguments[.time] : nil
    context = DefinedContext(precision: bits)
    variables = arguments.numbers.reduce(into: [:]) {
      $0[$1.name] = DefinedInterval($1.value.enclosure(precision: bits))
    }
    for part in figure.value.parts(of: model).sorted() { try point.check(model.parts[part]) }
    evolution = try ModelEvolution(point, within: budget)
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
        let value = try value(of: call, named: name, formula, indices, moment)
        leaves[name] = value
        return value
      }
      if moment == .start, name == "t" { return context.number(0) }
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
  private mutating func value(
    of call: FigureCall, named name: String, _ formula: FigureFormula, _ indices: [String: Expression],
    _ moment: Moment
  ) throws -> DefinedInterval {
    switch call {
    case .mean(let x): return DefinedInterval(try state(moment).mean(try hermitian(x, indices), point))
    case .variance(let x): return DefinedInterval(try state(moment).variance(try hermitian(x, indices), point))
    case .covariance(let x, let y):
      let (left, right) = (try hermitian(x, indices), try hermitian(y, indices))
      return DefinedInterval(try state(moment).covariance(left, right, point))
    case .weight(let assignments):
      let sites = try sites(assignments, indices, formula)
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
    case .rate, .extremum, .firstMaximum, .firstTime, .average, .at, .steady:
      let shown = formula.texts[name].map { "'\($0)'".abridged } ?? "this figure"
      throw formula.place.fault("\(shown) is not served yet; accepted: \(FigureReader.accepted)")
    }
  }

  /// The most figures of a sum.
  private static let greatestSum = 20_000

  // MARK: - Operands

  /// The integer of a formula.
  func integer(_ formula: ModelFormula, _ indices: [String: Expression]) throws -> Int {
    try point.integer(formula.substituting(indices))
  }

  /// The normal form of an observable.
  mutating func hermitian(
    _ formula: ModelFormula, _ indices: [String: Expression]
  ) throws -> ModelPoint.Operator {
    let formula = formula.substituting(indices)
    if let known = operators[formula.expression] { return known }
    let polynomial = try point.hermitian(formula)
    operators[formula.expression] = polynomial
    return polynomial
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
    if let known = stateFigures[moment] { return known }
    return StateFigures(try state(moment), point, within: budget)
  }

  /// Keeps what was computed for figures of a state.
  mutating func keep(_ figures: StateFigures, _ moment: Moment) { stateFigures[moment] = figures }

  /// The state at a moment.
  mutating func state(_ moment: Moment) throws -> ModelState {
    guard moment == .now, time?.isZero != .certainlyTrue else {
      if let start { return start }
      let state = try evolution.initialState()
      start = state
      return state
    }
    if let now { return now }
    guard let time else { throw figure.value.place.fault("the quantity needs the time t") }
    let state = try evolution.state(after: time.enclosure(precision: point.precision + 64))
    now = state
    return state
  }
}
