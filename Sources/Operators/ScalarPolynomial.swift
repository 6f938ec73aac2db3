import ArbitraryPrecision
import Expressions

/// A polynomial over the complex rationals in names and functions, with exponents that may be negative: the
/// coefficients of a model's operators.
///
/// Polynomials that are equal term by term are equal wherever both are defined. The converse holds for names; functions
/// may have relations of which nothing is known here but sqrt(x)^2 = x.
public struct ScalarPolynomial: Sendable, Hashable {
  /// A name or a function: what a polynomial is made of.
  indirect enum Atom: Sendable, Hashable {
    case pi
    case name(String)
    case function(ElementaryFunction, ScalarPolynomial)
    case power(ScalarPolynomial, ScalarPolynomial)
    /// A sum that is divided by.
    case sum(ScalarPolynomial)
  }

  /// The exponent of each atom; no zeros.
  typealias Monomial = [Atom: Int]

  /// The coefficient of each monomial; no zeros.
  private(set) var terms: [Monomial: GaussianRational] = [:]

  /// The most terms.
  static let greatestSize = 20_000

  /// Zero.
  init() {}

  /// A number.
  public init(_ value: GaussianRational) { if !value.isZero { terms = [[:]: value] } }

  init(_ monomial: Monomial, _ coefficient: GaussianRational = GaussianRational(1)) { terms = [monomial: coefficient] }

  init(_ atom: Atom, _ exponent: Int = 1) { self.init([atom: exponent]) }

  /// The number that this is, where it visibly is one.
  public var number: GaussianRational? {
    terms.isEmpty ? GaussianRational(0) : terms.count == 1 ? terms[[:]] : nil
  }

  mutating func add(_ monomial: Monomial, _ coefficient: GaussianRational) {
    let sum = (terms[monomial] ?? GaussianRational(0)) + coefficient
    terms[monomial] = sum.isZero ? nil : sum
  }

  /// The sum.
  public static func + (a: ScalarPolynomial, b: ScalarPolynomial) -> ScalarPolynomial {
    var result = a
    for (monomial, coefficient) in b.terms { result.add(monomial, coefficient) }
    return result
  }

  /// The opposite.
  public static prefix func - (a: ScalarPolynomial) -> ScalarPolynomial {
    var result = a
    result.terms = a.terms.mapValues { -$0 }
    return result
  }

  /// The product.
  ///
  /// - Throws: ``OutsideFragment`` beyond 20000 terms.
  public static func product(_ a: ScalarPolynomial, _ b: ScalarPolynomial) throws(OutsideFragment) -> ScalarPolynomial {
    guard a.terms.count * b.terms.count <= greatestSize else {
      throw OutsideFragment("more than \(greatestSize) terms of a number")
    }
    if let factor = b.number { return a.scaled(by: factor) }
    if let factor = a.number { return b.scaled(by: factor) }
    var result = ScalarPolynomial()
    for (p, x) in a.terms {
      for (q, y) in b.terms {
        let merged = p.merging(q, uniquingKeysWith: +).filter { $0.value != 0 }
        // sqrt(x)^2 = x.
        guard let root = merged.first(where: { $0.key.isRoot && $0.value >= 2 }),
          case .function(_, let square) = root.key
        else {
          result.add(merged, x * y)
          continue
        }
        var rest = merged
        rest[root.key] = root.value == 2 ? nil : root.value - 2
        let part = try product(ScalarPolynomial(rest, x * y), square)
        result = result + part
      }
    }
    return result
  }

  private func scaled(by factor: GaussianRational) -> ScalarPolynomial {
    var result = ScalarPolynomial()
    if !factor.isZero { result.terms = terms.mapValues { $0 * factor } }
    return result
  }

  /// Numbers times products of names and functions that add up to the polynomial, each such product once.
  public var products: [(coefficient: GaussianRational, product: ScalarPolynomial)] {
    terms.map { ($0.value, ScalarPolynomial($0.key)) }
  }

  /// The conjugate, names being real and functions those of real numbers continued.
  public var conjugate: ScalarPolynomial {
    var result = ScalarPolynomial()
    for (monomial, coefficient) in terms {
      var mirrored: Monomial = [:]
      for (atom, exponent) in monomial { mirrored[atom.conjugate, default: 0] += exponent }
      result.add(mirrored, coefficient.conjugate)
    }
    return result
  }

  /// The names in it.
  public var names: Set<String> {
    terms.keys.reduce(into: []) { names, monomial in
      for atom in monomial.keys { names.formUnion(atom.names) }
    }
  }

  /// Whether no imaginary unit stands in it, at no depth.
  public var isVisiblyReal: Bool {
    terms.allSatisfy { $0.value.imaginary.signum == 0 && $0.key.keys.allSatisfy(\.isVisiblyReal) }
  }

  /// The number q for which this is q times another polynomial; nil where none is seen.
  public func ratio(to other: ScalarPolynomial) -> GaussianRational? {
    guard terms.count == other.terms.count, let first = terms.first,
      let inverse = other.terms[first.key]?.reciprocal
    else { return nil }
    let ratio = first.value * inverse
    return terms.allSatisfy { monomial, value in other.terms[monomial].map { $0 * ratio == value } ?? false }
      ? ratio : nil
  }

  /// The value as a formula with the imaginary unit `i`.
  public var formula: Expression {
    let written = terms.map { monomial, coefficient -> Expression in
      guard let product = ScalarPolynomial.formula(monomial) else { return coefficient.formula }
      return coefficient == GaussianRational(1) ? product : coefficient.formula * product
    }
    return written.map { (text: "\($0)", formula: $0) }.sorted { $0.text < $1.text }
      .reduce(nil as Expression?) { sum, term in sum.map { $0 + term.formula } ?? term.formula } ?? .number(0)
  }

  private static func formula(_ monomial: Monomial) -> Expression? {
    monomial.map { (formula: $0.key.formula, exponent: $0.value) }.sorted { "\($0.formula)" < "\($1.formula)" }
      .map { $0.exponent == 1 ? $0.formula : Expression(.power($0.formula, $0.exponent)) }
      .reduce(nil as Expression?) { product, factor in product.map { $0 * factor } ?? factor }
  }
}

extension ScalarPolynomial.Atom {
  var isRoot: Bool { if case .function(.sqrt, _) = self { true } else { false } }

  private var parts: [ScalarPolynomial] {
    switch self {
    case .pi, .name: []
    case .function(_, let x), .sum(let x): [x]
    case .power(let x, let y): [x, y]
    }
  }

  var names: Set<String> {
    if case .name(let name) = self { return [name] }
    return parts.reduce(into: []) { $0.formUnion($1.names) }
  }

  var isVisiblyReal: Bool { parts.allSatisfy(\.isVisiblyReal) }

  var conjugate: ScalarPolynomial.Atom {
    switch self {
    case .pi, .name: self
    case .function(let function, let x): .function(function, x.conjugate)
    case .power(let x, let y): .power(x.conjugate, y.conjugate)
    case .sum(let x): .sum(x.conjugate)
    }
  }

  var formula: Expression {
    switch self {
    case .pi: .pi
    case .name(let name): Expression(.variable(name))
    case .function(let function, let x): Expression(.call(function, x.formula))
    case .power(let x, let y): Expression(.generalPower(x.formula, y.formula))
    case .sum(let x): x.formula
    }
  }
}
