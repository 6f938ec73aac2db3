internal import CGMP

/// The memory of one GMP rational; the rule of ``IntegerStorage`` holds for it too.
final class RationalStorage: @unchecked Sendable {
  let pointer = UnsafeMutablePointer<__mpq_struct>.allocate(capacity: 1)

  var numerator: UnsafeMutablePointer<__mpz_struct> { qbo_mpq_numref(pointer) }
  var denominator: UnsafeMutablePointer<__mpz_struct> { qbo_mpq_denref(pointer) }

  init() {
    qbo_mpq_init(pointer)
  }

  deinit {
    __gmpq_clear(pointer)
    pointer.deallocate()
  }
}

/// A rational number in lowest terms, with a positive denominator.
///
/// Arithmetic is exact. Division by zero is a programming error and traps: test ``signum`` first.
public struct Rational: Sendable {
  let storage: RationalStorage

  init(filledBy fill: (UnsafeMutablePointer<__mpq_struct>) -> Void) {
    storage = RationalStorage()
    fill(storage.pointer)
    checkInvariant(
      denominator.signum > 0 && numerator.greatestCommonDivisor(denominator) == 1,
      "Rational: lowest terms, with a positive denominator")
  }

  /// An integer as a rational.
  public init(_ value: Integer) {
    self.init { __gmpq_set_z($0, value.storage.pointer) }
  }

  /// A machine word as a rational.
  public init(_ value: Int) {
    self.init { __gmpq_set_si($0, value, 1) }
  }

  /// The quotient of two integers; the denominator must not be zero.
  public init(_ numerator: Integer, _ denominator: Integer) {
    demand(denominator.signum != 0, "Rational: zero denominator")
    self.init {
      __gmpz_set(qbo_mpq_numref($0), numerator.storage.pointer)
      __gmpz_set(qbo_mpq_denref($0), denominator.storage.pointer)
      __gmpq_canonicalize($0)
    }
  }

  /// The dyadic rational that a finite double is; nil for infinities and NaN.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    self.init { __gmpq_set_d($0, value) }
  }

  /// The numerator in lowest terms.
  public var numerator: Integer { Integer { __gmpz_set($0, storage.numerator) } }

  /// The positive denominator in lowest terms.
  public var denominator: Integer { Integer { __gmpz_set($0, storage.denominator) } }

  /// Minus one, zero or one.
  public var signum: Int { Int(qbo_mpq_sgn(storage.pointer)) }

  /// The integer that this number is; nil when it is none.
  public var integer: Integer? {
    denominator == 1 ? numerator : nil
  }

  /// The magnitude.
  public var magnitude: Rational { signum < 0 ? -self : self }

  /// The bits that numerator and denominator take together.
  public var bitWidth: Int { numerator.bitWidth + denominator.bitWidth }

  /// The greatest integer that is not above this number.
  public var floor: Integer {
    Integer { __gmpz_fdiv_q($0, storage.numerator, storage.denominator) }
  }

  /// The square root when it is rational, else nil.
  public var exactSquareRoot: Rational? {
    guard let p = numerator.exactSquareRoot, let q = denominator.exactSquareRoot else { return nil }
    return Rational(p, q)
  }

  /// This number raised to an integer power; zero to a negative power traps.
  public func power(_ exponent: Int) -> Rational {
    demand(exponent >= 0 || signum != 0, "Rational: zero to a negative power")
    let p = numerator.power(exponent.magnitudeAsInt)
    let q = denominator.power(exponent.magnitudeAsInt)
    return exponent >= 0 ? Rational(p, q) : Rational(q, p)
  }

  /// Exact sum.
  public static func + (a: Rational, b: Rational) -> Rational {
    Rational { __gmpq_add($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Exact difference.
  public static func - (a: Rational, b: Rational) -> Rational {
    Rational { __gmpq_sub($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Exact product.
  public static func * (a: Rational, b: Rational) -> Rational {
    Rational { __gmpq_mul($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Exact quotient; the divisor must not be zero.
  public static func / (a: Rational, b: Rational) -> Rational {
    demand(b.signum != 0, "Rational: division by zero")
    return Rational { __gmpq_div($0, a.storage.pointer, b.storage.pointer) }
  }

  /// The opposite.
  public static prefix func - (a: Rational) -> Rational {
    Rational { __gmpq_neg($0, a.storage.pointer) }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Rational: Comparable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  public static func == (a: Rational, b: Rational) -> Bool {
    __gmpq_equal(a.storage.pointer, b.storage.pointer) != 0
  }

  public static func < (a: Rational, b: Rational) -> Bool {
    __gmpq_cmp(a.storage.pointer, b.storage.pointer) < 0
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(numerator)
    hasher.combine(denominator)
  }

  public init(integerLiteral value: Int) {
    self.init(value)
  }

  /// `p` or `p/q`.
  public var description: String {
    let (p, q) = (numerator, denominator)
    return q == 1 ? "\(p)" : "\(p)/\(q)"
  }
}

extension Int {
  /// The magnitude as an `Int`; `Int.min` is outside what callers may pass and traps.
  var magnitudeAsInt: Int { self < 0 ? -self : self }
}
