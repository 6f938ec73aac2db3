import ArbitraryPrecision
import RigorousNumerics

/// Quantities of a range whose enclosures tell on which side of one they are, and are not sharpened beyond that.
///
/// ``RangeMargin`` shows at least a sixteenth of the distance from one that is found at points: the enclosure is as
/// wide as the rest of it.
public struct SideOfOne: Sendable {
  private let known = KnownMaxima<Arguments, Interval>(capacity: 64)

  /// Nothing is known yet.
  public init() {}

  /// The limit on the accuracy.
  public static let limit = Limit(
    [.digits], "the side of one that the value is on", because: "the range is cut into pieces until that is known")

  /// The enclosure, found once: more bits give no other one. Beyond those of any such question the limit is met at
  /// once.
  public func value(_ arguments: Arguments, _ precision: Int, _ find: () throws -> Interval) throws -> Interval {
    guard precision <= 1024 else { throw SideOfOne.limit.exceeded }
    return try known.value(for: arguments, find)
  }
}
