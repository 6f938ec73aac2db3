import ArbitraryPrecision

/// The hull of Gershgorin's discs of a Hermitian matrix, which holds its spectrum: each row has a disc around its
/// diagonal element with the sum of the other magnitudes as radius.
public struct DiscHull {
  /// The hull so far; nil before the first row.
  public private(set) var range: Interval?

  /// The hull of no disc.
  public init() {}

  /// Adds a row.
  ///
  /// - Parameter radius: at least the sum of the magnitudes off the diagonal.
  public mutating func add(center: Interval, radius: BigFloat) {
    let disc = radius.isZero ? center : center + .ball(radius)
    range = range.map { $0.hull(disc) } ?? disc
  }
}
