import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The true state of a model at rising times, each from the one before where its route can go on: vectors of finitely
/// many amplitudes, vectors that are cut off, and density matrices of a finite block; else each time from the start.
struct StateWalk {
  /// The state at a time.
  struct There {
    let state: ModelState
    /// The vector with the phase that all amplitudes share, where the state is pure and moved as one, and at least its
    /// distance in the 2-norm.
    let vector: (amplitudes: [BasisState: ComplexInterval], distance: Interval)?
  }

  private enum Route {
    case sector(SectorWalk)
    case modes(ModePath)
    case block(MasterWalk)
    case fromStart
  }

  private let point: ModelPoint
  private let budget: Budget
  private var evolution: ModelEvolution
  private var route: Route
  /// The square root of C, of a pure start.
  private let length: Interval
  private var now: Interval

  /// How the truth was computed, for the answer.
  let method: String

  /// - Parameters:
  ///   - last: the last time.
  ///   - bits: the errors are about 2^-bits.
  init(_ point: ModelPoint, until last: Interval, bits: Int, within budget: Budget) throws {
    (self.point, self.budget) = (point, budget)
    now = Interval(0, precision: point.precision)
    var evolution = try ModelEvolution(point, within: budget)
    let start = try evolution.start
    let isPure = start.vectors.count == 1 && start.coefficients.count == 1 && start.dropped.isEmpty
    var route = Route.fromStart
    var length = Interval(1, precision: point.precision)
    var method = "one certified run for each time"
    if point.model.schedule == nil {
      if try evolution.isOpen() {
        if let block = try evolution.finiteBlock() {
          route = .block(try block.walk(until: last, within: budget))
          method = "one certified run of the master equation"
        }
      } else if isPure {
        length = start.coefficients[0].number.value.real.squareRoot
        method = "one certified run of the Schroedinger equation"
        if let open = try evolution.modeStart(0, bits: bits) {
          route = .modes(
            try ModePath(point, try point.hamiltonian(), from: open, bits: bits, within: budget))
        } else {
          let (sector, flow) = try evolution.flow(of: start.vectors[0])
          let zero = ComplexInterval.zero(precision: point.precision)
          let amplitudes = try sector.states.map {
            try start.vectors[0][$0].map(point.scalars.enclosure) ?? zero
          }
          guard amplitudes.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
          route = .sector(SectorWalk(sector.states, flow, from: amplitudes, bits: bits))
        }
      }
    }
    (self.evolution, self.route, self.length, self.method) = (evolution, route, length, method)
  }

  /// The state at the next time, which is not before the last one.
  mutating func advance(to time: Constant) throws -> There {
    let next = time.enclosure(precision: point.precision + 64)
    let step = (next - now).nonNegative
    now = next
    switch route {
    case .sector(var walk):
      try walk.advance(by: step, to: next, within: budget)
      route = .sector(walk)
      return there(walk.amplitudes(precision: point.precision), distance: walk.distance, weight: nil)
    case .modes(var path):
      try path.advance(by: step, within: budget)
      route = .modes(path)
      let end = path
      let distance = VectorDistance(norm: end.distance, weight: end.weight) { try end.weightedDistance(power: $0) }
      return there(
        end.amplitudes(precision: point.precision, withPhase: true), distance: end.distance, weight: distance)
    case .block(var walk):
      try walk.advance(to: next, within: budget)
      route = .block(walk)
      return There(state: walk.state(point), vector: nil)
    case .fromStart:
      let state =
        time.isZero == .certainlyTrue
        ? try evolution.initialState() : try evolution.state(after: next, exact: time)
      return There(state: state, vector: nil)
    }
  }

  /// How far a state of the trajectory is from what the certified flow makes of the one before it: the loss of that
  /// step alone, about; nil where the route does not go on from other states.
  ///
  /// What stands outside of the basis states that the model reaches from its start is not moved.
  func loss(from first: ForeignState, at begin: Constant, to second: ForeignState, at end: Constant) throws -> Double? {
    let precision = point.precision + 64
    let (begin, end) = (begin.enclosure(precision: precision), end.enclosure(precision: precision))
    switch route {
    case .sector(let walk) where !first.trajectory.isDensity:
      let moved = try walk.moved(first.amplitudes, for: (end - begin).nonNegative, within: budget)
      return PathDistance(moved, second.amplitudes).value.magnitude.double(rounding: .up)
    case .block(let walk) where first.trajectory.isDensity:
      let moved = try walk.moved(first.elements().elements, from: begin, to: end, point, within: budget)
      return PathDistance.frobenius(moved, second.elements().elements).magnitude.double(rounding: .up)
    default: return nil
    }
  }

  private func there(
    _ amplitudes: [BasisState: ComplexInterval], distance: Interval, weight: VectorDistance?
  ) -> There {
    let own = amplitudes.mapValues { $0.scaled(by: length) }
    let one = StateNumber(
      value: ComplexInterval(Interval(1, precision: point.precision), Interval(0, precision: point.precision)),
      exact: point.scalars.one)
    let numbers = [own.mapValues { StateNumber(value: $0, exact: nil) }]
    let coefficients = [ModelState.Coefficient(row: 0, column: 0, number: one)]
    let far = distance * length
    let state =
      weight.map { given in
        let scaled = VectorDistance(norm: far, weight: given.weight) { power in
          try given.weighted(power).map { $0 * length }
        }
        return ModelState(
          vectors: numbers, coefficients: coefficients,
          distance: StateDistance([scaled], norms: [Interval(1, precision: 64) + far], coefficients))
      } ?? ModelState(vectors: numbers, coefficients: coefficients)
    return There(state: state, vector: (own, weight == nil ? Interval(0, precision: 64) : far))
  }
}

extension ComplexInterval {
  /// A multiple by a real number.
  func scaled(by factor: Interval) -> ComplexInterval {
    factor.isPoint && factor.lower == BigFloat(1, precision: 64, rounding: .nearest)
      ? self : ComplexInterval(real * factor, imaginary * factor)
  }
}

/// A vector of finitely many amplitudes, moved step by step.
struct SectorWalk {
  private let states: [BasisState]
  private let flow: HermitianFlow
  private let bits: Int
  /// The real parts and the imaginary ones, or both as one vector where the flow is doubled; with their errors.
  private var parts: [FlowState]
  private var time: Interval

  init(_ states: [BasisState], _ flow: HermitianFlow, from amplitudes: [ComplexInterval], bits: Int) {
    (self.states, self.flow, self.bits) = (states, flow, bits)
    time = Interval(0, precision: 64)
    if let phases = flow.phases {
      let turned = zip(amplitudes, phases).map { $0.turned(by: -$1) }
      parts = [turned.map(\.real), turned.map(\.imaginary)].map { FlowState($0, fractionBits: bits + 64) }
    } else {
      parts = [FlowState(amplitudes.map(\.real) + amplitudes.map(\.imaginary), fractionBits: bits + 64)]
    }
  }

  mutating func advance(by step: Interval, to time: Interval, within budget: Budget) throws {
    self.time = time
    guard let rotation = flow.rotation, step.upper.signum > 0 else { return }
    for place in parts.indices where (0..<parts[place].dimension).contains(where: { parts[place].storedDouble($0) != 0 })
      || parts[place].error.signum > 0
    {
      parts[place] = try rotation.flow.evolved(
        parts[place], for: step * rotation.clock, bits: bits + 32, within: budget)
    }
  }

  /// Another vector after a time; what stands on other states is left out.
  func moved(
    _ vector: [BasisState: ComplexInterval], for step: Interval, within budget: Budget
  ) throws -> [BasisState: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: 64)
    var walk = SectorWalk(states, flow, from: states.map { vector[$0] ?? zero }, bits: 64)
    try walk.advance(by: step, to: step, within: budget)
    return walk.amplitudes(precision: 128)
  }

  /// What the amplitudes as stored are off in the 2-norm.
  var distance: Interval { parts.reduce(Interval(0, precision: 64)) { $0 + Interval($1.error) } }

  /// The enclosures of the amplitudes, with the phase that all share.
  func amplitudes(precision: Int) -> [BasisState: ComplexInterval] {
    let angle = flow.shift * time
    let turn = ComplexInterval(angle.cosine, -angle.sine)
    return states.enumerated().reduce(into: [:]) { result, pair in
      let value: ComplexInterval
      if let phases = flow.phases {
        value = ComplexInterval(parts[0].element(pair.offset), parts[1].element(pair.offset))
          .turned(by: phases[pair.offset])
      } else {
        value = ComplexInterval(parts[0].element(pair.offset), parts[0].element(states.count + pair.offset))
      }
      if !value.isExactlyZero { result[pair.element] = turn * value }
    }
  }
}

/// A density matrix on a finite block, moved step by step.
struct MasterWalk {
  private let block: DensityBlock
  private var numbers: FlowState
  private var time: Interval
  private let bits: Int

  init(
    _ block: DensityBlock, from numbers: FlowState, at time: Interval = Interval(0, precision: 64), bits: Int
  ) {
    (self.block, self.numbers, self.time, self.bits) = (block, numbers, time, bits)
  }

  /// Another density matrix after a time; what stands on other elements is left out.
  func moved(
    _ elements: [DensityBlock.Place: ComplexInterval], from begin: Interval, to end: Interval, _ point: ModelPoint,
    within budget: Budget
  ) throws -> [DensityBlock.Place: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: 64)
    let numbers = block.places.flatMap { place -> [Interval] in
      let value = elements[place] ?? zero
      return place.isDiagonal ? [value.real] : [value.real, value.imaginary]
    }
    var walk = MasterWalk(block, from: FlowState(numbers, fractionBits: 96), at: begin, bits: 64)
    try walk.advance(to: end, within: budget)
    return block.places.reduce(into: [:]) { result, place in
      guard let coordinate = block.coordinates[place] else { return }
      let real = walk.numbers.element(coordinate)
      result[place] = ComplexInterval(
        real, place.isDiagonal ? Interval(0, precision: 64) : walk.numbers.element(coordinate + 1))
    }
  }

  mutating func advance(to next: Interval, within budget: Budget) throws {
    defer { time = next }
    guard next.upper > time.upper else { return }
    numbers = try block.flow.evolved(
      numbers, size: BigFloat(1, precision: 64, rounding: .up), from: time, until: next, bits: bits, within: budget)
  }

  func state(_ point: ModelPoint) -> ModelState { block.state(numbers, point) }
}
