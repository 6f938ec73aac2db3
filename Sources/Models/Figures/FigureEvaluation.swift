import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The value of one quantity at given parameters and one precision.
struct FigureEvaluation {
  private let model: Model
  private let figure: FigureDeclaration
  private let point: ModelPoint
  private let time: Constant?
  private let budget: Budget
  private let context: DefinedContext
  private let variables: [String: DefinedInterval]
  private var now: PureState?
  private var start: PureState?
  private var operators: [Expression: ModelPoint.Operator] = [:]

  /// The enclosure of a quantity; entire where more bits are needed.
  static func value(
    _ figure: FigureDeclaration, of model: Model, _ arguments: Arguments, precision: Int, within budget: Budget
  ) throws -> Interval {
    do {
      var evaluation = try FigureEvaluation(figure, model, arguments, precision, budget)
      let value = try evaluation.value(figure.value.expression, [:], isStart: false)
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
    for part in model.parts where figure.mentions(part) { try point.check(part) }
  }

  // MARK: - Formulas

  private mutating func value(
    _ formula: Expression, _ indices: [String: Expression], isStart: Bool
  ) throws -> DefinedInterval {
    switch formula.node {
    case .variable(let name):
      if let sites = figure.weights[name] {
        return DefinedInterval(try state(isStart: isStart).weight(try weighted(sites), point))
      }
      if isStart, name == "t" { return context.number(0) }
      if let index = indices[name] { return try value(index, [:], isStart: isStart) }
      guard let value = variables[name] else { throw figure.value.fault("'\(name)' has no value") }
      return value
    case .operation(.member(let name, _), let parts):
      if name == "initial" { return try value(parts[0], indices, isStart: true) }
      let operators = try parts.map { try hermitian($0.substituting(indices)) }
      let state = try state(isStart: isStart)
      switch name {
      case "mean": return DefinedInterval(try state.mean(operators[0], point))
      case "variance": return DefinedInterval(try state.variance(operators[0], point))
      default: return DefinedInterval(try state.covariance(operators[0], operators[1], point))
      }
    case .operation(.cellSum(.range(let index)), let parts):
      let ends = try parts.prefix(2).map { part in
        try point.integer(ModelFormula(expression: part.substituting(indices), place: figure.value.place))
      }
      var sum = context.number(0)
      guard ends[0] <= ends[1] else { return sum }
      guard ends[1] - ends[0] < Self.greatestSum else {
        throw figure.value.fault("a sum of \(ends[1] - ends[0] + 1) figures; accepted: at most \(Self.greatestSum)")
      }
      for number in ends[0]...ends[1] {
        let inner = indices.merging([index: .number(Rational(Integer(number)))]) { $1 }
        sum = context.sum(sum, try value(parts[2], inner, isStart: isStart))
      }
      return sum
    case .quotient(let a, let b):
      let (left, right) = (try value(a, indices, isStart: isStart), try value(b, indices, isStart: isStart))
      guard !(right.interval.isPoint && right.interval.containsZero) else {
        throw BadInput(undefined: figure.value.fault("division by '\(b)', which is zero here").message)
      }
      return context.quotient(left, right)
    default:
      let parts = try formula.node.children.map { try value($0, indices, isStart: isStart) }
      let result: DefinedInterval
      switch formula.node {
      case .number(let value): result = context.number(value)
      case .pi: result = context.pi
      case .negation: result = context.negation(parts[0])
      case .sum: result = context.sum(parts[0], parts[1])
      case .difference: result = context.difference(parts[0], parts[1])
      case .product: result = context.product(parts[0], parts[1])
      case .power(_, let n): result = context.power(parts[0], n)
      case .generalPower: result = context.power(parts[0], parts[1])
      case .call(let function, _): result = context.call(function, parts[0])
      default: throw figure.value.fault("'\(formula)' is no number")
      }
      guard result.interval.isEmpty else { return result }
      throw BadInput(undefined: figure.value.fault("'\("\(formula)".abridged)' has no value here").message)
    }
  }

  /// The most figures of a sum.
  private static let greatestSum = 20_000

  private mutating func hermitian(_ formula: Expression) throws -> ModelPoint.Operator {
    if let known = operators[formula] { return known }
    let polynomial = try point.hermitian(ModelFormula(expression: formula, place: figure.value.place))
    operators[formula] = polynomial
    return polynomial
  }

  private func weighted(_ assignments: [FigureDeclaration.Assignment]) throws -> [(site: Int, state: SiteState)] {
    var result: [(site: Int, state: SiteState)] = []
    for assignment in assignments {
      for site in try point.sites(of: assignment.place) {
        guard !result.contains(where: { $0.site == site }) else {
          throw figure.value.fault("a factor or cell has two states in 'weight'; accepted: one for each")
        }
        result.append((site, try SiteState(assignment.word, at: site, point)))
      }
    }
    return result
  }

  // MARK: - States

  private mutating func state(isStart: Bool) throws -> PureState {
    let isAtStart = isStart || time?.isZero == .certainlyTrue
    if let known = isAtStart ? start : now { return known }
    let amplitudes = try StartState(point, within: budget)
    if isAtStart {
      let states = amplitudes.amplitudes.keys.sorted()
      let exact = states.compactMap { amplitudes.amplitudes[$0] }
      let result = PureState(
        states: states, places: Self.places(states), amplitudes: try exact.map { try enclosure($0, amplitudes) },
        exact: amplitudes.isExact ? exact : nil)
      start = result
      return result
    }
    let hamiltonian = try model.hamiltonian.map { try point.hermitian($0) } ?? ModelPoint.Operator()
    let sector = try Sector(of: hamiltonian, from: amplitudes.amplitudes.keys.sorted(), point, within: budget)
    let flow = try HermitianFlow(sector, point.scalars, precision: point.precision)
    let zero = ComplexInterval.zero(precision: point.precision)
    let vector = try sector.states.map { try amplitudes.amplitudes[$0].map { try enclosure($0, amplitudes) } ?? zero }
    guard let time else { throw figure.value.fault("the quantity needs the time t") }
    let end = try flow.evolved(
      vector, for: time.enclosure(precision: point.precision + 64), bits: point.precision, within: budget)
    let result = PureState(states: sector.states, places: sector.places, amplitudes: end, exact: nil)
    now = result
    return result
  }

  private func enclosure(_ element: ScalarPolynomial, _ start: StartState) throws -> ComplexInterval {
    let value = try point.scalars.enclosure(element)
    guard !start.isExact else { return value }
    return ComplexInterval(value.real * start.factor, value.imaginary * start.factor)
  }

  private static func places(_ states: [BasisState]) -> [BasisState: Int] {
    states.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
  }
}
