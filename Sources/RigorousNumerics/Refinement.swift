import ArbitraryPrecision
import Synchronization

/// How tight an enclosure must be.
public enum Goal: Sendable, Hashable {
  /// upper - lower <= 10^-digits min(|lower|, |upper|), or lower = upper = 0.
  case relative(digits: Int)
  /// upper - lower <= 10^-digits.
  case absolute(digits: Int)

  /// The digits asked for.
  public var digits: Int {
    switch self {
    case .relative(let digits), .absolute(let digits): digits
    }
  }

  /// Whether two ordered decimals are as tight as asked, decided exactly.
  public func isMet(lower: ExactDecimal, upper: ExactDecimal) -> Bool {
    let (low, high) = (lower.rational, upper.rational)
    let unit = Rational(1, Integer(10).power(digits))
    switch self {
    case .absolute: return high - low <= unit
    case .relative: return high - low <= unit * min(low.magnitude, high.magnitude)
    }
  }
}

/// A certified value: two decimals with the true value between them.
public struct CertifiedValue: Sendable {
  /// At most the true value; nil when no finite bound was found.
  public let lower: ExactDecimal?
  /// At least the true value; nil when no finite bound was found.
  public let upper: ExactDecimal?
  /// The bits of the last evaluation.
  public let precision: Int
  /// Why the goal was not met; nil when it was.
  public let undecided: String?
  /// What kept the goal from being met; nil when it was met.
  public let cause: Budget.Exhausted.Cause?

  init(lower: ExactDecimal?, upper: ExactDecimal?, precision: Int, undecided: Budget.Exhausted?) {
    (self.lower, self.upper, self.precision) = (lower, upper, precision)
    (self.undecided, cause) = (undecided?.reason, undecided?.cause)
  }

  /// No bounds at all, and why.
  public init(unbounded reason: Budget.Exhausted) {
    self.init(lower: nil, upper: nil, precision: 0, undecided: reason)
  }

  /// The value that is exactly zero.
  public static let zero = CertifiedValue(lower: .zero, upper: .zero, precision: 0, undecided: nil)

  /// How an evaluation ended, in the words of the command line's JSON.
  public enum Outcome: String, Sendable, Hashable {
    /// The goal was met.
    case value
    /// The value is exactly zero.
    case zero
    /// The value is not defined here.
    case undefined
    /// There is no value, proved.
    case never
    /// A limit of the route, which no cap moves.
    case beyond
    /// A cap was reached first.
    case undecided

    /// The outcome without an answer.
    public init(_ cause: Budget.Exhausted.Cause) {
      self =
        switch cause {
        case .undecided: .undecided
        case .beyond: .beyond
        case .never: .never
        }
    }
  }

  /// How the evaluation ended.
  public var outcome: Outcome {
    if let cause { return Outcome(cause) }
    return lower == .zero && upper == .zero ? .zero : .value
  }

  /// The numbers between the bounds, rounded outward to some bits, decided or not; nil without bounds.
  public func interval(precision: Int) -> Interval? {
    guard let lower, let upper else { return nil }
    return Interval(from: lower.rational, to: upper.rational, precision: precision)
  }
}

/// Evaluates at doubling precision until an enclosure is as tight as asked, or a cap is met.
///
/// The decimals are the ends rounded outward, and it is for these that the goal is checked: what is printed is proved.
/// Enclosures of all rounds hold the value, so their intersection does, and it is what a capped run returns.
///
/// - Parameters:
///   - bounds: told of the best bounds after each round.
///   - evaluate: the enclosure at a precision; it may throw ``Budget/Exhausted`` to give up.
public func refine(
  to goal: Goal, within budget: Budget, bounds: BoundsSoFar? = nil, evaluate: (_ precision: Int) throws -> Interval
) throws -> CertifiedValue {
  // log2(10) < 3322/1000; 32 bits more pay for the roundings of a short formula.
  var precision = min(max(64, goal.digits * 3322 / 1000 + 32), budget.bits)
  var best = Interval.entire(precision: 64)
  var reached = 0
  while true {
    do {
      try budget.check()
      let value = try evaluate(precision)
      // An empty enclosure would say that the value does not exist: a broken evaluation, never an answer.
      demand(!value.intersection(best).isEmpty, "refine: two enclosures of one value do not meet")
      best = best.intersection(value)
      reached = precision
      bounds?.set(best, precision)
    } catch let exhausted as Budget.Exhausted {
      return decimals(of: best, goal, reached, exhausted)
    }
    let result = decimals(of: best, goal, precision, nil)
    if let lower = result.lower, let upper = result.upper, goal.isMet(lower: lower, upper: upper) { return result }
    guard precision < budget.bits else {
      return decimals(
        of: best, goal, precision, Budget.Exhausted(reason: "the cap of \(budget.bits) bits was reached"))
    }
    precision = min(2 * precision, budget.bits)
  }
}

private func decimals(
  of value: Interval, _ goal: Goal, _ precision: Int, _ undecided: Budget.Exhausted?
) -> CertifiedValue {
  // Outward rounding to n digits moves each end by at most one unit of the n-th: with 3 digits more than asked the
  // printed width stays near the proved one. For an absolute goal the digits before the point count as well.
  var digits = goal.digits + 3
  if case .absolute = goal, let exponent = value.magnitude.binaryExponent {
    digits = max(1, digits + exponent * 302 / 1000 + 2)
  }
  digits = min(digits, 40_000)
  return CertifiedValue(
    lower: value.lower.decimal(digits: digits, rounding: .down),
    upper: value.upper.decimal(digits: digits, rounding: .up), precision: precision, undecided: undecided)
}

/// The best bounds that a refinement has found, to be read by another thread when the time is over.
public final class BoundsSoFar: Sendable {
  private let found = Mutex<(value: Interval, precision: Int)?>(nil)

  /// Nothing is known yet.
  public init() {}

  fileprivate func set(_ value: Interval, _ precision: Int) { found.withLock { $0 = (value, precision) } }

  /// What is known, as the answer that a cap ended.
  public func value(to goal: Goal, endedBy reason: Budget.Exhausted) -> CertifiedValue {
    let known = found.withLock { $0 }
    return decimals(of: known?.value ?? .entire(precision: 64), goal, known?.precision ?? 0, reason)
  }
}
