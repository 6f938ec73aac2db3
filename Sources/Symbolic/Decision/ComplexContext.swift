import ArbitraryPrecision
import Expressions

/// An enclosure of a complex value of a formula, and whether the formula is certain to be defined there.
struct DefinedComplex {
  let value: ComplexInterval
  let isDefined: Bool
}

/// Evaluation of formulas with an imaginary unit in enclosures; functions of arguments that are not real are not
/// defined, but for exp.
struct ComplexContext: EvaluationContext {
  let precision: Int

  private func real(_ x: Interval) -> ComplexInterval { ComplexInterval(x, Interval(0, precision: precision)) }

  func number(_ value: Rational) -> DefinedComplex {
    DefinedComplex(value: real(Interval(value, precision: precision)), isDefined: true)
  }
  var pi: DefinedComplex { DefinedComplex(value: real(.pi(precision: precision)), isDefined: true) }
  var imaginaryUnit: DefinedComplex {
    DefinedComplex(
      value: ComplexInterval(Interval(0, precision: precision), Interval(1, precision: precision)), isDefined: true)
  }
  func negation(_ a: DefinedComplex) -> DefinedComplex { DefinedComplex(value: -a.value, isDefined: a.isDefined) }
  func sum(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex {
    DefinedComplex(value: a.value + b.value, isDefined: a.isDefined && b.isDefined)
  }
  func difference(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex { sum(a, negation(b)) }
  func product(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex {
    DefinedComplex(value: a.value * b.value, isDefined: a.isDefined && b.isDefined)
  }
  func quotient(_ a: DefinedComplex, _ b: DefinedComplex) -> DefinedComplex {
    DefinedComplex(value: a.value / b.value, isDefined: a.isDefined && b.isDefined && !b.value.containsZero)
  }
  func power(_ a: DefinedComplex, _ exponent: Int) -> DefinedComplex {
    if a.value.imaginary.certainSign == 0 {
      return DefinedComplex(
        value: real(a.value.real.power(exponent)),
        isDefined: a.isDefined && (exponent >= 0 || !a.value.real.containsZero))
    }
    var result = number(1)
    var (base, rest) = (exponent < 0 ? quotient(number(1), a) : a, abs(exponent))
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, base) }
      rest >>= 1
      if rest > 0 { base = product(base, base) }
    }
    return result
  }
  func power(_ a: DefinedComplex, _ exponent: DefinedComplex) -> DefinedComplex {
    guard exponent.value.imaginary.certainSign == 0 else {
      return DefinedComplex(value: real(.entire(precision: precision)), isDefined: false)
    }
    if let n = exponent.value.real.exponent {
      let value = power(a, n)
      return DefinedComplex(value: value.value, isDefined: value.isDefined && exponent.isDefined)
    }
    guard a.value.imaginary.certainSign == 0 else {
      return DefinedComplex(value: real(.entire(precision: precision)), isDefined: false)
    }
    let checked = DefinedContext(precision: precision).power(
      DefinedInterval(a.value.real, isDefined: a.isDefined),
      DefinedInterval(exponent.value.real, isDefined: exponent.isDefined))
    return DefinedComplex(value: real(checked.interval), isDefined: checked.isDefined)
  }

  func call(_ function: ElementaryFunction, _ a: DefinedComplex) -> DefinedComplex {
    guard a.value.imaginary.certainSign == 0 else {
      let value = function == .exp ? a.value.exponential : real(.entire(precision: precision))
      return DefinedComplex(value: value, isDefined: a.isDefined && function == .exp)
    }
    let checked = DefinedContext(precision: precision).call(
      function, DefinedInterval(a.value.real, isDefined: a.isDefined))
    return DefinedComplex(value: real(checked.interval), isDefined: checked.isDefined)
  }
}
