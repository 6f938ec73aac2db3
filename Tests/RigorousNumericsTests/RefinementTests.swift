import ArbitraryPrecision
import RigorousNumerics
import Testing

@Suite struct RefinementTests {
  @Test(arguments: [1, 2, 17, 50, 400])
  func `the printed bounds meet the goal and hold the truth`(_ digits: Int) throws {
    for scale in [Rational(1), Rational(10).power(40), Rational(10).power(-40)] {
      let exact = Rational(22, 7) * scale
      let value = try refine(to: .relative(digits: digits), within: Budget()) { Interval(exact, precision: $0) }
      let lower = try #require(value.lower)
      let upper = try #require(value.upper)
      #expect(value.undecided == nil)
      #expect(lower.rational <= exact && exact <= upper.rational)
      #expect(upper.rational - lower.rational <= lower.rational / Rational(10).power(digits))
    }
  }

  @Test func `an absolute goal counts places`() throws {
    let exact = Rational(10).power(25) / 3
    let value = try refine(to: .absolute(digits: 40), within: Budget()) { Interval(exact, precision: $0) }
    let (lower, upper) = (try #require(value.lower), try #require(value.upper))
    #expect(lower.rational <= exact && exact <= upper.rational)
    #expect(upper.rational - lower.rational <= Rational(10).power(-40))
  }

  /// A cancellation that needs many bits: sqrt(10^200 + 1) - 10^100.
  @Test func `precision grows until the digits are proved`() throws {
    func difference(_ precision: Int) -> Interval {
      let big = Interval(Integer(10).power(200) + 1, precision: precision)
      return big.squareRoot - Interval(Integer(10).power(100), precision: precision)
    }
    let value = try refine(to: .relative(digits: 20), within: Budget(), evaluate: difference)
    #expect(value.undecided == nil)
    // 1/(2 10^100) (1 - 1/(4 10^200) ...)
    let lower = try #require(value.lower)
    #expect((lower.rational - Rational(5) / Rational(10).power(101)).magnitude < Rational(10).power(-120))
  }

  @Test func `a cap gives the best bounds and the reason`() throws {
    let value = try refine(to: .relative(digits: 30), within: Budget(bits: 256)) { precision in
      Interval(Rational(1, 3), precision: precision).sine - Interval(Rational(1, 3), precision: precision).sine
    }
    #expect(value.undecided == "the cap of 256 bits was reached")
    #expect(try #require(value.lower).rational <= 0)
    #expect(try #require(value.upper).rational >= 0)
    let late = try refine(to: .relative(digits: 5), within: Budget(seconds: 1e-9)) { Interval(1, precision: $0) }
    #expect(late.undecided == "the cap of 1e-09 seconds was reached")
    #expect(late.lower == nil && late.upper == nil)
  }

  @Test func `zero meets a relative goal only when it is exact`() throws {
    let zero = try refine(to: .relative(digits: 10), within: Budget()) { Interval(0, precision: $0) }
    #expect(zero.undecided == nil && zero.lower == .zero && zero.upper == .zero)
  }
}
