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
  /// Bounds at a few precisions tell all numbers apart that differ visibly. What is left is compared as rationals, if these have less
  /// than a million bits or so.
  func isAtMost(_ other: LiteralNumber, else fault: @autoclosure () -> IntervalTextError) throws(IntervalTextError)
    -> Bool
  {
    for bits in [64, 1024] {
      if rounded(bits, .up) <= other.rounded(bits, .down) { return true }
      if rounded(bits, .down) > other.rounded(bits, .up) { return false }
    }
    guard case .finite(let a) = self, case .finite(let b) = other, let x = a.rational, let y = b.rational else {
      throw fault()
    }
    return x <= y
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
