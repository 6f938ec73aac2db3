import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// Levels of a Hamiltonian with how many dimensions each has.
package struct EnergyLevels: Sendable {
  /// In rising order: the i-th dimension's level is in the enclosure that counts it.
  package let rising: [(energy: Interval, count: Integer)]
  /// Whether these are all levels, and not the lowest ones alone.
  package let isWhole: Bool
  /// Whether all dimensions have one and the same level.
  package let isFlat: Bool

  /// Levels in any order; of a level that stands once the enclosure may be that of equal ones.
  package init(_ levels: StateCopies.Weighted, isWhole: Bool = true) {
    isFlat = isWhole && levels.count == 1
    rising = StateCopies.rising(levels).map { ($0.value, $0.count) }
    self.isWhole = isWhole
  }

  /// The number of dimensions.
  package var dimension: Integer { rising.reduce(0) { $0 + $1.count } }
}

/// The energies that unitaries lead a state to, with levels that may be many more than the dimensions on which the
/// state stands.
///
/// With populations r falling and levels e rising the least energy is the sum of r_i e_i, the greatest that of r_i
/// times the levels falling (`docs/spectra.md`, passive states): levels that no population is left for add nothing.
///
/// Of a state with an error e in the trace norm and levels of the width w the passive and the active energy are within
/// e w/2 of those of X, the capacity within e w (``Ergotropy``): the eigenvalues that X has not are zero, and the
/// argument is the same in as many dimensions as there are levels.
///
/// Without a highest level let X have no elements on levels above some c, and let t be at least Tr rho (H - c)_+. With
/// T_i the sum of the populations from the i-th on, the passive energy is e_0 Tr rho plus the sum of (e_i - e_(i-1))
/// T_i. T_i is the least Tr rho Q over projectors Q of all dimensions but i, so it changes by e at most; levels up to
/// c add (c - e_0) e in sum, and of X nothing is left beyond. The levels above c add t at most, since T_i <= Tr rho
/// Q_i for the projector Q_i on all levels from the i-th on.
package struct UnitaryEnergies: Sendable {
  package let passive: Interval
  package let active: Interval?
  package let ergotropy: Interval
  package let capacity: Interval?

  /// What is known of the state on high levels.
  package struct Tail: Sendable {
    /// A level above which X has no elements.
    package let highest: Interval
    /// At least Tr rho (H - c)_+ for that level c.
    package let rest: Interval

    package init(highest: Interval, rest: Interval) { (self.highest, self.rest) = (highest, rest) }
  }

  /// The energies of a state.
  ///
  /// - Parameters:
  ///   - energy: Tr(rho H), of the state itself.
  ///   - tail: asked for of a state with an error and a Hamiltonian without end.
  /// - Throws: `Undecided` for a state with an error and a Hamiltonian without end.
  package init(of state: BlockState, energy: Interval, _ levels: EnergyLevels, tail: Tail? = nil) throws(Undecided) {
    let (precision, l) = (state.precision, state.eigenvalues)
    let zero = Interval(0, precision: precision)
    let populations = l.map { (value: $0, count: Integer(1)) }
    func filled(_ levels: [(energy: Interval, count: Integer)]) -> Interval {
      PassiveFilling.pairs(populations, on: levels).reduce(zero) { $0 + $1.population * $1.energy }
    }
    let least = filled(levels.rising)
    let greatest = levels.isWhole ? filled(levels.rising.reversed()) : nil
    if state.error.signum == 0 {
      (passive, active) = (least, greatest)
      ergotropy = levels.isFlat ? zero : (energy - least).nonNegative
      capacity = greatest.map { levels.isFlat ? zero : ($0 - least).nonNegative }
      return
    }
    let sum = l.reduce(zero, +)
    if !levels.isWhole, let tail, let bottom = levels.rising.first?.energy {
      let off = ((tail.highest - bottom).nonNegative * Interval(state.error)).upper
      let rest = Interval(.zero(precision: 64), tail.rest.upper) ?? .entire(precision: 64)
      passive = bottom * (1 - sum) + least + .ball(off) + rest
      (active, capacity) = (nil, nil)
      ergotropy = (energy - passive).nonNegative
      return
    }
    guard levels.isWhole, let greatest, let bottom = levels.rising.first?.energy, let top = levels.rising.last?.energy
    else { throw BlockState.unbounded("the passive energy") }
    let (middle, spectrum) = ((bottom + top).scaled(byPowerOfTwo: -1), bottom.hull(top))
    let width = Interval((Interval(state.error) * (top - bottom)).upper)
    let half = Interval.ball(width.scaled(byPowerOfTwo: -1).upper)
    func mean(_ x: Interval) -> Interval { (x + middle * (1 - sum) + half).intersection(spectrum) }
    (passive, active) = (mean(least), mean(greatest))
    let range = Interval(.zero(precision: 64), (top - bottom).upper) ?? .entire(precision: 64)
    ergotropy = levels.isFlat ? zero : (energy - passive).intersection(range)
    // c (Tr X - Tr X) cancels.
    capacity = levels.isFlat ? zero : (greatest - least + .ball(width.upper)).intersection(range)
  }
}
