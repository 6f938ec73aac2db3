import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@Suite struct UpperBoundTests {
  private func random(_ random: inout SplitMix64) -> BigFloat {
    let kind = random.next() % 8
    if kind == 0 { return .zero(precision: 64) }
    // Words of all ones and powers of two are where rounding carries.
    let word: UInt = kind == 1 ? .max : kind == 2 ? 1 << 63 : UInt(random.next()) | 1 << 63
    let exponent = Int(random.next() % 200) - 100
    return BigFloat(Integer(word), precision: 64, rounding: .up).scaled(byPowerOfTwo: exponent, rounding: .up)
  }

  /// Against exact rationals: never below, and above by less than 2^-62 of the result.
  @Test func `sums and products are at least the exact ones and hardly more`() throws {
    try RandomCases.run(2000) { generator, label in
      let (x, y) = (random(&generator), random(&generator))
      let (a, b) = (UpperBound(x), UpperBound(y))
      let (p, q) = (try #require(x.rational), try #require(y.rational))
      #expect(a.value == x, "\(label)")
      for (bound, exact) in [(a + b, p + q), (a * b, p * q)] {
        let found = try #require(bound.value.rational)
        #expect(found >= exact && (found - exact) * Rational(.powerOfTwo(62)) <= exact, "\(label): \(x) \(y)")
      }
      #expect((a < b) == (x < y), "\(label)")
    }
  }

  @Test func `more than a word is rounded upward`() {
    let value = BigFloat(Integer.powerOfTwo(80) + 1, precision: 100, rounding: .up)
    let bound = UpperBound(value).value
    #expect(
      bound > value
        && bound
          < BigFloat(Integer.powerOfTwo(80) + 65536, precision: 100, rounding: .up).scaled(
            byPowerOfTwo: 1, rounding: .up)
    )
    let ones = BigFloat(Integer.powerOfTwo(90) - 1, precision: 90, rounding: .up)
    #expect(UpperBound(ones).value == BigFloat(Integer.powerOfTwo(90), precision: 64, rounding: .up))
  }
}
