/// Two classical spins in Taylor steps of the time s = 2 g N tau, with an error bound: unit vectors a and b with
///
///     a' = (b_x, b_y, 0) x a,      b' = (a_x, a_y, 0) x b.
///
/// Coefficients of powers of t = (s - s_j)/h follow from each other: A_(k+1) = h/(k+1) sum over i of B_i x A_(k-i), and
/// the same with A and B exchanged, the horizontal part of the first factor being meant. In the greater of the two
/// lengths two solutions part by e^s at most (`ClassicalSpinBattery` in the certified route has the same: each length
/// is conserved, and the difference obeys |d_a|' <= |d_b| |a|). Errors of one step, u = 2^-53, in that length r <=
/// 1.001:
///
/// 1. |A_k|, |B_k| <= M_k = r (r h)^k, as M_(k+1) = h/(k+1) sum of M_i M_(k-i); truncation after t^n by Taylor's
///    remainder, at most M_(n+1).
/// 2. A coefficient, with u alpha_k the errors of those before it: an element is a sum of at most 2 (k + 1) products,
///    and the vector of sums of magnitudes is no longer than sum of |B_i||A_(k-i)|; with a rounded 1/(k+1) and its
///    product alpha_(k+1) = 2h/(k+1) sum of alpha_i M_(k-i) + (2k + 5) M_(k+1), alpha_0 = 0.
/// 3. The sum at t, by Horner's rule: 2.02u times the sum of S_k = |A_k| + |A_(k+1)| + ...
/// 4. Second orders and the roundings of these bounds: a factor 1 + 2^-20; underflow: 2^-1000.
///
/// The error e of a state becomes e exp(1.001 h) plus that. The true lengths are one: e <= 2^-11 is demanded.
struct ClassicalSpinPath {
  /// The coefficients of a and of b on the step.
  private(set) var first: [SIMD4<Double>]
  private(set) var second: [SIMD4<Double>]
  /// s_j, exactly.
  private(set) var time = 0.0
  /// At least the distance from the true state.
  private(set) var error: Double

  /// h and n.
  static let step = 0.125
  static let order = 20
  private static let u = 0x1p-53

  /// The error that one step makes, and exp(1.001 h).
  static let made: Double = {
    let (r, h) = (1.001, step)
    var (sizes, errors) = ([r], [0.0])
    for k in 0...order {
      sizes.append(sizes[k] * r * h)
      var sum = 0.0
      for i in 0...k { sum += errors[i] * sizes[k - i] }
      errors.append(2 * h / Double(k + 1) * sum + Double(2 * k + 5) * sizes[k + 1])
    }
    var (partial, sums, all) = (0.0, 0.0, 0.0)
    for k in stride(from: order, through: 0, by: -1) {
      partial += sizes[k]
      sums += partial
      all += errors[k]
    }
    return (u * (all + 2.02 * sums) + sizes[order + 1] + 0x1p-1000) * (1 + 0x1p-20)
  }()
  static let growth: Double = {
    // exp(-x) >= 1 - x + x^2/2 - x^3/6.
    let x = 1.001 * step
    return 1 / (1 - x * (1 - x / 2 * (1 - x / 3))) * (1 + 0x1p-50)
  }()

  /// The start from the angles of both and their azimuth apart: sines and cosines are within 3u (``SineCosine``), which
  /// makes 4.3u of each unit vector for an angle and rounds by u of each product: 10u in all.
  init(charger: Double, battery: Double, azimuth: Double) {
    let (a, b, phi) = (SineCosine(charger), SineCosine(battery), SineCosine(azimuth))
    first = Array(repeating: .zero, count: ClassicalSpinPath.order + 1)
    second = first
    first[0] = SIMD4(a.sine * phi.cosine, a.sine * phi.sine, a.cosine, 0)
    second[0] = SIMD4(b.sine, 0, b.cosine, 0)
    error = 10 * ClassicalSpinPath.u
  }

  /// The height of the battery's spin.
  var height: Double { second[0].z }

  /// The coefficients of the step that begins now.
  mutating func expand() {
    for k in 0..<ClassicalSpinPath.order {
      var (a, b) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      for i in 0...k {
        a += ClassicalSpinPath.product(second[i], first[k - i])
        b += ClassicalSpinPath.product(first[i], second[k - i])
      }
      let factor = ClassicalSpinPath.step / Double(k + 1)
      first[k + 1] = factor * a
      second[k + 1] = factor * b
    }
  }

  /// (x_1, x_2, 0) x y.
  @inline(__always)
  private static func product(_ x: SIMD4<Double>, _ y: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(x.y * y.z, -(x.x * y.z), x.x * y.y - x.y * y.x, 0)
  }

  /// At least the error of all elements on the step that was expanded.
  var errorOnStep: Double { (error * ClassicalSpinPath.growth + ClassicalSpinPath.made) * (1 + 0x1p-50) }

  /// The state at a t from 0 to 1 on the step.
  func state(at t: Double) -> (first: SIMD4<Double>, second: SIMD4<Double>) {
    var (a, b) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    for k in stride(from: ClassicalSpinPath.order, through: 0, by: -1) {
      a = first[k] + t * a
      b = second[k] + t * b
    }
    return (a, b)
  }

  /// Goes to the end of the step that was expanded.
  mutating func advance() throws(KernelRefusal) {
    let end = state(at: 1)
    error = errorOnStep
    guard error <= 0x1p-11 else {
      throw KernelRefusal("the error bound passed 2^-11 on the way; accepted: shorter times")
    }
    (first[0], second[0]) = (end.first, end.second)
    time += ClassicalSpinPath.step
  }
}
