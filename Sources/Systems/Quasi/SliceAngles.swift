import ArbitraryPrecision
import Expressions

/// The angles of a slice of the charge: a = g t1 before it and b = g (t2 - t1) during it.
///
/// A block whose halves |0..0> and |1..1> are exchanged by g (|0..0><1..1| + h.c.) is a qubit. With the phase (-i)
/// taken to |1..1> its state before the slice and its charging in the slice are real:
///
///     phi = (cos a, sin a),  R = [cos b, -sin b; sin b, cos b],  rho_ij <j|U'|k><k|U|i> = phi_i phi_j R_ki R_kj.
struct SliceAngles {
  private struct Angle {
    /// The number; nil for a multiple of pi.
    let constant: Constant?
    /// x + y pi, where it is known to be so.
    let exact: ExactAngle?

    init(_ constant: Constant) { (self.constant, exact) = (constant, ExactAngle(constant)) }

    init(turns: Rational) { (constant, exact) = (nil, ExactAngle(turns: turns)) }

    func enclosure(_ precision: Int) -> Interval {
      if let constant { return constant.enclosure(precision: precision) }
      return Interval(exact?.turns ?? 0, precision: precision) * .pi(precision: precision)
    }
  }

  private let before: Angle
  private let during: Angle

  init(before: Constant, during: Constant) { (self.before, self.during) = (Angle(before), Angle(during)) }

  private init(turns before: Rational, _ during: Rational) {
    (self.before, self.during) = (Angle(turns: before), Angle(turns: during))
  }

  /// a and b as sums of an algebraic number and a rational multiple of pi; nil where they are not known to be.
  var exact: [ExactAngle]? {
    guard let a = before.exact, let b = during.exact else { return nil }
    return [a, b]
  }

  /// cos a, sin a and cos b, sin b.
  func functions(_ precision: Int) -> (before: [Interval], during: [Interval]) {
    let (a, b) = (before.enclosure(precision), during.enclosure(precision))
    return ([a.cosine, a.sine], [b.cosine, b.sine])
  }

  /// Angles at which a polynomial of so many blocks is zero exactly when it is at these, and a magnitude 2^-bits below
  /// which it must be zero there.
  struct ZeroTest {
    let angles: SliceAngles
    let bits: Int
  }

  /// What decides whether a probability of M blocks is zero; nil unless a and b are sums of an algebraic number and a
  /// rational multiple of pi.
  ///
  /// The probability is p = sum of integers times cos^(2M-u) a sin^u a cos^(2M-v) b sin^v b, so sum over |m|, |n| <= 2M
  /// of f_mn e^(i(m a + n b)) with Gaussian rationals f_mn.
  ///
  /// 1. a and b rational multiples of pi. Let n be a multiple of 4 with e^(ia), e^(ib) among the n-th roots of unity.
  ///    Then 2^(4M) p is an algebraic integer of Q(e^(2 pi i/n)), real, so of degree at most h = phi(n)/2. Its
  ///    conjugates are 2^(4M) times the same polynomial at other real angles, up to signs of the sines, and each is at
  ///    most 2^(5M): the magnitudes of one block's terms add up to sum over k of (sum over i of |phi_i R_ki|)^2 <= 2 by
  ///    Cauchy and Schwarz. The norm of an algebraic integer that is not zero is at least one, so
  ///    |p| >= 2^(-4M - 5M(h - 1)).
  /// 2. Otherwise a = alpha + x pi, b = beta + y pi with algebraic alpha and beta that are not both zero. Exponentials
  ///    of distinct algebraic numbers are linearly independent over the algebraic numbers (Lindemann and Weierstrass),
  ///    so p is zero exactly when for each value of m alpha + n beta the sum of the f_mn e^(i pi (m x + n y)) with this
  ///    value is. Where alpha = A d, beta = B d with coprime integers A, B up to 4M, terms of one value are those of
  ///    one m A + n B; where there are none, or greater ones, all values are distinct, and so are all m A + n B for A =
  ///    1, B = 4M + 1, which are taken then. In both cases p is zero exactly when the Laurent polynomial of t with the
  ///    term f_mn e^(i pi (m x + n y)) t^(m A + n B) for each m, n has no coefficient that is not zero. There are at
  ///    most 2D + 1 of them, D = 2M (|A| + |B|). At a root of unity t of prime order n' > 2D + 1 that does not divide n
  ///    they are zero exactly when the polynomial is, since [Q(e^(2 pi i/n), t) : Q(e^(2 pi i/n))] = n' - 1; and there
  ///    case 1 decides.
  func zeroTest(blocks m: Int) -> ZeroTest? {
    guard let a = before.exact, let b = during.exact, m <= 1 << 20 else { return nil }
    // e^(i pi x/d) is a root of unity of order 2d at most.
    let order = SliceAngles.commonMultiple(SliceAngles.commonMultiple(2, a.turns.denominator), b.turns.denominator) * 2
    guard let order = Int(exactly: order), order <= 1 << 18 else { return nil }
    func test(_ angles: SliceAngles, _ degree: Int) -> ZeroTest? {
      let (product, overflow) = (5 * m).multipliedReportingOverflow(by: degree / 2 - 1)
      return overflow || product > .max - 4 * m ? nil : ZeroTest(angles: angles, bits: 4 * m + product)
    }
    guard let steps = ExactAngle.steps(a.algebraic, b.algebraic, upTo: 4 * m) else { return nil }
    if steps == (0, 0) { return test(SliceAngles(turns: a.turns, b.turns), ExponentialSum.totient(order)) }
    let degree = 2 * m * (abs(steps.0) + abs(steps.1))
    guard degree <= 1 << 24 else { return nil }
    let prime = SliceAngles.prime(above: 2 * degree + 1, notDividing: order)
    func turned(_ turns: Rational, _ step: Int) -> Rational { turns + Rational(Integer(2 * step), Integer(prime)) }
    return test(
      SliceAngles(turns: turned(a.turns, steps.0), turned(b.turns, steps.1)),
      ExponentialSum.totient(order) * (prime - 1)
    )
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
}
