import ArbitraryPrecision

extension PowerMaximum {
  /// The greatest average power E(t)/t over all t > 0 of a form that is zero at the start of a flow, proved global.
  ///
  /// A run makes E known on [0, T], where T is so long that the greatest value E can have, divided by T, is below a power that is
  /// attained; the branch and bound of this type does the rest.
  ///
  /// - Parameters:
  ///   - weights: the diagonal of the form, not negative.
  /// - Throws: ``Budget/Exhausted`` when the caps do not suffice, or the form is not exactly zero at the start.
  public init(
    of flow: SkewFlow, from start: FlowState, weights: [Int], within budget: Budget
  ) throws(Budget.Exhausted) {
    precondition(weights.allSatisfy { $0 >= 0 }, "PowerMaximum: weights are not negative")
    // E(0) = 0 is an assumption of this type's theorems: it must hold exactly.
    guard start.error.isZero, weights.indices.allSatisfy({ weights[$0] == 0 || !start.isOccupied($0) }) else {
      throw Budget.Exhausted(reason: "the form is not exactly zero at the start")
    }
    let greatest = Interval(weights.max() ?? 0, precision: 64) * Interval(start.normBound).squared
    var (best, scale) = (BigFloat.zero(precision: 64), 1.0)
    let dense = try DenseForm(flow, from: start, weights: weights, within: budget) { time, value in
      guard time.lower.signum > 0 else { return false }
      let power = (value / time).lower
      if power > best {
        (best, scale) = (BigFloat(power, precision: 64, rounding: .down), time.lower.double(rounding: .nearest))
      }
      return (greatest / time).upper < best
    }
    try self.init(of: { dense.jet($0) }, scale: scale, within: budget)
  }
}
