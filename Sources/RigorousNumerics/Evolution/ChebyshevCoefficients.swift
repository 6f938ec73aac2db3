import ArbitraryPrecision
import Foundation

/// Coefficients c_n, n = 0 ... M, with a proved bound of the error of their series:
///
///     | c_0 + sum 2 c_n P_n(S) - exp(z S) |  <=  error        for every real skew-symmetric S with |S| <= 1,
///
/// where P_0 = 1, P_1 = S, P_(n+1) = 2 S P_n + P_(n-1) are the Chebyshev polynomials i^n T_n(-i S).
///
/// The c_n are near the Bessel numbers J_n(z) (Tal-Ezer and Kosloff, J. Chem. Phys. 81, 3967, 1984), but nothing rests
/// on how near, or on where the series was cut. On an eigenvalue i sin t of S the sum is C(t) = sum over all integers n
/// of c_n e^(int), with c_(-n) = (-1)^n c_n, and the exact function is e^(iz sin t). Let
///
///     r_n = n c_n - (z/2) (c_(n-1) + c_(n+1)),      r_(-n) = -(-1)^n r_n, r_0 = 0.
///
/// Then (C e^(-iz sin t))' = i (sum of r_n e^(int)) e^(-iz sin t), a flow whose defect is at most sum |r_n|. It starts
/// from C(0) = c_0 + 2 (c_2 + c_4 + ...), and |t| <= pi/2 reaches all eigenvalues, so
///
///     error = |C(0) - 1| + pi (|r_1| + |r_2| + ...)
///
/// and the r_n of given binary fractions c_n and z are computed exactly, up to n = M + 1, where they end.
struct ChebyshevCoefficients {
  /// c_n 2^fractionBits, n = 0 ... M.
  let values: [Integer]
  let fractionBits: Int
  /// The bound above.
  let error: BigFloat

  /// Coefficients for a finite z >= 0, with an error of about 2^-bits z.
  ///
  /// - Throws: ``Unanswered`` when the time is over, or the coefficients take more than a quarter of a gigabyte.
  init(_ z: BigFloat, bits: Int, within budget: Budget) throws(Unanswered) {
    // Beyond the turning point n = z the numbers J_n fall fast: 2^-bits there tells where to stop.
    let last = ChebyshevCoefficients.order(z, bits: bits + 8)
    fractionBits = bits + last.bitWidthOfMagnitude + 8
    guard (last + 1).multipliedReportingOverflow(by: fractionBits / 64 + 4).overflow == false,
      (last + 1) * (fractionBits / 64 + 4) <= 1 << 25
    else {
      throw Unanswered(
        beyond: "the series takes \(last) coefficients of \(fractionBits) bits, too many for the memory")
    }
    values = try ChebyshevCoefficients.recurrence(z, last: last, fractionBits, within: budget)
    error = try ChebyshevCoefficients.bound(values, z, fractionBits, within: budget)
  }

  /// The least n >= z with |J_n(z)| below 2^-bits by Kapteyn's estimate |J_n(n s)| <= (s e^sqrt(1 - s^2)/(1 + sqrt(1 -
  /// s^2)))^n (Watson, Bessel Functions, 8.7); in doubles, since it is a guess.
  private static func order(_ number: BigFloat, bits: Int) -> Int {
    // Numbers that doubles do not hold well: |J_n(z)| <= (z/2)^n/n!.
    if let exponent = number.binaryExponent, exponent < -500 { return bits / -exponent + 2 }
    let z = number.double(rounding: .up)
    func isSmall(_ n: Double) -> Bool {
      let s = z / n
      let root = (1 - s * s).squareRoot()
      return n * (log2(s / (1 + root)) + root / log(2)) < -Double(bits)
    }
    var low = max(z.rounded(.up), 1)
    if z == 0 || isSmall(low) { return Int(low) }
    var high = 2 * low + Double(bits)
    while !isSmall(high) { high *= 2 }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded()
      if isSmall(middle) { high = middle } else { low = middle }
    }
    return Int(high)
  }

  /// Miller's recurrence J_(n-1) = (2n/z) J_n - J_(n+1) downward from far beyond the last coefficient, scaled so that
  /// C(0) = 1.
  private static func recurrence(
    _ z: BigFloat, last: Int, _ fractionBits: Int, within budget: Budget
  ) throws(Unanswered) -> [Integer] {
    let one = Integer.powerOfTwo(fractionBits)
    guard let half = z.scaled(byPowerOfTwo: -1, rounding: .nearest).rational, half.signum > 0 else { return [one] }
    // 2/z with as many bits as the result, and a start that is one part in 2^64 of the least coefficient kept.
    let start = order(z, bits: fractionBits + 64) + 2
    let shift = max(fractionBits + 64 + (z.binaryExponent ?? 0), 0)
    let inverse = (half.power(-1) * Rational(.powerOfTwo(shift))).floor
    var (next, current) = (Integer(0), Integer.powerOfTwo(64))
    var found: [Integer] = []
    for n in stride(from: start, to: 0, by: -1) {
      if n % 256 == 0 { try budget.check() }
      if n <= last { found.append(current) }
      // next becomes (n inverse current) 2^-shift - next, and the two change places.
      var product = inverse * current
      product *= n
      product.shift(right: shift)
      product -= next
      (current, next) = (product, current)
    }
    found.append(current)
    found.reverse()
    let sum = atZero(found)
    guard sum.signum != 0 else { return [one] }
    // One division: 1/sum as a binary fraction.
    let scale = fractionBits + sum.bitWidth + 32
    let reciprocal = Integer.powerOfTwo(scale + fractionBits).dividedTowardZero(by: sum).quotient
    for index in found.indices {
      if index % 256 == 0 { try budget.check() }
      found[index] *= reciprocal
      found[index].shift(right: scale)
    }
    return found
  }

  /// C(0) = c_0 + 2 (c_2 + c_4 + ...).
  private static func atZero(_ c: [Integer]) -> Integer {
    var sum = Integer(0)
    for n in stride(from: 2, to: c.count, by: 2) { sum += c[n] }
    sum.shift(left: 1)
    return sum + c[0]
  }

  static func bound(
    _ c: [Integer], _ z: BigFloat, _ fractionBits: Int, within budget: Budget
  ) throws(Unanswered) -> BigFloat {
    // z/2 = numerator 2^-shift, exactly.
    guard let half = z.scaled(byPowerOfTwo: -1, rounding: .nearest).rational else { return .infinity(precision: 64) }
    let (numerator, shift) = (half.numerator, half.denominator.bitWidth - 1)
    var (sum, residual) = (Integer(0), Integer(0))
    for n in 1...c.count {
      if n % 256 == 0 { try budget.check() }
      residual.set(productOf: n < c.count ? c[n] : 0, n)
      residual.shift(left: shift)
      residual.subtract(productOf: numerator, c[n - 1])
      if n + 1 < c.count { residual.subtract(productOf: numerator, c[n + 1]) }
      if residual.signum < 0 { sum -= residual } else { sum += residual }
    }
    let total = atZero(c) - .powerOfTwo(fractionBits)
    let residuals = Interval(Rational(sum), precision: 64).scaled(byPowerOfTwo: -shift) * .pi(precision: 64)
    let start = Interval(Rational(total.magnitude), precision: 64)
    return (start + residuals).scaled(byPowerOfTwo: -fractionBits).upper
  }
}

extension Int {
  /// The bits of the magnitude; 0 for 0.
  var bitWidthOfMagnitude: Int { Int.bitWidth - magnitude.leadingZeroBitCount }
}
