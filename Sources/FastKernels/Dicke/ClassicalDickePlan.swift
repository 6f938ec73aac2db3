/// The length and order of the Taylor steps of ``ClassicalDickePath``, and what one step makes wrong.
///
/// With s = 2 c tau, c = sqrt(2N) g, and omega = w0/(2c), the equations of `docs/dicke.md` are
///
///     P' = -omega Q - n_x/2,   Q' = omega P,   n_x' = -omega n_y,   n_y' = omega n_x - Q n_z,   n_z' = Q n_y.
///
/// Coefficients of powers of t = (s - s_j)/h follow from each other by H = h omega, 1/(k+1) and sums over i of Q_i
/// n_z,k-i and Q_i n_y,k-i. In magnitudes a_k, b_k, z_k of (P, Q), (n_x, n_y) and n_z the same recurrence, signs
/// dropped, bounds them for every start with magnitudes a_0, b_0, z_0:
///
///     a_(k+1) = (H a_k + h b_k/2)/(k+1),  b_(k+1) = (H b_k + h sum a_i z_(k-i))/(k+1),  z_(k+1)
///       = h sum a_i b_(k-i)/(k+1).
///
/// a_0 = r bounds |(P, Q)| on all of the step, b_0 = z_0 = 1.001 the others. Errors of one step, u = 2^-53, in the norm
/// |d|^2 = 2 d_P^2 + 2 d_Q^2 + |d_n|^2:
///
/// 1. Truncation after t^n: Taylor's remainder, a weighted mean of the coefficients of order n + 1 at the states that
///    the solution passes, at most a_(n+1), b_(n+1), z_(n+1).
/// 2. Factors: omega within 3u (a root, a product, a quotient), H = 2^-m omega and h exactly, H/(k+1) and h/(k+1)
///    rounded once.
/// 3. A coefficient, with u alpha_k, u beta_k, u zeta_k the errors of those before it: in H a_k + h b_k/2 each term has
///    at most 6u, with factor, product and sum; a sum of k + 1 products has (k+1)u, its product with the factor 2u
///    more, and adding another term one more: alpha_(k+1) = (H alpha_k + h beta_k/2)/(k+1) + 6 a_(k+1), beta_(k+1) = (H
///    beta_k + h sum (alpha_i z_(k-i) + a_i zeta_(k-i)) + 6 H b_k + (k+4) h sum a_i z_(k-i))/(k+1), zeta_(k+1) = h sum
///    (alpha_i b_(k-i) + a_i beta_(k-i))/(k+1) + (k+3) z_(k+1). n_z = w - 1 is rounded: zeta_0 = 1.01.
/// 4. The sums over k from the last to the first: u times the partial sums, which are at most the sums of the bounds;
///    the last one is the result.
/// 5. Second orders, below 2^-30 of all this, and the roundings of these bounds: a factor 1 + 2^-20. Underflow:
///    2^-1000.
///
/// The first step starts from the exact (P, Q) = sqrt2 (cos, sin), n = (0, 0, -1). Its alpha_0 = 8.9 is the error of
/// the start: 3u of sine and cosine (``SineCosine``), 2u of root and product make sqrt2 (3 sqrt2 + 2) u. There zeta_0 =
/// 0, and |(n_x, n_y)|' <= |Q n_z| gives b_0 = 1.001 min(1, r h): so the error of w = 1 + n_z is small with w.
struct ClassicalDickePlan {
  /// h, a power of two.
  let step: Double
  /// r.
  let radius: Double
  /// n.
  let order: Int
  /// The error of all elements in the norm above.
  let error: Double
  /// That of w alone, of the polynomial and of its last sum.
  let errorOfEnergy: Double
  /// A bound of |(n_x, n_y)| on the step.
  let tilt: Double
  /// How two solutions can part in the step: exp(0.354 h).
  let growth: Double

  /// The greatest n.
  static let greatestOrder = 24
  private static let u = 0x1p-53

  /// The plan of steps from a start of magnitude |(P, Q)|.
  ///
  /// - Parameter first: the greatest length of the first step, nil for later ones.
  init(omega: Double, magnitude: Double, first: Double? = nil) {
    // Room for the change of |(P, Q)|, at most 0.501 h, as h <= 1.
    let r = 1.125 * magnitude + 0.501
    var h = ClassicalDickePlan.powerOfTwo(below: 1 / (omega + r + 0.5))
    if let first, first < h { h = min(h, 2 * ClassicalDickePlan.powerOfTwo(below: first)) }
    let isFirst = first != nil
    tilt = isFirst ? min(1.001, 1.001 * r * h) : 1.001
    var bounds = Majorant(
      factor: h * omega, step: h, start: SIMD4(r, tilt, 1.001, 0),
      errors: isFirst ? SIMD4(8.9, 0, 0, 0) : SIMD4(0, 0, 1.01, 0))
    while bounds.last < ClassicalDickePlan.greatestOrder + 1 {
      bounds.extend()
      if !isFirst, bounds.last > 8, bounds.size(bounds.last).max() < 0x1p-56 { break }
    }
    let n = bounds.last - 1
    let made = bounds.errorOfSums(n, results: SIMD4(r, tilt, isFirst ? 0 : 2.002, 0))
    let all = ClassicalDickePlan.u * made + bounds.size(n + 1) + 0x1p-1000
    (step, radius, order) = (h, r, n)
    error = (2 * all[0] * all[0] + all[1] * all[1] + all[2] * all[2]).squareRoot() * (1 + 0x1p-20)
    errorOfEnergy = all[2] * (1 + 0x1p-20)
    // exp(-x) >= 1 - x + x^2/2 - x^3/6.
    let x = 0.354 * h
    growth = 1 / (1 - x * (1 - x / 2 * (1 - x / 3))) * (1 + 0x1p-50)
  }

  /// Whether steps of this plan may start from a magnitude of (P, Q), which changes by |n_x|/2 at most in a time unit.
  @inline(__always)
  func allows(_ magnitude: Double) -> Bool { magnitude * (1 + 0x1p-20) + 0.501 * step <= radius }

  /// The greatest power of two that is at most x > 0.
  static func powerOfTwo(below x: Double) -> Double { Double(sign: .plus, exponent: x.exponent, significand: 1) }
}

/// The bounds a_k, b_k, z_k of coefficients and alpha_k, beta_k, zeta_k of their errors in u.
private struct Majorant {
  private let factor: Double
  private let step: Double
  private var sizes: [SIMD4<Double>]
  private var errors: [SIMD4<Double>]

  init(factor: Double, step: Double, start: SIMD4<Double>, errors: SIMD4<Double>) {
    (self.factor, self.step) = (factor, step)
    sizes = [start]
    self.errors = [errors]
    sizes.reserveCapacity(ClassicalDickePlan.greatestOrder + 2)
    self.errors.reserveCapacity(ClassicalDickePlan.greatestOrder + 2)
  }

  var last: Int { sizes.count - 1 }

  func size(_ k: Int) -> SIMD4<Double> { sizes[k] }

  /// The next coefficient.
  mutating func extend() {
    let k = last
    let (count, h) = (Double(k + 1), step)
    // Sums of a_i z, a_i b, and of alpha_i z + a_i zeta, alpha_i b + a_i beta.
    var (toTilt, toEnergy, errorToTilt, errorToEnergy) = (0.0, 0.0, 0.0, 0.0)
    for i in 0...k {
      let (a, e) = (sizes[i][0], errors[i][0])
      let (size, error) = (sizes[k - i], errors[k - i])
      toTilt += a * size[2]
      toEnergy += a * size[1]
      errorToTilt += e * size[2] + a * error[2]
      errorToEnergy += e * size[1] + a * error[1]
    }
    let (size, error) = (sizes[k], errors[k])
    let a = (factor * size[0] + h / 2 * size[1]) / count
    let z = h * toEnergy / count
    sizes.append(SIMD4(a, (factor * size[1] + h * toTilt) / count, z, 0))
    let beta = factor * error[1] + h * errorToTilt + 6 * factor * size[1] + (count + 3) * h * toTilt
    errors.append(
      SIMD4(
        (factor * error[0] + h / 2 * error[1]) / count + 6 * a, beta / count,
        h * errorToEnergy / count + (count + 2) * z, 0))
  }

  /// The errors of the sums of n + 1 coefficients in u, for sums of given size; for a size of w of zero, its
  /// coefficients are its bound.
  func errorOfSums(_ n: Int, results: SIMD4<Double>) -> SIMD4<Double> {
    var (partial, total) = (SIMD4<Double>.zero, results)
    for k in stride(from: n, through: 1, by: -1) {
      partial += sizes[k]
      total += partial + errors[k]
    }
    // The error of the start stays; that of n_z at the start is none of w.
    total += SIMD4(errors[0][0], errors[0][1], 0, 0)
    if results[2] == 0 { total[2] += partial[2] }
    return total
  }
}
