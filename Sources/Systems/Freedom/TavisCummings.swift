import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics

/// N cells charged by a coherent mode, H = g (a J+ + a' J-), at the first full flip tau = pi/(2 g sqrt(nbar)); all
/// cells start down.
///
/// H keeps the number n of excitations of mode and cells. The mode's state sum of c_n |n>, c_n^2 = e^-nbar nbar^n/n!,
/// puts the amplitude c_n on the sector n with the states |n - m photons, m excited cells>, m = 0 ... min(n, N).
/// Between m and m + 1 H has the element g sqrt(n - m) sqrt((m + 1)(N - m)), so the amplitudes are c_n (-i)^m x_n(m)
/// with a real rotation x_n' = A_n x_n, x_n(0) = 1. After that phase of the states |m> the cells' state is real,
///
///     rho(m, m') = sum over q of y_q(m) y_q(m'),      y_q(m) = c_(q+m) x_(q+m)(m),      q the number of photons left.
///
/// Of q in q0 ... q1 alone the sum is rho' with rho - rho' >= 0, a sum of squares: with d = 1 - Tr rho' the greatest
/// eigenvalue grows by 0 to d and the energy by 0 to N d. Nothing is asked of the tail of the photons but that it is
/// small (`docs/freedom.md`, "Photons left out").
struct TavisCummings {
  /// What the state of the cells gives.
  struct Figures: Sendable {
    /// e, the mean number of excited cells.
    let energy: Interval
    /// The greatest eigenvalue L.
    let largest: Interval
    /// 1 - R = (1 - L)/e.
    var deficit: Interval { (1 - largest) / energy }
  }

  let cells: Int
  let photons: Interval
  let bits: Int
  /// The numbers of excitations that are kept, q0 ... q1 + N.
  let sectors: ClosedRange<Int>

  /// All that the figures depend on.
  private struct Key: Hashable {
    let system: Arguments
    let precision: Int
    let isInterpolating: Bool
  }

  private static let known = KnownMaxima<Key, Figures>()

  /// The figures at the parameters, to about so many relative bits of 1 - L.
  static func figures(
    _ arguments: Arguments, _ precision: Int, isInterpolating: Bool, within budget: Budget
  ) throws -> Figures {
    let key = Key(
      system: arguments.restricted(to: [.meanPhotons], integers: [.cells]), precision: precision,
      isInterpolating: isInterpolating)
    return try known.value(for: key) {
      try TavisCummings(key.system, key.precision).figures(isInterpolating: key.isInterpolating, within: budget)
    }
  }

  /// The greatest number of products of amplitudes that are summed.
  private static let greatestCost = 2e10
  /// The greatest number of sectors: each has an amplitude in memory.
  private static let greatestSectors = 4e6

  private static let cellsLimit = Limit.integer(
    .cells, atMost: 256, because: "the state of the cells has N + 1 dimensions")
  private static let photonsLimit = Limit.real(
    .meanPhotons, from: "1e-9", to: "1e18",
    because: "the rotation takes about N/sqrt(nbar) steps, and every number of photons near the mean is a sector")
  private static let sectorsLimit = Limit(
    [.of(.meanPhotons), .digits], "4000000 sectors", because: "they are about sqrt(nbar) times the root of the digits")
  private static let costLimit = Limit(
    [.of(.cells), .of(.meanPhotons), .digits], "2e10 products of amplitudes",
    because: "each sector takes (N + 1)^2/2 of them")
  /// The limits of both routes by sectors.
  static let limits = [cellsLimit, photonsLimit, sectorsLimit, costLimit]

  init(_ arguments: Arguments, _ precision: Int) throws {
    let nbar = arguments.enclosure(.meanPhotons, 64)
    let mean = nbar.upper.double(rounding: .up)
    guard let n = Int(exactly: arguments[.cells]), n <= 256 else {
      throw TavisCummings.cellsLimit.exceeded
    }
    guard mean <= 1.001e18 else { throw TavisCummings.photonsLimit.exceeded }
    guard mean >= 0.999e-9 else { throw TavisCummings.photonsLimit.exceeded }
    cells = n
    // 1 - L is about N/nbar, or for few photons about nbar^2: bits in advance for such a difference from one.
    bits = precision + 2 * Int(abs(log2(mean)).rounded(.up)) + 24
    // Chernoff's bounds exp(-x^2/(2 nbar + 2x/3)) above and exp(-x^2/(2 nbar)) below tell where to stop: a guess, the
    // trace tells what was lost.
    let nats = Double(bits) * log(2)
    let above = nats / 3 + (nats * nats / 9 + 2 * mean * nats).squareRoot()
    let below = (2 * mean * nats).squareRoot()
    let cost = (above + below + Double(n)) * Double(n + 1) * Double(n + 1) / 2
    guard above + below <= TavisCummings.greatestSectors else { throw TavisCummings.sectorsLimit.exceeded }
    guard cost <= TavisCummings.greatestCost else { throw TavisCummings.costLimit.exceeded }
    let first = max(Int((mean - below).rounded(.down)) - n, 0)
    sectors = first...max(Int((mean + above).rounded(.up)), first) + n + 1
    photons = arguments.enclosure(.meanPhotons, bits + 96)
  }

  /// g tau = pi/(2 sqrt(nbar)).
  var time: Interval { Interval.pi(precision: bits + 96).scaled(byPowerOfTwo: -1) / photons.squareRoot }

  /// The rotation x' = A x of a sector with n >= m excitations for every m < the dimension; n need not be an integer.
  func amplitudes(_ n: Interval, dimension: Int, within budget: Budget) throws(Unanswered) -> FlowState {
    let precision = bits + 64
    let couplings = (0..<dimension - 1).map { m -> SkewFlow.Coupling<Interval> in
      let ladder = Interval((m + 1) * (cells - m), precision: precision)
      return .init(row: m + 1, column: m, ((n - m) * ladder).squareRoot)
    }
    let flow = SkewFlow(dimension: dimension, real: couplings)
    return try flow.evolved(.unit(0, dimension: dimension), for: time, bits: bits + 8, within: budget)
  }

  /// L and e of the cells' state.
  func figures(isInterpolating: Bool, within budget: Budget) throws -> Figures {
    let rotations = try SectorRotations(self, isInterpolating: isInterpolating, within: budget)
    var sum = try SectorSum(self, within: budget)
    for n in sectors {
      if n % 16 == 0 { try budget.check() }
      try sum.add(rotations.amplitudes(n, within: budget))
    }
    return try sum.figures(within: budget)
  }
}

extension ClosedRange<Int> {
  /// The range with another upper end.
  fileprivate static func + (range: ClosedRange<Int>, more: Int) -> ClosedRange<Int> {
    range.lowerBound...range.upperBound + more
  }
}
