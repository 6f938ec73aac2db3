import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The states of a model at given parameters: the start, and what it has become at a time.
struct ModelEvolution {
  let point: ModelPoint
  let start: StartState
  private let budget: Budget
  /// The sectors of the start's vectors with their flows; vectors that stand in one share it.
  private var flows: [(sector: Sector, flow: HermitianFlow)] = []
  /// Whether no conserved number keeps the modes finite; nil where that was not asked.
  private var isUnbounded: Bool?

  init(_ point: ModelPoint, within budget: Budget) throws {
    (self.point, self.budget) = (point, budget)
    start = try StartState(point, within: budget)
  }

  /// A vector as it stands on basis states, and its distance from the true one where it has one.
  private struct Vector {
    let amplitudes: [BasisState: StateNumber]
    let distance: VectorDistance?
  }

  /// The state at t = 0, with its formulas.
  func initialState() throws -> ModelState {
    let zero = StateNumber(value: .zero(precision: point.precision), exact: point.scalars.number(0))
    var (vectors, exactMean): ([Vector], (@Sendable (ModelPoint.Operator) throws -> Interval?)?) = ([], nil)
    for (place, vector) in start.vectors.enumerated() {
      guard let open = start.open[place] else {
        vectors.append(
          Vector(amplitudes: try vector.mapValues { try StartState.number($0, point.scalars) }, distance: nil))
        continue
      }
      let cut = try open.cut(point, bits: point.precision, within: budget)
      let weight = ModeWeight(
        modes: point.modes, weights: point.modes.map { _ in 1 }, powers: point.modes.map { _ in 1 })
      vectors.append(
        Vector(
          amplitudes: cut.amplitudes.mapValues { StateNumber(value: $0, exact: nil) },
          distance: VectorDistance(norm: try cut.tail(weight, power: 0), weight: weight) {
            try cut.tail(weight, power: $0)
          }))
      if start.vectors.count == 1, let closed = try open.closed(point) {
        let (sites, point) = (open.openSites, point)
        exactMean = { try closed.mean(ofProduct: $0, besides: sites, point) }
      }
    }
    return state(vectors, zero, exactMean)
  }

  /// Whether the state stands still: populations of basis states that are coupled to nothing.
  private mutating func isStationary() throws -> Bool {
    guard start.open.isEmpty, start.coefficients.allSatisfy({ $0.row == $0.column }),
      start.vectors.allSatisfy({ $0.count == 1 })
    else { return false }
    for vector in start.vectors {
      if try leavesEveryBound(vector) { return false }
      if try flow(of: vector).sector.states.count > 1 { return false }
    }
    return true
  }

  /// The state after a time.
  mutating func state(after time: Interval) throws -> ModelState {
    if try isStationary() { return try initialState() }
    let zero = StateNumber(value: .zero(precision: point.precision), exact: nil)
    var vectors: [Vector] = []
    for (place, vector) in start.vectors.enumerated() {
      if let open = start.open[place] {
        vectors.append(
          try followed(try open.cut(point, bits: point.precision - Self.spareBits + 4, within: budget), for: time))
      } else if try leavesEveryBound(vector) {
        vectors.append(try followed(try ModeStart(vector, point), for: time))
      } else {
        let (sector, flow) = try flow(of: vector)
        let amplitudes = try sector.states.map { try vector[$0].map(point.scalars.enclosure) ?? zero.value }
        let end = try flow.evolved(amplitudes, for: time, bits: point.precision, within: budget)
        vectors.append(
          Vector(
            amplitudes: zip(sector.states, end).reduce(into: [:]) {
              $0[$1.0] = StateNumber(value: $1.1, exact: nil)
            }, distance: nil))
      }
    }
    return state(vectors, zero, nil)
  }

  /// The cut-off is looked for with fewer bits than the arithmetic has.
  private static let spareBits = 32

  /// The vector after a time, on basis states that follow it.
  private func followed(_ start: ModeStart, for time: Interval) throws -> Vector {
    var path = try ModePath(
      point, try point.hamiltonian(), from: start, bits: point.precision - Self.spareBits, within: budget)
    try path.advance(by: time, within: budget)
    let end = path
    return Vector(
      amplitudes: end.amplitudes(precision: point.precision).mapValues { StateNumber(value: $0, exact: nil) },
      distance: VectorDistance(norm: end.distance, weight: end.weight) { try end.weightedDistance(power: $0) })
  }

  /// A frame of vectors.
  private func state(
    _ vectors: [Vector], _ zero: StateNumber, _ exactMean: (@Sendable (ModelPoint.Operator) throws -> Interval?)?
  ) -> ModelState {
    let states = Set(vectors.flatMap(\.amplitudes.keys)).sorted()
    var distance = StateDistance.none
    if let weight = vectors.lazy.compactMap(\.distance).first?.weight {
      let none = Interval(0, precision: 64)
      distance = StateDistance(
        vectors.map { $0.distance ?? VectorDistance(norm: none, weight: weight) { _ in none } },
        norms: vectors.map { vector in
          vector.amplitudes.values.reduce(none) { $0 + $1.value.squaredMagnitude.rounded(to: 64) }.squareRoot
        }, start.coefficients, exactMean: exactMean)
    }
    return ModelState(
      states: states, vectors: vectors.map { vector in states.map { vector.amplitudes[$0] ?? zero } },
      coefficients: start.coefficients, distance: distance)
  }

  /// Whether a finite vector may reach basis states without end.
  private mutating func leavesEveryBound(_ vector: StartState.Vector) throws -> Bool {
    if point.modes.isEmpty || flows.contains(where: { Self.holds($0.sector, vector) }) { return false }
    if let isUnbounded { return isUnbounded }
    let hamiltonian = try point.hamiltonian()
    let terms = try ModeTerm.terms(of: hamiltonian, modes: point.modes, point)
    let unbounded = QuantaBound(terms, point) == nil
    if unbounded, Existence.weight(terms, modes: point.modes).weight == nil,
      let sector = try? Sector(of: hamiltonian, from: vector.keys.sorted(), atMost: 1000, point, within: budget)
    {
      // Few states that the Hamiltonian does not leave need no theorem.
      _ = try flow(on: sector)
      return false
    }
    isUnbounded = unbounded
    return unbounded
  }

  /// The start of a vector that may reach basis states without end; nil where it stays on finitely many.
  mutating func modeStart(_ place: Int, bits: Int) throws -> ModeStart? {
    if let open = start.open[place] { return try open.cut(point, bits: bits, within: budget) }
    return try leavesEveryBound(start.vectors[place]) ? try ModeStart(start.vectors[place], point) : nil
  }

  private static func holds(_ sector: Sector, _ vector: StartState.Vector) -> Bool {
    vector.keys.allSatisfy { sector.places[$0] != nil }
  }

  /// The flow on the basis states that a vector reaches.
  mutating func flow(of vector: StartState.Vector) throws -> (sector: Sector, flow: HermitianFlow) {
    if let known = flows.first(where: { Self.holds($0.sector, vector) }) { return known }
    return try flow(on: Sector(of: try point.hamiltonian(), from: vector.keys.sorted(), point, within: budget))
  }

  /// The flow of a sector, which later vectors find.
  private mutating func flow(on sector: Sector) throws -> (sector: Sector, flow: HermitianFlow) {
    let flow = try HermitianFlow(sector, point.scalars, precision: point.precision)
    flows.append((sector, flow))
    return (sector, flow)
  }
}
