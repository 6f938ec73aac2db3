import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A finite rotation that stands for the flow of a model with modes at all times up to some end: the Hamiltonian cut
/// off at fixed basis states, with one bound of the distance.
///
/// The vector exp(s A) v of the ``flow`` A from the ``start`` v has the elements x_0, y_0, x_1, y_1, ..., and x_k + i
/// y_k is the amplitude of state k up to a phase that all share.
struct TruncatedFlow {
  let states: [BasisState]
  let flow: SkewFlow
  /// The same without another multiple of 1, near to the mean energy of the start: it turns the start the least.
  let slowFlow: SkewFlow
  /// v, whose error counts the rounding of the start alone.
  let start: FlowState
  /// At least |psi(s) - phi(s)| for 0 <= s <= the end, phi being the exact solution from the stored v.
  let distance: Interval
  let weight: ModeWeight
  private let path: ModePath

  /// The flow up to an end, with basis states enough for a distance of about 2^-bits.
  ///
  /// A first path finds the states, a second one keeps to them from the start. What the second one is off by through
  /// the arithmetic changes the defect by at most the norm of the elements that lead out, and time after time it is the
  /// same bound that grows.
  init(
    _ point: ModelPoint, _ hamiltonian: ModelPoint.Operator, from start: ModeStart, until end: Interval, bits: Int,
    within budget: Budget
  ) throws {
    var sector: GrowingSector?
    while true {
      var path = try ModePath(
        point, hamiltonian, from: start, bits: bits, on: sector, keepsStates: true, within: budget)
      try path.prepare(for: end, within: budget)
      let (first, vector, size) = (path.flow, path.state, path.sector.states.count)
      try path.advance(by: end, within: budget)
      if path.sector.states.count == size {
        (states, flow, self.start, weight) = (path.sector.states, first, vector, path.weight)
        slowFlow = try path.sector.flow(without: path.sector.energy(of: vector))
        distance = path.uniformDistance
        self.path = path
        return
      }
      sector = path.sector
    }
  }

  /// At least |B^(m/2) (psi(s) - phi(s))| for 0 <= s <= the end; nil where there is no bound.
  func weightedDistance(power m: Rational) throws -> Interval? { try path.uniformWeightedDistance(power: m) }
}
