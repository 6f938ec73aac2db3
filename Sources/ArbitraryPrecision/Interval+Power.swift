extension Interval {
  /// This set scaled by a power of two: exact while exponents stay in range, outward at their ends.
  public func scaled(byPowerOfTwo shift: Int) -> Interval {
    Interval(
      unchecked: lower.scaled(byPowerOfTwo: shift, rounding: .down),
      upper.scaled(byPowerOfTwo: shift, rounding: .up))
  }

  /// The enclosure of all magnitudes, exact.
  public var absoluteValue: Interval {
    guard !isEmpty else { return self }
    if lower.signum >= 0 { return self }
    if upper.signum <= 0 { return -self }
    return Interval(unchecked: .zero(precision: precision), magnitude)
  }

  /// The enclosure of all integer powers; a negative power leaves out zero, where it is not defined.
  ///
  /// An even power is monotone in the magnitude, an odd one in the number itself: the ends are powers of ends.
  public func power(_ exponent: Int) -> Interval {
    let p = precision
    guard !isEmpty else { return self }
    if exponent == 0 { return Interval(1, precision: p) }
    if exponent < 0 { return reciprocalPower(exponent) }
    if exponent % 2 == 0 {
      return Interval(
        unchecked: mignitude.power(exponent, precision: p, rounding: .down),
        magnitude.power(exponent, precision: p, rounding: .up))
    }
    return Interval(
      unchecked: lower.power(exponent, precision: p, rounding: .down),
      upper.power(exponent, precision: p, rounding: .up))
  }

  private func reciprocalPower(_ exponent: Int) -> Interval {
    let p = precision
    if lower.isZero && upper.isZero { return .empty(precision: p) }
    func power(_ x: BigFloat, _ rounding: Rounding) -> BigFloat {
      // The limit from inside the interval, whatever the sign of the zero.
      x.isZero ? .infinity(precision: p) : x.power(exponent, precision: p, rounding: rounding)
    }
    if exponent % 2 == 0 {
      return Interval(unchecked: power(magnitude, .down), power(mignitude, .up))
    }
    if lower.signum < 0 && upper.signum > 0 { return .entire(precision: p) }
    if upper.signum <= 0 {
      let mirror = (-self).reciprocalPower(exponent)
      return -mirror
    }
    return Interval(unchecked: power(upper, .down), power(lower, .up))
  }

  /// The enclosure of all squares.
  public var squared: Interval { power(2) }
}
