extension Interval {
  /// The least interval that contains both.
  public func hull(_ other: Interval) -> Interval {
    let p = max(precision, other.precision)
    if isEmpty { return other.rounded(to: p) }
    if other.isEmpty { return rounded(to: p) }
    return Interval(unchecked: .least(lower, other.lower), .greatest(upper, other.upper)).rounded(to: p)
  }

  /// The numbers that are in both.
  public func intersection(_ other: Interval) -> Interval {
    let p = max(precision, other.precision)
    guard !isEmpty, !other.isEmpty else { return .empty(precision: p) }
    let low = BigFloat.greatest(lower, other.lower)
    let high = BigFloat.least(upper, other.upper)
    return low <= high ? Interval(unchecked: low, high).rounded(to: p) : .empty(precision: p)
  }
}

/// Comparisons of the unknown numbers that two enclosures hold. An empty enclosure decides nothing.
extension Interval {
  /// Whether the enclosed number is less than the other one.
  public func isLess(than other: Interval) -> Decision {
    if upper < other.lower { return .certainlyTrue }
    if lower >= other.upper { return .certainlyFalse }
    return .undecided
  }

  /// Whether the enclosed number is at most the other one.
  public func isAtMost(_ other: Interval) -> Decision {
    if upper <= other.lower { return .certainlyTrue }
    if lower > other.upper { return .certainlyFalse }
    return .undecided
  }

  /// Whether the enclosed numbers are equal.
  public func isEqual(to other: Interval) -> Decision {
    guard !isEmpty, !other.isEmpty else { return .undecided }
    if isDisjoint(from: other) { return .certainlyFalse }
    return isPoint && other.isPoint ? .certainlyTrue : .undecided
  }

  /// Minus one, zero or one when the sign of the enclosed number is certain, else nil.
  public var certainSign: Int? {
    guard !isEmpty else { return nil }
    if lower.signum > 0 { return 1 }
    if upper.signum < 0 { return -1 }
    return lower.signum == 0 && upper.signum == 0 ? 0 : nil
  }
}
