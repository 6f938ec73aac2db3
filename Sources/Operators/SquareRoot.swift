import ArbitraryPrecision

/// A rational number times the square root of a squarefree positive integer, exactly.
public struct SquareRoot: Sendable, Hashable {
  /// The rational number.
  public private(set) var factor: Rational
  /// The squarefree positive integer; 1 where the factor is zero.
  public private(set) var radicand: Integer
  /// Whether it is 1, which most letters of qubits and levels give.
  private var isOne: Bool

  /// Whether the rational number is 1.
  var hasFactorOne: Bool { isOne || factor == 1 }

  /// 1.
  static let one = SquareRoot(1)

  /// A rational number.
  public init(_ factor: Rational) { (self.factor, radicand, isOne) = (factor, 1, factor == 1) }

  /// The square root of a word that is not negative.
  public init(of value: Int) {
    let (root, squarefree) = SquareRoot.split(value)
    (factor, radicand, isOne) = (Rational(root), Integer(squarefree), root == 1 && squarefree == 1)
  }

  /// The product: the common divisor of squarefree numbers leaves the root.
  public static func * (a: SquareRoot, b: SquareRoot) -> SquareRoot {
    if a.isOne { return b }
    if b.isOne { return a }
    var result = a
    result.factor = a.factor * b.factor
    if a.radicand == 1 {
      result.radicand = b.radicand
    } else if b.radicand != 1 {
      let common = a.radicand.greatestCommonDivisor(b.radicand)
      result.radicand = a.radicand.dividedDown(by: common) * b.radicand.dividedDown(by: common)
      result.factor = result.factor * Rational(common)
    }
    if result.factor.signum == 0 { result.radicand = 1 }
    result.isOne = result.radicand == 1 && result.factor == 1
    return result
  }

  /// r and s with value = r^2 s and s squarefree; 0 is 0^2 1.
  ///
  /// Primes up to the cube root are divided out. What is left has at most two prime factors, so that it is a square or
  /// squarefree.
  static func split(_ value: Int) -> (root: Int, squarefree: Int) {
    guard value > 0 else { return (0, 1) }
    var (root, squarefree, left, prime) = (1, 1, value, 2)
    while prime <= left / prime / prime {
      while left % (prime * prime) == 0 { (root, left) = (root * prime, left / (prime * prime)) }
      if left % prime == 0 { (squarefree, left) = (squarefree * prime, left / prime) }
      prime += prime == 2 ? 1 : 2
    }
    let whole = Int(Double(left).squareRoot().rounded())
    return whole * whole == left ? (root * whole, squarefree) : (root, squarefree * left)
  }
}
