import ArbitraryPrecision
import RigorousNumerics

/// The invariant pairs of the star.
///
/// With A = F + g J- and the reversal R|m> = |N - m>, R A is real symmetric, and of an eigenvector v with value mu the
/// states |down> v and |up> R v are coupled by mu and by nothing else. In the order |0>, |N>, |1>, |N - 1>, ... of the
/// levels R A is a Jacobi matrix with F, g_1, F, g_2, ... beside its diagonal, g_m = g sqrt(m (N - m + 1)), and zeros
/// on it but for its last place, where F stands for even N and g_((N+1)/2) for odd N.
struct StarBlocks {
  /// The values mu_j in rising order.
  let couplings: [Interval]
  /// The weights p_j = <0|v_j>^2 of the start.
  let weights: [Interval]
  /// The unit vectors v_j by levels, up to signs.
  let vectors: [[Interval]]

  /// The place of the smallest |mu_j|; nil when the bits do not tell which it is.
  var slowest: Int? {
    let sizes = couplings.map(\.absoluteValue)
    return sizes.indices.first { place in
      sizes.indices.allSatisfy { $0 == place || sizes[place].strictlyPrecedes(sizes[$0]) }
    }
  }

  /// The pairs for N cells; nil when the bits do not tell the mu_j apart.
  init?(cells n: Int, drive f: Interval, coupling g: Interval, within budget: Budget) throws {
    let precision = max(f.precision, g.precision)
    let zero = Interval(0, precision: precision)
    func rung(_ m: Int) -> Interval { g * Interval(m * (n - m + 1), precision: precision).squareRoot }
    let offDiagonal = (0..<n).map { $0 % 2 == 0 ? f : rung(($0 + 1) / 2) }
    let last = n % 2 == 0 ? f : rung((n + 1) / 2)
    guard
      let spectrum = try JacobiSpectrum(
        diagonal: Array(repeating: zero, count: n) + [last], offDiagonal: offDiagonal, within: budget)
    else { return nil }
    couplings = spectrum.eigenvalues
    weights = spectrum.vectors.map { $0[0].squared }
    vectors = spectrum.vectors.map { v in
      (0...n).map { m in 2 * m <= n ? v[2 * m == n ? n : 2 * m] : v[2 * (n - m) + 1] }
    }
  }

  /// The even (1) or the odd parts (-1) under R of the projections y_j = <0|v_j> v_j of the start, in the basis of (|m>
  /// +- |N - m>)/sqrt 2 for m < N/2; for even N the last even element is that of |N/2>.
  func parts(parity: Int) -> [[Interval]] {
    let n = vectors.count - 1
    return vectors.map { v in
      let half = v[0] * Interval(Rational(1, 2), precision: v[0].precision).squareRoot
      return (0..<(n + 1) / 2).map { (v[$0] + parity * v[n - $0]) * half }
        + (n % 2 == 0 && parity > 0 ? [v[0] * v[n / 2]] : [])
    }
  }
}
