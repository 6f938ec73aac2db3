import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The greatest R over a range of g/w0, at one classical phase.
///
/// With o = w0/g and times in units of 1/g, R = S(N) T(1)/(N^(3/2) S(1) T(N)): S is the greatest <k>/x of the quantum
/// battery, T the greatest (1 + n_z)/s of the classical one, functions of o alone. Between two places a and b of o, d
/// apart, an energy at a fixed time is within c = d^2/8 times ``FrequencyCurvature`` of its chord. So with u from 0 to
/// 1
///
/// - S(N) and T(1) are at most (1 - u) S(a) + u S(b) + c, with c at the time X beyond which no energy over X reaches
///   the lesser of S(a) and S(b);
/// - S(1) and T(N) are at least (1 - u) p(a) + u p(b) - c, p being the power at one time, and c at this time.
///
/// The logarithm of the quotient of these four is at most its greater end and what its two concave parts can be above
/// their chords: a logarithm of a line from A to B at most (B - A)^2/(8 min(A, B)^2).
struct DickeRatioRange {
  private let cells: Int
  private let phase: Constant
  private let budget: Budget
  private let (rising, falling): ([any PowerOverFrequency], [any PowerOverFrequency])
  private static let bits = 64
  /// Pieces are not cut below this part of their ends.
  private static let leastPiece = Rational(1, 1_000_000_000)

  /// The limit on the cells.
  static let cellsLimit = Limit.integer(
    .cells, atMost: 20, because: "the range is cut into more pieces the more cells there are")

  /// The greatest R for g/w0 in the range of the parameters.
  static func greatest(_ arguments: Arguments, _ precision: Int, within budget: Budget) throws -> Interval {
    guard let n = Int(exactly: arguments[.cells]) else { throw cellsLimit.exceeded }
    if n == 1 { return Interval(1, precision: precision) }
    return try known.value(arguments, precision) { try greatest(arguments, cells: n, within: budget) }
  }

  private static let known = SideOfOne()

  private static func greatest(_ arguments: Arguments, cells n: Int, within budget: Budget) throws -> Interval {
    let range = DickeRatioRange(cells: n, phase: arguments[.phase], within: budget)
    let first = try range.place(over: arguments[.rangeEnd])
    let last = try range.place(over: arguments[.rangeStart])
    let margin = try RangeMargin.least(
      from: first, to: last, margin: { 1 - $0.ratio }, middle: range.middle,
      lowerBound: { a, b, _ in try range.share(a, b) }, within: budget)
    return margin.map { 1 - $0 } ?? .entire(precision: bits)
  }

  private init(cells: Int, phase: Constant, within budget: Budget) {
    (self.cells, self.phase, self.budget) = (cells, phase, budget)
    rising = [QuantumPower(cells: cells), ClassicalPower(cells: 1)]
    falling = [QuantumPower(cells: 1), ClassicalPower(cells: cells)]
  }

  /// What is known at an o: the greatest powers that R rises and falls with, a time for each of the second, and R.
  private struct Place {
    let arguments: Arguments
    let frequency: Interval
    let above: [Interval]
    let times: [Interval]
    let ratio: Interval
  }

  private func place(over ratio: Constant) throws -> Place { try place(Constant(.number(1) / ratio.expression)) }

  private func place(_ frequency: Constant) throws -> Place {
    let arguments = try Arguments(
      settings: [
        .set(.cells, to: Integer(cells)), .set(.frequency, to: frequency), .set(.coupling, to: Constant(Rational(1))),
        .set(.phase, to: phase),
      ], for: DickeQuantities.ratio)
    let above = try rising.map { try $0.greatest(arguments, within: budget) }
    let below = try falling.map { try $0.greatest(arguments, within: budget) }
    return Place(
      arguments: arguments, frequency: arguments.enclosure(.frequency, DickeRatioRange.bits), above: above,
      times: try falling.map { try $0.time(arguments, within: budget) }, ratio: ratio(above, below))
  }

  private func ratio(_ above: [Interval], _ below: [Interval]) -> Interval {
    let n = Interval(cells, precision: DickeRatioRange.bits)
    return above[0] * above[1] / (n * n.squareRoot * below[0] * below[1])
  }

  private func middle(_ a: Place, _ b: Place) throws -> Place? {
    let middle = RangeMargin.middle(a.frequency, b.frequency, leastRelativeWidth: DickeRatioRange.leastPiece)
    return try middle?.lower.rational.map { try place(Constant($0)) }
  }

  /// At most 1 - R on a piece; nil where the powers that R falls with are not shown to be above zero.
  private func share(_ a: Place, _ b: Place) throws -> Interval? {
    let eighth = (b.frequency - a.frequency).squared.scaled(byPowerOfTwo: -3)
    let above = rising.indices.map { k in
      let last = rising[k].greatestEnergy / a.above[k].minimum(b.above[k])
      let c = eighth * rising[k].curvature(until: last)
      return [a.above[k] + c, b.above[k] + c]
    }
    let below = try falling.indices.map { k in
      let time = a.times[k]
      let c = eighth * falling[k].curvature(until: time)
      return try [a, b].map { try falling[k].power($0.arguments, at: time, within: budget) - c }
    }
    guard below.allSatisfy({ $0.allSatisfy { $0.lower.signum > 0 } }) else { return nil }
    let ends = [0, 1].map { end in ratio(above.map { $0[end] }, below.map { $0[end] }) }
    let bent = above.map { (($0[1] - $0[0]) / $0[0].minimum($0[1])).squared }
    let arch = (bent[0] + bent[1]).scaled(byPowerOfTwo: -3).exponential
    return 1 - ends[0].maximum(ends[1]) * arch
  }
}
