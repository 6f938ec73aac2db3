import ArbitraryPrecision
import Expressions
import Operators

/// Logarithms of products, and powers with symbols in their exponents.
extension SymbolicField {
  /// The logarithm, as a sum over the factors that are certainly positive; what is left has a logarithm where the whole
  /// has one.
  mutating func logarithm(_ x: RationalFunction) throws -> RationalFunction {
    if let constant = x.constant, constant.signum <= 0 {
      throw OutsideFragment("the logarithm of a number that is not positive")
    }
    var result = RationalFunction.zero
    let (above, below) = (x.numerator.content, x.denominator.content)
    let rest = (numerator: x.numerator.scaled(by: 1 / above), denominator: x.denominator.scaled(by: 1 / below))
    for (factor, exponent) in (above / below).smoothFactors {
      let part = value(of: .function(.log, RationalFunction(factor)))
      result = try sum(result, try product(RationalFunction(Rational(Integer(exponent))), part))
    }
    for (polynomial, sign) in [(rest.numerator, 1), (rest.denominator, -1)] {
      for power in polynomial.commonMonomial.powers where positive.contains(power.generator) {
        let part = try logarithm(ofGenerator: power.generator)
        result = try sum(result, try product(RationalFunction(Rational(Integer(sign * power.exponent))), part))
      }
    }
    func withoutPositive(_ p: Polynomial) -> Polynomial {
      p.commonMonomial.powers.filter { positive.contains($0.generator) }.reduce(p) {
        $0.dividedByMonomial(Monomial($1.generator, $1.exponent))
      }
    }
    let (p, q) = (withoutPositive(rest.numerator), withoutPositive(rest.denominator))
    if q != .one, isPositive(q) {
      if p != .one {
        let part = value(of: .function(.log, RationalFunction(normal: p)))
        result = try sum(result, part)
      }
      let part = value(of: .function(.log, RationalFunction(normal: q)))
      return try difference(result, part)
    }
    if p == .one, q == .one { return result }
    let part = value(of: .function(.log, RationalFunction(normal: p, q)))
    return try sum(result, part)
  }

  private mutating func logarithm(ofGenerator generator: Int) throws -> RationalFunction {
    switch generators[generator] {
    case .exponential(let x): return x
    case .root(let p, over: .one):
      let part = try logarithm(RationalFunction(normal: p))
      return try quotient(part, RationalFunction(2))
    default: return value(of: .function(.log, RationalFunction(normal: Polynomial(generator: generator))))
    }
  }

  /// A power of any exponent: of a base that is certainly positive, or of a real one with an exponent that is an
  /// integer.
  mutating func power(_ base: RationalFunction, _ exponent: RationalFunction) throws -> RationalFunction {
    if let constant = exponent.constant, let whole = constant.integer.flatMap({ Int(exactly: $0) }) {
      return try power(base, whole)
    }
    if let number = base.constant, number.signum < 0 {
      let sign = try alternation(exponent)
      if number == -1 { return sign }
      return try product(sign, try power(RationalFunction(-number), exponent))
    }
    guard isPositive(base.numerator), isPositive(base.denominator) else {
      guard isVisiblyInteger(exponent), isVisiblyReal(base) else {
        throw OutsideFragment("a power with names in its exponent whose base may not be positive")
      }
      let (p, q) = (
        try integerPower(base.numerator, exponent), try integerPower(base.denominator, exponent)
      )
      return try quotient(p, q)
    }
    let logarithm = try logarithm(base)
    return try exponential(try product(exponent, logarithm))
  }

  /// p^e for an integer e, factor by factor: a number, powers of generators, and what is left with a positive leading
  /// coefficient.
  ///
  /// Where the base is zero both sides of an identity are, for each value of the integers, limits of their values
  /// beside it.
  private mutating func integerPower(_ p: Polynomial, _ exponent: RationalFunction) throws -> RationalFunction {
    let isNegative = (p.leading?.coefficient.signum ?? 1) < 0
    let content = p.content * (isNegative ? -1 : 1)
    let common = p.commonMonomial
    let rest = p.scaled(by: 1 / content).dividedByMonomial(common)
    var result = content == 1 ? RationalFunction.one : try power(RationalFunction(content), exponent)
    for factor in common.powers {
      let base = Polynomial(generator: factor.generator)
      let own =
        positive.contains(factor.generator)
        ? try power(RationalFunction(normal: base), exponent) : try primitivePower(base, exponent)
      result = try product(result, try power(own, factor.exponent))
    }
    guard rest != .one else { return result }
    let own =
      isPositive(rest) ? try power(RationalFunction(normal: rest), exponent) : try primitivePower(rest, exponent)
    return try product(result, own)
  }

  /// p^e for a polynomial that is taken as a whole: a product over the terms of e.
  private mutating func primitivePower(_ p: Polynomial, _ exponent: RationalFunction) throws -> RationalFunction {
    var result = RationalFunction.one
    for (monomial, coefficient) in exponent.numerator.terms.sorted(by: { $0.key < $1.key }) {
      guard let count = coefficient.integer.flatMap({ Int(exactly: $0) }) else {
        throw OutsideFragment("an exponent that is too large")
      }
      let base = monomial == .one ? RationalFunction(normal: p) : value(of: .integerPower(p, monomial))
      result = try product(result, try power(base, count))
    }
    return result
  }

  /// (-1)^e.
  private mutating func alternation(_ exponent: RationalFunction) throws -> RationalFunction {
    guard isVisiblyInteger(exponent) else {
      throw OutsideFragment("a power of a negative number whose exponent may not be an integer")
    }
    // (-1)^e = cos(pi e) for integers e.
    let pi = value(of: .pi)
    return try call(.cos, try product(exponent, pi))
  }

  /// Whether a function is a polynomial with integer coefficients in names that stand for integers.
  func isVisiblyInteger(_ x: RationalFunction) -> Bool {
    x.denominator == .one
      && x.numerator.terms.allSatisfy { monomial, coefficient in
        coefficient.integer != nil
          && monomial.powers.allSatisfy {
            guard case .parameter(let name) = generators[$0.generator] else { return false }
            return domains[name]?.isInteger ?? false
          }
      }
  }
}

extension Rational {
  /// Primes below 2^10 with their exponents, and what is left of numerator and denominator; the product is this
  /// positive number.
  fileprivate var smoothFactors: [(factor: Rational, exponent: Int)] {
    [(numerator, 1), (denominator, -1)].flatMap { part, sign in
      let (powers, rest) = part.primeFactors(below: 1 << 10)
      return powers.map { (factor: Rational(Integer($0.prime)), exponent: sign * $0.exponent) }
        + (rest == 1 ? [] : [(factor: Rational(rest), exponent: sign)])
    }
  }
}
