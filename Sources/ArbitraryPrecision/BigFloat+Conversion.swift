internal import CGMP
internal import CMPFR

extension BigFloat {
  /// This number as a double, rounded in a direction; beyond the range of doubles as the direction demands.
  public func double(rounding: Rounding) -> Double {
    withView { mpfr_get_d($0, rounding.mpfr) }
  }

  /// The greatest integer not above this number; nil for infinities and NaN.
  public var floor: Integer? {
    guard isFinite else { return nil }
    return Integer { result in withView { _ = mpfr_get_z(result, $0, MPFR_RNDD) } }
  }

  /// The dyadic rational that this number is; nil for infinities and NaN.
  public var rational: Rational? {
    guard isFinite else { return nil }
    return Rational { result in withView { mpfr_get_q(result, $0) } }
  }

  /// The decimal with a given number of significant digits that bounds this number in a direction.
  ///
  /// Exact when the number has no more digits than asked for. Nil for infinities and NaN.
  public func decimal(digits: Int, rounding: Rounding) -> ExactDecimal? {
    demand(digits >= 1, "decimal: at least one digit")
    guard isFinite else { return nil }
    guard !isZero else { return .zero }
    var exponent: mpfr_exp_t = 0
    // mpfr_get_str needs n + 2 bytes, and at least 7 (MPFR manual, Conversion Functions).
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: max(digits + 2, 7)) { buffer in
      guard let base = buffer.baseAddress else { return nil }
      _ = withView { mpfr_get_str(base, &exponent, 10, digits, $0, rounding.mpfr) }
      let text = String(cString: base)
      let mantissa = Integer(decimal: text) ?? 0
      return ExactDecimal(mantissa: mantissa, exponent: Int(exponent) - digits)
    }
  }

  /// The number in hexadecimal, exactly: `-0x1.8p3`, `0x0p0`, `inf`, `nan`.
  public var hexadecimal: String {
    if isNaN { return "nan" }
    let sign = self.sign < 0 ? "-" : ""
    if isInfinite { return sign + "inf" }
    if isZero { return sign + "0x0p0" }
    // With no number of digits given, a base that is a power of two yields all of them, for a point before the first
    // digit. There are at most precision/4 + 2, and mpfr_get_str adds a sign and a zero byte.
    var power: mpfr_exp_t = 0
    let digits = withUnsafeTemporaryAllocation(of: CChar.self, capacity: precision / 4 + 8) { buffer -> String in
      guard let base = buffer.baseAddress else { return "" }
      _ = magnitude.withView { mpfr_get_str(base, &power, 16, 0, $0, MPFR_RNDN) }
      return String(cString: base)
    }
    let zeros = digits.reversed().prefix { $0 == "0" }.count
    let significant = digits.dropLast(zeros)
    let fraction = significant.dropFirst()
    return sign + "0x" + significant.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "p\(4 * (Int(power) - 1))"
  }
}
