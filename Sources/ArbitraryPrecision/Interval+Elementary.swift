/// Monotone functions: the ends of the result are the function at the ends, rounded outward.
extension Interval {
  private func increasing(_ function: (BigFloat, Rounding) -> BigFloat) -> Interval {
    isEmpty ? self : Interval(unchecked: function(lower, .down), function(upper, .up))
  }

  /// The part of this interval at or above zero.
  private var nonNegativePart: Interval {
    guard !isEmpty, lower.signum < 0 else { return self }
    guard upper.signum >= 0 else { return .empty(precision: precision) }
    return Interval(unchecked: .zero(precision: precision), upper)
  }

  /// The enclosure of the square roots of all members at or above zero.
  public var squareRoot: Interval {
    let p = precision
    return nonNegativePart.increasing { $0.squareRoot(precision: p, rounding: $1) }
  }

  /// The enclosure of all exponentials.
  public var exponential: Interval {
    let p = precision
    return increasing { $0.exponential(precision: p, rounding: $1) }
  }

  /// The enclosure of the natural logarithms of all members above zero.
  public var logarithm: Interval {
    let p = precision
    let domain = nonNegativePart
    guard !domain.isEmpty, domain.upper.signum > 0 else { return .empty(precision: p) }
    return domain.increasing { end, rounding in
      end.isZero
        ? .infinity(negative: true, precision: p) : end.logarithm(precision: p, rounding: rounding)
    }
  }

  /// The enclosure of all arctangents.
  public var arctangent: Interval {
    let p = precision
    return increasing { $0.arctangent(precision: p, rounding: $1) }
  }
}
