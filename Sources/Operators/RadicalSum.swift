import ArbitraryPrecision

/// A sum of coefficients times square roots of squarefree positive integers: the exact elements of operators.
///
/// These roots are linearly independent over the rationals, and over the complex numbers with rational parts as well
/// (roots are real, so that real and imaginary parts vanish apart). So over ``GaussianRationals`` a sum is zero exactly
/// where it has no terms.
public struct RadicalSum<Coefficient> {
  /// The coefficient of each root by its radicand; none is seen to be zero.
  public private(set) var terms: [Integer: Coefficient] = [:]

  /// Zero.
  public init() {}

  /// Whether the sum has no terms.
  public var isZero: Bool { terms.isEmpty }

  /// Adds a coefficient times a root, neither of them seen to be zero.
  public mutating func add<Ring: CoefficientRing>(
    _ coefficient: Coefficient, _ root: SquareRoot, in ring: Ring
  ) throws where Ring.Element == Coefficient {
    let scaled = root.hasFactorOne ? coefficient : try ring.product(coefficient, ring.number(root.factor))
    guard let known = terms[root.radicand] else {
      terms[root.radicand] = scaled
      return
    }
    let sum = try ring.sum(known, scaled)
    terms[root.radicand] = ring.isZero(sum) ? nil : sum
  }

  /// Adds a sum times a coefficient.
  public mutating func add<Ring: CoefficientRing>(
    _ other: RadicalSum, times factor: Coefficient, in ring: Ring
  ) throws where Ring.Element == Coefficient {
    for (radicand, coefficient) in other.terms {
      let part = try ring.product(coefficient, factor)
      let sum = try terms[radicand].map { try ring.sum($0, part) } ?? part
      terms[radicand] = ring.isZero(sum) ? nil : sum
    }
  }

  /// The sum of the other sum's terms times the roots and coefficients of this one.
  public func product<Ring: CoefficientRing>(
    _ other: RadicalSum, in ring: Ring
  ) throws -> RadicalSum where Ring.Element == Coefficient {
    var result = RadicalSum()
    for (p, x) in terms {
      for (q, y) in other.terms {
        let common = p.greatestCommonDivisor(q)
        let coefficient = try ring.product(try ring.product(x, y), ring.number(Rational(common)))
        let radicand = p.dividedDown(by: common) * q.dividedDown(by: common)
        let sum = try result.terms[radicand].map { try ring.sum($0, coefficient) } ?? coefficient
        result.terms[radicand] = ring.isZero(sum) ? nil : sum
      }
    }
    return result
  }

  /// The conjugate.
  public func conjugate<Ring: CoefficientRing>(
    in ring: Ring
  ) throws -> RadicalSum where Ring.Element == Coefficient {
    var result = RadicalSum()
    result.terms = try terms.mapValues { try ring.conjugate($0) }
    return result
  }
}

extension RadicalSum: Sendable where Coefficient: Sendable {}
extension RadicalSum: Equatable where Coefficient: Equatable {}
extension RadicalSum: Hashable where Coefficient: Hashable {}
