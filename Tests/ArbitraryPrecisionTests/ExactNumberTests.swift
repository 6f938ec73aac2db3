import ArbitraryPrecision
import TestSupport
import Testing

@Suite struct ExactNumberTests {
  @Test func `integers read and write themselves`() {
    for text in ["0", "1", "-1", "123456789012345678901234567890", "-9223372036854775808"] {
      #expect(Integer(decimal: text).map { "\($0)" } == text)
    }
    for text in ["", "-", "+1", "1.0", "0x10", "1 ", "½"] { #expect(Integer(decimal: text) == nil) }
  }

  @Test func `arithmetic is a commutative ring`() {
    RandomCases.run(200) { random, label in
      func integer() -> Integer {
        Integer(Int(bitPattern: UInt(random.next()))) * Integer(Int(random.next() >> 40))
          - Integer(Int(random.next() % 3))
      }
      let (a, b, c) = (integer(), integer(), integer())
      #expect(a * (b + c) == a * b + a * c, "\(label)")
      #expect(a - b == -(b - a), "\(label)")
      #expect((a * a).exactSquareRoot == a.magnitude, "\(label)")
      if b.signum != 0 {
        let (quotient, remainder) = a.dividedTowardZero(by: b)
        #expect(quotient * b + remainder == a, "\(label)")
        #expect(remainder.magnitude < b.magnitude, "\(label)")
        #expect(Rational(a, b) * Rational(b) == Rational(a), "\(label)")
      }
      #expect(a.modulo(7) >= 0 && (a - Integer(a.modulo(7))).dividedTowardZero(by: 7).remainder == 0, "\(label)")
    }
  }

  @Test func `rationals are in lowest terms`() {
    #expect("\(Rational(6, -4))" == "-3/2")
    #expect(Rational(7, 7).integer == 1)
    #expect(Rational(1, 2).integer == nil)
    #expect(Rational(-7, 2).floor == -4)
    #expect(Rational(9, 4).exactSquareRoot == Rational(3, 2))
    #expect(Rational(2).exactSquareRoot == nil)
    #expect(Rational(2, 3).power(-3) == Rational(27, 8))
    #expect(Rational(exactly: 0.1) == Rational(3_602_879_701_896_397, .powerOfTwo(55)))
    #expect(Rational(exactly: Double.nan) == nil)
    #expect(Rational(exactly: -Double.leastNonzeroMagnitude) == Rational(-1, .powerOfTwo(1074)))
  }

  @Test func `a double goes in and comes out unchanged`() {
    RandomCases.run(300) { random, label in
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { return }
      #expect(BigFloat(value, precision: 53, rounding: .nearest).double(rounding: .down) == value, "\(label)")
      if let exact = Rational(exactly: value) {
        #expect(BigFloat(exact, precision: 53, rounding: .up).rational == exact, "\(label)")
      }
    }
  }

  @Test func `rounding to doubles goes in the direction asked`() {
    let third = Interval(Rational(1, 3), precision: 200)
    #expect(third.lower.double(rounding: .down).nextUp == third.upper.double(rounding: .up))
    let huge = BigFloat(1, precision: 53, rounding: .nearest).scaled(byPowerOfTwo: 2000, rounding: .nearest)
    #expect(huge.double(rounding: .up) == .infinity)
    #expect(huge.double(rounding: .down) == .greatestFiniteMagnitude)
  }

  /// Directed decimals bound the number, and are one unit of the last digit apart unless exact.
  @Test func `decimals are rounded outward`() throws {
    try RandomCases.run(300) { random, label in
      let x = random.number(random.precision(), exponents: -200...200)
      let exact = try #require(x.rational)
      let digits = 1 + Int(random.next() % 60)
      let low = try #require(x.decimal(digits: digits, rounding: .down)).rational
      let high = try #require(x.decimal(digits: digits, rounding: .up)).rational
      #expect(low <= exact && exact <= high, "\(label)")
      #expect((low == high) == (low == exact && high == exact), "\(label)")
      #expect(high - low <= exact.magnitude * Rational(10).power(1 - digits), "\(label)")
    }
  }

  @Test func `the nearest decimal is within half a unit`() {
    RandomCases.run(300) { random, label in
      let value = Rational(Integer(Int(bitPattern: UInt(random.next()))), Integer(Int(random.next() >> 8) + 1))
      guard value.signum != 0 else { return }
      let digits = 1 + Int(random.next() % 30)
      let nearest = ExactDecimal(nearest: value, significantDigits: digits)
      #expect((nearest.rational - value).magnitude * 2 <= value.magnitude * Rational(10).power(1 - digits), "\(label)")
      let places = Int(random.next() % 30)
      let fixed = ExactDecimal(nearest: value, places: places)
      #expect((fixed.rational - value).magnitude * 2 <= Rational(10).power(-places), "\(label)")
    }
  }

  @Test(arguments: [
    (12345, -4, "1.2345"), (12345, -5, "0.12345"), (-5, 0, "-5"), (5, 1, "5e1"), (12, 0, "1.2e1"), (1, -5, "0.00001"),
    (1, -6, "1e-6"), (15, -7, "1.5e-6"), (0, 3, "0"), (-1500, 0, "-1.5e3"), (1000, -3, "1"),
  ])
  func `decimals print in the contract's form`(_ mantissa: Int, _ exponent: Int, _ text: String) {
    #expect("\(ExactDecimal(mantissa: Integer(mantissa), exponent: exponent))" == text)
  }

  @Test func `padding shows the digits that were proved`() {
    let half = ExactDecimal(nearest: Rational(1, 2), significantDigits: 4)
    #expect(half.text(plainExponents: -5...3, significantDigits: 4) == "0.5000")
    #expect(
      ExactDecimal(nearest: 1500, significantDigits: 6).text(plainExponents: -5...5, significantDigits: 6) == "1500.00")
    #expect(
      ExactDecimal(nearest: 1500, significantDigits: 3).text(plainExponents: -5...2, significantDigits: 3) == "1.50e3")
    #expect(ExactDecimal.zero.text(plainExponents: -5...0, places: 3) == "0.000")
    let places = ExactDecimal(nearest: Rational(-1, 8), places: 5)
    #expect(places.text(plainExponents: Int.min...Int.max, places: 5) == "-0.12500")
  }
}
