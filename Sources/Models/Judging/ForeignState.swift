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
  /// and the trace norm of the other part.
  func elements() -> (elements: [DensityBlock.Place: ComplexInterval], skew: Interval) {
    var result: [DensityBlock.Place: ComplexInterval] = [:]
    guard trajectory.isDensity else {
      let vector = Array(amplitudes)
      for (row, a) in vector {
        for (column, b) in vector where column <= row { result[.init(row: row, column: column)] = a * b.conjugate }
      }
      return (result, Interval(0, precision: 64))
    }
    // |K|_F <= |K|_1 <= sqrt(d) |K|_F for the skew part K = (X - X')/2, whose elements off the diagonal count twice.
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
    let root = Interval(trajectory.dimension, precision: 64).squareRoot
    return (result, square.squareRoot.hull(square.squareRoot * root))
  }

  /// What norms alone say of the distance from a true state, which has the norm 1: | |X| - 1| <= |X - rho| <= |X| + 1,
  /// and of matrices |Tr X - 1| <= |X - rho|_1 with |X|_1 <= sqrt(d) |X|_F.
  ///
  /// - Parameter isVector: whether vectors are held in the 2-norm; else they stand for their projectors, of trace
  ///   |x|^2.
  func boundsByNorm(isVector: Bool) -> PathJudgement.Bounds {
    let own = trajectory.states[number]
    if own.real.count >= Self.manyNumbers { return boundsByNormInDoubles(isVector: isVector) }
    func exact(_ value: Double) -> Interval { Interval(exactly: value, precision: 64) ?? .entire(precision: 64) }
    let zero = Interval(0, precision: 64)
    let square = zip(own.real, own.imaginary).reduce(zero) { $0 + exact($1.0).squared + exact($1.1).squared }
    guard trajectory.isDensity else {
      let size = isVector ? square.squareRoot : square
      return PathJudgement.Bounds((size - 1).absoluteValue.hull(size + 1))
    }
    let trace = (0..<trajectory.dimension).reduce(zero) { $0 + exact(trajectory.element($1, $1, of: number).real) }
    let size = (Interval(trajectory.dimension, precision: 64) * square).squareRoot
    return PathJudgement.Bounds((trace - 1).absoluteValue.hull(size + 1))
  }

  /// From so many numbers on sums of them are formed in doubles.
  private static let manyNumbers = 1024

  /// The same from sums in doubles, which are off by their roundings; squares that vanish are below 2^-1000 in all.
  private func boundsByNormInDoubles(isVector: Bool) -> PathJudgement.Bounds {
    let own = trajectory.states[number]
    var sum = 0.0
    for (x, y) in zip(own.real, own.imaginary) { sum += x * x + y * y }
    let square = RoughState.ball(sum, sum * RoughState.roundings(2 * own.real.count) + 0x1p-980).nonNegative
    guard trajectory.isDensity else {
      let size = isVector ? square.squareRoot : square
      return PathJudgement.Bounds((size - 1).absoluteValue.hull(size + 1))
    }
    var (trace, magnitudes) = (0.0, 0.0)
    for row in 0..<trajectory.dimension {
      let value = own.real[row * (trajectory.dimension + 1)]
      (trace, magnitudes) = (trace + value, magnitudes + abs(value))
    }
    let whole = RoughState.ball(trace, magnitudes * RoughState.roundings(trajectory.dimension))
    let size = (Interval(trajectory.dimension, precision: 64) * square).squareRoot
    return PathJudgement.Bounds((whole - 1).absoluteValue.hull(size + 1))
  }

  /// The state as it stands, as a frame: the vector, or the elements of the Hermitian part.
  func state() -> ModelState {
    trajectory.isDensity ? frame(elements().elements) : frame(amplitudes)
  }

  /// A state near to it: the vector divided by its norm; of a density matrix the positive part over its trace. With X
  /// the Hermitian part over its trace, X = P - M with positive P and M on orthogonal ranges and n = Tr M, that is
  /// P/(1 + n), and off X by n in P and n in M: by 2n = |X|_1 - 1 in all.
  ///
  /// - Parameter rough: the states on which means are taken in doubles; nil where they are not.
  /// - Returns: nil where it has no positive trace.
  func nearestState(in rough: RoughFrame?, within budget: Budget) throws -> ModelState? {
    guard var state = try nearestState(within: budget) else { return nil }
    state.inDoubles = rough.flatMap {
      trajectory.isDensity ? RoughState(elementsOf: state, in: $0) : normalized(in: $0)
    }
    return state
  }

  private func nearestState(within budget: Budget) throws -> ModelState? {
    let zero = Interval(0, precision: point.precision)
    guard trajectory.isDensity else {
      let vector = amplitudes
      let norm = vector.values.reduce(zero) { $0 + $1.squaredMagnitude }
      guard norm.certainSign == 1 else { return nil }
      let factor = 1 / norm.squareRoot
      return frame(vector.mapValues { $0.scaled(by: factor) })
    }
    let given = elements().elements
    let trace = given.reduce(zero) { $1.key.isDiagonal ? $0 + $1.value.real : $0 }
    guard trace.certainSign == 1 else { return nil }
    let own = given.mapValues { $0.scaled(by: 1 / trace) }
    let none = Interval(0, precision: 64)
    let size = try PathDistance(own, skew: none, [:], error: none, smallBits: 64, within: budget).value
    let off = (size - 1).nonNegative.greatest
    let weight = ModeWeight(ofModesIn: point)
    let states = Set(own.keys.flatMap { [$0.row, $0.column] }).sorted()
    let greatest = Interval(states.reduce(Integer(1)) { max($0, weight.value($1, point.basis)) }, precision: 64)
    return ModelState(near: own, on: states, within: off, weight, point) { greatest.power($0) * off }
  }

  private var one: StateNumber {
    let (one, zero) = (Interval(1, precision: point.precision), Interval(0, precision: point.precision))
    return StateNumber(value: ComplexInterval(one, zero), exact: point.scalars.one)
  }

  private func frame(_ vector: [BasisState: ComplexInterval]) -> ModelState {
    ModelState(
      vectors: [vector.mapValues { StateNumber(value: $0, exact: nil) }],
      coefficients: [.init(row: 0, column: 0, number: one)])
  }

  private func frame(_ elements: PathDistance.Elements) -> ModelState {
    let states = Set(elements.keys.flatMap { [$0.row, $0.column] }).sorted()
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var coefficients: [ModelState.Coefficient] = []
    for (place, value) in elements {
      guard let row = numbers[place.row], let column = numbers[place.column] else { continue }
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
