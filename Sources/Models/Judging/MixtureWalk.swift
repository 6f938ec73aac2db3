import ArbitraryPrecision
import RigorousNumerics

/// The vectors of a mixture that a Hamiltonian alone moves, each on its finitely many states, moved step by step.
///
/// rho(t) = sum over j, k of C_jk v_j(t) v_k(t)' with C as it is at the start, and what a start without an end leaves
/// out follows the same flow (``DroppedFlow``). A flow turns all of its vectors by one phase, as they share its states.
struct MixtureWalk {
  private var vectors: [SectorWalk]
  private let dropped: DroppedFlow?

  init(_ vectors: [SectorWalk], dropped: DroppedFlow?) { (self.vectors, self.dropped) = (vectors, dropped) }

  mutating func advance(by step: Interval, to time: Interval, within budget: Budget) throws {
    for place in vectors.indices { try vectors[place].advance(by: step, to: time, within: budget) }
  }

  /// The state at a time, the last one that was reached.
  func state(_ evolution: ModelEvolution, at time: Interval) throws -> ModelState {
    try evolution.state(
      ofMoved: vectors.map { $0.amplitudes.mapValues { StateNumber(value: $0, exact: nil) } }, dropped, until: time)
  }
}
