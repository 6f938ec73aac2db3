/// Double-precision kernels of the classical Dicke battery.
public enum ClassicalDickeKernel {
  /// The greatest scaled time 2 sqrt(2N) g tau that is accepted: errors may grow by exp(0.354) in each unit.
  public static let greatestTime = 64.0
  /// The greatest phase w0 tau that is accepted: the number of steps is little more.
  public static let greatestPhase = 1e5

  /// The stored energy E_B = N w0 (1 + n_z)/2 of the classical Dicke battery, Eq. (23) of Phys. Rev. B 99, 205437, from
  /// p_a(0) = sqrt(2N) cos(phase), q_a(0) = sqrt(2N) sin(phase) and the empty battery, with an error bound that is
  /// computed beside it.
  ///
  /// Domain: 1 <= N <= 2^53; w0 and g in 2^-300 ... 2^300; tau = 0 or in the same range; |phase| <= 2^44; s = 2
  /// sqrt(2N) g tau <= 64; w0 tau <= 10^5. Units: that of w0 for the energy, its inverse for tau (hbar = 1).
  ///
  /// Errors, u = 2^-53, for binary64 arithmetic that rounds to nearest:
  ///
  /// 1. The path to s and the polynomial of w = 1 + n_z there: ``ClassicalDickePath`` and ``ClassicalDickePlan``. s is
  ///    the exact sum of the time of the last state and h t.
  /// 2. Horner's rule for W_k t^k, u times each sum and each product: at most 2.02 u times the sum of S_k = |W_k| + t
  ///    S_(k+1).
  /// 3. s is rounded three times, and |w'| = |Q n_y| is at most the plan's r times its bound of |n_y|: 3.01 u s r
  ///    |n_y|.
  /// 4. The last line rounds by 2u of the value.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain, or when the bound of the error of the state passes 2^-11.
  public static func storedEnergy(
    cells: Double, frequency: Double, coupling: Double, time: Double, phase: Double
  ) throws(KernelRefusal) -> KernelValue {
    try check(cells, frequency, coupling, time, phase)
    if time == 0 { return KernelValue(value: 0, errorBound: 0) }
    let rate = 2 * ((2 * cells).squareRoot() * coupling)
    let omega = frequency / rate
    let s = rate * time
    guard s <= greatestTime else {
      throw KernelRefusal("2 sqrt(2N) g tau is outside the kernel's domain; accepted: up to 64")
    }
    guard omega * s <= greatestPhase else {
      throw KernelRefusal("w0 tau is outside the kernel's domain; accepted: up to 10^5")
    }
    let capacity = cells * frequency
    var path = ClassicalDickePath(omega: omega, phase: phase, first: s)
    path.expand()
    while s - path.time > path.plan.step {
      try path.advance()
      path.expand()
    }
    let t = (s - path.time) / path.plan.step
    var (w, partial, sums) = (0.0, 0.0, 0.0)
    for k in stride(from: path.plan.order, through: 0, by: -1) {
      let term = path.coefficient(k)
      w = term + t * w
      partial = abs(term) + t * partial
      sums += partial
    }
    let late = 3.01 * s * path.plan.radius * path.plan.tilt
    let error = path.errorOnStep + 0x1p-53 * (2.02 * sums + late)
    let value = capacity * (0.5 * w)
    let bound = capacity * (0.5 * error) + 0x1p-52 * value.magnitude
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-20) + Double.leastNonzeroMagnitude)
  }

  /// Refuses what no kernel of the classical Dicke battery answers.
  static func check(
    _ cells: Double, _ frequency: Double, _ coupling: Double, _ time: Double, _ phase: Double
  ) throws(KernelRefusal) {
    try KernelDomain.check(
      cells: cells, upTo: 0x1p53, named: "2^53", frequency: frequency, coupling: coupling, time: time)
    guard abs(phase) <= SineCosine.greatestAngle else {
      throw KernelRefusal("phase is outside the kernel's domain; accepted: -2^44 to 2^44")
    }
  }
}
