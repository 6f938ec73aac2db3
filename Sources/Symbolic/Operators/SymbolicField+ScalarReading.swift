import ArbitraryPrecision
import Expressions
import Operators

/// Functions of names as coefficients of operators.
extension SymbolicField: ScalarReading {
  func number(_ value: Rational) -> RationalFunction { RationalFunction(value) }
  mutating func imaginaryUnit() -> RationalFunction { value(of: .imaginaryUnit) }
  func isZero(_ a: RationalFunction) -> Bool { a.isZero }
  mutating func scalar(_ formula: Expression) throws -> RationalFunction { try normalForm(formula) }
  func reciprocal(_ a: RationalFunction) throws -> RationalFunction { try quotient(.one, a) }
  /// Every name is a parameter.
  func declares(_ name: String) -> Bool { true }
  var declaredNames: [String] { [] }

  mutating func derivative(_ a: RationalFunction, in name: String) throws -> RationalFunction {
    let parameter = number(of: .parameter(name))
    return try derivative(a, parameter)
  }

  /// The complex conjugate for real parameters: i replaced by -i, and turns by their inverses.
  ///
  /// - Throws: ``OutsideFragment`` where an argument of a function may not be real.
  func conjugate(_ x: RationalFunction) throws -> RationalFunction {
    for generator in x.generators {
      switch generators[generator] {
      case .turn(let argument), .exponential(let argument), .function(_, let argument):
        guard isVisiblyReal(argument) else { throw OutsideFragment("the adjoint of a function that may not be real") }
      case .integerPower(let p, _):
        guard isVisiblyReal(RationalFunction(normal: p)) else {
          throw OutsideFragment("the adjoint of a power that may not be real")
        }
      case .root(let p, let q):
        guard isVisiblyReal(RationalFunction(normal: p, q)) else {
          throw OutsideFragment("the adjoint of a root that may not be real")
        }
      case .parameter, .pi, .imaginaryUnit, .alternation: continue
      }
    }
    let ((p, shift), (q, other)) = (conjugate(x.numerator), conjugate(x.denominator))
    return try quotient(p.shifted(by: other), q.shifted(by: shift))
  }

  /// The conjugate of a polynomial as a polynomial over a monomial.
  private func conjugate(_ p: Polynomial) -> (Polynomial, over: Monomial) {
    let turns = p.generators.filter { if case .turn = generators[$0] { true } else { false } }
    let i = numberOfImaginaryUnit
    var top = Monomial.one
    for turn in turns {
      top = top * Monomial(turn, p.terms.keys.map { $0.exponent(of: turn) }.max() ?? 0)
    }
    var result = Polynomial.zero
    for (monomial, coefficient) in p.terms {
      var mirrored = monomial
      for turn in turns {
        mirrored = mirrored.without(turn) * Monomial(turn, top.exponent(of: turn) - monomial.exponent(of: turn))
      }
      let isOdd = i.map { monomial.exponent(of: $0) % 2 == 1 } ?? false
      result.add(isOdd ? -coefficient : coefficient, mirrored)
    }
    return (result, top)
  }
}

/// Operators over functions of names.
typealias OperatorForm = OperatorPolynomial<RationalFunction>
