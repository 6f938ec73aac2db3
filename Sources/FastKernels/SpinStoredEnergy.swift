/// Double-precision kernels of the spin battery.
public enum SpinKernel {
  /// The greatest number of cells that is accepted.
  public static let greatestCells = 16384

  /// The greatest z = R x that is accepted: the number of steps is little more.
  static let greatestPhase = 0x1p22

  /// The stored energy E_B of the spin battery (Phys. Rev. B 99, 205437, Sec. V) from the full charger and the empty battery, with an
  /// error bound that is computed beside it.
  ///
  /// Domain: 1 <= N <= 16384; w0 and g in 2^-300 ... 2^300; tau = 0 or in the same range; 2 g tau R <= 2^22, where R is about N^2/2.
  /// Units: that of w0 for the energy, its inverse for tau (hbar = 1). Memory: a few arrays of N doubles and one of the steps.
  ///
  /// The amplitudes are exp(x T) e_0 with x = 2 g tau and the integer chain b_k = (k+1)(N-k), by the Chebyshev series in S = T/R and
  /// Clenshaw's recurrence y_n = a_n e_0 + 2 S y_(n+1) + y_(n+2), phi = (a_0 e_0 + y_0 + y_2)/2. Errors in the 2-norm, u = 2^-53, for binary64
  /// arithmetic that rounds to nearest:
  ///
  /// 1. R = 2^s/m with an integer m of so few bits that 2 b_k/R is a double: S is exact, and its row sums are at most 1.
  /// 2. z = x R as a pair of doubles, off by less than 2^-98 z; so is the result, by |S| <= 1.
  /// 3. The series: the bound of ``BesselSeries``.
  /// 4. A step: two products, their difference and two sums round by u of each result. With |S| <= 1 for the matrix of magnitudes, too,
  ///    the error made at y_n is at most 3u 2|y_(n+1)| + 2u |y_n| to first order; it reaches the result through P_n(S), |P_n(S)| <= 1.
  ///    The lengths |y_n| are summed as the recurrence runs: 8.1 u sum |y_n| covers all, with second orders and their own roundings. Lengths
  ///    below 2^-500 may vanish in the squares; the bound of the series, never below 2^-60, covers them.
  /// 5. The last line rounds by 2u of |y_0| + |y_2| + |a_0|.
  /// 6. With e the sum of these, E_B/w0 = sum k phi_k^2 changes by at most N e (2 + e) for |phi| = 1; summing and multiplying n + 1 positive
  ///    terms in eight lanes adds (N/8 + 16) u of the value.
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
    let bound = frequency * (cells * norm * (2 + norm)) + relative * value
    return KernelValue(value: value, errorBound: bound * (1 + 0x1p-40) + Double.leastNonzeroMagnitude)
  }
}

/// The chain of N + 1 states with couplings (k + 1)(N - k), scaled.
struct SpinChain {
  private let count: Int
  /// 2 b_k/R at k + lead, with zeros before and after.
  private let fractions: [Double]
  /// 1/R, exactly.
  let inverseScale: Double

  /// Zeros before the first element, and after the last.
  private static let lead = 8

  init(_ n: Int) {
    count = n + 1
    let couplings = (0..<n).map { ($0 + 1) * (n - $0) }
    let greatest = couplings.max() ?? 1
    var rowSum = 2 * greatest
    for k in 1..<max(n, 1) { rowSum = max(rowSum, couplings[k - 1] + couplings[k]) }
    // R = 2^s/m >= the greatest row sum, m of 53 bits less those of the couplings.
    let bits = Int.bitWidth - greatest.leadingZeroBitCount
    let s = 52 - bits + (Int.bitWidth - rowSum.leadingZeroBitCount)
    let power = UInt64(1) << UInt64(min(s, 62))
    let m = power / UInt64(rowSum)
    inverseScale = Double(m) / Double(power)
    var fractions = [Double](repeating: 0, count: n + 1 + 3 * SpinChain.lead)
    for (k, b) in couplings.enumerated() { fractions[SpinChain.lead + k] = 2 * Double(b) * inverseScale }
    self.fractions = fractions
  }

  /// sum of k phi_k^2 for phi = exp(z S) e_0, and the error of phi in the 2-norm.
  func evolve(_ series: BesselSeries) -> (excitation: Double, error: Double) {
    let lead = SpinChain.lead
    let size = fractions.count
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: 3 * size)
    memory.initialize(repeating: 0, count: 3 * size)
    defer { memory.deallocate() }
    var (current, older) = (memory + lead, memory + size + lead)
    let kept = memory + 2 * size + lead
    let a = series.coefficients
    let last = a.count - 1
    var lengths = 0.0
    var square = 0.0
    fractions.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for n in stride(from: last, through: 0, by: -1) {
        if n == 0 { kept.update(from: older, count: count) }
        older[0] += a[n]
        square = SpinChain.step(base + lead, current, older, count: min(count, last - n + 1))
        lengths += square.squareRoot()
        swap(&current, &older)
      }
    }
    var sum = SIMD8<Double>.zero
    for k in stride(from: 0, to: count, by: 8) {
      let y = SpinChain.load(current + k), w = SpinChain.load(kept + k)
      var phi = (y + w) * 0.5
      if k == 0 { phi[0] += a[0] * 0.5 }
      let index = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) + Double(k)
      sum += index * (phi * phi)
    }
    // |y_2| <= 2 |y_1| + |y_0| + |a_0| by the recurrence: the last line is covered by a few u of what was summed.
    let final = 4 * 0x1p-53 * (2 * lengths + 2 * abs(a[0]))
    let error = series.error + 8.1 * 0x1p-53 * lengths + final
    return (sum.sum(), error * (1 + 0x1p-30) + 0x1p-900)
  }

  /// target += 2 S current in the first elements, and the sum of their squares.
  @inline(__always)
  private static func step(
    _ d: UnsafePointer<Double>, _ current: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    var squares = SIMD8<Double>.zero
    for k in stride(from: 0, to: count, by: 8) {
      let left = load(d + k - 1) * load(current + k - 1)
      let right = load(d + k) * load(current + k + 1)
      let value = load(target + k) + (left - right)
      UnsafeMutableRawPointer(target + k).storeBytes(of: value, as: SIMD8<Double>.self)
      squares += value * value
    }
    return squares.sum()
  }

  @inline(__always)
  private static func load(_ address: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Double>.self)
  }
}
