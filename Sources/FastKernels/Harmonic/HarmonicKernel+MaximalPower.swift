/// Maxima over all charging times, from E_B = N w0 sin^2(g sqrt(N) tau).
///
/// Domain: 1 <= N <= 2^53; w0 and g in 2^-300 ... 2^300. u = 2^-53; x* and Y are those of ``SineSquareMaximum``.
/// Nothing overflows or underflows.
extension HarmonicKernel {
  /// The greatest average power over all tau > 0, N w0 g sqrt(N) Y (Phys. Rev. B 99, 205437, below Eq. (10)). Units:
  /// those of w0 times g.
  ///
  /// |value - Pmax| <= (5u + d/Y) value, d being the bound of Y: the root and four products round by u each.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func maximalPower(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    try check(cells, frequency, coupling)
    let greatest = SineSquareMaximum.known.value
    let value = (cells * frequency) * (coupling * cells.squareRoot()) * greatest.value
    return bounded(value, 5 * 0x1p-53 + greatest.errorBound / greatest.value)
  }

  /// The charging time of the greatest average power, x*/(g sqrt(N)). Units: the inverse of that of g.
  ///
  /// |value - tau| <= (3u + d/x*) value, d being the bound of x*: the root, a product and the quotient round by u each.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func optimalTime(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    try check(cells, frequency, coupling)
    let place = SineSquareMaximum.known.place
    return bounded(
      place.value / (coupling * cells.squareRoot()), 3 * 0x1p-53 + place.errorBound / place.value)
  }

  /// The collective advantage Pmax(N)/(N Pmax(1)) = sqrt(N), Eq. (11), within u of itself: Y and the scales of both
  /// powers are the same.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func advantage(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    try check(cells, frequency, coupling)
    return bounded(cells.squareRoot(), 0x1p-53)
  }

  /// R = Gamma_qu/Gamma_cl, Eq. (5): the quotient of two roots, as the classical energy is the same function of tau;
  /// the bound follows from theirs.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func ratio(
    cells: Double, frequency: Double, coupling: Double
  ) throws(KernelRefusal) -> KernelValue {
    let advantage = try advantage(cells: cells, frequency: frequency, coupling: coupling)
    return try advantage.divided(by: advantage)
  }

  private static func check(_ cells: Double, _ frequency: Double, _ coupling: Double) throws(KernelRefusal) {
    try KernelDomain.check(
      cells: cells, upTo: 0x1p53, named: "2^53", frequency: frequency, coupling: coupling, time: 0)
  }

  /// A positive value within a relative bound of the true one; the factor covers second orders.
  private static func bounded(_ value: Double, _ relative: Double) -> KernelValue {
    KernelValue(value: value, errorBound: value * relative * (1 + 0x1p-20))
  }
}
