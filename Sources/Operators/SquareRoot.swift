import ArbitraryPrecision

/// A rational number times the square root of a squarefree positive integer, exactly: in words as far as they reach.
public struct SquareRoot: Sendable, Hashable {
  /// The rational number in lowest terms, where it is a quotient of words.
  private var numerator: Int
  private var denominator: Int
  /// The rational number, where it is none.
  private var large: Rational?
  /// The squarefree positive integer; 1 where the factor is zero.
  private(set) var squarefree: Radicand

  /// The rational number.
  public var factor: Rational {
    large ?? (denominator == 1 ? Rational(numerator) : Rational(Integer(numerator), Integer(denominator)))
  }

  /// The squarefree positive integer; 1 where the factor is zero.
  public var radicand: Integer { squarefree.integer }

  /// Whether there is no root.
  public var isRational: Bool { squarefree.isOne }

  /// Whether the rational number is 1.
  public var hasFactorOne: Bool { numerator == 1 && denominator == 1 && large == nil }

  /// The rational number alone.
  var rationalPart: SquareRoot {
    var result = self
    result.squarefree = .one
    return result
  }

  /// Whether it is zero.
  var isZero: Bool { numerator == 0 && large == nil }

  /// 1.
  static let one = SquareRoot(1, 1, .one)

  private init(_ numerator: Int, _ denominator: Int, _ squarefree: Radicand) {
    (self.numerator, self.denominator, self.squarefree) = (numerator, denominator, squarefree)
  }

  private init(_ factor: Rational, _ squarefree: Radicand) {
    self.init(0, 1, factor.signum == 0 ? .one : squarefree)
    if let n = Int(exactly: factor.numerator), let d = Int(exactly: factor.denominator), n != .min {
      (numerator, denominator) = (n, d)
    } else {
      large = factor
    }
  }

  /// A rational number.
  public init(_ factor: Rational) { self.init(factor, .one) }

  /// A quotient by 1 or 2.
  init(_ value: Int, halved: Bool) {
    self.init(halved && value % 2 == 0 ? value / 2 : value, halved && value % 2 != 0 ? 2 : 1, .one)
  }

  /// The square root of a word that is not negative.
  public init(of value: Int) {
    let (root, squarefree) = SquareRoot.split(value)
    self.init(root, 1, Radicand(squarefree))
  }

  /// The product: the common divisor of squarefree numbers leaves the root.
  public static func * (a: SquareRoot, b: SquareRoot) -> SquareRoot {
    if a.hasFactorOne, a.isRational { return b }
    if b.hasFactorOne, b.isRational { return a }
    let (squarefree, common) = Radicand.product(a.squarefree, b.squarefree)
    if let common = common.small, let product = SquareRoot.product(a, b, times: common, squarefree) { return product }
    return SquareRoot(a.factor * b.factor * Rational(common.integer), squarefree)
  }

  /// The product in words; nil where one does not reach.
  private static func product(
    _ a: SquareRoot, _ b: SquareRoot, times common: Int, _ squarefree: Radicand
  ) -> SquareRoot? {
    guard a.large == nil, b.large == nil else { return nil }
    if a.isZero || b.isZero { return SquareRoot(0, 1, .one) }
    // No magnitude here is that of the least word.
    guard a.numerator != .min, b.numerator != .min else { return nil }
    var (p, q) = (a.numerator, b.numerator)
    let (left, right) = (
      Radicand.commonDivisor(abs(p), b.denominator), Radicand.commonDivisor(abs(q), a.denominator)
    )
    (p, q) = (p / left, q / right)
    var (first, firstOverflow) = p.multipliedReportingOverflow(by: q)
    var (last, lastOverflow) = (a.denominator / right).multipliedReportingOverflow(by: b.denominator / left)
    guard !firstOverflow, !lastOverflow else { return nil }
    let shared = Radicand.commonDivisor(common, last)
    last /= shared
    (first, firstOverflow) = first.multipliedReportingOverflow(by: common / shared)
    lastOverflow = first == .min
    return firstOverflow || lastOverflow ? nil : SquareRoot(first, last, squarefree)
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
    let square = whole.multipliedReportingOverflow(by: whole)
    return square == (left, false) ? (root * whole, squarefree) : (root, squarefree * left)
  }
}
