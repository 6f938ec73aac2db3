import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The least value of N (1 - R) in the steady state, over a range of x = F/g.
///
/// N (1 - R) = 2 (1 - l) with the largest eigenvalue l of rho = (D + R D R)/2, D the sum over j of p_j v_j v_j'. On the
/// even and on the odd vectors rho is the sum of p_j e_j e_j', e_j the part of v_j there, which has the eigenvalues of
/// the matrix
///
///     G_jk = sqrt(p_j p_k) (d_jk +- R_jk)/2,      R_jk = v_j' R v_k
///
/// and zeros. For small x one weight p_0 is near one. With q = 1 - p_0, the sum of the others, its row has the squares
/// sum over k of p_0 p_k R_0k^2/4 <= p_0 q r/4 for r the greatest R_0k^2, and the rest of G is at most the greatest of
/// the other weights, p, as (1 +- R)/2 is a projector. So all eigenvalues are below 1/2 - s for s <= q/16 if, by
/// Schur's complement divided by q,
///
///     (1/2 - p_0 |R_00|/(2 q) - 1/16)(1/2 - q/16 - p) > p_0 r/4,
///
/// in which nothing cancels: it is shown for all x of a wide piece at once.
///
/// Elsewhere chords serve. On a range from a to b rho is within (b - a)^2/8 |rho''| of the chord, and the largest
/// eigenvalue is a convex function of a matrix, so
///
///     l(x) <= max(l(a), l(b)) + (b - a)^2/8 |rho''|,      |rho''| <= 4 pi^2/gap^2,
///
/// gap being the least distance of two mu_j (docs/star.md, "Second derivative"). As R A has the derivative R in x, of
/// norm 1, it falls by 2 (b - a) at most.
struct StarRange {
  private let cells: Int
  private let budget: Budget
  private static let bits = 80
  /// Pieces are not cut below this part of their ends.
  private static let leastPiece = Rational(1, 1_000_000_000_000)

  private static let known = SideOfOne()

  /// The least value for x in the range of the parameters.
  ///
  /// - Throws: `Unanswered` when more than a first round of refinement is asked for.
  static func least(_ arguments: Arguments, _ precision: Int, within budget: Budget) throws -> Interval {
    let n = try StarBattery.cells(arguments)
    let (low, high) = (arguments.enclosure(.rangeStart, bits), arguments.enclosure(.rangeEnd, bits))
    return try known.value(arguments, precision) {
      try StarRange(cells: n, within: budget).least(from: low, to: high)
    }
  }

  private init(cells: Int, within budget: Budget) {
    (self.cells, self.budget) = (cells, budget)
  }

  private func blocks(_ x: Interval) throws -> StarBlocks? {
    try StarBlocks(cells: cells, drive: x, coupling: Interval(1, precision: StarRange.bits), within: budget)
  }

  /// An end of a piece: 1/2 - l, and the least distance of two mu_j.
  private struct End {
    let x: Interval
    let margin: Interval
    let gap: Interval
  }

  private func end(_ x: Interval) throws -> End? {
    guard let blocks = try blocks(x) else { return nil }
    let state = try StarState(dephased: blocks, cells: cells, precision: StarRange.bits, within: budget)
    let value = try state.largestEigenvalue(within: budget)
    let gaps = zip(blocks.couplings, blocks.couplings.dropFirst()).map { $1 - $0 }
    return End(
      x: x, margin: Interval(Rational(1, 2), precision: StarRange.bits) - value,
      gap: gaps.dropFirst().reduce(gaps[0]) { $0.minimum($1) })
  }

  /// Pieces of the range, each with a share of the margin at its ends shown for all of it.
  private func least(from low: Interval, to high: Interval) throws -> Interval {
    guard let first = try end(low), let last = try end(high) else { return .entire(precision: 64) }
    let least = try RangeMargin.least(
      from: first, to: last, margin: \.margin, middle: middle,
      lowerBound: { a, b, goal in
        // The chord costs nothing more; blocks for the whole piece are found only where it does not serve.
        let share = chord(a, b)
        if goal.isAtMost(share) == .certainlyTrue { return share }
        return isSmall(b.x) ? try weak(a.x.hull(b.x)) : nil
      }, within: budget)
    return least.map { 1 + $0.scaled(byPowerOfTwo: 1) } ?? .entire(precision: 64)
  }

  /// The end in the middle; nil where a piece is too short to be cut.
  private func middle(_ a: End, _ b: End) throws -> End? {
    try RangeMargin.middle(a.x, b.x, leastRelativeWidth: StarRange.leastPiece).flatMap(end)
  }

  /// At least 1/2 - l on a piece, by its chord.
  private func chord(_ a: End, _ b: End) -> Interval {
    let length = b.x - a.x
    let gap = a.gap.maximum(b.gap) - 2 * length
    guard gap.lower.signum > 0 else { return .entire(precision: 64) }
    let curvature = (length * Interval.pi(precision: 64) / gap).squared.scaled(byPowerOfTwo: -1)
    return Interval((a.margin.minimum(b.margin) - curvature).lower)
  }

  /// Whether the bound for a weak drive is worth a try.
  private func isSmall(_ x: Interval) -> Bool { x.isLess(than: Interval(2, precision: 64)) == .certainlyTrue }

  /// At least 1/2 - l on a piece with one large weight; nil where that is not shown.
  private func weak(_ x: Interval) throws -> Interval? {
    guard let blocks = try blocks(x) else { return nil }
    let places = blocks.weights.indices.sorted { blocks.weights[$0].upper > blocks.weights[$1].upper }
    guard let large = places.first, places.count > 1 else { return nil }
    func overlap(_ k: Int) -> Interval {
      zip(blocks.vectors[large], blocks.vectors[k].reversed()).reduce(Interval(0, precision: StarRange.bits)) {
        $0 + $1.0 * $1.1
      }
    }
    let zero = Interval(0, precision: StarRange.bits)
    let others = places.dropFirst()
    let q = others.reduce(zero) { $0 + blocks.weights[$1] }
    let p = others.reduce(zero) { $0.maximum(blocks.weights[$1]) }
    let r = others.reduce(zero) { $0.maximum(overlap($1).squared) }
    let half = Interval(Rational(1, 2), precision: StarRange.bits)
    let sixteenth = Interval(Rational(1, 16), precision: StarRange.bits)
    let first = half - (overlap(large).absoluteValue / q).scaled(byPowerOfTwo: -1) - sixteenth
    let second = half - q * sixteenth - p
    guard first.lower.signum > 0, second.lower.signum > 0,
      (first * second - r.scaled(byPowerOfTwo: -2)).certainSign == 1
    else { return nil }
    return Interval((q * sixteenth).lower)
  }
}
