import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// What figures are of: operators, sites and integers.
extension FigureEvaluation {
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
  private func hamiltonian(_ moment: Moment) throws -> Expression {
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
}
