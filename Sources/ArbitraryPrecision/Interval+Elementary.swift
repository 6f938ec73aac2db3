internal import CMPFR

/// Monotone functions: the ends of the result are the function at the ends, rounded outward once, so the result is the
/// tightest one that the precision allows.
extension Interval {
  @inline(__always)
  func increasing(_ function: UnaryFunction) -> Interval {
    if isRegular, low.precision == high.precision {
      var result = Interval(blank: low.precision)
      result.low.set(function, low, MPFR_RNDD)
      result.high.set(function, high, MPFR_RNDU)
      return result
    }
    guard !isEmpty else { return self }
    let p = precision
    return Interval(
      unchecked: .apply(function, lower, p, .down), .apply(function, upper, p, .up))
  }

  @inline(__always)
  func decreasing(_ function: UnaryFunction) -> Interval {
    guard !isEmpty else { return self }
    let p = precision
    return Interval(
      unchecked: .apply(function, upper, p, .down), .apply(function, lower, p, .up))
  }

  /// The members from one integer to another, both included; nil stands for an infinity.
  func restricted(from low: Int?, to high: Int?) -> Interval {
    if low == 0, high == nil, self.low.signum > 0 { return self }
    var (a, b) = (lower, upper)
    if let low { a = .greatest(a, BigFloat(low, precision: precision, rounding: .nearest)) }
    if let high { b = .least(b, BigFloat(high, precision: precision, rounding: .nearest)) }
    return a <= b ? Interval(unchecked: a, b) : .empty(precision: precision)
  }

  /// The members of an open half line above an integer, as a closed set; empty when there is none.
  private func restricted(above low: Int) -> Interval {
    guard !isEmpty, upper > BigFloat(low, precision: precision, rounding: .nearest) else {
      return .empty(precision: precision)
    }
    return restricted(from: low, to: nil)
  }

  /// The enclosure of the square roots of all members at or above zero.
  public var squareRoot: Interval { restricted(from: 0, to: nil).increasing(mpfr_sqrt) }

  // MARK: - Exponentials

  /// The enclosure of all exponentials.
  public var exponential: Interval { increasing(mpfr_exp) }

  /// The enclosure of all powers of 2.
  public var exponential2: Interval { increasing(mpfr_exp2) }

  /// The enclosure of all powers of 10.
  public var exponential10: Interval { increasing(mpfr_exp10) }

  /// The enclosure of e^x - 1 for all members.
  public var exponentialMinusOne: Interval { increasing(mpfr_expm1) }

  // MARK: - Logarithms

  /// The enclosure of the natural logarithms of all members above zero.
  public var logarithm: Interval { restricted(above: 0).increasing(mpfr_log) }

  /// The enclosure of the binary logarithms of all members above zero.
  public var logarithm2: Interval { restricted(above: 0).increasing(mpfr_log2) }

  /// The enclosure of the decimal logarithms of all members above zero.
  public var logarithm10: Interval { restricted(above: 0).increasing(mpfr_log10) }

  /// The enclosure of log(1 + x) for all members above -1.
  public var logarithmOnePlus: Interval { restricted(above: -1).increasing(mpfr_log1p) }

  /// The enclosure of the exponential integral E1(x), the integral of e^-t/t from x to infinity, of all members above
  /// zero.
  ///
  /// The tightest one as long as no member exceeds 2^16. Where one does, the lower bound is zero; where all do, the
  /// upper bound is that of E1 at 2^16.
  public var exponentialIntegral: Interval {
    let positive = restricted(above: 0)
    guard !positive.isEmpty else { return positive }
    let limit = BigFloat(1 << 16, precision: precision, rounding: .nearest)
    let zero = BigFloat.zero(precision: precision)
    // MPFR's function is the negative of E1 at negative arguments, where it falls.
    func value(_ x: BigFloat, _ rounding: Rounding) -> BigFloat {
      -.apply(mpfr_eint, -x, precision, rounding.mirrored)
    }
    let low = positive.upper > limit ? zero : value(positive.upper, .down)
    let high =
      positive.lower.signum <= 0
      ? BigFloat.infinity(precision: precision) : value(.least(positive.lower, limit), .up)
    return Interval(unchecked: low, high)
  }

  /// The enclosure of the error functions erf(x), 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x, of all
  /// members.
  public var errorFunction: Interval { increasing(mpfr_erf) }

  // MARK: - Hyperbolic functions

  /// The enclosure of all hyperbolic sines.
  public var hyperbolicSine: Interval { increasing(mpfr_sinh) }

  /// The enclosure of all hyperbolic cosines, which rise with the magnitude.
  public var hyperbolicCosine: Interval { absoluteValue.increasing(mpfr_cosh) }

  /// The enclosure of all hyperbolic tangents.
  public var hyperbolicTangent: Interval { increasing(mpfr_tanh) }

  /// The enclosure of all inverse hyperbolic sines.
  public var inverseHyperbolicSine: Interval { increasing(mpfr_asinh) }

  /// The enclosure of the inverse hyperbolic cosines of all members at or above 1.
  public var inverseHyperbolicCosine: Interval { restricted(from: 1, to: nil).increasing(mpfr_acosh) }

  /// The enclosure of the inverse hyperbolic tangents of all members between -1 and 1.
  public var inverseHyperbolicTangent: Interval {
    let one = BigFloat(1, precision: precision, rounding: .nearest)
    guard !isEmpty, lower < one, upper > -one else { return .empty(precision: precision) }
    return restricted(from: -1, to: 1).increasing(mpfr_atanh)
  }

  // MARK: - Inverse trigonometric functions

  /// The enclosure of all arctangents.
  public var arctangent: Interval { increasing(mpfr_atan) }

  /// The enclosure of the arcsines of all members from -1 to 1.
  public var arcsine: Interval { restricted(from: -1, to: 1).increasing(mpfr_asin) }

  /// The enclosure of the arccosines of all members from -1 to 1.
  public var arccosine: Interval { restricted(from: -1, to: 1).decreasing(mpfr_acos) }

  // MARK: - Rounding to integers

  /// The enclosure of the greatest integers not above a member.
  public var floor: Interval { increasing(mpfr_rint_floor) }

  /// The enclosure of the least integers not below a member.
  public var ceiling: Interval { increasing(mpfr_rint_ceil) }

  /// The enclosure of the members rounded to integers toward zero.
  public var truncated: Interval { increasing(mpfr_rint_trunc) }

  /// The enclosure of the signs -1, 0 and 1 of all members.
  public var sign: Interval {
    guard !isEmpty else { return self }
    return Interval(
      unchecked: BigFloat(lower.signum, precision: precision, rounding: .nearest),
      BigFloat(upper.signum, precision: precision, rounding: .nearest))
  }
}
