import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

extension StateFigures {
  /// The fidelity or the trace distance of the reduced state of some sites and a state of theirs.
  mutating func distance(_ figure: DistanceFigure, _ sites: [Int], _ reference: LocalReference) throws -> Interval {
    switch figure {
    case .fidelity: try fidelity(sites, reference)
    case .traceDistance: try traceDistance(sites, reference)
    }
  }

  private static let openReference =
    "a distance of a mixed state from one of a mode without a last number of quanta is not served"

  private var unit: Interval { Interval(from: 0, to: 1, precision: point.precision) }

  /// Half of the trace norm of the difference; the errors of both change it by half of themselves.
  private mutating func traceDistance(_ sites: [Int], _ reference: LocalReference) throws -> Interval {
    let local = try local(sites)
    let ring = point.scalars
    if reference.isOpen {
      // Of two pure states.
      guard let pure = reference.pure, state.vectors.count == 1, sites.count == point.basis.count else {
        throw Undecided(Self.openReference)
      }
      let value = try state.weight(pure, point)
      return (1 - value).nonNegative.squareRoot.intersection(unit)
    }
    var elements = reference.elements.mapValues(\.opposite)
    for (place, number) in local.elements {
      let key = LocalReference.Place(row: local.states[place.row], column: local.states[place.column])
      let sum = elements[key].map { $0.sum(number, ring) } ?? number
      elements[key] = sum.exact.map(ring.isZero) == true ? nil : sum
    }
    let zero = Interval(0, precision: point.precision)
    let norm = try UnionMatrix(elements).blocks(precision: point.precision).reduce(zero) { sum, block in
      block.dimension == 1
        ? sum + block.realPart(0, 0).absoluteValue : sum + (try block.traceNorm(within: budget))
    }
    let error = (Interval(state.distance.traceNorm) + Interval(reference.error)).scaled(byPowerOfTwo: -1)
    let half = norm.scaled(byPowerOfTwo: -1)
    return (error.upper.signum == 0 ? half : half + .ball(error.upper)).intersection(unit)
  }

  /// <psi|rho|psi> for a pure state, with the error at most; else the square of Uhlmann's root fidelity f.
  ///
  /// With an error e of one of them: the state s = X/Tr X is within 2 e of rho, and Bures' distance B, B^2 = 2 - 2 f,
  /// is a metric with B(rho, s)^2 <= |rho - s| (Fuchs and van de Graaf). So |f(rho, .) - f(s, .)| = |B^2 - B'^2|/2 <=
  /// sqrt(2) |B - B'| <= sqrt(2) sqrt(2 e), as no B is above sqrt(2).
  private mutating func fidelity(_ sites: [Int], _ reference: LocalReference) throws -> Interval {
    let (error, other) = (Interval(state.distance.traceNorm), Interval(reference.error))
    let isExact = (error + other).upper.signum == 0
    if let pure = reference.pure { return try state.weight(pure, point) }
    if reference.isOpen { throw Undecided(Self.openReference) }
    let local = try local(sites)
    let own = Set(local.states)
    let zero = ComplexInterval.zero(precision: point.precision)
    // Elements of the other state beside those of rho are not seen by sqrt(rho).
    let common = reference.elements.filter { own.contains($0.key.row) && own.contains($0.key.column) }
    if common.isEmpty, isExact { return zero.real }
    if let amplitudes = local.amplitudes {
      let vector = zip(local.states, amplitudes).reduce(into: [BasisState: ComplexInterval]()) { $0[$1.0] = $1.1 }
      let value = common.reduce(zero.real) { sum, item in
        let (a, b) = (vector[item.key.row] ?? zero, vector[item.key.column] ?? zero)
        let term = (a.conjugate * item.value.value * b).real
        return item.key.row == item.key.column ? sum + term : sum + term.scaled(byPowerOfTwo: 1)
      }
      return (isExact ? value : value + .ball((error + other).upper)).intersection(unit)
    }
    if !isExact, let root = Self.diagonalRoot(local, reference) {
      return rootFidelity(root, local.trace, reference.trace, error, other).squared.intersection(unit)
    }
    let states = own.union(reference.elements.keys.map(\.row)).sorted()
    try Self.check(states.count)
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    let first = local.elements.reduce(into: [LocalState.Element: StateNumber]()) { result, item in
      guard let row = places[local.states[item.key.row]], let column = places[local.states[item.key.column]] else {
        return
      }
      result[.init(row: row, column: column)] = item.value
    }
    let second = reference.elements.reduce(into: [LocalState.Element: StateNumber]()) { result, item in
      guard let row = places[item.key.row], let column = places[item.key.column] else { return }
      result[.init(row: row, column: column)] = item.value
    }
    func matrix(_ elements: [LocalState.Element: StateNumber]) -> HermitianMatrix {
      HermitianMatrix(states.count, precision: point.precision) { elements[.init(row: $0, column: $1)]?.value ?? zero }
    }
    func decomposition(_ elements: [LocalState.Element: StateNumber]) -> RankDecomposition? {
      guard states.count <= 32, elements.values.allSatisfy({ $0.exact?.number != nil }) else { return nil }
      return RankDecomposition(states.count) { row, column in
        elements[.init(row: row, column: column)]?.exact?.number.map { ($0.real, $0.imaginary) } ?? (0, 0)
      }
    }
    let (rho, sigma) = (matrix(first), matrix(second))
    let value: Interval
    switch (decomposition(first), decomposition(second)) {
    case (let a?, let b?) where b.rank < a.rank: value = try Fidelity.enclosure(b, rho, within: budget)
    case (let a?, _): value = try Fidelity.enclosure(a, sigma, within: budget)
    case (nil, let b?): value = try Fidelity.enclosure(b, rho, within: budget)
    case (nil, nil):
      value = try Fidelity.enclosure(
        DensityMatrix(rho, error: error.upper, within: budget),
        DensityMatrix(sigma, error: other.upper, within: budget),
        within: budget)
    }
    if isExact { return value }
    return rootFidelity(value.squareRoot, rho.trace, sigma.trace, error, other).squared.intersection(unit)
  }

  /// The root fidelity of two states with errors from that of matrices: of X/Tr X with what Bures' distance adds for
  /// each error.
  private func rootFidelity(
    _ root: Interval, _ trace: Interval, _ otherTrace: Interval, _ error: Interval, _ other: Interval
  ) -> Interval {
    let off = 2 * (error.squareRoot + other.squareRoot)
    return (root / (trace * otherTrace).squareRoot + .ball(off.upper)).nonNegative
  }

  /// The sum of sqrt(p q) over the diagonals of two matrices without other elements; nil of others.
  private static func diagonalRoot(_ local: LocalState, _ reference: LocalReference) -> Interval? {
    guard local.elements.keys.allSatisfy({ $0.row == $0.column }),
      reference.elements.keys.allSatisfy({ $0.row == $0.column })
    else { return nil }
    return local.elements.reduce(Interval(0, precision: local.precision)) { sum, item in
      let state = local.states[item.key.row]
      guard let other = reference.elements[.init(row: state, column: state)] else { return sum }
      return sum + (item.value.value.real.nonNegative * other.value.real.nonNegative).squareRoot
    }
  }

  /// |<psi|rho|psi>| of a whole state and a vector.
  func overlap(_ vector: ModelState) -> Interval {
    let zero = ComplexInterval.zero(precision: point.precision)
    let others = vector.vectors[0].reduce(into: [BasisState: ComplexInterval]()) {
      $0[vector.states[$1.place]] = $1.number.value
    }
    let projections: [ModelState.Image] = state.vectors.map { own in
      var sum = zero
      for amplitude in own {
        guard let other = others[state.states[amplitude.place]] else { continue }
        sum = sum + other.conjugate * amplitude.number.value
      }
      return state.states.first.map { [$0: sum] } ?? [:]
    }
    let weight = vector.coefficients.first?.number.value.real ?? zero.real
    let value = weight * state.square(projections, precision: point.precision)
    let error = Interval(state.distance.traceNorm) + Interval(vector.distance.traceNorm)
    return (error.upper.signum == 0 ? value : value + .ball(error.upper)).intersection(unit)
  }
}

extension StateNumber {
  /// The sum, exact where both are.
  func sum(_ other: StateNumber, _ ring: ModelScalars) -> StateNumber {
    guard let a = exact, let b = other.exact else { return StateNumber(value: value + other.value, exact: nil) }
    let sum = ring.sum(a, b)
    return (try? StartState.number(sum, ring)) ?? StateNumber(value: value + other.value, exact: sum)
  }
}

/// A Hermitian matrix by its elements on and below the diagonal, in blocks that no element joins.
struct UnionMatrix {
  private let elements: [LocalReference.Place: StateNumber]

  init(_ elements: [LocalReference.Place: StateNumber]) { self.elements = elements }

  /// The rows of each block, in order, with its elements.
  func grouped() -> [(rows: [BasisState], elements: [LocalReference.Place: StateNumber])] {
    let states = Set(elements.keys.flatMap { [$0.row, $0.column] }).sorted()
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var sets = DisjointSets(states.count)
    for place in elements.keys { if let i = places[place.row], let j = places[place.column] { sets.join(i, j) } }
    let groups = sets.groups
    let owners = groups.enumerated().reduce(into: [Int: Int]()) { result, group in
      for row in group.element { result[row] = group.offset }
    }
    var own = groups.map { _ in [LocalReference.Place: StateNumber]() }
    for (place, value) in elements {
      if let row = places[place.row], let owner = owners[row] { own[owner][place] = value }
    }
    return zip(groups, own).map { (rows: $0.map { states[$0] }, elements: $1) }
  }

  func blocks(precision: Int) throws -> [HermitianMatrix] {
    let zero = ComplexInterval.zero(precision: precision)
    return try grouped().map { rows, elements in
      try StateFigures.check(rows.count)
      return HermitianMatrix(rows.count, precision: precision) { i, j in
        elements[.init(row: rows[i], column: rows[j])]?.value ?? zero
      }
    }
  }
}
