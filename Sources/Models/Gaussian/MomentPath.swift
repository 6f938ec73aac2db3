import ArbitraryPrecision
import RigorousNumerics
import States
import Synchronization

/// The first and second moments of modes that feed on no others, at all times.
final class MomentPath: Sendable {
  /// The sites of the modes.
  let sites: [Int]
  /// The moments at the start.
  let start: GaussianState
  /// The flow of (R, 1); nil where it depends on the time.
  let flow: MomentFlow?
  private let driven: DrivenMomentFlow?
  let equations: GaussianGenerator.Enclosed
  let budget: Budget
  private let known = Mutex<[String: GaussianState]>([:])
  private let rest = Mutex<GaussianState?>(nil)
  /// The most states that are kept.
  private static let greatestCount = 4096

  init(_ sites: [Int], _ equations: GaussianGenerator.Enclosed, start: GaussianStart, within budget: Budget) {
    (self.sites, self.equations, self.budget) = (sites, equations, budget)
    let places = sites.flatMap { [2 * $0, 2 * $0 + 1] }
    var excess = IntervalMatrix(zero: places.count, precision: start.excess.precision)
    for (i, row) in places.enumerated() {
      for (j, column) in places.enumerated() { excess[i, j] = start.excess[row, column] }
    }
    let parts = equations.parts.map(\.augmented)
    flow = equations.drive == nil ? MomentFlow(parts[0].drift, noise: parts[0].noise) : nil
    driven = equations.drive.map {
      DrivenMomentFlow(parts.map(\.drift), noises: parts.map(\.noise), drive: $0)
    }
    self.start = GaussianState(means: places.map { start.means[$0] }, excess: excess)
  }

  /// The moments after a time.
  func state(after time: Interval) throws(Unanswered) -> GaussianState {
    let name = time.exactText
    if let state = known.withLock({ $0[name] }) { return state }
    let step: MomentFlow.Step
    if let flow {
      step = try flow.step(over: time, within: budget)
    } else if let driven {
      step = try driven.step(until: time, within: budget)
    } else {
      return start
    }
    let (n, precision) = (start.means.count, start.precision)
    let means = step.propagator.applied(to: start.means + [Interval(1, precision: precision)])
    var wide = IntervalMatrix(zero: n + 1, precision: precision)
    for i in 0..<n { for j in 0..<n { wide[i, j] = start.excess[i, j] } }
    let state = GaussianState(means: Array(means.prefix(n)), excess: step.moments(after: wide).leading(n))
    known.withLock { if $0.count < Self.greatestCount { $0[name] = state } }
    return state
  }

  /// What the moments come to as the time goes to infinity, whatever the start.
  ///
  /// With all eigenvalues of A in the left half plane P(t) goes to zero, so that the characteristic function goes to
  /// that of the Gaussian state with these moments at every point. A sequence of density matrices whose characteristic
  /// functions go to that of a density matrix goes to it in the trace norm (Cushen and Hudson, J. Appl. Probab. 8, 454,
  /// 1971; Davies, Commun. Math. Phys. 15, 277, 1969).
  func limit() throws -> GaussianState {
    if let known = rest.withLock({ $0 }) { return known }
    guard equations.drive == nil else {
      throw Unanswered(beyond: "limits of models that depend on t are not served")
    }
    let own = equations.parts[0]
    switch try MomentFlow.rest(own.drift, own.force, noise: own.noise, within: budget) {
    case .found(let limit):
      let state = GaussianState(means: limit.means, excess: limit.covariances)
      rest.withLock { $0 = state }
      return state
    case .grows:
      throw Unanswered(
        undecided:
          "there is no proof that the state comes to rest: the means of its modes have a direction in which they "
          + "grow without end, as of a mode that is pumped faster than it loses")
    case .untold:
      throw Unanswered(
        undecided:
          "the state is not proved to come to rest: its means are not proved to decay, as of a mode that loses "
          + "nothing and turns for ever, or is pumped as fast as it loses")
    }
  }
}
