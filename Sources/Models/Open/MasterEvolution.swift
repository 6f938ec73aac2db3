import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The density matrix of a model with jumps as it evolves.
struct MasterEvolution {
  private let point: ModelPoint
  private let start: StartState
  private let dissipators: [Dissipator]
  private var generator: MasterGenerator
  /// Vectors in the place of elements, where that pays.
  private let unravelling: Unravelling?
  /// The elements that are reached, with those of the start, once they are asked for.
  private var elements: (block: DensityBlock, start: [Interval])?

  /// - Parameter isUnravelled: whether vectors may stand in the place of elements.
  init(
    _ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator], isUnravelled: Bool = true,
    within budget: Budget
  ) throws {
    (self.point, self.start, self.dissipators) = (point, start, dissipators)
    var generator = try MasterGenerator(point, try point.openHamiltonian(), dissipators)
    unravelling = isUnravelled ? try Unravelling(&generator, start, point, within: budget) : nil
    self.generator = generator
  }

  /// Whether vectors stand in the place of elements at one time.
  var isUnravelled: Bool { unravelling != nil }

  private mutating func reached(within budget: Budget) throws -> (block: DensityBlock, start: [Interval]) {
    if let elements { return elements }
    let first = try start.elements(point, within: budget)
    let block = try DensityBlock(&generator, from: first.keys.sorted(), point, within: budget)
    let numbers = block.places.flatMap { place -> [Interval] in
      let value = first[place] ?? ComplexInterval.zero(precision: point.precision)
      return place.isDiagonal ? [value.real] : [value.real, value.imaginary]
    }
    elements = (block, numbers)
    return (block, numbers)
  }

  /// The state at all times.
  ///
  /// - Parameter end: the time up to which it is asked for; nil for all times.
  mutating func path(until end: Interval?, within budget: Budget) throws -> OpenPath {
    if dissipators.contains(where: \.rate.holdsTime) {
      guard let end else {
        throw Unanswered(
          beyond: "\(point.model.name): figures over all times are not served with rates that depend on t; accepted: "
            + "windows, greatest(F, T)")
      }
      try point.requireRates(dissipators, until: end, within: budget)
    }
    let (block, start) = try reached(within: budget)
    let path = ContractivePath(
      block.flow, from: start, size: BigFloat(1, precision: 64, rounding: .up), until: end,
      bits: point.precision + 32)
    return OpenPath(path, block, point)
  }

  /// The state after a time: its elements, each within the trace norm of the distance.
  mutating func state(after time: Interval, within budget: Budget) throws -> ModelState {
    try point.requireRates(dissipators, until: time, within: budget)
    if let unravelling { return try unravelling.state(after: time, within: budget) }
    let precision = point.precision
    let (block, start) = try reached(within: budget)
    var state = FlowState(start, fractionBits: precision + 32)
    // The error of the start is one of the 2-norm.
    state = state.withError(enlargedBy: (block.flow.spread * Interval(state.error)).upper)
    let end = try block.flow.evolved(
      state, size: BigFloat(1, precision: 64, rounding: .up), until: time, bits: precision, within: budget)
    return block.state(end, point)
  }

  /// The limit of the state as t goes to infinity; the model does not depend on the time.
  mutating func limit(within budget: Budget) throws -> ModelState {
    let (block, start) = try reached(within: budget)
    let (generator, point) = (generator, point)
    let trace = Set(block.places.filter(\.isDiagonal).compactMap { block.coordinates[$0] })
    let limit = FlowLimit(block.flow, trace: trace, precision: point.precision)
    let elements = try limit.limit(from: start, within: budget) { functional, elements in
      try block.isConserved(functional, on: Set(elements), generator, point)
    }
    return block.state(point) { elements[$0] }
  }
}
