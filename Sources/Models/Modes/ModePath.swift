import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import Synchronization

/// The state of a model with modes as it evolves, on basis states whose number follows it, within a proved distance of
/// the true one.
///
/// Let P be the projector on the basis states that are kept, phi(s) = exp(-i P H P s) v the flow cut off there, and psi
/// the true state, whose flow exists and is unitary (``Existence``). phi(s) is a finite combination of basis states, on
/// which H acts as a polynomial, so
///
///     |psi(t) - phi(t)| <= |psi(0) - v| + integral from 0 to t of |(1 - P) H phi(s)| ds
///
/// with the generator that is not cut off. (1 - P) H has elements from few states at the edge to few states outside,
/// and ``SkewFlow/watched(_:for:bits:watching:within:)`` bounds the amplitudes at the edge at all times s. A step is
/// taken when what it adds is within its share of 2^-bits; else states are added where the state leaves, and it is
/// taken again.
struct ModePath {
  /// What a step added to the distance.
  struct Step {
    let duration: Interval
    /// Bounds of the elements of (1 - P) H phi at all times of the step, by the value of B at the states there, which
    /// leave out a vector of 2-norm at most `noise`.
    let image: [(weight: Integer, size: UpperBound)]
    let noise: Interval
    /// The greatest B of the states that are kept, and of those in `image`.
    let greatest: Integer
    /// What series and roundings added within the states that are kept.
    let roundings: Interval
    /// What was left out after the step: the squared lengths by the value of B.
    var dropped: [Integer: Interval] = [:]
  }

  private let point: ModelPoint
  /// Where it keeps a number, nothing leads out of the basis states that are reached.
  private let bounds: WeightFlow
  private let start: ModeStart
  private let bits: Int
  /// What rounding the start did within the states that are kept.
  private let startRoundings: BigFloat
  private(set) var sector: GrowingSector
  private(set) var flow: SkewFlow
  private var boundary: SectorBoundary
  private var depth: Int
  private let keepsStates: Bool
  /// How far around the states that matter others are kept when some are left out.
  private var margin = 8
  /// Whether the states were left out after the last step.
  private var isCut = false
  /// The computed vector, with the error of the arithmetic alone.
  private(set) var state: FlowState
  private(set) var steps: [Step] = []
  /// At least |psi - phi| with the start's tail, the cut and the arithmetic.
  private(set) var distance: Interval
  /// The integral of the shift over the steps so far.
  private var phase: Interval
  /// The powers of B that were asked for, and the bounds after some steps, from which later ones go on: they are found
  /// when the path goes on, so that a copy has those of its own steps.
  private let asked = AskedPowers()
  private var sums: [Rational: (count: Int, value: Interval)] = [:]

  /// The start of a path.
  ///
  /// - Parameters:
  ///   - bits: the cut may add 2^-bits to the distance, and what is left out on the way as much.
  ///   - sector: basis states to begin with; nil where they are to be found.
  ///   - keepsStates: whether no state is left out that was added once.
  /// - Throws: ``BadInput`` where the flow is not proved to exist, ``Unanswered`` beyond the sizes that are served.
  init(
    _ point: ModelPoint, _ hamiltonian: ModelPoint.Operator, from start: ModeStart, bits: Int,
    on sector: GrowingSector? = nil, keepsStates: Bool = false, within budget: Budget
  ) throws {
    (self.point, self.start, self.bits, self.keepsStates) = (point, start, bits, keepsStates)
    bounds = try WeightFlow(hamiltonian, point)
    let conserved = bounds.conserved
    let known = start.amplitudes.keys.sorted()
    var grown = try sector ?? GrowingSector(of: hamiltonian, point, precision: bits + Self.couplingBits)
    depth = 4
    do {
      try grown.add(known, depth: conserved == nil ? depth : .max, within: budget)
    } catch is TooManyStates {
      throw ModePath.tooMany
    }
    self.sector = grown
    flow = try grown.flow()
    boundary = grown.boundary()
    let zero = Interval(0, precision: 64)
    let elements = grown.states.flatMap { state -> [Interval] in
      let value = start.amplitudes[state]
      return [value?.real ?? zero, value?.imaginary ?? zero]
    }
    guard elements.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    state = FlowState(elements, fractionBits: bits + 64)
    phase = Interval(0, precision: point.precision)
    startRoundings = state.error
    distance = try start.tail(bounds.weight, power: 0) + Interval(state.error)
  }

  var weight: ModeWeight { bounds.weight }

  /// Couplings have more bits than the distance asks for: their roundings grow with the square of the terms of a
  /// series.
  private static let couplingBits = 192

  /// The norm of the flow times the length of a step.
  private var sensibleTurn: Int { max(bits, 128) }

  private static let tooMany = Unanswered(
    undecided:
      "more than \(GrowingSector.greatestSize) basis states are needed to bound what the cut-off of the modes adds")

  /// The computed vector without its error.
  ///
  /// - Parameter withPhase: whether the phase that all amplitudes share is wanted, exp(-i integral of the shift of the
  ///   diagonal (``GrowingSector/shift``)).
  func amplitudes(precision: Int, withPhase: Bool = false) -> [BasisState: ComplexInterval] {
    let turn = ComplexInterval(phase.cosine, -phase.sine)
    return sector.states.enumerated().reduce(into: [:]) { result, pair in
      let value = ComplexInterval(
        state.storedElement(2 * pair.offset, precision: precision),
        state.storedElement(2 * pair.offset + 1, precision: precision))
      if value.isExactlyZero { return }
      result[pair.element] = withPhase ? turn * value : value
    }
  }

  /// Evolves for a time.
  mutating func advance(by time: Interval, within budget: Budget) throws {
    guard time.isBounded, time.lower.signum >= 0 else { throw NotToldYet(what: "the time") }
    guard time.upper.signum > 0 else { return }
    for power in asked.all {
      if let own = try? weightedSum(power: power) { sums[power] = (steps.count, own) }
    }
    // What is left of a time has its bits, or the differences would be enclosures as wide as the last of them.
    var left = time.rounded(to: max(time.precision, bits + Self.couplingBits))
    var extra = 24
    while true {
      try budget.check()
      let rate = Interval(flow.scale, precision: 64)
      let sensible = (Interval(sensibleTurn, precision: 64) / rate).lower
      let isLast = boundary.edge.isEmpty || left.magnitude <= sensible
      let step = isLast ? left : Interval(sensible)
      let duration = Interval(step.magnitude).rounded(to: 64)
      let whole = Interval(time.magnitude).rounded(to: 64)
      let allowed = (duration / whole).scaled(byPowerOfTwo: -bits)
      if try foresee(duration, allowed, within: budget) { continue }
      let needed = (rate * Interval(time.magnitude)).upper.binaryExponent.map { max($0, 0) } ?? 0
      let run = try flow.watched(
        state, for: step, bits: bits + extra + needed, watching: boundary.edge.flatMap { [2 * $0, 2 * $0 + 1] },
        within: budget)
      // |x + iy| <= |x| + |y|.
      let sizes = boundary.edge.indices.map { run.bounds[2 * $0] + run.bounds[2 * $0 + 1] }
      let image = boundary.image(sizes)
      let noise = boundary.norm * Interval(run.noise)
      let length = image.reduce(Interval(0, precision: 64)) { $0 + Interval($1.value).squared }.squareRoot
      let loss = duration * (length + noise)
      if boundary.edge.isEmpty || loss.upper <= allowed.lower {
        phase += step * Interval(sector.shift ?? .zero(precision: 64))
        accept(
          run.state,
          Step(
            duration: duration,
            image: zip(boundary.outside, image).map { (weight.value($0, point.basis), $1) }, noise: noise,
            greatest: greatestWeight, roundings: Interval(run.state.error) - Interval(state.error)), loss)
        isCut = false
        if isLast { return }
        left = left - step
        try shrink(below: allowed.lower)
        continue
      }
      if (duration * noise).upper > allowed.scaled(byPowerOfTwo: -1).lower {
        guard extra < 512 else { throw Unanswered(undecided: "the roundings are too large to bound the cut-off") }
        extra += 64
        continue
      }
      try grow(image, above: (allowed / (4 * duration)).lower, within: budget)
    }
  }

  private mutating func accept(_ next: FlowState, _ step: Step, _ loss: Interval) {
    distance = (distance + loss + Interval(step.roundings.magnitude)).greatest
    state = next
    steps.append(step)
  }

  private var greatestWeight: Integer {
    (sector.states + boundary.outside).reduce(Integer(1)) { max($0, weight.value($1, point.basis)) }
  }

  /// Leaves out the states that the vector has left, where these are many: those whose elements have a length below a
  /// bound all together, except what is near to others.
  ///
  /// The vector that is left is off by the length of what is left out, in each norm, and this distance grows like any
  /// other (``weightedDistance(power:)``).
  private mutating func shrink(below bound: BigFloat) throws {
    guard !keepsStates else { return }
    let count = sector.states.count
    let least = UpperBound((Interval(bound) / Interval(count, precision: 64).squareRoot).lower)
    let sizes = sector.states.indices.map { state.storedBound(2 * $0) + state.storedBound(2 * $0 + 1) }
    let kept = sector.neighbourhood(sizes.indices.filter { least < sizes[$0] }, depth: margin)
    guard !kept.isEmpty, 2 * kept.count <= count else { return }
    var dropped: [Integer: Interval] = [:]
    let own = Set(kept)
    for place in sizes.indices where !own.contains(place) && .zero < sizes[place] {
      dropped[weight.value(sector.states[place], point.basis), default: Interval(0, precision: 64)] +=
        Interval(
          sizes[place].value
        ).squared
    }
    steps[steps.count - 1].dropped = dropped
    let length = dropped.values.reduce(Interval(0, precision: 64), +).squareRoot
    distance = (distance + length).greatest
    sector.keep(kept)
    flow = try sector.flow()
    boundary = sector.boundary()
    state = state.restricted(to: kept.flatMap { [2 * $0, 2 * $0 + 1] })
    isCut = true
  }

  /// Adds states where a step in doubles leads out of those that are there; whether there were any to add.
  ///
  /// The flow, which costs more than a step in doubles, is made once at the end.
  private mutating func foresee(_ duration: Interval, _ allowed: Interval, within budget: Budget) throws -> Bool {
    let time = duration.upper.double(rounding: .nearest)
    let loss = allowed.lower.double(rounding: .nearest) / time
    guard loss > 0 else { return false }
    let amplitudes = (0..<state.dimension).map(state.storedDouble)
    var hasGrown = false
    while !boundary.edge.isEmpty {
      let forecast = SectorForecast(
        sector, boundary, from: amplitudes, for: time, turn: Double(sensibleTurn), bits: bits)
      guard let image = forecast?.image,
        image.reduce(0, { $0 + $1 * $1 }).squareRoot() > loss / 2
      else { break }
      try budget.check()
      let least = loss / (4 * Double(image.count).squareRoot())
      try add(zip(boundary.outside, image).filter { least < $1 }.map(\.0), within: budget)
      hasGrown = true
    }
    if hasGrown { try rebuild() }
    return hasGrown
  }

  /// Adds the states outside that matter, and what they reach.
  private mutating func grow(_ image: [UpperBound], above bound: BigFloat, within budget: Budget) throws {
    let least = UpperBound((Interval(bound) / Interval(max(image.count, 1), precision: 64).squareRoot).upper)
    try add(zip(boundary.outside, image).filter { least < $1 }.map(\.0), within: budget)
    try rebuild()
  }

  private mutating func add(_ wanted: [BasisState], within budget: Budget) throws {
    // Too much was left out.
    if isCut { (margin, isCut) = (2 * margin, false) }
    let more = max(4, depth / 4)
    depth += more
    do {
      try sector.add(wanted, depth: more, within: budget)
    } catch is TooManyStates {
      throw ModePath.tooMany
    }
    boundary = sector.boundary()
  }

  /// The flow on the states that are there now.
  private mutating func rebuild() throws {
    flow = try sector.flow()
    state = state.extended(to: flow.dimension)
  }

  /// Adds what a first step of a path needs, so that it can begin on states that it keeps.
  mutating func prepare(for time: Interval, within budget: Budget) throws {
    while !boundary.edge.isEmpty {
      let sensible = (Interval(sensibleTurn, precision: 64) / Interval(flow.scale, precision: 64)).lower
      let step = Interval(min(time.magnitude, sensible)).rounded(to: 64)
      let allowed = (step / Interval(time.magnitude).rounded(to: 64)).scaled(byPowerOfTwo: -bits)
      guard try foresee(step, allowed, within: budget) else { return }
    }
  }

  /// At least |psi(s) - phi(s)| at all times so far, where phi is the exact flow on the present basis states from the
  /// stored start, and all steps were taken on these.
  ///
  /// The defects that were bounded are those of the computed vectors, off phi by at most the error of the arithmetic.
  var uniformDistance: Interval {
    let duration = steps.reduce(Interval(0, precision: 64)) { $0 + $1.duration }
    return distance + boundary.norm * duration * Interval(state.error)
  }

  /// The same of |B^(m/2) (psi(s) - phi(s))|; nil where there is no bound.
  func uniformWeightedDistance(power m: Rational) throws -> Interval? {
    if m.signum == 0 { return uniformDistance }
    guard let own = try weightedDistance(power: m) else { return nil }
    let c = bounds.rate(power: m)
    let duration = steps.reduce(Interval(0, precision: 64)) { $0 + $1.duration }
    let greatest = Interval(greatestWeight, precision: 64).power(m / 2)
    let defect = boundary.norm * Interval(state.error) * greatest
    return (own + (c * duration / 2).exponential * duration * defect).greatest
  }

  // MARK: - Weighted norms

  /// At least |B^(m/2) (psi - phi)|; nil where there is no bound.
  ///
  /// With the growth of ``WeightFlow``
  ///
  ///     |B^(m/2) (psi - phi)(t)| <= e^(ct/2) |B^(m/2) (psi - phi)(0)| + integral of e^(c(t-s)/2) |B^(m/2) r(s)| ds,
  ///
  /// r being the defect (1 - P) H phi outside, of which each element is bounded, and roundings inside, where B is at
  /// most its greatest value there.
  func weightedDistance(power m: Rational) throws -> Interval? {
    if m.signum == 0 { return distance }
    asked.add(m)
    guard let result = try weightedSum(power: m) else { return nil }
    // What was added on the way grows as the start does.
    return bounds.conserved.map { $0.growth(power: m) * result } ?? result
  }

  /// The bound without what a conserved number adds; nil where there is none.
  private func weightedSum(power m: Rational) throws -> Interval? {
    let c = bounds.rate(power: m)
    guard c.isBounded else { return nil }
    let half = m / 2
    func weighted(_ value: Integer, _ power: Rational) -> Interval { Interval(value, precision: 64).power(power) }
    let known = sums[m]
    var result: Interval
    if let known {
      result = known.value
    } else {
      let first = start.amplitudes.keys.reduce(Integer(1)) { max($0, weight.value($1, point.basis)) }
      result = try start.tail(weight, power: m) + weighted(first, half) * Interval(startRoundings)
    }
    for step in steps[(known?.count ?? 0)...] {
      let square = step.image.reduce(Interval(0, precision: 64)) {
        $0 + weighted($1.weight, m) * Interval($1.size.value).squared
      }
      let defect = square.squareRoot + weighted(step.greatest, half) * step.noise
      let growth = (c * step.duration / 2).exponential
      result = growth * (result + step.duration * defect) + weighted(step.greatest, half) * step.roundings.absoluteValue
      let dropped = step.dropped.reduce(Interval(0, precision: 64)) { $0 + weighted($1.key, m) * $1.value }
      result = (result + dropped.squareRoot).greatest
      guard result.isBounded else { return nil }
    }
    return result
  }
}

/// The powers of a weight that were asked for along a path.
private final class AskedPowers: Sendable {
  private let known = Mutex<Set<Rational>>([])

  var all: Set<Rational> { known.withLock { $0 } }

  func add(_ power: Rational) { known.withLock { _ = $0.insert(power) } }
}
