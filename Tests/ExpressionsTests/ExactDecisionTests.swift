import ArbitraryPrecision
import Expressions
import Testing

@Suite struct ExactDecisionTests {
  /// Formulas of algebraic numbers that are zero.
  static let zeros = [
    "sqrt(2)*sqrt(3)-sqrt(6)", "sqrt(2)^2-2", "sqrt(8)-2*sqrt(2)", "sqrt(1/2)-sqrt(2)/2", "sqrt(2)-sqrt(2)",
    "sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3)", "sqrt(3-2*sqrt(2))-sqrt(2)+1", "((1+sqrt(5))/2)^2-(1+sqrt(5))/2-1",
    "1/((1+sqrt(5))/2)-(sqrt(5)-1)/2", "1/(sqrt(3)+sqrt(2))-sqrt(3)+sqrt(2)", "(sqrt(2)+1)*(sqrt(2)-1)-1",
    "(sqrt(2)+sqrt(3)+sqrt(5))^64*(sqrt(2)+sqrt(3)+sqrt(5))^64-(sqrt(2)+sqrt(3)+sqrt(5))^128",
    "(1+sqrt(2))^3000*(sqrt(2)-1)^3000-1", "sqrt(sqrt(sqrt(2)))^8-2", "sqrt(sqrt(2)+1)*sqrt(sqrt(2)-1)-1",
    "sqrt(16-2*sqrt(29)+2*sqrt(55-10*sqrt(29)))-sqrt(22+2*sqrt(5))-sqrt(11+2*sqrt(29))"
      + "+sqrt(5)+0*sqrt(7)+sqrt(22+2*sqrt(5))+sqrt(11+2*sqrt(29))-sqrt(5)"
      + "-sqrt(16-2*sqrt(29)+2*sqrt(55-10*sqrt(29)))",
    "sqrt(5)+sqrt(22+2*sqrt(5))-sqrt(11+2*sqrt(29))-sqrt(16-2*sqrt(29)+2*sqrt(55-10*sqrt(29)))",
    "sqrt(sqrt(2)*sqrt(3)-sqrt(6))", "(sqrt(2)-sqrt(8)/2)^3", "0*sqrt(3)", "sqrt(1e-400)-1e-200",
    "(1e-300+sqrt(2))-sqrt(2)-1e-300", "sqrt(10^40+2*10^20+1)-10^20-1",
    "sqrt(2)*sqrt(3)*sqrt(5)*sqrt(7)-sqrt(210)", "(sqrt(7)-sqrt(2))/(sqrt(14)-2)-1/sqrt(2)",
  ]

  @Test(arguments: zeros)
  func `an identity of square roots is zero`(text: String) throws {
    let constant = try Constant(parsing: text)
    #expect(constant.isZero == .certainlyTrue)
    #expect(constant.sign == 0)
    #expect(constant.integrality == .integer(0))
    #expect(constant.enclosure(precision: 128).containsZero)
  }

  @Test(arguments: zeros)
  func `an identity has no reciprocal, and a square root`(text: String) throws {
    #expect(
      constantError("1/(\(text))")
        == ExpressionError(.undefined, column: 2, "division by zero"))
    #expect(try Constant(parsing: "sqrt(\(text))").sign == 0)
  }

  @Test func `sums of conjugate powers are integers`() throws {
    #expect(try Constant(parsing: "(sqrt(2)+1)^10+(1-sqrt(2))^10").integrality == .integer(6726))
    #expect(try Constant(parsing: "(sqrt(2)+1)^1+(1-sqrt(2))^1").integrality == .integer(2))
    #expect(try Constant(parsing: "((1+sqrt(5))/2)^30+((1-sqrt(5))/2)^30").integrality == .integer(1_860_498))
    // Within 10^-37 of an integer, and none.
    #expect(try Constant(parsing: "(sqrt(2)+1)^100").integrality == .none)
    #expect(try Constant(parsing: "(sqrt(2)+1)^100+(sqrt(2)-1)^99").integrality == .none)
  }

  @Test func `integers in disguise are found`() throws {
    #expect(try Constant(parsing: "sqrt(3+2*sqrt(2))-sqrt(2)").integrality == .integer(1))
    #expect(try Constant(parsing: "-sqrt(2)*sqrt(18)").integrality == .integer(-6))
    #expect(try Constant(parsing: "-1e30*sqrt(4+sqrt(12))/(1+sqrt(3))").integrality == .integer(-Integer(10).power(30)))
    #expect(try Constant(parsing: "2^65536").integrality == .integer(.powerOfTwo(65536)))
    #expect(try Constant(parsing: "7/2").integrality == .none)
    #expect(try Constant(parsing: "14/2").integrality == .integer(7))
    #expect(try Constant(parsing: "sqrt(2)").integrality == .none)
    #expect(try Constant(parsing: "sqrt(10^40+1)").integrality == .none)
    #expect(try Constant(parsing: "sqrt(10^40)").integrality == .integer(Integer(10).power(20)))
  }

  @Test func `rational values are seen where the fold is exact`() throws {
    #expect(try Constant(parsing: "1/3+1/6").rational == Rational(1, 2))
    #expect(try Constant(parsing: "sqrt(9/4)").rational == Rational(3, 2))
    #expect(try Constant(parsing: "sqrt(2)*sqrt(3)*sqrt(6)").rational == 6)
    #expect(try Constant(parsing: "sqrt(2)^-4").rational == Rational(1, 4))
    #expect(try Constant(parsing: "2^-3-1/8").rational == 0)
    #expect(try Constant(parsing: "0^0").rational == 1)
    #expect(try Constant(parsing: "sqrt(2)").rational == nil)
    #expect(Constant(Rational(-7, 3)).rational == Rational(-7, 3))
    #expect(Constant(Rational(-7, 3)).sign == -1)
  }

  /// Rationals within range whose numerators and denominators take many bits.
  @Test(arguments: [
    ("(1+1e-15000)^3-1", 1), ("1-0." + String(repeating: "9", count: 19_000), 1), ("(3/2)^100000-(3/2)^100000", 0),
    ("1/(10^4000+1)+1/(10^4000+3)-1/(10^4000+5)-1/(10^4000+7)", 1), ("(3/2)^100000-(3/2)^99999*3/2", 0),
  ])
  func `rationals of any length are decided`(text: String, sign: Int) throws {
    #expect(try Constant(parsing: text).sign == sign)
  }

  @Test func `more radicals than the bound admits are undecided, not wrong`() throws {
    let sum = (2..<27).map { "sqrt(\($0))" }.joined(separator: "+")
    #expect(try Constant(parsing: sum).sign == 1)
    // Zero in truth; the answer may be that, or none.
    #expect(try Constant(parsing: "\(sum)-(\(sum))").isZero != .certainlyFalse)
    #expect(try Constant(parsing: "\(sum)-(\(sum))-1e-1000").sign == -1)
  }
}
