import ArbitraryPrecision
import Expressions

/// A function on an interval [0, b], with its Taylor coefficients at 0, of which those that are known to vanish are
/// exactly zero.
public struct StartSeries {
  /// On the interval.
  public let series: TaylorSeries
  /// At 0.
  public let start: TaylorSeries

  /// A function by both.
  public init(_ series: TaylorSeries, start: TaylorSeries) { (self.series, self.start) = (series, start) }

  /// How many coefficients at 0 vanish for certain; nil for a function that is zero on the whole interval.
  fileprivate var zeros: Int? {
    if series.isSmooth, series.isExact, series.coefficients.allSatisfy(\.isExactZero) { return nil }
    return start.coefficients.firstIndex { !$0.isExactZero } ?? start.coefficients.count
  }

  /// The function over t^j, for one that vanishes with its derivatives below the order j at 0; of its j highest
  /// coefficients nothing is known.
  ///
  /// f(t)/t^j is the mean of f^(j)(u t)/j! over 0 <= u <= 1 with the weight j (1 - u)^(j - 1), by Taylor's theorem with
  /// the integral. Its k-th coefficient is the one of order j + k of f with the weight u^k on the way, times
  /// (j + k)!/(k! j!), and the integral of that weight is j! k!/(j + k)!: so coefficients on [0, b] move down by j
  /// places. Of a function with kinks difference quotients alone are known, j = 1.
  fileprivate func divided(byPowerOfTime j: Int) -> StartSeries? {
    guard j > 0 else { return self }
    guard series.isDefined, series.isExact, series.isSmooth || j == 1 else { return nil }
    func moved(_ f: TaylorSeries) -> TaylorSeries {
      let unknown = Interval.entire(precision: f.value.precision)
      guard f.isSmooth else { return TaylorSeries(rough: f.coefficients[1], order: f.order) }
      return TaylorSeries(f.coefficients.dropFirst(j) + Array(repeating: unknown, count: j))
    }
    return StartSeries(moved(series), start: moved(start))
  }
}

/// Evaluation on [0, b] of formulas whose quotients may be 0/0 at 0: these are continued by their limit.
public struct StartSeriesContext {
  let base: TaylorSeriesContext

  /// On the context of the coefficients.
  public init(_ base: TaylorSeriesContext) { self.base = base }

  private func both(_ value: TaylorSeries) -> StartSeries { StartSeries(value, start: value) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension StartSeriesContext: EvaluationContext {
  public func number(_ value: Rational) -> StartSeries { both(base.number(value)) }
  public var pi: StartSeries { both(base.pi) }

  public func negation(_ a: StartSeries) -> StartSeries {
    StartSeries(base.negation(a.series), start: base.negation(a.start))
  }

  public func sum(_ a: StartSeries, _ b: StartSeries) -> StartSeries {
    StartSeries(base.sum(a.series, b.series), start: base.sum(a.start, b.start))
  }

  public func difference(_ a: StartSeries, _ b: StartSeries) -> StartSeries { sum(a, negation(b)) }

  public func product(_ a: StartSeries, _ b: StartSeries) -> StartSeries {
    StartSeries(base.product(a.series, b.series), start: base.product(a.start, b.start))
  }

  public func quotient(_ a: StartSeries, _ b: StartSeries) -> StartSeries {
    var (a, b) = (a, b)
    if let j = b.zeros, j > 0, j <= base.order, a.zeros.map({ $0 >= j }) ?? true, let x = a.divided(byPowerOfTime: j),
      let y = b.divided(byPowerOfTime: j)
    {
      (a, b) = (x, y)
    }
    return product(a, power(b, -1))
  }

  public func power(_ a: StartSeries, _ exponent: Int) -> StartSeries {
    StartSeries(base.power(a.series, exponent), start: base.power(a.start, exponent))
  }

  public func power(_ a: StartSeries, _ exponent: StartSeries) -> StartSeries {
    StartSeries(base.power(a.series, exponent.series), start: base.power(a.start, exponent.start))
  }

  public func call(_ function: ElementaryFunction, _ a: StartSeries) -> StartSeries {
    StartSeries(base.call(function, a.series), start: base.call(function, a.start))
  }
}
