extension ClassicalDickeKernel {
  /// The greatest average power E_B(tau)/tau over all tau > 0 of the classical Dicke battery (Phys. Rev. B 99, 205437,
  /// Sec. III, Eq. (23)), with an error bound that is computed beside it and includes the search: no earlier or later
  /// time beats the value by more.
  ///
  /// With s = 2 c tau, c = sqrt(2N) g, the power is N w0 c (1 + n_z)/s; its maximum is that of
  /// ``ClassicalPowerSearch``.
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
    let power = try ClassicalPowerSearch.maximum { search throws(KernelRefusal) in
      try follow(omega: frequency / (2 * c), phase: phase, &search)
    }
    // Five roundings: of the root, its product with g, N w0, and two products.
    let factor = (cells * frequency) * c
    let value = factor * power.value
    return KernelValue(value: value, errorBound: (factor * power.errorBound + 0x1p-50 * value) * (1 + 0x1p-20))
  }

  /// Steps until later times are excluded; w = 1 + n_z never exceeds 2.
  private static func follow(
    omega: Double, phase: Double, _ search: inout ClassicalPowerSearch
  ) throws(KernelRefusal) {
    var path = ClassicalDickePath(omega: omega, phase: phase, first: greatestTime)
    for _ in 0..<1 << 17 {
      guard path.time < greatestTime else { break }
      path.expand()
      search.keep(
        start: path.time, length: path.plan.step, error: path.errorOnStep, order: path.plan.order
      ) { path.coefficient($0) }
      try path.advance()
      search.note(path.energy, path.error, at: path.time)
      if search.excludes(after: path.time, greatest: 2) { return }
    }
    throw KernelRefusal("the maximum of the power was not closed up to 2 sqrt(2N) g tau = 64 in 2^17 steps")
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
