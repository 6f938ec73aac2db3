internal import CMPFR

/// A number as it stands in a literal: exact, however large its exponent.
enum LiteralNumber {
  case infinity(negative: Bool)
  case finite(Finite)

  enum Finite {
    case rational(Rational)
    /// m 10^e
    case decimal(Integer, Int)
    /// m 2^e
    case binary(Integer, Int)
  }

  /// This number rounded to a precision.
  func rounded(_ precision: Int, _ rounding: Rounding) -> BigFloat {
    switch self {
    case .infinity(let negative): return .infinity(negative: negative, precision: precision)
    case .finite(.rational(let value)): return BigFloat(value, precision: precision, rounding: rounding)
    case .finite(.decimal(let m, let e)):
      // MPFR reads a decimal with correct rounding.
      return BigFloat(precision: precision) { result in
        _ = "\(m)e\(e)".withCString { mpfr_strtofr(result, $0, nil, 10, rounding.mpfr) }
      }
    case .finite(.binary(let m, let e)):
      return BigFloat(precision: precision) { _ = mpfr_set_z_2exp($0, m.storage.pointer, e, rounding.mpfr) }
    }
  }

  /// Whether this number is at most another, decided exactly.
  ///
  /// Two decimals, or two binary numbers, are compared by the place of their first digit and then as integers. Others
  /// are told apart by bounds where they differ visibly, and else as rationals, if these have less than a million bits
  /// or so.
  func isAtMost(_ other: LiteralNumber, else fault: @autoclosure () -> IntervalTextError) throws(IntervalTextError)
    -> Bool
  {
    switch (self, other) {
    case (.finite(.decimal(let m, let e)), .finite(.decimal(let n, let f))):
      return LiteralNumber.isAtMost((m, e), (n, f)) {
        $0.magnitude == 0 ? 0 : "\($0.magnitude)".utf8.count
      } scaling: {
        $0 * Integer(10).power($1)
      }
    case (.finite(.binary(let m, let e)), .finite(.binary(let n, let f))):
      return LiteralNumber.isAtMost((m, e), (n, f)) {
        $0.bitWidth
      } scaling: {
        $0.shifted(left: $1)
      }
    default: break
    }
    for bits in [64, 1024] {
      if rounded(bits, .up) <= other.rounded(bits, .down) { return true }
      if rounded(bits, .down) > other.rounded(bits, .up) { return false }
    }
    guard case .finite(let a) = self, case .finite(let b) = other, let x = a.rational, let y = b.rational else {
      throw fault()
    }
    return x <= y
  }

  /// Whether m B^e <= n B^f for a base B, by the number of digits of an integer in that base and its product with a
  /// power of it.
  private static func isAtMost(
    _ a: (m: Integer, e: Int), _ b: (m: Integer, e: Int), digits: (Integer) -> Int,
    scaling: (Integer, Int) -> Integer
  ) -> Bool {
    guard a.m.signum == b.m.signum, a.m.signum != 0 else { return a.m.signum <= b.m.signum }
    let (first, second) = (digits(a.m) + a.e, digits(b.m) + b.e)
    guard first == second else { return (first < second) == (a.m.signum > 0) }
    // The exponents differ by less than the number of digits.
    return a.e >= b.e ? scaling(a.m, a.e - b.e) <= b.m : a.m <= scaling(b.m, b.e - a.e)
  }
}

extension LiteralNumber.Finite {
  /// The number as a rational; nil where that would be huge.
  fileprivate var rational: Rational? {
    let limit = 1 << 20
    switch self {
    case .rational(let value): return value
    case .decimal(let m, let e):
      return abs(e) > limit / 3 ? nil : ExactDecimal(mantissa: m, exponent: e).rational
    case .binary(let m, let e):
      guard abs(e) <= limit else { return nil }
      return e >= 0 ? Rational(m * .powerOfTwo(e)) : Rational(m, .powerOfTwo(-e))
    }
  }
}
