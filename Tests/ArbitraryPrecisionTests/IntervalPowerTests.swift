import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision

@Suite struct IntervalPowerTests {
  private func make(_ a: Rational, _ b: Rational) -> Interval { Interval(from: a, to: b, precision: 80) }

  @Test func `rational powers where they are exact`() {
    #expect(make(4, 9).power(Rational(3, 2)).isSameSet(as: make(8, 27)))
    #expect(make(-8, 27).power(Rational(1, 3)).isSameSet(as: make(-2, 3)))
    #expect(make(-8, 27).power(Rational(2, 3)).isSameSet(as: make(0, 9)))
    #expect(make(-27, -8).power(Rational(2, 3)).isSameSet(as: make(4, 9)))
    #expect(make(-8, 1).power(Rational(-1, 3)).isSameSet(as: .entire(precision: 2)))
    #expect(make(-8, 4).power(Rational(1, 2)).isSameSet(as: make(0, 2)))
    #expect(make(-8, -4).power(Rational(1, 2)).isEmpty)
    #expect(make(0, 0).power(Rational(-2, 3)).isEmpty)
    #expect(make(0, 4).power(Rational(-1, 2)).lower == make(Rational(1, 2), 1).lower)
    #expect(make(0, 4).power(Rational(-1, 2)).upper.isInfinite)
    #expect(make(-3, 5).power(Rational(0)).isSameSet(as: make(1, 1)))
    #expect(make(-3, 5).power(Rational(4, 2)).isSameSet(as: make(-3, 5).squared))
  }

  @Test func `exponents beyond machine words`() {
    let huge = Rational(Integer.powerOfTwo(200) + 1)
    #expect(make(-1, 1).power(huge).isSameSet(as: make(-1, 1)))
    #expect(make(2, 2).power(huge).upper.isInfinite && make(2, 2).power(huge).lower.isFinite)
    #expect(make(Rational(1, 2), 1).power(huge).lower.isZero)
    // x^(1/n) = 1 + log x / n + ..., and 2^-80 is the distance of numbers above 1.
    let root = make(2, 2).power(Rational(1, .powerOfTwo(200)))
    #expect(root.lower == make(1, 1).lower && root.upper > root.lower)
    #expect(root.width.binaryExponent == -78)
  }

  @Test func `powers near exact ones and near the ends of the range`() throws {
    let near = Rational(1, 3) + Rational(10).power(-2000)
    let power = Interval(8, precision: 53).power(near)
    #expect(power.lower == Interval(2, precision: 53).lower && power.upper > power.lower)
    #expect(Interval(8, precision: 2).power(Rational(1, 3) + Rational(10).power(-50)).lower == make(2, 2).lower)
    let low = try Interval(text: "[0x3p1000]", precision: 53).power(Rational(-8_247_224_088, 7693))
    let fine = try Interval(text: "[0x3p1000]", precision: 200).power(Rational(-8_247_224_088, 7693))
    #expect(low.isSameSet(as: fine.rounded(to: 53)))
  }

  /// The q-th power of x^(n/q) must be x^n, for any sign.
  @Test func `a rational power solves its equation`() {
    RandomCases.run(400) { random, label in
      let x = random.interval(exponents: -20...20)
      let q = random.choose([1, 2, 3, 4, 5, 6, 7, 64])
      let n = random.choose([-7, -3, -2, -1, 1, 2, 3, 5, 8])
      let exponent = Rational(Integer(n), Integer(q))
      let a = random.member(of: x)
      let isDefined = a.signum > 0 || a.signum == 0 && n > 0 || a.signum < 0 && exponent.denominator.modulo(2) == 1
      guard isDefined else { return }
      let power = x.power(exponent)
      guard let m = Int(exactly: exponent.numerator), let d = Int(exactly: exponent.denominator) else { return }
      #expect(power.power(d).contains(a.power(m)), "\(label): \(x)^\(exponent) at \(a)")
    }
  }

  /// The sum of two products against exact rationals; and where exponents are huge, against itself on scaled factors.
  @Test func `a sum of two products is rounded once`() {
    RandomCases.run(400) { random, label in
      let p = random.precision()
      let x = (0..<4).map { _ in random.number(p) }
      let exact = x.compactMap(\.rational)
      guard exact.count == 4 else { return }
      for rounding in [Rounding.down, .up] {
        let sum = BigFloat.sumOfProducts(x[0], x[1], x[2], x[3], precision: p, rounding: rounding)
        let expected = BigFloat(exact[0] * exact[1] + exact[2] * exact[3], precision: p, rounding: rounding)
        #expect(sum == expected, "\(label)")
        // Both products leave the range and come back: 2^k x 2^-k y.
        let shift = (1 << 30) - 300
        func scaled(_ i: Int, _ by: Int) -> BigFloat { x[i].scaled(byPowerOfTwo: by, rounding: .nearest) }
        let far = BigFloat.sumOfProducts(
          scaled(0, shift), scaled(1, shift), scaled(2, shift), scaled(3, shift), precision: p, rounding: rounding)
        #expect(
          far.signum == expected.signum
            && (far.isInfinite
              ? (rounding == .up) == (far.signum > 0) : far.isZero || far.binaryExponent == (1 << 30) - 1),
          "\(label)")
        let back = BigFloat.sumOfProducts(
          scaled(0, shift), scaled(1, -shift), scaled(2, -shift), scaled(3, shift), precision: p, rounding: rounding)
        #expect(back == expected, "\(label)")
      }
    }
  }
}
