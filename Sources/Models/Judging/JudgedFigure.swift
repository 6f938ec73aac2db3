import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// A quantity in the states of a trajectory and in the true ones.
///
/// Formulas of means are taken in the state as it stands, others in a state near to it
/// (``ForeignState/nearestState(within:)``).
struct JudgedFigure {
  private let name: String
  /// Whether it is a formula of means.
  let isLinear: Bool
  private var evaluation: FigureEvaluation
  private var values: [Double?] = []
  private var bounds: [PathJudgement.Bounds?] = []

  init(
    _ figure: FigureDeclaration, _ model: Model, _ arguments: Arguments, precision: Int, within budget: Budget
  ) throws {
    name = "\(model.name).\(figure.name)"
    isLinear = figure.value.calls.values.allSatisfy { if case .mean = $0 { true } else { false } }
    evaluation = try FigureEvaluation(ofGiven: figure, model, arguments, precision: precision, within: budget)
  }

  var result: PathJudgement.Figure { .init(name: name, values: values, bounds: bounds) }

  mutating func add(_ given: ModelState?, _ truth: ModelState, at time: Constant) throws {
    let own = try value(given, at: time)
    let other = try value(truth, at: time)
    values.append(own?.midpoint?.double(rounding: .nearest))
    bounds.append(own.flatMap { a in other.map { PathJudgement.Bounds((a - $0).absoluteValue) } })
  }

  /// The value in a state; nil where it has none or none is found.
  private mutating func value(_ state: ModelState?, at time: Constant) throws -> Interval? {
    guard let state else { return nil }
    do {
      return try evaluation.value(of: state, at: time)
    } catch let reason where reason is NotToldYet || reason is BadInput || reason is Undecided || reason is Unanswered {
      // Of a figure that has no value or is not served; when the time is over nothing is.
      try evaluation.budget.check()
      return nil
    }
  }
}
