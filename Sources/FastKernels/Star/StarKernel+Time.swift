/// The cells at a time t.
///
/// Domain: 1 <= N <= 256; w0, F and g as for the steady state, or F or g zero, where nothing is charged; gamma zero or
/// in 2^-300 ... 2^300, and so t, with gamma t and the angles 2 |mu_j| t up to 2^40. Units: those of w0.
extension StarKernel {
  /// The greatest number of cells that is accepted for times.
  public static let greatestCellsInTime = 256

  /// What is charged, and how long.
  public struct Charge: Sendable, Hashable {
    let cells: Double
    let drive: Double
    let coupling: Double
    let dephasing: Double
    let time: Double

    /// N cells, the drive F, the coupling g, the dephasing rate gamma and the time t.
    public init(cells: Double, drive: Double, coupling: Double, dephasing: Double, time: Double) {
      (self.cells, self.drive, self.coupling) = (cells, drive, coupling)
      (self.dephasing, self.time) = (dephasing, time)
    }
  }

  /// The energy of the cells, with an error bound that is computed beside it: that of ``StarTimeState``.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func energy(of charge: Charge, frequency: Double) throws(KernelRefusal) -> KernelValue {
    guard let state = try state(of: charge, frequency) else { return KernelValue(value: 0, errorBound: 0) }
    return scaled(state.excitations, frequency)
  }

  /// The ergotropy of the cells over all unitaries of the N qubits, E - w0 (1 - l) with the largest eigenvalue l: of at
  /// most N + 1 eigenvalues one fills the lowest level, and the next one has N states. The bound follows from those of
  /// both.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func ergotropy(of charge: Charge, frequency: Double) throws(KernelRefusal) -> KernelValue {
    guard let state = try state(of: charge, frequency) else { return KernelValue(value: 0, errorBound: 0) }
    let (energy, largest) = (state.excitations, try state.largestEigenvalue())
    let value = max(energy.value - (1 - largest.value), 0)
    // Two differences of numbers up to N.
    let rounding = 2 * StarMatrix.u * (charge.cells + 1)
    return scaled(
      KernelValue(value: value, errorBound: energy.errorBound + largest.errorBound + rounding), frequency)
  }

  /// The ergotropy over the energy, 1 - (1 - l)/e.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain, and where no digit of the energy is certain.
  public static func ratio(of charge: Charge) throws(KernelRefusal) -> KernelValue {
    guard let state = try state(of: charge, 1) else {
      throw KernelRefusal("nothing is charged; accepted: F, g and t above zero")
    }
    let (energy, largest) = (state.excitations, try state.largestEigenvalue())
    let least = energy.value - energy.errorBound
    guard least > energy.value / 2 else {
      throw KernelRefusal("no digit of the energy is certain; accepted: longer times or fewer cells")
    }
    let passive = 1 - largest.value
    let value = 1 - passive / energy.value
    let error = (largest.errorBound + abs(passive) / energy.value * energy.errorBound) / least
    // Three roundings of numbers up to the greater of one and passive/e.
    let rounding = 3 * StarMatrix.u * (1 + abs(passive) / energy.value)
    return KernelValue(value: value, errorBound: (error + rounding) * (1 + 0x1p-20))
  }

  /// The state; nil where the cells stay empty.
  private static func state(of charge: Charge, _ frequency: Double) throws(KernelRefusal) -> StarTimeState? {
    guard StarMatrix.magnitudes.contains(frequency) else {
      throw KernelRefusal("w0 is outside the kernel's domain; accepted: 2^-300 to 2^300")
    }
    for (name, value) in [
      ("F", charge.drive), ("g", charge.coupling), ("gamma", charge.dephasing), ("t", charge.time),
    ] where value != 0 && !StarMatrix.magnitudes.contains(value) {
      throw KernelRefusal("\(name) is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300")
    }
    guard charge.cells >= 1, charge.cells <= Double(greatestCellsInTime), charge.cells == charge.cells.rounded() else {
      throw KernelRefusal("N is outside the kernel's domain; accepted: integers from 1 to \(greatestCellsInTime)")
    }
    if charge.drive == 0 || charge.coupling == 0 || charge.time == 0 { return nil }
    return try StarTimeState(charge)
  }

  private static func scaled(_ value: KernelValue, _ frequency: Double) -> KernelValue {
    let product = frequency * value.value
    let bound = (frequency * value.errorBound + StarMatrix.u * abs(product)) * (1 + 0x1p-20)
    return KernelValue(value: product, errorBound: bound + Double.leastNonzeroMagnitude)
  }
}
