/// Intervals as text, in the literals of IEEE 1788-2015 (12.11).
extension Interval {
  /// The tightest enclosure of an interval literal.
  ///
  /// | literal | set |
  /// | --- | --- |
  /// | `[1.5, 7/3]`, `[0x1.8p-3, 1e400]` | between two numbers: decimal, rational or hexadecimal |
  /// | `[2]` | one number |
  /// | `[-inf, 3]`, `[3, ]`, `[,]` | unbounded; a missing end is infinite |
  /// | `[empty]`, `[]`, `[entire]` | none, all |
  /// | `3.56?1`, `3.56?`, `-10?2u`, `3.56??d`, `2.5?3e7` | about: with an uncertainty in units of the last place |
  ///
  /// An uncertainty without digits is one half, `??` unbounded; `u` is upward and `d` downward only.
  ///
  /// Letters may be of either case, and spaces may stand around numbers and brackets. Numbers are exact as written, and
  /// the ends are rounded outward once.
  ///
  /// - Throws: ``IntervalTextError`` for anything else, with the column; for ends out of order; for exponents of more
  ///   than 10 digits; and for huge numbers of different kinds, such as a decimal and a hexadecimal one, that cannot be
  ///   told apart.
  public init(text: some StringProtocol, precision: Int) throws(IntervalTextError) {
    var literal = IntervalLiteral(text)
    self = try literal.interval(precision: precision)
  }

  /// The ends as decimals of a number of significant digits, rounded outward: a literal that holds this set.
  ///
  /// Exact when the ends have no more digits than asked for.
  public func text(digits: Int) -> String {
    if isEmpty { return "[empty]" }
    let low = lower.decimal(digits: digits, rounding: .down).map(\.description) ?? "-inf"
    let high = upper.decimal(digits: digits, rounding: .up).map(\.description) ?? "inf"
    return "[\(low), \(high)]"
  }

  /// The ends as hexadecimal numbers: a literal of exactly this set.
  public var exactText: String {
    isEmpty ? "[empty]" : "[\(lower.hexadecimal), \(upper.hexadecimal)]"
  }
}

extension Interval: CustomStringConvertible {
  /// The ends as outward rounded decimals of 20 digits, for messages; `[empty]` and `inf` as in IEEE 1788.
  public var description: String { text(digits: 20) }
}

/// Why a text is no interval literal.
public struct IntervalTextError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The place, counted in characters from 1.
  public let column: Int
  /// What is wrong there, and what is accepted.
  public let message: String

  /// The column and the message.
  public var description: String { "column \(column): \(message)" }
}
