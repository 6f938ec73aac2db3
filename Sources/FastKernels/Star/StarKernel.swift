/// Double-precision kernels of the dephased star (arXiv:2508.13497), with proved error bounds.
public enum StarKernel {
  /// The smallest coupling |mu_j| of an invariant pair, the smallest singular value of A = F + g J-, however small it
  /// is against F and g.
  ///
  /// Domain: 1 <= N <= 65536; F and g in 2^-300 ... 2^300, F/g in 2^-200 ... 2^200; a result of at least 2^-1022 and at
  /// least 2^-900 max(F, g), below which the kernel refuses. Units: that of F and g.
  ///
  /// |value - mu| <= (4N + 7) u value, u = 2^-53: the eigenvalues of T beside zero are bracketed by counts of pivots
  /// (``StarMatrix``), each by two neighbouring doubles, 2u apart at most. The true one is within these up to a factor
  /// exp(tau), tau = (4N + 4) u; so is the smaller of the two, a minimum being no more wrong than what it is taken of.
  /// The scale is a power of two.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func smallestCoupling(
    cells: Double, drive: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    let matrix = try StarMatrix(cells: cells, drive: drive, coupling: coupling)
    let least = min(
      -(try matrix.bracket(matrix.negatives - 1).low), try matrix.bracket(matrix.negatives).high)
    let value = least / matrix.scale
    guard value >= Double.leastNormalMagnitude else {
      throw KernelRefusal(
        "the smallest coupling is below 2^-1022, the least normal double; accepted: fewer cells or a stronger drive")
    }
    // The factor covers second orders and the rounding of the bound; the last term the rounding of a bound below
    // 2^-1022.
    let bound = value * (matrix.deviation + 3 * StarMatrix.u) * (1 + 0x1p-20)
    return KernelValue(value: value, errorBound: bound + Double.leastNonzeroMagnitude)
  }

  /// The energy of the cells as t goes to infinity: the closed form N w0/2, which holds for all F, g > 0; no matrix is
  /// diagonalised.
  ///
  /// Domain: 1 <= N <= 2^53; w0, F and g in 2^-300 ... 2^300. |value - E| <= u value: one product rounds, halving is
  /// exact.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func steadyEnergy(
    cells: Double, frequency: Double, drive: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    guard cells >= 1, cells <= 0x1p53, cells == cells.rounded() else {
      throw KernelRefusal("N is outside the kernel's domain; accepted: integers from 1 to 2^53")
    }
    for (name, value) in [("w0", frequency), ("F", drive), ("g", coupling)]
    where !StarMatrix.magnitudes.contains(value) {
      throw KernelRefusal("\(name) is outside the kernel's domain; accepted: 2^-300 to 2^300")
    }
    let value = cells * frequency / 2
    return KernelValue(value: value, errorBound: value * StarMatrix.u)
  }
}
