extension ClassicalDickeKernel {
  /// The greatest average power E_B(tau)/tau over all tau > 0 of the classical Dicke battery (Phys. Rev. B 99, 205437,
  /// Sec. III, Eq. (23)), with an error bound that is computed beside it and includes the search: no earlier or later
  /// time beats the value by more.
  ///
  /// With s = 2 c tau, c = sqrt(2N) g, the power is N w0 c (1 + n_z)/s; its maximum is that of
  /// ``ClassicalDickeSearch``.
  ///
  /// Domain: 1 <= N <= 2^53; w0 and g in 2^-300 ... 2^300; |phase| <= 2^44; a maximum that is closed up to s = 64 in
  /// 2^17 steps, which is the case for w0/(sqrt(N) g) up to about 10^4. Units: that of w0 times that of g. Memory: 24
  /// doubles for a step that may hold the maximum.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func maximalPower(
    cells: Double, frequency: Double, coupling: Double, phase: Double
  ) throws(KernelRefusal) -> KernelValue {
    try check(cells, frequency, coupling, 0, phase)
    let c = (2 * cells).squareRoot() * coupling
    let power = try ClassicalDickeSearch.maximum(omega: frequency / (2 * c), phase: phase)
    // Five roundings: of the root, its product with g, N w0, and two products.
    let factor = (cells * frequency) * c
    let value = factor * power.value
    return KernelValue(value: value, errorBound: (factor * power.errorBound + 0x1p-50 * value) * (1 + 0x1p-20))
  }

  /// The collective advantage Pmax(N)/(N Pmax(1)) (Eq. (4)), with an error bound, in the domain of both maximal powers.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  public static func advantage(
    cells: Double, frequency: Double, coupling: Double, phase: Double
  ) throws(KernelRefusal) -> KernelValue {
    try .advantage(cells: cells) { cells throws(KernelRefusal) in
      try maximalPower(cells: cells, frequency: frequency, coupling: coupling, phase: phase)
    }
  }
}
