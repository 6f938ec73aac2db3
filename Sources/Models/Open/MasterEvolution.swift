import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The density matrix of a model with jumps as it evolves.
struct MasterEvolution {
  private let point: ModelPoint
  private let block: DensityBlock
  private let dissipators: [Dissipator]
  /// The elements of the start.
  private let start: [Interval]

  init(_ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator], within budget: Budget) throws {
    (self.point, self.dissipators) = (point, dissipators)
    guard start.open.isEmpty, start.dropped.isEmpty else {
      throw Unanswered(beyond: "jumps from a start without a last basis state; accepted: starts on finitely many")
    }
    let elements = try MasterEvolution.elements(start, point, within: budget)
    let generator = try MasterGenerator(point, try point.openHamiltonian(), dissipators)
    block = try DensityBlock(generator, from: elements.keys.sorted(), point, within: budget)
    self.start = block.places.flatMap { place -> [Interval] in
      let zero = ComplexInterval.zero(precision: point.precision)
      let value = elements[place] ?? zero
      return place.isDiagonal ? [value.real] : [value.real, value.imaginary]
    }
  }

  /// The elements of the start on and below the diagonal that are not exactly zero.
  private static func elements(
    _ start: StartState, _ point: ModelPoint, within budget: Budget
  ) throws -> [DensityBlock.Place: ComplexInterval] {
    let ring = point.scalars
    var exact: [DensityBlock.Place: ScalarPolynomial] = [:]
    var rough: [DensityBlock.Place: ComplexInterval] = [:]
    for coefficient in start.coefficients {
      try budget.check()
      for (row, a) in start.vectors[coefficient.row] {
        for (column, b) in start.vectors[coefficient.column] where column <= row {
          let place = DensityBlock.Place(row: row, column: column)
          if let c = coefficient.number.exact {
            let product = try ring.product(try ring.product(c, a), ring.conjugate(b))
            exact[place] = exact[place].map { ring.sum($0, product) } ?? product
          } else {
            let product = coefficient.number.value * (try ring.enclosure(a)) * (try ring.enclosure(b)).conjugate
            rough[place] = rough[place].map { $0 + product } ?? product
          }
        }
      }
    }
    for (place, value) in exact where !ring.isZero(value) {
      let value = try ring.enclosure(value)
      rough[place] = rough[place].map { $0 + value } ?? value
    }
    guard rough.values.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an element of the start") }
    return rough
  }

  /// The state at all times.
  ///
  /// - Parameter end: the time up to which it is asked for; nil for all times.
  func path(until end: Interval?, within budget: Budget) throws -> OpenPath {
    if dissipators.contains(where: { $0.rate.names.contains("t") }) {
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
  func state(after time: Interval, within budget: Budget) throws -> ModelState {
    try point.requireRates(dissipators, until: time, within: budget)
    let precision = point.precision
    var state = FlowState(start, fractionBits: precision + 32)
    // The error of the start is one of the 2-norm.
    state = state.withError(enlargedBy: (block.flow.spread * Interval(state.error)).upper)
    let end = try block.flow.evolved(
      state, size: BigFloat(1, precision: 64, rounding: .up), until: time, bits: precision, within: budget)
    return modelState(end)
  }

  private func modelState(_ end: FlowState) -> ModelState {
    let (ring, precision) = (point.scalars, point.precision)
    let zero = Interval(0, precision: precision)
    let unit = Interval(from: 0, to: 1, precision: precision)
    let one = StateNumber(value: ComplexInterval(Interval(1, precision: precision), zero), exact: ring.one)
    let numbers = block.states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var coefficients: [ModelState.Coefficient] = []
    for place in block.places {
      guard let coordinate = block.coordinates[place], let row = numbers[place.row], let column = numbers[place.column]
      else { continue }
      let real = end.element(coordinate)
      guard !place.isDiagonal else {
        let value = ComplexInterval(real.intersection(unit), zero)
        coefficients.append(.init(row: row, column: column, number: StateNumber(value: value, exact: nil)))
        continue
      }
      let value = ComplexInterval(real, end.element(coordinate + 1))
      coefficients.append(.init(row: row, column: column, number: StateNumber(value: value, exact: nil)))
      coefficients.append(.init(row: column, column: row, number: StateNumber(value: value.conjugate, exact: nil)))
    }
    return ModelState(vectors: block.states.map { [$0: one] }, coefficients: coefficients)
  }
}
