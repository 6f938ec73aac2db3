import ArbitraryPrecision

extension Constant {
  /// What is known of a number being a rational with a small denominator.
  public enum SmallRational: Sendable, Hashable {
    /// It is this one.
    case rational(Rational)
    /// It is certainly none.
    case none
    /// Neither can be shown.
    case undecided
  }

  /// Whether the number is a rational with a denominator up to a limit, and which.
  ///
  /// Two such rationals are at least 1/limit^2 apart, so a narrower enclosure holds one at most: that of the least
  /// denominator in it, if any. The exact difference decides then.
  public func smallRational(denominatorUpTo limit: Int) -> SmallRational {
    let limit = Integer(limit)
    if let rational { return rational.denominator <= limit ? .rational(rational) : .none }
    var bits = 128 + 2 * limit.bitWidth
    while bits <= Constant.greatestExponent * 2 {
      let value = enclosure(precision: bits)
      bits *= 2
      guard let low = value.lower.rational, let high = value.upper.rational,
        (high - low) * Rational(limit * limit) < 1
      else { continue }
      let candidate = Constant.simplest(low, high)
      guard candidate.denominator <= limit else { return .none }
      switch (try? Constant(expression - .number(candidate)))?.isZero {
      case .certainlyTrue: return .rational(candidate)
      case .certainlyFalse: return .none
      case .undecided, nil: return .undecided
      }
    }
    return .undecided
  }

  /// The rational of the least denominator between two rationals, by their continued fractions.
  public static func simplest(_ low: Rational, _ high: Rational) -> Rational {
    // x = b_0 + 1/(b_1 + ...), as long as both ends have the same floor and the lower one is no integer.
    var (low, high) = (low, high)
    var terms: [Integer] = []
    while true {
      let floor = low.floor
      if Rational(floor) == low {
        terms.append(floor)
        break
      }
      if Rational(floor) + 1 <= high {
        terms.append(floor + 1)
        break
      }
      terms.append(floor)
      (low, high) = (1 / (high - Rational(floor)), 1 / (low - Rational(floor)))
    }
    return terms.dropLast().reversed().reduce(Rational(terms[terms.count - 1])) { Rational($1) + 1 / $0 }
  }
}
