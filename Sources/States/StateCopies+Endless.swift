import ArbitraryPrecision
import Catalogue
import RigorousNumerics

extension StateCopies {
  /// The least energy to which unitaries lead copies of a state with populations on finitely many dimensions, under
  /// the sum of Hamiltonians whose levels have no end; nil where more of the levels must be known.
  ///
  /// Let L of one copy's lowest dimensions be known, with the levels e_0 <= ... <= e_(L-1): all others have e_(L-1) or
  /// more. A level of the sum with one of these in it is at least T = e_(L-1) + (n-1) e_0. So the i-th lowest level of
  /// the sum is at most the i-th lowest sum of known levels, and at least that or T.
  ///
  /// - Parameters:
  ///   - populations: those of one copy, d of them; the copies stand on d^n dimensions.
  ///   - lowest: L.
  package static func passiveEnergy(
    populations: [Interval], _ levels: EnergyLevels, lowest: Integer, copies n: Int, precision: Int,
    within budget: Budget
  ) throws -> Interval? {
    var (known, left): (Weighted, Integer) = ([], lowest)
    for (energy, count) in levels.rising where left.signum > 0 {
      known.append((energy, min(count, left)))
      left -= min(count, left)
    }
    guard let bottom = known.first?.value, let top = known.last?.value,
      count(dimension: known.count, copies: n) != nil
    else { return nil }
    let (zero, unit) = (Interval(0, precision: precision), Interval(1, precision: precision))
    let products = combined(populations.map { ($0, 1) }, copies: n, unit: unit, *)
    let sums = rising(combined(known, copies: n, unit: zero, +))
    try budget.check()
    let size = products.reduce(Integer(0)) { $0 + $1.count }
    let beyond = top + Interval(n - 1, precision: precision) * bottom
    var energy = zero
    var filled = Integer(0)
    let levels = sums.map { (energy: $0.value, count: $0.count) }
    for pair in PassiveFilling.pairs(rising(products).reversed(), on: levels) {
      guard pair.energy.lower <= beyond.lower else { return nil }
      filled += pair.count
      energy = energy + Interval(pair.count, precision: precision) * pair.population * pair.energy
    }
    return filled == size ? energy : nil
  }

  /// The ergotropy of copies of a state under Hamiltonians without a highest level.
  ///
  /// For the copies the argument of ``UnitaryEnergies`` is the same: their X has the trace (Tr X)^n and an error e (1 +
  /// Tr X + ... ), no elements above n c, and Tr rho (H - n c)_+ is at most n times that of one copy, as (x + y)_+ <=
  /// x_+ + y_+.
  ///
  /// - Parameters:
  ///   - energy: Tr(rho H) of one copy.
  ///   - passive: ``passiveEnergy(populations:_:lowest:copies:precision:within:)`` of X.
  package static func ergotropy(
    of state: BlockState, energy: Interval, bottom: Interval, passive: Interval, tail: UnitaryEnergies.Tail?,
    copies n: Int
  ) throws(Undecided) -> Interval {
    let copies = Interval(n, precision: state.precision)
    if state.error.signum == 0 { return (copies * energy - passive).nonNegative }
    guard let tail else { throw BlockState.unbounded("the ergotropy of copies") }
    let trace = state.eigenvalues.reduce(Interval(0, precision: state.precision), +)
    let powers = (0..<n).reduce((sum: Interval(0, precision: 64), power: Interval(1, precision: 64))) { x, _ in
      (x.sum + x.power, x.power * trace.rounded(to: 64))
    }
    let off = (copies * (tail.highest - bottom).nonNegative * Interval(state.error) * powers.sum).upper
    let rest = Interval(.zero(precision: 64), (copies * tail.rest).upper) ?? .entire(precision: 64)
    let least = copies * bottom * (1 - trace.power(n)) + passive + .ball(off) + rest
    return (copies * energy - least).nonNegative
  }
}
