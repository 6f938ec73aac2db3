import ArbitraryPrecision
import Operators
import RigorousNumerics
import States

/// The reduced state of some sites, on the local basis states that are reached.
///
/// A basis state |n> is a local one |s> and one |e> of the other sites. With M_j the matrix of the amplitudes of v_j,
/// rows s and columns e, the reduced state is the sum over j, k of C_jk M_j M_k^H. Fermions: with all letters of the
/// part before those of the rest
///
///     |n> = (-1)^x |s>|e>,     x the number of pairs of a fermion of the rest before one of the part, both there,
///
/// and an operator of the part acts on |s> alone then, by the rule of Jordan and Wigner for the part's own letters: so
/// the amplitudes get this sign, and means of the part's operators are those of the partial trace. Odd operators have
/// no mean in states of definite parity, as all are.
struct LocalState: Sendable {
  /// An element on or below the diagonal.
  struct Element: Hashable {
    let row: Int
    let column: Int
  }

  let sites: [Int]
  /// The local basis states, in the order of the basis, as states of the whole with zeros elsewhere.
  let states: [BasisState]
  /// The elements that are not zero by structure; exact where the amplitudes are, and few.
  let elements: [Element: StateNumber]
  /// At least the number of eigenvalues that are not zero.
  let rank: Int
  /// The amplitudes of a state that is pure because nothing else is reached beside it.
  let amplitudes: [ComplexInterval]?
  /// Whether the whole is in a pure state.
  let isOfPure: Bool
  let distance: StateDistance
  let precision: Int

  /// The most products of amplitudes that are formed exactly.
  private static let greatestExactSize = 4096

  /// The state of sites, or that of all others on the local states of those.
  init(_ state: ModelState, _ sites: [Int], _ point: ModelPoint, within budget: Budget) throws {
    try self.init(state, LocalFrame(state, sites, point), point, within: budget)
  }

  init(_ state: ModelState, _ frame: LocalFrame, _ point: ModelPoint, within budget: Budget) throws {
    (sites, states, distance, precision) = (frame.sites, frame.states, state.distance, point.precision)
    let ring = point.scalars
    let products = state.coefficients.reduce(0) { sum, coefficient in
      frame.columns[coefficient.row].reduce(sum) { $0 + $1.value.count * $1.value.count }
    }
    let isExact =
      products <= Self.greatestExactSize && state.coefficients.allSatisfy { $0.number.exact != nil }
      && state.vectors.allSatisfy { $0.allSatisfy { $0.number.exact != nil } }
    elements =
      isExact
      ? try LocalState.exactElements(state, frame, ring) : try LocalState.elements(state, frame, point, within: budget)
    // A column of each vector and each state of the rest.
    let columns = frame.columns.reduce(0) { $0 + $1.count }
    rank = min(states.count, columns)
    isOfPure = state.vectors.count == 1
    if isOfPure, columns == 1, let only = frame.columns[0].values.first {
      var own = Array(repeating: ComplexInterval.zero(precision: point.precision), count: states.count)
      for (row, amplitude) in only { own[row] = amplitude.value }
      let c = state.coefficients.first?.number.value.real ?? Interval(1, precision: point.precision)
      amplitudes = own.map { ComplexInterval($0.real * c.squareRoot, $0.imaginary * c.squareRoot) }
    } else {
      amplitudes = nil
    }
  }

  private static func exactElements(
    _ state: ModelState, _ frame: LocalFrame, _ ring: ModelScalars
  ) throws -> [Element: StateNumber] {
    var sums: [Element: ScalarPolynomial] = [:]
    for coefficient in state.coefficients {
      let right = frame.columns[coefficient.column]
      for (rest, rows) in frame.columns[coefficient.row] {
        for (row, a) in rows {
          for (column, b) in right[rest] ?? [] where column <= row {
            guard let c = coefficient.number.exact, let x = a.exact, let y = b.exact else { continue }
            let product = try ring.product(try ring.product(c, x), ring.conjugate(y))
            let place = Element(row: row, column: column)
            sums[place] = ring.sum(sums[place] ?? ring.number(0), product)
          }
        }
      }
    }
    return try sums.filter { !ring.isZero($0.value) }.mapValues { try StartState.number($0, ring) }
  }

  /// An amplitude by the parts of it that are not zero exactly.
  private struct Amplitude {
    let row: Int
    let real: Interval?
    let imaginary: Interval?

    init(_ row: Int, _ value: ComplexInterval) {
      self.row = row
      real = value.real.isPoint && value.real.containsZero ? nil : value.real
      imaginary = value.imaginary.isPoint && value.imaginary.containsZero ? nil : value.imaginary
    }
  }

  private static func elements(
    _ state: ModelState, _ frame: LocalFrame, _ point: ModelPoint, within budget: Budget
  ) throws -> [Element: StateNumber] {
    let zero = Interval(0, precision: point.precision)
    var sums: [Element: (real: Interval, imaginary: Interval)] = [:]
    func add(_ term: Interval?, _ other: Interval?, _ sign: Int, to sum: inout Interval) {
      guard let term, let other else { return }
      if sign > 0 { sum += term * other } else { sum -= term * other }
    }
    for coefficient in state.coefficients {
      let (left, right) = (frame.columns[coefficient.row], frame.columns[coefficient.column])
      for (rest, rows) in left {
        try budget.check()
        let columns = (right[rest] ?? []).map { Amplitude($0.row, $0.number.value) }
        for (row, a) in rows {
          let scaled = Amplitude(row, coefficient.number.value * a.value)
          for b in columns where b.row <= row {
            // a conj(b).
            let place = Element(row: row, column: b.row)
            var sum = sums[place] ?? (zero, zero)
            add(scaled.real, b.real, 1, to: &sum.real)
            add(scaled.imaginary, b.imaginary, 1, to: &sum.real)
            add(scaled.imaginary, b.real, 1, to: &sum.imaginary)
            add(scaled.real, b.imaginary, -1, to: &sum.imaginary)
            sums[place] = sum
          }
        }
      }
    }
    return sums.mapValues { StateNumber(value: ComplexInterval($0.real, $0.imaginary), exact: nil) }
  }

  private init(_ other: LocalState, _ elements: [Element: StateNumber]) {
    (sites, states, self.elements, rank) = (other.sites, other.states, elements, other.states.count)
    (amplitudes, isOfPure, distance, precision) = (nil, false, other.distance, other.precision)
  }

  /// The same with other elements.
  func replacing(_ elements: [Element: StateNumber]) -> LocalState { LocalState(self, elements) }

  /// The places of local states in groups that no element joins.
  var groups: [[Int]] {
    var sets = DisjointSets(states.count)
    for place in elements.keys { sets.join(place.row, place.column) }
    return sets.groups
  }

  /// The trace.
  var trace: Interval {
    elements.reduce(Interval(0, precision: precision)) { sum, item in
      item.key.row == item.key.column ? sum + item.value.value.real : sum
    }
  }

  /// The elements among some places, as a matrix.
  func matrix(_ places: [Int]) -> HermitianMatrix {
    let zero = ComplexInterval.zero(precision: precision)
    func element(_ row: Int, _ column: Int) -> ComplexInterval {
      let (i, j) = (places[row], places[column])
      let value = elements[Element(row: max(i, j), column: min(i, j))]?.value ?? zero
      return i >= j ? value : value.conjugate
    }
    let isReal = places.indices.allSatisfy { row in
      (0..<row).allSatisfy { element(row, $0).imaginary.isPoint && element(row, $0).imaginary.containsZero }
    }
    return isReal
      ? HermitianMatrix(symmetric: places.count, precision: precision) { element($0, $1).real }
      : HermitianMatrix(places.count, precision: precision, element: element)
  }

  /// An element, exact; nil where it is none.
  func exact(_ row: Int, _ column: Int, _ ring: ModelScalars) -> ScalarPolynomial? {
    guard let number = elements[Element(row: max(row, column), column: min(row, column))] else { return ring.number(0) }
    return row >= column ? number.exact : number.exact.map(ring.conjugate)
  }

  /// The rational matrix that this is, where it visibly is one, on all local states.
  func rational(_ ring: ModelScalars) -> RationalMatrix? {
    var numbers: [RationalMatrix.Element] = []
    for row in states.indices {
      for column in states.indices {
        guard let number = exact(row, column, ring)?.number else { return nil }
        numbers.append(.init(real: number.real, imaginary: number.imaginary))
      }
    }
    return RationalMatrix(states.count, numbers)
  }
}
