import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// The arithmetic of a formula on functions of time.
struct TimeFormula: Sendable {
  private let expression: Expression
  private let numbers: [String: Interval]
  /// Whether a quotient in it may be 0/0 at the start.
  private let hasQuotients: Bool
  /// Orders that are asked for beyond those of the answer, for quotients that are 0/0 at the start.
  private static let spareOrders = 4

  /// - Parameter numbers: the values of names that are no functions.
  init(_ expression: Expression, _ numbers: [String: Interval]) {
    (self.expression, self.numbers) = (expression, numbers)
    var open = [expression]
    var found = false
    while let part = open.popLast() {
      open += part.node.children
      if case .quotient(_, let divisor) = part.node, !divisor.variables.subtracting(numbers.keys).isEmpty {
        found = true
      }
    }
    hasQuotients = found
  }

  /// The coefficients on an interval.
  func series(
    _ functions: [String: TimeFunction], _ t: Interval, _ order: Int, _ budget: Budget,
    by known: (TimeFunction) -> TimeFunction.Series
  ) throws(Unanswered) -> TaylorSeries {
    if hasQuotients, t.lower.isZero, t.isBounded {
      // Long polynomials have few orders to spare.
      let own = order + (order < 8 ? Self.spareOrders : 2)
      let value = try atStart(functions, own, t.precision) { (function) throws(Unanswered) in
        try known(function)(t, own, budget)
      } time: {
        $0.variable(t)
      }
      return value.series.cut(to: order)
    }
    let context = TaylorSeriesContext(order: order, precision: t.precision)
    var values = numbers.mapValues { context.constant($0) }
    for (name, function) in functions { values[name] = try known(function)(t, order, budget) }
    values["t"] = context.variable(t)
    do { return try expression.evaluate(in: context, variables: values) } catch {
      throw Unanswered(undecided: error.message)
    }
  }

  /// The coefficients at the start.
  func start(_ functions: [String: TimeFunction], _ order: Int) throws(Unanswered) -> [Interval] {
    let precision = numbers.values.reduce(128) { max($0, $1.precision) }
    let own = order + (hasQuotients ? Self.spareOrders : 0)
    let value = try atStart(functions, own, precision) { (function) throws(Unanswered) in
      TaylorSeries(try function.start(own))
    } time: {
      $0.variable(Interval(0, precision: precision))
    }
    let start = value.start
    let unknown = Array(repeating: Interval.entire(precision: precision), count: order + 1)
    return start.coefficients.contains(where: \.isEmpty) ? unknown : Array(start.coefficients.prefix(order + 1))
  }

  private func atStart(
    _ functions: [String: TimeFunction], _ order: Int, _ precision: Int,
    _ values: (TimeFunction) throws(Unanswered) -> TaylorSeries, time: (TaylorSeriesContext) -> TaylorSeries
  ) throws(Unanswered) -> StartSeries {
    let context = TaylorSeriesContext(order: order, precision: precision)
    let zero = context.variable(Interval(0, precision: precision))
    var variables = numbers.mapValues { StartSeries(context.constant($0), start: context.constant($0)) }
    for (name, function) in functions {
      variables[name] = StartSeries(try values(function), start: TaylorSeries(try function.start(order)))
    }
    variables["t"] = StartSeries(time(context), start: zero)
    let own = variables
    do { return try expression.evaluate(in: StartSeriesContext(context), variables: own) } catch {
      throw Unanswered(undecided: error.message)
    }
  }

  /// The derivative from those of the functions.
  func rate(_ functions: [String: TimeFunction]) -> TimeFunction {
    let rates = functions.mapValues(\.derivative)
    @Sendable func series(
      _ t: Interval, _ order: Int, _ values: (TimeFunction) throws(Unanswered) -> TaylorSeries
    ) throws(Unanswered) -> TaylorSeries {
      let context = TaylorSeriesContext(order: order, precision: t.precision)
      let zero = context.number(0)
      var variables = numbers.mapValues { FunctionWithSlope(context.constant($0), slope: zero) }
      for (name, function) in functions {
        let slope = try rates[name].map { (rate) throws(Unanswered) in try values(rate) }
        variables[name] = FunctionWithSlope(try values(function), slope: slope ?? zero)
      }
      variables["t"] = FunctionWithSlope(context.variable(t), slope: context.number(1))
      let own = variables
      do { return try expression.evaluate(in: SlopeContext(context), variables: own).slope } catch {
        throw Unanswered(undecided: error.message)
      }
    }
    let isCut = (Array(functions.values) + rates.values).contains { $0.own != nil }
    let near: TimeFunction.Series = { (t, order, budget) throws(Unanswered) in
      try series(t, order) { (function) throws(Unanswered) in try function.series(t, order, budget) }
    }
    let own: TimeFunction.Series = { (t, order, budget) throws(Unanswered) in
      try series(t, order) { (function) throws(Unanswered) in try (function.own ?? function.series)(t, order, budget) }
    }
    return TimeFunction(
      series: near,
      start: { (order) throws(Unanswered) in
        try series(Interval(0, precision: 128), order) { (function) throws(Unanswered) in
          TaylorSeries(try function.start(order))
        }.coefficients
      }, step: rates.values.compactMap(\.step).min { $0.lower < $1.lower },
      end: rates.values.compactMap(\.end).min { $0.lower < $1.lower }, own: isCut ? own : nil)
  }
}
