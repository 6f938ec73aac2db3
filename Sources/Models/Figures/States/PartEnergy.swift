import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// A part's Hamiltonian on the local basis states that are reached.
struct PartEnergy {
  /// An element of a column.
  typealias Column = [BasisState: RadicalSum<ScalarPolynomial>]

  let polynomial: ModelPoint.Operator
  /// The columns of the reached local states.
  let columns: [Column]
  /// The level of each of them where all are eigenvectors.
  let levels: [ScalarPolynomial]?

  init(_ polynomial: ModelPoint.Operator, on states: [BasisState], _ point: ModelPoint) throws {
    self.polynomial = polynomial
    let ring = point.scalars
    columns = try states.map { state in
      try point.basis.column(of: polynomial, at: state, in: ring).filter {
        try ring.decision(isZero: $0.value) != .certainlyTrue
      }
    }
    let isDiagonal = zip(states, columns).allSatisfy { state, column in column.keys.allSatisfy { $0 == state } }
    levels =
      isDiagonal
      ? try zip(states, columns).map { try $1[$0].map { try ring.value(of: $0) } ?? ring.number(0) } : nil
  }

  /// The Hermitian matrix of some places, element (row, column) of which is exact.
  static func matrix(
    _ places: [Int], _ point: ModelPoint, _ element: (_ row: Int, _ column: Int) -> RadicalSum<ScalarPolynomial>?
  ) throws -> HermitianMatrix {
    let zero = ComplexInterval.zero(precision: point.precision)
    var rows: [[ComplexInterval]] = []
    for (position, row) in places.enumerated() {
      rows.append(try places[...position].map { try element(row, $0).map(point.scalars.enclosure) ?? zero })
    }
    let isReal = rows.joined().allSatisfy { $0.imaginary.isPoint && $0.imaginary.containsZero }
    return isReal
      ? HermitianMatrix(symmetric: places.count, precision: point.precision) { rows[$0][$1].real }
      : HermitianMatrix(places.count, precision: point.precision) { rows[$0][$1] }
  }
}
