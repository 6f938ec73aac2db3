import ArbitraryPrecision

/// f(s, t) with f'' + gamma f' + s^2 f = 0, f(0) = 1, f'(0) = 0: a rotation at the rate s whose coherence decays at the
/// rate gamma.
///
/// With z = (gamma^2/4 - s^2) t^2, f = exp(-gamma t/2) (C(z) + (gamma t/2) S(z)), C(z) = cosh sqrt(z) and S(z) = sinh
/// sqrt(z)/sqrt(z), both entire in z.
enum Relaxation {
  static func value(at t: Interval, rate gamma: Interval, coupling s: Interval) -> Interval {
    let half = (gamma * t).scaled(byPowerOfTwo: -1)
    let unit = Interval(from: -1, to: 1, precision: max(half.precision, s.precision))
    return (narrow(half, s * t) ?? wide(half, s * t)).intersection(unit)
  }

  /// From h = gamma t/2 and the angle s t, where z = h^2 - (s t)^2 is certainly above 1, below -1 or small.
  private static func narrow(_ half: Interval, _ angle: Interval) -> Interval? {
    let z = half.squared - angle.squared
    if z.lower > BigFloat(1, precision: 53, rounding: .down) {
      // With k t = sqrt(z): of exp(-(gamma/2 - k) t) and exp(-(gamma/2 + k) t), in which nothing overflows; gamma/2 -
      // k = s^2/(gamma/2 + k).
      let root = z.squareRoot
      let slow = angle.squared / (half + root)
      let share = half / root
      let sum = (1 + share) * (-slow).exponential + (1 - share) * (-(half + root)).exponential
      return sum.scaled(byPowerOfTwo: -1)
    }
    let damping = (-half).exponential
    if z.upper < BigFloat(-1, precision: 53, rounding: .up) {
      let root = (-z).squareRoot
      return damping * (root.cosine + half * (root.sine / root))
    }
    guard z.magnitude <= BigFloat(4, precision: 53, rounding: .down) else { return nil }
    let (c, d) = series(z)
    return damping * (c + half * d)
  }

  /// The same for any z, from bounds alone.
  ///
  /// C and S rise with z for z >= 0, so f falls with |s| as long as |s| <= gamma/2 and is at most its value at the
  /// least |s|; it is positive there. For z < 0 the magnitudes of C = cos and S = sin(x)/x are at most one, and |f| <=
  /// (1 + h) exp(-h).
  private static func wide(_ half: Interval, _ angle: Interval) -> Interval {
    let envelope = ((1 + half) * (-half).exponential).absoluteValue
    let greatest = narrow(half, Interval(angle.mignitude)) ?? Interval(1, precision: half.precision)
    let below = (half.squared - angle.squared).lower.signum < 0 ? -envelope : Interval(0, precision: half.precision)
    return below.hull(envelope).hull(greatest)
  }

  /// C and S by their series in z, for |z| <= 4. Beyond the last term z^n/(2n)! the sum is at most |z|^(n+1)/(2n+2)!
  /// times 1/(1 - |z|/(2n+3)^2), which is below twice that.
  private static func series(_ z: Interval) -> (Interval, Interval) {
    let precision = z.precision
    var (c, s) = (Interval(1, precision: precision), Interval(1, precision: precision))
    var (even, odd) = (c, s)
    let small = z.absoluteValue.rounded(to: 64)
    var tail = Interval(1, precision: 64)
    var n = 0
    // For |z| <= 4 the terms fall from the first one on.
    while n < 4 || (tail.upper.binaryExponent ?? -precision - 9) > -precision - 8 {
      n += 1
      even = even * z / (2 * n * (2 * n - 1))
      odd = odd * z / (2 * n * (2 * n + 1))
      tail = tail * small / (2 * n * (2 * n - 1))
      c = c + even
      s = s + odd
    }
    let rest = Interval.ball((tail * small / ((2 * n + 1) * (2 * n + 2))).scaled(byPowerOfTwo: 1))
    return (c + rest, s + rest)
  }
}
