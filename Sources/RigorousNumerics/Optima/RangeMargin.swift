import ArbitraryPrecision

/// The least margin over a range of a function that is known at points, and from below on pieces between two of them.
///
/// The range is cut until what is shown of each piece is at least a sixteenth of the margin at its ends where that is
/// above zero, and twice that where it is below: enough to tell the sign, and no sharper.
public enum RangeMargin {
  /// An enclosure of the least margin; nil where a piece cannot be cut further.
  ///
  /// - Parameters:
  ///   - first: the point where the range begins.
  ///   - last: the point where it ends.
  ///   - margin: an enclosure of the margin at a point.
  ///   - middle: a point between two; nil where they are too near.
  ///   - lowerBound: a number that the margin is not below on the piece between two points, at least `goal` if
  ///     possible; nil where nothing is shown.
  /// - Throws: ``Unanswered`` when the time is over, and what the functions throw.
  public static func least<Point>(
    from first: Point, to last: Point, margin: (Point) -> Interval, middle: (Point, Point) throws -> Point?,
    lowerBound: (_ a: Point, _ b: Point, _ goal: Interval) throws -> Interval?, within budget: Budget
  ) throws -> Interval? {
    var (shown, found) = (BigFloat.infinity(precision: 64), margin(first).minimum(margin(last)))
    var open = [(first, last)]
    while let (a, b) = open.popLast() {
      try budget.check()
      let least = margin(a).minimum(margin(b))
      let goal = Interval(least.scaled(byPowerOfTwo: least.lower.signum > 0 ? -4 : 1).lower)
      if let lowerBound = try lowerBound(a, b, goal), goal.isAtMost(lowerBound) == .certainlyTrue {
        shown = min(shown, lowerBound.lower)
        continue
      }
      guard let point = try middle(a, b) else { return nil }
      found = found.minimum(margin(point))
      open += [(point, b), (a, point)]
    }
    return Interval(min(shown, found.upper), found.upper)
  }

  /// A number in the middle of the logarithms of two positive ones; nil where they are within a part of the second.
  public static func middle(_ a: Interval, _ b: Interval, leastRelativeWidth: Rational) -> Interval? {
    let least = Interval(leastRelativeWidth, precision: 64)
    guard let middle = (a * b).squareRoot.midpoint.map({ Interval($0) }), a.strictlyPrecedes(middle),
      middle.strictlyPrecedes(b), ((b - a) / b).isLess(than: least) != .certainlyTrue
    else { return nil }
    return middle
  }
}
