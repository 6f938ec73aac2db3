import ArbitraryPrecision
import Expressions
import Testing

@Suite struct DomainTests {
  static let divisions: [Refusal] = [
    Refusal("1/0", .undefined, 2, "division by zero"), Refusal("0/0", .undefined, 2, "division by zero"),
    Refusal("0^-1", .undefined, 2, "division by zero"), Refusal("1+2/(3-3)*4", .undefined, 4, "division by zero"),
    Refusal("1/0.000e99", .undefined, 2, "division by zero"), Refusal("1/(1/3-1/3)", .undefined, 2, "division by zero"),
    Refusal("(sqrt(2)*sqrt(3)-sqrt(6))^-2", .undefined, 26, "division by zero"),
    Refusal("3+1/(pi-pi)", .undefined, 4, "division by zero"), Refusal("0*(1/0)", .undefined, 5, "division by zero"),
    Refusal("(1/0)^0", .undefined, 3, "division by zero"), Refusal("1/sqrt(0)", .undefined, 2, "division by zero"),
    Refusal("pi/(pi*(sqrt(8)-2*sqrt(2)))", .undefined, 3, "division by zero"),
  ]

  static let roots: [Refusal] = [
    Refusal("sqrt(-1)", .undefined, 1, "square root of a negative number"),
    Refusal("2*sqrt(-1e-19000)", .undefined, 3, "square root of a negative number"),
    Refusal("sqrt(1-(1+1e-15000))", .undefined, 1, "square root of a negative number"),
    Refusal("sqrt(sqrt(2)-3/2)", .undefined, 1, "square root of a negative number"),
    Refusal("sqrt(sqrt(2)*sqrt(3)-sqrt(6)-1e-300)", .undefined, 1, "square root of a negative number"),
    Refusal("sqrt(3-pi)", .undefined, 1, "square root of a negative number"),
    Refusal("sqrt((pi^2-1)/(pi-1)-pi-1-1e-300)", .undefined, 1, "square root of a negative number"),
    Refusal("0*sqrt(10^20-sqrt(10^40+1))", .undefined, 3, "square root of a negative number"),
  ]

  static let names: [Refusal] = [
    Refusal("1+cot(2)", .malformed, 3, "unknown function 'cot'; accepted: sqrt"),
    Refusal("1+x", .malformed, 3, "unknown name 'x'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )"),
    Refusal("x^0", .malformed, 1, "unknown name 'x'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )"),
    Refusal(
      "1+sin(0)", .malformed, 3,
      "the function 'sin' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"),
    Refusal(
      "exp(1)", .malformed, 1, "the function 'exp' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"),
  ]

  static let ranges: [Refusal] = [
    Refusal("2^65537", .outOfRange, 2, Refusal.range), Refusal("-2^65537", .outOfRange, 3, Refusal.range),
    Refusal("2^65536*(1+1e-9)", .outOfRange, 8, Refusal.range),
    Refusal("2^65536+2^65500", .outOfRange, 8, Refusal.range),
    Refusal("2^65536*2/4", .outOfRange, 8, Refusal.range), Refusal("2^-65537", .outOfRange, 2, Refusal.range),
    Refusal("2^-65536*0.99", .outOfRange, 9, Refusal.range), Refusal("2^-65538", .outOfRange, 2, Refusal.range),
    Refusal("-2^-65536/2", .outOfRange, 10, Refusal.range),
    Refusal("1/(2^65536/1.5)/2", .outOfRange, 16, Refusal.range),
    Refusal("sqrt(2)*2^65536", .outOfRange, 8, Refusal.range),
    Refusal("2^65530*2^-65530*2^65537", .outOfRange, 19, Refusal.range),
    // The same where numbers cancel first.
    Refusal("2^65536+1", .outOfRange, 8, Refusal.range),
    Refusal("((1+1e-15000)-1)*((1+1e-15000)-1)", .outOfRange, 17, Refusal.range),
    Refusal("(1e19000*((1+1e-100)-1))^2", .outOfRange, 25, Refusal.range),
  ]

  @Test(arguments: divisions + roots + names + ranges)
  func `a formula without a value in range is refused at its column`(refusal: Refusal) {
    #expect(constantError(refusal.text) == refusal.error)
  }

  static let limits = [
    "2^65536", "-2^65536", "2^-65536", "-2^-65536", "1/2^65536", "1/2^-65536", "2^65535*2", "sqrt(2^65536)^2",
  ]

  @Test(arguments: limits)
  func `the limits themselves are in range`(text: String) throws {
    let constant = try Constant(parsing: text)
    let value = try #require(constant.rational)
    #expect(value.magnitude == Rational(.powerOfTwo(65536)) || value.magnitude == Rational(1, .powerOfTwo(65536)))
    #expect(constant.enclosure(precision: 64).contains(value))
  }

  @Test func `what is zero or positive has a square root`() throws {
    #expect(try Constant(parsing: "sqrt(0)").rational == 0)
    #expect(try Constant(parsing: "sqrt(1-(1-1e-15000))").rational == Rational(10).power(-7500))
    #expect(try Constant(parsing: "sqrt(sqrt(10^40+1)-10^20)").sign == 1)
    #expect(try Constant(parsing: "sqrt(pi-3)").sign == 1)
  }

  @Test func `a formula with values for its names is evaluated`() throws {
    let formula = try Expression(parsing: "x^2+sin(y)/x")
    #expect(try formula.evaluate(in: DoubleContext(), variables: ["x": 2, "y": 0]) == 4)
    let context = IntervalContext(precision: 64)
    let value = try formula.evaluate(in: context, variables: ["x": context.number(2), "y": context.pi])
    #expect(value.contains(4))
    let unnamed = failure { () throws(ExpressionError) in
      try formula.evaluate(in: DoubleContext(), variables: ["x": 2, "a": 0])
    }
    #expect(unnamed == ExpressionError(.malformed, column: 9, "unknown name 'y'; accepted: a, x"))
    let bare = failure { () throws(ExpressionError) in try formula.evaluate(in: DoubleContext()) }
    #expect(bare == ExpressionError(.malformed, column: 1, "unknown name 'x'; accepted: none here"))
  }
}
