import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// A quantity in the states of a trajectory and in the true ones.
///
/// Means are those of the state as it stands. Other figures are those of a state: of a vector divided by its norm, and
/// of a density matrix divided by its trace, whose negative part is charged as an error.
struct JudgedFigure {
  private let name: String
  private let isLinear: Bool
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

  mutating func add(_ given: ForeignState, _ truth: ModelState, at time: Constant, within budget: Budget) throws {
    let own = try value(try given.state(isNormalised: !isLinear, within: budget), at: time)
    let other = try value(truth, at: time)
    values.append(own?.midpoint?.double(rounding: .nearest))
    bounds.append(own.flatMap { a in other.map { PathJudgement.Bounds((a - $0).absoluteValue) } })
  }

  /// The value in a state; nil where it has none or none is found.
  private mutating func value(_ state: ModelState?, at time: Constant) throws -> Interval? {
    guard let state else { return nil }
    do {
      return try evaluation.value(of: state, at: time)
    } catch is NotToldYet {
      return nil
    } catch is BadInput {
      return nil
    } catch is Undecided {
      return nil
    } catch is Unanswered {
      // Of a figure that is not served; when the time is over nothing is.
      try evaluation.budget.check()
      return nil
    }
  }
}
