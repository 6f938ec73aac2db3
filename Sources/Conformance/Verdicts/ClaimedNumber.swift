import ArbitraryPrecision

/// A number as an implementation writes it, taken exactly as written.
package enum ClaimedNumber: Sendable {
  /// A finite number.
  case finite(Rational)
  /// Infinity or not a number.
  case notFinite

  /// The most characters of a number.
  static let greatestLength = 10_000
  /// The greatest magnitude of an exponent: beyond it a number is too large to be held exactly.
  static let greatestExponent = 999_999

  /// What is accepted, for messages.
  static let accepted = "decimals like -1.5e-3 or hexadecimal numbers like 0x1.8p-1, as strings or JSON numbers"

  /// Reads a decimal, a C99 hexadecimal number, `nan` or `inf`; nil when it is none of these.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count <= ClaimedNumber.greatestLength else { return nil }
    var rest = text.lowercased()[...]
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest = rest.dropFirst() }
    if ["nan", "inf", "infinity"].contains(rest) {
      self = .notFinite
      return
    }
    let isHexadecimal = rest.hasPrefix("0x")
    if isHexadecimal { rest = rest.dropFirst(2) }
    guard let magnitude = ClaimedNumber.magnitude(rest, isHexadecimal: isHexadecimal) else { return nil }
    self = .finite(isNegative ? -magnitude : magnitude)
  }

  /// The digits, with a point and an exponent perhaps.
  private static func magnitude(_ text: Substring, isHexadecimal: Bool) -> Rational? {
    let parts = text.split(separator: isHexadecimal ? "p" : "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = parts.first else { return nil }
    var exponent = 0
    if parts.count == 2 {
      let unsigned = parts[1].first.map { "+-".contains($0) } == true ? parts[1].dropFirst() : parts[1]
      guard (1...6).contains(unsigned.utf8.count), unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let value = Int(parts[1])
      else { return nil }
      exponent = value
    }
    let pieces = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let (whole, fraction) = (pieces[0], pieces.count == 2 ? pieces[1] : "")
    let digits = String(whole + fraction)
    guard !digits.isEmpty, let integer = integer(digits, isHexadecimal: isHexadecimal) else { return nil }
    let places = fraction.utf8.count
    return isHexadecimal
      ? Rational(integer) * Rational(2).power(exponent - 4 * places)
      : Rational(integer) * Rational(10).power(exponent - places)
  }

  private static func integer(_ digits: String, isHexadecimal: Bool) -> Integer? {
    guard isHexadecimal else {
      return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Integer(decimal: digits) : nil
    }
    var value = Integer(0)
    for digit in digits.utf8 {
      guard digit < 0x80, let nibble = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      value = value * 16 + Integer(nibble)
    }
    return value
  }
}

extension Rational {
  /// Whether this is exactly a finite double.
  func isEqual(to value: Double) -> Bool { Rational(exactly: value).map { $0 == self } ?? false }
}
