import ArbitraryPrecision
import RigorousNumerics

/// The fidelity of two states, the square of Uhlmann's root fidelity: F = (Tr sqrt(sqrt(rho) sigma sqrt(rho)))^2.
///
/// The eigenvalues of sqrt(rho) sigma sqrt(rho) are those of G G^H for G = sqrt(rho) sqrt(sigma), and but for zeros
/// those of M^H sigma M for every M with M M^H = rho.
package enum Fidelity {
  /// From the square root of rho by its spectrum: for enclosed states, and those with an error, whose elements enclose
  /// the true ones.
  ///
  /// With the clusters c of the spectrum, their projectors P_c and a number m_c within r_c of the roots of all
  /// eigenvalues in c, sqrt(rho) is within the greatest r_c of the sum of m_c P_c, in the 2-norm and so in each
  /// element.
  /// Clusters reach from zero upward, since the true state has no negative eigenvalue.
  package static func enclosure(_ rho: DensityMatrix, _ sigma: DensityMatrix, within budget: Budget) throws -> Interval
  {
    let precision = max(rho.matrix.precision, sigma.matrix.precision)
    let n = rho.dimension
    let spectrum = try HermitianSpectrum(rho.matrix, bits: precision, within: budget)
    let zero = Interval(0, precision: precision)
    var sum = HermitianMatrix(symmetric: n, precision: precision) { _, _ in zero }
    var radius = zero
    for cluster in spectrum.clusters {
      let root = cluster.value.maximum(zero).squareRoot
      guard let middle = root.midpoint else { return unit(precision) }
      let point = Interval(middle)
      radius = radius.maximum(Interval((root - point).magnitude))
      sum = sum + point * spectrum.projector(onto: cluster)
    }
    let ball = Interval.ball(radius)
    let isReal = !sum.isComplex && !sigma.matrix.isComplex
    func root(_ row: Int, _ column: Int) -> ComplexInterval {
      let x = sum[row, column]
      let hasPhase = row != column && !(isReal && !rho.matrix.isComplex)
      return ComplexInterval(x.real + ball, hasPhase ? x.imaginary + ball : x.imaginary)
    }
    let roots = (0..<n).map { row in (0..<n).map { root(row, $0) } }
    return try value(
      product(roots, sigma.matrix, count: n, isReal: isReal, precision), precision, within: budget)
  }

  /// From an exact sum rho = sum of w_k v_k v_k^H: the matrix with the elements sqrt(w_k w_l) v_k^H sigma v_l.
  package static func enclosure(
    _ rho: RankDecomposition, _ sigma: HermitianMatrix, within budget: Budget
  ) throws -> Interval {
    let precision = sigma.precision
    let columns = rho.terms.map { term in
      let root = Interval(term.weight, precision: precision).squareRoot
      return zip(term.real, term.imaginary).map {
        ComplexInterval(Interval($0, precision: precision) * root, Interval($1, precision: precision) * root)
      }
    }
    let isReal = !sigma.isComplex && rho.terms.allSatisfy { $0.imaginary.allSatisfy { $0.signum == 0 } }
    let rows = (0..<sigma.dimension).map { row in columns.map { $0[row] } }
    return try value(
      product(rows, sigma, count: columns.count, isReal: isReal, precision), precision, within: budget)
  }

  /// M^H sigma M, of the rows of M.
  private static func product(
    _ rows: [[ComplexInterval]], _ sigma: HermitianMatrix, count: Int, isReal: Bool, _ precision: Int
  ) -> HermitianMatrix {
    let n = sigma.dimension
    let zero = ComplexInterval.zero(precision: precision)
    let right = (0..<n).map { j in
      (0..<count).map { l in (0..<n).reduce(zero) { $0 + sigma[j, $1] * rows[$1][l] } }
    }
    func element(_ k: Int, _ l: Int) -> ComplexInterval {
      (0..<n).reduce(zero) { $0 + rows[$1][k].conjugate * right[$1][l] }
    }
    return isReal
      ? HermitianMatrix(symmetric: count, precision: precision) { element($0, $1).real }
      : HermitianMatrix(count, precision: precision, element: element)
  }

  /// The square of the sum of the roots of the eigenvalues, none of which is negative.
  private static func value(_ matrix: HermitianMatrix, _ precision: Int, within budget: Budget) throws -> Interval {
    let zero = Interval(0, precision: precision)
    let values = try HermitianSpectrum(matrix, bits: precision, within: budget).eigenvalues
    return values.reduce(zero) { $0 + $1.maximum(zero).squareRoot }.squared.intersection(unit(precision))
  }

  private static func unit(_ precision: Int) -> Interval { Interval(from: 0, to: 1, precision: precision) }
}
