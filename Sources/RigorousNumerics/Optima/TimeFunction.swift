import ArbitraryPrecision

/// A function of the time t >= 0 by its Taylor coefficients on intervals.
public struct TimeFunction: Sendable {
  /// The coefficients up to an order at all times of an interval, at its precision.
  public typealias Series =
    @Sendable (_ t: Interval, _ order: Int, _ budget: Budget) throws(Unanswered) -> TaylorSeries

  /// The coefficients on an interval.
  public let series: Series
  /// The coefficients at t = 0, of which those that are known to vanish are exactly zero.
  public let start: @Sendable (_ order: Int) throws(Unanswered) -> [Interval]
  /// A length of intervals on which enclosures are sharp, as a guess; nil where none is known.
  public let step: Interval?
  /// Whether the values alone are known, without derivatives.
  public let isRough: Bool
  /// The time up to which the function is known well; nil for all times.
  public let end: Interval?
  /// The derivative where it is known by itself, and not by the coefficients.
  public let rate: (@Sendable () -> TimeFunction)?
  /// The coefficients of the function itself where those of ``series`` belong to one that is near to it; nil where both
  /// are one.
  public let own: Series?

  /// A function.
  public init(
    series: @escaping Series, start: @escaping @Sendable (_ order: Int) throws(Unanswered) -> [Interval],
    step: Interval? = nil, isRough: Bool = false, end: Interval? = nil,
    rate: (@Sendable () -> TimeFunction)? = nil, own: Series? = nil
  ) {
    (self.series, self.start, self.step, self.isRough) = (series, start, step, isRough)
    (self.end, self.rate, self.own) = (end, rate, own)
  }

  /// The function by its own coefficients, with no distance.
  var byItself: TimeFunction {
    guard let own else { return self }
    return TimeFunction(series: own, start: start, step: step, isRough: isRough, end: end, rate: rate)
  }

  /// The values of the function on a bounded interval, with the coefficients there and at its middle.
  func local(_ t: Interval, order: Int, within budget: Budget) throws(Unanswered) -> Local {
    let around = try series(t, order, budget)
    guard let middle = t.anchor, middle.isFinite else {
      return Local(series: around, center: around, range: around.range)
    }
    let point = Interval(middle).rounded(to: t.precision)
    let center = try series(point, order, budget)
    return Local(series: around, center: center, range: around.range(on: t, around: point, center))
  }

  /// What is known on an interval.
  struct Local {
    let series: TaylorSeries
    let center: TaylorSeries
    let range: Interval

    /// The values of the function that the coefficients belong to, on the interval.
    func approximation(on t: Interval) -> Interval {
      guard let middle = t.anchor, middle.isFinite else { return series.value }
      let point = Interval(middle).rounded(to: t.precision)
      return series.approximation.range(on: t, around: point, center.approximation)
    }
  }

  /// The sign of F - F(0), or of the part of F beyond its first `skipped` coefficients, just after the start, on (0,
  /// b]: that of the first coefficient that is not exactly zero, where it has one sign on [0, b].
  ///
  /// With c_1 = ... = c_(j-1) = 0 at the start the derivative of order i < j is t^(j-i)/(j-i)! times the one of order j
  /// at a time between, by Taylor's theorem: so all of them have its sign.
  func signAfterStart(upTo b: Interval, skipping skipped: Int, within budget: Budget) throws(Unanswered) -> Int? {
    let coefficients = try start(TimeFunction.greatestStartOrder)
    guard let first = coefficients.indices.first(where: { $0 >= skipped && !coefficients[$0].isExactZero }),
      let box = Interval(.zero(precision: b.precision), b.upper)
    else { return nil }
    let around = try (own ?? series)(box, first, budget)
    guard around.isSmooth, around.isExact, let sign = around.coefficients[first].certainSign, sign != 0 else {
      return nil
    }
    return sign
  }

  /// The most coefficients at the start that are looked at.
  static let greatestStartOrder = 8
}

extension Interval {
  /// Whether this is the point zero.
  public var isExactZero: Bool { isPoint && containsZero }
}

extension TimeFunction {
  /// A number at all times.
  public init(constant value: Interval) {
    self.init(
      series: { t, order, _ in TaylorSeriesContext(order: order, precision: t.precision).constant(value) },
      start: { order in TaylorSeriesContext(order: order, precision: value.precision).constant(value).coefficients })
  }

  /// A formula of functions.
  public init(
    combining functions: [TimeFunction],
    by formula: @escaping @Sendable (TaylorSeriesContext, [TaylorSeries]) -> TaylorSeries
  ) {
    func series(_ parts: [Series]) -> Series {
      { (t, order, budget) throws(Unanswered) in
        var values: [TaylorSeries] = []
        for part in parts { values.append(try part(t, order, budget)) }
        return formula(TaylorSeriesContext(order: order, precision: t.precision), values)
      }
    }
    self.init(
      series: series(functions.map(\.series)),
      start: { (order) throws(Unanswered) in
        var values: [TaylorSeries] = []
        for function in functions { values.append(TaylorSeries(try function.start(order))) }
        let precision = values.reduce(64) { max($0, $1.value.precision) }
        return formula(TaylorSeriesContext(order: order, precision: precision), values).coefficients
      }, step: functions.compactMap(\.step).min { $0.lower < $1.lower },
      isRough: functions.contains(where: \.isRough), end: functions.compactMap(\.end).min { $0.lower < $1.lower },
      own: functions.contains { $0.own != nil } ? series(functions.map { $0.own ?? $0.series }) : nil)
  }

  /// A sum of functions.
  public init(sum functions: [TimeFunction]) {
    self.init(combining: functions) { context, values in values.reduce(context.number(0)) { context.sum($0, $1) } }
  }

  /// The opposite.
  public var negated: TimeFunction { TimeFunction(combining: [self]) { $0.negation($1[0]) } }
}

extension TimeFunction {
  /// The time itself.
  public static let time = TimeFunction(
    series: { t, order, _ in TaylorSeriesContext(order: order, precision: t.precision).variable(t) },
    start: { order in
      TaylorSeriesContext(order: order, precision: 64).variable(Interval(0, precision: 64)).coefficients
    })

  /// t G' - G, which has the sign of the slope of G/t for t > 0: its coefficients are (k - 1) c_k.
  public init(stationarityOf gain: TimeFunction) {
    func series(_ known: @escaping Series) -> Series {
      { (t, order, budget) throws(Unanswered) in
        let own = try known(t, order + 1, budget)
        let context = TaylorSeriesContext(order: order, precision: t.precision)
        let value = TaylorSeries(
          Array(own.coefficients.dropLast()), distance: own.distance, isSmooth: own.isSmooth, isDefined: own.isDefined)
        return context.difference(context.product(context.variable(t), own.derivative), value)
      }
    }
    self.init(
      series: series(gain.series),
      start: { (order) throws(Unanswered) in
        try gain.start(order).enumerated().map { k, value in value.isExactZero ? value : (k - 1) * value }
      }, step: gain.step, isRough: gain.isRough, end: gain.end, own: gain.own.map(series))
  }

  /// The values on an interval.
  public func values(on t: Interval, within budget: Budget) throws(Unanswered) -> Interval {
    try local(t, order: 2, within: budget).range
  }
}
