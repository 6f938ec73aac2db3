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

  private func bits(_ bounds: WeightFlow, _ time: Interval, _ bits: Int, share: Double) -> Int {
    let growth = (3 * (bounds.rate(power: 1) * Interval(time.magnitude))).upper.double(rounding: .up)
    return max(bits + Int(min(max(growth, 0), Self.greatestGrowth) * share), 24)
  }

  init(_ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator]) throws {
    (self.point, self.start, self.dissipators) = (point, start, dissipators)
    hamiltonian = try point.openHamiltonian()
    generator = try MasterGenerator(point, hamiltonian, dissipators)
  }

  /// The weighted norms of the flow up to a time, and how the start stands in them.
  ///
  /// - Parameter share: what is given of the bits that weighted norms may grow by.
  private func begun(
    until time: Interval, exact: Constant? = nil, bits: Int?, share: Double = 1, within budget: Budget
  ) throws -> (bounds: WeightFlow, start: DensityStart, bits: Int, there: ModelPoint) {
    try point.requireRates(dissipators, until: time, exact: exact, within: budget)
    // What depends on the time is bounded over all times until then.
    let there = point.at(Interval(0, precision: point.precision).hull(time))
    let bounds = try WeightFlow(hamiltonian, jumps: dissipators, there)
    let bits = self.bits(bounds, time, bits ?? point.precision - Self.spareBits, share: share)
    return (bounds, try DensityStart(start, bounds.weight, bits: bits + 2, point, within: budget), bits, there)
  }

  /// The state after a time.
  ///
  /// - Throws: ``BadInput`` where the flow is not proved to exist, ``Unanswered`` beyond the sizes that are served.
  func state(after time: Interval, exact: Constant? = nil, within budget: Budget) throws -> ModelState {
    let (bounds, start, bits, _) = try begun(until: time, exact: exact, bits: nil, within: budget)
    return try EndlessPath(point, generator, bounds, from: start, until: time, bits: bits, within: budget).state()
  }

  /// The state at all times up to an end.
  ///
  /// - Parameter bits: what is cut off may add about 2^-bits.
  func path(until end: Interval, bits: Int, within budget: Budget) throws -> OpenPath {
    let (bounds, start, bits, there) = try begun(until: end, bits: bits, within: budget)
    return OpenPath(
      try TruncatedBlock(there, generator, bounds, from: start, until: end, bits: bits, point, within: budget), point)
  }

  /// The state at rising times, the last of which is given. What is asked of it first is its distance in the trace
  /// norm, which does not grow: a third of the bits for weighted norms does.
  func walk(until last: Interval, exact: Constant?, bits: Int, within budget: Budget) throws -> MasterWalk {
    let (bounds, start, ownBits, there) = try begun(
      until: last, exact: exact, bits: bits, share: 1 / 3, within: budget)
    return MasterWalk(
      try TruncatedBlock(there, generator, bounds, from: start, until: last, bits: ownBits, point, within: budget),
      bits: bits + MasterWalk.spareBits)
  }

  /// The state after a time, evolved in doubles, on elements enough for them.
  func stateInDoubles(after time: Interval, exact: Constant? = nil, within budget: Budget) throws -> ModelState {
    let (bounds, start, bits, there) = try begun(until: time, exact: exact, bits: Self.doubleBits, within: budget)
    return try TruncatedBlock(
      there, generator, bounds, from: start, until: time, bits: bits, point, within: budget
    ).stateInDoubles(point, within: budget)
  }

  /// What is cut off is below the roundings of doubles.
  private static let doubleBits = 60

  /// A time in which the start moves, as a guess: that of its fastest element.
  func timeScale(within budget: Budget) throws -> Interval {
    let (_, start, _, _) = try begun(until: Interval(0, precision: point.precision), bits: 24, within: budget)
    var block = try GrowingBlock(generator, point)
    try block.add(start.coordinates, depth: 1, within: budget)
    let speed = block.greatestSpeed
    return speed.signum > 0 ? 1 / Interval(speed) : Interval(1, precision: 64)
  }
}
