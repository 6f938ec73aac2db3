import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A state of a trajectory on the basis states of a model, exactly as its doubles stand.
struct ForeignState {
  let point: ModelPoint
  let trajectory: Trajectory
  let number: Int
  /// The basis state of each place.
  let places: [BasisState?]

  /// The elements of the vector that are not zero.
  var amplitudes: [BasisState: ComplexInterval] {
    let own = trajectory.states[number]
    var result: [BasisState: ComplexInterval] = [:]
    for (place, state) in places.enumerated() {
      guard let state, own.real[place] != 0 || own.imaginary[place] != 0 else { continue }
      result[state] = value(own.real[place], own.imaginary[place])
    }
    return result
  }

  /// The elements of the density matrix's Hermitian part, or of the projector of the vector, on and below the diagonal;
  /// and at least the trace norm of the other part.
  func elements() -> (elements: [DensityBlock.Place: ComplexInterval], skew: Interval) {
    var result: [DensityBlock.Place: ComplexInterval] = [:]
    guard trajectory.isDensity else {
      let vector = Array(amplitudes)
      for (row, a) in vector {
        for (column, b) in vector where column <= row { result[.init(row: row, column: column)] = a * b.conjugate }
      }
      return (result, Interval(0, precision: 64))
    }
    // |K|_1 <= sqrt(d) |K|_F for the skew part K = (X - X')/2, whose elements off the diagonal count twice.
    var square = Interval(0, precision: 64)
    for (row, first) in places.enumerated() {
      for (column, second) in places[...row].enumerated() {
        guard let first, let second else { continue }
        let (a, b) = (trajectory.element(row, column, of: number), trajectory.element(column, row, of: number))
        if a == (0, 0), b == (0, 0) { continue }
        let (x, y) = (value(a.real, a.imaginary), value(b.real, b.imaginary).conjugate)
        let even = (x + y).scaledDown, odd = (x - y).scaledDown.squaredMagnitude.rounded(to: 64)
        square += row == column ? odd : odd + odd
        let isOrdered = second <= first
        result[.init(row: isOrdered ? first : second, column: isOrdered ? second : first)] =
          isOrdered ? even : even.conjugate
      }
    }
    return (result, (Interval(trajectory.dimension, precision: 64) * square).squareRoot)
  }

  /// The state as a frame, divided by its trace: a vector, or the elements of the Hermitian part.
  ///
  /// - Parameter isNormalised: whether it is divided.
  /// - Returns: nil where it has no positive trace.
  func state(isNormalised: Bool, within budget: Budget) throws -> ModelState? {
    let (ring, precision) = (point.scalars, point.precision)
    let zero = Interval(0, precision: precision)
    let one = StateNumber(value: ComplexInterval(Interval(1, precision: precision), zero), exact: ring.one)
    if !trajectory.isDensity {
      let vector = amplitudes
      let norm = vector.values.reduce(zero) { $0 + $1.squaredMagnitude }
      guard norm.certainSign == 1 else { return nil }
      let factor = isNormalised ? 1 / norm.squareRoot : Interval(1, precision: precision)
      return ModelState(
        vectors: [vector.mapValues { StateNumber(value: $0.scaled(by: factor), exact: nil) }],
        coefficients: [.init(row: 0, column: 0, number: one)])
    }
    let (elements, _) = elements()
    let trace = elements.reduce(zero) { $1.key.isDiagonal ? $0 + $1.value.real : $0 }
    guard trace.certainSign == 1 else { return nil }
    let factor = isNormalised ? 1 / trace : Interval(1, precision: precision)
    let states = Set(elements.keys.flatMap { [$0.row, $0.column] }).sorted()
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var coefficients: [ModelState.Coefficient] = []
    for (place, given) in elements {
      guard let row = numbers[place.row], let column = numbers[place.column] else { continue }
      let value = given.scaled(by: factor)
      coefficients.append(.init(row: row, column: column, number: StateNumber(value: value, exact: nil)))
      if place.isDiagonal { continue }
      coefficients.append(.init(row: column, column: row, number: StateNumber(value: value.conjugate, exact: nil)))
    }
    return ModelState(vectors: states.map { [$0: one] }, coefficients: coefficients)
  }

  private func value(_ real: Double, _ imaginary: Double) -> ComplexInterval {
    ComplexInterval(exact(real), exact(imaginary))
  }

  private func exact(_ value: Double) -> Interval {
    Interval(exactly: value, precision: max(point.precision, 64)) ?? .entire(precision: point.precision)
  }
}

extension ComplexInterval {
  /// Half of the number.
  fileprivate var scaledDown: ComplexInterval {
    ComplexInterval(real.scaled(byPowerOfTwo: -1), imaginary.scaled(byPowerOfTwo: -1))
  }
}
