import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// A state of some sites that another one is held against, by its elements on and below the diagonal.
struct LocalReference {
  /// A row and a column, the greater state first.
  struct Place: Hashable {
    let row: BasisState
    let column: BasisState
  }

  let elements: [Place: StateNumber]
  /// The states of the sites, where all of them are pure.
  let pure: [(site: Int, state: SiteState)]?

  /// The most elements.
  private static let greatestSize = 65_536

  /// A product of states of sites.
  init(_ frames: [(site: Int, frame: SiteFrame)], _ point: ModelPoint, within budget: Budget) throws {
    let states = frames.compactMap { site, frame in frame.pure.map { (site: site, state: $0) } }
    pure = states.count == frames.count ? states : nil
    let ring = point.scalars
    let zeros = Array(repeating: 0, count: point.basis.count)
    var partial: [(row: [Int], column: [Int], number: ScalarPolynomial)] = [(zeros, zeros, ring.one)]
    for (site, frame) in frames {
      var own: [[Int]: ScalarPolynomial] = [:]
      for (j, k, c) in frame.coefficients {
        for (row, a) in frame.vectors[j] {
          for (column, b) in frame.vectors[k] {
            let product = try ring.product(try ring.product(c, a), ring.conjugate(b))
            own[[row, column]] = own[[row, column]].map { ring.sum($0, product) } ?? product
          }
        }
      }
      own = own.filter { !ring.isZero($0.value) }
      guard partial.count * own.count <= Self.greatestSize else {
        throw Unanswered(
          undecided: "a state with \(partial.count * own.count) elements or more (cap \(Self.greatestSize))")
      }
      var next: [(row: [Int], column: [Int], number: ScalarPolynomial)] = []
      for element in partial {
        try budget.check()
        for (place, factor) in own {
          var (row, column) = (element.row, element.column)
          (row[site], column[site]) = (place[0], place[1])
          next.append((row, column, try ring.product(element.number, factor)))
        }
      }
      partial = next
    }
    var elements: [Place: StateNumber] = [:]
    for (row, column, number) in partial {
      guard let i = point.basis.state(row), let j = point.basis.state(column), i >= j else { continue }
      elements[Place(row: i, column: j)] = try StartState.number(number, ring)
    }
    self.elements = elements
  }

  /// The Gibbs state of a part.
  init(_ gibbs: GibbsState) {
    pure = nil
    elements = gibbs.coefficients.reduce(into: [:]) { result, item in
      let (i, j) = (gibbs.states[item.row], gibbs.states[item.column])
      if i >= j { result[Place(row: i, column: j)] = item.number }
    }
  }

  /// A reduced state without an error.
  init(_ local: LocalState) {
    pure = nil
    elements = local.elements.reduce(into: [:]) { result, item in
      result[Place(row: local.states[item.key.row], column: local.states[item.key.column])] = item.value
    }
  }
}
