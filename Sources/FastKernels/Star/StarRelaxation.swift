/// f(s, t) with f'' + gamma f' + s^2 f = 0, f(0) = 1, f'(0) = 0, from h = gamma t/2 and the angle a = s t, both at
/// least zero: e^-h (C(z) + h S(z)), z = h^2 - a^2, C = cosh sqrt z, S = sinh(sqrt z)/sqrt z.
///
/// f is the mean of cos(s X), where X is the integral over t of a sign that flips at the rate gamma/2 (M. Kac, Rocky
/// Mountain J. Math. 4, 497, 1974). So |f| <= 1; |df/da| <= 1, as |X| <= t; and |df/dh| <= 2: the number of flips is
/// Poisson distributed with the mean h, the times of a given number of them do not depend on h, and the derivative of
/// a Poisson mean of numbers of magnitude at most one is the mean of a difference of two of them.
///
/// Errors of the value at doubles h and a <= 2^40, u = 2^-53; second orders are in the roundings upwards. z = (h - a)(h
/// + a) is within 3u of itself, its root within 2.5u, exponentials within 2.6u for an exact argument (``Exponential``),
/// sine and cosine within 3u (``SineCosine``).
///
/// 1. |z| <= 1: C and S by ten terms of their series, the next being below 0.01u, within 3u and 2u by Horner's rule and
///    1.8u and 0.6u by z. With e^-h h <= 0.37 and C <= 1.55, S <= 1.18 the result is within 16u.
/// 2. z < -1, b = sqrt(-z) <= a: cos b is within 2.5u b + 3u, sin(b)/b within 9u, since its derivative is at most 2/b:
///    the result is within 2.5u a + 16u.
/// 3. z > 1, k = sqrt z: half the sum of (1 + h/k) e^-x and (1 - h/k) e^-(h + k) with x = h - k = a^2/(h + k). h/k is
///    within 3.5u, x within 5.5u; (1 + h/k) e^-x <= (2 + x) e^-x, and with x (2 + x) e^-x <= 1.2 that is 23u for the
///    first term and 2u for the second: within 14u.
///
/// What is below 2^-1000 is left out.
enum StarRelaxation {
  /// The value and at least its error.
  static func value(half h: Double, angle a: Double) -> (value: Double, error: Double) {
    let u = 0x1p-53
    let z = (h - a) * (h + a)
    let error = u * (17 + 2.6 * a)
    if z > 1 {
      let k = z.squareRoot()
      let share = h / k
      let slow = exponential(a * a / (h + k)), fast = exponential(h + k)
      return (0.5 * ((1 + share) * slow + (1 - share) * fast), error)
    }
    let damping = exponential(h)
    if damping == 0 { return (0, error) }
    if z < -1 {
      let b = (-z).squareRoot()
      let functions = SineCosine(b)
      return (damping * (functions.cosine + h * (functions.sine / b)), error)
    }
    var (c, s) = (0.0, 0.0)
    for n in stride(from: 9, through: 1, by: -1) {
      c = (1 + c) * (z / Double(2 * n * (2 * n - 1)))
      s = (1 + s) * (z / Double(2 * n * (2 * n + 1)))
    }
    return (damping * ((1 + c) + h * (1 + s)), error)
  }

  /// e^-x.
  private static func exponential(_ x: Double) -> Double { x < 740 ? Exponential(-x).value : 0 }
}
