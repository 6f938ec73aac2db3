import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The density matrix of a model with jumps as it evolves.
struct MasterEvolution {
  private let point: ModelPoint
  private let block: DensityBlock
  private let generator: MasterGenerator
  private let dissipators: [Dissipator]
  /// The elements of the start.
  private let start: [Interval]

  /// - Parameter greatest: the most real elements.
  /// - Throws: ``DensityBlock/TooMany`` beyond a number that is not the greatest one.
  init(
    _ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator],
    atMost greatest: Int = DensityBlock.greatestSize, within budget: Budget
  ) throws {
    (self.point, self.dissipators) = (point, dissipators)
    let elements = try start.elements(point, within: budget)
    var generator = try MasterGenerator(point, try point.openHamiltonian(), dissipators)
    block = try DensityBlock(
      &generator, from: elements.keys.sorted(), atMost: greatest, point, within: budget)
    self.generator = generator
    self.start = block.places.flatMap { place -> [Interval] in
      let zero = ComplexInterval.zero(precision: point.precision)
      let value = elements[place] ?? zero
      return place.isDiagonal ? [value.real] : [value.real, value.imaginary]
    }
  }

  /// The number of real elements.
  var dimension: Int { block.flow.dimension }

  /// The state at all times.
  ///
  /// - Parameter end: the time up to which it is asked for; nil for all times.
  func path(until end: Interval?, within budget: Budget) throws -> OpenPath {
    if dissipators.contains(where: \.rate.holdsTime) {
      guard let end else {
        throw Unanswered(
          beyond: "\(point.model.name): figures over all times are not served with rates that depend on t; accepted: "
            + "windows, greatest(F, T)")
      }
      try point.requireRates(dissipators, until: end, within: budget)
    }
    let path = ContractivePath(
      block.flow, from: start, size: BigFloat(1, precision: 64, rounding: .up), until: end,
      bits: point.precision + 32)
    return OpenPath(path, block, point)
  }

  /// The state after a time: its elements, each within the trace norm of the distance.
  ///
  /// - Parameters:
  ///   - exact: the time as a formula, where it is one.
  ///   - inDoubles: whether it is evolved in doubles.
  func state(
    after time: Interval, exact: Constant? = nil, inDoubles: Bool = false, within budget: Budget
  ) throws -> ModelState {
    try point.requireRates(dissipators, until: time, exact: exact, within: budget)
    let precision = point.precision
    let state = started
    let end =
      inDoubles
      ? try MasterKernel(block.flow).evolved(state, from: Interval(0, precision: 64), until: time, within: budget)
      : try block.flow.evolved(
        state, size: BigFloat(1, precision: 64, rounding: .up), until: time, bits: precision, within: budget)
    return block.state(end, point)
  }

  /// The numbers of the start.
  private var started: FlowState {
    let state = FlowState(start, fractionBits: point.precision + 32)
    // The error of the start is one of the 2-norm.
    return state.withError(enlargedBy: (block.flow.spread * Interval(state.error)).upper)
  }

  /// The state at rising times, the last of which is given.
  ///
  /// - Parameter bits: the errors are about 2^-bits.
  func walk(until last: Interval, exact: Constant?, bits: Int, within budget: Budget) throws -> MasterWalk {
    try point.requireRates(dissipators, until: last, exact: exact, within: budget)
    return MasterWalk(block, from: started, bits: bits + MasterWalk.spareBits)
  }

  /// The limit of the state as t goes to infinity; the model does not depend on the time.
  func limit(within budget: Budget) throws -> ModelState {
    let elements = try flowLimit.limit(
      from: start, within: budget, isAlgebra: block.isAlgebra, isConserved: isConserved)
    return block.state(point) { elements[$0] }
  }

  /// Minus the greatest real part of the eigenvalues other than zero on the elements that the start reaches.
  func gap(within budget: Budget) throws -> Interval {
    guard start.allSatisfy({ $0.certainSign != nil }) else {
      throw NotToldYet(what: "whether an element of the start is zero")
    }
    let exact = try flowLimit.exact { row, column in
      guard try isConserved([row: RootFraction(1)], on: [column]) else {
        throw NotToldYet(what: "whether an element feeds another one")
      }
      return true
    }
    return try exact.gap(from: start, within: budget, isConserved: isConserved)
  }

  private var flowLimit: FlowLimit {
    let trace = Set(block.places.filter(\.isDiagonal).compactMap { block.coordinates[$0] })
    return FlowLimit(block.flow, trace: trace, precision: point.precision)
  }

  private func isConserved(_ functional: FlowLimit.Functional, on elements: [Int]) throws -> Bool {
    try block.isConserved(functional, on: Set(elements), generator, point)
  }
}
