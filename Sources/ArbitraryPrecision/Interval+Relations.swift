/// Relations of two sets of numbers, as IEEE 1788-2015 defines them (its table 10.7 gives the names in brackets).
///
/// They are exact and answer `Bool`, since they ask about the sets themselves. What they say of the unknown numbers
/// that the sets enclose is another question: ``isLess(than:)`` and its kin answer that with a ``Decision``. Precision
/// does not matter.
extension Interval {
  /// Whether both hold the same numbers (equal).
  public func isSameSet(as other: Interval) -> Bool {
    isEmpty ? other.isEmpty : lower == other.lower && upper == other.upper
  }

  /// Whether every member of this set is a member of another (subset).
  public func isSubset(of other: Interval) -> Bool {
    isEmpty || (other.lower <= lower && upper <= other.upper)
  }

  /// Whether this set lies in the interior of another (interior): both ends are strictly inside, or unbounded on both.
  public func isInterior(to other: Interval) -> Bool {
    isEmpty || (other.isBelow(lower) && other.isAbove(upper))
  }

  /// Whether no number is in both (disjoint).
  public func isDisjoint(from other: Interval) -> Bool {
    isEmpty || other.isEmpty || upper < other.lower || other.upper < lower
  }

  /// Whether for each member of either set the other has one on the right side: ends ordered by <= (less).
  public func isWeaklyLess(than other: Interval) -> Bool {
    isEmpty && other.isEmpty || lower <= other.lower && upper <= other.upper
  }

  /// Whether ends are ordered by <, common infinities aside (strictLess).
  public func isStrictlyLess(than other: Interval) -> Bool {
    isEmpty && other.isEmpty || Interval.isBelow(lower, other.lower) && Interval.isBelow(upper, other.upper)
  }

  /// Whether every member is at most every member of the other (precedes).
  public func precedes(_ other: Interval) -> Bool {
    isEmpty || other.isEmpty || upper <= other.lower
  }

  /// Whether every member is less than every member of the other (strictPrecedes).
  public func strictlyPrecedes(_ other: Interval) -> Bool {
    isEmpty || other.isEmpty || upper < other.lower
  }

  /// Whether one end is below another, or both are the same infinity: no member reaches an infinite end.
  private static func isBelow(_ x: BigFloat, _ y: BigFloat) -> Bool {
    x < y || x.isInfinite && x == y
  }

  private func isBelow(_ x: BigFloat) -> Bool { Interval.isBelow(lower, x) }

  private func isAbove(_ x: BigFloat) -> Bool { Interval.isBelow(x, upper) }
}
