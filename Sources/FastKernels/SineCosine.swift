/// The sine and the cosine of a double of magnitude 2^44 at most, each within 3u, u = 2^-53.
///
/// 1. The remainder r by pi/2 as in step 4 of ``HarmonicKernel``, of an exact angle: off by 1.01 u |r| + 12 u^2 2^44 <
///    0.84 u, |r| < 0.8.
/// 2. sin r as in its step 5: the correction to r, below 0.8^3/6, within 5.3 u of itself, 0.46 u; the last addition
///    0.72 u. With step 1 less than 2.1 u.
/// 3. cos r = 1 - (z/2 - z^2 R(z)), z = r^2, cut after r^18/18!: the next term is below 2^-66. R is right within 2.2 u
///    as the sine's factor is, z^2 R <= 0.0171 within 6.3 u, z/2 <= 0.32 within u, their difference is rounded by 0.32
///    u and the last line by u; step 1 makes 0.84 u sin(0.8) more. The sum is 2.4 u.
struct SineCosine {
  let sine: Double
  let cosine: Double

  /// The greatest magnitude of the angle.
  static let greatestAngle = 0x1p44

  init(_ angle: Double) {
    let (k, r) = QuarterTurns.remainder(of: angle)  // 1
    (sine, cosine) = QuarterTurns.functions(k, rest: r)  // 2, 3
  }
}
