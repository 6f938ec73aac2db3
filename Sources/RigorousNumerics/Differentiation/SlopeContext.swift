import ArbitraryPrecision
import Expressions

/// A function with its derivative, each known by itself: what a formula needs where derivatives are not those of the
/// coefficients.
public struct FunctionWithSlope {
  let value: TaylorSeries
  /// The derivative.
  public let slope: TaylorSeries

  /// A function and its derivative.
  public init(_ value: TaylorSeries, slope: TaylorSeries) { (self.value, self.slope) = (value, slope) }
}

/// Evaluation of formulas with derivatives by the rules of differentiation.
public struct SlopeContext {
  let base: TaylorSeriesContext

  /// On the context of the functions.
  public init(_ base: TaylorSeriesContext) { self.base = base }

  private func chain(_ a: FunctionWithSlope, _ value: TaylorSeries, _ outer: TaylorSeries) -> FunctionWithSlope {
    FunctionWithSlope(value, slope: base.product(outer, a.slope))
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SlopeContext: EvaluationContext {
  public func number(_ value: Rational) -> FunctionWithSlope {
    FunctionWithSlope(base.number(value), slope: base.number(0))
  }
  public var pi: FunctionWithSlope { FunctionWithSlope(base.pi, slope: base.number(0)) }

  public func negation(_ a: FunctionWithSlope) -> FunctionWithSlope {
    FunctionWithSlope(base.negation(a.value), slope: base.negation(a.slope))
  }

  public func sum(_ a: FunctionWithSlope, _ b: FunctionWithSlope) -> FunctionWithSlope {
    FunctionWithSlope(base.sum(a.value, b.value), slope: base.sum(a.slope, b.slope))
  }

  public func difference(_ a: FunctionWithSlope, _ b: FunctionWithSlope) -> FunctionWithSlope { sum(a, negation(b)) }

  public func product(_ a: FunctionWithSlope, _ b: FunctionWithSlope) -> FunctionWithSlope {
    FunctionWithSlope(
      base.product(a.value, b.value),
      slope: base.sum(base.product(a.slope, b.value), base.product(a.value, b.slope)))
  }

  public func quotient(_ a: FunctionWithSlope, _ b: FunctionWithSlope) -> FunctionWithSlope {
    product(a, power(b, -1))
  }

  public func power(_ a: FunctionWithSlope, _ n: Int) -> FunctionWithSlope {
    guard n != 0 else { return number(1) }
    return chain(
      a, base.power(a.value, n), base.product(base.number(Rational(Integer(n))), base.power(a.value, n - 1)))
  }

  public func power(_ a: FunctionWithSlope, _ exponent: FunctionWithSlope) -> FunctionWithSlope {
    if exponent.slope.coefficients.allSatisfy(\.isExactZero), let n = exponent.value.value.exponent {
      return power(a, n)
    }
    return call(.exp, product(exponent, call(.log, a)))
  }

  public func call(_ function: ElementaryFunction, _ a: FunctionWithSlope) -> FunctionWithSlope {
    let value = base.call(function, a.value)
    let one = base.number(1)
    switch function {
    case .sqrt: return chain(a, value, base.quotient(base.number(Rational(1, 2)), value))
    case .sin: return chain(a, value, base.call(.cos, a.value))
    case .cos: return chain(a, value, base.negation(base.call(.sin, a.value)))
    case .tan: return chain(a, value, base.sum(one, base.power(value, 2)))
    case .atan: return chain(a, value, base.quotient(one, base.sum(one, base.power(a.value, 2))))
    case .exp: return chain(a, value, value)
    case .log: return chain(a, value, base.quotient(one, a.value))
    case .sinh: return chain(a, value, base.call(.cosh, a.value))
    case .cosh: return chain(a, value, base.call(.sinh, a.value))
    case .tanh: return chain(a, value, base.difference(one, base.power(value, 2)))
    case .abs: return chain(a, value, base.quotient(a.value, value))
    }
  }
}
