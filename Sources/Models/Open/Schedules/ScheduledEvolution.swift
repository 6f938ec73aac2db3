import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The density matrix of a model as it passes through a schedule.
///
/// Each piece is a flow on the elements that the state at its beginning reaches under it; the state at its end, with
/// the error that it has there, begins the next one.
struct ScheduledEvolution {
  typealias Time = ScheduleClock.Time

  let point: ModelPoint
  let schedule: ScheduleDeclaration
  /// Whether pieces are evolved in doubles.
  private let inDoubles: Bool
  let budget: Budget
  let start: DensityElements
  let dissipators: [[Dissipator]]
  let clock: ScheduleClock
  var generators: [MasterGenerator]
  var resets: [ResetMap]
  /// The block of each piece that was met last, with the elements that it is the closure of.
  private var blocks: [Int: (start: [DensityBlock.Place], block: DensityBlock)] = [:]

  init(
    _ schedule: ScheduleDeclaration, _ point: ModelPoint, _ start: StartState, inDoubles: Bool, within budget: Budget
  ) throws {
    (self.schedule, self.point, self.inDoubles, self.budget) = (schedule, point, inDoubles, budget)
    let elements = try start.elements(point, within: budget)
    let places = elements.keys.sorted()
    let zero = ComplexInterval.zero(precision: point.precision)
    self.start = DensityElements(places, precision: point.precision) { elements[places[$0]] ?? zero }
    clock = try ScheduleClock(schedule, point, within: budget)
    dissipators = try schedule.pieces.map { try point.dissipators($0.jumps) }
    generators = try zip(schedule.pieces, dissipators).map {
      try MasterGenerator(point, try point.hamiltonian($0.hamiltonian), $1)
    }
    resets = try schedule.resets.map { try ResetMap($0, point, within: budget) }
  }

  // MARK: - Walks

  /// A way through the steps.
  struct Walk {
    /// Nil for the end of all.
    let goal: Time?
    /// Whether the state after an instant at the goal is meant, and not that before it.
    var isAfter = false
    var state: DensityElements
    /// How often each piece has passed.
    var passed: [Int]
    /// The last piece that was met.
    var last: Int?
  }

  /// The state at a time; at the instant of a reset or of a new piece that before it.
  ///
  /// - Throws: ``BadInput`` beyond the last piece, ``NotToldYet`` where it is not told which piece a time is in.
  mutating func state(at time: Time) throws -> ModelState {
    guard time.value.lower.signum > 0 || time.exact?.sign == 1 else { throw NotToldYet(what: "whether a time is 0") }
    var walk = Walk(goal: time, state: start, passed: schedule.pieces.map { _ in 0 })
    guard let block = try follow(schedule.steps, &walk) else { throw clock.refusal(of: time, beyond: walk.passed) }
    return block.state(walk.state.numbers, point)
  }

  /// Follows steps; the block in which the state stands once the time is reached, nil where it is not.
  mutating func follow(_ steps: [ScheduleDeclaration.Step], _ walk: inout Walk) throws -> DensityBlock? {
    for step in steps {
      try budget.check()
      switch step {
      case .reset(let number):
        // The time is later: a piece at whose end it lies has been the last one.
        walk.state = try resets[number].applied(to: walk.state, within: budget)
      case .repeated(let formula, let inner):
        var (left, before) = (try clock.count(formula), [DensityBlock.Place]?.none)
        // Resets alone do the same once and often.
        if try clock.passes(inner).allSatisfy({ $0 == 0 }) { left = min(left, 1) }
        while left > 0 {
          try budget.check()
          let leapt = try leap(inner, from: before, left, &walk)
          left -= leapt
          guard leapt == 0 else { continue }
          // Once the elements stay the same nothing is won later.
          if let before, before == walk.state.places { try requireFew(formula, inner, left, walk) }
          before = walk.state.places
          if let block = try follow(inner, &walk) { return block }
          left -= 1
        }
      case .piece(let number):
        if let block = try pass(number, &walk) { return block }
      }
    }
    return nil
  }

  /// The most repetitions that are followed one by one.
  private static let greatestRepetitions = 1 << 17

  /// Refuses repetitions that no power takes together, where many of them are over before the goal of a walk.
  private func requireFew(
    _ formula: ModelFormula, _ steps: [ScheduleDeclaration.Step], _ left: Int, _ walk: Walk
  ) throws {
    guard left > Self.greatestRepetitions else { return }
    let own = try clock.passes(steps)
    let count = try walk.goal.map { try clock.whole(own, before: $0, after: walk.passed, atMost: left) } ?? left
    guard count > Self.greatestRepetitions else { return }
    throw Unanswered(
      beyond: formula.fault(
        "\(count) repetitions one by one; accepted: \(Self.greatestRepetitions), and more where no t stands in them "
          + "and they keep few elements"
      ).message)
  }

  /// Passes through a piece; its block where the time lies in it.
  mutating func pass(_ number: Int, _ walk: inout Walk) throws -> DensityBlock? {
    let beginning = clock.time(walk.passed)
    let first = beginning.value
    walk.last = number
    if let goal = walk.goal, walk.isAfter, try clock.compare(goal, walk.passed) == 0 {
      return try block(number, from: walk.state.places)
    }
    walk.passed[number] += 1
    let isLast =
      try walk.goal.map { goal in
        let order = try clock.lengths[number] == nil ? -1 : clock.compare(goal, walk.passed)
        return order < 0 || (order == 0 && !walk.isAfter)
      } ?? false
    let last = isLast ? walk.goal?.value ?? first : clock.begin(walk.passed)
    if dissipators[number].contains(where: \.rate.holdsTime) {
      try point.requireRates(
        dissipators[number], from: beginning, until: last,
        exact: isLast ? walk.goal?.exact : clock.time(walk.passed).exact, within: budget)
    }
    let block = try block(number, from: walk.state.places)
    let wide = walk.state.extended(to: block.places, precision: point.precision)
    let size = BigFloat(1, precision: 64, rounding: .up)
    // A flow that does not depend on the time is known best by how long it lasts.
    let span: (from: Interval, until: Interval)
    if block.flow.isDriven {
      span = (first, last)
    } else if !isLast, let length = clock.lengths[number] {
      span = (Interval(0, precision: 64), length.value)
    } else {
      span = (Interval(0, precision: 64), last - first)
    }
    let end =
      inDoubles
      ? try MasterKernel(block.flow).evolved(wide.numbers, from: span.from, until: span.until, within: budget)
      : try block.flow.evolved(
        wide.numbers, size: size, from: span.from, until: span.until, bits: point.precision, within: budget)
    walk.state = DensityElements(block.places, end)
    return isLast ? block : nil
  }

  /// The most real elements of a piece in which modes are not seen to be bounded.
  private static let greatestTried = 16_384

  mutating func block(_ number: Int, from places: [DensityBlock.Place]) throws -> DensityBlock {
    if let known = blocks[number], known.start == places { return known.block }
    let isBounded = try OpenRoute.isBounded(
      point, try point.hamiltonian(schedule.pieces[number].hamiltonian), dissipators[number])
    let block: DensityBlock
    do {
      block = try DensityBlock(
        &generators[number], from: places, atMost: isBounded ? DensityBlock.greatestSize : Self.greatestTried, point,
        within: budget)
    } catch is DensityBlock.TooMany {
      throw Unanswered(
        beyond:
          "\(point.model.name): a piece of a schedule in which no number of quanta is seen to bound the modes, with "
          + "more than \(Self.greatestTried) real elements")
    }
    blocks[number] = (places, block)
    return block
  }
}
