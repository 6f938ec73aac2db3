import ArbitraryPrecision
import RigorousNumerics

/// The states |m, k> of m = 0 ... M photons and k excitations of N spins with m + k - N even: the parity sector of N
/// photons.
///
/// There H - N w0 is real symmetric with the diagonal w0 (m + k - N) and the elements g sqrt(m + 1) sqrt((k + 1)(N -
/// k)) between |m, k> and
/// |m + 1, k + 1>, and g sqrt(m + 1) sqrt(k (N - k + 1)) between |m, k> and |m + 1, k - 1>.
/// Real and imaginary part of psi = x + i y obey x' = H y, y' = -H x: a skew flow. State s has the elements 2s and 2s +
/// 1, and states are ordered by photons, so that a sector with more photons only adds elements.
struct DickeSector {
  let cells: Int
  /// M.
  let photons: Int
  /// The first state of each number of photons, and of M + 1.
  private let starts: [Int]

  init(_ cells: Int, photons: Int) {
    self.cells = cells
    self.photons = photons
    var starts = [0]
    for m in 0...photons { starts.append(starts[m] + (cells - (m + cells) % 2) / 2 + 1) }
    self.starts = starts
  }

  /// The number of elements of the flow.
  var dimension: Int { 2 * starts[photons + 1] }

  /// The element of |N, 0>.
  var start: Int { 2 * index(cells, 0) }

  /// The elements with m photons.
  func elements(_ m: Int) -> Range<Int> { 2 * starts[m]..<2 * starts[m + 1] }

  /// The excitations of each element.
  var weights: [Int] { (0...photons).flatMap { excitations($0).flatMap { [$0, $0] } } }

  private func excitations(_ m: Int) -> StrideThrough<Int> { stride(from: (m + cells) % 2, through: cells, by: 2) }

  private func index(_ m: Int, _ k: Int) -> Int { starts[m] + (k - (m + cells) % 2) / 2 }

  /// The flow of H - w0 N, which has the mean zero in the start and so the least spread.
  func flow(coupling g: Interval, frequency w0: Interval, within budget: Budget) throws -> SkewFlow {
    let bits = max(g.precision, w0.precision)
    let roots = (0...photons).map { g * Interval($0 + 1, precision: bits).squareRoot }
    let ladder = (0..<cells).map { Interval(($0 + 1) * (cells - $0), precision: bits).squareRoot }
    var couplings: [SkewFlow.Coupling<Interval>] = []
    for m in 0...photons {
      try budget.check()
      for k in excitations(m) {
        let here = 2 * index(m, k)
        let diagonal = m + k - cells
        if diagonal != 0 { couplings.append(.init(row: here, column: here + 1, diagonal * w0)) }
        guard m < photons else { continue }
        for next in [k - 1, k + 1] where next >= 0 && next <= cells {
          let there = 2 * index(m + 1, next)
          let value = roots[m] * ladder[min(k, next)]
          couplings.append(.init(row: here, column: there + 1, value))
          couplings.append(.init(row: there, column: here + 1, value))
        }
      }
    }
    return SkewFlow(dimension: dimension, real: couplings)
  }
}
