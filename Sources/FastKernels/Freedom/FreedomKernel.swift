/// Double-precision kernels of asymptotic freedom, with proved error bounds. u = 2^-53; second orders are in the
/// constants.
///
/// The bounds on R are 1 - D with a D that is computed without a difference of near numbers, so within c u D; the last
/// difference rounds by u of itself. Where R is near zero few of its digits are left, and the bound says so.
public enum FreedomKernel {
  /// The greatest number of cells: 2^52.
  public static let greatestCells = 0x1p52

  static let u = 0x1p-53

  /// The upper bound on R from N, e and P: 1 - (1 - U)/e.
  ///
  /// 1. t = (N + 1) P - 1 is rounded once, by a fused operation, and so has the right sign; s = sqrt(N t) is within 2u
  ///    of itself.
  /// 2. 1 - U = (N - s)/(N + 1) = N (1 - P)/(N + s), since N^2 - s^2 = N (N + 1)(1 - P).
  /// 3. D = N (1 - P)/((N + s) e): differences and products round by u each, N + s is within 3u, the quotient by u: 8u
  ///    in all.
  ///
  /// - Throws: ``KernelRefusal`` outside N = 1 ... 2^52, 2^-300 <= e <= N, 1/(N+1) <= P <= 1.
  public static func upperBound(
    cells n: Double, energy e: Double, purity: Double
  ) throws(KernelRefusal) -> KernelValue {
    let t = try excess(n, e, purity)
    let s = (n * t).squareRoot()
    return one(less: n * (1 - purity) / ((n + s) * e), within: 8)
  }

  /// The lower bound on R from N, e and P: 1 - (1 - V)/e.
  ///
  /// 1. k = floor(1/P): a quotient leaves few candidates, and k P - 1 rounded once by a fused operation has the right
  ///    sign.
  /// 2. s = sqrt(((k + 1) P - 1)/k), rounded three times: within 2u of itself, and at most 1/k.
  /// 3. k = 1: 1 - V = (1 - s)/2 = (1 - P)/(1 + s), since 1 - s^2 = 2 (1 - P): within 5u. Otherwise s <= k/4, and (k -
  ///    s)/(k + 1) is within 4u.
  /// 4. D = (1 - V)/e: within 8u.
  ///
  /// - Throws: ``KernelRefusal`` as for the upper bound.
  public static func lowerBound(
    cells n: Double, energy e: Double, purity: Double
  ) throws(KernelRefusal) -> KernelValue {
    _ = try excess(n, e, purity)
    var k = (1 / purity).rounded(.down)
    while (-1.0).addingProduct(k, purity) > 0 { k -= 1 }
    while (-1.0).addingProduct(k + 1, purity) <= 0 { k += 1 }
    let s = ((-1.0).addingProduct(k + 1, purity) / k).squareRoot()
    let rest = k == 1 ? (1 - purity) / (1 + s) : (k - s) / (k + 1)
    return one(less: rest / e, within: 8)
  }

  /// The lower bound on R from N and e: 1 - (2m/(2m + 1))/e with m = min(e, N - e).
  ///
  /// N - e is exact for e >= N/2 (Sterbenz), and otherwise not taken. 2m + 1, the product and the quotient round by u
  /// each: 4u.
  ///
  /// - Throws: ``KernelRefusal`` outside N = 1 ... 2^52, 2^-300 <= e <= N.
  public static func energyBound(cells n: Double, energy e: Double) throws(KernelRefusal) -> KernelValue {
    try check(n, e)
    let m = 2 * e <= n ? e : n - e
    return one(less: 2 * m / ((2 * m + 1) * e), within: 4)
  }

  /// The deficit of the vacuum-conditioned flip, 1/(N max(1, e^nbar - 1)).
  ///
  /// 1. Up to the double below ln 2 it is 1/N, rounded once. Beyond, k = round(nbar/ln 2) is 1 to 2^11.
  /// 2. e^nbar = 2^k f with an f within 2.6u of itself (``Exponential``).
  /// 3. y = f - 2^-k rounds by u/2 and is at least 0.45: within 7u of itself. N y and the quotient round by u each:
  ///    10u.
  /// 4. The factor 2^-k is exact, or rounds by 2^-1075 below the normal doubles, which is added.
  ///
  /// - Throws: ``KernelRefusal`` outside N = 1 ... 2^52, 2^-300 <= nbar, or when the value is below the least double.
  public static func vacuumFlipDeficit(cells n: Double, photons: Double) throws(KernelRefusal) -> KernelValue {
    guard n >= 1, n <= greatestCells, n == n.rounded() else { throw refusedCells }
    guard photons >= 0x1p-300 else {
      throw KernelRefusal("nbar is outside the kernel's domain; accepted: from 2^-300 on")
    }
    if photons <= 0x1.62e42fefa39efp-1 { return KernelValue(value: 1 / n, errorBound: u / n * (1 + 0x1p-20)) }
    let lost = KernelRefusal("the value is below the least double, 2^-1074")
    guard photons < 800 else { throw lost }
    let power = Exponential(photons)  // 2
    let y = power.factor - Double(sign: .plus, exponent: -power.exponent, significand: 1)  // 3
    let scaled = 1 / (n * y)
    let value = Double(sign: .plus, exponent: -power.exponent, significand: scaled)  // 4
    guard value >= 0x1p-1074 else { throw lost }
    return KernelValue(value: value, errorBound: 10 * u * value * (1 + 0x1p-20) + 0x1p-1074)
  }

  /// 1 - D with the bound that follows from a D within some u of itself.
  private static func one(less d: Double, within count: Double) -> KernelValue {
    let value = 1 - d
    return KernelValue(value: value, errorBound: (count * u * d + u * abs(value)) * (1 + 0x1p-20) + 0x1p-1074)
  }

  private static let refusedCells = KernelRefusal("N is outside the kernel's domain; accepted: integers from 1 to 2^52")

  private static func check(_ n: Double, _ e: Double) throws(KernelRefusal) {
    guard n >= 1, n <= greatestCells, n == n.rounded() else { throw refusedCells }
    guard e >= 0x1p-300, e <= n else {
      throw KernelRefusal("e is outside the kernel's domain; accepted: 2^-300 to N")
    }
  }

  /// (N + 1) P - 1, rounded once.
  private static func excess(_ n: Double, _ e: Double, _ purity: Double) throws(KernelRefusal) -> Double {
    try check(n, e)
    let t = (-1.0).addingProduct(n + 1, purity)
    guard t >= 0, purity <= 1 else {
      throw KernelRefusal("P is outside the kernel's domain; accepted: 1/(N+1) to 1")
    }
    return t
  }
}
