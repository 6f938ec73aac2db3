import ArbitraryPrecision
import Expressions

/// How far a number may be from the formula that it is said to equal.
///
/// The two agree when |formula - number| <= max(10^-digits |formula|, absolute), and by this alone: whether enclosures
/// overlap or are apart says nothing, since that depends on the precision.
struct Tolerance: Sendable {
  /// The digits; nil when the absolute tolerance stands alone.
  var digits: Int?
  /// The absolute tolerance, positive; nil when there is none.
  var absolute: Constant?
  /// Its text.
  var absoluteText: String?
  /// The decimal that the formula is, when it claims the digits that it shows.
  var printed: PrintedDecimal?

  /// Whether any number in one enclosure and any in the other agree.
  func agrees(_ number: Interval, with formula: Interval, precision: Int) -> Decision {
    var limit = Interval(0, precision: precision)
    if let digits { limit = formula.absoluteValue * Interval(unit(digits: digits), precision: precision) }
    if let absolute { limit = limit.maximum(absolute.enclosure(precision: precision)) }
    return (formula - number).absoluteValue.isAtMost(limit)
  }

  /// Bits that a comparison starts from.
  var startingBits: Int { Claims.startingBits(digits: digits ?? 10) }

  /// What agreement means, in words.
  var shown: String {
    if let printed { return "rounds to \(printed.text)" }
    return "holds " + allowance
  }

  /// How far apart numbers that agree may be, in words.
  var allowance: String {
    let parts = [digits.map { "to \($0) digits" }, (absoluteText ?? absolute.map { "\($0)" }).map { "within \($0)" }]
    return parts.compactMap(\.self).joined(separator: " or ")
  }
}

/// A decimal as it is printed, which claims the digits that it shows: half a unit of the last one.
struct PrintedDecimal: Sendable {
  let text: String
  let value: Rational
  let halfUnit: Rational

  /// Digits with or without a point, a sign and an exponent.
  ///
  /// - Returns: nil for any other text.
  init?(_ text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let mantissa = parts.first, parts.count <= 2 else { return nil }
    let unsigned = mantissa.first.map { "+-".contains($0) } == true ? mantissa.dropFirst() : mantissa
    let pieces = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2, let last = pieces.last, !last.isEmpty else { return nil }
    guard pieces.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
    // Beyond these exponents the number is out of the range of constants, but for zero.
    guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) <= 100_000 else { return nil }
    guard let value = try? Constant(parsing: text).rational else { return nil }
    (self.text, self.value) = (text, value)
    let fraction = pieces.count == 2 ? last.utf8.count : 0
    halfUnit = Rational(1, 2) * Rational(10).power(exponent - fraction)
  }
}
