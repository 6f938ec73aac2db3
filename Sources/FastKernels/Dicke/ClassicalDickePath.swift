/// The motion of the classical Dicke battery in Taylor steps, with an error bound: the equations and the errors of a
/// step are those of ``ClassicalDickePlan``.
///
/// The difference d of two solutions has d' = J d, J the Jacobian at their mean, as the equations are quadratic. In the
/// norm
/// |d|^2 = 2 d_P^2 + 2 d_Q^2 + |d_n|^2 the rotations by omega and Q do not count; half the derivative of |d|^2 is
/// -d_P d_nx + d_Q (n_y d_nz - n_z d_ny), at most max(1, |(n_y, n_z)|) sqrt2/4 |d|^2. So with |n| <= 1.001 two
/// solutions part by exp(0.354 s) at most, and the error e of a state becomes e exp(0.354 h) plus the error of the
/// step. The true |n| is 1, so
/// |n| <= 1 + e: e <= 2^-11 is demanded.
struct ClassicalDickePath: ~Copyable {
  private let omega: Double
  private let memory: UnsafeMutablePointer<Double>
  /// (Q_k, Q_k) and (n_z,k, n_y,k).
  private let field: UnsafeMutablePointer<SIMD2<Double>>
  private let spin: UnsafeMutablePointer<SIMD2<Double>>

  private(set) var plan: ClassicalDickePlan
  /// s_j, exactly.
  private(set) var time = 0.0
  /// w = 1 + n_z.
  private(set) var energy = 0.0
  /// At least the distance from the true state.
  private(set) var error = 0.0
  private var p: Double
  private var q: Double
  private var (x, y) = (0.0, 0.0)

  private static let size = ClassicalDickePlan.greatestOrder + 2

  /// The start, whose first step is not much longer than a given time.
  init(omega: Double, phase: Double, first: Double) {
    self.omega = omega
    let angle = SineCosine(phase)
    let root = 2.0.squareRoot()
    (p, q) = (root * angle.cosine, root * angle.sine)
    // The exact magnitude is sqrt2, and 1.42 pays for the first step's start, which is off by 9u.
    plan = ClassicalDickePlan(omega: omega, magnitude: 1.42, first: first)
    memory = .allocate(capacity: 4 * ClassicalDickePath.size)
    memory.initialize(repeating: 0, count: 4 * ClassicalDickePath.size)
    field = .allocate(capacity: ClassicalDickePath.size)
    field.initialize(repeating: .zero, count: ClassicalDickePath.size)
    spin = .allocate(capacity: ClassicalDickePath.size)
    spin.initialize(repeating: .zero, count: ClassicalDickePath.size)
    fillFactors()
  }

  deinit {
    memory.deallocate()
    field.deallocate()
    spin.deallocate()
  }

  private var charger: UnsafeMutablePointer<Double> { memory }
  private var tilt: UnsafeMutablePointer<Double> { memory + ClassicalDickePath.size }
  private var rotations: UnsafeMutablePointer<Double> { memory + 2 * ClassicalDickePath.size }
  private var factors: UnsafeMutablePointer<Double> { memory + 3 * ClassicalDickePath.size }

  /// H/(k+1) and h/(k+1).
  private func fillFactors() {
    for k in 0..<ClassicalDickePath.size {
      rotations[k] = plan.step * omega / Double(k + 1)
      factors[k] = plan.step / Double(k + 1)
    }
  }

  /// The coefficients of the step that begins now; w has the coefficients ``coefficient(_:)``.
  mutating func expand() {
    let (charger, tilt, rotations, factors) = (self.charger, self.tilt, self.rotations, self.factors)
    (charger[0], tilt[0]) = (p, x)
    field[0] = SIMD2(q, q)
    spin[0] = SIMD2(energy - 1, y)
    for k in 0..<plan.order {
      var (even, odd) = (field[0] * spin[k], SIMD2<Double>.zero)
      var i = 1
      while i < k {
        odd += field[i] * spin[k - i]
        even += field[i + 1] * spin[k - i - 1]
        i += 2
      }
      if i == k { odd += field[k] * spin[0] }
      let sum = even + odd
      let (rotation, factor) = (rotations[k], factors[k])
      let (pk, qk, xk, yk) = (charger[k], field[k].x, tilt[k], spin[k].y)
      charger[k + 1] = -(rotation * qk + 0.5 * factor * xk)
      let next = rotation * pk
      field[k + 1] = SIMD2(next, next)
      tilt[k + 1] = -(rotation * yk)
      spin[k + 1] = SIMD2(factor * sum.y, rotation * xk - factor * sum.x)
    }
  }

  /// The coefficient of t^k in w on the step, t from 0 to 1.
  @inline(__always)
  func coefficient(_ k: Int) -> Double { k == 0 ? energy : spin[k].x }

  /// At least the error of w on the step, of the polynomial and a sum of its terms at t = 1.
  var errorOnStep: Double { error * plan.growth + plan.errorOfEnergy }

  /// Goes to the end of the step that was expanded.
  mutating func advance() throws(KernelRefusal) {
    let n = plan.order
    var (charge, rest) = (SIMD2(charger[n], tilt[n]), spin[n])
    var newQ = field[n].x
    for k in stride(from: n - 1, to: 0, by: -1) {
      charge += SIMD2(charger[k], tilt[k])
      rest += spin[k]
      newQ += field[k].x
    }
    p += charge.x
    x += charge.y
    q += newQ
    energy += rest.x
    y += rest.y
    error = (error * plan.growth + plan.error) * (1 + 0x1p-50)
    guard error <= 0x1p-11 else {
      throw KernelRefusal("the error bound passed 2^-11 on the way; accepted: shorter times")
    }
    let isFirst = time == 0
    time += plan.step
    let magnitude = (p * p + q * q).squareRoot()
    if isFirst || !plan.allows(magnitude) {
      plan = ClassicalDickePlan(omega: omega, magnitude: magnitude)
      fillFactors()
    }
  }
}
