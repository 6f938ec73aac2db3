import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// Ergotropy of N cells in a permutation-invariant state, over all unitaries in 2^N dimensions.
///
/// H = w0 times the number of excited cells. A state of spin j stands for as many copies as there are ways to couple N
/// cells to j, C(N, N/2 - j) - C(N, N/2 - j - 1), and what it is populated with is shared by these.
public enum SymmetricSector {
  /// The greatest number of cells that is accepted.
  public static let greatestCells = 100_000

  /// The number of copies of spin j, 2j = N, N - 2, ...
  package static func copies(_ n: Int, twiceSpin: Int) -> Integer {
    let k = (n - twiceSpin) / 2
    func binomial(_ k: Int) -> Integer {
      guard k >= 0 else { return 0 }
      var result = Integer(1)
      for i in 0..<k { result = (result * Integer(n - i)).dividedDown(by: Integer(i + 1)) }
      return result
    }
    return binomial(k) - binomial(k - 1)
  }

  /// The ergotropy in units of w0 of a state of a spin j = N/2 - k, from its energy and the eigenvalues of its matrix
  /// of 2j + 1 dimensions.
  ///
  /// - Parameters:
  ///   - cells: N.
  ///   - twiceSpin: 2j, N for the symmetric sector.
  ///   - energy: the mean number of excited cells.
  ///   - populations: the eigenvalues in any order, as many as 2j + 1.
  /// - Throws: ``BadInput`` when these do not fit.
  public static func ergotropy(
    cells n: Int, twiceSpin: Int, energy: Interval, populations: [Interval]
  ) throws(BadInput) -> Interval {
    guard (1...greatestCells).contains(n) else { throw BadInput("N is \(n); accepted: 1 to \(greatestCells)") }
    guard (0...n).contains(twiceSpin), (n - twiceSpin) % 2 == 0 else {
      throw BadInput("2j is \(twiceSpin); accepted: \(n), \(n - 2), ... down to \(n % 2)")
    }
    guard populations.count == twiceSpin + 1 else {
      throw BadInput("\(populations.count) populations of a spin with 2j = \(twiceSpin); accepted: \(twiceSpin + 1)")
    }
    let count = copies(n, twiceSpin: twiceSpin)
    let precision = populations[0].precision
    let share = 1 / Interval(count, precision: precision)
    let pairs = PassiveFilling.pairs(
      StateCapacity.rising(populations).reversed().map { (value: $0 * share, count: count) },
      on: PassiveFilling.cells(n, room: count * Integer(populations.count)))
    let passive = pairs.reduce(Interval(0, precision: precision)) {
      $0 + Interval(Rational($1.count) * $1.energy, precision: precision) * $1.population
    }
    return (energy - passive).nonNegative
  }
}
