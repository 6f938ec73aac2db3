/// A finite decimal number: an integer times a power of ten, exact.
///
/// The form in which numbers leave the library: bounds are rounded to it outward, and what is then said of the
/// printed bounds is checked on exactly these numbers.
public struct ExactDecimal: Sendable, Hashable {
  /// The digits, without trailing zeros; 0 for zero.
  public let mantissa: Integer
  /// The power of ten; 0 for zero.
  public let exponent: Int

  /// Zero.
  public static let zero = ExactDecimal(mantissa: 0, exponent: 0)

  /// The number `mantissa 10^exponent`.
  public init(mantissa: Integer, exponent: Int) {
    guard mantissa.signum != 0 else {
      self.mantissa = 0
      self.exponent = 0
      return
    }
    let text = "\(mantissa)"
    let zeros = text.utf8.reversed().prefix { $0 == 0x30 }.count
    self.mantissa = zeros == 0 ? mantissa : Integer(decimal: text.dropLast(zeros)) ?? mantissa
    self.exponent = exponent + zeros
    checkInvariant(self.mantissa.modulo(10) != 0, "ExactDecimal: no trailing zeros")
  }

  /// The decimal nearest to a rational that is a multiple of 10^-places, ties away from zero.
  public init(nearest value: Rational, places: Int) {
    let scaled =
      places >= 0 ? value * Rational(Integer(10).power(places)) : value / Rational(Integer(10).power(-places))
    let rounded = (scaled.magnitude + Rational(1, 2)).floor
    self.init(mantissa: value.signum < 0 ? -rounded : rounded, exponent: -places)
  }

  /// The decimal nearest to a rational with a number of significant digits, ties away from zero.
  public init(nearest value: Rational, significantDigits digits: Int) {
    demand(digits >= 1, "ExactDecimal: at least one digit")
    guard value.signum != 0 else {
      self = .zero
      return
    }
    let first = ExactDecimal(nearest: value, places: digits - 1 - ExactDecimal.leadingExponent(of: value))
    self = first
  }

  /// This number as an exact rational.
  public var rational: Rational {
    exponent >= 0
      ? Rational(mantissa * Integer(10).power(exponent)) : Rational(mantissa, Integer(10).power(-exponent))
  }

  /// The exponent e with 10^e <= |x| < 10^(e+1), for a number that is not zero.
  static func leadingExponent(of value: Rational) -> Int {
    let magnitude = value.magnitude
    // Digits of numerator and denominator give e to within one; exact comparison settles it.
    var e = "\(magnitude.numerator)".utf8.count - "\(magnitude.denominator)".utf8.count
    func power(_ k: Int) -> Rational { Rational(10).power(k) }
    while magnitude < power(e) { e -= 1 }
    while magnitude >= power(e + 1) { e += 1 }
    return e
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// Plain digits when the leading digit stands between the places 10^-5 and 10^0, else `d.ddde±x`.
  public var description: String { text(plainExponents: -5...0) }

  /// The number as text: plain when the place of the leading digit is in a range, else with one digit before the point
  /// and an exponent; padded with zeros to a number of digits (significant ones, or after the point).
  public func text(plainExponents: ClosedRange<Int>, significantDigits: Int = 1, places: Int = 0) -> String {
    guard mantissa.signum != 0 else { return places > 0 ? "0." + String(repeating: "0", count: places) : "0" }
    let sign = mantissa.signum < 0 ? "-" : ""
    var digits = "\(mantissa.magnitude)"
    let leading = exponent + digits.utf8.count - 1
    let wanted = max(significantDigits, places > 0 ? leading + 1 + places : 1)
    digits += String(repeating: "0", count: max(0, wanted - digits.utf8.count))
    guard plainExponents.contains(leading) else {
      let (head, tail) = (digits.prefix(1), digits.dropFirst())
      return sign + head + (tail.isEmpty ? "" : "." + tail) + "e\(leading)"
    }
    if leading < 0 {
      return sign + "0." + String(repeating: "0", count: -leading - 1) + digits
    }
    digits += String(repeating: "0", count: max(0, leading + 1 - digits.utf8.count))
    let (head, tail) = (digits.prefix(leading + 1), digits.dropFirst(leading + 1))
    return sign + head + (tail.isEmpty ? "" : "." + tail)
  }
}
