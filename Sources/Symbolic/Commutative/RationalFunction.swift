import ArbitraryPrecision

/// A quotient of polynomials in the generators of a ``SymbolicField``, in that field's normal form.
///
/// The denominator holds free generators alone, has coprime integer coefficients and a positive leading one; both parts
/// are reduced by the relations. Two such forms may differ by a common factor, so equality is decided by the
/// difference's numerator.
struct RationalFunction: Hashable {
  let numerator: Polynomial
  let denominator: Polynomial

  static let zero = RationalFunction(0)
  static let one = RationalFunction(1)

  /// Parts that are in normal form already.
  init(normal numerator: Polynomial, _ denominator: Polynomial = .one) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ value: Rational) { self.init(normal: Polynomial(value)) }

  var isZero: Bool { numerator.isZero }

  /// The number that this is, where it is one.
  var constant: Rational? {
    guard let p = numerator.constant, let q = denominator.constant, q.signum != 0 else { return nil }
    return p / q
  }

  var generators: Set<Int> { numerator.generators.union(denominator.generators) }
}
