import ArbitraryPrecision
import Operators

/// A number of a state, exact where it is known as a formula.
struct StateNumber {
  let value: ComplexInterval
  let exact: ScalarPolynomial?
}

/// A state as a frame: rho = sum over j, k of C_jk v_j v_k^H, with vectors v_j and a Hermitian matrix C.
///
/// A pure state is one vector with C = 1, a mixture a diagonal C with its weights, a matrix of elements the basis
/// states with C as that matrix. A flow of vectors moves each v_j and leaves C.
struct ModelState: Sendable {
  /// The basis states on which amplitudes stand.
  let states: [BasisState]
  /// The place of each of them.
  let places: [BasisState: Int]
  /// The amplitudes of each vector that are not zero by structure; a vector that is not exact has no formulas.
  let vectors: [[Amplitude]]
  /// The elements of C that are not zero.
  let coefficients: [Coefficient]
  /// How far the state is from what stands here.
  let distance: StateDistance
  /// The same state in doubles, where means need no more; the numbers above are left out where it is all there is.
  var inDoubles: RoughState?

  /// What an operator makes of a vector.
  typealias Image = [BasisState: ComplexInterval]

  /// The amplitude of the state at a place.
  struct Amplitude {
    let place: Int
    let number: StateNumber
  }

  /// An element of C.
  struct Coefficient {
    let row: Int
    let column: Int
    let number: StateNumber
  }

  init(
    vectors: [[BasisState: StateNumber]], coefficients: [Coefficient], distance: StateDistance = .none
  ) {
    let states = Set(vectors.flatMap(\.keys)).sorted()
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    (self.states, self.places) = (states, places)
    self.vectors = vectors.map { vector in
      vector.compactMap { state, number in
        number.value.isExactlyZero ? nil : places[state].map { Amplitude(place: $0, number: number) }
      }.sorted { $0.place < $1.place }
    }
    (self.coefficients, self.distance) = (coefficients, distance)
  }

  /// A state that is known in doubles alone.
  init(_ inDoubles: RoughState) {
    self.init(vectors: [], coefficients: [])
    self.inDoubles = inDoubles
  }

  /// The real part of the sum over j, k of C_jk <w_k|u_j>, for images u and w of the vectors.
  func form(_ left: [Image], _ right: [Image], precision: Int) -> Interval {
    coefficients.reduce(Interval(0, precision: precision)) { sum, coefficient in
      sum + term(coefficient, left[coefficient.row], right[coefficient.column], precision: precision)
    }
  }

  /// The same for images under one operator, whose squares do not see signs.
  func square(_ images: [Image], precision: Int) -> Interval {
    coefficients.reduce(Interval(0, precision: precision)) { sum, coefficient in
      guard coefficient.row == coefficient.column else {
        return sum + term(coefficient, images[coefficient.row], images[coefficient.column], precision: precision)
      }
      let own = images[coefficient.row].values.reduce(Interval(0, precision: precision)) {
        $0 + $1.real.squared + $1.imaginary.squared
      }
      return sum + coefficient.number.value.real * own
    }
  }

  private func term(_ coefficient: Coefficient, _ u: Image, _ w: Image, precision: Int) -> Interval {
    let c = coefficient.number.value
    // The diagonal of C is real, and only the real part of its product is wanted.
    let isDiagonal = coefficient.row == coefficient.column
    var (real, imaginary) = (Interval(0, precision: precision), Interval(0, precision: precision))
    for (state, value) in u {
      guard let other = w[state] else { continue }
      real += other.real * value.real + other.imaginary * value.imaginary
      if !isDiagonal { imaginary += other.real * value.imaginary - other.imaginary * value.real }
    }
    return isDiagonal ? c.real * real : c.real * real - c.imaginary * imaginary
  }
}

/// How far a state is from the frame that stands for it: its vectors are off, and a Hermitian operator D may be left
/// out, the difference of two positive ones with the sum |D|: of a mixture without an end D is |D|, of a density matrix
/// that was moved as a whole it is all there is, and |D| is that of A^(1/2) D A^(1/2) between A^(-1/2) for A = B^m.
struct StateDistance: Sendable {
  /// At least the trace norm of the difference; zero where the frame encloses the state.
  let traceNorm: BigFloat
  /// The distances of the vectors one by one; none where the frame encloses the state.
  let vectors: [VectorDistance]
  /// At least the trace norm of D.
  let dropped: Interval
  /// At least Tr |D| B^m for a power m; nil where there is no bound.
  let weightedDropped: @Sendable (_ power: Rational) throws -> Interval?
  /// The mean of an operator where it is known exactly in spite of them.
  let exactMean: (@Sendable (ModelPoint.Operator) throws -> Interval?)?

  static var none: StateDistance {
    let none = Interval(0, precision: 64)
    return StateDistance(
      traceNorm: .zero(precision: 64), vectors: [], dropped: none, weightedDropped: { _ in none }, exactMean: nil)
  }
}
