import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// How far a trajectory that someone computed is from the true one of a model, at each of its times.
///
/// The truth rho is computed by a certified run from the start of the model, so that its distance from what stands for
/// it is proved, the cut-off of modes included; the distance of a state X of the trajectory from rho is that from what
/// stands for it, with this error added on both sides. Nothing is asked of X: neither its norm nor that it is a state.
public struct PathJudgement: Sendable {
  /// A distance: at least and at most.
  public struct Bounds: Sendable {
    public let lower: Double
    public let upper: Double

    init(_ value: Interval) {
      lower = max(value.lower.double(rounding: .down), 0)
      upper = value.upper.double(rounding: .up)
    }
  }

  /// How far a quantity of the model is from the truth along the path.
  public struct Figure: Sendable {
    /// The name of the quantity.
    public let name: String
    /// The quantity in the state of the path, about; nil where it has no value there.
    public let values: [Double?]
    /// The magnitude of the difference from the true value; nil where one of both has no value.
    public let bounds: [Bounds?]
  }

  /// The norm of the distances: `2-norm` of vectors, `trace norm` of density matrices.
  public let norm: String
  /// How the truth was computed.
  public let method: String
  /// The times as doubles, each the nearest one.
  public let times: [Double]
  /// The distance at each time.
  public let distances: [Bounds]
  /// The quantities of the model along the path.
  public let figures: [Figure]
  /// The first time at which a distance of this size is proved; nil where none is.
  public let lost: [(size: Double, time: Double?)]
  /// What did it.
  public let cause: String

  /// The greatest upper bound.
  public var greatest: Double { distances.reduce(0) { max($0, $1.upper) } }

  /// Judges a trajectory.
  ///
  /// - Parameters:
  ///   - given: parameters of the model as name and text.
  ///   - order: which basis state stands at which place (``StateOrder``).
  /// - Throws: ``BadInput`` for parameters, orders and sizes that do not fit the model; ``Unanswered`` and
  ///   ``Undecided`` where the truth is not reached.
  public init(
    _ trajectory: Trajectory, of model: Model, _ given: [(name: String, text: String)], order: String = "model",
    within budget: Budget
  ) throws {
    let arguments = try model.arguments(given)
    for bits in [64, 128, 256] {
      do {
        var judge = try PathJudge(trajectory, model, arguments, order: order, bits: bits, within: budget)
        let found = try judge.run()
        // Distances of which the error of the truth is a good part want more bits.
        guard bits == 256 || found.distances.allSatisfy({ $0.upper <= 2 * $0.lower || $0.upper < 0x1p-60 }) else {
          continue
        }
        self = found
        return
      } catch is NotToldYet where bits < 256 {
        continue
      }
    }
    throw Unanswered(undecided: "the truth is not known to any precision at some time of the path")
  }

  init(
    norm: String, method: String, times: [Double], distances: [Bounds], figures: [Figure], cause: String
  ) {
    (self.norm, self.method, self.times, self.distances) = (norm, method, times, distances)
    (self.figures, self.cause) = (figures, cause)
    lost = [1e-6, 1e-3, 1].map { size in
      (size, distances.firstIndex { $0.lower > size }.map { times[$0] })
    }
  }
}

extension Model {
  /// The parameters of the model, defaults filled in.
  func arguments(_ given: [(name: String, text: String)]) throws -> Arguments {
    let whole = Quantity(
      name, parameters.map(\.parameter), unit: "1", meaning: title, source: source, routes: [],
      constraint: checkLeastIntegers)
    return try Arguments(given, for: whole)
  }
}

/// The run that judges a trajectory.
struct PathJudge {
  private let trajectory: Trajectory
  private let model: Model
  private let arguments: Arguments
  private let budget: Budget
  private let point: ModelPoint
  private let order: StateOrder
  private let places: [BasisState?]
  private var walk: StateWalk
  private let bits: Int

  init(
    _ trajectory: Trajectory, _ model: Model, _ arguments: Arguments, order: String, bits: Int, within budget: Budget
  ) throws {
    (self.trajectory, self.model, self.arguments, self.bits, self.budget) = (trajectory, model, arguments, bits, budget)
    point = try ModelPoint(model, arguments, precision: bits + 64)
    self.order = try StateOrder(order, of: trajectory, point)
    places = self.order.states(point)
    let last = trajectory.times[trajectory.times.count - 1].enclosure(precision: bits + 128)
    walk = try StateWalk(point, until: last, bits: bits, within: budget)
  }

  mutating func run() throws -> PathJudgement {
    var figures = try model.figures.filter { $0.value.isServedInDoubles && FigureNeeds($0, of: model).time }.map {
      try JudgedFigure($0, model, arguments, precision: bits + 64, within: budget)
    }
    var diagnosis = LossDiagnosis(trajectory, order, point)
    var distances: [PathJudgement.Bounds] = []
    var isVector = false
    for (number, time) in trajectory.times.enumerated() {
      try budget.check()
      let there = try walk.advance(to: time)
      let given = ForeignState(point: point, trajectory: trajectory, number: number, places: places)
      let distance: PathDistance
      if let vector = there.vector, !trajectory.isDensity {
        isVector = true
        let amplitudes = given.amplitudes
        distance = PathDistance(amplitudes, vector.amplitudes, error: vector.distance)
        diagnosis.add(number, distance, amplitudes, vector.amplitudes)
      } else {
        let own = given.elements()
        let truth = try there.state.elements(point, within: budget)
        distance = try PathDistance(
          own.elements, skew: own.skew, truth, error: Interval(there.state.distance.traceNorm), within: budget)
        diagnosis.add(number, distance, own.elements, truth)
      }
      distances.append(PathJudgement.Bounds(distance.value))
      for place in figures.indices { try figures[place].add(given, there.state, at: time, within: budget) }
    }
    let cause = try diagnosis.cause(walk, model: model, arguments: arguments, within: budget)
    return PathJudgement(
      norm: isVector ? "2-norm" : "trace norm", method: walk.method, times: diagnosis.times, distances: distances,
      figures: figures.map(\.result), cause: cause)
  }
}

extension ModelState {
  /// The elements of the density matrix on and below the diagonal, without what the distance adds.
  func elements(_ point: ModelPoint, within budget: Budget) throws -> PathDistance.Elements {
    let local = try LocalState(self, Array(0..<point.basis.count), point, within: budget)
    return local.elements.reduce(into: [:]) { result, element in
      let (row, column) = (local.states[element.key.row], local.states[element.key.column])
      result[.init(row: row, column: column)] = element.value.value
    }
  }
}

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
