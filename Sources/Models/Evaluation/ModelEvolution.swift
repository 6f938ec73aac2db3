import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The states of a model at given parameters: the start, and what it has become at a time.
struct ModelEvolution {
  let point: ModelPoint
  let start: StartState
  private let budget: Budget
  /// The sectors of the start's vectors with their flows; vectors that stand in one share it.
  private var flows: [(sector: Sector, flow: HermitianFlow)] = []
  /// The flows in whose sectors a basis state is.
  private var places: [BasisState: [Int]] = [:]
  /// Whether no conserved number keeps the modes finite; nil where that was not asked.
  private var isUnbounded: Bool?
  /// What the model's jumps do.
  private let dissipators: [Dissipator]
  /// The density matrix, once it is asked for.
  private var master: MasterEvolution?
  /// The same for a schedule.
  private var scheduled: ScheduledEvolution?
  /// The limit of the state, once it is asked for.
  private var limit: ModelState?

  /// Whether it is a piece of a schedule, which begins with a density matrix.
  private let isPiece: Bool

  /// - Parameter start: the state in which a piece of a schedule begins; nil for the start of the model.
  init(_ point: ModelPoint, from start: StartState? = nil, within budget: Budget) throws {
    (self.point, self.budget, isPiece) = (point, budget, start != nil)
    self.start = try start ?? StartState(point, within: budget)
    dissipators = try point.dissipators()
  }

  /// A vector as it stands on basis states, and its distance from the true one where it has one.
  private struct Vector {
    let amplitudes: [BasisState: StateNumber]
    let distance: VectorDistance?
  }

  /// The state at t = 0, with its formulas.
  func initialState() throws -> ModelState {
    let weight = ModeWeight(
      modes: point.modes, weights: point.modes.map { _ in 1 }, powers: point.modes.map { _ in 1 })
    let vectors = try start.vectors.enumerated().map { place, vector in
      guard let open = start.open[place] else {
        return Vector(amplitudes: try vector.mapValues { try StartState.number($0, point.scalars) }, distance: nil)
      }
      let cut = try open.cut(point, bits: point.precision, within: budget)
      return Vector(
        amplitudes: cut.amplitudes.mapValues { StateNumber(value: $0, exact: nil) },
        distance: VectorDistance(norm: try cut.tail(weight, power: 0), weight: weight) {
          try cut.tail(weight, power: $0)
        })
    }
    var exactMean: (@Sendable (ModelPoint.Operator) throws -> Interval?)?
    if let closed = start.closed, !closed.sites.isEmpty {
      let (state, point, isProduct) = (try closed.state(point.scalars), point, start.vectors.count == 1)
      exactMean = { polynomial in
        let met = polynomial.terms.keys.joined().flatMap(point.basis.met(by:))
        if closed.sites.isDisjoint(with: met) { return try state.mean(polynomial, point) }
        // One vector with modes and others apart is a product of the two.
        return isProduct ? try state.mean(ofProduct: polynomial, besides: closed.sites, point) : nil
      }
    }
    return try state(vectors, weight, exactMean) { _ in Interval(1, precision: 64) }
  }

  /// Whether the state follows a master equation, or a Hamiltonian that depends on the time.
  func isOpen() throws -> Bool { try isPiece || !dissipators.isEmpty || ModelPoint.holdsTime(point.openHamiltonian()) }

  /// The operator whose mean is the rate of that of another one.
  func change(of polynomial: ModelPoint.Operator) throws -> ModelPoint.Operator {
    try point.change(of: polynomial, dissipators)
  }

  private mutating func master<Value>(_ question: (inout MasterEvolution, Budget) throws -> Value) throws -> Value {
    var found = try master ?? MasterEvolution(point, start, dissipators, within: budget)
    defer { master = found }
    return try question(&found, budget)
  }

  /// The density matrix at all times; nil where the Hamiltonian alone moves the state.
  mutating func openPath(until end: Interval?) throws -> OpenPath? {
    try isOpen() ? try master { try $0.path(until: end, within: $1) } : nil
  }

  /// Whether the time stands in the Hamiltonian, in a jump or in a rate.
  func dependsOnTime() throws -> Bool {
    let operators = try [point.openHamiltonian()] + dissipators.flatMap { [$0.left, $0.right] }
    return operators.contains(where: ModelPoint.holdsTime) || dissipators.contains(where: \.rate.holdsTime)
  }

  /// The limit of the state as t goes to infinity, of a model that does not depend on the time.
  mutating func limitState() throws -> ModelState {
    if let limit { return limit }
    let found: ModelState
    if dissipators.isEmpty {
      guard try isStationary() else {
        throw Unanswered(
          undecided: "the state is not proved to come to rest: without jumps one that moves turns for ever")
      }
      found = try initialState()
    } else {
      found = try master { try $0.limit(within: $1) }
    }
    limit = found
    return found
  }

  /// Whether the state stands still: populations of basis states that are coupled to nothing.
  private mutating func isStationary() throws -> Bool {
    guard start.open.isEmpty, start.coefficients.allSatisfy({ $0.row == $0.column }),
      start.vectors.allSatisfy({ $0.count == 1 })
    else { return false }
    if !start.dropped.isEmpty {
      // What is left out keeps its quanta.
      let terms = try ModeTerm.terms(of: try point.hamiltonian(), modes: point.modes, point)
      guard terms.allSatisfy(\.changed.isEmpty) else { return false }
    }
    for vector in start.vectors {
      if try leavesEveryBound(vector) { return false }
      if try flow(of: vector).sector.states.count > 1 { return false }
    }
    return true
  }

  /// The bits that a vector's cut is worth in the state: fewer where its weight is small.
  private func bits(_ group: [Int], _ weights: [Int: Interval]) -> Int {
    let full = point.precision - Self.spareBits
    guard group.count == 1, let weight = weights[group[0]], let exponent = weight.magnitude.binaryExponent else {
      return full
    }
    return max(min(full, full + exponent + 8), 24)
  }

  /// The state after a time.
  ///
  /// - Parameter exact: the time as a formula, where it is one.
  mutating func state(after time: Interval, exact: Constant?) throws -> ModelState {
    if let schedule = point.model.schedule {
      var scheduled = try scheduled(schedule)
      defer { self.scheduled = scheduled }
      return try scheduled.state(at: .init(value: time, exact: exact))
    }
    if try isOpen() { return try master { try $0.state(after: time, within: $1) } }
    if try isStationary() { return try initialState() }
    let zero = ComplexInterval.zero(precision: point.precision)
    var vectors = start.vectors.map { _ in Vector(amplitudes: [:], distance: nil) }
    let weights = start.coefficients.reduce(into: [Int: Interval]()) {
      if $1.row == $1.column { $0[$1.row] = $1.number.value.real }
    }
    for group in start.groups {
      let bits = bits(group, weights)
      let open = try group.map { try modeStart($0, bits: bits + 4) }
      if open.contains(where: { $0 != nil }) {
        for (place, open) in zip(group, open) {
          vectors[place] = try followed(
            try open ?? ModeStart(start.vectors[place], point), for: time, bits: bits, withPhase: group.count > 1)
        }
        continue
      }
      let whole = group.reduce(into: StartState.Vector()) { $0.merge(start.vectors[$1]) { first, _ in first } }
      let (sector, flow) = try flow(of: whole)
      for place in group {
        let vector = start.vectors[place]
        let amplitudes = try sector.states.map { try vector[$0].map(point.scalars.enclosure) ?? zero }
        let end = try flow.evolved(amplitudes, for: time, bits: point.precision, within: budget)
        vectors[place] = Vector(
          amplitudes: zip(sector.states, end).reduce(into: [:]) {
            $0[$1.0] = StateNumber(value: $1.1, exact: nil)
          }, distance: nil)
      }
    }
    if start.dropped.isEmpty { return try state(vectors, nil, nil) { _ in nil } }
    let bounds = try WeightFlow(try point.hamiltonian(), point)
    return try state(vectors, bounds.weight, nil) { bounds.squaredGrowth(power: $0, after: time) }
  }

  /// The Hamiltonian of a schedule at a time, none being zero; at the beginning of a piece that of the piece.
  mutating func hamiltonian(at time: ScheduledEvolution.Time) throws -> ModelFormula? {
    guard let schedule = point.model.schedule else { return point.model.hamiltonian }
    let scheduled = try scheduled(schedule)
    self.scheduled = scheduled
    return try scheduled.piece(at: time).hamiltonian
  }

  private func scheduled(_ schedule: ScheduleDeclaration) throws -> ScheduledEvolution {
    try scheduled ?? ScheduledEvolution(schedule, point, start, within: budget)
  }

  /// What is asked of the schedule.
  mutating func scheduled<Value>(_ question: (inout ScheduledEvolution) throws -> Value) throws -> Value {
    guard let schedule = point.model.schedule else { throw point.unservedInSchedule() }
    var scheduled = try scheduled(schedule)
    defer { self.scheduled = scheduled }
    return try question(&scheduled)
  }

  /// The cut-off is looked for with fewer bits than the arithmetic has.
  private static let spareBits = 32

  /// The vector after a time, on basis states that follow it.
  private func followed(
    _ start: ModeStart, for time: Interval, bits: Int, withPhase: Bool
  ) throws -> Vector {
    var path = try ModePath(point, try point.hamiltonian(), from: start, bits: bits, within: budget)
    try path.advance(by: time, within: budget)
    let end = path
    return Vector(
      amplitudes: end.amplitudes(precision: point.precision, withPhase: withPhase).mapValues {
        StateNumber(value: $0, exact: nil)
      },
      distance: VectorDistance(norm: end.distance, weight: end.weight) { try end.weightedDistance(power: $0) })
  }

  /// A frame of vectors.
  ///
  /// - Parameter growth: what Tr D B^m may have grown by.
  private func state(
    _ vectors: [Vector], _ weight: ModeWeight?, _ exactMean: (@Sendable (ModelPoint.Operator) throws -> Interval?)?,
    growth: @escaping @Sendable (Rational) -> Interval?
  ) throws -> ModelState {
    var distance = StateDistance.none
    let isCut = !start.dropped.isEmpty || vectors.contains { $0.distance != nil }
    if isCut, let weight = weight ?? vectors.lazy.compactMap(\.distance).first?.weight {
      let none = Interval(0, precision: 64)
      let (dropped, point, budget) = (start.dropped, point, budget)
      @Sendable func sum(_ m: Rational) throws -> Interval {
        try dropped.reduce(Interval(0, precision: 64)) {
          $0 + (try $1.bound(weight, power: m, point, within: budget))
        }
      }
      distance = StateDistance(
        vectors.map { $0.distance ?? VectorDistance(norm: none, weight: weight) { _ in none } },
        norms: vectors.map { vector in
          vector.amplitudes.values.reduce(none) { $0 + $1.value.squaredMagnitude.rounded(to: 64) }.squareRoot
        }, start.coefficients, dropped: try sum(0),
        weightedDropped: { m in dropped.isEmpty ? none : try growth(m).map { $0 * (try sum(m)) } },
        exactMean: exactMean)
    }
    return ModelState(
      vectors: vectors.map(\.amplitudes), coefficients: start.coefficients, distance: distance)
  }

  /// Whether a finite vector may reach basis states without end.
  private mutating func leavesEveryBound(_ vector: StartState.Vector) throws -> Bool {
    if point.modes.isEmpty || known(vector) != nil { return false }
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

  /// The flow on a sector that holds a vector; nil where there is none yet.
  private func known(_ vector: StartState.Vector) -> Int? {
    guard let first = vector.keys.first else { return flows.indices.first }
    return places[first]?.first { place in vector.keys.allSatisfy { flows[place].sector.places[$0] != nil } }
  }

  /// The flow on the basis states that a vector reaches.
  mutating func flow(of vector: StartState.Vector) throws -> (sector: Sector, flow: HermitianFlow) {
    if let known = known(vector) { return flows[known] }
    return try flow(on: Sector(of: try point.hamiltonian(), from: vector.keys.sorted(), point, within: budget))
  }

  /// The flow of a sector, which later vectors find.
  private mutating func flow(on sector: Sector) throws -> (sector: Sector, flow: HermitianFlow) {
    let flow = try HermitianFlow(sector, point.scalars, precision: point.precision)
    for state in sector.states { places[state, default: []].append(flows.count) }
    flows.append((sector, flow))
    return (sector, flow)
  }
}
