extension DickeKernel {
  /// The greatest average power E_B(tau)/tau over all tau > 0 of the quantum Dicke battery, with an error bound that
  /// includes the search: no other time beats the value by more.
  ///
  /// Domain: 1 <= N <= 1000; w0 and g in 2^-300 ... 2^300, their ratio such that the search ends. Units: that of w0
  /// squared (hbar = 1).
  ///
  /// - Throws: ``KernelRefusal`` outside the domain, or when the search does not isolate the maximum.
  public static func maximalPower(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    try powerSearch(cells: cells, frequency: frequency, coupling: coupling).power
  }

  /// The greatest average power, with what the search for it went through.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  package static func powerSearch(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> DickeSearchReport {
    var search = try search(cells, frequency, coupling)
    let power = try search.maximum()
    let value = frequency * power.value
    let bound = (frequency * power.errorBound + 0x1p-52 * value) * (1 + 0x1p-40)
    return DickeSearchReport(
      power: KernelValue(value: value, errorBound: bound), optimalTime: search.bestTime, photons: search.photons,
      times: search.times)
  }

  /// The charging time of the greatest average power, with an error bound that is proved by signs of the power's slope
  /// on both sides (``DickePowerSearch``).
  ///
  /// Domain and cost are those of the maximal power. Units: the inverse of that of w0 (hbar = 1).
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  public static func optimalTime(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    var search = try search(cells, frequency, coupling)
    return try search.optimalTime()
  }

  /// The search inside the domain.
  private static func search(
    _ cells: Double, _ frequency: Double, _ coupling: Double
  ) throws(KernelRefusal) -> DickePowerSearch {
    try KernelDomain.check(
      cells: cells, upTo: Double(greatestCells), named: "\(greatestCells)", frequency: frequency, coupling: coupling,
      time: 0)
    return DickePowerSearch(cells: Int(cells), frequency: frequency, coupling: coupling)
  }

  /// The collective advantage Pmax(N)/(N Pmax(1)) (Eq. (4)), with an error bound.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  public static func advantage(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    try .advantage(cells: cells) { cells throws(KernelRefusal) in
      try maximalPower(cells: cells, frequency: frequency, coupling: coupling)
    }
  }

  /// R = Gamma_qu/Gamma_cl (Eq. (5)), with an error bound.
  ///
  /// - Throws: ``KernelRefusal`` as for the four maximal powers.
  public static func ratio(
    cells: Double, frequency: Double, coupling: Double, phase: Double
  ) throws(KernelRefusal) -> KernelValue {
    let quantum = try advantage(cells: cells, frequency: frequency, coupling: coupling)
    let classical = try ClassicalDickeKernel.advantage(
      cells: cells, frequency: frequency, coupling: coupling, phase: phase)
    return cells == 1 ? quantum : try quantum.divided(by: classical)
  }
}

/// A greatest average power and the course of the search for it, so that benchmarks can set others the same problem.
package struct DickeSearchReport: Sendable {
  /// The greatest average power.
  package let power: KernelValue
  /// The time of the best power found, without a bound.
  package let optimalTime: Double
  /// M, the number of photons at which the states ended up cut.
  package let photons: Int
  /// The times of the states: 0, h, 2h, ..., then those of shorter steps near the maximum.
  package let times: [Double]
}
