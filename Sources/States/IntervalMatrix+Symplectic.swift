import ArbitraryPrecision
import RigorousNumerics

/// Symmetric positive matrices of covariances.
extension IntervalMatrix {
  /// The symmetric matrix as L D L' with ones on the diagonal of the lower L; nil where a pivot is not known to be
  /// positive. With all pivots positive each symmetric matrix in this one is positive definite.
  package var eliminated: (lower: IntervalMatrix, pivots: [Interval])? {
    let found = elimination
    return found.isPositive == .certainlyTrue ? (found.lower, found.pivots) : nil
  }

  /// Whether a symmetric matrix is positive definite: all pivots are positive, and one that is not, after others that
  /// are, is a value of the form.
  package var isPositive: Decision { elimination.isPositive }

  /// The elimination as far as pivots are known to be positive.
  private var elimination: (isPositive: Decision, lower: IntervalMatrix, pivots: [Interval]) {
    let n = dimension
    var (rest, lower) = (self, IntervalMatrix(identity: n, precision: precision))
    var pivots: [Interval] = []
    for k in 0..<n {
      let pivot = rest[k, k]
      guard pivot.isBounded, pivot.lower.signum > 0 else {
        return (pivot.isBounded && pivot.upper.signum <= 0 ? .certainlyFalse : .undecided, lower, pivots)
      }
      pivots.append(pivot)
      for i in k + 1..<max(n, k + 1) where !rest[i, k].isExactZero { lower[i, k] = rest[i, k] / pivot }
      for i in k + 1..<max(n, k + 1) where !rest[i, k].isExactZero {
        for j in k + 1...i where !rest[j, k].isExactZero {
          let change = i == j ? rest[i, k].squared / pivot : lower[i, k] * rest[j, k]
          rest[i, j] = rest[i, j] - change
        }
      }
    }
    return (.certainlyTrue, lower, pivots)
  }

  /// The positive eigenvalues of i W times this matrix, rising, W the symplectic form; nil where this matrix is not
  /// known to be positive definite.
  package func symplecticEigenvalues(within budget: Budget) throws(Unanswered) -> [Interval]? {
    guard let (lower, pivots) = eliminated else { return nil }
    if dimension == 2 { return [(pivots[0] * pivots[1]).squareRoot] }
    let roots = pivots.map(\.squareRoot)
    let zero = Interval(0, precision: precision)
    func element(_ row: Int, _ column: Int) -> Interval {
      // The sum over the modes m of L_Xj L_Pk - L_Pj L_Xk.
      var sum = zero
      for m in 0..<dimension / 2 {
        let (x, p) = (2 * m, 2 * m + 1)
        sum += lower[x, row] * lower[p, column] - lower[p, row] * lower[x, column]
      }
      return sum * roots[row] * roots[column]
    }
    let matrix = HermitianMatrix(dimension, precision: precision) { ComplexInterval(zero, element($0, $1)) }
    let spectrum = try HermitianSpectrum(matrix, bits: precision, within: budget)
    return Array(spectrum.eigenvalues.suffix(dimension / 2))
  }
}
