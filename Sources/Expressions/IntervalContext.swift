import ArbitraryPrecision

/// Enclosures at a precision.
public struct IntervalContext: Sendable {
  /// The bits of the ends.
  public let precision: Int

  /// Enclosures at a precision in bits.
  public init(precision: Int) {
    self.precision = precision
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension IntervalContext: EvaluationContext {
  public func number(_ value: Rational) -> Interval { Interval(value, precision: precision) }
  public var pi: Interval { .pi(precision: precision) }
  public func negation(_ a: Interval) -> Interval { -a }
  public func sum(_ a: Interval, _ b: Interval) -> Interval { a + b }
  public func difference(_ a: Interval, _ b: Interval) -> Interval { a - b }
  public func product(_ a: Interval, _ b: Interval) -> Interval { a * b }
  public func quotient(_ a: Interval, _ b: Interval) -> Interval { a / b }
  public func power(_ a: Interval, _ exponent: Int) -> Interval { a.power(exponent) }

  public func power(_ a: Interval, _ exponent: Interval) -> Interval {
    exponent.exponent.map { a.power($0) } ?? a.power(exponent)
  }

  public func call(_ function: ElementaryFunction, _ a: Interval) -> Interval {
    switch function {
    case .sqrt: a.squareRoot
    case .sin: a.sine
    case .cos: a.cosine
    case .tan: a.tangent
    case .atan: a.arctangent
    case .exp: a.exponential
    case .log: a.logarithm
    case .sinh: a.hyperbolicSine
    case .cosh: a.hyperbolicCosine
    case .tanh: a.hyperbolicTangent
    case .abs: a.absoluteValue
    }
  }
}

extension Interval {
  /// The integer that this enclosure certainly is, where it is one that an exponent may be.
  public var exponent: Int? {
    guard isPoint, let floor = lower.floor, lower.rational == Rational(floor), let word = Int(exactly: floor),
      abs(word) <= Expression.greatestExponent
    else { return nil }
    return word
  }
}
