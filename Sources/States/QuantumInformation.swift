import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The quantum Fisher information F = 2 sum (p_k - p_l)^2/(p_k + p_l) |A_kl|^2 of a state for a Hermitian operator
/// (Braunstein and Caves, Phys. Rev. Lett. 72, 3439, 1994).
///
/// As (p - q)^2/(p + q) = p + q - 4 h(p, q) with h = pq/(p + q), zero where p or q is,
///
///     F = 4 Tr(rho A^2) - 8 sum of h(p_k, p_l) |A_kl|^2,
///
/// and states with no population drop out of the sum. h rises with p and with q. Over a pair of clusters of enclosed
/// populations the |A_kl|^2 add up to Tr(P_c A P_d A), none of them being negative.
///
/// With an error: F/4 is the least mean variance over decompositions of rho (Yu, arXiv:1302.5311). Let s be a state
/// with |rho - s| <= e in the trace norm; there are purifications with |x - y|^2 <= e (Uhlmann; Fuchs and van de
/// Graaf). The measurement that decomposes s at best decomposes rho into vectors x_i with the sum of |x_i - y_i|^2 at
/// most e. The mean of A^2 changes by a^2 e at most, a >= |A|, and <x|A|x>^2/<x|x>, whose derivative is at most 6 a^2
/// |x|, by 6 a^2 max(|x_i|, |y_i|) |x_i - y_i|, in sum by 6 a^2 sqrt(2 e) (Cauchy and Schwarz). With both states
/// exchanged,
///
///     |F(rho) - F(s)| <= 4 a^2 (e + 9 sqrt(e)).
///
/// F does not see a multiple of 1 in A, so a may be half the width of its spectrum.
package enum QuantumInformation {
  /// An eigenvalue or several near ones, with the projector on their eigenvectors in a block.
  private struct Cluster {
    let block: Int
    let value: Interval
    let projector: [[ComplexInterval]]
  }

  /// The information, of a state without an error or of X.
  ///
  /// - Parameters:
  ///   - square: Tr(X A^2).
  ///   - element: the elements of A, of a block's row and another one's column.
  /// - Throws: `Unanswered`.
  package static func value(
    of state: BlockState, square: Interval, within budget: Budget,
    element: (_ block: Int, _ row: Int, _ other: Int, _ column: Int) -> ComplexInterval?
  ) throws -> Interval {
    let precision = state.precision
    let zero = ComplexInterval.zero(precision: precision)
    var clusters: [Cluster] = []
    for (block, matrix) in state.blocks.enumerated() {
      guard matrix.dimension > 1 else {
        clusters.append(
          Cluster(
            block: block, value: matrix.realPart(0, 0).nonNegative,
            projector: [[ComplexInterval(Interval(1, precision: precision), zero.imaginary)]]))
        continue
      }
      let spectrum = try HermitianSpectrum(matrix, bits: precision, within: budget)
      for cluster in spectrum.clusters {
        let projector = spectrum.projector(onto: cluster)
        let rows = (0..<matrix.dimension).map { row in (0..<matrix.dimension).map { projector[row, $0] } }
        clusters.append(Cluster(block: block, value: cluster.value.nonNegative, projector: rows))
      }
    }
    var sum = zero.real
    for (position, c) in clusters.enumerated() {
      for (other, d) in clusters.enumerated().dropFirst(position) {
        try budget.check()
        let term = harmonic(c.value, d.value) * overlap(c, d, precision, element)
        sum = sum + (other == position ? term : term.scaled(byPowerOfTwo: 1))
      }
    }
    return (4 * square - 8 * sum).nonNegative
  }

  /// pq/(p + q) over two intervals of numbers that are not negative.
  private static func harmonic(_ p: Interval, _ q: Interval) -> Interval {
    func value(_ a: BigFloat, _ b: BigFloat) -> Interval {
      guard a.signum > 0, b.signum > 0 else { return Interval(0, precision: p.precision) }
      let (x, y) = (Interval(a), Interval(b))
      return x * y / (x + y)
    }
    return value(p.lower, q.lower).hull(value(p.upper, q.upper))
  }

  /// Tr(P_c A P_d A), which is not negative.
  private static func overlap(
    _ c: Cluster, _ d: Cluster, _ precision: Int,
    _ element: (_ block: Int, _ row: Int, _ other: Int, _ column: Int) -> ComplexInterval?
  ) -> Interval {
    let zero = ComplexInterval.zero(precision: precision)
    let (m, n) = (c.projector.count, d.projector.count)
    var matrix = Array(repeating: Array(repeating: zero, count: n), count: m)
    var isZero = true
    for i in 0..<m {
      for j in 0..<n {
        guard let value = element(c.block, i, d.block, j) else { continue }
        matrix[i][j] = value
        isZero = false
      }
    }
    if isZero { return zero.real }
    // |P_c A P_d|^2 in the Frobenius norm.
    let left = c.projector.map { row in (0..<n).map { j in (0..<m).reduce(zero) { $0 + row[$1] * matrix[$1][j] } } }
    var sum = zero.real
    for row in left {
      for j in 0..<n { sum = sum + (0..<n).reduce(zero) { $0 + row[$1] * d.projector[$1][j] }.squaredMagnitude }
    }
    return sum
  }

  /// What the information of a state may be off that of X/Tr X, within 2 e in the trace norm.
  package static func spread(error: BigFloat, width: Interval) -> BigFloat {
    let e = Interval(error).scaled(byPowerOfTwo: 1)
    return (width.squared * (e + 9 * e.squareRoot)).upper
  }
}
