/// The state of the star's cells at a time t in doubles, by its blocks between the even and the odd combinations of |m>
/// and |N - m>, with a bound of its distance from the true one.
///
/// With the even and odd parts E_j and O_j of y_j = P_j |0> the blocks are the sums over j and k of f(mu_j - mu_k) E_j
/// E_k', of f(mu_j - mu_k) O_j O_k' and of f(mu_j + mu_k) E_j O_k', f of ``StarRelaxation`` (``StarPairs`` has the
/// rest). All weights are of magnitude at most one, so in the Frobenius norm, and with n = N + 1, u = 2^-53:
///
/// 1. The vectors: P_j |0> is off by s_j, and the parts round by (n + 5) u of q_j as in the steady state; e_j = s_j +
///    (n + 6) u q_j. A term is off by e_j q_k + q_j e_k + e_j e_k: 2 E Q + E^2 in all, E and Q being the sums.
/// 2. The weights: h = gamma t/2 rounds by u h, which counts twice, the angle |mu_j -+ mu_k| t by 2u of itself and by t
///    times the errors of both mu, and the value is within the error of ``StarRelaxation``. The sum of the greater of
///    both errors times q_j q_k.
/// 3. Products and sums over k and then over j: (2n + 4) u of magnitudes whose norm is at most Q^2.
///
/// *Energy.* n - N/2 is N/2 in norm and connects even and odd levels alone; the true trace is one. So e = N/2 + Tr((n -
/// N/2) rho) is off by N/2 times the distance, and summing rounds by (n + 4) u N/2, as an element between |m>+|N-m> and
/// |m>-|N-m> is at most the mean of both diagonal ones.
///
/// *Largest eigenvalue.* Off by the distance, and by that again for negative elements of the diagonal put to zero:
/// these are below it.
struct StarTimeState {
  private let cells: Int
  private var distance = 0.0
  /// Rows of the whole matrix, even levels first.
  private var rows: [[Double]]
  private let evenLevels: Int

  init(_ charge: StarKernel.Charge) throws(KernelRefusal) {
    let matrix = try StarMatrix(
      cells: charge.cells, upTo: Double(StarKernel.greatestCellsInTime), drive: charge.drive,
      coupling: charge.coupling)
    let (count, u) = (matrix.dimension, StarMatrix.u)
    cells = matrix.cells
    evenLevels = (count + 1) / 2
    rows = Array(repeating: Array(repeating: 0, count: count), count: count)
    let pairs = try StarPairs(matrix)
    // The scale is a power of two.
    let time = charge.time / matrix.scale
    let half = charge.dephasing * charge.time / 2
    let greatest = pairs.couplings.reduce(0) { max($0, abs($1)) }
    guard 2 * greatest * time <= 0x1p40, half <= 0x1p40 else {
      throw KernelRefusal("gamma t or F t or g t is outside the kernel's domain; accepted: angles up to 2^40")
    }
    let parts = pairs.vectors.map { StarTimeState.parts($0) }
    let off = (0..<count).map { pairs.sines[$0] + Double(count + 6) * u * pairs.starts[$0] }
    let (e, q) = (off.reduce(0, +), pairs.starts.reduce(0, +))
    distance = 2 * e * q + e * e + Double(2 * count + 8) * u * q * q  // 1, 3
    func weight(_ s: Double, _ error: Double) -> (value: Double, error: Double) {
      let angle = s * time
      let f = StarRelaxation.value(half: half, angle: angle)
      return (f.value, f.error + 2 * u * half + 2.1 * u * angle + 1.01 * time * error)
    }
    var between = [(value: Double, error: Double)](repeating: (1, 0), count: count * count)
    var across = between
    for j in 0..<count {
      for k in j..<count {
        let (a, b) = (pairs.couplings[j], pairs.couplings[k])
        let error = pairs.errors[j] + pairs.errors[k]
        if j != k { between[j * count + k] = weight(abs(a - b), error) }
        across[j * count + k] = weight(abs(a + b), error)
        between[k * count + j] = between[j * count + k]
        across[k * count + j] = across[j * count + k]
        let made = max(between[j * count + k].error, across[j * count + k].error)
        distance += (j == k ? 1 : 2) * made * pairs.starts[j] * pairs.starts[k]  // 2
      }
    }
    distance *= 1 + 0x1p-20
    for j in 0..<count {
      var (inner, outer) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
      for k in 0..<count {
        let (same, other) = (between[j * count + k].value, across[j * count + k].value)
        let part = parts[k]
        for m in 0..<count { inner[m] += same * part[m] }
        for m in evenLevels..<count { outer[m] += other * part[m] }
      }
      for m in 0..<evenLevels {
        let x = parts[j][m]
        for l in 0..<evenLevels { rows[m][l] += x * inner[l] }
        for l in evenLevels..<count { rows[m][l] += x * outer[l] }
      }
      for m in evenLevels..<count {
        let x = parts[j][m]
        for l in evenLevels..<count { rows[m][l] += x * inner[l] }
      }
    }
  }

  /// The even parts of a vector and then its odd parts.
  private static func parts(_ y: [Double]) -> [Double] {
    let (odd, half) = (y.count / 2, 0.5.squareRoot())
    let even = (0..<odd).map { half * (y[2 * $0] + y[2 * $0 + 1]) }
    let middle = y.count % 2 == 1 ? [y[y.count - 1]] : []
    return even + middle + (0..<odd).map { half * (y[2 * $0] - y[2 * $0 + 1]) }
  }

  /// Tr(rho n).
  var excitations: KernelValue {
    let n = Double(cells)
    var sum = n / 2
    for m in 0..<rows.count - evenLevels { sum += (2 * Double(m) - n) * rows[m][evenLevels + m] }
    let bound = n / 2 * (distance + Double(cells + 5) * StarMatrix.u) + StarMatrix.u * n
    return KernelValue(value: max(sum, 0), errorBound: bound * (1 + 0x1p-20))
  }

  /// The largest eigenvalue.
  func largestEigenvalue() throws(KernelRefusal) -> KernelValue {
    let matrix = LargestEigenvalue(dimension: rows.count) { row, column in
      row == column ? max(rows[row][row], 0) : rows[column][row]
    }
    var blocks = [matrix]
    let (value, own) = try LargestEigenvalue.greatest(of: &blocks)
    return KernelValue(value: value, errorBound: (2 * distance + own) * (1 + 0x1p-20) + 0x1p-600)
  }
}
