import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// When the pieces of a schedule begin and end.
///
/// All times are sums of lengths, each times the number of its repetitions, so that they do not get wider from step to
/// step.
struct ScheduleClock {
  private let point: ModelPoint
  private let schedule: ScheduleDeclaration
  private let budget: Budget
  let lengths: [Length?]

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

  init(_ schedule: ScheduleDeclaration, _ point: ModelPoint, within budget: Budget) throws {
    (self.schedule, self.point, self.budget) = (schedule, point, budget)
    lengths = try schedule.pieces.map { try $0.length.map { try ScheduleClock.length($0, point) } }
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

  /// A piece, with how often each one has passed before it and after it.
  struct Place {
    let piece: Int
    let before: [Int]
    let after: [Int]
  }

  /// The piece at a time; at an instant between two the one before it or after it, at the end of the last one the last.
  func place(of time: Time, isAfter: Bool) throws -> Place {
    var passed = schedule.pieces.map { _ in 0 }
    var last: Place?
    func find(_ steps: [ScheduleDeclaration.Step]) throws -> Place? {
      for step in steps {
        try budget.check()
        switch step {
        case .reset: continue
        case .repeated(let formula, let inner):
          let own = try passes(inner)
          guard own.contains(where: { $0 > 0 }) else { continue }
          var left = try count(formula)
          // All before the last one that is certain to be over, so that one is always looked at.
          let over = max(try whole(own, before: time, after: passed, atMost: left) - 1, 0)
          for piece in own.indices { passed[piece] += over * own[piece] }
          left -= over
          while left > 0 {
            if let found = try find(inner) { return found }
            left -= 1
          }
        case .piece(let number):
          let before = passed
          guard lengths[number] != nil else { return Place(piece: number, before: before, after: passed) }
          passed[number] += 1
          let here = Place(piece: number, before: before, after: passed)
          last = here
          let order = try compare(time, passed)
          if order < 0 || (order == 0 && !isAfter) { return here }
        }
      }
      return nil
    }
    if let found = try find(schedule.steps) { return found }
    guard let last, try compare(time, passed) == 0 else { throw refusal(of: time, beyond: passed) }
    return last
  }

  func count(_ formula: ModelFormula) throws -> Int {
    let count = try point.integer(formula)
    guard count >= 0 else { throw formula.fault("\(count) repetitions; accepted: 0 or more") }
    return count
  }

  /// How often each piece passes in some steps.
  func passes(_ steps: [ScheduleDeclaration.Step]) throws -> [Int] {
    var passed = schedule.pieces.map { _ in 0 }
    func add(_ steps: [ScheduleDeclaration.Step], _ times: Int) throws {
      for step in steps {
        switch step {
        case .reset: continue
        case .piece(let number): passed[number] += times
        case .repeated(let formula, let inner):
          let (product, isOver) = times.multipliedReportingOverflow(by: try count(formula))
          guard !isOver else { throw Unanswered(beyond: "more repetitions than a word holds") }
          try add(inner, product)
        }
      }
    }
    try add(steps, 1)
    return passed
  }

  /// How many repetitions of pieces are certain to be over at a time, of so many.
  func whole(_ own: [Int], before time: Time, after passed: [Int], atMost count: Int) throws -> Int {
    let length = begin(own)
    guard length.lower.signum > 0 else { return 0 }
    let room = (time.value - begin(passed)) / length
    guard room.lower.signum > 0, let floor = room.lower.floor else { return 0 }
    return min(count, Int(exactly: floor) ?? count)
  }

  /// The time at which these pieces have passed, exact where all lengths are.
  func time(_ passed: [Int]) -> Time {
    var sum = Expression.number(0)
    for (count, length) in zip(passed, lengths) where count > 0 {
      guard let exact = length?.exact else { return Time(value: begin(passed), exact: nil) }
      sum = sum + .number(Rational(Integer(count))) * exact.expression
    }
    return Time(value: begin(passed), exact: try? Constant(sum))
  }

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

  /// The most pieces and resets of a tour.
  private static let greatestTour = 1 << 16

  /// Steps one by one, without repetitions.
  func flat(_ steps: [ScheduleDeclaration.Step]) throws -> [ScheduleDeclaration.Step] {
    var flat: [ScheduleDeclaration.Step] = []
    func add(_ steps: [ScheduleDeclaration.Step]) throws {
      for step in steps {
        guard case .repeated(let formula, let inner) = step else {
          guard flat.count < Self.greatestTour else {
            throw Unanswered(beyond: "a figure over more than \(Self.greatestTour) pieces and resets")
          }
          flat.append(step)
          continue
        }
        for _ in 0..<(try count(formula)) {
          let before = flat.count
          try add(inner)
          // Repetitions of nothing.
          if flat.count == before { break }
        }
      }
    }
    try add(steps)
    return flat
  }
}
