import ArbitraryPrecision
import Expressions

/// Derivatives of coefficients, term by term and by the chain rule.
extension ScalarFormulas {
  /// The derivative in a name.
  ///
  /// - Throws: ``OutsideFragment`` beyond 20000 terms.
  public func derivative(_ a: ScalarPolynomial, in name: String) throws -> ScalarPolynomial {
    var result = ScalarPolynomial()
    for (monomial, coefficient) in a.terms {
      for (atom, exponent) in monomial where atom.names.contains(name) {
        var lower = monomial
        lower[atom] = exponent == 1 ? nil : exponent - 1
        let factor = coefficient * GaussianRational(Rational(Integer(exponent)))
        let slope = try derivative(atom, in: name)
        result = result + (try product(ScalarPolynomial(lower, factor), slope))
      }
    }
    return result
  }

  private func derivative(_ atom: ScalarPolynomial.Atom, in name: String) throws -> ScalarPolynomial {
    switch atom {
    case .pi: return number(0)
    case .name(let own): return number(own == name ? 1 : 0)
    case .sum(let x): return try derivative(x, in: name)
    case .function(let function, let x):
      return try product(try slope(function, x), try derivative(x, in: name))
    case .power(let base, let exponent):
      // b^e (e' log b + e b'/b).
      let logarithm = ScalarPolynomial(.function(.log, base))
      let first = try product(try derivative(exponent, in: name), logarithm)
      let second = try product(try product(exponent, try derivative(base, in: name)), try reciprocal(base))
      return try product(ScalarPolynomial(atom), first + second)
    }
  }

  private func slope(_ function: ElementaryFunction, _ x: ScalarPolynomial) throws -> ScalarPolynomial {
    func value(_ function: ElementaryFunction, _ exponent: Int = 1) -> ScalarPolynomial {
      ScalarPolynomial(.function(function, x), exponent)
    }
    return switch function {
    case .sqrt: try product(number(Rational(1, 2)), value(.sqrt, -1))
    case .sin: value(.cos)
    case .cos: -value(.sin)
    case .tan: one + value(.tan, 2)
    case .atan: try reciprocal(one + (try product(x, x)))
    case .exp: value(.exp)
    case .log: try reciprocal(x)
    case .sinh: value(.cosh)
    case .cosh: value(.sinh)
    case .tanh: one + -value(.tanh, 2)
    // The sign, where there is one.
    case .abs: try product(x, value(.abs, -1))
    }
  }
}
