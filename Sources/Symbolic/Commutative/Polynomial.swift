import ArbitraryPrecision

/// A product of powers of generators, by rising number of the generator.
struct Monomial: Hashable, Comparable {
  /// Number of a generator and its exponent, at least one, by rising numbers.
  private(set) var powers: [Power]

  struct Power: Hashable {
    let generator: Int
    var exponent: Int
  }

  static let one = Monomial(powers: [])

  private init(powers: [Power]) { self.powers = powers }

  init(_ generator: Int, _ exponent: Int = 1) {
    powers = exponent == 0 ? [] : [Power(generator: generator, exponent: exponent)]
  }

  func exponent(of generator: Int) -> Int { powers.first { $0.generator == generator }?.exponent ?? 0 }

  /// The same without a generator.
  func without(_ generator: Int) -> Monomial { Monomial(powers: powers.filter { $0.generator != generator }) }

  static func * (a: Monomial, b: Monomial) -> Monomial {
    if a.powers.isEmpty { return b }
    if b.powers.isEmpty { return a }
    var result: [Power] = []
    var (i, j) = (0, 0)
    while i < a.powers.count || j < b.powers.count {
      if j == b.powers.count || (i < a.powers.count && a.powers[i].generator < b.powers[j].generator) {
        result.append(a.powers[i])
        i += 1
      } else if i == a.powers.count || b.powers[j].generator < a.powers[i].generator {
        result.append(b.powers[j])
        j += 1
      } else {
        result.append(
          Power(generator: a.powers[i].generator, exponent: a.powers[i].exponent + b.powers[j].exponent))
        (i, j) = (i + 1, j + 1)
      }
    }
    return Monomial(powers: result)
  }

  /// The quotient, where it is a monomial.
  func divided(by other: Monomial) -> Monomial? {
    var result = self
    for power in other.powers {
      guard let index = result.powers.firstIndex(where: { $0.generator == power.generator }),
        result.powers[index].exponent >= power.exponent
      else { return nil }
      result.powers[index].exponent -= power.exponent
    }
    result.powers.removeAll { $0.exponent == 0 }
    return result
  }

  /// The greatest monomial that divides both.
  func common(_ other: Monomial) -> Monomial {
    Monomial(
      powers: powers.compactMap { power in
        let exponent = min(power.exponent, other.exponent(of: power.generator))
        return exponent > 0 ? Power(generator: power.generator, exponent: exponent) : nil
      })
  }

  /// The lexicographic order with later generators first: a monomial order.
  static func < (a: Monomial, b: Monomial) -> Bool {
    var (i, j) = (a.powers.count - 1, b.powers.count - 1)
    while i >= 0 && j >= 0 {
      let (x, y) = (a.powers[i], b.powers[j])
      if x.generator != y.generator { return x.generator < y.generator }
      if x.exponent != y.exponent { return x.exponent < y.exponent }
      (i, j) = (i - 1, j - 1)
    }
    return i < j
  }
}

/// A polynomial over Q in generators that are known by number.
struct Polynomial: Hashable {
  /// No coefficient is zero.
  private(set) var terms: [Monomial: Rational]

  static let zero = Polynomial(terms: [:])
  static let one = Polynomial(1)

  private init(terms: [Monomial: Rational]) { self.terms = terms }

  init(_ value: Rational) { terms = value.signum == 0 ? [:] : [.one: value] }

  init(generator: Int) { terms = [Monomial(generator): 1] }

  init(_ monomial: Monomial, _ coefficient: Rational) {
    terms = coefficient.signum == 0 ? [:] : [monomial: coefficient]
  }

  var isZero: Bool { terms.isEmpty }

  /// The number that a polynomial without generators is.
  var constant: Rational? {
    if terms.isEmpty { return 0 }
    return terms.count == 1 ? terms[.one] : nil
  }

  /// The greatest term.
  var leading: (monomial: Monomial, coefficient: Rational)? {
    terms.max { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The numbers of the generators that occur.
  var generators: Set<Int> { Set(terms.keys.flatMap { $0.powers.map(\.generator) }) }

  mutating func add(_ coefficient: Rational, _ monomial: Monomial) {
    let sum = (terms[monomial] ?? 0) + coefficient
    terms[monomial] = sum.signum == 0 ? nil : sum
  }

  static func + (a: Polynomial, b: Polynomial) -> Polynomial {
    let isLonger = a.terms.count >= b.terms.count
    var result = isLonger ? a : b
    for (monomial, coefficient) in (isLonger ? b : a).terms { result.add(coefficient, monomial) }
    return result
  }

  static func - (a: Polynomial, b: Polynomial) -> Polynomial { a + b.scaled(by: -1) }

  static func * (a: Polynomial, b: Polynomial) -> Polynomial {
    var result = Polynomial.zero
    for (m, x) in a.terms {
      for (n, y) in b.terms { result.add(x * y, m * n) }
    }
    return result
  }

  func scaled(by factor: Rational) -> Polynomial {
    factor.signum == 0 ? .zero : Polynomial(terms: terms.mapValues { $0 * factor })
  }

  func shifted(by monomial: Monomial) -> Polynomial {
    Polynomial(terms: Dictionary(uniqueKeysWithValues: terms.map { ($0.key * monomial, $0.value) }))
  }

  /// The quotient by a polynomial that divides this one; nil when it does not.
  func divided(by divisor: Polynomial) -> Polynomial? {
    guard let (lead, factor) = divisor.leading else { return nil }
    var (rest, quotient) = (self, Polynomial.zero)
    while let (monomial, coefficient) = rest.leading {
      // A division that takes longer is given up: a common factor stays, which changes no decision.
      guard quotient.terms.count < 256, rest.terms.count < 4096 else { return nil }
      guard let part = monomial.divided(by: lead) else { return nil }
      let value = coefficient / factor
      quotient.add(value, part)
      for (m, x) in divisor.terms { rest.add(-(x * value), m * part) }
    }
    return quotient
  }

  /// The greatest monomial that divides every term.
  var commonMonomial: Monomial {
    var keys = terms.keys.makeIterator()
    guard var result = keys.next() else { return .one }
    while let next = keys.next(), result != .one { result = result.common(next) }
    return result
  }

  func dividedByMonomial(_ monomial: Monomial) -> Polynomial {
    if monomial == .one { return self }
    return Polynomial(
      terms: Dictionary(
        uniqueKeysWithValues: terms.compactMap { term in
          term.key.divided(by: monomial).map { ($0, term.value) }
        }))
  }

  /// The positive rational that, divided out, leaves integer coefficients without a common factor.
  var content: Rational {
    var (numerator, denominator) = (Integer(0), Integer(1))
    for value in terms.values {
      numerator = numerator.greatestCommonDivisor(value.numerator)
      let d = value.denominator
      denominator = denominator * d.dividedDown(by: denominator.greatestCommonDivisor(d))
    }
    return numerator.signum == 0 ? 1 : Rational(numerator.magnitude, denominator)
  }

  /// The coefficient of a power of a generator.
  func coefficient(of generator: Int, power: Int) -> Polynomial {
    var result = Polynomial.zero
    for (monomial, value) in terms where monomial.exponent(of: generator) == power {
      result.add(value, monomial.without(generator))
    }
    return result
  }
}
