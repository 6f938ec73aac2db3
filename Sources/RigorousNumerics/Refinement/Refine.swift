import ArbitraryPrecision
import Synchronization

/// Evaluates at doubling precision until an enclosure is as tight as asked, or a cap is met.
///
/// The decimals are the ends rounded outward, and it is for these that the goal is checked: what is printed is proved.
/// Enclosures of all rounds hold the value, so their intersection does, and it is what a capped run returns.
///
/// - Parameters:
///   - bounds: told of the best bounds after each round.
///   - zeroBits: the digits of a value around zero, within 2^-zeroBits of it, are given up; nil for no such limit.
///   - evaluate: the enclosure at a precision; it may throw ``Unanswered`` to give up.
public func refine(
  to goal: Goal, within budget: Budget, bounds: BoundsSoFar? = nil, zeroBits: Int? = nil,
  evaluate: (_ precision: Int) throws -> Interval
) throws -> CertifiedValue {
  // log2(10) < 3322/1000; 32 bits more pay for the roundings of a short formula.
  var precision = min(max(64, goal.digits * 3322 / 1000 + 32), budget.bits)
  var best = Interval.entire(precision: 64)
  var reached = 0
  while true {
    do {
      try budget.check()
      let value = try evaluate(precision)
      // An empty enclosure says that what was evaluated has no value there.
      guard !value.isEmpty else { throw Unanswered(undecided: "what is evaluated has no value here") }
      demand(!value.intersection(best).isEmpty, "refine: two enclosures of one value do not meet")
      best = best.intersection(value)
      reached = precision
      bounds?.set(best, precision)
    } catch let exhausted as Unanswered {
      return CertifiedValue(best, goal, reached, exhausted)
    }
    if let zeroBits, case .relative = goal, best.containsZero, !(best.isPoint || best.isEmpty) {
      let least = BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -zeroBits, rounding: .down)
      if best.magnitude < least {
        let reason = Unanswered(
          undecided: "the value is within 2^-\(zeroBits) of zero and not told apart from it; --absolute answers")
        return CertifiedValue(best, goal, precision, reason)
      }
    }
    let result = CertifiedValue(best, goal, precision, nil)
    if let lower = result.lower, let upper = result.upper, goal.isMet(lower: lower, upper: upper) { return result }
    guard precision < budget.bits else {
      return CertifiedValue(
        best, goal, precision, Unanswered(undecided: "the cap of \(budget.bits) bits was reached"))
    }
    precision = min(2 * precision, budget.bits)
  }
}

/// The best bounds that a refinement has found, to be read by another thread when the time is over.
public final class BoundsSoFar: Sendable {
  private let found = Mutex<(value: Interval, precision: Int)?>(nil)

  /// Nothing is known yet.
  public init() {}

  fileprivate func set(_ value: Interval, _ precision: Int) { found.withLock { $0 = (value, precision) } }

  /// What is known, as the answer that a cap ended.
  public func value(to goal: Goal, endedBy reason: Unanswered) -> CertifiedValue {
    let known = found.withLock { $0 }
    return CertifiedValue(known?.value ?? .entire(precision: 64), goal, known?.precision ?? 0, reason)
  }
}
