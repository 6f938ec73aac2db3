/// Double-precision kernels of the quantum Dicke battery.
public enum DickeKernel {
  /// The greatest number of cells that is accepted.
  public static let greatestCells = 1000

  /// The stored energy E_B of the Dicke battery (Phys. Rev. B 99, 205437, Eq. (21)) from N photons and the empty
  /// battery, with an error bound that is computed beside it: that of ``DickeLatticePath``, cut-off included.
  ///
  /// Domain: 1 <= N <= 1000; w0 and g in 2^-300 ... 2^300; tau = 0 or in the same range; the product of tau and the
  /// norm of the Hamiltonian up to about 2^20, no more than 2^20 states and 2^32 of their elements visited. Units: that
  /// of w0 for the energy, its inverse for tau (hbar = 1).
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func storedEnergy(
    cells: Double, frequency: Double, coupling: Double, time: Double
  ) throws(KernelRefusal) -> KernelValue {
    try KernelDomain.check(
      cells: cells, upTo: Double(greatestCells), named: "\(greatestCells)", frequency: frequency, coupling: coupling,
      time: time)
    if time == 0 { return KernelValue(value: 0, errorBound: 0) }
    var path = DickeLatticePath(cells: Int(cells), frequency: frequency, coupling: coupling)
    var left = time
    var steps = 0
    while left > 0 {
      steps += 1
      guard path.lattice.scale * left <= 0x1p20, steps < 65536 else {
        throw KernelRefusal(
          "tau times the norm of the Hamiltonian is outside the kernel's domain; accepted: up to 2^20")
      }
      // Steps are multiples of the last place of tau, so that what is left is exact.
      let sensible = (path.sensibleStep / time.ulp).rounded(.down) * time.ulp
      let step = left <= sensible ? left : max(sensible, time.ulp)
      let loss = try path.prepare(for: step)
      try path.advance(by: step, loss: loss)
      left -= step
    }
    let energy = path.excitation()
    let value = frequency * energy.value
    let bound = frequency * energy.error + 0x1p-53 * value
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-40) + Double.leastNonzeroMagnitude)
  }
}
