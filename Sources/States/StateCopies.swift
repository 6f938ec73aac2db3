import ArbitraryPrecision
import RigorousNumerics

/// The ergotropy of n copies of a state together, over all unitaries of d^n dimensions, with the sum of the
/// Hamiltonians (Alicki and Fannes, Phys. Rev. E 87, 042123, 2013).
///
/// The populations of the copies are the products of n populations, and the levels the sums of n levels, each as often
/// as its factors can be ordered: C(n + d - 1, n) numbers with multinomial multiplicities stand for d^n. The energy is
/// n times that of one, and with c the middle of the spectrum of H
///
///     W_n = n Tr(rho (H - c)) - sum of the populations, falling, times the levels of H - c, rising,
///
/// since the populations add up to one.
package enum StateCopies {
  /// The most different products.
  package static let greatestCount = 20_000

  /// How many products of n of d numbers there are without their order, C(n + d - 1, n); nil when they are more than
  /// ``greatestCount``.
  package static func count(dimension d: Int, copies n: Int) -> Int? {
    var count = 1
    let (small, large) = (min(n, d - 1), max(n, d - 1))
    if small == 0 { return 1 }
    for k in 1...small {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: large + k)
      // C(m + k, k) from C(m + k - 1, k - 1): the quotients are integers, and they rise.
      if isTooLarge { return nil }
      count = product / k
      if count > greatestCount { return nil }
    }
    return count
  }

  /// Numbers that are each taken several times.
  package typealias Weighted = [(value: Interval, count: Integer)]

  /// All results of combining n of some numbers, each of which stands for as many dimensions as it counts, with the
  /// number of dimensions of each.
  static func combined(
    _ values: Weighted, copies n: Int, unit: Interval, _ combine: (Interval, Interval) -> Interval
  ) -> Weighted {
    guard let last = values.last else { return [] }
    var result: Weighted = []
    /// Takes up to `left` more numbers from a place on; `orders` counts the dimensions so far.
    func visit(_ place: Int, _ left: Int, _ value: Interval, _ orders: Integer) {
      if place == values.count - 1 {
        let count = (0..<left).reduce(orders) { x, _ in x * last.count }
        result.append(((0..<left).reduce(value) { x, _ in combine(x, last.value) }, count))
        return
      }
      // C(left, k) places for k of this number.
      var (value, binomial, choices) = (value, Integer(1), Integer(1))
      for k in 0...left {
        visit(place + 1, left - k, value, orders * binomial * choices)
        if k == left { break }
        value = combine(value, values[place].value)
        choices *= values[place].count
        binomial = (binomial * Integer(left - k)).dividedDown(by: Integer(k + 1))
      }
    }
    visit(0, n, unit, 1)
    return result
  }

  /// The numbers in rising order: the i-th least is between the i-th least of the lower and of the upper ends.
  package static func rising(_ values: Weighted) -> Weighted {
    let lower = values.map { (value: $0.value.lower, count: $0.count) }.sorted { $0.value < $1.value }
    let upper = values.map { (value: $0.value.upper, count: $0.count) }.sorted { $0.value < $1.value }
    // Both are as many dimensions: one is put on the other.
    return PassiveFilling.pairs(lower, on: upper.map { (energy: $0.value, count: $0.count) }).map {
      (Interval($0.population, $0.energy) ?? .entire(precision: 64), $0.count)
    }
  }

  /// The ergotropy of the copies.
  package static func ergotropy(
    of state: DensityMatrix, in hamiltonian: HermitianMatrix, copies n: Int, within budget: Budget
  ) throws -> Interval {
    let precision = max(state.matrix.precision, hamiltonian.precision)
    let one = try Ergotropy(of: state, in: hamiltonian, within: budget)
    if n == 1 { return one.value }
    let levels = try HermitianSpectrum(hamiltonian, bits: precision, within: budget).eigenvalues
    let middle = (levels[0] + levels[levels.count - 1]).scaled(byPowerOfTwo: -1)
    return try ergotropy(
      populations: state.populations, above: one.energy - middle, levels.map { ($0 - middle, 1) }, copies: n,
      precision: precision, within: budget)
  }

  /// The ergotropy of copies of a state on some dimensions of a space.
  ///
  /// With an error e and n w the width of the levels of all copies the passive energy is within e' n w/2 of that of X:
  /// the n-th powers of rho and X differ by e' = e (1 + t + ... + t^(n-1)) at most, t the trace of X, one factor after
  /// the other being exchanged, and levels from the middle of the spectrum are at most n w/2.
  ///
  /// - Parameter energy: Tr(rho H), of the state itself.
  /// - Throws: `Undecided` for a state with an error and levels without end; `Unanswered`.
  package static func ergotropy(
    of state: BlockState, energy: Interval, _ levels: EnergyLevels, copies n: Int, within budget: Budget
  ) throws -> Interval {
    let precision = state.precision
    if levels.isFlat { return Interval(0, precision: precision) }
    guard let bottom = levels.rising.first?.energy, let top = levels.rising.last?.energy else {
      return .entire(precision: precision)
    }
    guard state.error.signum == 0 || levels.isWhole else { throw BlockState.unbounded("the ergotropy of copies") }
    let middle = (bottom + top).scaled(byPowerOfTwo: -1)
    let shifted = levels.rising.map { (value: $0.energy - middle, count: $0.count) }
    let value = try ergotropy(
      populations: state.eigenvalues, above: energy - middle, shifted, copies: n,
      precision: precision, within: budget)
    guard state.error.signum > 0 else { return value }
    let powers = (0..<n).reduce((sum: Interval(0, precision: 64), power: Interval(1, precision: 64))) { x, _ in
      (x.sum + x.power, x.power * state.trace)
    }
    let off = Interval(state.error) * powers.sum * Interval(n, precision: 64) * (top - bottom).scaled(byPowerOfTwo: -1)
    return (value + .ball(off.upper)).nonNegative
  }

  /// n times an energy less the passive energy of all copies, levels being counted from the middle of the spectrum.
  private static func ergotropy(
    populations: [Interval], above energy: Interval, _ levels: Weighted, copies n: Int, precision: Int,
    within budget: Budget
  ) throws -> Interval {
    let (zero, unit) = (Interval(0, precision: precision), Interval(1, precision: precision))
    let products = combined(populations.map { ($0, 1) }, copies: n, unit: unit, *)
    let sums = combined(levels, copies: n, unit: zero, +)
    try budget.check()
    let pairs = PassiveFilling.pairs(
      rising(products).reversed(), on: rising(sums).map { (energy: $0.value, count: $0.count) })
    let passive = pairs.reduce(zero) { sum, pair in
      sum + Interval(pair.count, precision: precision) * pair.population * pair.energy
    }
    return (Interval(n, precision: precision) * energy - passive).nonNegative
  }
}
