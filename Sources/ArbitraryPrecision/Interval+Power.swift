internal import CMPFR

/// Powers with an exact exponent.
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

  /// The enclosure of all squares.
  public var squared: Interval { power(2) }

  /// The enclosure of all reciprocals; zero, where there is none, is left out.
  public var reciprocal: Interval { power(-1) }

  /// The enclosure of all integer powers; a negative power leaves out zero, where it is not defined.
  ///
  /// The zeroth power is 1 everywhere.
  public func power(_ exponent: Int) -> Interval {
    let p = precision
    return powered(isEven: exponent % 2 == 0, sign: exponent.signum()) {
      $0.power(exponent, precision: p, rounding: $1)
    }
  }

  /// The enclosure of all powers with an exact rational exponent n/q in lowest terms: the real q-th root of x^n.
  ///
  /// Defined for x >= 0 where q is even and for all x where q is odd; a negative exponent leaves out zero. Compare
  /// ``power(_:)-(Interval)``, which takes an enclosure of the exponent and therefore has no value at negative x.
  public func power(_ exponent: Rational) -> Interval {
    let p = precision
    let domain = exponent.denominator.modulo(2) == 0 ? restricted(from: 0, to: nil) : self
    return domain.powered(isEven: exponent.numerator.modulo(2) == 0, sign: exponent.signum) {
      $0.rationalPower(exponent, precision: p, rounding: $1)
    }
  }

  /// The enclosure of the real n-th roots of all members that have one; n is positive.
  public func root(_ n: Int) -> Interval {
    demand(n > 0, "root: the degree must be positive")
    let domain = n % 2 == 0 ? restricted(from: 0, to: nil) : self
    return domain.increasing { mpfr_rootn_ui($0, $1, UInt(n), $2) }
  }

  /// The enclosure of an even or odd power function with an exponent of a sign, from its values at points.
  ///
  /// An even power is monotone in the magnitude, an odd one in the number itself, so the ends are powers of ends. A
  /// negative exponent exchanges them, and at zero the limit from inside the set is taken, whatever the sign of the
  /// zero.
  private func powered(isEven: Bool, sign: Int, _ point: (BigFloat, Rounding) -> BigFloat) -> Interval {
    let p = precision
    guard !isEmpty else { return self }
    if sign == 0 { return Interval(1, precision: p) }
    if sign > 0 {
      return isEven
        ? Interval(unchecked: point(mignitude, .down), point(magnitude, .up))
        : Interval(unchecked: point(lower, .down), point(upper, .up))
    }
    if lower.isZero && upper.isZero { return .empty(precision: p) }
    func limit(_ x: BigFloat, _ rounding: Rounding) -> BigFloat {
      x.isZero ? .infinity(precision: p) : point(x, rounding)
    }
    if isEven { return Interval(unchecked: limit(magnitude, .down), limit(mignitude, .up)) }
    if lower.signum < 0 && upper.signum > 0 { return .entire(precision: p) }
    if upper.signum <= 0 { return -(-self).powered(isEven: isEven, sign: sign, point) }
    return Interval(unchecked: limit(upper, .down), limit(lower, .up))
  }
}

extension BigFloat {
  /// This number raised to a rational power that is defined there, rounded once.
  ///
  /// Let the exponent be n/q in lowest terms. A positive x = m 2^e has a rational power x^(n/q) only if x is the q-th
  /// power of a rational: q divides n times every exponent of a prime in x, hence the exponents. That root is a binary
  /// fraction with at most the bits of x, so MPFR's root at the precision of x is exact then, and says so. In all other
  /// cases the power is irrational, and enclosures of it at growing precision lie between two neighbours at last.
  fileprivate func rationalPower(_ exponent: Rational, precision p: Int, rounding: Rounding) -> BigFloat {
    guard isFinite, !isZero else {
      // Zero and infinities keep their kind under a positive exponent and exchange it under a negative one.
      let grows = isZero == (exponent.signum < 0)
      let isNegative = signum < 0 && exponent.numerator.modulo(2) == 1
      return grows ? .infinity(negative: isNegative, precision: p) : .zero(precision: p)
    }
    if signum < 0 {
      let isOdd = exponent.numerator.modulo(2) == 1
      let mirror = (-self).rationalPower(exponent, precision: p, rounding: isOdd ? rounding.mirrored : rounding)
      return isOdd ? -mirror : mirror
    }
    if let degree = Int(exactly: exponent.denominator) {
      var isExact = false
      let root = BigFloat(precision: precision) { result in
        withView { isExact = mpfr_rootn_ui(result, $0, UInt(degree), MPFR_RNDN) == 0 }
      }
      if isExact {
        let numerator = exponent.numerator
        return BigFloat(precision: p) { result in
          root.withView { _ = mpfr_pow_z(result, $0, numerator.storage.pointer, rounding.mpfr) }
        }
      }
    }
    let hull = Interval.tightHull(precision: p) { bits in
      [Interval(self).rounded(to: bits).power(Interval(exponent, precision: bits))]
    }
    return rounding == .down ? hull.lower : hull.upper
  }
}
