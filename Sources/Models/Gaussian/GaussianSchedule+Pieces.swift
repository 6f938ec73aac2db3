import ArbitraryPrecision
import Catalogue

/// The state with which a piece of a schedule begins.
enum PieceStart {
  case elements(DensityElements)
  case moments(GaussianStart)
}

/// What moments do not tell, and elements may.
struct NotByMoments: Error {}

/// Pieces by themselves, with the moments at their beginnings: as ``ScheduledEvolution`` has them by elements.
extension GaussianSchedule {
  /// A way from piece to piece, up to a time or to the end of all.
  struct Tour {
    fileprivate let goal: Time?
    fileprivate let steps: [Step]
    fileprivate var next = 0
    fileprivate var isOver = false
    fileprivate var walk: Walk
  }

  /// The piece at a time with the moments there; at an instant of a reset or of a new piece those after it.
  func after(_ time: Time, from start: GaussianStart) throws -> ScheduledEvolution.Entry {
    var walk = walk(to: time, isAfter: true, from: start)
    let isFound = try follow(schedule.steps, &walk)
    guard let piece = walk.last else { throw clock.refusal(of: time, beyond: walk.passed) }
    if !isFound, try clock.compare(time, walk.passed) != 0 { throw clock.refusal(of: time, beyond: walk.passed) }
    return .init(piece: piece, begin: time, state: .moments(walk.moments))
  }

  /// The last piece at its beginning, where it has no end; nil where it has one.
  func atRest(from start: GaussianStart) throws -> ScheduledEvolution.Entry? {
    guard case .piece(let piece)? = schedule.steps.last, clock.lengths[piece] == nil else { return nil }
    var walk = walk(to: nil, from: start)
    _ = try follow(Array(schedule.steps.dropLast()), &walk)
    return .init(piece: piece, begin: clock.time(walk.passed), state: .moments(walk.moments))
  }

  /// A tour up to a time; nil for the end of all.
  func tour(until goal: Time?, from start: GaussianStart) throws -> Tour {
    Tour(goal: goal, steps: try clock.flat(schedule.steps), walk: walk(to: nil, from: start))
  }

  /// The next piece of a tour that begins before its end, and how long it goes on there; nil for a piece without an
  /// end, of a tour to the end of all.
  ///
  /// - Throws: ``BadInput`` where the end of the tour is beyond the last piece.
  func next(_ tour: inout Tour) throws -> (entry: ScheduledEvolution.Entry, span: Interval?)? {
    guard !tour.isOver, try tour.goal.map({ try clock.compare($0, tour.walk.passed) > 0 }) ?? true else { return nil }
    var (before, sites) = (GaussianStart?.none, Set<Int>())
    while tour.next < tour.steps.count {
      let step = tour.steps[tour.next]
      tour.next += 1
      switch step {
      case .reset(let number):
        before = before ?? tour.walk.moments
        sites.formUnion(self.sites(ofReset: number))
        reset(number, &tour.walk.moments)
      case .repeated: continue
      case .piece(let number):
        let entry = ScheduledEvolution.Entry(
          piece: number, begin: clock.time(tour.walk.passed), state: .moments(tour.walk.moments),
          before: before.map { .moments($0) }, resets: sites)
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
