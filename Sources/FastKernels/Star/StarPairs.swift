/// The invariant pairs of the star in doubles: couplings mu_j and the projections y_j = P_j |0> of the start, with
/// bounds.
///
/// 1. mu_j is between two doubles up to exp(tau) (``StarMatrix``); x_j is the second of them, and the gap is the
///    distance from the neighbours' bounds.
/// 2. A vector z_j comes with a bound s_j of the sine of its angle from the true one (``StarVectors``); y_j is z_0
///    z/|z|^2.
struct StarPairs {
  /// x_j in rising order, for the scaled matrix.
  private(set) var couplings: [Double] = []
  /// At least |x_j - mu_j|.
  private(set) var errors: [Double] = []
  /// y_j in the order |0>, |N>, |1>, |N-1>, ... of the levels; |z|^2 rounds by n u, quotient and product by u each.
  private(set) var vectors: [[Double]] = []
  /// s_j, and q_j = |z_0|/|z|.
  private(set) var sines: [Double] = []
  private(set) var starts: [Double] = []

  init(_ matrix: StarMatrix) throws(KernelRefusal) {
    let (n, u) = (matrix.cells, StarMatrix.u)
    var brackets: [(low: Double, high: Double)] = []
    for j in 0...n { brackets.append(try matrix.bracket(j)) }
    let share = 1.01 * matrix.deviation + 4 * u
    let lower = brackets.map { $0.low - share * abs($0.low) }
    let upper = brackets.map { $0.high + share * abs($0.high) }
    var finder = StarVectors(matrix)
    for j in 0...n {
      let x = brackets[j].high
      // The differences round by u of themselves.
      let gap = min(j > 0 ? x - upper[j - 1] : .infinity, j < n ? lower[j + 1] - x : .infinity) * (1 - 4 * u)
      guard gap > 0 else {
        throw KernelRefusal(
          """
          the couplings of the pairs are too close for binary64 to tell them apart; accepted: fewer cells or a smaller \
          F/g
          """
        )
      }
      sines.append(try finder.find(x, gap: gap))
      starts.append(abs(finder.vector[0]) / finder.square.squareRoot())
      let factor = finder.vector[0] / finder.square
      vectors.append(finder.vector.map { factor * $0 })
      couplings.append(x)
      // Neighbouring doubles are 2u apart at most.
      errors.append((share + 3 * u) * abs(x))
    }
  }

  /// The sum of s_j (2 q_j + s_j).
  var distance: Double { zip(sines, starts).reduce(0) { $0 + $1.0 * (2 * $1.1 + $1.0) } }
  /// The sum of q_j^2.
  var trace: Double { starts.reduce(0) { $0 + $1 * $1 } }
}
