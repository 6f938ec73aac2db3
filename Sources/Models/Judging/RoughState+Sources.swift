import ArbitraryPrecision
import Operators
import RigorousNumerics

extension RoughState {
  /// Amplitudes of a vector.
  ///
  /// - Parameter error: at least what the vector is off in the 2-norm besides.
  /// - Returns: nil for amplitudes outside of the frame, or too wide.
  init?(_ amplitudes: [BasisState: ComplexInterval], within error: Interval, in frame: RoughFrame) {
    var (real, imaginary) = (Array(repeating: 0.0, count: frame.count), Array(repeating: 0.0, count: frame.count))
    var off = 0.0
    for (state, value) in amplitudes {
      guard let place = frame.numbers[state], let x = Near(value.real), let y = Near(value.imaginary) else {
        return nil
      }
      (real[place], imaginary[place]) = (x.middle, y.middle)
      off += x.radius * x.radius + y.radius * y.radius
    }
    let radius = off.squareRoot() * (1 + Self.roundings(2 * frame.count)) + 0x1p-500
    let far = error.upper.double(rounding: .up)
    guard far.isFinite, radius.isFinite else { return nil }
    self.init(
      frame: frame, isMatrix: false, real: real, imaginary: imaginary, share: 0, error: (far + radius).nextUp)
  }

  /// The vector of a state that has one with the weight 1.
  init?(pure state: ModelState, in frame: RoughFrame) {
    guard state.vectors.count == 1, state.coefficients.count == 1, state.distance.vectors.isEmpty,
      state.coefficients[0].number.exact?.number == GaussianRational(1)
    else { return nil }
    let amplitudes = state.vectors[0].reduce(into: [BasisState: ComplexInterval]()) {
      $0[state.states[$1.place]] = $1.number.value
    }
    self.init(amplitudes, within: Interval(0, precision: 64), in: frame)
  }

  /// A matrix of the elements of a state that stand between basis states.
  ///
  /// |E|_1 <= sqrt(n) |E|_F for what n rows of numbers are off.
  init?(elementsOf state: ModelState, in frame: RoughFrame) {
    let n = frame.count
    var (real, imaginary) = (Array(repeating: 0.0, count: n * n), Array(repeating: 0.0, count: n * n))
    var off = 0.0
    let places = state.vectors.map { vector -> Int? in
      guard vector.count == 1, vector[0].number.exact?.number == GaussianRational(1) else { return nil }
      return frame.numbers[state.states[vector[0].place]]
    }
    for coefficient in state.coefficients {
      guard let row = places[coefficient.row], let column = places[coefficient.column] else { return nil }
      guard row >= column else { continue }
      let value = coefficient.number.value
      guard let x = Near(value.real), let y = Near(value.imaginary) else { return nil }
      (real[row * n + column], imaginary[row * n + column]) = (x.middle, row == column ? 0 : y.middle)
      off += 2 * (x.radius * x.radius + y.radius * y.radius)
    }
    let radius = (off * Double(n)).squareRoot() * (1 + Self.roundings(2 * n * n)) + 0x1p-500
    guard radius.isFinite else { return nil }
    self.init(frame: frame, isMatrix: true, real: real, imaginary: imaginary, share: 0, error: radius)
  }

  /// The numbers of a density matrix on a block.
  ///
  /// - Parameter error: at least what it is off in the trace norm.
  init?(_ numbers: FlowState, of block: DensityBlock, within error: Interval, in frame: RoughFrame) {
    let n = frame.count
    guard let (values, share, unit) = numbers.storedDoubles else { return nil }
    var (real, imaginary) = (Array(repeating: 0.0, count: n * n), Array(repeating: 0.0, count: n * n))
    var coordinate = 0
    for place in block.places {
      guard let row = frame.numbers[place.row], let column = frame.numbers[place.column] else { return nil }
      let place = row * n + column
      real[place] = values[coordinate]
      if row != column { imaginary[place] = values[coordinate + 1] }
      coordinate += row == column ? 1 : 2
    }
    // A unit in each number, twice off the diagonal: 2 n units in the Frobenius norm.
    let far = error.upper.double(rounding: .up) + 2 * Double(n) * Double(n).squareRoot() * unit
    guard far.isFinite else { return nil }
    self.init(
      frame: frame, isMatrix: true, real: real, imaginary: imaginary, share: share, error: far * (1 + 0x1p-50))
  }

  /// A double near to a number, and at least the distance from it.
  private struct Near {
    let middle: Double
    let radius: Double

    init?(_ value: Interval) {
      if value.isExactZero {
        (middle, radius) = (0, 0)
        return
      }
      guard let near = value.midpoint?.double(rounding: .nearest), let exact = Interval(exactly: near, precision: 64)
      else { return nil }
      (middle, radius) = (near, (value - exact).magnitude.double(rounding: .up))
      guard radius.isFinite else { return nil }
    }
  }
}

extension ForeignState {
  /// The state of the path as it stands, in doubles; of a matrix the Hermitian part, with the trace norm of the other
  /// one.
  func rough(in frame: RoughFrame) -> (state: RoughState, skew: Interval) {
    let own = trajectory.states[number]
    let n = frame.count
    guard trajectory.isDensity else {
      var (real, imaginary) = (Array(repeating: 0.0, count: n), Array(repeating: 0.0, count: n))
      for (place, k) in frame.ofPath.enumerated() { (real[k], imaginary[k]) = (own.real[place], own.imaginary[place]) }
      let state = RoughState(frame: frame, isMatrix: false, real: real, imaginary: imaginary, share: 0, error: 0)
      return (state, Interval(0, precision: 64))
    }
    var (real, imaginary) = (Array(repeating: 0.0, count: n * n), Array(repeating: 0.0, count: n * n))
    var (square, isSkew) = (0.0, false)
    let d = trajectory.dimension
    for (i, first) in frame.ofPath.enumerated() {
      for (j, second) in frame.ofPath[...i].enumerated() {
        let (p, q) = (i * d + j, j * d + i)
        let isOrdered = second <= first
        let place = isOrdered ? first * n + second : second * n + first
        // Halves are exact, and the sums are off by 2^-53 of themselves.
        real[place] = (own.real[p] + own.real[q]) / 2
        if i != j { imaginary[place] = (own.imaginary[p] - own.imaginary[q]) / (isOrdered ? 2 : -2) }
        let (x, y) = ((own.real[p] - own.real[q]) / 2, (own.imaginary[p] + own.imaginary[q]) / 2)
        if x != 0 || y != 0 { (square, isSkew) = (square + (i == j ? 1 : 2) * (x * x + y * y), true) }
      }
    }
    let state = RoughState(frame: frame, isMatrix: true, real: real, imaginary: imaginary, share: 0x1p-52, error: 0)
    guard isSkew else { return (state, Interval(0, precision: 64)) }
    // |K|_F <= |K|_1 <= sqrt(d) |K|_F for the skew part K; squares that vanish are below 2^-1000 in all.
    let root = square.squareRoot()
    let norm = RoughState.ball(root, root * RoughState.roundings(d * d) + 0x1p-490).nonNegative
    return (state, norm.hull(norm * Interval(d, precision: 64).squareRoot))
  }

  /// The vector over its norm, in doubles; nil where it is too small for that.
  func normalized(in frame: RoughFrame) -> RoughState? {
    let own = rough(in: frame).state
    let size = own.size
    guard !own.isMatrix, size > 0x1p-100, size < 0x1p100 else { return nil }
    // The norm is at most the size, and not below it by more than twice its roundings.
    return RoughState(
      frame: frame, isMatrix: false, real: own.real.map { $0 / size }, imaginary: own.imaginary.map { $0 / size },
      share: 4 * RoughState.roundings(128 + frame.count / 64), error: 0)
  }
}
