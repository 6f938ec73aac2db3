import ArbitraryPrecision
import RigorousNumerics

/// Wootters' formula: with rho = M M^H, the concurrence is max(0, s1 - s2 - s3 - s4) with the falling singular values s
/// of M^T (sigma_y sigma_y) M.
///
/// A factor L is found in points and proves nothing; it may have rho = L L^H + R with |R| <= e in the 2-norm. There is
/// an M with M M^H = rho and |M - L| <= sqrt e: with the polar form L = sqrt(L L^H) V take M = sqrt(rho) V, and |sqrt
/// A - sqrt B| <= sqrt|A - B| for positive A and B (Bhatia, Matrix Analysis, Theorem X.1.1). As |M| <= 1 and |L| <=
/// sqrt(1 + e), the matrices of M and L differ by at most sqrt e (1 + sqrt(1 + e)), and so does each singular value
/// (Weyl). The singular values of a matrix T are the four greatest eigenvalues of ((0, T), (T^H, 0)).
package enum ConvexRoof {
  /// The concurrence of a state of two qubits, of all members of the enclosure that are states.
  package static func concurrence(of density: HermitianMatrix, within budget: Budget) throws -> Interval {
    let precision = density.precision
    let factor = factor(of: density)
    let square = HermitianMatrix(4, precision: precision) { row, column in
      (0..<4).reduce(ComplexInterval.zero(precision: precision)) { $0 + factor[$1][row] * factor[$1][column].conjugate }
    }
    // The root of the sum of squares of all elements is at least the 2-norm.
    let off = (density - square).squaredNorm.squareRoot
    let error = (off.squareRoot * (1 + (1 + off).squareRoot)).upper

    // sigma_y sigma_y takes |00>, |01>, |10>, |11> to -|11>, |10>, |01>, -|00>.
    let signs = [-1, 1, 1, -1]
    func element(_ j: Int, _ k: Int) -> ComplexInterval {
      (0..<4).reduce(ComplexInterval.zero(precision: precision)) { sum, row in
        let product = factor[j][row] * factor[k][3 - row]
        return signs[row] > 0 ? sum + product : sum - product
      }
    }
    let block = HermitianMatrix(8, precision: precision) { row, column in
      row >= 4 && column < 4 ? element(column, row - 4).conjugate : .zero(precision: precision)
    }
    let values = try HermitianSpectrum(block, bits: precision, within: budget).eigenvalues
    let ball = Interval.ball(error)
    let s = values[4...].map { ($0 + ball).maximum(Interval(0, precision: precision)) }
    return (s[3] - s[2] - s[1] - s[0]).maximum(Interval(0, precision: precision))
  }

  /// The columns of a factor, by elimination with the greatest element of the diagonal first, in points; columns of
  /// noise are left zero.
  private static func factor(of density: HermitianMatrix) -> [[ComplexInterval]] {
    let precision = density.precision
    func point(_ x: ComplexInterval) -> ComplexInterval {
      ComplexInterval(point(x.real), point(x.imaginary))
    }
    func point(_ x: Interval) -> Interval {
      x.anchor.map { Interval(Interval($0).rounded(to: precision).upper) } ?? Interval(0, precision: precision)
    }
    var rest = (0..<4).map { row in (0..<4).map { point(density[row, $0]) } }
    // Below what the elements are off nothing is left but noise.
    var noise = Interval(1, precision: 64).scaled(byPowerOfTwo: 8 - precision)
    for row in 0..<4 {
      for column in 0...row {
        let x = density[row, column]
        noise = noise + 8 * (Interval(x.real.width).rounded(to: 64) + Interval(x.imaginary.width).rounded(to: 64))
      }
    }
    var columns = Array(repeating: Array(repeating: ComplexInterval.zero(precision: precision), count: 4), count: 4)
    for index in 0..<4 {
      guard let pivot = (0..<4).max(by: { rest[$0][$0].real.lower < rest[$1][$1].real.lower }) else { break }
      let size = rest[pivot][pivot].real
      guard size.lower > noise.upper else { break }
      let root = ComplexInterval(size.squareRoot, Interval(0, precision: precision))
      columns[index] = (0..<4).map { point(rest[$0][pivot] / root) }
      for row in 0..<4 {
        for column in 0..<4 {
          rest[row][column] = point(rest[row][column] - columns[index][row] * columns[index][column].conjugate)
        }
      }
    }
    return columns
  }
}
