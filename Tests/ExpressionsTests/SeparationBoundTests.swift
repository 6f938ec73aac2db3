import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import Expressions

/// The bound is a claim about every formula of its class: |value| >= 2^-bits or value = 0.
@Suite struct SeparationBoundTests {
  /// Checks the claim against an enclosure of a formula whose value is not zero.
  private func check(_ formula: Expression, _ label: String) throws {
    let bits = try #require(SeparationBound.bits(for: formula), "\(label)")
    var precision = 256
    while precision <= 1 << 16 {
      let value = try formula.evaluate(in: IntervalContext(precision: precision))
      if let sign = value.certainSign, sign != 0, let exponent = value.magnitude.binaryExponent {
        // The upper end of |value| is at least |value|, and below 2^exponent.
        #expect(exponent - 1 >= -bits, "\(label): 2^\(exponent) against the bound 2^-\(bits)")
        return
      }
      precision *= 4
    }
    // Not told from zero: then it is claimed to be zero.
    #expect(formula.isAlgebraicZero() != .certainlyFalse, "\(label)")
  }

  static let small = [
    "1e-30", "1/2^300", "3/2^300", "(1/1000)*(1/1000)", "(1/1000)/1000", "(1/1000)^50", "1000^-50", "1/(1/1000)^-50",
    "(7/9-6/8)^20", "sqrt(1/10^30)", "sqrt(sqrt(1/10^30))", "1/sqrt(10^61)", "sqrt(3/10^31)^9", "sqrt(10^31/3)^-9",
    "sqrt(10^40+1)-10^20", "1/(sqrt(10^40+1)+10^20)", "sqrt(10^20+1)+sqrt(10^20-1)-2*sqrt(10^20)", "sqrt(2)-1",
    "(sqrt(2)-1)^500", "(sqrt(10^10+1)-10^5)^40", "sqrt(10^13)-3*sqrt(10^13+1)+3*sqrt(10^13+2)-sqrt(10^13+3)",
    "sqrt(sqrt(10^80+1)-10^40)", "sqrt(10^40+sqrt(10^20+1))-sqrt(10^40+10^10)", "1/sqrt(sqrt(10^40+1)/3-10^20/3)^-3",
    "sqrt(5+2*sqrt(6+1/10^50))-sqrt(2)-sqrt(3)", "sqrt(1/(3-2*sqrt(2)))-1-sqrt(2)-1/10^60",
    "sqrt((1-sqrt(2))/(sqrt(3)-2))-sqrt((sqrt(2)-1)*(2+sqrt(3)))+1/10^40", "sqrt(2+1/10^99)-sqrt(2)",
    "sqrt(sqrt(sqrt(16+1/10^40)))-sqrt(2)",
  ]

  @Test(arguments: small)
  func `a small number is above its bound`(text: String) throws {
    try check(Expression(parsing: text), text)
  }

  @Test func `random formulas are above their bounds`() throws {
    try RandomCases.run(300) { random, label in
      let text = random.algebraicText(Int(random.next() % 5))
      try check(Expression(parsing: text), "\(label): \(text)")
    }
  }

  @Test func `random quotients and roots are above their bounds`() throws {
    try RandomCases.run(200) { random, label in
      let (a, b, c) = (random.algebraicText(1), random.algebraicText(1), random.algebraicText(1))
      let divisor = "(\(c)^2+\(random.positiveRational()))"
      let text = "\(a)/\(divisor)-sqrt(\(b)^2+1/\(divisor)^3)"
      try check(Expression(parsing: text), "\(label): \(text)")
    }
  }

  /// Numbers made small on purpose: a root minus its nearest rational, and powers of that.
  @Test func `roots minus rationals near them are above their bounds`() throws {
    try RandomCases.run(200) { random, label in
      let radicand = Rational(Int(random.next() % 1000) + 2)
      let root = Expression.number(radicand).squareRoot
      let bits = Int(random.next() % 200) + 1
      let scale = Rational(.powerOfTwo(bits))
      let fine = try root.evaluate(in: IntervalContext(precision: 512))
      let scaled = (fine * Interval(scale, precision: 512)).lower.floor
      let near = Rational(try #require(scaled)) / scale
      guard radicand.exactSquareRoot == nil else { return }
      let difference = root - .number(near)
      try check(difference, "\(label): sqrt(\(radicand)) - \(near)")
      try check(difference.power(3), "\(label): (sqrt(\(radicand)) - \(near))^3")
      try check(number(1) / (number(1) / difference), "\(label): reciprocals")
      try check((difference / (difference - number(1))).power(-1).power(-2), "\(label): powers")
      #expect(difference.isAlgebraicZero() == .certainlyFalse, "\(label)")
    }
  }

  /// With p/q a convergent of sqrt(2) and p = a c, the difference a/q - sqrt(2)/c is (p - q sqrt(2))/(q c): small in the
  /// numerator, and put over a denominator that has a factor from each side.
  @Test func `fractions over different denominators are above their bounds`() throws {
    for small in [3, 9, 15, 33] {
      // (1 + sqrt(2))^n = p + q sqrt(2); p at 3n is divisible by p at n.
      var (p, q): (Integer, Integer) = (1, 1)
      var divisor = p
      for n in 2...3 * small {
        (p, q) = (p + 2 * q, p + q)
        if n == small { divisor = p }
      }
      let (quotient, remainder) = p.dividedTowardZero(by: divisor)
      #expect(remainder == 0)
      for (a, c) in [(divisor, quotient), (quotient, divisor)] {
        let root = Expression.number(2).squareRoot / .number(Rational(c))
        let difference = Expression.number(Rational(a, q)) - root
        try check(difference, "\(a)/\(q) - sqrt(2)/\(c)")
        #expect(difference.isAlgebraicZero() == .certainlyFalse, "\(a)/\(q) - sqrt(2)/\(c)")
      }
    }
  }

  @Test func `a formula outside the class has no bound`() throws {
    for text in ["pi", "1+pi", "sqrt(pi)", "x", "sin(1)", "sqrt(2)^999999^1*2^999999*3^999999*sqrt(exp(1))"] {
      #expect(SeparationBound.bits(for: try Expression(parsing: text)) == nil, "\(text)")
    }
    let sum = (2...22).map { "sqrt(\($0))" }.joined(separator: "+")
    #expect(SeparationBound.bits(for: try Expression(parsing: sum)) == nil)
    #expect(SeparationBound.bits(for: try Expression(parsing: "(1e19000+sqrt(2))^999999")) == nil)
  }

  @Test func `zero and one have bounds`() throws {
    for text in ["0", "1", "0^0", "sqrt(0)", "0*sqrt(2)"] {
      #expect(try #require(SeparationBound.bits(for: Expression(parsing: text))) >= 0, "\(text)")
    }
  }
}

extension Expression {
  /// The decision with work to spare.
  fileprivate func isAlgebraicZero() -> Decision {
    var work = DecisionWork()
    return isAlgebraicZero(&work)
  }
}
