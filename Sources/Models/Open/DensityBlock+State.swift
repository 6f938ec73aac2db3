import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

extension StartState {
  /// The elements of the start on and below the diagonal that are not exactly zero.
  func elements(_ point: ModelPoint, within budget: Budget) throws -> [DensityBlock.Place: ComplexInterval] {
    guard open.isEmpty, dropped.isEmpty else {
      throw Unanswered(beyond: "jumps from a start without a last basis state; accepted: starts on finitely many")
    }
    return try closedElements(point, within: budget)
  }

  /// What the vectors with a last basis state give of them.
  func closedElements(
    _ point: ModelPoint, within budget: Budget
  ) throws -> [DensityBlock.Place: ComplexInterval] {
    let ring = point.scalars
    var exact: [DensityBlock.Place: ScalarPolynomial] = [:]
    var rough: [DensityBlock.Place: ComplexInterval] = [:]
    for coefficient in coefficients where open[coefficient.row] == nil && open[coefficient.column] == nil {
      try budget.check()
      for (row, a) in vectors[coefficient.row] {
        for (column, b) in vectors[coefficient.column] where column <= row {
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
}

extension DensityBlock {
  /// The state whose elements are these numbers.
  func state(_ end: FlowState, _ point: ModelPoint) -> ModelState { state(point, end.element) }

  /// The state whose elements are these numbers, by coordinates.
  func state(_ point: ModelPoint, _ element: (Int) -> Interval) -> ModelState {
    let (ring, precision) = (point.scalars, point.precision)
    let zero = Interval(0, precision: precision)
    let unit = Interval(from: 0, to: 1, precision: precision)
    let one = StateNumber(value: ComplexInterval(Interval(1, precision: precision), zero), exact: ring.one)
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var coefficients: [ModelState.Coefficient] = []
    for place in places {
      guard let coordinate = coordinates[place], let row = numbers[place.row], let column = numbers[place.column]
      else { continue }
      let real = element(coordinate)
      guard !place.isDiagonal else {
        let value = ComplexInterval(real.intersection(unit), zero)
        coefficients.append(.init(row: row, column: column, number: StateNumber(value: value, exact: nil)))
        continue
      }
      let value = ComplexInterval(real, element(coordinate + 1))
      coefficients.append(.init(row: row, column: column, number: StateNumber(value: value, exact: nil)))
      coefficients.append(.init(row: column, column: row, number: StateNumber(value: value.conjugate, exact: nil)))
    }
    return ModelState(vectors: states.map { [$0: one] }, coefficients: coefficients)
  }
}
