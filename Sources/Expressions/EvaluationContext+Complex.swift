import ArbitraryPrecision

/// What contexts with an imaginary unit make of their products and of the exponential.
extension EvaluationContext {
  /// The power with an integer exponent, by products.
  public func powerByProducts(_ a: Value, _ exponent: Int) -> Value {
    var result = number(1)
    var (base, remaining) = (exponent < 0 ? quotient(number(1), a) : a, abs(exponent))
    while remaining > 0 {
      if remaining & 1 == 1 { result = product(result, base) }
      remaining >>= 1
      if remaining > 0 { base = product(base, base) }
    }
    return result
  }

  /// A function that is made of the exponential; nil for the others.
  public func made(
    _ function: ElementaryFunction, ofExponential exponential: (Value) -> Value, at a: Value, imaginaryUnit: Value
  ) -> Value? {
    let half = number(Rational(1, 2))
    let turned = product(imaginaryUnit, a)
    switch function {
    case .exp: return exponential(a)
    case .cosh: return product(half, sum(exponential(a), exponential(negation(a))))
    case .sinh: return product(half, difference(exponential(a), exponential(negation(a))))
    case .cos: return product(half, sum(exponential(turned), exponential(negation(turned))))
    // sin z = (e^(iz) - e^(-iz))/(2i).
    case .sin:
      let twiceSine = difference(exponential(turned), exponential(negation(turned)))
      return negation(product(imaginaryUnit, product(half, twiceSine)))
    case .abs, .sqrt, .tan, .atan, .log, .tanh: return nil
    }
  }
}
