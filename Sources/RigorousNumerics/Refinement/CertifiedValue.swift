import ArbitraryPrecision

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
  public let cause: Unanswered.Cause?

  init(lower: ExactDecimal?, upper: ExactDecimal?, precision: Int, undecided: Unanswered?) {
    (self.lower, self.upper, self.precision) = (lower, upper, precision)
    (self.undecided, cause) = (undecided?.reason, undecided?.cause)
  }

  /// No bounds at all, and why.
  public init(unbounded reason: Unanswered) {
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
    public init(_ cause: Unanswered.Cause) {
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

extension CertifiedValue {
  /// The ends of an enclosure as decimals, rounded outward to a few digits more than a goal asks for.
  init(_ value: Interval, _ goal: Goal, _ precision: Int, _ undecided: Unanswered?) {
    // Outward rounding to n digits moves each end by at most one unit of the n-th: with 3 digits more than asked the
    // printed width stays near the proved one. For an absolute goal the digits before the point count as well.
    var digits = goal.digits + 3
    if case .absolute = goal, let exponent = value.magnitude.binaryExponent {
      digits = max(1, digits + exponent * 302 / 1000 + 2)
    }
    digits = min(digits, 40_000)
    self.init(
      lower: value.lower.decimal(digits: digits, rounding: .down),
      upper: value.upper.decimal(digits: digits, rounding: .up), precision: precision, undecided: undecided)
  }
}
