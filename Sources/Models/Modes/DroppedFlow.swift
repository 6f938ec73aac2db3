import ArbitraryPrecision
import Operators
import RigorousNumerics

/// What mixtures without an end leave out of a start, along the flow: a positive operator D(t), of which Tr D is kept
/// and Tr D B^m grows like the square of a weighted norm (``WeightFlow``), since D is a sum of projectors.
struct DroppedFlow {
  private let dropped: [DroppedProduct]
  private let bounds: WeightFlow
  private let point: ModelPoint
  private let budget: Budget
  /// At least Tr D.
  let trace: Interval

  /// - Throws: ``BadInput`` where the flow is not proved to exist.
  init(
    _ dropped: [DroppedProduct], _ hamiltonian: ModelPoint.Operator, _ point: ModelPoint, within budget: Budget
  ) throws {
    (self.dropped, self.point, self.budget) = (dropped, point, budget)
    bounds = try WeightFlow(hamiltonian, point)
    trace = try Self.sum(dropped, bounds.weight, power: 0, point, within: budget)
  }

  /// B.
  var weight: ModeWeight { bounds.weight }

  /// Whether the bounds hold at all times.
  var holdsForGood: Bool { bounds.conserved != nil }

  /// At least Tr D B^m at the start.
  private static func sum(
    _ dropped: [DroppedProduct], _ weight: ModeWeight, power m: Rational, _ point: ModelPoint, within budget: Budget
  ) throws -> Interval {
    try dropped.reduce(Interval(0, precision: 64)) {
      $0 + (try $1.bound(weight, power: m, point, within: budget))
    }
  }

  /// At least Tr D B^m at all times up to one, nil for all times; nil where there is no bound.
  func weighted(power m: Rational, until end: Interval?) throws -> Interval? {
    if m.signum == 0 { return trace }
    guard let time = end ?? (holdsForGood ? Interval(0, precision: 64) : nil) else { return nil }
    guard let growth = bounds.squaredGrowth(power: m, after: time) else { return nil }
    return growth * (try Self.sum(dropped, weight, power: m, point, within: budget))
  }

  /// At least |Tr D X| at all times up to one: with m the order of X at most K Tr D B^m, K of
  /// ``WeightGrowth/form(_:power:)``.
  ///
  /// - Parameter terms: the words of X; nil for one of norm 1 at most.
  /// - Throws: ``NotToldYet`` where there is no bound.
  func error(of terms: [ModeTerm]?, until end: Interval?) throws -> Interval {
    guard let terms else { return trace }
    let order = weight.order(terms)
    let form = WeightGrowth(weight: weight).form(terms, power: order)
    guard let rest = try weighted(power: order, until: end), rest.isBounded, form.isBounded else {
      throw NotToldYet(what: "the mean of an operator without a bound")
    }
    return form * rest
  }
}
