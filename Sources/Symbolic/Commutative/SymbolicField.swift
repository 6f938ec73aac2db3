import ArbitraryPrecision
import Expressions
import Operators

/// Generators with relations, over which formulas have a normal form.
///
/// Free generators are parameters, pi, turns e^(i x), exponentials and values of other functions. The others obey a
/// relation of second degree: a root r^2 = p, the imaginary unit i^2 = -1, an alternating sign s^2 = 1. What has normal
/// form zero is zero wherever it is defined, since all rules hold as identities. The converse holds where the
/// generators have no further relations; nobody relies on it: inequality is decided by a witness.
struct SymbolicField {
  /// What a generator stands for.
  enum Generator: Hashable {
    case parameter(String)
    case pi
    case imaginaryUnit
    /// q sqrt(p/q), whose square is p q.
    case root(Polynomial, over: Polynomial)
    /// e^(i x), of which sines and cosines are made.
    case turn(RationalFunction)
    case exponential(RationalFunction)
    case function(ElementaryFunction, RationalFunction)
    /// (-1)^m for a product m of names that stand for integers.
    case alternation(Monomial)
    /// p^m for a real polynomial p of unknown sign and a product m of names that stand for integers.
    case integerPower(Polynomial, Monomial)
  }

  /// The terms of which angles and exponents are made, with the integer that their base angle is divided by.
  struct Unit: Hashable {
    let monomial: Monomial
    let denominator: Polynomial
    let isAngle: Bool
  }

  /// An angle needs a finer base than the one in use: the work starts anew with it.
  struct NeedsFinerBase: Error {
    let unit: Unit
    let divisor: Integer
  }

  private(set) var generators: [Generator] = []
  private(set) var numbers: [Generator: Int] = [:]
  /// g^2 for generators with a relation.
  private(set) var squares: [Int: Polynomial] = [:]
  private(set) var positive: Set<Int> = []
  let domains: [String: SymbolDomain]
  let canonicalPairs: [CanonicalPair]
  let bases: [Unit: Integer]

  /// The most terms of a polynomial.
  static let greatestSize = 20_000

  /// Products of terms that were formed; of one question, in one thread.
  private final class Work { var products = 0 }
  private let work = Work()
  private static let greatestWork = 8_000_000

  /// The product of two polynomials, counted before it is formed.
  func multiplied(_ p: Polynomial, _ q: Polynomial) throws -> Polynomial {
    let (count, overflow) = p.terms.count.multipliedReportingOverflow(by: q.terms.count)
    guard !overflow, count <= 16 * SymbolicField.greatestSize else {
      throw OutsideFragment("more than \(SymbolicField.greatestSize) terms")
    }
    work.products += count
    guard work.products <= SymbolicField.greatestWork else {
      throw OutsideFragment("more than \(SymbolicField.greatestWork) products of terms")
    }
    return p * q
  }

  init(_ domains: [String: SymbolDomain], canonicalPairs: [CanonicalPair] = [], bases: [Unit: Integer] = [:]) {
    self.domains = domains
    self.canonicalPairs = canonicalPairs
    self.bases = bases
  }

  /// Does work in a fresh field, again as often as an angle needs a finer base.
  static func working<T>(
    _ domains: [String: SymbolDomain], canonicalPairs: [CanonicalPair] = [], _ body: (inout SymbolicField) throws -> T
  ) throws -> T {
    var bases: [Unit: Integer] = [:]
    for _ in 0..<24 {
      var field = SymbolicField(domains, canonicalPairs: canonicalPairs, bases: bases)
      do {
        return try body(&field)
      } catch let finer as NeedsFinerBase {
        let old = bases[finer.unit] ?? 1
        let common = old.greatestCommonDivisor(finer.divisor)
        bases[finer.unit] = old * finer.divisor.dividedDown(by: common)
      }
    }
    throw OutsideFragment("the angles have no common base")
  }

  mutating func number(of generator: Generator) -> Int {
    if let known = numbers[generator] { return known }
    let index = generators.count
    generators.append(generator)
    numbers[generator] = index
    switch generator {
    case .parameter(let name): if domains[name]?.isPositive ?? false { positive.insert(index) }
    case .pi: positive.insert(index)
    case .exponential(let x): if isVisiblyReal(x) { positive.insert(index) }
    case .imaginaryUnit: squares[index] = Polynomial(-1)
    case .root(let p, let q):
      squares[index] = p * q
      if q == .one, isPositive(p) { positive.insert(index) }
    case .alternation: squares[index] = .one
    case .turn, .function, .integerPower: break
    }
    return index
  }

  mutating func value(of generator: Generator) -> RationalFunction {
    RationalFunction(normal: Polynomial(generator: number(of: generator)))
  }

  // MARK: - Normal forms

  /// A polynomial in which no generator with a relation has an exponent above one.
  func reduced(_ p: Polynomial) throws -> Polynomial {
    var p = p
    while p.terms.keys.contains(where: isReducible) {
      var result = Polynomial.zero
      for (monomial, coefficient) in p.terms {
        guard isReducible(monomial) else {
          result.add(coefficient, monomial)
          continue
        }
        var product = Polynomial(coefficient)
        for power in monomial.powers {
          if let square = squares[power.generator] {
            for _ in 0..<power.exponent / 2 { product = try multiplied(product, square) }
            if power.exponent % 2 == 1 { product = product.shifted(by: Monomial(power.generator)) }
          } else {
            product = product.shifted(by: Monomial(power.generator, power.exponent))
          }
        }
        result = result + product
      }
      p = result
      try SymbolicField.check(p)
    }
    return p
  }

  private func isReducible(_ monomial: Monomial) -> Bool {
    monomial.powers.contains { $0.exponent > 1 && squares[$0.generator] != nil }
  }

  private static func check(_ p: Polynomial) throws {
    guard p.terms.count <= greatestSize else {
      throw OutsideFragment("more than \(greatestSize) terms")
    }
  }

  /// The normal form of a quotient: generators with relations leave the denominator by multiplication with the
  /// conjugate, the last first.
  func quotient(_ p: Polynomial, _ q: Polynomial) throws -> RationalFunction {
    var (p, q) = (try reduced(p), try reduced(q))
    guard !q.isZero else { throw OutsideFragment("division by zero") }
    if p.isZero { return .zero }
    while let generator = q.generators.filter({ squares[$0] != nil }).max(), let square = squares[generator] {
      let (a, b) = (q.coefficient(of: generator, power: 0), q.coefficient(of: generator, power: 1))
      if a.isZero {
        p = try reduced(p.shifted(by: Monomial(generator)))
        q = try reduced(try multiplied(b, square))
      } else {
        p = try reduced(try multiplied(p, a - b.shifted(by: Monomial(generator))))
        q = try reduced(try multiplied(a, a) - (try multiplied(try multiplied(b, b), square)))
      }
      guard !q.isZero else { throw OutsideFragment("a divisor that may be zero throughout") }
    }
    let common = p.commonMonomial.common(q.commonMonomial)
    (p, q) = (p.dividedByMonomial(common), q.dividedByMonomial(common))
    if q.constant == nil, let exact = p.divided(by: q) { (p, q) = (exact, .one) }
    // A negative factor keeps the leading coefficient of the denominator positive.
    let factor = q.content * ((q.leading?.coefficient.signum ?? 1) < 0 ? -1 : 1)
    return RationalFunction(normal: p.scaled(by: 1 / factor), q.scaled(by: 1 / factor))
  }

  func sum(_ a: RationalFunction, _ b: RationalFunction) throws -> RationalFunction {
    if a.isZero { return b }
    if b.isZero { return a }
    if a.denominator == b.denominator { return try quotient(a.numerator + b.numerator, a.denominator) }
    if let factor = a.denominator.divided(by: b.denominator) {
      return try quotient(a.numerator + (try multiplied(b.numerator, factor)), a.denominator)
    }
    if let factor = b.denominator.divided(by: a.denominator) {
      return try quotient(try multiplied(a.numerator, factor) + b.numerator, b.denominator)
    }
    return try quotient(
      try multiplied(a.numerator, b.denominator) + (try multiplied(b.numerator, a.denominator)),
      try multiplied(a.denominator, b.denominator))
  }

  func product(_ a: RationalFunction, _ b: RationalFunction) throws -> RationalFunction {
    try quotient(try multiplied(a.numerator, b.numerator), try multiplied(a.denominator, b.denominator))
  }

  func negation(_ a: RationalFunction) -> RationalFunction {
    RationalFunction(normal: a.numerator.scaled(by: -1), a.denominator)
  }

  func difference(_ a: RationalFunction, _ b: RationalFunction) throws -> RationalFunction {
    try sum(a, negation(b))
  }

  func quotient(_ a: RationalFunction, _ b: RationalFunction) throws -> RationalFunction {
    try quotient(try multiplied(a.numerator, b.denominator), try multiplied(a.denominator, b.numerator))
  }

  func power(_ a: RationalFunction, _ exponent: Int) throws -> RationalFunction {
    let degree = [a.numerator, a.denominator].flatMap(\.terms.keys).flatMap(\.powers).map(\.exponent).max() ?? 0
    guard abs(exponent) <= 4096, degree * abs(exponent) <= 1 << 20 else {
      throw OutsideFragment("an exponent above 4096, or a degree above 2^20")
    }
    var result = RationalFunction.one
    var (base, rest) = (exponent < 0 ? try quotient(.one, a) : a, abs(exponent))
    while rest > 0 {
      if rest & 1 == 1 { result = try product(result, base) }
      rest >>= 1
      if rest > 0 { base = try product(base, base) }
    }
    return result
  }

  func equals(_ a: RationalFunction, _ b: RationalFunction) throws -> Bool { try difference(a, b).isZero }
}
