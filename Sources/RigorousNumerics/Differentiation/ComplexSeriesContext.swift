import ArbitraryPrecision
import Expressions

/// A complex function by its real and imaginary parts.
public struct ComplexSeries<Series: Sendable>: Sendable {
  /// The real part.
  public let real: Series
  /// The imaginary part; nil where the function is real.
  public let imaginary: Series?

  /// A function.
  public init(_ real: Series, _ imaginary: Series? = nil) { (self.real, self.imaginary) = (real, imaginary) }
}

/// Evaluation of formulas with an imaginary unit in functions of a real variable, such as those of
/// ``TaylorSeriesContext``.
///
/// Functions of real functions are those of the context below. Of others there are exp and what is made of it: sin,
/// cos, sinh, cosh.
public struct ComplexSeriesContext<Reals: EvaluationContext> where Reals.Value: Sendable {
  /// A complex function.
  public typealias Value = ComplexSeries<Reals.Value>
  private let reals: Reals

  /// Functions as in a real context.
  public init(_ reals: Reals) { self.reals = reals }

  /// The imaginary unit.
  public var imaginaryUnit: Value { Value(reals.number(0), reals.number(1)) }

  private func joined(
    _ a: Value, _ b: Value, _ combine: (Reals.Value, Reals.Value) -> Reals.Value
  ) -> Reals.Value? {
    guard a.imaginary != nil || b.imaginary != nil else { return nil }
    return combine(a.imaginary ?? reals.number(0), b.imaginary ?? reals.number(0))
  }

  /// What is defined nowhere.
  private var unknown: Value { Value(reals.call(.log, reals.number(-1))) }

  private func exponential(_ a: Value) -> Value {
    guard let angle = a.imaginary else { return Value(reals.call(.exp, a.real)) }
    let size = reals.call(.exp, a.real)
    return Value(
      reals.product(size, reals.call(.cos, angle)), reals.product(size, reals.call(.sin, angle)))
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ComplexSeriesContext: EvaluationContext {
  public func number(_ value: Rational) -> Value { Value(reals.number(value)) }
  public var pi: Value { Value(reals.pi) }

  public func negation(_ a: Value) -> Value {
    Value(reals.negation(a.real), a.imaginary.map(reals.negation))
  }

  public func sum(_ a: Value, _ b: Value) -> Value {
    Value(reals.sum(a.real, b.real), joined(a, b, reals.sum))
  }

  public func difference(_ a: Value, _ b: Value) -> Value { sum(a, negation(b)) }

  public func product(_ a: Value, _ b: Value) -> Value {
    switch (a.imaginary, b.imaginary) {
    case (nil, nil): return Value(reals.product(a.real, b.real))
    case (let y?, nil):
      return Value(reals.product(a.real, b.real), reals.product(y, b.real))
    case (nil, let y?):
      return Value(reals.product(a.real, b.real), reals.product(a.real, y))
    case (let x?, let y?):
      return Value(
        reals.difference(reals.product(a.real, b.real), reals.product(x, y)),
        reals.sum(reals.product(a.real, y), reals.product(x, b.real)))
    }
  }

  public func quotient(_ a: Value, _ b: Value) -> Value {
    guard let y = b.imaginary else {
      return Value(
        reals.quotient(a.real, b.real), a.imaginary.map { reals.quotient($0, b.real) })
    }
    let square = Value(reals.sum(reals.power(b.real, 2), reals.power(y, 2)))
    let mirrored = Value(b.real, reals.negation(y))
    return quotient(product(a, mirrored), square)
  }

  public func power(_ a: Value, _ exponent: Int) -> Value {
    guard a.imaginary != nil else { return Value(reals.power(a.real, exponent)) }
    return powerByProducts(a, exponent)
  }

  public func power(_ a: Value, _ exponent: Value) -> Value {
    guard a.imaginary == nil, exponent.imaginary == nil else { return unknown }
    return Value(reals.power(a.real, exponent.real))
  }

  public func call(_ function: ElementaryFunction, _ a: Value) -> Value {
    guard a.imaginary != nil else { return Value(reals.call(function, a.real)) }
    return made(function, ofExponential: exponential, at: a, imaginaryUnit: imaginaryUnit) ?? unknown
  }
}
