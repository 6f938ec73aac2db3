import ArbitraryPrecision
import Operators

/// Square roots, split into roots of primes, of generators and of what is left, as far as signs are known.
extension SymbolicField {
  /// The square root of a function.
  mutating func squareRoot(_ x: RationalFunction) throws -> RationalFunction {
    if x.isZero { return .zero }
    if x.constant.map({ $0.signum < 0 }) == true { throw OutsideFragment("the square root of a negative number") }
    let (p, q) = (x.numerator, x.denominator)
    guard isNotNegative(q) else {
      // Its sign is that of q, so it is not the root of p q.
      let root = value(of: .root(p, over: q))
      return try quotient(root, RationalFunction(normal: q))
    }
    let radical = try root(p * q)
    return try quotient(radical, RationalFunction(normal: q))
  }

  /// The root of a polynomial, which is assumed not to be negative.
  private mutating func root(_ p: Polynomial) throws -> RationalFunction {
    let content = p.content
    var result = try rootOfNumber(content)
    var rest = p.scaled(by: 1 / content)
    // sqrt(m r) = sqrt(m) sqrt(r) where m > 0.
    for power in rest.commonMonomial.powers where positive.contains(power.generator) {
      rest = rest.dividedByMonomial(Monomial(power.generator, power.exponent))
      let whole = RationalFunction(normal: Polynomial(Monomial(power.generator, power.exponent / 2), 1))
      result = try product(result, whole)
      if power.exponent % 2 == 1 {
        let radical = value(of: .root(Polynomial(generator: power.generator), over: .one))
        result = try product(result, radical)
      }
    }
    if rest == .one { return result }
    // The same for the squares in m of names of any sign, where r is not negative.
    for power in rest.commonMonomial.powers where power.exponent >= 2 {
      guard case .parameter = generators[power.generator] else { continue }
      let half = power.exponent / 2
      let other = rest.dividedByMonomial(Monomial(power.generator, 2 * half))
      guard other != .one || half >= 2, isNotNegative(other) else { continue }
      rest = other
      // sqrt(x^(2k)) is x^k for even k, and else x^(k-1) sqrt(x^2).
      result = try product(
        result, RationalFunction(normal: Polynomial(Monomial(power.generator, half - half % 2), 1)))
      if half % 2 == 1 {
        let magnitude = try root(Polynomial(Monomial(power.generator, 2), 1))
        result = try product(result, magnitude)
      }
    }
    if rest == .one { return result }
    if let exact = squareRootOfSquare(rest) {
      for candidate in [exact, exact.scaled(by: -1)] where isNotNegative(candidate) {
        return try product(result, RationalFunction(normal: candidate))
      }
    }
    for generator in generators {
      guard case .root(let known, over: .one) = generator, known.terms.count > 1, isPositive(known),
        let other = rest.divided(by: known), other != .one
      else { continue }
      let (radical, remaining) = (value(of: generator), try root(other))
      return try product(try product(result, radical), remaining)
    }
    let radical = value(of: .root(rest, over: .one))
    return try product(result, radical)
  }

  /// The root of a positive rational: that of an integer over the denominator, with one generator for each prime below
  /// 2^12 and one for what is left.
  private mutating func rootOfNumber(_ x: Rational) throws -> RationalFunction {
    if let exact = x.exactSquareRoot { return RationalFunction(exact) }
    let (powers, rest) = (x.numerator * x.denominator).primeFactors(below: 1 << 12)
    var outside = Rational(Integer(1), x.denominator)
    var result = RationalFunction.one
    for (prime, exponent) in powers {
      outside = outside * Rational(Integer(prime).power(exponent / 2))
      if exponent % 2 == 1 {
        let radical = value(of: .root(Polynomial(Rational(Integer(prime))), over: .one))
        result = try product(result, radical)
      }
    }
    if let exact = rest.exactSquareRoot {
      outside = outside * Rational(exact)
    } else if rest != 1 {
      let radical = value(of: .root(Polynomial(Rational(rest)), over: .one))
      result = try product(result, radical)
    }
    return try product(RationalFunction(outside), result)
  }

  /// A polynomial whose square is the given one, term by term from the greatest; nil when there is none.
  func squareRootOfSquare(_ p: Polynomial) -> Polynomial? {
    guard let (monomial, coefficient) = p.leading, let factor = coefficient.exactSquareRoot,
      monomial.powers.allSatisfy({ $0.exponent % 2 == 0 })
    else { return nil }
    let half = monomial.powers.reduce(Monomial.one) { $0 * Monomial($1.generator, $1.exponent / 2) }
    var root = Polynomial(half, factor)
    var rest = p - root * root
    while let (next, value) = rest.leading {
      guard root.terms.count <= p.terms.count, let part = next.divided(by: half) else { return nil }
      let term = Polynomial(part, value / (2 * factor))
      rest = rest - (root.scaled(by: 2) + term) * term
      root = root + term
    }
    return root
  }
}
