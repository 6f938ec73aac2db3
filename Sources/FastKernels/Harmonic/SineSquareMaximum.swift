/// The maximum of sin(x)^2/x over x > 0: its place x* and its value Y, enclosed by signs in doubles.
///
/// The derivative is -sin(x) f(x)/x^2 with f(x) = sin x - 2x cos x. On (0, pi/2) f' = 2x sin x - cos x rises from -1 to
/// pi, so f falls from f(0) = 0 and then rises to f(pi/2) = 1: it has one zero x* there, negative before it and
/// positive after it. From pi/2 on sin(x)^2/x <= 2/pi < 0.64, and at x = 7/6 it is above 0.72. So x* is the only
/// maximum.
///
/// Errors, u = 2^-53, for x in 1 ... 1.25:
///
/// 1. sin x and cos x <= 0.55 are within 3u (``SineCosine``), 2x <= 2.5 is exact, its product with the cosine rounds by
///    1.4u, the difference by u |f|: f is off by at most 3u + 7.5u + 1.4u + u |f| < 14u while |f| <= 1.
/// 2. Where a computed f is below -14u or above 14u, x* is above or below that x. The doubles next to x* for which it
///    is so enclose it.
/// 3. tan x* = 2x* gives Y = y(x*), y(x) = 4x/(1 + 4x^2), with |y'| <= 4 (4x^2 - 1)/(1 + 4x^2)^2 < 0.44 between 1.16
///    and 1.17, where the enclosure lies. 4x^2, the sum and the quotient round by 0.9u, u and u of Y.
struct SineSquareMaximum {
  /// x*.
  let place: KernelValue
  /// Y.
  let value: KernelValue

  static let known = SineSquareMaximum()

  /// The bound of step 1.
  static let signError = 14 * 0x1p-53

  /// f with the error of step 1, for x in 1 ... 1.25.
  static func slope(_ x: Double) -> Double {
    let functions = SineCosine(x)
    return functions.sine - 2 * x * functions.cosine
  }

  private init() {
    // Nothing is proved of this start.
    var (low, high) = (1.165_561_185_207_211_3, 1.165_561_185_207_211_3)
    while !(SineSquareMaximum.slope(low) < -SineSquareMaximum.signError) { low = low.nextDown }  // 2
    while !(SineSquareMaximum.slope(high) > SineSquareMaximum.signError) { high = high.nextUp }
    let x = low + (high - low) / 2
    let distance = max(high - x, x - low)
    place = KernelValue(value: x, errorBound: distance)
    let y = 4 * x / (1 + 4 * x * x)  // 3
    value = KernelValue(value: y, errorBound: (0.44 * distance + 3 * 0x1p-53 * y) * (1 + 0x1p-20))
  }
}
