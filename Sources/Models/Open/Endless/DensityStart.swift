import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A start on finitely many elements of a density matrix, and how far the true one is from them in the norms |Y|_A =
/// trace norm of A^(1/2) Y A^(1/2), A = B^m.
///
/// Vectors psi_j = phi_j + e_j of a frame that are cut off have with |phi e'|_A <= |A^(1/2) phi| |A^(1/2) e|
///
///     |sum of C_jk (psi_j psi_k' - phi_j phi_k')|_A <= sum of |C_jk| (|phi_j| |e_k| + |e_j| |phi_k| + |e_j| |e_k|),
///
/// lengths being those of A^(1/2) times the vector; what a mixture without an end leaves out has Tr D A
/// (``DroppedProduct``), and small elements that are left out count one by one.
struct DensityStart {
  /// The elements on and below the diagonal.
  private(set) var elements: [DensityBlock.Place: ComplexInterval]
  private let start: StartState
  private let point: ModelPoint
  private let weight: ModeWeight
  private let budget: Budget
  private var cuts: [Int: ModeStart] = [:]
  /// The magnitudes of elements that are left out, by B(k) B(l).
  private var dropped: [Integer: UpperBound] = [:]

  /// - Parameter bits: what is cut off is about 2^-bits in the trace norm.
  init(_ start: StartState, _ weight: ModeWeight, bits: Int, _ point: ModelPoint, within budget: Budget) throws {
    (self.start, self.point, self.weight, self.budget) = (start, point, weight, budget)
    for (place, vector) in start.open { cuts[place] = try vector.cut(point, bits: bits + 2, within: budget) }
    elements = try start.closedElements(point, within: budget)
    for coefficient in start.coefficients {
      guard cuts[coefficient.row] != nil || cuts[coefficient.column] != nil else { continue }
      let (left, right) = (try amplitudes(coefficient.row), try amplitudes(coefficient.column))
      for (row, a) in left {
        try budget.check()
        let first = coefficient.number.value * a
        for (column, b) in right where column <= row {
          let product = first * b.conjugate
          let place = DensityBlock.Place(row: row, column: column)
          elements[place] = elements[place].map { $0 + product } ?? product
        }
      }
    }
    guard elements.values.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an element of the start") }
    guard !cuts.isEmpty else { return }
    // Of vectors without an end most products of two amplitudes are small.
    let least = UpperBound(
      (Interval(1, precision: 64) / (4 * max(elements.count, 1))).scaled(byPowerOfTwo: -bits).lower)
    for (place, value) in elements {
      let size = UpperBound(value.magnitude.upper)
      guard size < least else { continue }
      elements[place] = nil
      let key = weight.value(place.row, point.basis) * weight.value(place.column, point.basis)
      dropped[key] = (dropped[key] ?? .zero) + (place.isDiagonal ? size : size + size)
    }
  }

  /// The real numbers of the elements that are not exactly zero, in order.
  var coordinates: [GrowingBlock.Coordinate] {
    elements.sorted { $0.key < $1.key }.flatMap { place, value -> [GrowingBlock.Coordinate] in
      let parts = [(false, value.real)] + (place.isDiagonal ? [] : [(true, value.imaginary)])
      return parts.filter { !($0.1.isPoint && $0.1.containsZero) }.map { .init(place: place, isImaginary: $0.0) }
    }
  }

  /// A real number of the elements.
  func number(_ coordinate: GrowingBlock.Coordinate) -> Interval {
    guard let value = elements[coordinate.place] else { return Interval(0, precision: 64) }
    return coordinate.isImaginary ? value.imaginary : value.real
  }

  private func amplitudes(_ vector: Int) throws -> [BasisState: ComplexInterval] {
    try cuts[vector]?.amplitudes ?? start.vectors[vector].mapValues(point.scalars.enclosure)
  }

  /// At least |rho(0) - X|_A for A = B^m, X being the elements.
  func distance(power m: Rational) throws -> Interval {
    var sum = dropped.reduce(Interval(0, precision: 64)) {
      $0 + Interval($1.value.value) * Interval($1.key, precision: 64).power(m / 2)
    }
    for own in start.dropped { sum += try own.bound(weight, power: m, point, within: budget) }
    guard !cuts.isEmpty else { return sum.greatest }
    let lengths = try start.coefficients.reduce(into: [Int: (own: Interval, tail: Interval)]()) { known, coefficient in
      for vector in [coefficient.row, coefficient.column] where known[vector] == nil {
        let square = try amplitudes(vector).reduce(Interval(0, precision: 64)) {
          $0 + $1.value.squaredMagnitude.rounded(to: 64)
            * Interval(weight.value($1.key, point.basis), precision: 64).power(m)
        }
        known[vector] = (
          square.greatest.squareRoot, try cuts[vector]?.tail(weight, power: m) ?? Interval(0, precision: 64)
        )
      }
    }
    for coefficient in start.coefficients {
      guard let (a, e) = lengths[coefficient.row], let (b, f) = lengths[coefficient.column] else { continue }
      sum += coefficient.number.value.magnitude.rounded(to: 64) * (a * f + e * b + e * f)
    }
    return sum.greatest
  }
}
