import ArbitraryPrecision
import Testing

@testable import RigorousNumerics

/// Integrals over time by rules of Gauss, with their errors.
@Suite struct GaussQuadratureTests {
  /// Meant to fail for a wrong node or weight.
  @Test(arguments: [1, 2, 3, 7, 24, 61])
  func `powers are integrated exactly`(_ n: Int) throws {
    let rule = try GaussRule(count: n, precision: 200)
    #expect(rule.nodes.count == n)
    for k in 0..<2 * n {
      let sum = zip(rule.nodes, rule.weights).reduce(Interval(0, precision: 256)) { $0 + $1.1 * $1.0.power(k) }
      let whole = Interval(k % 2 == 0 ? Rational(2, Integer(k + 1)) : 0, precision: 256)
      #expect(!sum.isDisjoint(from: whole), "\(n) nodes, x^\(k): \(sum)")
      #expect(sum.width.double(rounding: .up) < 1e-50, "\(n) nodes, x^\(k): \(sum)")
    }
  }

  /// x^2n is missed by exactly what the formula says: the 2n-th coefficient of the Taylor series is 1 everywhere.
  @Test(arguments: [1, 2, 3, 7, 24])
  func `the error's formula`(_ n: Int) throws {
    let rule = try GaussRule(count: n, precision: 400)
    let sum = zip(rule.nodes, rule.weights).reduce(Interval(0, precision: 512)) { $0 + $1.1 * $1.0.power(2 * n) }
    let missed = Interval(Rational(2, Integer(2 * n + 1)), precision: 512) - sum
    let two = Interval(2, precision: 64)
    let bound = GaussRule.error(count: n, length: two, bound: two.power(2 * n))
    #expect(!missed.isDisjoint(from: bound), "\(n) nodes: \(missed) \(bound)")
    #expect(missed.lower.signum > 0)
  }

  /// exp(3t) - on all of a piece [a, b] the n-th coefficient is at most 3^n e^(3b)/n! - in one piece and in many.
  ///
  /// Meant to fail when the error of a piece is left out.
  @Test(arguments: [1, 4, 10, 40, 130], ["1/1000", "1", "9"])
  func `integrals of exponentials`(_ bits: Int, _ end: String) throws {
    let time = BigFloat(
      Rational(end.contains("/") ? 1 : Integer(end == "9" ? 9 : 1), end.contains("/") ? 1024 : 1), precision: 64,
      rounding: .nearest)
    for greatest in [1.0, 0.3] {
      let rule = try GaussQuadrature(until: time, bits: bits, within: Budget()) { piece, length, order in
        guard length.upper.double(rounding: .up) <= greatest else { return nil }
        var terms = [(3 * Interval(piece.upper)).exponential]
        for n in 0..<order { terms.append(terms[n] * (3 * length) / (n + 1)) }
        return terms
      }
      let precision = bits + 128
      let sum = rule.stops.reduce(Interval(0, precision: precision)) { $0 + $1.weight * (3 * $1.time).exponential }
      let whole = ((3 * Interval(time).rounded(to: precision)).exponential - 1) / 3
      #expect((sum - whole).absoluteValue.lower <= rule.error.upper, "\(bits) bits to \(end)")
      #expect(
        rule.error.upper <= Interval(1, precision: 64).scaled(byPowerOfTwo: -bits).upper, "\(bits) bits to \(end)")
      #expect(zip(rule.stops, rule.stops.dropFirst()).allSatisfy { $0.time.precedes($1.time) })
      #expect(rule.stops.allSatisfy { $0.weight.lower.signum > 0 })
    }
  }
}
