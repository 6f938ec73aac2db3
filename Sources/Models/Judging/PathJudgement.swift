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
    /// At least.
    public let lower: Double
    /// At most.
    public let upper: Double

    init(_ value: Interval) {
      lower = max(value.lower.double(rounding: .down), 0)
      upper = value.upper.double(rounding: .up)
    }

    private init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }

    /// What both tell.
    func and(_ other: Bounds) -> Bounds {
      Bounds(lower: max(lower, other.lower), upper: min(upper, other.upper))
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

  /// The number of times up to which the truth is known.
  let reached: Int
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
    var best: PathJudgement?
    // The first run knows the truth to about 1e-12, and most paths are farther from it. Between it and the next one
    // comes one of the bits that are foreseen, where these are few.
    var ladder = [40, 64, 128, 256]
    while let bits = ladder.first {
      ladder.removeFirst()
      do {
        var judge = try PathJudge(trajectory, model, arguments, order: order, bits: bits, within: budget)
        let (found, extent) = try judge.run()
        // What fewer bits proved of more times is more.
        if extent != .partial || best.map({ $0.reached < found.reached }) ?? true { best = found }
        // Distances of which the error of the truth is a good part want more bits, and so may what no bits told.
        if extent == .told || budget.secondsLeft == 0 { break }
        if case .open(let foreseen?) = extent, bits < foreseen, foreseen <= PathJudge.doubleBits {
          ladder.insert(foreseen, at: 0)
        }
      } catch is NotToldYet where bits < 256 {
        continue
      } catch is Unanswered where best != nil {
        // What fewer bits proved stands.
        break
      }
    }
    guard let best else {
      throw Unanswered(undecided: "the truth is not known to any precision at some time of the path")
    }
    self = best
  }

  init(
    norm: String, method: String, times: [Double], distances: [Bounds], figures: [Figure], cause: String,
    reached: Int? = nil
  ) {
    (self.norm, self.method, self.times, self.distances) = (norm, method, times, distances)
    (self.figures, self.cause, self.reached) = (figures, cause, reached ?? times.count)
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
