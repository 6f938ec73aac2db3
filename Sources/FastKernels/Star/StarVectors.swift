/// Eigenvectors of the star's matrix T by twisted pivots, each with a bound of its angle from the true one. Notation
/// and domain are those of ``StarMatrix``.
///
/// 1. Pivots q_k of T - x from the first row and p_k from the last one, as there, with t_k = e_(k-1)^2/q_(k-1) and
///    t'_k = e_k^2/p_(k+1) as computed. For a place r the q_k before it and the p_k after it belong to one T' = S T S,
///    since they change different elements: |log s_k^2| <= tau as there.
/// 2. With z_r = 1, z_k = -(e'_k/d_k) z_(k+1) before r and z_k = -(e'_(k-1)/d'_k) z_(k-1) after it, (T' - x) z = c e_r
///    and c = a_r - x - t_r - t'_r. The t are exact for T', so the computed c is wrong by the roundings of its three
///    differences, at most 3.01 u (|a_r| + |x| + |t_r| + |t'_r|). The place with the least bound of |c| is taken.
/// 3. A computed step of z has the root of a stored e^2 for e' (u, and 1.5 u of eps, delta and a zero put to u x), q
///    for d (u), a product and a quotient: 4.5 u and u for second orders. Elements are wrong by a part 5.5 N u at most;
///    so is, in units of |z|, the vector, and the sine of its angle from z. Elements above 2^400 are refused, and those
///    that are below 2^-1000 or make a product with an e below 2^-1000 possible: none of this overflows or underflows.
/// 4. w = S z has T w = x S^-2 w + c S^-1 e_r. With an eigenvector v_k of T, (mu_k - x) v_k'w = v_k'(x (S^-2 - 1) w + c
///    S^-1 e_r). So the part of w across v_j is at most
///
///        (|x| |S^-2 - 1| |w| + |c| exp(tau/2))/gap,    gap = min over k != j of |mu_k - x|,
///
///    and |w| >= exp(-tau/2) |z|: the sine of its angle from v_j is at most (|x| (exp(tau) - 1) + exp(tau)
///    |c|/|z|)/gap. That from w to z is at most exp(tau/2) - 1.
/// 5. Angles add, and so do bounds of their sines while the sum is small: the sine of the angle of the computed vector
///    from v_j is at most
///
///        (1.01 tau |x| + 1.01 |c|/|z|)/gap + 0.51 tau + 5.5 N u.
struct StarVectors {
  private let matrix: StarMatrix
  private let besides: [Double]
  /// The least of one and of the elements beside the diagonal.
  private let smallest: Double
  private var left: [Double]
  private var right: [Double]
  private var fromLeft: [Double]
  private var fromRight: [Double]
  /// The last vector that was asked for.
  private(set) var vector: [Double]
  /// Its length squared.
  private(set) var square = 0.0

  init(_ matrix: StarMatrix) {
    self.matrix = matrix
    besides = matrix.squares.map { $0.squareRoot() }
    smallest = besides.reduce(1, min)
    let zeros = Array(repeating: 0.0, count: matrix.dimension)
    (left, right, fromLeft, fromRight, vector) = (zeros, zeros, zeros, zeros, zeros)
  }

  /// Puts the vector for x, beside the eigenvalue at a distance of at least gap from all others, into ``vector``.
  ///
  /// - Returns: at least the sine of its angle from the eigenvector.
  mutating func find(_ x: Double, gap: Double) throws(KernelRefusal) -> Double {
    let n = matrix.cells
    let u = StarMatrix.u
    // 1. No pivot of the last row but p_N is divided by.
    func nonzero(_ pivot: Double) -> Double { pivot == 0 ? u * x : pivot }
    left[0] = -x
    for k in 0..<n {
      fromLeft[k + 1] = matrix.squares[k] / left[k]
      left[k + 1] = nonzero(-x - fromLeft[k + 1])
    }
    right[n] = nonzero(matrix.last - x)
    for k in stride(from: n - 1, through: 0, by: -1) {
      fromRight[k] = matrix.squares[k] / right[k + 1]
      right[k] = nonzero(-x - fromRight[k])
    }
    // 2.
    var (place, defect) = (0, Double.infinity)
    for k in 0...n {
      let a = k == n ? matrix.last : 0
      let size = a + abs(x) + abs(fromLeft[k]) + abs(fromRight[k])
      let bound = abs(a - x - fromLeft[k] - fromRight[k]) + 3.01 * u * size
      if bound < defect { (place, defect) = (k, bound) }
    }
    // 3.
    vector[place] = 1
    var (least, greatest) = (1.0, 1.0)
    square = 1
    for k in stride(from: place - 1, through: 0, by: -1) {
      vector[k] = -(besides[k] * vector[k + 1]) / left[k]
      (least, greatest) = (min(least, abs(vector[k])), max(greatest, abs(vector[k])))
    }
    for k in stride(from: place + 1, through: n, by: 1) {
      vector[k] = -(besides[k - 1] * vector[k - 1]) / right[k]
      (least, greatest) = (min(least, abs(vector[k])), max(greatest, abs(vector[k])))
    }
    guard least >= 0x1p-1000 / smallest, greatest <= 0x1p400 else {
      throw KernelRefusal("elements of an eigenvector leave binary64; accepted: fewer cells or F nearer to g")
    }
    square = vector.reduce(0) { $0 + $1 * $1 }
    // 5.
    let tau = matrix.deviation
    let sine = 1.01 * (tau * abs(x) + defect / square.squareRoot()) / gap + 0.51 * tau + 5.5 * Double(n) * u
    guard sine <= 0.125 else {
      throw KernelRefusal(
        """
        the couplings of the pairs are too close for binary64 to tell their vectors apart; accepted: fewer cells or a \
        smaller F/g
        """
      )
    }
    return sine
  }
}
