import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// Passive energies of states of the symmetric subspace, by filling the levels of all 2^N dimensions.
enum SectorFilling {
  /// The limit of the filling by multiplicities.
  static let cellsLimit = Limit([.of(.cells)], "N < 2^63 - 1", because: "levels are counted in machine words") {
    Decision((Integer(Int.max) - $0[.cells]).signum > 0)
  }
  /// The limit of the filling level by level.
  static let levelsLimit = Limit.integer(.cells, atMost: 16, because: "there are 2^N levels one by one")

  /// The least mean number of excited cells that unitaries in 2^N dimensions reach.
  ///
  /// Level k of N cells has N over k dimensions, and the populations fill them in falling order. Nothing is assumed of
  /// how many levels that takes.
  ///
  /// - Parameters:
  ///   - cells: N.
  ///   - populations: eigenvalues with how many of each there are, in falling order; those left out are zero.
  /// - Throws: `Unanswered` when N is no machine word.
  static func passiveEnergy(
    _ cells: Integer, _ populations: [(value: Interval, count: Integer)], _ precision: Int
  ) throws -> Interval {
    guard let n = Int(exactly: cells), n < Int.max else { throw cellsLimit.exceeded }
    let room = populations.reduce(Integer(0)) { $0 + $1.count }
    let pairs = PassiveFilling.pairs(populations, on: PassiveFilling.cells(n, room: room))
    return pairs.reduce(Interval(0, precision: precision)) {
      $0 + Interval(Rational($1.count) * $1.energy, precision: precision) * $1.population
    }
  }

  /// The same with all 2^N levels one by one, each the number of ones of its index; for small N.
  ///
  /// - Parameter populations: eigenvalues in any order, at most 2^N.
  /// - Throws: `Unanswered` beyond 16 cells.
  static func passiveEnergyLevelByLevel(
    _ cells: Integer, _ populations: [Interval], _ precision: Int
  ) throws -> Interval {
    guard let n = Int(exactly: cells), n <= 16 else { throw levelsLimit.exceeded }
    let levels = (0..<1 << n).map(\.nonzeroBitCount).sorted()
    let falling = StateCapacity.rising(populations).reversed()
    return zip(levels, falling).reduce(Interval(0, precision: precision)) { $0 + $1.0 * $1.1 }
  }
}
