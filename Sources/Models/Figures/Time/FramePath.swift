import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A part of a frame along its flow as one real vector: vectors that elements of C join, on the basis states that they
/// reach together.
///
/// Vector j has the amplitudes psi_jk = i^(p_k) (x_jk + i y_jk), with the phases of ``HermitianFlow`` or none. The real
/// vector is x_0, y_0, x_1, y_1, ...; where phases make -iH real and all y vanish at the start they do so at all times
/// and are left out. The flow turns each block alike.
struct FramePath {
  let sector: Sector
  /// The number of vectors.
  let count: Int
  /// The elements of C among the vectors.
  private let coefficients: [(row: Int, column: Int, value: ComplexInterval)]
  private let phases: [Int]?
  private let hasImaginaryParts: Bool
  let path: FlowPath
  /// The flow's time by that of the model.
  let clock: Interval
  /// At least the norm of the Hamiltonian less a number, on these states; nil where nothing turns.
  let rate: Interval?
  /// The sum of the squared lengths of the vectors.
  let normSquared: Interval

  init(
    _ vectors: [[ComplexInterval]], _ coefficients: [(row: Int, column: Int, value: ComplexInterval)],
    _ sector: Sector, _ flow: HermitianFlow, precision: Int
  ) throws {
    (self.sector, self.coefficients, phases, count) = (sector, coefficients, flow.phases, vectors.count)
    guard vectors.joined().allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    // v = i^-p psi.
    let turned = vectors.map { vector in
      guard let phases = flow.phases else { return vector }
      return zip(vector, phases).map { $0.turned(by: -$1) }
    }
    hasImaginaryParts = flow.phases == nil || !turned.joined().allSatisfy(\.imaginary.isExactZero)
    let isDoubled = hasImaginaryParts
    let elements = turned.flatMap { isDoubled ? $0.map(\.real) + $0.map(\.imaginary) : $0.map(\.real) }
    normSquared = elements.reduce(Interval(0, precision: precision)) { $0 + $1.squared }
    clock = flow.rotation?.clock ?? Interval(1, precision: 64)
    let clock = clock
    rate = flow.rotation.map { Interval($0.flow.scale, precision: 64) * clock.rounded(to: 64) }
    let size = flow.rotation?.flow.dimension ?? elements.count
    let whole = flow.rotation?.flow.copied(elements.count / size)
    path = FlowPath(whole, from: elements, bits: precision)
  }

  /// The elements of an operator among the states of the sector.
  func elements(
    _ columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) rethrows -> [[(row: Int, element: ComplexInterval)]] {
    try sector.states.map { state in
      try columns(state).compactMap { image, element in sector.places[image].map { ($0, element) } }
    }
  }

  /// The form of a Hermitian operator on the real vector: for X'_kl = i^(p_l - p_k) X_kl = S + iK the number
  /// <v|X'|w> has the real part x S x' + y S y' - x K y' + y K x'; elements of C multiply X.
  func observable(
    _ columns: [[(row: Int, element: ComplexInterval)]], precision: Int
  ) throws -> FlowObservable {
    let d = sector.states.count
    let block = hasImaginaryParts ? 2 * d : d
    var elements: [(row: Int, column: Int, value: Interval)] = []
    func add(_ row: Int, _ column: Int, _ value: Interval) {
      if row <= column, !value.isExactZero { elements.append((row, column, value)) }
    }
    for coefficient in coefficients {
      // C_jk <v_k|X|v_j>.
      let (left, right) = (coefficient.column * block, coefficient.row * block)
      for (l, column) in columns.enumerated() {
        for (k, element) in column {
          var x = coefficient.value * element
          guard x.isBounded else { throw NotToldYet(what: "an element of an operator") }
          if let phases { x = x.turned(by: phases[l] - phases[k]) }
          add(left + k, right + l, x.real)
          guard hasImaginaryParts else { continue }
          add(left + d + k, right + d + l, x.real)
          add(left + k, right + d + l, -x.imaginary)
          add(left + d + k, right + l, x.imaginary)
        }
      }
    }
    return FlowObservable(
      dimension: block * count, symmetric: elements, precision: precision)
  }
}
