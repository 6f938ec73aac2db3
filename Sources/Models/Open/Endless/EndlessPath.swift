import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The density matrix of a model with modes and jumps as it evolves, on elements whose number follows it, within a
/// proved distance of the true one.
///
/// Let P keep the elements |k><l| of a finite set and X' = P L X. X being a finite matrix and the Hamiltonian and the
/// jumps polynomials in the letters, L X is one as well, L being the generator that is not cut off. The flow of L
/// exists and does not enlarge the trace norm (``Existence``), so
///
///     |rho(t) - X(t)|_1 <= |rho(0) - X(0)|_1 + integral from 0 to t of |(1 - P) L X(s)|_1 ds + what X jumps by,
///
/// series and roundings being a defect like the other one. In |Y|_A = trace norm of A^(1/2) Y A^(1/2) the flow grows by
/// e^(ct) at most with the c of A (``WeightFlow``), so that
///
///     |rho(t) - X(t)|_A <= e^(ct) |rho(0) - X(0)|_A + integral of e^(c(t-s)) |(1 - P) L X(s)|_A ds + ...
///
/// (1 - P) L X has few elements, from numbers at the edge, and ``ContractiveWalk`` bounds those at all times of a step.
/// A step is taken when what it adds is within its share of 2^-bits; else numbers are added where the state leaves, and
/// it is taken again. After a step numbers that the state has left are left out, where these are half of all or more.
struct EndlessPath {
  private let point: ModelPoint
  private let bounds: WeightFlow
  private let bits: Int
  private let duration: Interval
  private var block: GrowingBlock
  private var boundary: BlockBoundary
  private var walk: ContractiveWalk
  private var depth = 4
  private var margin = 8
  private var isCut = false
  /// What was added to the distance.
  private var ledger: DensityLedger

  /// The path up to a time.
  ///
  /// - Parameter bits: the cut may add 2^-bits to the distance in the trace norm.
  init(
    _ point: ModelPoint, _ generator: MasterGenerator, _ bounds: WeightFlow, from start: DensityStart,
    until time: Interval, bits: Int, within budget: Budget
  ) throws {
    guard time.isBounded, time.lower.signum >= 0 else { throw NotToldYet(what: "the time") }
    (self.point, self.bounds, self.bits) = (point, bounds, bits)
    block = try GrowingBlock(generator, point)
    try block.add(start.coordinates, depth: depth, within: budget)
    var state = FlowState(block.coordinates.map(start.number), fractionBits: bits + 64)
    let flow = block.flow()
    // The error of the numbers is one of the 2-norm.
    let roundings = flow.spread * Interval(state.error)
    ledger = DensityLedger(
      bounds: bounds, start: start, startRoundings: roundings, startGreatest: block.greatest(bounds.weight, point.basis)
    )
    state = state.withError(enlargedBy: (roundings + (try start.distance(power: 0))).upper)
    boundary = block.boundary(bounds.weight, point.basis)
    duration = Interval(time.upper).rounded(to: 64)
    walk = try ContractiveWalk(
      flow, from: state, size: Self.one, at: .zero(precision: 64), until: time.lower, bits: bits + 8,
      watching: boundary.edge)
    try advance(within: budget)
    try hold(around: time)
  }

  private static var one: BigFloat { BigFloat(1, precision: 64, rounding: .up) }

  /// At least |rho - X|_1.
  var distance: Interval { Interval(walk.state.error) }

  /// At least |rho - X|_A for A = B^m; nil where there is no bound.
  func distance(power m: Rational) throws -> Interval? {
    m.signum == 0 ? distance : try ledger.distance(power: m)
  }

  /// X, on and below the diagonal.
  func elements(precision: Int) -> [DensityBlock.Place: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: precision)
    return block.coordinates.enumerated().reduce(into: [:]) { result, item in
      let value = walk.state.storedElement(item.offset, precision: precision)
      let old = result[item.element.place] ?? zero
      result[item.element.place] =
        item.element.isImaginary ? ComplexInterval(old.real, value) : ComplexInterval(value, old.imaginary)
    }
  }

  // MARK: - Steps

  private mutating func advance(within budget: Budget) throws {
    while true {
      let before = walk
      guard let step = try walk.step(within: budget) else { return }
      let image = boundary.image(step.bounds, functions: step.functions)
      let total = image.reduce(UpperBound.zero, +)
      let loss = step.length * Interval(total.value)
      let allowed = (step.length / duration).scaled(byPowerOfTwo: -bits)
      guard loss.upper <= allowed.lower else {
        walk = before
        let least = UpperBound(
          (Interval(1, precision: 64) / duration / (4 * image.count)).scaled(byPowerOfTwo: -bits).lower)
        try grow(zip(boundary.outside, image).filter { least < $1 }.map(\.0), within: budget)
        continue
      }
      walk.enlarge(by: loss)
      ledger.steps.append(
        .init(
          duration: step.length, image: boundary.byWeight(image), roundings: step.roundings,
          greatest: block.greatest(bounds.weight, point.basis)))
      isCut = false
      if ledger.steps.count % Self.shrinkPeriod == 0 { try shrink(below: allowed.lower) }
    }
  }

  /// Steps after which it is looked at what the state has left.
  private static let shrinkPeriod = 8

  /// The path stands still at times that are not told apart from the end of the last step: its defect there is L X.
  private mutating func hold(around time: Interval) throws {
    let rest = time - Interval(walk.time)
    guard rest.upper.signum > 0 else { return }
    let length = Interval(rest.upper).rounded(to: 64)
    // |X|_2 <= |X|_1 <= 1 and the distance.
    let (slope, functions) = try walk.slope(over: Interval(walk.time).hull(time), size: 1 + distance)
    let image = boundary.image(boundary.edge.map { walk.state.storedBound($0) }, functions: functions)
    let roundings = length * block.flow().spread * slope
    walk.enlarge(by: roundings + length * Interval(image.reduce(UpperBound.zero, +).value))
    ledger.steps.append(
      .init(
        duration: length, image: boundary.byWeight(image), roundings: roundings,
        greatest: block.greatest(bounds.weight, point.basis)))
  }

  /// Adds numbers outside that matter, and what they reach.
  private mutating func grow(_ wanted: [GrowingBlock.Coordinate], within budget: Budget) throws {
    // Too much was left out.
    if isCut { margin *= 2 }
    let more = max(4, depth / 4)
    depth += more
    try block.add(wanted, depth: more, within: budget)
    try restart(walk.state.extended(to: block.coordinates.count))
  }

  /// Goes on with the present numbers.
  private mutating func restart(_ state: FlowState) throws {
    boundary = block.boundary(bounds.weight, point.basis)
    walk = try ContractiveWalk(
      block.flow(), from: state, size: Self.one, at: walk.time, until: walk.end, bits: bits + 8,
      watching: boundary.edge)
  }

  /// Leaves out the numbers that the state has left, where these are many, except what is near to others.
  private mutating func shrink(below bound: BigFloat) throws {
    let count = block.coordinates.count
    let least = UpperBound((Interval(bound) / (2 * count)).lower)
    let sizes = block.coordinates.indices.map { walk.state.storedBound($0) }
    let kept = block.neighbourhood(sizes.indices.filter { least < sizes[$0] }, depth: margin)
    guard !kept.isEmpty, 2 * kept.count <= count else { return }
    var dropped: [Integer: UpperBound] = [:]
    let own = Set(kept)
    for place in sizes.indices where !own.contains(place) && .zero < sizes[place] {
      let element = block.coordinates[place].place
      let key = bounds.weight.value(element.row, point.basis) * bounds.weight.value(element.column, point.basis)
      dropped[key] = (dropped[key] ?? .zero) + (element.isDiagonal ? sizes[place] : sizes[place] + sizes[place])
    }
    ledger.steps[ledger.steps.count - 1].dropped = dropped
    walk.enlarge(by: Interval(dropped.values.reduce(UpperBound.zero, +).value))
    block.keep(kept)
    try restart(walk.state.restricted(to: kept))
    isCut = true
  }

  // MARK: - What is known at the end

  /// The state, and its distance from the true one.
  func state() -> ModelState {
    let ledger = ledger
    return ModelState(
      near: elements(precision: point.precision), on: block.states, within: distance, bounds.weight, point
    ) { try ledger.distance(power: $0) }
  }
}
