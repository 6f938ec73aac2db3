import ArbitraryPrecision
import RigorousNumerics

/// Populations in falling order put on levels in rising order: the passive state of a spectrum, without the dimensions
/// one by one.
///
/// A population and a level stand for as many dimensions as they say, so that a block of a permutation-invariant state,
/// which stands for several copies, and the binomial levels of N cells are filled exactly. Levels that nothing is left
/// for stay empty.
package enum PassiveFilling {
  /// Each population with a level that it fills, and the number of dimensions.
  package static func pairs<Population, Level>(
    _ populations: [(value: Population, count: Integer)], on levels: [(energy: Level, count: Integer)]
  ) -> [(population: Population, energy: Level, count: Integer)] {
    var result: [(population: Population, energy: Level, count: Integer)] = []
    var level = 0
    var room = levels.first?.count ?? 0
    for (value, count) in populations {
      var left = count
      while left.signum > 0, level < levels.count {
        let taken = min(left, room)
        if taken.signum > 0 { result.append((value, levels[level].energy, taken)) }
        left -= taken
        room -= taken
        if room.signum == 0 {
          level += 1
          room = level < levels.count ? levels[level].count : 0
        }
      }
    }
    return result
  }

  /// The lowest levels of N cells with a unit of energy each, k with the multiplicity of N over k, with room for some
  /// dimensions.
  package static func cells(_ n: Int, room: Integer) -> [(energy: Rational, count: Integer)] {
    var (levels, count): ([(energy: Rational, count: Integer)], Integer) = ([], 1)
    var covered = Integer(0)
    for k in 0...n {
      if covered >= room { break }
      levels.append((Rational(k), count))
      covered += count
      count = (count * Integer(n - k)).dividedDown(by: Integer(k + 1))
    }
    return levels
  }
}
