/// Double-precision kernels of the spin battery.
public enum SpinKernel {
  /// The greatest number of cells that is accepted.
  public static let greatestCells = 16384

  /// The greatest z = R x that is accepted: the number of steps is little more.
  static let greatestPhase = 0x1p22

  /// The stored energy E_B of the spin battery (Phys. Rev. B 99, 205437, Sec. V) from the full charger and the empty
  /// battery, with an error bound that is computed beside it.
  ///
  /// Domain: 1 <= N <= 16384; w0 and g in 2^-300 ... 2^300; tau = 0 or in the same range; 2 g tau R <= 2^22, where R is
  /// about N^2/2. Units: that of w0 for the energy, its inverse for tau (hbar = 1). Memory: a few arrays of N doubles
  /// and one of the steps.
  ///
  /// The amplitudes are exp(x T) e_0 with x = 2 g tau and the integer chain b_k = (k+1)(N-k), by the Chebyshev series
  /// in S = T/R and Clenshaw's recurrence y_n = a_n e_0 + 2 S y_(n+1) + y_(n+2), phi = (a_0 e_0 + y_0 + y_2)/2. Errors
  /// in the 2-norm, u = 2^-53, for binary64 arithmetic that rounds to nearest:
  ///
  /// 1. R = 2^s/m with an integer m of so few bits that 2 b_k/R is a double: S is exact, and its row sums are at
  ///    most 1.
  /// 2. z = x R as a pair of doubles, off by less than 2^-98 z; so is the result, by |S| <= 1.
  /// 3. The series: the bound of ``BesselSeries``.
  /// 4. A step: two products, their difference and two sums round by u of each result. With |S| <= 1 for the matrix of
  ///    magnitudes, too, the error made at y_n is at most 3u 2|y_(n+1)| + 2u |y_n| to first order; it reaches the
  ///    result through P_n(S), |P_n(S)| <= 1. The lengths |y_n| are summed as the recurrence runs: 8.1 u sum |y_n|
  ///    covers all, with second orders and their own roundings. Lengths below 2^-500 may vanish in the squares; the
  ///    bound of the series, never below 2^-60, covers them.
  /// 5. The last line rounds by 2u of |y_0| + |y_2| + |a_0|.
  /// 6. With e the sum of these and K the diagonal of the k, E_B/w0 = <phi|K|phi> changes by at most e (2 |K phi| + N
  ///    e); summing and multiplying n + 1 positive terms in eight lanes adds (N/8 + 16) u of the value.
  ///
  /// - Throws: ``KernelRefusal`` outside the domain.
  public static func storedEnergy(
    cells: Double, frequency: Double, coupling: Double, time: Double
  ) throws(KernelRefusal) -> KernelValue {
    try KernelDomain.check(
      cells: cells, upTo: Double(greatestCells), named: "\(greatestCells)", frequency: frequency, coupling: coupling,
      time: time)
    if time == 0 { return KernelValue(value: 0, errorBound: 0) }
    let chain = SpinChain(Int(cells))
    // 2: both factors of a pair are exact products.
    let product = ErrorFree.product(coupling, time)
    let z = DoublePair(product.result, product.error) * 2 / DoublePair(chain.inverseScale)
    guard z.high <= greatestPhase else {
      throw KernelRefusal("2 g tau N^2/2 is outside the kernel's domain; accepted: up to 2^22")
    }
    let run = chain.evolve(BesselSeries((z.high, z.low)))
    let norm = run.error + 0x1p-98 * z.high
    let value = frequency * run.excitation
    let relative = (cells / 8 + 20) * 0x1p-53
    let bound = frequency * (norm * (2.01 * run.length + cells * norm)) + relative * value
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-40) + Double.leastNonzeroMagnitude)
  }
}
