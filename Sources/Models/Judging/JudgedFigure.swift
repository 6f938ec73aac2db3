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
  /// Whether more bits may give a value where none was found.
  private var asksForBits = false
  /// The widths of the true values.
  private var widths: [Double] = []

  init(
    _ figure: FigureDeclaration, _ model: Model, _ arguments: Arguments, precision: Int, within budget: Budget
  ) throws {
    name = "\(model.name).\(figure.name)"
    isLinear = Self.isOfMeans(figure.value)
    evaluation = try FigureEvaluation(ofGiven: figure, model, arguments, precision: precision, within: budget)
  }

  private static func isOfMeans(_ formula: FigureFormula) -> Bool {
    formula.calls.values.allSatisfy { call in
      switch call {
      case .mean: true
      case .sum(_, from: _, to: _, let term): isOfMeans(term)
      default: false
      }
    }
  }

  var result: PathJudgement.Figure { .init(name: name, values: values, bounds: bounds) }

  mutating func add(_ given: ModelState?, _ truth: ModelState, at time: Constant) throws {
    let own = try value(given, at: time)
    let other = try value(truth, at: time)
    values.append(own?.midpoint?.double(rounding: .nearest))
    widths.append(other.map { $0.width.double(rounding: .up) } ?? 0)
    bounds.append(own.flatMap { a in other.map { PathJudgement.Bounds((a - $0).absoluteValue) } })
  }

  /// How many bits more the truth is to have for its error to be small: no true value is to be wider than what the path
  /// is off by at least, or than a distance times the size of the value. What a state near to the path is off by does
  /// not fall with more bits, and a value that many bits more would not tell asks for none.
  ///
  /// - Returns: 0 where it is told; nil where it is not known how many would tell it.
  func missingBits(within distance: Double) -> Int? {
    if asksForBits { return nil }
    var most = 0
    for place in bounds.indices {
      guard let bounds = bounds[place] else { continue }
      let allowed = max(bounds.lower, distance * max(abs(values[place] ?? 0), 1))
      guard widths[place] > allowed else { continue }
      guard allowed > 0 else { return nil }
      let bits = Int(min(max((widths[place] / allowed).exponent + 1, 1), 1 << 20))
      if bits <= Self.greatestGain { most = max(most, bits) }
    }
    return most
  }

  /// The most bits that a value may ask for besides those of the first run: the second one has not many more.
  private static let greatestGain = 40

  /// Bounds of the times that the run did not reach: there are none.
  mutating func fill(_ count: Int) {
    values += Array(repeating: nil, count: count - values.count)
    bounds += Array(repeating: nil, count: count - bounds.count)
  }

  /// The value in a state; nil where it has none or none is found.
  private mutating func value(_ state: ModelState?, at time: Constant) throws -> Interval? {
    guard let state else { return nil }
    do {
      return try evaluation.value(of: state, at: time)
    } catch let reason where reason is NotToldYet || reason is BadInput || reason is Undecided || reason is Unanswered {
      // Of a figure that has no value or is not served; when the time is over nothing is.
      try evaluation.budget.check()
      if reason is NotToldYet || reason is Undecided { asksForBits = true }
      return nil
    }
  }
}
