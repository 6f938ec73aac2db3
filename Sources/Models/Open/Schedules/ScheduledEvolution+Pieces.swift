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
    let state: PieceStart
    /// The state before the resets at this time, where there are any.
    var before: PieceStart?
    /// The sites that are reset at this time.
    var resets: Set<Int> = []
  }

  /// A way from piece to piece, up to a time or to the end of all.
  struct Tour {
    fileprivate let goal: Time?
    fileprivate let steps: [ScheduleDeclaration.Step]
    fileprivate var next = 0
    fileprivate var isOver = false
    fileprivate var walk: Walk
  }

  private var passedNone: [Int] { schedule.pieces.map { _ in 0 } }

  /// The piece at a time and the state there; at an instant of a reset or of a new piece the state after it.
  mutating func after(_ time: Time) throws -> Entry {
    var walk = Walk(goal: time, isAfter: true, state: start, passed: passedNone)
    let isFound = try follow(schedule.steps, &walk) != nil
    guard let piece = walk.last else { throw clock.refusal(of: time, beyond: walk.passed) }
    if !isFound, try clock.compare(time, walk.passed) != 0 { throw clock.refusal(of: time, beyond: walk.passed) }
    return Entry(piece: piece, begin: time, state: .elements(walk.state))
  }

  /// The last piece at its beginning, where it has no end; nil where it has one.
  mutating func atRest() throws -> Entry? {
    guard case .piece(let piece)? = schedule.steps.last, clock.lengths[piece] == nil else { return nil }
    var walk = Walk(goal: nil, state: start, passed: passedNone)
    _ = try follow(Array(schedule.steps.dropLast()), &walk)
    return Entry(piece: piece, begin: clock.time(walk.passed), state: .elements(walk.state))
  }

  /// A tour up to a time; nil for the end of all.
  func tour(until goal: Time?) throws -> Tour {
    Tour(
      goal: goal, steps: try clock.flat(schedule.steps),
      walk: Walk(goal: nil, state: start, passed: passedNone))
  }

  /// The next piece of a tour that begins before its end, and how long it goes on there; nil for a piece without an
  /// end, of a tour to the end of all.
  ///
  /// - Throws: ``BadInput`` where the end of the tour is beyond the last piece.
  mutating func next(_ tour: inout Tour) throws -> (entry: Entry, span: Interval?)? {
    guard !tour.isOver, try tour.goal.map({ try clock.compare($0, tour.walk.passed) > 0 }) ?? true else { return nil }
    var (before, sites) = (DensityElements?.none, Set<Int>())
    while tour.next < tour.steps.count {
      try budget.check()
      let step = tour.steps[tour.next]
      tour.next += 1
      switch step {
      case .reset(let number):
        before = before ?? tour.walk.state
        sites.formUnion(resets[number].sites)
        tour.walk.state = try resets[number].applied(to: tour.walk.state, within: budget)
      case .repeated: continue
      case .piece(let number):
        let entry = Entry(
          piece: number, begin: clock.time(tour.walk.passed), state: .elements(tour.walk.state),
          before: before.map { .elements($0) }, resets: sites)
        let first = clock.begin(tour.walk.passed)
        guard let length = clock.lengths[number] else {
          tour.isOver = true
          return (entry, tour.goal.map { $0.value - first })
        }
        var after = tour.walk.passed
        after[number] += 1
        let end = try tour.goal.flatMap { try clock.compare($0, after) <= 0 ? $0 : nil }
        tour.isOver = end != nil
        if end == nil { _ = try pass(number, &tour.walk) }
        return (entry, end.map { $0.value - first } ?? length.value)
      }
    }
    guard let goal = tour.goal else { return nil }
    throw clock.refusal(of: goal, beyond: tour.walk.passed)
  }
}
