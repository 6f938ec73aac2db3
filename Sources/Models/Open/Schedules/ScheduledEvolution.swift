import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The density matrix of a model as it passes through a schedule.
///
/// Each piece is a flow on the elements that the state at its beginning reaches under it; the state at its end, with
/// the error that it has there, begins the next one. All times are sums of lengths, each times the number of its
/// repetitions, so that they do not get wider from step to step.
struct ScheduledEvolution {
  let point: ModelPoint
  let schedule: ScheduleDeclaration
  /// Whether pieces are evolved in doubles.
  private let inDoubles: Bool
  let budget: Budget
  let start: DensityElements
  let dissipators: [[Dissipator]]
  let lengths: [Length?]
  var generators: [MasterGenerator]
  var resets: [ResetMap]
  /// The block of each piece that was met last, with the elements that it is the closure of.
  private var blocks: [Int: (start: [DensityBlock.Place], block: DensityBlock)] = [:]

  /// The length of a piece.
  struct Length {
    let value: Interval
    /// As a formula, where it is decided exactly.
    let exact: Constant?
  }

  /// A time, exact where it is known as a formula.
  struct Time {
    let value: Interval
    let exact: Constant?
  }

  init(
    _ schedule: ScheduleDeclaration, _ point: ModelPoint, _ start: StartState, inDoubles: Bool, within budget: Budget
  ) throws {
    (self.schedule, self.point, self.inDoubles, self.budget) = (schedule, point, inDoubles, budget)
    let elements = try start.elements(point, within: budget)
    let places = elements.keys.sorted()
    let zero = ComplexInterval.zero(precision: point.precision)
    self.start = DensityElements(places, precision: point.precision) { elements[places[$0]] ?? zero }
    lengths = try schedule.pieces.map { try $0.length.map { try ScheduledEvolution.length($0, point) } }
    dissipators = try schedule.pieces.map { try point.dissipators($0.jumps) }
    generators = try zip(schedule.pieces, dissipators).map {
      try MasterGenerator(point, try point.hamiltonian($0.hamiltonian), $1)
    }
    resets = try schedule.resets.map { try ResetMap($0, point, within: budget) }
  }

  private static func length(_ formula: ModelFormula, _ point: ModelPoint) throws -> Length {
    let accepted = "accepted: positive lengths"
    let number = try point.scalar(formula.expression, formula)
    guard number.isVisiblyReal else { throw formula.fault("the length of a piece is not real; \(accepted)") }
    let value = try point.scalars(precision: point.precision + 64).enclosure(number).real
    let exact = try? point.scalars.constant(formula.expression)
    guard let sign = exact?.sign ?? value.certainSign, value.isBounded else {
      throw NotToldYet(what: "the length of a piece")
    }
    guard sign > 0 else {
      let shown = value.midpoint.map { "\($0.double(rounding: .nearest))" } ?? "not positive"
      throw formula.fault("the piece lasts \(shown); \(accepted)")
    }
    return Length(value: value, exact: exact)
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
    guard let block = try follow(schedule.steps, &walk) else { throw refusal(of: time, beyond: walk.passed) }
    return block.state(walk.state.numbers, point)
  }

  func refusal(of time: Time, beyond passed: [Int]) -> BadInput {
    func shown(_ time: Interval) -> String {
      time.midpoint.map { "\($0.double(rounding: .nearest))" } ?? "a time without a bound"
    }
    return BadInput(
      undefined: schedule.place.fault(
        "t = \(shown(time.value)) is beyond the last piece, which ends at \(shown(begin(passed))); accepted: times up "
          + "to there, or a last piece {for: rest}"
      ).message)
  }

  /// The piece at a time; at the instant of a new piece that one, and at the end of the last one the last.
  func piece(at time: Time) throws -> ScheduleDeclaration.Piece {
    var passed = schedule.pieces.map { _ in 0 }
    var last: Int?
    func find(_ steps: [ScheduleDeclaration.Step]) throws -> Int? {
      for step in steps {
        try budget.check()
        switch step {
        case .reset: continue
        case .repeated(let formula, let inner):
          for _ in 0..<(try count(formula)) {
            if let found = try find(inner) { return found }
          }
        case .piece(let number):
          guard lengths[number] != nil else { return number }
          passed[number] += 1
          last = number
          if try compare(time, passed) < 0 { return number }
        }
      }
      return nil
    }
    if let found = try find(schedule.steps) { return schedule.pieces[found] }
    guard let last, try compare(time, passed) == 0 else { throw refusal(of: time, beyond: passed) }
    return schedule.pieces[last]
  }

  func count(_ formula: ModelFormula) throws -> Int {
    let count = try point.integer(formula)
    guard count >= 0 else { throw formula.fault("\(count) repetitions; accepted: 0 or more") }
    return count
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
        var (left, before) = (try count(formula), [DensityBlock.Place]?.none)
        while left > 0 {
          try budget.check()
          let leapt = try leap(inner, from: before, left, &walk)
          left -= leapt
          guard leapt == 0 else { continue }
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

  /// Passes through a piece; its block where the time lies in it.
  mutating func pass(_ number: Int, _ walk: inout Walk) throws -> DensityBlock? {
    let first = begin(walk.passed)
    walk.last = number
    if let goal = walk.goal, walk.isAfter, try compare(goal, walk.passed) == 0 {
      return try block(number, from: walk.state.places)
    }
    walk.passed[number] += 1
    let isLast =
      try walk.goal.map { goal in
        let order = try lengths[number] == nil ? -1 : compare(goal, walk.passed)
        return order < 0 || (order == 0 && !walk.isAfter)
      } ?? false
    let last = isLast ? walk.goal?.value ?? first : begin(walk.passed)
    try point.requireRates(dissipators[number], from: first, until: last, within: budget)
    let block = try block(number, from: walk.state.places)
    let wide = walk.state.extended(to: block.places, precision: point.precision)
    let size = BigFloat(1, precision: 64, rounding: .up)
    // A flow that does not depend on the time is known best by how long it lasts.
    let span: (from: Interval, until: Interval)
    if block.flow.isDriven {
      span = (first, last)
    } else if !isLast, let length = lengths[number] {
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

  // MARK: - Times

  /// The time at which these pieces have passed.
  func begin(_ passed: [Int]) -> Interval {
    zip(passed, lengths).reduce(Interval(0, precision: point.precision + 64)) { sum, piece in
      guard piece.0 > 0, let length = piece.1 else { return sum }
      return sum + piece.0 * length.value
    }
  }

  /// Whether a time is earlier than the end of these pieces, the end itself, or later: -1, 0, 1.
  ///
  /// - Throws: ``NotToldYet``.
  func compare(_ time: Time, _ passed: [Int]) throws -> Int {
    let end = begin(passed)
    if time.value.lower > end.upper { return 1 }
    if time.value.upper < end.lower { return -1 }
    if time.value.isPoint, end.isPoint { return 0 }
    if let exact = time.exact {
      var difference = exact.expression
      for (count, length) in zip(passed, lengths) where count > 0 {
        guard let length = length?.exact else { throw NotToldYet(what: "whether a piece is over") }
        difference = difference - .number(Rational(Integer(count))) * length.expression
      }
      if let sign = (try? Constant(difference))?.sign { return sign }
    }
    throw NotToldYet(what: "whether a piece is over")
  }
}
