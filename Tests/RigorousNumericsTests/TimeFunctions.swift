import ArbitraryPrecision
import Expressions
import RigorousNumerics

extension TimeFunction {
  /// A formula in t as a function of time.
  init(_ text: String, step: Rational? = Rational(1, 4), noise: BigFloat = .zero(precision: 64)) throws {
    let expression = try Expression(parsing: text)
    self.init(
      series: { (t, order, _) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: t.precision)
        do {
          let value = try expression.evaluate(in: context, variables: ["t": context.variable(t)])
          guard !noise.isZero else { return value }
          return TaylorSeries(
            value.coefficients, distance: noise, isSmooth: value.isSmooth, isDefined: value.isDefined)
        } catch { throw Unanswered(undecided: "\(error)") }
      },
      start: { (order) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: 256)
        do {
          return try expression.evaluate(
            in: context, variables: ["t": context.variable(Interval(0, precision: 256))]
          ).coefficients
        } catch { throw Unanswered(undecided: "\(error)") }
      }, step: step.map { Interval($0, precision: 64) })
  }
}

func interval(_ text: String, _ precision: Int = 256) throws -> Interval {
  try Expression(parsing: text).evaluate(in: IntervalContext(precision: precision))
}
