import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The density matrix of a model whose elements have no end under jumps or a drive.
struct EndlessEvolution {
  private let point: ModelPoint
  private let start: StartState
  private let hamiltonian: ModelPoint.Operator
  private let dissipators: [Dissipator]
  private let generator: MasterGenerator

  /// The cut-off is looked for with fewer bits than the arithmetic has: 32 more than the digits asked for take, and
  /// some for what a weighted norm may grow by.
  private static let spareBits = 64
  private static let greatestGrowth = 32.0

  private func bits(_ bounds: WeightFlow, _ time: Interval) -> Int {
    let growth = (3 * (bounds.rate(power: 1) * Interval(time.magnitude))).upper.double(rounding: .up)
    return max(point.precision - Self.spareBits + Int(min(max(growth, 0), Self.greatestGrowth)), 24)
  }

  init(_ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator]) throws {
    (self.point, self.start, self.dissipators) = (point, start, dissipators)
    hamiltonian = try point.openHamiltonian()
    generator = try MasterGenerator(point, hamiltonian, dissipators)
  }

  /// The state after a time.
  ///
  /// - Throws: ``BadInput`` where the flow is not proved to exist, ``Unanswered`` beyond the sizes that are served.
  func state(after time: Interval, exact: Constant? = nil, within budget: Budget) throws -> ModelState {
    try point.requireRates(dissipators, until: time, exact: exact, within: budget)
    // What depends on the time is bounded over all times until then.
    let there = point.at(Interval(0, precision: point.precision).hull(time))
    let bounds = try WeightFlow(hamiltonian, jumps: dissipators, there)
    let bits = bits(bounds, time)
    let start = try DensityStart(start, bounds.weight, bits: bits + 2, point, within: budget)
    return try EndlessPath(point, generator, bounds, from: start, until: time, bits: bits, within: budget).state()
  }
}
