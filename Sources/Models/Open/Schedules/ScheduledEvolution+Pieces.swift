import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// Pieces by themselves: where they begin, and the state there.
extension ScheduledEvolution {
  /// A piece from a time on, with the state at this time.
  struct Entry {
    let piece: Int
    let begin: Time
    let state: DensityElements
    /// The state before the resets at this time, where there are any.
    var before: DensityElements?
  }

  /// A way from piece to piece, up to a time.
  struct Tour {
    fileprivate let goal: Time
    fileprivate let steps: [ScheduleDeclaration.Step]
    fileprivate var next = 0
    fileprivate var isOver = false
    fileprivate var walk: Walk
  }

  /// The most pieces and resets of a tour.
  private static let greatestTour = 1 << 16

  private var passedNone: [Int] { schedule.pieces.map { _ in 0 } }

  /// The piece at a time and the state there; at an instant of a reset or of a new piece the state after it.
  mutating func after(_ time: Time) throws -> Entry {
    var walk = Walk(goal: time, isAfter: true, state: start, passed: passedNone)
    let isFound = try follow(schedule.steps, &walk) != nil
    guard let piece = walk.last else { throw refusal(of: time, beyond: walk.passed) }
    if !isFound, try compare(time, walk.passed) != 0 { throw refusal(of: time, beyond: walk.passed) }
    return Entry(piece: piece, begin: time, state: walk.state)
  }

  /// The last piece at its beginning, where it has no end; nil where it has one.
  mutating func atRest() throws -> Entry? {
    guard case .piece(let piece)? = schedule.steps.last, lengths[piece] == nil else { return nil }
    var walk = Walk(goal: nil, state: start, passed: passedNone)
    _ = try follow(Array(schedule.steps.dropLast()), &walk)
    return Entry(piece: piece, begin: time(walk.passed), state: walk.state)
  }

  /// A tour up to a time.
  func tour(until goal: Time) throws -> Tour {
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
        for _ in 0..<(try count(formula)) { try add(inner) }
      }
    }
    try add(schedule.steps)
    return Tour(goal: goal, steps: flat, walk: Walk(goal: nil, state: start, passed: passedNone))
  }

  /// The next piece of a tour that begins before its end, and how long it goes on there.
  ///
  /// - Throws: ``BadInput`` where the end of the tour is beyond the last piece.
  mutating func next(_ tour: inout Tour) throws -> (entry: Entry, span: Interval)? {
    guard !tour.isOver, try compare(tour.goal, tour.walk.passed) > 0 else { return nil }
    var before: DensityElements?
    while tour.next < tour.steps.count {
      try budget.check()
      let step = tour.steps[tour.next]
      tour.next += 1
      switch step {
      case .reset(let number):
        before = before ?? tour.walk.state
        tour.walk.state = try resets[number].applied(to: tour.walk.state, within: budget)
      case .repeated: continue
      case .piece(let number):
        let entry = Entry(piece: number, begin: time(tour.walk.passed), state: tour.walk.state, before: before)
        let first = begin(tour.walk.passed)
        guard let length = lengths[number] else {
          tour.isOver = true
          return (entry, tour.goal.value - first)
        }
        var after = tour.walk.passed
        after[number] += 1
        let isLast = try compare(tour.goal, after) <= 0
        tour.isOver = isLast
        if !isLast { _ = try pass(number, &tour.walk) }
        return (entry, isLast ? tour.goal.value - first : length.value)
      }
    }
    throw refusal(of: tour.goal, beyond: tour.walk.passed)
  }

  /// The time at which these pieces have passed, exact where all lengths are.
  private func time(_ passed: [Int]) -> Time {
    var sum = Expression.number(0)
    for (count, length) in zip(passed, lengths) where count > 0 {
      guard let exact = length?.exact else { return Time(value: begin(passed), exact: nil) }
      sum = sum + .number(Rational(Integer(count))) * exact.expression
    }
    return Time(value: begin(passed), exact: try? Constant(sum))
  }
}
