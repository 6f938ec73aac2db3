import ArbitraryPrecision
import Expressions

/// The Taylor coefficients of a function at the center of an interval, and at all its points.
public struct CenteredSeries: Sendable {
  /// Those at the center.
  public let center: TaylorSeries
  /// Those at all points.
  public let whole: TaylorSeries
}

/// Evaluation of formulas with Taylor coefficients on an interval that makes use of those at its center.
///
/// With f^(k)/k! = a_k, of which m is the last one, Taylor's theorem has
///
///     a_k(x) = sum over j from k to m - 1 of C(j, k) a_j(c) (x - c)^(j - k) + C(m, k) a_m(y) (x - c)^(m - k)
///
/// with a y between x and c: where terms of a sum cancel, as in t^2 - 400 t + 40000 near 200, this sees it. It is done
/// for all coefficients of functions with few of them, as polynomials are, and else for the first ones.
public struct CenteredSeriesContext {
  private let reals: TaylorSeriesContext
  /// x - c.
  private let span: Interval
  private let center: Interval
  /// (x - c)^n for n up to the order.
  private let powers: [Interval]
  /// Coefficients beyond these are looked at only where there are few.
  private static let first = 2
  private static let few = 12

  /// A context for an interval that is bounded.
  public init(_ reals: TaylorSeriesContext, on x: Interval) {
    self.reals = reals
    center = x.midpoint.map { Interval($0) } ?? x
    let span = x - center
    self.span = span
    powers = (0...reals.order).map { span.power($0) }
  }

  /// The variable itself.
  public func variable(_ x: Interval) -> CenteredSeries {
    CenteredSeries(center: reals.variable(center), whole: reals.variable(x))
  }

  private func joined(_ center: TaylorSeries, _ whole: TaylorSeries) -> CenteredSeries {
    CenteredSeries(center: center, whole: tightened(whole, by: center))
  }

  private func tightened(_ whole: TaylorSeries, by center: TaylorSeries) -> TaylorSeries {
    let m = whole.order
    guard m >= 1, whole.isSmooth, center.isSmooth, center.isDefined, span.isBounded else { return whole }
    let nonzero = (0..<m).filter { !center.coefficients[$0].isExactZero }
    let last = nonzero.count <= Self.few ? m - 1 : min(Self.first, m - 1)
    var result = whole.coefficients
    for k in 0...last {
      var sum = whole.coefficients[m].isExactZero ? nil : binomial(m, k) * whole.coefficients[m] * power(m - k)
      for j in nonzero where j >= k {
        let term = binomial(j, k) * center.coefficients[j] * power(j - k)
        sum = sum.map { $0 + term } ?? term
      }
      guard let sum else { continue }
      result[k] = result[k].intersection(sum)
    }
    return TaylorSeries(result, distance: whole.distance, isSmooth: whole.isSmooth, isDefined: whole.isDefined)
  }

  private func power(_ n: Int) -> Interval { n < powers.count ? powers[n] : span.power(n) }

  private func binomial(_ n: Int, _ k: Int) -> Interval {
    if k < 2 { return Interval(k == 0 ? 1 : n, precision: reals.precision) }
    var result = Integer(1)
    for i in 0..<k { result = (result * Integer(n - i)).dividedDown(by: Integer(i + 1)) }
    return Interval(result, precision: reals.precision)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CenteredSeriesContext: EvaluationContext {
  public func number(_ value: Rational) -> CenteredSeries {
    CenteredSeries(center: reals.number(value), whole: reals.number(value))
  }
  public var pi: CenteredSeries { CenteredSeries(center: reals.pi, whole: reals.pi) }

  public func negation(_ a: CenteredSeries) -> CenteredSeries {
    CenteredSeries(center: reals.negation(a.center), whole: reals.negation(a.whole))
  }

  public func sum(_ a: CenteredSeries, _ b: CenteredSeries) -> CenteredSeries {
    joined(reals.sum(a.center, b.center), reals.sum(a.whole, b.whole))
  }

  public func difference(_ a: CenteredSeries, _ b: CenteredSeries) -> CenteredSeries { sum(a, negation(b)) }

  public func product(_ a: CenteredSeries, _ b: CenteredSeries) -> CenteredSeries {
    joined(reals.product(a.center, b.center), reals.product(a.whole, b.whole))
  }

  public func quotient(_ a: CenteredSeries, _ b: CenteredSeries) -> CenteredSeries {
    joined(reals.quotient(a.center, b.center), reals.quotient(a.whole, b.whole))
  }

  public func power(_ a: CenteredSeries, _ exponent: Int) -> CenteredSeries {
    joined(reals.power(a.center, exponent), reals.power(a.whole, exponent))
  }

  public func power(_ a: CenteredSeries, _ exponent: CenteredSeries) -> CenteredSeries {
    joined(reals.power(a.center, exponent.center), reals.power(a.whole, exponent.whole))
  }

  public func call(_ function: ElementaryFunction, _ a: CenteredSeries) -> CenteredSeries {
    joined(reals.call(function, a.center), reals.call(function, a.whole))
  }
}
