import ArbitraryPrecision

/// A path along a ``ContractiveFlow`` that stops at times and is changed there.
///
/// Between the stops it obeys the equation up to the defect of its series, so that |X - x| grows by that alone, x being
/// the path that is changed in the same way.
public struct KickedFlow {
  private var run: ContractiveRun

  /// A path from a vector at t = 0.
  ///
  /// - Parameters:
  ///   - start: its error is one in the norm of the flow.
  ///   - size: at least |x| at all times.
  ///   - end: the last time that is asked for.
  ///   - bits: series and roundings add about 2^-bits until then.
  public init(
    _ flow: ContractiveFlow, from start: FlowState, size: BigFloat, until end: BigFloat, bits: Int
  ) throws(Unanswered) {
    demand(start.dimension == flow.dimension, "KickedFlow: the start has another dimension")
    run = try ContractiveRun(flow, start, size: size, at: .zero(precision: 64), until: end, bits: bits)
  }

  /// The present vector, with its distance from x in the norm of the flow.
  public var state: FlowState { run.state }
  /// The present time.
  public var time: BigFloat { run.time }

  /// Goes on to a time, or by less than its last place beyond it: ``time`` tells.
  public mutating func advance(to time: BigFloat, within budget: Budget) throws {
    run.stop(at: time)
    while try run.step(within: budget) {}
  }

  /// Adds a vector, whose error is one in the norm of the flow.
  public mutating func add(_ vector: FlowState) { run.add(vector) }
}
