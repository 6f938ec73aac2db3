import ArbitraryPrecision

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
