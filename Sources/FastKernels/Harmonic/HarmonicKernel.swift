/// Double-precision kernels of the harmonic battery.
public enum HarmonicKernel {
  /// The greatest phase g sqrt(N) tau that is accepted: 2^44.
  public static let greatestPhase = 0x1p44

  /// The stored energy E_B = N w0 sin^2(g sqrt(N) tau), Eq. (10) of Phys. Rev. B 99, 205437, with a proved error bound.
  ///
  /// Domain: 1 <= N <= 2^53; w0 and g in 2^-300 ... 2^300; tau = 0 or in the same range; g sqrt(N) tau <= 2^44.
  /// Units: that of w0 for the energy, its inverse for tau (hbar = 1).
  ///
  /// The bound, with u = 2^-53, x the phase, r its computed remainder by pi/2 and q = 12 u^2 x:
  ///
  ///     |value - E_B| <= N w0 (9 u s + 2 |r| q + 3 q^2) + (N w0 + 1) 2^-1074,
  ///
  /// where s = sin^2 r when x is nearest to an even multiple of pi/2, and s = 1 otherwise. Proof, for binary64
  /// arithmetic that rounds to nearest (the step numbers stand in the code):
  ///
  /// 1. p + e = g tau exactly.
  /// 2. sqrt(N) = h + l with an error of at most 2.01 u^2 sqrt(N): N - h^2 is exact, l = (N - h^2)/(2h) differs from
  ///    (N - h^2)/(h + sqrt N) by a factor within u/2 (1 + u) and is rounded once, and |sqrt(N) - h| <= u sqrt(N).
  /// 3. x = t + c with an error of at most 10 u^2 x: t plus its error is p h exactly; p l and e h are at most u x each,
  ///    and are rounded by u^2 x and, when fused, 2 u^2 x; e l <= u^2 x is left out; adding the error of t, at most u
  ///    x, rounds by 3 u^2 x; step 2 adds 2.01 u^2 x. The sum is 9.01 u^2 x, up to a factor 1 + 8u.
  /// 4. k is an integer below 2^44, exact. Three doubles give pi/2 within 2^-163, and the product with the third is
  ///    rounded by less than k 2^-161; k times both is below u^2 x / 2^50. The sum of the seven terms, whose magnitudes
  ///    add up to less than 3.2x, is rounded by (1 + 2^-40) u of itself and 2^-40 u^2 x. Hence the computed remainder
  ///    is r0 (1 + d) + q' with r0 the true one, |d| <= 1.01 u and |q'| <= 12 u^2 x = q. Both are below 0.8: the
  ///    quotient that k rounds is wrong by less than 5 u 2^44 2/pi < 2^-7, since t differs from x by at most 3 u x.
  /// 5. sin r = r + r z Q(z), z = r^2, cut after r^17/17!: the next term is below 0.8^18/19! < 2^-62 of r. Q is right
  ///    within 2.2 u (a rounded coefficient and the last addition; what is inside is multiplied by z/20 < 0.033), r z Q
  ///    within 5.3 u, which is 0.64 u of the sum; the last addition makes 1.64 u, squaring 4.3 u, and the error 1.01 u
  ///    of r gives 2.02 u more, since r cot r <= 1: sin^2 within 6.4 u of itself. The error q' of the remainder moves
  ///    sin^2 by at most q (2 |r| + 2 q), since |sin 2y| <= 2 |y|.
  /// 6. The other quarter: 1 - sin^2 r is rounded by u, and 6.4 u sin^2(0.8) + u <= 4.4 u in absolute terms.
  /// 7. The product N w0 and its product with the result round by u each, so 8.4 u + O(u^2) < 9 u in the first case,
  ///    and less in the second. A result below 2^-1022 is rounded by 2^-1075 before and after the product with N w0.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func storedEnergy(
    cells: Double, frequency: Double, coupling: Double, time: Double
  ) throws(KernelRefusal) -> KernelValue {
    try KernelDomain.check(
      cells: cells, upTo: 0x1p53, named: "2^53", frequency: frequency, coupling: coupling, time: time)
    if time == 0 { return KernelValue(value: 0, errorBound: 0) }

    let (p, e) = ErrorFree.product(coupling, time)  // 1
    let h = cells.squareRoot()  // 2
    let l = cells.addingProduct(-h, h) / (2 * h)
    let (t, tError) = ErrorFree.product(p, h)  // 3
    let c = tError + (e * h).addingProduct(p, l)
    guard t <= greatestPhase else {
      throw KernelRefusal("g sqrt(N) tau is outside the kernel's domain; accepted: up to 2^44")
    }

    let (k, r) = QuarterTurns.remainder(of: t, c)  // 4
    let sine = QuarterTurns.sine(ofRest: r)  // 5
    let square = sine * sine
    let isOdd = k.truncatingRemainder(dividingBy: 2) != 0
    let fraction = isOdd ? 1 - square : square  // 6

    let capacity = cells * frequency  // 7
    let phaseError = 13 * 0x1p-106 * t  // t is x within 3 u, so this exceeds 12 u^2 x
    let relative = 9 * 0x1p-53 * (isOdd ? 1 : fraction)
    let bound = capacity * (relative + (2 * abs(r) + 3 * phaseError) * phaseError)
    // The factor covers the roundings of this line and of the bound itself, fewer than 2^10 of them.
    return KernelValue(
      value: capacity * fraction,
      errorBound: (bound + (capacity + 1) * 0x1p-1074) * (1 + 0x1p-40) + Double.leastNonzeroMagnitude)
  }
}
