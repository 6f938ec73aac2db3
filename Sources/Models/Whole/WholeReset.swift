import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The reset of some sites on a whole space: the partial trace over them by its definition, times a fresh state's
/// matrix.
///
/// Neither step enlarges the trace norm of what a state is off.
struct WholeReset {
  private let sites: [Int]
  /// The fresh state on all numbers of the sites, the first slowest.
  private let fresh: WholeSpace
  private let matrix: HermitianMatrix

  init(_ reset: ScheduleDeclaration.Reset, _ point: ModelPoint, within budget: Budget) throws {
    let frames = try StartState.frames(of: reset.fresh, point, within: budget)
    sites = frames.flatMap(\.sites).sorted()
    func isFermion(_ site: Int) -> Bool { point.basis.factors[point.basis.factor(ofSite: site)].kind == .fermion }
    let own = sites
    let fermions = (0..<point.basis.count).filter(isFermion)
    guard !own.contains(where: point.modes.contains), !own.contains(where: isFermion) || fermions.allSatisfy(own.contains)
    else { throw Unanswered(beyond: "resets of modes, and of some fermions beside others, by the second route") }
    fresh = try WholeSpace(own, levels: [:], point)
    matrix = try WholeFigures.matrix(frames, own, point)
  }

  /// At least the numbers that are reached from others.
  func support(of met: Set<[Int]>, _ point: ModelPoint) -> Set<[Int]> {
    met.reduce(into: []) { found, numbers in
      for index in 0..<fresh.dimension {
        var own = numbers
        for (site, number) in zip(sites, fresh.numbers(index)) { own[site] = number }
        found.insert(own)
      }
    }
  }

  /// The state after the reset.
  func applied(to state: WholeElements, _ space: WholeSpace, _ point: ModelPoint) throws -> WholeElements {
    let (d, zero) = (space.dimension, ComplexInterval.zero(precision: point.precision + 64))
    // The number of the sites, and a name for those of the rest.
    var rest: [[Int]: Int] = [:]
    let split = (0..<d).map { index -> (own: Int, rest: Int) in
      var numbers = space.numbers(index)
      let own = sites.reduce(0) { sum, site in sum * (point.basis.dimension(ofSite: site) ?? 1) + numbers[site] }
      for site in sites { numbers[site] = 0 }
      let name = rest[numbers] ?? rest.count
      rest[numbers] = name
      return (own, name)
    }
    let count = rest.count
    var reduced = Array(repeating: zero, count: count * count)
    for row in 0..<d {
      for column in 0..<d where split[row].own == split[column].own {
        let place = split[row].rest * count + split[column].rest
        reduced[place] = reduced[place] + state.values[row * d + column]
      }
    }
    let values = (0..<d * d).map { place in
      let (row, column) = (split[place / d], split[place % d])
      return matrix[row.own, column.own] * reduced[row.rest * count + column.rest]
    }
    return WholeElements(values, rows: d, error: state.error)
  }
}
