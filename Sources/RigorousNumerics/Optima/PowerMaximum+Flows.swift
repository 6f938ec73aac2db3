import ArbitraryPrecision

extension PowerMaximum {
  /// The greatest average power E(t)/t over all t > 0 of a form that is zero at the start of a flow, proved global.
  ///
  /// A run makes E known on [0, T], where T is so long that the greatest value E can have, divided by T, is below a
  /// power that is attained; the branch and bound of this type does the rest.
  ///
  /// - Parameters:
  ///   - weights: the diagonal of the form, not negative.
  /// - Throws: ``Unanswered`` when the caps do not suffice, or the form is not exactly zero at the start.
  public init(
    of flow: SkewFlow, from start: FlowState, weights: [Int], within budget: Budget
  ) throws(Unanswered) {
    demand(weights.allSatisfy { $0 >= 0 }, "PowerMaximum: weights are not negative")
    // E(0) = 0 is an assumption of this type's theorems: it must hold exactly.
    guard start.error.isZero, weights.indices.allSatisfy({ weights[$0] == 0 || !start.isNonzero($0) }) else {
      throw Unanswered(undecided: "the form is not exactly zero at the start")
    }
    let greatest = Interval(weights.max() ?? 0, precision: 64) * Interval(start.normBound).squared
    var attained = AttainedPower(greatest: greatest)
    let dense = try DenseForm(flow, from: start, weights: weights, within: budget) { attained.closes($0, $1) }
    try self.init(budgeted: { dense.jet($0, within: $1) }, scale: attained.time, within: budget)
  }

  /// The greatest average power E(t)/t over all t > 0 of the gain E(t) = L(y(t)) - L(y(0)) of a linear function along a
  /// quadratic flow, proved global in the same way.
  ///
  /// - Parameters:
  ///   - start: the start at a precision.
  ///   - weights: L, one weight for each element.
  ///   - greatest: an upper bound of the gain at all times.
  ///   - bounds: what is known of solutions.
  /// - Throws: ``Unanswered`` when the caps do not suffice, as for a gain that is never positive.
  public init(
    of flow: QuadraticFlow, from start: @escaping @Sendable (_ precision: Int) -> [Interval], weights: [Int],
    greatest: Interval, within budget: Budget, bounds: @escaping QuadraticFlow.AprioriBounds
  ) throws(Unanswered) {
    // A maximum that is too flat for a run's bits gets a run with more.
    for precision in [QuadraticPath.precision, 2 * QuadraticPath.precision, 4 * QuadraticPath.precision] {
      var attained = AttainedPower(greatest: greatest)
      let path = try QuadraticPath(
        flow, from: start, weights: weights, greatest: greatest, precision: precision, within: budget, bounds: bounds
      ) { attained.closes($0, $1) }
      if let found = try PowerMaximum(
        budgeted: { path.jet($0, within: $1) }, scale: attained.time, precision: precision, within: budget)
      {
        self = found
        return
      }
    }
    throw PowerMaximum.notIsolated
  }
}

/// The best power seen on a run, and whether later times can reach it.
private struct AttainedPower {
  let greatest: Interval
  private var power = BigFloat.zero(precision: 64)
  /// The time of the best power, as a guess.
  private(set) var time = 1.0

  init(greatest: Interval) { self.greatest = greatest }

  /// Whether no time from this one on can reach the best power.
  mutating func closes(_ time: Interval, _ value: Interval) -> Bool {
    checkInvariant(value.lower <= greatest.upper, "PowerMaximum: no value is beyond the bound for all times")
    guard time.lower.signum > 0 else { return false }
    let here = (value / time).lower
    if here > power {
      power = BigFloat(here, precision: 64, rounding: .down)
      self.time = time.lower.double(rounding: .nearest)
    }
    return (greatest / time).upper < power
  }
}
