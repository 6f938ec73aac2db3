import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A basis state as one of some sites and one of the rest, zeros standing on the others' sites.
struct SiteSplit {
  let local: BasisState
  let rest: BasisState
  /// Whether fermions of the part that pass those of the rest change the sign (``LocalState``).
  let isNegative: Bool

  init(_ whole: BasisState, _ sites: [Int], _ point: ModelPoint) {
    let basis = point.basis
    var (local, rest) = (basis.numbers(of: whole), basis.numbers(of: whole))
    let own = Set(sites)
    for site in local.indices { if own.contains(site) { rest[site] = 0 } else { local[site] = 0 } }
    var (before, isNegative) = (0, false)
    for site in local.indices where basis.factors[basis.factor(ofSite: site)].kind == .fermion {
      if own.contains(site) {
        if local[site] == 1, before % 2 == 1 { isNegative.toggle() }
      } else {
        before += rest[site]
      }
    }
    // Numbers of a basis state, some of them zero, are those of another.
    (self.local, self.rest) = (basis.state(local) ?? whole, basis.state(rest) ?? whole)
    self.isNegative = isNegative
  }
}

/// The vectors of a state as matrices of amplitudes, rows for the states of some sites and columns for those of the
/// rest.
struct LocalFrame {
  let sites: [Int]
  /// The local states that are reached, with zeros on the other sites, in the order of the basis.
  let states: [BasisState]
  /// Of each vector the rows with their amplitudes, by column.
  let columns: [[BasisState: [(row: Int, number: StateNumber)]]]

  init(_ state: ModelState, _ sites: [Int], _ point: ModelPoint) {
    self.sites = sites
    let parts = state.states.map { SiteSplit($0, sites, point) }
    let states = Set(parts.map(\.local)).sorted()
    self.states = states
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    columns = state.vectors.map { vector in
      var columns: [BasisState: [(row: Int, number: StateNumber)]] = [:]
      for amplitude in vector {
        let (part, number) = (parts[amplitude.place], amplitude.number)
        guard let row = places[part.local] else { continue }
        columns[part.rest, default: []].append((row, part.isNegative ? number.opposite : number))
      }
      return columns
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
