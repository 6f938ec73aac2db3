import ArbitraryPrecision

/// A trajectory that someone else computed: a vector of doubles at each of some times. Nothing is assumed of it.
public struct ForeignPath: Sendable {
  /// The times, exact and rising.
  public let times: [Rational]
  /// A vector for each time, all of one dimension; the doubles are the dyadic rationals that they are.
  public let states: [[Double]]
  /// The number of elements of each vector.
  public let dimension: Int

  /// A trajectory.
  ///
  /// - Throws: ``PathFault`` for times or vectors that make none.
  public init(times: [Rational], states: [[Double]], dimension: Int) throws(PathFault) {
    guard times.count == states.count, !times.isEmpty else {
      throw PathFault("\(states.count) vectors for \(times.count) times; accepted: one for each")
    }
    for (index, state) in states.enumerated() {
      guard state.count == dimension else {
        throw PathFault("vector \(index) has \(state.count) elements; accepted: \(dimension)")
      }
      guard state.allSatisfy(\.isFinite) else {
        throw PathFault("vector \(index) is not finite; accepted: finite doubles")
      }
      guard index == 0 || times[index] > times[index - 1] else {
        throw PathFault("time \(index) is not above the one before; accepted: rising times")
      }
    }
    (self.times, self.states, self.dimension) = (times, states, dimension)
  }
}

extension SkewFlow {
  /// How far a trajectory that someone else computed is from the true one, at each of its times.
  ///
  /// With d_i the distance from the truth v(t_i) and the defect of a step
  /// q_i = |u_(i+1) - exp((t_(i+1) - t_i) A) u_i|, the rotation gives
  ///
  ///     d_(i+1) <= d_i + q_i      and      d_(i+1) >= q_i - d_i:
  ///
  /// each q_i is enclosed by running the given vector over the one step with as many bits as asked for. Upper bounds
  /// add up the defects, which may be too much where these cancel; the distance from one certified run is sharper for
  /// a single time.
  ///
  /// - Parameter start: the true start, at the first time.
  /// - Returns: an upper bound of the 2-norm of the difference for each time.
  /// - Throws: ``PathFault`` for a path or a start of another dimension; ``Unanswered``.
  public func distances(
    of path: ForeignPath, from start: FlowState, bits: Int = 100, within budget: Budget
  ) throws -> [BigFloat] {
    guard path.dimension == dimension, start.dimension == dimension else {
      let other = path.dimension == dimension ? "the start has \(start.dimension)" : "the path has \(path.dimension)"
      throw PathFault("\(other) elements; accepted: \(dimension)")
    }
    let (times, states) = (path.times, path.states)
    let exact = states.map { vector in vector.map { Interval(Rational(exactly: $0) ?? 0, precision: 64 + bits) } }
    var bound = Interval(distance(start, exact[0])).rounded(to: 64)
    var result = [bound.upper]
    for index in 1..<max(times.count, 1) {
      let step = Interval(times[index] - times[index - 1], precision: 64 + bits)
      let end = try evolved(FlowState(exact[index - 1], fractionBits: bits), for: step, bits: bits, within: budget)
      bound = bound + Interval(distance(end, exact[index])).rounded(to: 64)
      result.append(bound.upper)
    }
    return result
  }

  /// An upper bound of the distance of the true vector of a state from a point.
  private func distance(_ state: FlowState, _ point: [Interval]) -> BigFloat {
    var sum = Interval(0, precision: 64)
    for (k, x) in point.enumerated() {
      sum = sum + (state.stored(k, precision: x.precision) - x).rounded(to: 64).squared
    }
    return (sum.squareRoot + Interval(state.error)).upper
  }
}

/// What keeps numbers from being a trajectory.
public struct PathFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and what is accepted.
  public let message: String

  init(_ message: String) { self.message = message }

  /// What is wrong, and what is accepted.
  public var description: String { message }
}
