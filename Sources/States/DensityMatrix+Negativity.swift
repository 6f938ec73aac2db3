import ArbitraryPrecision
import RigorousNumerics

/// Which elements a partial transpose exchanges, of parts of which the first one's index changes slowest.
package struct PartialTranspose {
  private let dimensions: [Int]
  private let cut: Set<Int>

  package init(_ dimensions: [Int], on cut: [Int]) { (self.dimensions, self.cut) = (dimensions, Set(cut)) }

  /// The element that comes to a row and a column: those of their digits that belong to the cut are exchanged.
  package func exchanged(_ row: Int, _ column: Int) -> (row: Int, column: Int) {
    var (i, j, unit) = (row, column, 1)
    for part in dimensions.indices.reversed() {
      if cut.contains(part) {
        let difference = (column / unit % dimensions[part] - row / unit % dimensions[part]) * unit
        i += difference
        j -= difference
      }
      unit *= dimensions[part]
    }
    return (i, j)
  }
}

extension HermitianMatrix {
  /// The partial transpose on some parts of several; the first part's index changes slowest.
  package func partialTranspose(_ dimensions: [Int], on cut: [Int]) -> HermitianMatrix {
    demand(dimensions.reduce(1, *) == dimension, "partialTranspose: dimensions of the parts")
    let places = PartialTranspose(dimensions, on: cut)
    func element(_ row: Int, _ column: Int) -> ComplexInterval {
      let (i, j) = places.exchanged(row, column)
      return self[i, j]
    }
    return isComplex
      ? HermitianMatrix(dimension, precision: precision, element: element)
      : HermitianMatrix(symmetric: dimension, precision: precision) { element($0, $1).real }
  }
}

extension DensityMatrix {
  /// The negativity of some parts against the others (Vidal and Werner, Phys. Rev. A 65, 032314, 2002): the sum of the
  /// magnitudes of all negative eigenvalues of the partial transpose, which is half of what its trace norm exceeds one
  /// by.
  ///
  /// Of a state with an error e it is (|X^T| - 1)/2 within d e/2, d the smaller dimension of both sides: the partial
  /// transpose of |a><b| has the product of the sums of the Schmidt coefficients of a and b for its trace norm, at most
  /// d for unit vectors, and rho - X is a sum of such terms with weights of the sum e at most. No state has more than
  /// (d - 1)/2.
  ///
  /// - Parameters:
  ///   - dimensions: those of the parts, of the product of all; the first part's index changes slowest.
  ///   - cut: the places of the parts on one side.
  package func negativity(_ dimensions: [Int], cut: [Int], within budget: Budget = Budget()) throws -> Interval {
    let precision = matrix.precision
    let values = try HermitianSpectrum(
      computed.partialTranspose(dimensions, on: cut), bits: precision, within: budget
    ).eigenvalues
    let zero = Interval(0, precision: precision)
    let side = cut.reduce(1) { $0 * dimensions[$1] }
    let least = min(side, dimension / side)
    let range = Interval(from: 0, to: Rational(Integer(least - 1), 2), precision: precision)
    if error.signum == 0 { return values.reduce(zero) { $0 + (-$1).maximum(zero) }.intersection(range) }
    let norm = values.reduce(zero) { $0 + $1.absoluteValue }
    let off = (Interval(least, precision: 64) * Interval(error)).scaled(byPowerOfTwo: -1)
    return ((norm - 1).scaled(byPowerOfTwo: -1) + .ball(off)).intersection(range)
  }
}
