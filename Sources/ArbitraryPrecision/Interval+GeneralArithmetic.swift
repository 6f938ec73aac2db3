/// The general forms of the four operations: any ends, by the set semantics of IEEE 1788.
extension Interval {
  /// Which ends of two factors make the ends of the product: whether the upper end of the first and of the second is
  /// taken.
  ///
  /// The product is monotone in each factor, so its extremes are products of ends, and the signs of the ends tell
  /// which. Nil when both factors straddle zero, where there are two candidates for each extreme.
  @inline(__always)
  static func corners(_ a: Interval, _ b: Interval) -> (lower: (Bool, Bool), upper: (Bool, Bool))? {
    switch (a.low.signum >= 0, a.high.signum <= 0, b.low.signum >= 0, b.high.signum <= 0) {
    case (true, _, true, _): ((false, false), (true, true))
    case (true, _, _, true): ((true, false), (false, true))
    case (true, _, _, _): ((true, false), (true, true))
    case (_, true, true, _): ((false, true), (true, false))
    case (_, true, _, true): ((true, true), (false, false))
    case (_, true, _, _): ((false, true), (false, false))
    case (_, _, true, _): ((false, true), (true, true))
    case (_, _, _, true): ((true, false), (false, false))
    default: nil
    }
  }

  @inline(never)
  static func generalSum(_ a: Interval, _ b: Interval, _ p: Int) -> Interval {
    guard !a.isEmpty, !b.isEmpty else { return .empty(precision: p) }
    return Interval(
      unchecked: .sum(a.lower, b.lower, precision: p, rounding: .down),
      .sum(a.upper, b.upper, precision: p, rounding: .up))
  }

  @inline(never)
  static func generalDifference(_ a: Interval, _ b: Interval, _ p: Int) -> Interval {
    guard !a.isEmpty, !b.isEmpty else { return .empty(precision: p) }
    return Interval(
      unchecked: .difference(a.lower, b.upper, precision: p, rounding: .down),
      .difference(a.upper, b.lower, precision: p, rounding: .up))
  }

  @inline(never)
  static func generalProduct(_ a: Interval, _ b: Interval, _ p: Int) -> Interval {
    guard !a.isEmpty, !b.isEmpty else { return .empty(precision: p) }
    func product(_ x: BigFloat, _ y: BigFloat, _ rounding: Rounding) -> BigFloat {
      // 0 times an unbounded set is {0}: infinity is a limit of members, never a member.
      if x.isZero || y.isZero { return .zero(precision: p) }
      return .product(x, y, precision: p, rounding: rounding)
    }
    guard let corners = corners(a, b) else {
      return Interval(
        unchecked: .least(product(a.lower, b.upper, .down), product(a.upper, b.lower, .down)),
        .greatest(product(a.lower, b.lower, .up), product(a.upper, b.upper, .up)))
    }
    return Interval(
      unchecked: product(
        corners.lower.0 ? a.upper : a.lower, corners.lower.1 ? b.upper : b.lower, .down),
      product(corners.upper.0 ? a.upper : a.lower, corners.upper.1 ? b.upper : b.lower, .up))
  }

  @inline(never)
  static func generalQuotient(_ a: Interval, _ b: Interval, _ p: Int) -> Interval {
    guard !a.isEmpty, !b.isEmpty, b.lower.signum != 0 || b.upper.signum != 0 else { return .empty(precision: p) }
    if a.lower.isZero && a.upper.isZero { return Interval(unchecked: .zero(precision: p), .zero(precision: p)) }
    if b.lower.signum < 0 && b.upper.signum > 0 { return .entire(precision: p) }
    // Now b has one sign, zero at most as an end; negative divisors are mirrored.
    if b.upper.signum <= 0 { return generalQuotient(-a, -b, p) }
    func quotient(_ x: BigFloat, _ y: BigFloat, _ rounding: Rounding) -> BigFloat {
      if x.isZero { return .zero(precision: p) }
      if y.isZero { return .infinity(negative: x.signum < 0, precision: p) }
      // A finite number over an unbounded divisor tends to zero; an unbounded numerator over it has the supremum
      // infinity.
      if x.isInfinite { return .infinity(negative: x.signum < 0, precision: p) }
      if y.isInfinite { return .zero(precision: p) }
      return .quotient(x, y, precision: p, rounding: rounding)
    }
    let lowerDivisor = a.lower.signum >= 0 ? b.upper : b.lower
    let upperDivisor = a.upper.signum >= 0 ? b.lower : b.upper
    return Interval(
      unchecked: quotient(a.lower, lowerDivisor, .down), quotient(a.upper, upperDivisor, .up))
  }
}
