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
  /// Whether a mode of it has no last number of quanta, so that ``elements`` hold nothing.
  let isOpen: Bool
  /// At least the trace norm of what the state is off the elements.
  let error: BigFloat

  /// The most elements.
  private static let greatestSize = 65_536

  /// A product of states of sites.
  init(_ frames: [SiteFrame], _ point: ModelPoint, within budget: Budget) throws {
    let states = frames.compactMap { frame in frame.pure.map { zip(frame.sites, $0).map { (site: $0, state: $1) } } }
    pure = states.count == frames.count ? states.flatMap { $0 } : nil
    // Of a product of states that are cut off: one factor after the other is exchanged, none of a trace above 1.
    error = try frames.reduce(Interval(0, precision: 64)) { sum, frame in
      try frame.populations.map { sum + (try $0.dropped()) } ?? sum
    }.upper
    isOpen = frames.contains { frame in frame.populations == nil && frame.isOpen }
    if isOpen {
      elements = [:]
      return
    }
    let ring = point.scalars
    let zeros = Array(repeating: 0, count: point.basis.count)
    var partial = [(row: zeros, column: zeros, number: try StartState.number(ring.one, ring))]
    for frame in frames {
      var own: [[[Int]]: StateNumber] = [:]
      for (j, k, c) in frame.coefficients {
        for (row, a) in try Self.amplitudes(frame.vectors[j], ring) {
          for (column, b) in try Self.amplitudes(frame.vectors[k], ring) {
            let factor = try StartState.number(try ring.product(a, ring.conjugate(b)), ring)
            let product = try c.product(factor, ring)
            own[[row, column]] = own[[row, column]].map { $0.sum(product, ring) } ?? product
          }
        }
      }
      own = own.filter { $0.value.exact.map(ring.isZero) != true }
      guard partial.count * own.count <= Self.greatestSize else {
        throw Unanswered(
          undecided: "a state with \(partial.count * own.count) elements or more (cap \(Self.greatestSize))")
      }
      var next: [(row: [Int], column: [Int], number: StateNumber)] = []
      for element in partial {
        try budget.check()
        for (place, factor) in own {
          var (row, column) = (element.row, element.column)
          for (position, site) in frame.sites.enumerated() {
            (row[site], column[site]) = (place[0][position], place[1][position])
          }
          next.append((row, column, try element.number.product(factor, ring)))
        }
      }
      partial = next
    }
    var elements: [Place: StateNumber] = [:]
    for (row, column, number) in partial {
      guard let i = point.basis.state(row), let j = point.basis.state(column), i >= j else { continue }
      elements[Place(row: i, column: j)] = number
    }
    self.elements = elements
  }

  /// The amplitudes of a product by the numbers of its sites.
  private static func amplitudes(_ states: [SiteState], _ ring: ModelScalars) throws -> [[Int]: ScalarPolynomial] {
    try states.reduce([[]: ring.one]) { known, state in
      try known.reduce(into: [:]) { result, item in
        for (number, amplitude) in state.amplitudes {
          result[item.key + [number]] = try ring.product(item.value, amplitude)
        }
      }
    }
  }

  /// The trace of the elements.
  var trace: Interval {
    elements.reduce(Interval(0, precision: 64)) { sum, item in
      item.key.row == item.key.column ? sum + item.value.value.real : sum
    }
  }

  /// A reduced state.
  init(_ local: LocalState) {
    (pure, isOpen, error) = (nil, false, local.distance.traceNorm)
    elements = local.elements.reduce(into: [:]) { result, item in
      result[Place(row: local.states[item.key.row], column: local.states[item.key.column])] = item.value
    }
  }
}
