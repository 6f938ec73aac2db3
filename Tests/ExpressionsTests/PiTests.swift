import ArbitraryPrecision
import Expressions
import Testing

@Suite struct PiTests {
  @Test(arguments: [
    "pi-pi", "0*pi", "pi/pi-1", "(pi^2-1)/(pi-1)-pi-1", "1/pi-1/pi", "(pi+1)^2-pi^2-2*pi-1", "1/(1/pi)-pi",
    "pi^16/pi^15-pi", "(pi+sqrt(2))*(pi-sqrt(2))-pi^2+2", "1/(pi-1)-1/(pi+1)-2/(pi^2-1)", "sqrt(2)*pi-pi*sqrt(2)",
    "(sqrt(2)*sqrt(3)-sqrt(6))*pi", "pi*(sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3))", "(pi^3+1)/(pi+1)-pi^2+pi-1",
    "1/(1+1/(1+1/pi))-(pi+1)/(2*pi+1)", "(pi/2)^2*4/pi^2-1", "pi^-2*pi^2-1",
  ])
  func `an identity of rational functions of pi is zero`(text: String) throws {
    let constant = try Constant(parsing: text)
    #expect(constant.isZero == .certainlyTrue)
    #expect(constant.sign == 0)
    #expect(constant.integrality == .integer(0))
    #expect(
      constantError("1/(\(text))")
        == ExpressionError(.undefined, column: 2, "division by zero"))
  }

  @Test(arguments: [
    ("22/7-pi", 1), ("3-pi", -1), ("pi-sqrt(9.8696044)", 1), ("(pi^2-1)/(pi-1)-pi-1+1e-300", 1),
    ("1/pi-1/(pi+1e-300)", 1),
    ("pi^2-10", -1), ("sqrt(2)+sqrt(3)-pi", 1), ("pi^15*pi-pi^16-1e-50", -1), ("pi*(sqrt(2)*sqrt(3)-sqrt(6)+1e-99)", 1),
  ])
  func `a near miss with pi is not zero and has its sign`(text: String, sign: Int) throws {
    let constant = try Constant(parsing: text)
    #expect(constant.isZero == .certainlyFalse)
    #expect(constant.sign == sign)
  }

  static let multiples: [(String, Integer)] = [
    ("pi/pi", 1), ("6*pi/(2*pi)", 3), ("(2*pi+3*pi)/pi", 5), ("(pi/2+pi/2)/pi", 1), ("-7*pi/pi", -7),
    ("(1/pi+1/pi)*pi", 2), ("2*pi^2/pi/pi", 2), ("sqrt(2)*pi*sqrt(2)/pi", 2),
    ("10^20*pi/pi", Integer(10).power(20)),
  ]

  @Test(arguments: multiples)
  func `multiples of pi over pi are integers`(text: String, value: Integer) throws {
    let constant = try Constant(parsing: text)
    #expect(constant.rational == Rational(value))
    #expect(constant.integrality == .integer(value))
  }

  @Test func `fractions of pi over pi are rational`() throws {
    #expect(try Constant(parsing: "(pi/3)/pi").rational == Rational(1, 3))
    #expect(try Constant(parsing: "(pi/3)/pi").integrality == .none)
    #expect(try Constant(parsing: "pi").rational == nil)
    #expect(try Constant(parsing: "pi").integrality == .none)
    #expect(try Constant(parsing: "(pi^2-1)/(pi-1)-pi").integrality == .integer(1))
    #expect(try Constant(parsing: "(pi^2-1)/(pi-1)-pi+2^40").integrality == .integer(.powerOfTwo(40) + 1))
  }

  @Test func `square roots with pi are decided by enclosure or not at all`() throws {
    #expect(try Constant(parsing: "sqrt(pi)-1.77").sign == 1)
    #expect(try Constant(parsing: "sqrt(pi)^2-pi").isZero != .certainlyFalse)
    #expect(try Constant(parsing: "sqrt(pi)^2-pi+1e-100").sign == 1)
    #expect(constantError("1/(sqrt(pi*pi)-pi)") != nil)
    #expect(try Constant(parsing: "sqrt(pi-pi)").isZero != .certainlyFalse)
  }
}
