/// Operations with exact integers.
extension Interval {
  /// The enclosure of all sums with an exact integer.
  public static func + (a: Interval, b: Int) -> Interval { a + Interval(b, precision: max(a.precision, 64)) }

  /// The enclosure of all differences with an exact integer.
  public static func - (a: Interval, b: Int) -> Interval { a - Interval(b, precision: max(a.precision, 64)) }

  /// The enclosure of all differences from an exact integer.
  public static func - (a: Int, b: Interval) -> Interval { Interval(a, precision: max(b.precision, 64)) - b }

  /// The enclosure of all products with an exact integer.
  public static func * (a: Int, b: Interval) -> Interval { Interval(a, precision: max(b.precision, 64)) * b }

  /// The enclosure of all sums with an exact integer.
  public static func + (a: Int, b: Interval) -> Interval { b + a }

  /// The enclosure of all quotients of an exact integer.
  public static func / (a: Int, b: Interval) -> Interval { Interval(a, precision: max(b.precision, 64)) / b }

  /// The enclosure of all quotients by an exact integer.
  public static func / (a: Interval, b: Int) -> Interval { a / Interval(b, precision: max(a.precision, 64)) }
}
