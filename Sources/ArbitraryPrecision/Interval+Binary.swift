internal import CMPFR

/// Functions of two and three intervals whose extreme values stand at corners of the box.
extension Interval {
  /// The enclosure of the lesser of two members.
  public func minimum(_ other: Interval) -> Interval {
    let p = max(precision, other.precision)
    guard !isEmpty, !other.isEmpty else { return .empty(precision: p) }
    return Interval(unchecked: .least(lower, other.lower), .least(upper, other.upper)).rounded(to: p)
  }

  /// The enclosure of the greater of two members.
  public func maximum(_ other: Interval) -> Interval {
    let p = max(precision, other.precision)
    guard !isEmpty, !other.isEmpty else { return .empty(precision: p) }
    return Interval(unchecked: .greatest(lower, other.lower), .greatest(upper, other.upper)).rounded(to: p)
  }

  /// The enclosure of sqrt(x^2 + y^2) for all members, which rises with both magnitudes.
  public func hypotenuse(_ other: Interval) -> Interval {
    let p = max(precision, other.precision)
    guard !isEmpty, !other.isEmpty else { return .empty(precision: p) }
    return Interval(
      unchecked: .apply(mpfr_hypot, mignitude, other.mignitude, p, .down),
      .apply(mpfr_hypot, magnitude, other.magnitude, p, .up))
  }

  /// The enclosure of x y + z for all members, rounded once.
  ///
  /// The product is extreme at a corner, and x y + z is extreme where the product and z both are; each candidate is a
  /// fused multiplication and addition, and the least rounded-down candidate is the rounded-down least.
  public func fusedMultiplyAdd(_ factor: Interval, _ addend: Interval) -> Interval {
    let p = max(precision, factor.precision, addend.precision)
    guard !isEmpty, !factor.isEmpty, !addend.isEmpty else { return .empty(precision: p) }
    func corner(_ x: BigFloat, _ y: BigFloat, _ z: BigFloat, _ rounding: Rounding) -> BigFloat {
      // An unbounded addend decides; and 0 times an unbounded set is {0}.
      if z.isInfinite { return .infinity(negative: z.signum < 0, precision: p) }
      if x.isZero || y.isZero { return BigFloat(z, precision: p, rounding: rounding) }
      return BigFloat(precision: p) { result in
        x.withView { a in y.withView { b in z.withView { c in _ = mpfr_fma(result, a, b, c, rounding.mpfr) } } }
      }
    }
    let corners = [(lower, factor.lower), (lower, factor.upper), (upper, factor.lower), (upper, factor.upper)]
    let low = corners.map { corner($0, $1, addend.lower, .down) }
    let high = corners.map { corner($0, $1, addend.upper, .up) }
    return Interval(
      unchecked: low.dropFirst().reduce(low[0]) { .least($0, $1) },
      high.dropFirst().reduce(high[0]) { .greatest($0, $1) })
  }

  /// The enclosure of x^y for all members x > 0, and x = 0 with y > 0.
  ///
  /// This is exp(y log x) with its limits at x = 0; ``power(_:)-(Rational)`` has values at negative x, too. The power
  /// is monotone in each argument where the other is fixed, so its extremes stand at corners, infinity and zero taken
  /// as limits from inside.
  public func power(_ exponent: Interval) -> Interval {
    let p = max(precision, exponent.precision)
    let base = restricted(from: 0, to: nil)
    guard !isEmpty, !base.isEmpty, !exponent.isEmpty else { return .empty(precision: p) }
    if base.upper.isZero {
      return exponent.upper.signum > 0 ? Interval(0, precision: p) : .empty(precision: p)
    }
    let zero = BigFloat.zero(precision: 2)
    func corners(_ rounding: Rounding) -> [BigFloat] {
      [base.lower, base.upper].flatMap { x in
        // A zero of either sign stands for the limit from above.
        [exponent.lower, exponent.upper].map { .apply(mpfr_pow, x.isZero ? zero : x, $0, p, rounding) }
      }
    }
    let (low, high) = (corners(.down), corners(.up))
    return Interval(
      unchecked: low.dropFirst().reduce(low[0]) { .least($0, $1) },
      high.dropFirst().reduce(high[0]) { .greatest($0, $1) })
  }

  /// The enclosure of the angles atan2(y, x) from the positive x axis to (x, y), this interval being y, in (-pi, pi].
  ///
  /// Undefined at the origin. A box on both sides of the cut, the negative x axis, has the hull [-pi, pi].
  public func arctangent2(_ x: Interval) -> Interval {
    let p = max(precision, x.precision)
    guard !isEmpty, !x.isEmpty else { return .empty(precision: p) }
    let zero = BigFloat.zero(precision: p)
    let pi = BigFloat.pi(precision: p, rounding: .up)
    func angle(_ y: BigFloat, _ x: BigFloat, _ rounding: Rounding) -> BigFloat {
      // A zero of y counts as plus zero: the cut belongs to the upper side.
      .apply(mpfr_atan2, y.isZero ? zero : y, x, p, rounding)
    }
    if lower.isZero && upper.isZero {
      let low = x.upper.signum > 0 ? zero : BigFloat.pi(precision: p, rounding: .down)
      let high = x.lower.signum < 0 ? pi : zero
      return x.lower.isZero && x.upper.isZero ? .empty(precision: p) : Interval(unchecked: low, high)
    }
    if lower.signum >= 0 {
      // The upper half plane: the angle falls with x, and with y where x is negative; it rises with y where x is
      // positive.
      return Interval(
        unchecked: angle(x.upper.signum > 0 ? lower : upper, x.upper, .down),
        angle(x.lower.signum >= 0 ? upper : lower, x.lower, .up))
    }
    if x.lower.signum < 0 && upper.signum >= 0 { return Interval(unchecked: -pi, pi) }
    if upper.signum <= 0 { return -(-self).arctangent2(x) }
    // Both signs of y, none of x negative.
    return Interval(unchecked: angle(lower, x.lower, .down), angle(upper, x.lower, .up))
  }
}
