import ArbitraryPrecision

/// An enclosure of a complex value of a formula, and whether the formula is certain to be defined there.
public struct DefinedComplex: Sendable {
  /// The enclosure.
  public let value: ComplexInterval
  /// Whether the formula is certain to have a value.
  public let isDefined: Bool

  /// An enclosure with what is known of it; an empty one is never defined.
  public init(value: ComplexInterval, isDefined: Bool) {
    (self.value, self.isDefined) = (value, isDefined && !value.isEmpty)
  }

  /// Whether the imaginary part is exactly zero.
  var isReal: Bool { value.imaginary.certainSign == 0 }
}

/// Evaluation of formulas with an imaginary unit in enclosures.
///
/// Functions of real numbers are those of ``DefinedContext``. Of others the exponential is defined, and where the
/// context ``continuesFunctions`` what is made of it, the magnitude and the principal root off the negative axis.
public struct ComplexContext: Sendable {
  /// The bits of the enclosures.
  public let precision: Int
  /// Whether functions beside the exponential have values at numbers that are not real.
  public let continuesFunctions: Bool
  private let reals: DefinedContext

  /// Enclosures at a precision in bits.
  public init(precision: Int, continuesFunctions: Bool = false) {
    (self.precision, self.continuesFunctions) = (precision, continuesFunctions)
    reals = DefinedContext(precision: precision)
  }

  /// The complex numbers of a real enclosure.
  public func real(_ value: Interval) -> DefinedComplex { real(DefinedInterval(value)) }

  private func real(_ value: DefinedInterval) -> DefinedComplex {
    DefinedComplex(
      value: ComplexInterval(value.interval, Interval(0, precision: precision)), isDefined: value.isDefined)
  }

  private func part(_ a: DefinedComplex) -> DefinedInterval { DefinedInterval(a.value.real, isDefined: a.isDefined) }

  private var unknown: DefinedComplex {
    let entire = Interval.entire(precision: precision)
    return DefinedComplex(value: ComplexInterval(entire, entire), isDefined: false)
  }

  /// The imaginary unit.
  public var imaginaryUnit: DefinedComplex {
    DefinedComplex(
      value: ComplexInterval(Interval(0, precision: precision), Interval(1, precision: precision)), isDefined: true)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ComplexContext: EvaluationContext {
  public func number(_ value: Rational) -> DefinedComplex { real(Interval(value, precision: precision)) }
  public var pi: DefinedComplex { real(.pi(precision: precision)) }

  public func negation(_ a: DefinedComplex) -> DefinedComplex {
    DefinedComplex(value: -a.value, isDefined: a.isDefined)
  }

  public func sum(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex {
    DefinedComplex(value: a.value + b.value, isDefined: a.isDefined && b.isDefined)
  }

  public func difference(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex { sum(a, negation(b)) }

  public func product(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex {
    DefinedComplex(value: a.value * b.value, isDefined: a.isDefined && b.isDefined)
  }

  public func quotient(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex {
    guard !b.value.containsZero else { return unknown }
    return DefinedComplex(value: a.value / b.value, isDefined: a.isDefined && b.isDefined)
  }

  public func power(_ a: DefinedComplex, _ exponent: Int) -> DefinedComplex {
    if a.isReal { return real(reals.power(part(a), exponent)) }
    return powerByProducts(a, exponent)
  }

  public func power(_ a: DefinedComplex, _ exponent: DefinedComplex) -> DefinedComplex {
    guard exponent.isReal else { return unknown }
    if let n = exponent.value.real.exponent {
      let value = power(a, n)
      return DefinedComplex(value: value.value, isDefined: value.isDefined && exponent.isDefined)
    }
    return a.isReal ? real(reals.power(part(a), part(exponent))) : unknown
  }

  public func call(_ function: ElementaryFunction, _ a: DefinedComplex) -> DefinedComplex {
    if a.isReal { return real(reals.call(function, part(a))) }
    func exponential(_ x: DefinedComplex) -> DefinedComplex {
      DefinedComplex(value: x.value.exponential, isDefined: x.isDefined)
    }
    if function == .exp { return exponential(a) }
    guard continuesFunctions else { return unknown }
    if let value = made(function, ofExponential: exponential, at: a, imaginaryUnit: imaginaryUnit) { return value }
    switch function {
    case .abs: return real(DefinedInterval(a.value.magnitude, isDefined: a.isDefined))
    case .sqrt:
      let isOffTheCut = !a.value.imaginary.containsZero || a.value.real.lower.signum > 0
      return DefinedComplex(value: a.value.squareRoot, isDefined: a.isDefined && isOffTheCut)
    case .exp, .sin, .cos, .sinh, .cosh, .tan, .atan, .log, .tanh: return unknown
    }
  }
}
