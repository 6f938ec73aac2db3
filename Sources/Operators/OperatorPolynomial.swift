/// A sum of products of letters with coefficients in a ring.
///
/// A word is a product of letters, the last of which acts first. ``OperatorArithmetic`` keeps words in normal order:
/// letters stand by factor, raising before z before lowering, and labels of sums are numbered so that the word is the
/// least one. For bosons, fermions and spins of any length such words are a basis (Poincare, Birkhoff, Witt); products
/// of Pauli matrices or of levels of one cell are reduced to one letter, and |D-1><D-1| to 1 minus the other |k><k|. So
/// two polynomials in normal order are the same operator exactly where their terms are the same. Cells that are summed
/// run over all values, equal ones included.
public struct OperatorPolynomial<Coefficient> {
  /// The coefficient of each word; no zeros.
  public private(set) var terms: [[Letter]: Coefficient] = [:]

  /// The most words.
  public static var greatestSize: Int { 20_000 }

  /// Zero.
  public init() {}

  /// Whether it has no terms.
  public var isZero: Bool { terms.isEmpty }

  /// Adds a word as it is.
  ///
  /// - Throws: ``OutsideFragment`` beyond ``greatestSize``, and what the ring throws.
  public mutating func add<Ring: CoefficientRing>(
    _ coefficient: Coefficient, _ word: [Letter], in ring: Ring
  ) throws where Ring.Element == Coefficient {
    let sum = try terms[word].map { try ring.sum($0, coefficient) } ?? coefficient
    terms[word] = ring.isZero(sum) ? nil : sum
    guard terms.count <= Self.greatestSize else {
      throw OutsideFragment("more than \(Self.greatestSize) products of operators")
    }
  }
}

extension OperatorPolynomial: Sendable where Coefficient: Sendable {}
extension OperatorPolynomial: Equatable where Coefficient: Equatable {}
extension OperatorPolynomial: Hashable where Coefficient: Hashable {}
