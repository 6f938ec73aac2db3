/// Double-precision kernels of the classical spin battery (Phys. Rev. B 99, 205437, Eq. (18) to (20)), with error
/// bounds that are computed beside the values. u = 2^-53.
public enum ClassicalSpinKernel {
  /// The greatest scaled time 2 g N tau that is accepted: errors may grow by e in each unit.
  public static let greatestTime = 24.0

  /// The polar angles of charger and battery and their azimuth apart, in radians, of magnitude 2^44 at most.
  public struct Angles: Sendable, Hashable {
    let charger: Double
    let battery: Double
    let azimuth: Double

    /// theta_a, theta_b and phi_a - phi_b.
    public init(charger: Double, battery: Double, azimuth: Double) {
      (self.charger, self.battery, self.azimuth) = (charger, battery, azimuth)
    }

    fileprivate func check() throws(KernelRefusal) {
      for (name, angle) in [("theta-a", charger), ("theta-b", battery), ("phi", azimuth)]
      where !(abs(angle) <= SineCosine.greatestAngle) {
        throw KernelRefusal("\(name) is outside the kernel's domain; accepted: -2^44 to 2^44")
      }
    }
  }

  /// The stored energy E_B = N w0 (1 + b_z)/2, which includes what the battery holds at the start.
  ///
  /// Domain: 1 <= N <= 2^53; w0 and g in 2^-300 ... 2^300; tau = 0 or in the same range; s = 2 g N tau <= 24. Units:
  /// that of w0 for the energy, its inverse for tau (hbar = 1). The bound is that of ``ClassicalSpinPath``, 2.01u s for
  /// a time that is rounded twice, |b_z'| being one at most, and 2u of the sum and the products; it is an absolute one.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func storedEnergy(
    cells: Double, frequency: Double, coupling: Double, time: Double, angles: Angles
  ) throws(KernelRefusal) -> KernelValue {
    try KernelDomain.check(
      cells: cells, upTo: 0x1p53, named: "2^53", frequency: frequency, coupling: coupling, time: time)
    try angles.check()
    let s = 2 * (coupling * cells * time)
    guard s <= greatestTime else {
      throw KernelRefusal("2 g N tau is outside the kernel's domain; accepted: up to 24")
    }
    var path = ClassicalSpinPath(charger: angles.charger, battery: angles.battery, azimuth: angles.azimuth)
    path.expand()
    while s - path.time > ClassicalSpinPath.step {
      try path.advance()
      path.expand()
    }
    let height = path.state(at: (s - path.time) / ClassicalSpinPath.step).second.z
    let capacity = cells * frequency
    let value = capacity * (0.5 * (1 + height))
    let error = path.errorOnStep + 2.01 * 0x1p-53 * (s + 2)
    let bound = capacity * (0.5 * error) + 0x1p-52 * abs(value)
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-20) + Double.leastNonzeroMagnitude)
  }

  /// The supremum of the power (E_B(tau) - E_B(0))/tau over all tau > 0, g w0 N^2 times that of (b_z(s) - b_z(0))/s,
  /// which includes the search (``ClassicalPowerSearch``).
  ///
  /// Domain: that of the energy without a time, and a positive supremum that is closed up to s = 24: no gain exceeds 1
  /// - b_z(0). Units: those of w0 times g.
  ///
  /// On a step w = b_z - b_z(0) has the error of the path, that of b_z(0), and one rounding. On the first one it is the
  /// integral of b_z' = a_x b_y - a_y b_x, which is off by at most 2.01 times the error of the state: with roundings
  /// and truncation of the powers of t that is a bound for w/t, too.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func maximalPower(
    cells: Double, frequency: Double, coupling: Double, angles: Angles
  ) throws(KernelRefusal) -> KernelValue {
    try KernelDomain.check(
      cells: cells, upTo: 0x1p53, named: "2^53", frequency: frequency, coupling: coupling, time: 0)
    try angles.check()
    let power = try ClassicalPowerSearch.maximum { search throws(KernelRefusal) in try follow(angles, &search) }
    // Three roundings: N w0 and N g, and their product with each other and the power.
    let factor = (cells * frequency) * (cells * coupling)
    let value = factor * power.value
    return KernelValue(value: value, errorBound: (factor * power.errorBound + 0x1p-51 * value) * (1 + 0x1p-20))
  }

  /// The collective advantage Pmax(N)/(N Pmax(1)) (Eq. (4)), which is N: E_B/(N w0) is a function of s = 2 g N tau, so
  /// that Pmax is N^2 times a number of the angles. It is exact; the bound, 2^-53 of it, leaves room for who holds it
  /// against enclosures.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power, which has to be proved positive.
  public static func advantage(cells: Double, angles: Angles) throws(KernelRefusal) -> KernelValue {
    let power = try maximalPower(cells: cells, frequency: 1, coupling: 1, angles: angles)
    guard power.value > power.errorBound else { throw KernelRefusal("the classical power is not proved positive") }
    return KernelValue(value: cells, errorBound: 0x1p-53 * cells)
  }

  /// Steps until later times are excluded.
  private static func follow(_ angles: Angles, _ search: inout ClassicalPowerSearch) throws(KernelRefusal) {
    var path = ClassicalSpinPath(charger: angles.charger, battery: angles.battery, azimuth: angles.azimuth)
    let (start, early, step) = (path.height, path.error, ClassicalSpinPath.step)
    let greatest = 1 - start + early + 0x1p-52
    while path.time < greatestTime {
      path.expand()
      let isFirst = path.time == 0
      let error =
        isFirst
        ? 2.02 * step * path.errorOnStep + ClassicalSpinPath.made : path.errorOnStep + early + 0x1p-52
      if isFirst { search.note(limit: path.second[1].z / step, 2.02 * early + 2 * ClassicalSpinPath.made / step) }
      let origin = path.height - start
      search.keep(start: path.time, length: step, error: error, order: ClassicalSpinPath.order) {
        $0 == 0 ? origin : path.second[$0].z
      }
      try path.advance()
      search.note(path.height - start, path.error + early + 0x1p-52, at: path.time)
      if search.excludes(after: path.time, greatest: greatest) { return }
    }
    throw KernelRefusal("no positive power was closed up to 2 g N tau = 24")
  }
}
