import ArbitraryPrecision
import Expressions
import RigorousNumerics
import Testing

@Suite struct PowerMaximumTests {
  private func maximum(_ text: String, scale: Double = 1) throws -> PowerMaximum {
    let expression = try Expression(parsing: text)
    return try PowerMaximum(
      of: { x in
        let context = TaylorJetContext(precision: x.precision)
        let unknown = Interval.entire(precision: x.precision)
        return (try? expression.evaluate(in: context, variables: ["x": context.variable(x)]))
          ?? TaylorJet(value: unknown, first: unknown, second: unknown, isSmooth: false)
      }, scale: scale, within: Budget())
  }

  @Test func `the maximum of sin^2(x)/x lies where tan x = 2x`() throws {
    let found = try maximum("sin(x)^2")
    let place = try found.argument(precision: 400, within: Budget())
    let value = try found.value(precision: 400, within: Budget())
    #expect(!place.tangent.isDisjoint(from: 2 * place))
    #expect(!value.isDisjoint(from: place.sine.squared / place))
    let limit = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -380, rounding: .up)
    #expect(place.width < limit && value.width < limit)
  }

  /// (1 - 1/(1 + x^2))/x = x/(1 + x^2) has its maximum 1/2 at 1; atan(x)/x has its supremum at the border 0,
  /// unattained.
  @Test func `an exactly known maximum is enclosed`() throws {
    let found = try maximum("1 - 1/(1 + x^2)")
    #expect(try found.argument(precision: 256, within: Budget()).contains(1))
    #expect(try found.value(precision: 256, within: Budget()).contains(Rational(1, 2)))
    #expect(throws: Unanswered.self) { try maximum("atan(x)") }
  }

  /// The later of two peaks is the higher one: a search that stops at the first local maximum gets another.
  @Test func `the first local maximum is not taken for the global one`() throws {
    let text = "sin(x)^2/10 + 1/(1 + (x - 5)^2) - 1/26"
    let place = try maximum(text).argument(precision: 128, within: Budget())
    #expect(place.isSubset(of: Interval(from: Rational(9, 2), to: Rational(11, 2), precision: 128)))
    for guess in [0.001, 300] {
      #expect(!(try maximum(text, scale: guess).argument(precision: 128, within: Budget())).isDisjoint(from: place))
    }
  }

  /// A peak on the edge of a gap in the domain, a jump, and a pole: derivatives say nothing there, and a search that
  /// trusts them finds the smooth maximum 0.72 of the first term instead of the greater values beside the fault.
  @Test(arguments: [
    "sin(x)^2*(1 + 100/(1 + 10^30*sqrt((x - 18/5)*(x - 51/10))))", "sin(x)^2*(1 + 3/5*atan(10^-30/(x - 8/5)))",
    "sin(x)^2 + 0*tan(x)", "sin(x)^2 + 0*log(3 - x)", "sin(x)^2*(1 + 0/(x - 2))",
  ])
  func `a function with a fault is given up, not maximised around it`(_ text: String) {
    #expect(throws: Unanswered.self) { try maximum(text) }
  }

  @Test func `a function that no interval bounds at long times is given up`() {
    #expect(throws: Unanswered(undecided: "no bound closes the half line of long times")) {
      try maximum("x^2*exp(-x)")
    }
  }

  /// Dense sampling by an independent evaluation never exceeds the maximum.
  @Test func `no sample is above the maximum`() throws {
    let text = "sin(x)^2 + sin(3*x)^2/4"
    let bound = try maximum(text).value(precision: 128, within: Budget())
    let expression = try Expression(parsing: text)
    for step in 1...4000 {
      let x = Interval(Rational(Integer(step), 400), precision: 64)
      let power = try expression.evaluate(in: IntervalContext(precision: 64), variables: ["x": x]) / x
      #expect(power.isAtMost(bound) == .certainlyTrue, "at \(step)/400")
    }
  }

  @Test func `a Newton step proves a zero, excludes one, or says nothing`() {
    func step(_ low: Rational, _ high: Rational) -> NewtonStep {
      let x = Interval(from: low, to: high, precision: 64)
      return NewtonStep(on: x, slope: 2 * x) { $0.squared - 2 }
    }
    #expect(step(1, 2).provesUniqueZero)
    #expect(step(2, 3).remaining.isEmpty)
    #expect(!step(-1, 2).provesUniqueZero)
    #expect(step(-1, 2).remaining.contains(Rational(7, 5)))
  }
}
