import ArbitraryPrecision
import Expressions

/// Logarithms of products, and powers with symbols in their exponents.
extension SymbolicField {
  /// The logarithm, as a sum over the factors that are certainly positive; what is left has a logarithm where the whole has one.
  mutating func logarithm(_ x: RationalFunction) throws -> RationalFunction {
    if let constant = x.constant, constant.signum <= 0 {
      throw OutsideFragment("the logarithm of a number that is not positive")
    }
    var result = RationalFunction.zero
    var rest = (numerator: x.numerator, denominator: x.denominator)
    let number = rest.numerator.content / rest.denominator.content
    rest = (
      rest.numerator.scaled(by: 1 / rest.numerator.content), rest.denominator.scaled(by: 1 / rest.denominator.content)
    )
    for (factor, exponent) in number.smoothFactors {
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

  /// A power of any exponent: of a base that is certainly positive, or of -1 with an exponent that is an integer.
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
      throw OutsideFragment("a power with names in its exponent whose base may not be positive")
    }
    let logarithm = try logarithm(base)
    return try exponential(try product(exponent, logarithm))
  }

  /// (-1)^e.
  private mutating func alternation(_ exponent: RationalFunction) throws -> RationalFunction {
    var angle = exponent
    let pi = value(of: .pi)
    angle = try product(angle, pi)
    guard isVisiblyInteger(exponent) else {
      throw OutsideFragment("a power of a negative number whose exponent may not be an integer")
    }
    // (-1)^e = cos(pi e) for integers e.
    return try call(.cos, angle)
  }

  /// Whether a function is a polynomial with integer coefficients in names that stand for integers.
  func isVisiblyInteger(_ x: RationalFunction) -> Bool {
    x.denominator == .one
      && x.numerator.terms.allSatisfy { monomial, coefficient in
        coefficient.integer != nil
          && monomial.powers.allSatisfy {
            guard case .parameter(let name) = generators[$0.generator] else { return false }
            return domains[name] == .integers
          }
      }
  }
}

extension Rational {
  /// Primes below 2^10 with their exponents, and what is left of numerator and denominator; the product is this positive number.
  fileprivate var smoothFactors: [(factor: Rational, exponent: Int)] {
    var result: [(factor: Rational, exponent: Int)] = []
    for (part, sign) in [(numerator, 1), (denominator, -1)] {
      var rest = part
      var prime = 2
      while prime < 1 << 10, rest != 1 {
        var exponent = 0
        while rest.modulo(prime) == 0 {
          rest = rest.dividedDown(by: Integer(prime))
          exponent += 1
        }
        if exponent > 0 { result.append((Rational(Integer(prime)), sign * exponent)) }
        prime += prime == 2 ? 1 : 2
      }
      if rest != 1 { result.append((Rational(rest), sign)) }
    }
    return result
  }
}
