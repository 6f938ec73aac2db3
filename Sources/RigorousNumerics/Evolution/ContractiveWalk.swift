import ArbitraryPrecision

/// A path along a ``ContractiveFlow`` of infinitely many elements, of which a matrix of some is given: step by step,
/// with what its edge is at all times of each of them.
///
/// The matrix M of the flow being cut off, X' = M X up to the errors of the series is no solution: the elements that
/// lead out of those that are kept times X(s) are a defect of their own, which is for the caller to count
/// (``enlarge(by:)``). It is told by bounds of the elements at the edge (``Step/bounds``), and every step can be
/// undone, a walk being a value. No use is made of the propagators of M, which may enlarge norms.
public struct ContractiveWalk {
  private var run: ContractiveRun
  private let flow: ContractiveFlow

  /// What happened on a step.
  public struct Step {
    /// The length of the step.
    public let length: Interval
    /// At least the magnitudes of the watched elements at all times of the step.
    public let bounds: [UpperBound]
    /// What series and roundings added to the distance.
    public let roundings: Interval
    /// At least the magnitudes of the functions f_j at all times of the step.
    public let functions: [UpperBound]
  }

  /// A walk that begins at a time.
  ///
  /// - Parameters:
  ///   - start: the vector there; its error is one in the norm of the flow.
  ///   - size: at least |x| of the true vector, which does not grow.
  ///   - bits: series and roundings add about 2^-bits until the end.
  ///   - elements: those that are watched.
  public init(
    _ flow: ContractiveFlow, from start: FlowState, size: BigFloat, at time: BigFloat, until end: BigFloat, bits: Int,
    watching elements: [Int]
  ) throws(Unanswered) {
    self.flow = flow
    run = try ContractiveRun(flow, start, size: size, at: time, until: end, bits: bits)
    // The sums of the magnitudes of all terms fit the limbs, as the run proves.
    run.watch = ElementWatch(elements, like: run.state)
  }

  /// The present vector, with its distance from the true one.
  public var state: FlowState { run.state }
  /// The present time.
  public var time: BigFloat { run.time }
  /// The time at which it ends.
  public var end: BigFloat { run.end }

  /// Counts what the path leaves out.
  public mutating func enlarge(by distance: Interval) { run.enlarge(by: distance) }

  /// Takes a step; nil at the end.
  public mutating func step(within budget: Budget) throws -> Step? {
    let (before, start) = (Interval(run.state.error), Interval(run.time))
    guard try run.step(within: budget), let length = run.length else { return nil }
    let functions = try flow.drive?.series(start.hull(Interval(run.time)), order: 0, precision: 64) ?? []
    guard functions.allSatisfy(\.range.isBounded) else {
      throw Unanswered(undecided: "a function of the drive has no bound on a step")
    }
    return Step(
      length: Interval(length).rounded(to: 64), bounds: run.watch?.bounds ?? [],
      roundings: (Interval(run.state.error) - before).rounded(to: 64),
      functions: functions.map { UpperBound($0.range.magnitude) })
  }

  /// At least |M(s) X|_2 for the present X at all times s of an interval, and the |f_j(s)|.
  public func slope(over time: Interval, size: Interval) throws(Unanswered) -> (Interval, functions: [UpperBound]) {
    let series = try flow.drive?.series(time, order: 0, precision: 64) ?? []
    guard series.allSatisfy(\.range.isBounded) else {
      throw Unanswered(undecided: "a function of the drive has no bound near the time")
    }
    return (try flow.norm(around: time) * size, series.map { UpperBound($0.range.magnitude) })
  }
}
