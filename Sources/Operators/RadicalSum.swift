import ArbitraryPrecision

/// A sum of coefficients times square roots of squarefree positive integers: the exact elements of operators.
///
/// These roots are linearly independent over the rationals, and over the complex numbers with rational parts as well
/// (roots are real, so that real and imaginary parts vanish apart). So over ``GaussianRationals`` a sum is zero exactly
/// where it has no terms.
public struct RadicalSum<Coefficient> {
  /// A coefficient times a root.
  public struct Term {
    /// What is under the root.
    public let radicand: Radicand
    /// The coefficient.
    public let value: Coefficient
  }

  /// The terms by rising radicands; no coefficient is seen to be zero.
  public private(set) var terms: [Term] = []

  /// Zero.
  public init() {}

  /// Whether the sum has no terms.
  public var isZero: Bool { terms.isEmpty }

  /// The coefficients.
  public var coefficients: LazyMapSequence<[Term], Coefficient> { terms.lazy.map(\.value) }

  /// Adds a coefficient times a root, neither of them seen to be zero.
  public mutating func add<Ring: CoefficientRing>(
    _ coefficient: Coefficient, _ root: SquareRoot, in ring: Ring
  ) throws where Ring.Element == Coefficient {
    try add(
      root.hasFactorOne ? coefficient : try ring.product(coefficient, ring.number(root.factor)),
      under: root.squarefree, in: ring)
  }

  /// Adds a coefficient, not seen to be zero, times the root of a radicand.
  mutating func add<Ring: CoefficientRing>(
    _ coefficient: Coefficient, under radicand: Radicand, in ring: Ring
  ) throws where Ring.Element == Coefficient {
    let place = terms.firstIndex { radicand <= $0.radicand } ?? terms.count
    guard place < terms.count, terms[place].radicand == radicand else {
      terms.insert(Term(radicand: radicand, value: coefficient), at: place)
      return
    }
    let sum = try ring.sum(terms[place].value, coefficient)
    if ring.isZero(sum) {
      terms.remove(at: place)
    } else {
      terms[place] = Term(radicand: radicand, value: sum)
    }
  }

  /// Adds a coefficient where it is not seen to be zero.
  private mutating func addIfNonzero<Ring: CoefficientRing>(
    _ coefficient: Coefficient, under radicand: Radicand, in ring: Ring
  ) throws where Ring.Element == Coefficient {
    if !ring.isZero(coefficient) { try add(coefficient, under: radicand, in: ring) }
  }

  /// Adds a sum times a coefficient.
  public mutating func add<Ring: CoefficientRing>(
    _ other: RadicalSum, times factor: Coefficient, in ring: Ring
  ) throws where Ring.Element == Coefficient {
    for term in other.terms {
      try addIfNonzero(try ring.product(term.value, factor), under: term.radicand, in: ring)
    }
  }

  /// The sum of the other sum's terms times the roots and coefficients of this one.
  public func product<Ring: CoefficientRing>(
    _ other: RadicalSum, in ring: Ring
  ) throws -> RadicalSum where Ring.Element == Coefficient {
    var result = RadicalSum()
    for a in terms {
      for b in other.terms {
        let (radicand, common) = Radicand.product(a.radicand, b.radicand)
        let product = try ring.product(a.value, b.value)
        try result.addIfNonzero(
          common.isOne ? product : try ring.product(product, ring.number(Rational(common.integer))), under: radicand,
          in: ring)
      }
    }
    return result
  }

  /// The conjugate.
  public func conjugate<Ring: CoefficientRing>(
    in ring: Ring
  ) throws -> RadicalSum where Ring.Element == Coefficient {
    var result = RadicalSum()
    result.terms = try terms.map { Term(radicand: $0.radicand, value: try ring.conjugate($0.value)) }
    return result
  }
}

extension RadicalSum.Term: Sendable where Coefficient: Sendable {}
extension RadicalSum.Term: Equatable where Coefficient: Equatable {}
extension RadicalSum.Term: Hashable where Coefficient: Hashable {}
extension RadicalSum: Sendable where Coefficient: Sendable {}
extension RadicalSum: Equatable where Coefficient: Equatable {}
extension RadicalSum: Hashable where Coefficient: Hashable {}
