/// Doubles as C99 hexadecimal texts, which are exact: one text for each double, the same on every machine.
enum HexadecimalDouble {
  /// `0x1.8p+1`, `-0x0p+0`, `inf`, `nan`; subnormal doubles have a leading 1 as well.
  static func text(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    let sign = value.sign == .minus ? "-" : ""
    if value.isInfinite { return sign + "inf" }
    if value.isZero { return sign + "0x0p+0" }
    // The 52 bits after the leading one.
    let fraction = value.significand.significandBitPattern
    var digits = String(fraction, radix: 16)
    digits = String(repeating: "0", count: 13 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    let exponent = value.exponent
    return "\(sign)0x1\(digits.isEmpty ? "" : "." + digits)p\(exponent < 0 ? "" : "+")\(exponent)"
  }

  /// The double of a text that ``text(_:)`` writes or that is written like it; nil when it is none or not exactly a
  /// double.
  static func value(_ text: String) -> Double? {
    switch text {
    case "nan": return .nan
    case "inf": return .infinity
    case "-inf": return -.infinity
    default: break
    }
    guard text.hasPrefix("0x") || text.hasPrefix("-0x"), text.utf8.count <= 32, let value = Double(text) else {
      return nil
    }
    // What would be rounded has another text.
    return value.isFinite && HexadecimalDouble.isExact(text, value) ? value : nil
  }

  private static func isExact(_ text: String, _ value: Double) -> Bool {
    guard let number = ClaimedNumber(text), case .finite(let exact) = number else { return false }
    return exact.isEqual(to: value)
  }
}
