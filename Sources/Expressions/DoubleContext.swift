import ArbitraryPrecision
import Foundation

/// Double precision: fast, and without any bound on the error. For seeds and plots, never for verdicts.
public struct DoubleContext {
  /// The context.
  public init() {}
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DoubleContext: EvaluationContext {
  public func number(_ value: Rational) -> Double {
    BigFloat(value, precision: 53, rounding: .nearest).double(rounding: .nearest)
  }

  public var pi: Double { .pi }
  public func negation(_ a: Double) -> Double { -a }
  public func sum(_ a: Double, _ b: Double) -> Double { a + b }
  public func difference(_ a: Double, _ b: Double) -> Double { a - b }
  public func product(_ a: Double, _ b: Double) -> Double { a * b }
  public func quotient(_ a: Double, _ b: Double) -> Double { a / b }
  public func power(_ a: Double, _ exponent: Int) -> Double { Foundation.pow(a, Double(exponent)) }

  public func power(_ a: Double, _ exponent: Double) -> Double { Foundation.pow(a, exponent) }

  public func call(_ function: ElementaryFunction, _ a: Double) -> Double {
    switch function {
    case .sqrt: a.squareRoot()
    case .sin: Foundation.sin(a)
    case .cos: Foundation.cos(a)
    case .tan: Foundation.tan(a)
    case .atan: Foundation.atan(a)
    case .exp: Foundation.exp(a)
    case .log: Foundation.log(a)
    case .sinh: Foundation.sinh(a)
    case .cosh: Foundation.cosh(a)
    case .tanh: Foundation.tanh(a)
    case .abs: Swift.abs(a)
    }
  }
}
