import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import Synchronization

/// The states of a model at given parameters: the start, and what it has become at a time.
struct ModelEvolution {
  let point: ModelPoint
  private let formed = FormedStart()
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
  private var open: OpenRoute?
  /// The same for a schedule.
  private var scheduled: ScheduledEvolution?
  /// Whether density matrices are evolved in doubles.
  private let inDoubles: Bool
  /// The limit of the state, once it is asked for.
  private var limit: ModelState?

  /// Vectors in the place of elements, where they pay; nil where that was not asked.
  private var unravelling: Unravelling??
  /// Whether it is a piece of a schedule, which begins with a density matrix.
  private let isPiece: Bool
  /// Whether a state is known at t = 0.
  private let hasStart: Bool

  /// - Parameters:
  ///   - piece: the state in which a piece of a schedule begins; nil for the start of the model.
  ///   - defersStart: whether the start is formed where it is asked for alone.
  ///   - inDoubles: whether density matrices are evolved in doubles, with proved bounds.
  init(
    _ point: ModelPoint, from piece: StartState? = nil, defersStart: Bool = false, inDoubles: Bool = false,
    within budget: Budget
  ) throws {
    (self.point, self.inDoubles, self.budget, isPiece) = (point, inDoubles, budget, piece != nil)
    if let piece { _ = formed.value { piece } }
    dissipators = try point.dissipators()
    hasStart = true
    if !defersStart { _ = try start }
  }

  /// A piece of a schedule that begins with moments, and whose states are not known.
  init(withoutStart point: ModelPoint, within budget: Budget) throws {
    (self.point, self.budget, inDoubles, isPiece, hasStart) = (point, budget, false, true, false)
    dissipators = try point.dissipators()
  }

  /// The state at t = 0 as a frame.
  ///
  /// - Throws: ``NotByMoments`` where moments alone are known.
  var start: StartState {
    get throws {
      guard hasStart else { throw NotByMoments() }
      return try formed.value { try StartState(point, within: budget) }
    }
  }

  /// The weights of the start's vectors.
  private var weights: [Int: Interval] {
    get throws {
      try start.coefficients.reduce(into: [:]) { if $1.row == $1.column { $0[$1.row] = $1.number.value.real } }
    }
  }

  /// The start, once it was asked for.
  private final class FormedStart: Sendable {
    private let known = Mutex<StartState?>(nil)

    func value(_ form: () throws -> StartState) rethrows -> StartState {
      if let known = known.withLock({ $0 }) { return known }
      let formed = try form()
      known.withLock { $0 = formed }
      return formed
    }
  }

  /// A vector as it stands on basis states, and its distance from the true one where it has one.
  private struct Vector {
    let amplitudes: [BasisState: StateNumber]
    let distance: VectorDistance?
  }

  /// The state at t = 0, with its formulas.
  func initialState() throws -> ModelState {
    let start = try start
    let weight = ModeWeight(ofModesIn: point)
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
    if let closed = start.closed, closed.contains(where: { !$0.sites.isEmpty }) {
      let shares = try closed.map { (frame: $0, state: try $0.state(point.scalars)) }
      let here = point
      exactMean = { polynomial in
        var sum = Interval(0, precision: here.precision)
        for (frame, state) in shares {
          guard let mean = try state.mean(ofProduct: polynomial, besides: frame, here) else { return nil }
          if !mean.isExactZero { sum = sum + mean }
        }
        return sum
      }
    }
    guard !start.dropped.isEmpty else { return try state(vectors, weight, exactMean) }
    let (dropped, here, time) = (start.dropped, point, budget)
    let sum: @Sendable (Rational) throws -> Interval = { m in
      try dropped.reduce(Interval(0, precision: 64)) { $0 + (try $1.bound(weight, power: m, here, within: time)) }
    }
    return try state(vectors, weight, exactMean, dropped: (try sum(0), sum))
  }

  /// Whether the state follows a master equation, or a Hamiltonian that depends on the time.
  func isOpen() throws -> Bool { try isPiece || !dissipators.isEmpty || ModelPoint.holdsTime(point.openHamiltonian()) }

  /// The operator whose mean is the rate of that of another one.
  func change(of polynomial: ModelPoint.Operator) throws -> ModelPoint.Operator {
    try point.change(of: polynomial, dissipators)
  }

  /// Vectors in the place of the elements of a master equation; nil where they do not pay.
  private mutating func vectors() throws -> Unravelling? {
    if let unravelling { return unravelling }
    let found = isPiece ? nil : try Unravelling(point, start, dissipators, within: budget)
    unravelling = .some(found)
    return found
  }

  /// How the density matrix of a master equation is computed.
  private mutating func openRoute() throws -> OpenRoute {
    if let open { return open }
    let found = try OpenRoute(point, start, dissipators, within: budget)
    open = found
    return found
  }

  /// The density matrix at rising times, the last of which is given; nil where vectors stand in its place.
  mutating func walk(
    until last: Interval, exact: Constant?, bits: Int, within budget: Budget
  ) throws -> MasterWalk? {
    guard try vectors() == nil else { return nil }
    switch try openRoute() {
    case .block(let block): return try block.walk(until: last, exact: exact, bits: bits, within: budget)
    case .endless(let endless): return try endless.walk(until: last, exact: exact, bits: bits, within: budget)
    }
  }

  /// The vectors at rising times, the last of which is given; nil where elements stand in their place.
  mutating func vectorsWalk(until last: Interval, exact: Constant?, bits: Int) throws -> VectorsWalk? {
    guard let unravelling = try vectors() else { return nil }
    try point.requireRates(dissipators, until: last, exact: exact, within: budget)
    return try VectorsWalk(unravelling, bits: bits)
  }

  /// The state whose vectors have become these at a time.
  func state(
    ofMoved vectors: [[BasisState: StateNumber]], _ dropped: DroppedFlow?, until time: Interval
  ) throws -> ModelState {
    try state(vectors.map { Vector(amplitudes: $0, distance: nil) }, dropped, until: time)
  }

  /// The same of vectors with their distances, beside what a start without an end leaves out.
  private func state(_ vectors: [Vector], _ dropped: DroppedFlow?, until time: Interval) throws -> ModelState {
    guard let dropped else { return try state(vectors, nil, nil) }
    return try state(
      vectors, dropped.weight, nil, dropped: (dropped.trace, { try dropped.weighted(power: $0, until: time) }))
  }

  /// The density matrix at all times; nil where the Hamiltonian alone moves the state.
  ///
  /// - Parameter bits: a cut of modes may add about 2^-bits.
  mutating func openPath(until end: Interval?, bits: Int) throws -> OpenPath? {
    guard try isOpen() else { return nil }
    switch try openRoute() {
    case .block(let block): return try block.path(until: end, within: budget)
    case .endless(let endless):
      guard let end else { throw Self.needsEnd }
      return try endless.path(until: end, bits: bits, within: budget)
    }
  }

  /// What figures over all times need where levels have no end.
  static let needsEnd = Unanswered(
    beyond: "figures over all times are not served of modes that no conserved number keeps finite; accepted: "
      + "windows, greatest(F, T)")

  /// A time in which a density matrix leaves its start, as a guess; nil where its elements have an end.
  mutating func endlessScale() throws -> Interval? {
    guard try isEndless(), case .endless(let endless) = try openRoute() else { return nil }
    return try endless.timeScale(within: budget)
  }

  /// Whether the density matrix stands on elements without an end.
  mutating func isEndless() throws -> Bool {
    guard hasStart, try isOpen(), case .endless = try openRoute() else { return false }
    return true
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
      found = try openRoute().block("limits", point).limit(within: budget)
    }
    limit = found
    return found
  }

  /// Minus the greatest real part of the eigenvalues other than zero that the generator has on the elements that the
  /// start reaches; nil without jumps.
  mutating func gap() throws -> Interval? {
    dissipators.isEmpty ? nil : try openRoute().block("gaps", point).gap(within: budget)
  }

  /// Whether the state stands still: populations of basis states that are coupled to nothing.
  private mutating func isStationary() throws -> Bool {
    let start = try start
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

  /// The vectors of the start in groups that elements of C join. What an evolution leaves out of the phase of all
  /// amplitudes is seen between the vectors of a group.
  static func groups(_ start: StartState) -> [[Int]] {
    var sets = DisjointSets(start.vectors.count)
    for coefficient in start.coefficients { sets.join(coefficient.row, coefficient.column) }
    let weighted = Set(start.coefficients.map(\.row))
    return sets.groups.filter { $0.contains(where: weighted.contains) }
  }

  /// The bits that a vector's cut is worth in the state: fewer where its weight is small.
  ///
  /// - Parameter full: the bits of a vector of the weight 1.
  func bits(_ group: [Int], atMost full: Int) throws -> Int {
    guard group.count == 1, let weight = try weights[group[0]], let exponent = weight.magnitude.binaryExponent else {
      return full
    }
    return min(full, max(full + exponent + 8, 24))
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
    if try isOpen() {
      if !inDoubles, let vectors = try vectors() { return try vectors.state(after: time, exact: exact, within: budget) }
      return try openRoute().state(after: time, exact: exact, inDoubles: inDoubles, within: budget)
    }
    if try isStationary() { return try initialState() }
    let start = try start
    let zero = ComplexInterval.zero(precision: point.precision)
    var vectors = start.vectors.map { _ in Vector(amplitudes: [:], distance: nil) }
    for group in Self.groups(start) {
      let bits = try bits(group, atMost: point.precision - Self.spareBits)
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
    return try state(vectors, droppedFlow(), until: time)
  }

  /// The Hamiltonian of a schedule at a time, none being zero; at the beginning of a piece that of the piece.
  func hamiltonian(at time: ScheduledEvolution.Time) throws -> ModelFormula? {
    guard let schedule = point.model.schedule else { return point.model.hamiltonian }
    // No state is asked for, of which none may be known.
    let clock = try scheduled?.clock ?? ScheduleClock(schedule, point, within: budget)
    return try schedule.pieces[clock.place(of: time, isAfter: true).piece].hamiltonian
  }

  private func scheduled(_ schedule: ScheduleDeclaration) throws -> ScheduledEvolution {
    try scheduled ?? ScheduledEvolution(schedule, point, try start, inDoubles: inDoubles, within: budget)
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
    if let closed = try ClosedParts(point, from: start, within: budget) {
      return Vector(
        amplitudes: try closed.amplitudes(after: time, bits: bits, within: budget).mapValues {
          StateNumber(value: $0, exact: nil)
        },
        distance: VectorDistance(norm: try closed.distance(power: 0), weight: closed.weight) {
          try closed.distance(power: $0)
        })
    }
    var path = try ModePath(point, try point.hamiltonian(), from: start, bits: bits, within: budget)
    try path.advance(by: time, within: budget)
    let end = path
    return Vector(
      amplitudes: end.amplitudes(precision: point.precision, withPhase: withPhase).mapValues {
        StateNumber(value: $0, exact: nil)
      },
      distance: VectorDistance(norm: end.distance, weight: end.weight) { try end.weightedDistance(power: $0) })
  }

  /// What the start leaves out, along the flow; nil where nothing is.
  func droppedFlow() throws -> DroppedFlow? {
    try start.dropped.isEmpty
      ? nil : try DroppedFlow(start.dropped, try point.hamiltonian(), point, within: budget)
  }

  /// A frame of vectors.
  ///
  /// - Parameter dropped: at least Tr D and Tr D B^m of what is left out; nil for nothing.
  private func state(
    _ vectors: [Vector], _ weight: ModeWeight?, _ exactMean: (@Sendable (ModelPoint.Operator) throws -> Interval?)?,
    dropped: (trace: Interval, weighted: @Sendable (Rational) throws -> Interval?)? = nil
  ) throws -> ModelState {
    let start = try start
    var distance = StateDistance.none
    let isCut = dropped != nil || vectors.contains { $0.distance != nil }
    if isCut, let weight = weight ?? vectors.lazy.compactMap(\.distance).first?.weight {
      let none = Interval(0, precision: 64)
      var weighted: @Sendable (Rational) throws -> Interval? = { _ in none }
      if let own = dropped?.weighted { weighted = own }
      distance = StateDistance(
        vectors.map { $0.distance ?? VectorDistance(norm: none, weight: weight) { _ in none } },
        norms: vectors.map { vector in
          vector.amplitudes.values.reduce(none) { $0 + $1.value.squaredMagnitude.rounded(to: 64) }.squareRoot
        }, start.coefficients, dropped: dropped?.trace ?? none, weightedDropped: weighted,
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
    let start = try start
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
