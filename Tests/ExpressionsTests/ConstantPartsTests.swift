import ArbitraryPrecision
import Expressions
import RandomInputs
import TestSupport
import Testing

@Suite struct ConstantPartsTests {
  @Test(arguments: [
    ("0", "0", "0"), ("3/2", "3/2", "0"), ("5*pi/2", "0", "5/2"), ("sqrt(2) - pi/3", "sqrt(2)", "-1/3"),
    ("(pi + sqrt(2))*3/7", "3*sqrt(2)/7", "3/7"), ("(pi^2 + pi*sqrt(2))/pi", "sqrt(2)", "1"),
    ("sqrt(2)*pi - 1", "-1", "sqrt(2)"), ("(sqrt(8) - 2*sqrt(2))*pi^2 + pi", "0", "1"),
  ])
  func `numbers are taken apart`(text: String, algebraic: String, pi: String) throws {
    let parts = try #require(try Constant(parsing: text).algebraicAndPi)
    for (part, expected) in [(parts.algebraic, algebraic), (parts.pi, pi)] {
      #expect(try Constant(part.expression - Constant(parsing: expected).expression).isZero == .certainlyTrue)
    }
  }

  @Test(arguments: ["pi^2", "1/pi", "sqrt(pi)", "1/(1 + pi)", "pi^17 - pi*pi^16"])
  func `other numbers are not`(text: String) throws {
    #expect(try Constant(parsing: text).algebraicAndPi == nil)
  }

  @Test(arguments: [
    ("22/7", 7, Constant.SmallRational.rational(Rational(22, 7))), ("22/7", 6, .none),
    ("sqrt(2)*sqrt(8)", 1, .rational(4)), ("sqrt(8)/sqrt(18)", 3, .rational(Rational(2, 3))),
    ("sqrt(8)/sqrt(18)", 2, .none), ("sqrt(2)", 1000, .none), ("sqrt(2) - sqrt(2) + 0", 1, .rational(0)),
    ("(1 + sqrt(2))^2 - 2*sqrt(2)", 5, .rational(3)), ("-sqrt(50)/sqrt(8)", 2, .rational(Rational(-5, 2))),
    ("sqrt(8)/sqrt(18) + 1e-60", 3, .none), ("pi", 1_000_000, .none), ("sqrt(pi^2)/pi", 5, .undecided),
  ])
  func `small rationals are found`(text: String, limit: Int, expected: Constant.SmallRational) throws {
    #expect(try Constant(parsing: text).smallRational(denominatorUpTo: limit) == expected)
  }

  /// p/q hidden behind square roots is found up to its denominator and not below.
  @Test func `random small rationals are found`() throws {
    try RandomCases.run(100) { random, label in
      let value = Rational(Integer(Int(random.next() % 20001) - 10000), Integer(1 + Int(random.next() % 5000)))
      let constant = try Constant(
        parsing: "(\(value))*sqrt(2)*sqrt(3)/sqrt(6)*sqrt(6)/(sqrt(2)*sqrt(3)) + sqrt(18) - 3*sqrt(2)")
      let denominator = try #require(Int(exactly: value.denominator))
      #expect(constant.smallRational(denominatorUpTo: denominator) == .rational(value), "\(label): \(value)")
      if denominator > 1 {
        #expect(constant.smallRational(denominatorUpTo: denominator - 1) == .none, "\(label): \(value)")
      }
    }
  }

  @Test(arguments: [
    ("10^(2*N)", ["N": "3"], "10^6"), ("N^(N + 1)", ["N": "2"], "2^3"), ("1/(N-1)", ["N": "1"], "1/(1 - 1)"),
    ("N2*N + 1e5", ["N": "7", "N2": "-1/2"], "-1/2*7 + 100000"), ("sqrt(g)/pi", ["g": "1 + 1"], "sqrt(1 + 1)/pi"),
    ("2^x", ["x": "1/2"], "sqrt(2)"), ("N^N", [:], "N^N"), ("3", ["N": "1"], "3"),
  ])
  func `with values for names an exponent is worked out`(text: String, values: [String: String], expected: String)
    throws
  {
    let formula = try Expression(parsing: text).substituting(values.mapValues { try Expression(parsing: $0) })
    #expect("\(formula)" == expected)
  }
}
