import ArbitraryPrecision
import Expressions
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct TaylorJetTests {
  static let formulas = [
    "x^2 + 3*x - 1", "sin(x)*cos(x)", "tan(x/3)", "exp(-x)*log(x)", "sqrt(x)/(1 + x^2)", "atan(x)^3", "x^-2 + pi",
    "-x/(2 - x)", "sin(x^2)", "x^0 + x^1",
  ]

  /// Divided differences at exact points lie in the derivative over the span, by the mean value theorem: an independent
  /// path through function values alone.
  @Test(arguments: formulas)
  func `derivatives hold divided differences`(_ text: String) throws {
    let expression = try Expression(parsing: text)
    let p = 300
    func value(_ x: Rational) throws -> Interval {
      try expression.evaluate(in: IntervalContext(precision: p), variables: ["x": Interval(x, precision: p)])
    }
    try RandomCases.run(10) { random, label in
      let x = Rational(Integer(Int(random.next() % 1000) + 100), 1000)
      let h = Rational(1, .powerOfTwo(40))
      let context = TaylorJetContext(precision: p)
      let span = Interval(from: x - h, to: x + h, precision: p)
      let jet = try expression.evaluate(in: context, variables: ["x": context.variable(span)])
      let (left, middle, right) = (try value(x - h), try value(x), try value(x + h))
      let step = Interval(h, precision: p)
      #expect(!jet.value.isDisjoint(from: middle), "\(label)")
      #expect(!jet.first.isDisjoint(from: (right - left) / (2 * step)), "\(label)")
      // The second difference is f'' somewhere in the span, as well.
      #expect(!jet.second.isDisjoint(from: (right - 2 * middle + left) / step.squared), "\(label)")
      // Third derivatives are below 10^7 here and the span is 2^-39 wide: a wide answer would make the tests above
      // empty.
      let narrow = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -14, rounding: .up)
      #expect(jet.second.width < narrow, "\(label)")
    }
  }

  /// Horner's rule against sums of powers in rationals, from no coefficient on.
  @Test func `a polynomial and its derivatives hold exact values`() {
    RandomCases.run(40) { random, label in
      let coefficients = (0..<Int(random.next() % 8)).map { _ in Rational(Integer(Int(random.next() % 100) - 50), 7) }
      let low = Rational(Integer(Int(random.next() % 100) - 50), 16)
      let width = Rational(Integer(Int(random.next() % 3)), 16)
      let jet = TaylorJet(
        polynomial: coefficients.map { Interval($0, precision: 200) },
        at: Interval(from: low, to: low + width, precision: 200))
      func derivative(_ order: Int, _ s: Rational) -> Rational {
        var sum = Rational(0)
        for (k, c) in coefficients.enumerated() where k >= order {
          sum = sum + c * Rational((0..<order).reduce(1) { $0 * (k - $1) }) * s.power(k - order)
        }
        return sum
      }
      for s in [low, low + width / 2, low + width] {
        #expect(jet.value.contains(derivative(0, s)), "\(label)")
        #expect(jet.first.contains(derivative(1, s)), "\(label)")
        #expect(jet.second.contains(derivative(2, s)), "\(label)")
      }
      #expect(jet.isSmooth)
      let narrow = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -150, rounding: .up)
      if width.signum == 0 { #expect(jet.second.width < narrow && jet.value.width < narrow, "\(label)") }
    }
  }
}
