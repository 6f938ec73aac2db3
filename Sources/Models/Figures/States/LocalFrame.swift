import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The vectors of a state as matrices of amplitudes, rows for the states of some sites and columns for those of the
/// rest.
struct LocalFrame {
  let sites: [Int]
  /// The local states that are reached, with zeros on the other sites, in the order of the basis.
  let states: [BasisState]
  /// Of each vector the rows with their amplitudes, by column.
  let columns: [[BasisState: [(row: Int, number: StateNumber)]]]

  /// - Throws: `BadInput` where fermions are among the sites and the state has no definite parity.
  init(_ state: ModelState, _ sites: [Int], _ point: ModelPoint) throws {
    self.sites = sites
    let basis = point.basis
    let own = Set(sites)
    let fermions = (0..<basis.count).filter { basis.factors[basis.factor(ofSite: $0)].kind == .fermion }
    let isFermionic = fermions.contains(where: own.contains)
    var parts: [(local: BasisState, rest: BasisState, isNegative: Bool, isOdd: Bool)] = []
    for whole in state.states {
      var (local, rest) = (basis.numbers(of: whole), basis.numbers(of: whole))
      for site in local.indices { if own.contains(site) { rest[site] = 0 } else { local[site] = 0 } }
      var (before, isNegative, isOdd) = (0, false, false)
      for site in fermions {
        if own.contains(site) {
          if local[site] == 1, before % 2 == 1 { isNegative.toggle() }
        } else {
          before += rest[site]
        }
        if local[site] + rest[site] == 1 { isOdd.toggle() }
      }
      guard let x = basis.state(local), let y = basis.state(rest) else { continue }
      parts.append((x, y, isNegative, isOdd))
    }
    let states = Set(parts.map(\.local)).sorted()
    self.states = states
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var parities: [Set<Bool>] = []
    columns = state.vectors.map { vector in
      var columns: [BasisState: [(row: Int, number: StateNumber)]] = [:]
      var parity: Set<Bool> = []
      for (part, number) in zip(parts, vector) {
        let value = number.value
        // Vectors of a frame stand on few of the states.
        if value.real.isPoint, value.imaginary.isPoint, value.containsZero { continue }
        guard let row = places[part.local] else { continue }
        parity.insert(part.isOdd)
        columns[part.rest, default: []].append((row, part.isNegative ? number.opposite : number))
      }
      parities.append(parity)
      return columns
    }
    guard isFermionic else { return }
    let isDefinite = state.coefficients.allSatisfy { parities[$0.row].union(parities[$0.column]).count <= 1 }
    guard isDefinite else {
      throw BadInput(
        "\(point.model.name): the state has no definite parity of fermions; accepted: a start and a Hamiltonian of "
          + "definite parity for figures of a part with fermions")
    }
  }

  /// The places of the rows in groups that no column joins.
  var groups: [[Int]] {
    var sets = DisjointSets(states.count)
    for rows in columns.flatMap(\.values) { for other in rows.dropFirst() { sets.join(rows[0].row, other.row) } }
    return sets.groups
  }

  /// The size of the greatest group.
  var greatestGroup: Int { groups.map(\.count).max() ?? 0 }
}

extension StateNumber {
  /// The opposite.
  var opposite: StateNumber {
    StateNumber(value: ComplexInterval(-value.real, -value.imaginary), exact: exact.map { -$0 })
  }
}
