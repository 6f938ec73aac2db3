import ArbitraryPrecision
import RigorousNumerics

/// The least value of N (1 - R) in the steady state, over a range of x = F/g.
///
/// N (1 - R) = 2 (1 - l) with the largest eigenvalue l of rho(x) = (D + R D R)/2, D the sum over j of P_j |0><0| P_j with the projectors P_j onto the eigenvectors of B(x) = R A/g. On a range from a to b
///
///     l(x) <= max(l(a), l(b)) + (b - a)^2/8 |D''|,
///
/// as rho is within (b - a)^2/8 times its second derivative of the chord, and the largest eigenvalue is a convex function of a matrix. |D''| <= 4 pi^2/gap^2, gap being the least distance
/// of two eigenvalues of B (docs/star.md, "Second derivative"); it falls by 2 (b - a) at most on the range, as B' = R has norm 1.
struct StarRange {
  private let cells: Int
  private let budget: Budget
  /// Values are enclosed with these bits.
  private static let bits = 80
  /// The slack of a piece that is not cut further, as a part of |1/2 - l|.
  private static let slackExponent = -3

  /// An end of a piece: the largest eigenvalue, and the least distance between eigenvalues of B.
  private struct End {
    let x: Interval
    let eigenvalue: Interval
    let gap: BigFloat
  }

  init(cells: Int, within budget: Budget) {
    (self.cells, self.budget) = (cells, budget)
  }

  /// The least value for x in the range of the parameters.
  ///
  /// - Throws: `Budget.Exhausted` when more than a first round of refinement is asked for.
  static func least(_ arguments: Arguments, _ precision: Int, within budget: Budget) throws -> Interval {
    guard let n = Int(exactly: arguments.integer("N")), n <= StarBattery.greatestCells else {
      throw Budget.Exhausted(
        reason: "a matrix of N + 1 rows is diagonalised; this is limited to N <= \(StarBattery.greatestCells)")
    }
    let (low, high) = (arguments.enclosure("from", 256), arguments.enclosure("to", 256))
    guard low.isAtMost(high) != .certainlyFalse else {
      throw BadInput("parameter to: it is below from; accepted: from <= to")
    }
    guard precision <= 128 else {
      throw Budget.Exhausted(reason: "the least value over a range is enclosed to an eighth of its distance from one")
    }
    return try StarRange(cells: n, within: budget).least(from: low, to: high)
  }

  private func end(_ x: Interval) throws -> End? {
    let one = Interval(1, precision: x.precision)
    guard let blocks = try StarBlocks(cells: cells, drive: x, coupling: one, within: budget) else { return nil }
    let state = try StarState(dephased: blocks, cells: cells, precision: StarRange.bits, within: budget)
    let value = try state.largestEigenvalue(within: budget)
    let gap = zip(blocks.couplings, blocks.couplings.dropFirst()).map { ($1 - $0).lower }
      .reduce(BigFloat.infinity(precision: 64)) { min($0, $1) }
    return End(x: x, eigenvalue: value, gap: gap)
  }

  /// An upper bound of l on a piece.
  private func bound(_ a: End, _ b: End) -> Interval {
    let length = (b.x - a.x).rounded(to: 64)
    let gap = Interval(max(a.gap, b.gap)).rounded(to: 64) - 2 * length
    guard gap.lower.signum > 0 else { return .entire(precision: 64) }
    let curvature = (length * Interval.pi(precision: 64) / gap).squared.scaled(byPowerOfTwo: -1)
    return a.eigenvalue.maximum(b.eigenvalue) + curvature
  }

  /// The least value for x from a to b: above one where that can be shown, and elsewhere enclosed to an eighth of its distance from one.
  func least(from low: Interval, to high: Interval) throws -> Interval {
    guard let first = try end(low), let last = try end(high) else { return .entire(precision: 64) }
    var greatest = first.eigenvalue.maximum(last.eigenvalue)
    var above = greatest.upper
    let half = Interval(Rational(1, 2), precision: 64)
    var open = [(first, last)]
    while let (a, b) = open.popLast() {
      try budget.check()
      let bound = bound(a, b)
      // Below 1/2, which is what one asks for, no more is wanted; otherwise a part of the distance from it.
      let slack = (half - greatest).absoluteValue.scaled(byPowerOfTwo: StarRange.slackExponent)
      if bound.isLess(than: half) == .certainlyTrue || (bound - greatest).isAtMost(slack) == .certainlyTrue {
        above = max(above, bound.upper)
        continue
      }
      // In the middle of logarithms as long as the ends differ much.
      let middle = (a.x * b.x).squareRoot.midpoint.map { Interval($0) }
      guard let middle, a.x.strictlyPrecedes(middle), middle.strictlyPrecedes(b.x), let end = try end(middle) else {
        return .entire(precision: 64)
      }
      greatest = greatest.maximum(end.eigenvalue)
      open.append((end, b))
      open.append((a, end))
    }
    guard let value = Interval(greatest.lower, above) else { return .entire(precision: 64) }
    return 2 * (1 - value)
  }
}
