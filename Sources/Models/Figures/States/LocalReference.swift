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
    let isTurned = frames.contains { $0.isTurned }
    pure = states.count == frames.count && !isTurned ? states.flatMap { $0 } : nil
    // Of a product of states that are cut off: one factor after the other is exchanged, none of a trace above 1.
    var error = try frames.reduce(Interval(0, precision: 64)) { sum, frame in
      if let blocks = frame.blocks { return sum + (try blocks.dropped()) }
      return try frame.populations.map { sum + (try $0.dropped()) } ?? sum
    }
    isOpen = frames.contains { frame in frame.populations == nil && frame.blocks == nil && frame.isOpen && !frame.isTurned }
    if isOpen {
      (elements, self.error) = ([:], error.upper)
      return
    }
    let ring = point.scalars
    let zeros = Array(repeating: 0, count: point.basis.count)
    var partial = [(row: zeros, column: zeros, number: try StartState.number(ring.one, ring))]
    for frame in frames {
      var own: [[[Int]]: StateNumber] = [:]
      if frame.isTurned { own = try Self.turned(frame, &error, point, within: budget) }
      for (j, k, c) in frame.coefficients where !frame.isTurned {
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
    (self.elements, self.error) = (elements, error.upper)
  }

  /// The elements of a mixture of levels of a quadratic form, each cut off: one of the length 1 less t is within 2 t + t^2
  /// of its projector in the trace norm.
  private static func turned(
    _ frame: SiteFrame, _ error: inout Interval, _ point: ModelPoint, within budget: Budget
  ) throws -> [[[Int]]: StateNumber] {
    var sum: [[ComplexInterval]] = []
    let zero = ComplexInterval.zero(precision: point.precision)
    for (j, _, c) in frame.coefficients {
      try budget.check()
      let site = try ModeStart.Site(frame.vectors[j][0], point, bits: point.startBits, within: budget)
      let amplitudes = site.levels.map(\.amplitude)
      guard amplitudes.count * amplitudes.count <= greatestSize else {
        throw Unanswered(
          undecided: "a state with \(amplitudes.count * amplitudes.count) elements or more (cap \(greatestSize))")
      }
      let tail = try site.tail(weight: 1, power: 1, exponent: 0).squareRoot
      error = error + c.value.magnitude.rounded(to: 64) * (2 * tail + tail.squared)
      while sum.count < amplitudes.count { sum.append([]) }
      for (k, a) in amplitudes.enumerated() {
        while sum[k].count <= k { sum[k].append(zero) }
        for l in 0...k { sum[k][l] = sum[k][l] + c.value * (a * amplitudes[l].conjugate) }
      }
    }
    var result: [[[Int]]: StateNumber] = [:]
    for k in sum.indices {
      for l in 0...k {
        result[[[k], [l]]] = StateNumber(value: sum[k][l], exact: nil)
        result[[[l], [k]]] = StateNumber(value: sum[k][l].conjugate, exact: nil)
      }
    }
    return result
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
