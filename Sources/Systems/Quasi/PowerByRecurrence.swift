import ArbitraryPrecision
import RigorousNumerics

/// The coefficients of a power of a polynomial by the recurrence of its differential equation, in interval arithmetic.
///
/// With P = Q^M we have Q P' = M Q' P. The coefficients of y^(n-1) on both sides give, q_0 being the first coefficient
/// of Q,
///
///     n q_0 c_n = sum over j >= 1 of (j (M + 1) - n) q_j c_(n-j),      c_0 = q_0^M.
///
/// It is run from both ends, the far end being that of the reversed polynomial, so that each coefficient is reached
/// over larger ones from the tail on its side and keeps digits of its own however small it is. Widths grow on the way
/// by a factor a step where terms cancel, and precision pays for it. A coefficient that no sum of M exponents reaches
/// is exactly zero.
enum PowerByRecurrence {
  /// The coefficients of the power, from that of the least exponent on; nil when a coefficient at an end of Q is not
  /// known to differ from zero.
  ///
  /// - Parameters:
  ///   - exponents: rising, the first one zero.
  ///   - coefficients: those of Q, one for each exponent.
  ///   - m: the power, one or more.
  static func coefficients(
    exponents: [Int], coefficients: [Interval], power m: Int, within budget: Budget
  ) throws(Unanswered) -> [Interval]? {
    guard let first = coefficients.first, let last = coefficients.last, let degree = exponents.last,
      !first.containsZero,
      !last.containsZero
    else { return nil }
    let length = degree * m + 1
    let low = try half(Array(zip(exponents, coefficients)), (length + 1) / 2, m, budget)
    let high = try half(zip(exponents, coefficients).reversed().map { (degree - $0, $1) }, length / 2, m, budget)
    return low + high.reversed()
  }

  private static func half(
    _ terms: [(exponent: Int, coefficient: Interval)], _ count: Int, _ m: Int, _ budget: Budget
  ) throws(Unanswered) -> [Interval] {
    let precision = terms[0].coefficient.precision
    let ratios = terms.dropFirst().map { (exponent: $0.exponent, ratio: $0.coefficient / terms[0].coefficient) }
    var c = [terms[0].coefficient.power(m)]
    c.reserveCapacity(count)
    for n in stride(from: 1, to: count, by: 1) {
      if n & 255 == 0 { try budget.check() }
      var sum = Interval(0, precision: precision)
      for (j, ratio) in ratios where j <= n { sum += (j * (m + 1) - n) * (ratio * c[n - j]) }
      c.append(sum / n)
    }
    return Array(c.prefix(count))
  }
}
