/// Chebyshev coefficients of exp(z S) for a real skew-symmetric S with |S| <= 1, in doubles, with a bound of what they
/// are off.
///
/// The bound is the defect of the function that the coefficients define, as `ChebyshevCoefficients` in RigorousNumerics
/// derives it for exact fractions: with r_n = n c_n - (z/2)(c_(n-1) + c_(n+1)),
///
///     | c_0 + sum 2 c_n P_n(S) - exp(z S) |  <=  |C(0) - 1| + pi (|r_1| + |r_2| + ...).
///
/// Coefficients and defect are computed as pairs of doubles with 2^-100 of their size lost in an operation, and rounded
/// to doubles at the end, at most u (|c_0| + 2 |c_1| + 2 |c_2| + ...) in all.
struct BesselSeries {
  /// a_0 = c_0, a_n = 2 c_n.
  let coefficients: [Double]
  /// The bound for these doubles.
  let error: Double

  /// The series for 0 < z <= 2^22, z = high + low, with an error of about 2^-bits or that of doubles.
  init(_ z: (high: Double, low: Double), bits: Double = 64) {
    let half = DoublePair(z.high / 2, z.low / 2)
    let last = BesselSeries.order(z.high, bits: bits)
    let start = BesselSeries.order(z.high, bits: 180) + 2
    // Miller's recurrence downward: c_(n-1) = (2n/z) c_n - c_(n+1), from a tiny start; scaled down before it can
    // overflow.
    let inverse = DoublePair(1) / half
    var next = DoublePair(0)
    var current = DoublePair(0x1p-200)
    var c = [DoublePair](repeating: DoublePair(0), count: last + 1)
    for n in stride(from: start, to: 0, by: -1) {
      if n <= last { c[n] = current }
      let previous = inverse * Double(n) * current - next
      next = current
      current = previous
      if abs(current.high) > 0x1p300 {
        (current, next) = (current * 0x1p-500, next * 0x1p-500)
        for k in n...max(last, n) where k <= last { c[k] = c[k] * 0x1p-500 }
      }
    }
    c[0] = current
    var sum = c[0]
    for n in stride(from: 2, through: last, by: 2) { sum = sum + c[n] * 2 }
    let scale = DoublePair(1) / sum
    for n in 0...last { c[n] = c[n] * scale }

    var defect = 0.0
    var total = c[0] - DoublePair(1)
    var magnitudes = 0.0
    for n in 0...last + 1 {
      let here = n <= last ? c[n] : DoublePair(0)
      if n > 0 {
        let neighbours = c[n - 1] + (n + 1 <= last ? c[n + 1] : DoublePair(0))
        defect += abs((here * Double(n) - half * neighbours).high)
        // Each of a few operations loses at most 2^-100 of numbers of this size.
        defect += 0x1p-97 * (Double(n) * abs(here.high) + z.high * abs(neighbours.high))
      }
      if n > 0, n % 2 == 0 { total = total + here * 2 }
      magnitudes += 2 * abs(here.high)
    }
    coefficients = c.enumerated().map { $0 == 0 ? $1.high : 2 * $1.high }
    let start0 = abs(total.high) + 0x1p-97 * magnitudes * Double(last + 1)
    // 3.15 exceeds pi and the roundings of these sums of positive numbers.
    error = 1.01 * (start0 + 3.15 * defect + 0x1p-53 * magnitudes) * (1 + 0x1p-50 * Double(last + 4))
  }

  /// The least n >= z where Kapteyn's estimate of |J_n(z)| is below 2^-bits: a guess, since the defect tells.
  private static func order(_ z: Double, bits: Double) -> Int {
    func isSmall(_ n: Double) -> Bool {
      // n (log2(s/(1 + root)) + root/ln 2) < -bits, with products of halves in place of a logarithm from a library.
      let s = z / n
      let root = (1 - s * s).squareRoot()
      return n * (binaryLogarithm(s / (1 + root)) + 1.442_695_040_888_963_4 * root) < -bits
    }
    var low = max(z.rounded(.up), 1)
    if isSmall(low) { return Int(low) }
    var high = 2 * low + bits
    while !isSmall(high) { high *= 2 }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded()
      if isSmall(middle) { high = middle } else { low = middle }
    }
    return Int(high)
  }

  /// log2 to about 2^-20, which is all a guess needs.
  private static func binaryLogarithm(_ x: Double) -> Double {
    var (result, m) = (Double(x.exponent), x.significand)
    var bit = 0.5
    for _ in 0..<20 {
      m *= m
      if m >= 2 {
        m /= 2
        result += bit
      }
      bit /= 2
    }
    return result
  }
}
