import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A finite rotation that stands for the flow of a model with modes at all times up to some end: the Hamiltonian cut
/// off at fixed basis states, with one bound of the distance for each of the vectors that it turns.
///
/// The vector exp(s A) v of the ``flow`` A from a start v has the elements x_0, y_0, x_1, y_1, ..., and x_k + i y_k is
/// the amplitude of state k up to a phase that all vectors share.
struct TruncatedFlow {
  let states: [BasisState]
  let flow: SkewFlow
  /// Each v, whose error counts the rounding of the start alone.
  let starts: [FlowState]
  let weight: ModeWeight
  private let paths: [ModePath]

  /// The flow up to an end, with basis states enough for a distance of about 2^-bits of each vector.
  ///
  /// First paths find the states, second ones keep to them from the start. What a second one is off by through the
  /// arithmetic changes the defect by at most the norm of the elements that lead out, and time after time it is the
  /// same bound that grows.
  init(
    _ point: ModelPoint, _ hamiltonian: ModelPoint.Operator, from starts: [ModeStart], until end: Interval, bits: Int,
    within budget: Budget
  ) throws {
    var sector: GrowingSector?
    while true {
      var paths: [ModePath] = []
      var begun: [(flow: SkewFlow, state: FlowState)] = []
      // Each path adds states to those of the path before it: where there are as many at the end as when the first one
      // began all paths had the same.
      var first: Int?
      for start in starts {
        var path = try ModePath(
          point, hamiltonian, from: start, bits: bits, on: sector, keepsStates: true, within: budget)
        try path.prepare(for: end, within: budget)
        if first == nil { first = path.sector.states.count }
        begun.append((path.flow, path.state))
        try path.advance(by: end, within: budget)
        sector = path.sector
        paths.append(path)
      }
      guard let last = paths.last, last.sector.states.count == first else { continue }
      (states, flow, weight) = (last.sector.states, begun[0].flow, last.weight)
      (self.starts, self.paths) = (begun.map(\.state), paths)
      return
    }
  }

  /// At least |psi(s) - phi(s)| for 0 <= s <= the end and each vector, phi being the exact solution from the stored v.
  var distances: [Interval] { paths.map(\.uniformDistance) }

  /// At least |B^(m/2) (psi(s) - phi(s))| for 0 <= s <= the end and each vector; nil where there is no bound.
  func weightedDistances(power m: Rational) throws -> [Interval?] {
    try paths.map { try $0.uniformWeightedDistance(power: m) }
  }
}
