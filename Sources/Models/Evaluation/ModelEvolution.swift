import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The states of a model at given parameters: the start, and what it has become at a time.
struct ModelEvolution {
  let point: ModelPoint
  let start: StartState
  private let budget: Budget
  /// The sectors of the start's vectors with their flows; vectors that stand in one share it.
  private var flows: [(sector: Sector, flow: HermitianFlow)] = []

  init(_ point: ModelPoint, within budget: Budget) throws {
    (self.point, self.budget) = (point, budget)
    start = try StartState(point, within: budget)
  }

  /// The state at t = 0, with its formulas.
  func initialState() throws -> ModelState {
    let states = Set(start.vectors.flatMap(\.keys)).sorted()
    let zero = StateNumber(
      value: .zero(precision: point.precision), exact: point.scalars.number(0))
    return ModelState(
      states: states,
      vectors: try start.vectors.map { vector in
        try states.map { state in
          try vector[state].map { try StartState.number($0, point.scalars) } ?? zero
        }
      }, coefficients: start.coefficients)
  }

  /// Whether the state stands still: populations of basis states that are coupled to nothing.
  private mutating func isStationary() throws -> Bool {
    guard start.coefficients.allSatisfy({ $0.row == $0.column }), start.vectors.allSatisfy({ $0.count == 1 }) else {
      return false
    }
    for vector in start.vectors where try flow(of: vector).sector.states.count > 1 { return false }
    return true
  }

  /// The state after a time.
  mutating func state(after time: Interval) throws -> ModelState {
    if try isStationary() { return try initialState() }
    let zero = ComplexInterval.zero(precision: point.precision)
    var ends: [[BasisState: ComplexInterval]] = []
    for vector in start.vectors {
      let (sector, flow) = try flow(of: vector)
      let amplitudes = try sector.states.map { try vector[$0].map(point.scalars.enclosure) ?? zero }
      let end = try flow.evolved(amplitudes, for: time, bits: point.precision, within: budget)
      ends.append(zip(sector.states, end).reduce(into: [:]) { $0[$1.0] = $1.1 })
    }
    let states = Set(ends.flatMap(\.keys)).sorted()
    return ModelState(
      states: states,
      vectors: ends.map { end in states.map { StateNumber(value: end[$0] ?? zero, exact: nil) } },
      coefficients: start.coefficients)
  }

  /// The flow on the basis states that a vector reaches.
  mutating func flow(of vector: StartState.Vector) throws -> (sector: Sector, flow: HermitianFlow) {
    if let known = flows.first(where: { known in vector.keys.allSatisfy { known.sector.places[$0] != nil } }) {
      return known
    }
    if flows.isEmpty { try point.requireClosed() }
    let sector = try Sector(
      of: try point.hamiltonian(), from: vector.keys.sorted(), point, within: budget)
    let flow = try HermitianFlow(sector, point.scalars, precision: point.precision)
    flows.append((sector, flow))
    return (sector, flow)
  }
}
