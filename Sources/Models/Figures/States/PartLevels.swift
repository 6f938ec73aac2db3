import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// The levels of a part's Hamiltonian over all its dimensions.
///
/// The Hamiltonian is a sum over groups of sites that no term joins. Each group has its own levels, those of the part
/// are their sums, and equal sums are put together where their formulas are equal: N equal cells have N + 1 levels with
/// binomial counts, not 2^N.
struct PartLevels {
  /// A level with how many dimensions it has; exact where it is a formula.
  struct Level {
    let exact: ScalarPolynomial?
    let value: Interval
    let count: Integer
  }

  private(set) var levels: [Level]
  /// Whether these are all of them, and not the lowest ones of a space without end.
  private(set) var isWhole = true

  /// The most different levels.
  static let greatestCount = 20_000

  /// The levels.
  ///
  /// - Parameters:
  ///   - room: how many of the lowest dimensions of a space without end are wanted.
  ///   - place: where the Hamiltonian stands, for refusals.
  /// - Throws: `BadInput` for Hamiltonians without end of which the levels are not known; `Unanswered` beyond the caps.
  init(
    of polynomial: ModelPoint.Operator, on sites: [Int], room: Int, _ place: ModelFormula, _ point: ModelPoint,
    within budget: Budget
  ) throws {
    let ring = point.scalars
    let offset = polynomial.terms[[]] ?? ring.number(0)
    levels = [Level(exact: offset, value: try ring.enclosure(offset).real, count: 1)]
    let order = sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    func positions(_ word: [Letter]) -> [Int] { word.flatMap(point.basis.met(by:)).compactMap { order[$0] } }
    var sets = DisjointSets(sites.count)
    for word in polynomial.terms.keys {
      let met = positions(word)
      for other in met.dropFirst() { sets.join(met[0], other) }
    }
    for group in sets.groups {
      try budget.check()
      let own = Set(group)
      let terms = polynomial.terms.filter { positions($0.key).first.map(own.contains) ?? false }
      let space = LevelGroup(group.map { sites[$0] }, terms, place, point)
      let next = try space.levels(room: room, within: budget)
      isWhole = isWhole && next.isWhole
      levels = try PartLevels.sums(levels, next.levels, ring)
    }
  }

  /// All sums of two levels, equal ones put together.
  private static func sums(_ a: [Level], _ b: [Level], _ ring: ModelScalars) throws -> [Level] {
    guard a.count * b.count <= 50 * greatestCount else {
      throw Unanswered(
        undecided: "a part's Hamiltonian with more than \(greatestCount) levels (\(a.count) sums of \(b.count))")
    }
    var (places, result): ([ScalarPolynomial: Int], [Level]) = ([:], [])
    for x in a {
      for y in b {
        let count = x.count * y.count
        guard let left = x.exact, let right = y.exact else {
          result.append(Level(exact: nil, value: x.value + y.value, count: count))
          continue
        }
        let sum = ring.sum(left, right)
        if let place = places[sum] {
          let known = result[place]
          result[place] = Level(exact: sum, value: known.value, count: known.count + count)
        } else {
          places[sum] = result.count
          result.append(Level(exact: sum, value: x.value + y.value, count: count))
        }
      }
    }
    guard result.count <= greatestCount else {
      throw Unanswered(undecided: "a part's Hamiltonian with \(result.count) levels (cap \(greatestCount))")
    }
    return result
  }

  /// The levels in rising order.
  func energies(_ ring: ModelScalars) throws -> EnergyLevels {
    let values = try levels.map { level in
      (value: try level.exact.map { try ring.enclosure($0).real } ?? level.value, count: level.count)
    }
    // A level without a formula may stand for dimensions that are not equal.
    return EnergyLevels(values, isWhole: isWhole)
  }
}
