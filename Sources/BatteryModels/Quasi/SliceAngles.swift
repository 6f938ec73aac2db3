import ArbitraryPrecision
import Expressions

/// The angles of a slice of the charge: a = g t1 before it and b = g (t2 - t1) during it.
///
/// A block whose halves |0..0> and |1..1> are exchanged by g (|0..0><1..1| + h.c.) is a qubit. With the phase (-i) taken to |1..1> its state before the slice and its charging in the
/// slice are real:
///
///     phi = (cos a, sin a),      R = [cos b, -sin b; sin b, cos b],      rho_ij <j|U'|k><k|U|i> = phi_i phi_j R_ki R_kj.
struct SliceAngles {
  private enum Angle {
    case constant(Constant)
    /// A multiple of pi.
    case turns(Rational)

    func enclosure(_ precision: Int) -> Interval {
      switch self {
      case .constant(let value): value.enclosure(precision: precision)
      case .turns(let value): Interval(value, precision: precision) * .pi(precision: precision)
      }
    }

    /// The x and y of x + y pi, where they are rational.
    var parts: (rational: Rational, pi: Rational)? {
      switch self {
      case .constant(let value): value.rationalAndPi
      case .turns(let value): (0, value)
      }
    }
  }

  private let before: Angle
  private let during: Angle

  init(before: Constant, during: Constant) { (self.before, self.during) = (.constant(before), .constant(during)) }

  private init(turns before: Rational, _ during: Rational) {
    (self.before, self.during) = (.turns(before), .turns(during))
  }

  /// cos a, sin a and cos b, sin b.
  func functions(_ precision: Int) -> (before: [Interval], during: [Interval]) {
    let (a, b) = (before.enclosure(precision), during.enclosure(precision))
    return ([a.cosine, a.sine], [b.cosine, b.sine])
  }

  /// Angles at which a polynomial of so many blocks is zero exactly when it is at these, and a magnitude 2^-bits below which it must be zero there.
  struct ZeroTest {
    let angles: SliceAngles
    let bits: Int
  }

  /// What decides whether a probability of M blocks is zero; nil unless a and b are sums of a rational number and a rational multiple of pi.
  ///
  /// The probability is p = sum of integers times cos^(2M-u) a sin^u a cos^(2M-v) b sin^v b, so sum over |m|, |n| <= 2M of f_mn e^(i(m a + n b)) with Gaussian rationals f_mn.
  ///
  /// 1. a and b rational multiples of pi. Let n be a multiple of 4 with e^(ia), e^(ib) among the n-th roots of unity. Then 2^(4M) p is an algebraic integer of Q(e^(2 pi i/n)), real, so of
  ///    degree at most h = phi(n)/2. Its conjugates are 2^(4M) times the same polynomial at other real angles, up to signs of the sines, and each is at most 2^(5M): the magnitudes of one
  ///    block's terms add up to sum over k of (sum over i of |phi_i R_ki|)^2 <= 2 by Cauchy and Schwarz. The norm of an algebraic integer that is not zero is at least one, so
  ///    |p| >= 2^(-4M - 5M(h - 1)).
  /// 2. Otherwise a = alpha + x pi, b = beta + y pi, alpha = A d, beta = B d with coprime integers A, B and a rational d. By Lindemann's theorem t = e^(id) is transcendental, so p, a Laurent
  ///    polynomial in t with coefficients in Q(e^(2 pi i/n)), is zero exactly when all its coefficients are. There are at most 2D + 1 of them, D = 2M (|A| + |B|). At a root of unity t of prime
  ///    order n' > 2D + 1 that does not divide n they are zero exactly when p is, since [Q(e^(2 pi i/n), t) : Q(e^(2 pi i/n))] = n' - 1; and there case 1 decides.
  ///    Where |A| or |B| exceeds 4M each coefficient is one f_mn times a root of unity. So it is with A = 1, B = 4M + 1, which is taken instead.
  func zeroTest(blocks m: Int) -> ZeroTest? {
    guard let a = before.parts, let b = during.parts, m <= 1 << 20 else { return nil }
    // e^(i pi x/d) is a root of unity of order 2d at most.
    let order = SliceAngles.commonMultiple(SliceAngles.commonMultiple(2, a.pi.denominator), b.pi.denominator) * 2
    guard let order = Int(exactly: order), order <= 1 << 18 else { return nil }
    func test(_ angles: SliceAngles, _ degree: Int) -> ZeroTest? {
      let (product, overflow) = (5 * m).multipliedReportingOverflow(by: degree / 2 - 1)
      return overflow || product > .max - 4 * m ? nil : ZeroTest(angles: angles, bits: 4 * m + product)
    }
    if a.rational.signum == 0, b.rational.signum == 0 {
      return test(SliceAngles(turns: a.pi, b.pi), SliceAngles.totient(order))
    }
    let common = a.rational.denominator * b.rational.denominator
    let (x, y) = ((a.rational * Rational(common)).numerator, (b.rational * Rational(common)).numerator)
    let divisor = x.greatestCommonDivisor(y)
    var steps = (1, 4 * m + 1)
    if let p = Int(exactly: x.dividedDown(by: divisor)), let r = Int(exactly: y.dividedDown(by: divisor)),
      max(abs(p), abs(r)) <= 4 * m
    {
      steps = (p, r)
    }
    let degree = 2 * m * (abs(steps.0) + abs(steps.1))
    guard degree <= 1 << 24 else { return nil }
    let prime = SliceAngles.prime(above: 2 * degree + 1, notDividing: order)
    func turned(_ turns: Rational, _ step: Int) -> Rational { turns + Rational(Integer(2 * step), Integer(prime)) }
    return test(
      SliceAngles(turns: turned(a.pi, steps.0), turned(b.pi, steps.1)), SliceAngles.totient(order) * (prime - 1))
  }

  private static func commonMultiple(_ x: Integer, _ y: Integer) -> Integer {
    x * y.dividedDown(by: x.greatestCommonDivisor(y))
  }

  private static func prime(above least: Int, notDividing order: Int) -> Int {
    func isPrime(_ n: Int) -> Bool { n > 1 && !(2..<n).prefix { $0 * $0 <= n }.contains { n.isMultiple(of: $0) } }
    var n = least + 1
    while !isPrime(n) || order.isMultiple(of: n) { n += 1 }
    return n
  }

  private static func totient(_ n: Int) -> Int {
    var (result, rest, factor) = (n, n, 2)
    while factor * factor <= rest {
      if rest.isMultiple(of: factor) { result -= result / factor }
      while rest.isMultiple(of: factor) { rest /= factor }
      factor += 1
    }
    return rest > 1 ? result - result / rest : result
  }
}
