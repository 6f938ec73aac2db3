import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// How fast models of bosons come to rest, by their moments.
extension FigureEvaluation {
  /// Minus the greatest real part of the generator's eigenvalues other than zero, on the elements that the start
  /// reaches, or, where these have no end, on the words of letters that it moves; nil without jumps.
  mutating func spectralGap() throws -> Interval? {
    do {
      return try evolution.gap()
    } catch let reason as Unanswered {
      guard let gap = try gapOfMoments() else { throw reason }
      return gap
    }
  }

  /// The least rate at which means of words of letters come to rest; nil where the start is no Gaussian state, or the
  /// moments do not close.
  ///
  /// The adjoint generator takes words of a degree to words of no higher one; in the letters less their limits it takes
  /// a product of eigenvectors of the first moments' A, in normal order, to the sum of their eigenvalues times it and
  /// words of two letters less. So its eigenvalues on all words are the sums of the eigenvalues of A, of which the real
  /// parts are at most a < 0, and other than zero they have at most the real part a; 2a where no word of an odd degree
  /// is moved, the means of a group of modes being zero at all times. (On all of trace class there is no gap: under
  /// loss alone populations that fall as n^(-1-s) are eigenvectors with a rate in proportion to s, for all s > 0.)
  private mutating func gapOfMoments() throws -> Interval? {
    guard var moments, moments.isOpen, !moments.isDriven else { return nil }
    let start = try momentStart()
    guard start.isGaussian.allSatisfy(\.self) else { return nil }
    var least: Interval?
    for group in moments.generator.groups {
      try budget.check()
      let path = try moments.path(of: group, from: start)
      guard let own = path.equations.parts.first, !path.isStill else { continue }
      guard !path.hasStillMode else {
        throw Unanswered(
          undecided: "a mode that stays in the vacuum feeds others, so that its rate is none of what the start moves")
      }
      // That it comes to rest.
      _ = try path.limit()
      guard let rate = try MomentFlow.abscissa(own.drift, within: budget), rate.upper.signum < 0 else {
        throw NotToldYet(what: "the rates of the means")
      }
      let isCentred = (path.start.means + own.force).allSatisfy(\.isExactZero)
      let gap = isCentred ? -2 * rate : -rate
      least = least.map { $0.minimum(gap) } ?? gap
    }
    self.moments = moments
    guard let least else { throw Unanswered(undecided: "there is no gap: nothing moves") }
    return least
  }

  /// The trace distance of the whole state from its limit, nil asking for the start: where the state is a product of
  /// coherent ones at all times,
  ///
  ///     D = sqrt(1 - exp(-|d - d'|^2/4)),    |<alpha|beta>|^2 = exp(-|alpha - beta|^2),    d = 2 (Re alpha, Im alpha).
  ///
  /// Nil for other models.
  mutating func coherentDistance() throws -> ((Interval?) throws -> Interval)? {
    guard hasMomentTimes, var moments else { return nil }
    let start = try momentStart()
    guard start.isGaussian.allSatisfy(\.self), start.excess.entries.allSatisfy(\.isExactZero) else { return nil }
    let path = try moments.path(of: Array(0..<point.basis.count), from: start)
    self.moments = moments
    guard let flow = path.flow, flow.noise.entries.allSatisfy(\.isExactZero) else { return nil }
    let limit = try path.limit()
    let precision = point.precision
    return { time in
      let there = try time.map { try path.state(after: $0) } ?? path.start
      let square = zip(there.means, limit.means).reduce(Interval(0, precision: precision)) {
        $0 + ($1.0 - $1.1).squared
      }
      return (-(-square.scaled(byPowerOfTwo: -2)).exponentialMinusOne).nonNegative.squareRoot
    }
  }
}

extension MomentPath {
  /// Whether nothing moves: the vacuum, and nothing takes it away.
  fileprivate var isStill: Bool {
    guard let own = equations.parts.first else { return true }
    return (start.means + own.force + start.excess.entries + own.noise.entries).allSatisfy(\.isExactZero)
  }

  /// Whether some modes stay in the vacuum at all times, as far as zeros tell: nothing moves them, and what feeds them
  /// are such modes alone.
  fileprivate var hasStillMode: Bool {
    guard let own = equations.parts.first else { return false }
    let count = start.means.count
    var still = Set(0..<count / 2)
    func moves(_ row: Int) -> Bool {
      !start.means[row].isExactZero || !own.force[row].isExactZero
        || (0..<count).contains { column in
          !start.excess[row, column].isExactZero || !own.noise[row, column].isExactZero
            || (!own.drift[row, column].isExactZero && !still.contains(column / 2))
        }
    }
    while let moved = still.first(where: { moves(2 * $0) || moves(2 * $0 + 1) }) { still.remove(moved) }
    return !still.isEmpty
  }
}
