import ArbitraryPrecision
import Expressions

/// The enclosure of a complex number, and whether its formula is certain to have a value.
struct ScalarValue: Sendable {
  let number: ComplexInterval
  let isDefined: Bool

  init(_ number: ComplexInterval, isDefined: Bool = true) {
    self.number = number
    self.isDefined = isDefined && !number.isEmpty
  }

  /// Whether the imaginary part is exactly zero.
  var isReal: Bool { number.imaginary.isPoint && number.imaginary.containsZero }
}

/// Complex enclosures at a precision. Functions of real numbers are those of ``DefinedContext``; of others the
/// exponential, what is made of it, and the principal root off the negative axis.
struct ComplexContext {
  let precision: Int
  private let reals: DefinedContext
  private let zero: Interval

  init(precision: Int) {
    self.precision = precision
    reals = DefinedContext(precision: precision)
    zero = Interval(0, precision: precision)
  }

  func real(_ value: Interval, isDefined: Bool = true) -> ScalarValue {
    ScalarValue(ComplexInterval(value, zero), isDefined: isDefined)
  }

  private func real(_ value: DefinedInterval) -> ScalarValue { real(value.interval, isDefined: value.isDefined) }

  private func part(_ a: ScalarValue) -> DefinedInterval { DefinedInterval(a.number.real, isDefined: a.isDefined) }

  /// The imaginary unit.
  var unit: ScalarValue { ScalarValue(ComplexInterval(zero, Interval(1, precision: precision))) }

  private var unknown: ScalarValue {
    let entire = Interval.entire(precision: precision)
    return ScalarValue(ComplexInterval(entire, entire), isDefined: false)
  }
}

extension ComplexContext: EvaluationContext {
  func number(_ value: Rational) -> ScalarValue { real(Interval(value, precision: precision)) }
  var pi: ScalarValue { real(.pi(precision: precision)) }
  func negation(_ a: ScalarValue) -> ScalarValue { ScalarValue(-a.number, isDefined: a.isDefined) }

  func sum(_ a: ScalarValue, _ b: ScalarValue) -> ScalarValue {
    ScalarValue(a.number + b.number, isDefined: a.isDefined && b.isDefined)
  }

  func difference(_ a: ScalarValue, _ b: ScalarValue) -> ScalarValue {
    ScalarValue(a.number - b.number, isDefined: a.isDefined && b.isDefined)
  }

  func product(_ a: ScalarValue, _ b: ScalarValue) -> ScalarValue {
    ScalarValue(a.number * b.number, isDefined: a.isDefined && b.isDefined)
  }

  func quotient(_ a: ScalarValue, _ b: ScalarValue) -> ScalarValue {
    guard !b.number.containsZero else { return unknown }
    return ScalarValue(a.number / b.number, isDefined: a.isDefined && b.isDefined)
  }

  func power(_ a: ScalarValue, _ exponent: Int) -> ScalarValue {
    if a.isReal { return real(reals.power(part(a), exponent)) }
    var result = number(1)
    for _ in 0..<min(abs(exponent), Expression.greatestExponent) { result = product(result, a) }
    return exponent < 0 ? quotient(number(1), result) : result
  }

  func power(_ a: ScalarValue, _ exponent: ScalarValue) -> ScalarValue {
    guard exponent.isReal else { return unknown }
    if a.isReal { return real(reals.power(part(a), part(exponent))) }
    guard let n = exponent.number.real.exponent, exponent.isDefined else { return unknown }
    return power(a, n)
  }

  func call(_ function: ElementaryFunction, _ a: ScalarValue) -> ScalarValue {
    if a.isReal { return real(reals.call(function, part(a))) }
    let half = number(Rational(1, 2))
    let turned = product(unit, a)
    func exponential(_ x: ScalarValue) -> ScalarValue {
      ScalarValue(x.number.exponential, isDefined: x.isDefined)
    }
    switch function {
    case .exp: return exponential(a)
    case .cosh: return product(half, sum(exponential(a), exponential(negation(a))))
    case .sinh: return product(half, difference(exponential(a), exponential(negation(a))))
    case .cos: return product(half, sum(exponential(turned), exponential(negation(turned))))
    // sin z = (e^(iz) - e^(-iz))/(2i).
    case .sin:
      return negation(product(unit, product(half, difference(exponential(turned), exponential(negation(turned))))))
    case .abs: return real(a.number.magnitude, isDefined: a.isDefined)
    case .sqrt:
      let isOffTheCut = !a.number.imaginary.containsZero || a.number.real.lower.signum > 0
      return ScalarValue(a.number.squareRoot, isDefined: a.isDefined && isOffTheCut)
    case .tan, .atan, .log, .tanh: return unknown
    }
  }
}
