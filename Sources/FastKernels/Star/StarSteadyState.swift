extension StarKernel {
  /// The greatest number of cells that is accepted for the steady state.
  public static let greatestSteadyCells = 400

  /// The largest eigenvalue of the cells' state as t goes to infinity, with an error bound that is computed beside it.
  ///
  /// Domain: 1 <= N <= 400; w0, F and g as for ``steadyEnergy(cells:frequency:drive:coupling:)``, F/g in 2^-200 ...
  /// 2^200, and all couplings |mu_j| at least 2^-900 max(F, g). w0 drops out. The kernel refuses where couplings or
  /// elements of vectors leave binary64 and where the bound leaves no digit.
  ///
  /// With P_j the projectors on the eigenvectors of T and R the reversal the state is (D + R D R)/2, D = sum over j of
  /// y_j y_j', y_j = P_j |0>. u = 2^-53, n = N + 1:
  ///
  /// 1. Eigenvalues and vectors z_j with bounds s_j of the sines: ``StarPairs``.
  /// 2. |P_j - Q_j| <= s_j for the projector Q_j on z_j; so |y_j y_j' - Q_j|0><0|Q_j| <= s_j (2 q_j + s_j), q_j =
  ///    |Q_j|0>| = |z_0|/|z|. The sum of these bounds what D, and the state, and its largest eigenvalue are off.
  /// 3. The state has blocks between the even and between the odd combinations (|m> +- |N - m>)/sqrt 2, with |N/2>
  ///    among the even. The vectors in them are z_0/|z|^2 times (z_2a +- z_2a+1)/sqrt 2, or times z_N. |z|^2 rounds by
  ///    n u, the quotient and two products with a rounded 1/sqrt 2 by 4 u, the sum by u: (n + 5) u of each vector. Of
  ///    both blocks B B' together that makes 2 (n + 5) u tr, tr = sum of q_j^2.
  /// 4. A product of n terms rounds by n u of the magnitudes, whose matrix is no greater than tr: n u tr.
  /// 5. ``LargestEigenvalue``: from below by quotients, from above by the factorisation for a c that is raised until it
  ///    ends.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func steadyLargestEigenvalue(
    cells: Double, frequency: Double, drive: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    _ = try steadyEnergy(cells: cells, frequency: frequency, drive: drive, coupling: coupling)
    let matrix = try StarMatrix(cells: cells, upTo: Double(greatestSteadyCells), drive: drive, coupling: coupling)
    let value = try StarSteadyState(matrix).largestEigenvalue()
    guard value.errorBound < value.value else {
      throw KernelRefusal("no digit of the largest eigenvalue is certain; accepted: fewer cells or a smaller F/g")
    }
    return value
  }

  /// The ergotropy over the energy as t goes to infinity, R = 1 - (2/N)(1 - l) with the largest eigenvalue l: at most
  /// N + 1 eigenvalues are not zero, and the first excited level of the cells has N states.
  ///
  /// Domain and bound follow from ``steadyLargestEigenvalue(cells:frequency:drive:coupling:)``: 2/N of its bound, and
  /// three roundings of numbers up to one.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func steadyRatio(
    cells: Double, frequency: Double, drive: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    let eigenvalue = try steadyLargestEigenvalue(cells: cells, frequency: frequency, drive: drive, coupling: coupling)
    let ratio = 1 - 2 * (1 - eigenvalue.value) / cells
    let bound = (2 * eigenvalue.errorBound / cells + 3.1 * StarMatrix.u) * (1 + 0x1p-40)
    guard bound < ratio else {
      throw KernelRefusal("no digit of the ratio is certain; accepted: F nearer to g, or more cells")
    }
    return KernelValue(value: ratio, errorBound: bound)
  }
}

/// The vectors y_j of the steady state in the even and the odd levels, a row for each level, and what is known of their
/// errors.
private struct StarSteadyState {
  private let count: Int
  private var even: [Double]
  private var odd: [Double]
  private let levels: (even: Int, odd: Int)
  /// The bound of step 2, and tr of step 3.
  private var distance = 0.0
  private var trace = 0.0

  init(_ matrix: StarMatrix) throws(KernelRefusal) {
    count = matrix.dimension
    // For even N the middle level is even.
    levels = ((count + 1) / 2, count / 2)
    even = Array(repeating: 0, count: levels.even * count)
    odd = Array(repeating: 0, count: levels.odd * count)
    let pairs = try StarPairs(matrix)
    (distance, trace) = (pairs.distance, pairs.trace)
    let half = 0.5.squareRoot()
    for (j, y) in pairs.vectors.enumerated() {
      // 3.
      for a in 0..<levels.odd {
        even[a * count + j] = half * (y[2 * a] + y[2 * a + 1])
        odd[a * count + j] = half * (y[2 * a] - y[2 * a + 1])
      }
      if matrix.cells % 2 == 0 { even[(levels.even - 1) * count + j] = y[matrix.cells] }
    }
  }

  /// B B' of one block.
  private func block(_ rows: [Double], _ levels: Int) -> LargestEigenvalue {
    LargestEigenvalue(dimension: levels) { a, b in
      var sum = 0.0
      for j in 0..<count { sum += rows[a * count + j] * rows[b * count + j] }
      return sum
    }
  }

  func largestEigenvalue() throws(KernelRefusal) -> KernelValue {
    var blocks = [block(even, levels.even), block(odd, levels.odd)]
    let (value, own) = try LargestEigenvalue.greatest(of: &blocks)  // 5
    // 2 to 4; the factor covers second orders and the roundings of the bound, the power what underflows: 2^-1074 times
    // elements up to 2^400.
    let n = Double(count)
    let rounding = (2 * (n + 5) + n) * StarMatrix.u * trace
    let error = distance + rounding + own
    return KernelValue(value: value, errorBound: error * (1 + 0x1p-20) + 0x1p-600)
  }
}
