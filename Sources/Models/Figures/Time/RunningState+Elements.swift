import ArbitraryPrecision
import Operators
import RigorousNumerics

/// Figures of the elements of a reduced state at all times of an interval, without the distance.
extension RunningState {
  /// Whether elements join states of one level alone.
  func hasLevels(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Bool {
    guard distance.signum == 0, let own = try PartEnergy(polynomial, on: states, point).levels else { return false }
    return try groups.allSatisfy { group in
      try group.allSatisfy { try PassiveOrder.areEqual(own[group[0]], own[$0], point.scalars) }
    }
  }

  /// The sum of the squares of the magnitudes.
  func squaredNorm(
    _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    var sum = context.number(0)
    for (place, element) in try values(t, context.order, budget) {
      for part in [element.real, element.imaginary] {
        guard let part else { continue }
        let square = context.power(part, 2)
        sum = context.sum(sum, place.row == place.column ? square : context.sum(square, square))
      }
    }
    return sum
  }

  /// The sum of the magnitudes beside the diagonal.
  func coherence(
    _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    var sum = context.number(0)
    for (place, element) in try values(t, context.order, budget) where place.row != place.column {
      let magnitude = context.magnitude(element.real, element.imaginary)
      sum = context.sum(sum, context.sum(magnitude, magnitude))
    }
    return sum
  }

  /// Tr(rho sigma) with the elements of sigma on and below the diagonal.
  func trace(
    with other: [LocalReference.Place: ComplexInterval], _ t: Interval, _ context: TaylorSeriesContext,
    _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    var sum = context.number(0)
    for (place, element) in try values(t, context.order, budget) {
      guard let value = other[.init(row: states[place.row], column: states[place.column])] else { continue }
      for (part, factor) in [(element.real, value.real), (element.imaginary, value.imaginary)] {
        guard let part else { continue }
        let term = context.product(part, context.constant(factor))
        sum = context.sum(sum, place.row == place.column ? term : context.sum(term, term))
      }
    }
    return sum
  }

  /// The determinant of a state of two dimensions; zero of one.
  func determinantOfPair(
    _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    guard states.count == 2 else { return context.number(0) }
    let values = try values(t, context.order, budget)
    func real(_ row: Int, _ column: Int) -> TaylorSeries {
      values[.init(row: row, column: column)]?.real ?? context.number(0)
    }
    var result = context.product(real(0, 0), real(1, 1))
    for part in [values[.init(row: 1, column: 0)]?.real, values[.init(row: 1, column: 0)]?.imaginary] {
      if let part { result = context.difference(result, context.power(part, 2)) }
    }
    return result
  }

  /// The concurrence of two qubits with elements (0, 3) and (1, 2) alone beside the diagonal: twice the greater one of
  /// |r_03| - sqrt(r_11 r_22) and |r_12| - sqrt(r_00 r_33), or zero.
  ///
  /// - Parameter numbers: which of the four states each row is.
  func concurrenceOfX(
    _ numbers: [Int], _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    let values = try values(t, context.order, budget)
    func element(_ a: Int, _ b: Int) -> (real: TaylorSeries?, imaginary: TaylorSeries?)? {
      guard let i = numbers.firstIndex(of: a), let j = numbers.firstIndex(of: b) else { return nil }
      return values[.init(row: max(i, j), column: min(i, j))]
    }
    let notNegative = Interval(.zero(precision: 64), .infinity(precision: 64)) ?? .entire(precision: 64)
    /// |r_ab| - sqrt(r_cc r_dd); nil where there is no r_ab.
    func part(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> TaylorSeries? {
      guard let element = element(a, b) else { return nil }
      let magnitude = context.magnitude(element.real, element.imaginary)
      guard let x = self.population(c, numbers, values), let y = self.population(d, numbers, values) else {
        return magnitude
      }
      let product = context.product(x.within(notNegative), y.within(notNegative)).within(notNegative)
      return context.difference(magnitude, context.call(.sqrt, product))
    }
    let unit = Interval(from: 0, to: 1, precision: t.precision)
    let zero = context.number(0)
    let greatest = [part(0, 3, 1, 2), part(1, 2, 0, 3)].compactMap { $0 }.reduce(zero) { $0.greater($1) }
    return context.product(context.number(2), greatest).within(unit)
  }

  private func population(
    _ number: Int, _ numbers: [Int], _ values: [LocalState.Element: (real: TaylorSeries?, imaginary: TaylorSeries?)]
  ) -> TaylorSeries? {
    numbers.firstIndex(of: number).flatMap { values[.init(row: $0, column: $0)]?.real }
  }
}

extension TaylorSeriesContext {
  /// The magnitude of a complex number by its parts, nil standing for zero. At a zero its difference quotients are at
  /// most the magnitude of those of its parts.
  func magnitude(_ x: TaylorSeries?, _ y: TaylorSeries?) -> TaylorSeries {
    guard let x, let y else { return (x ?? y).map { call(.abs, $0) } ?? number(0) }
    let root = call(.sqrt, sum(power(x, 2), power(y, 2)))
    guard !root.isSmooth, order >= 1 else { return root }
    let speed = (x.coefficients[1].absoluteValue.squared + y.coefficients[1].absoluteValue.squared).squareRoot
    return root.limited(by: .ball(speed))
  }
}

/// The difference of a reduced state at all times and a state of the same sites.
struct RunningDifference {
  private let state: RunningState
  private let other: [LocalReference.Place: ComplexInterval]
  private let groups: [[BasisState]]
  private let places: [BasisState: Int]

  /// Nil where its blocks are too large.
  init?(_ state: RunningState, _ other: [LocalReference.Place: ComplexInterval]) {
    (self.state, self.other) = (state, other)
    let states = Set(state.states + other.keys.flatMap { [$0.row, $0.column] }).sorted()
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var sets = DisjointSets(states.count)
    func join(_ a: BasisState, _ b: BasisState) {
      if let i = numbers[a], let j = numbers[b] { sets.join(i, j) }
    }
    for group in state.groups { for row in group { join(state.states[group[0]], state.states[row]) } }
    for place in other.keys { join(place.row, place.column) }
    groups = sets.groups.map { $0.map { states[$0] } }
    places = state.states.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
    guard groups.allSatisfy({ $0.count <= RunningState.greatestGroup }) else { return nil }
  }

  /// The sum of the magnitudes of the eigenvalues.
  func traceNorm(
    _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    let values = try state.values(t, context.order, budget)
    var sum = context.number(0)
    for group in groups {
      let block = HermitianSeries(group.count, context) { row, column in
        let (a, b) = (max(group[row], group[column]), min(group[row], group[column]))
        var element: (real: TaylorSeries?, imaginary: TaylorSeries?) = (nil, nil)
        if let i = places[a], let j = places[b] {
          let own = values[.init(row: max(i, j), column: min(i, j))]
          element = (own?.real, own?.imaginary)
        }
        guard let known = other[.init(row: a, column: b)] else { return element }
        func less(_ x: TaylorSeries?, _ y: Interval) -> TaylorSeries? {
          y.isExactZero ? x : context.difference(x ?? context.number(0), context.constant(y))
        }
        return (less(element.real, known.real), less(element.imaginary, known.imaginary))
      }
      for value in try block.eigenvalues(within: budget) { sum = context.sum(sum, context.call(.abs, value)) }
    }
    return sum
  }
}
