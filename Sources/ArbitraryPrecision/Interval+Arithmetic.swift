extension Interval {
  /// The enclosure of all sums.
  public static func + (a: Interval, b: Interval) -> Interval {
    let p = max(a.precision, b.precision)
    guard !a.isEmpty, !b.isEmpty else { return .empty(precision: p) }
    return Interval(
      unchecked: .sum(a.lower, b.lower, precision: p, rounding: .down),
      .sum(a.upper, b.upper, precision: p, rounding: .up))
  }

  /// The enclosure of all differences.
  public static func - (a: Interval, b: Interval) -> Interval {
    let p = max(a.precision, b.precision)
    guard !a.isEmpty, !b.isEmpty else { return .empty(precision: p) }
    return Interval(
      unchecked: .difference(a.lower, b.upper, precision: p, rounding: .down),
      .difference(a.upper, b.lower, precision: p, rounding: .up))
  }

  /// The opposite, exact.
  public static prefix func - (a: Interval) -> Interval {
    Interval(unchecked: -a.upper, -a.lower)
  }

  /// The enclosure of all products.
  ///
  /// The extreme products are products of ends (the product is monotone in each factor); the signs of the ends tell
  /// which, and only when both factors straddle zero are there two candidates for each end.
  public static func * (a: Interval, b: Interval) -> Interval {
    let p = max(a.precision, b.precision)
    guard !a.isEmpty, !b.isEmpty else { return .empty(precision: p) }
    func product(_ x: BigFloat, _ y: BigFloat, _ rounding: Rounding) -> BigFloat {
      // 0 times an unbounded set is {0}: infinity is a limit of members, never a member.
      if x.isZero || y.isZero { return .zero(precision: p) }
      return .product(x, y, precision: p, rounding: rounding)
    }
    let lower: (BigFloat, BigFloat)
    let upper: (BigFloat, BigFloat)
    switch (a.lower.signum >= 0, a.upper.signum <= 0, b.lower.signum >= 0, b.upper.signum <= 0) {
    case (true, _, true, _): (lower, upper) = ((a.lower, b.lower), (a.upper, b.upper))
    case (true, _, _, true): (lower, upper) = ((a.upper, b.lower), (a.lower, b.upper))
    case (true, _, _, _): (lower, upper) = ((a.upper, b.lower), (a.upper, b.upper))
    case (_, true, true, _): (lower, upper) = ((a.lower, b.upper), (a.upper, b.lower))
    case (_, true, _, true): (lower, upper) = ((a.upper, b.upper), (a.lower, b.lower))
    case (_, true, _, _): (lower, upper) = ((a.lower, b.upper), (a.lower, b.lower))
    case (_, _, true, _): (lower, upper) = ((a.lower, b.upper), (a.upper, b.upper))
    case (_, _, _, true): (lower, upper) = ((a.upper, b.lower), (a.lower, b.lower))
    default:
      return Interval(
        unchecked: .least(product(a.lower, b.upper, .down), product(a.upper, b.lower, .down)),
        .greatest(product(a.lower, b.lower, .up), product(a.upper, b.upper, .up)))
    }
    return Interval(unchecked: product(lower.0, lower.1, .down), product(upper.0, upper.1, .up))
  }

  /// The enclosure of all quotients a / b with b not zero.
  ///
  /// Empty when b holds nothing but zero; a half line when zero is an end of b and a does not straddle zero; the entire
  /// line when zero is inside b, unless a is {0}.
  public static func / (a: Interval, b: Interval) -> Interval {
    let p = max(a.precision, b.precision)
    guard !a.isEmpty, !b.isEmpty, b.lower.signum != 0 || b.upper.signum != 0 else { return .empty(precision: p) }
    if a.lower.isZero && a.upper.isZero { return Interval(unchecked: .zero(precision: p), .zero(precision: p)) }
    if b.lower.signum < 0 && b.upper.signum > 0 { return .entire(precision: p) }
    // Now b has one sign, zero at most as an end; negative divisors are mirrored.
    if b.upper.signum <= 0 { return (-a) / (-b) }
    func quotient(_ x: BigFloat, _ y: BigFloat, _ rounding: Rounding) -> BigFloat {
      if x.isZero { return .zero(precision: p) }
      if y.isZero { return .infinity(negative: x.signum < 0, precision: p) }
      // A finite number over an unbounded divisor tends to zero; an unbounded numerator over it has the supremum infinity.
      if x.isInfinite { return .infinity(negative: x.signum < 0, precision: p) }
      if y.isInfinite { return .zero(precision: p) }
      return .quotient(x, y, precision: p, rounding: rounding)
    }
    let lowerDivisor = a.lower.signum >= 0 ? b.upper : b.lower
    let upperDivisor = a.upper.signum >= 0 ? b.lower : b.upper
    return Interval(
      unchecked: quotient(a.lower, lowerDivisor, .down), quotient(a.upper, upperDivisor, .up))
  }

  /// The enclosure of all sums with an exact integer.
  public static func + (a: Interval, b: Int) -> Interval { a + Interval(b, precision: max(a.precision, 64)) }

  /// The enclosure of all differences with an exact integer.
  public static func - (a: Interval, b: Int) -> Interval { a - Interval(b, precision: max(a.precision, 64)) }

  /// The enclosure of all differences from an exact integer.
  public static func - (a: Int, b: Interval) -> Interval { Interval(a, precision: max(b.precision, 64)) - b }

  /// The enclosure of all products with an exact integer.
  public static func * (a: Int, b: Interval) -> Interval { Interval(a, precision: max(b.precision, 64)) * b }

  /// The enclosure of all sums with an exact integer.
  public static func + (a: Int, b: Interval) -> Interval { b + a }

  /// The enclosure of all quotients of an exact integer.
  public static func / (a: Int, b: Interval) -> Interval { Interval(a, precision: max(b.precision, 64)) / b }

  /// The enclosure of all quotients by an exact integer.
  public static func / (a: Interval, b: Int) -> Interval { a / Interval(b, precision: max(a.precision, 64)) }

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
