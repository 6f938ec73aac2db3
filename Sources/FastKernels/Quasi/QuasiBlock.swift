/// The quasiprobability p_q of work of one block of cells, in doubles: at most seven places on the lattice of q = r/s,
/// in units of the block's energy over s.
///
/// With A = cos a sin a cos b sin b the block has 1: (cos a sin b)^2, 0: (cos b)^2, -1: (sin a sin b)^2, q and 1 - q: A
/// each, -q and q - 1: -A each. Where places meet, their sum is taken in closed form, so that nothing cancels:
///
/// - q = 1/2: 2A at 1/2 and -2A at -1/2.
/// - q = 0, 1: 1: cos a sin b sin(a + b), -1: -sin a sin b cos(a + b); A and -A cancel at 0.
/// - q = -1, 2: 1: cos a sin b sin(b - a), -1: sin a sin b cos(b - a), and A at 2, -A at -2.
///
/// Every coefficient is within 18u of itself, u = 2^-53: sines and cosines are within 3.5u of themselves
/// (``QuasiAngle``), (cos a sin b)^2 doubles 7u + u and rounds by u more, A takes 14u + 3u. The magnitudes of all are
/// between 2^-810 and 1: nothing overflows or underflows. A coefficient that is exactly zero is left out.
struct QuasiBlock {
  /// Places above the least one, rising; the first is zero.
  let offsets: [Int]
  /// The coefficients there, none of them zero.
  let coefficients: [Double]
  /// The least place.
  let least: Int
  /// s.
  let denominator: Int

  /// The denominators of q are powers of two up to this one.
  static let greatestDenominator = 64
  /// The greatest magnitude of q.
  static let greatestOrder = 4.0

  /// - Throws: ``KernelRefusal`` outside the domains of q, a and b.
  init(order q: Double, before a: Double, during b: Double) throws(KernelRefusal) {
    guard abs(q) <= QuasiBlock.greatestOrder,
      let scaled = Int(exactly: q * Double(QuasiBlock.greatestDenominator))
    else {
      throw KernelRefusal(
        """
        q is outside the kernel's domain; accepted: multiples of 1/64 from -4 to 4, since a rounded q would take apart \
        atoms that coincide
        """
      )
    }
    let shift = min(scaled.trailingZeroBitCount, QuasiBlock.greatestDenominator.trailingZeroBitCount)
    let (r, s) = (scaled >> shift, QuasiBlock.greatestDenominator >> shift)
    let (before, during) = (try QuasiAngle(a, named: "a"), try QuasiAngle(b, named: "b"))
    let (up, down) = (before.cosine * during.sine, before.sine * during.sine)
    let cross = (before.cosine * before.sine) * (during.cosine * during.sine)
    let stay = during.cosine * during.cosine
    var terms: [(place: Int, value: Double)]
    if r == 0 || r == s {
      let end = try QuasiAngle(sum: a, b, named: "a + b")
      terms = [(s, up * end.sine), (0, stay), (-s, -down * end.cosine)]
    } else if r == -s || r == 2 * s {
      let rest = try QuasiAngle(sum: b, -a, named: "b - a")
      terms = [(s, up * rest.sine), (0, stay), (-s, down * rest.cosine), (2 * s, cross), (-2 * s, -cross)]
    } else {
      terms = [(s, up * up), (0, stay), (-s, down * down)]
      terms +=
        2 * r == s
        ? [(r, 2 * cross), (-r, -2 * cross)] : [(r, cross), (s - r, cross), (-r, -cross), (r - s, -cross)]
    }
    terms = terms.filter { $0.value != 0 }.sorted { $0.place < $1.place }
    let first = terms[0].place
    least = first
    offsets = terms.map { $0.place - first }
    coefficients = terms.map(\.value)
    denominator = s
  }

  /// The distance from the first place to the last.
  var span: Int { offsets[offsets.count - 1] }
}

/// The sine and the cosine of an angle, each within 3.5u of itself, u = 2^-53.
///
/// 1. The remainder r by pi/2 of x = t + c, |x| <= 2^11, with k quarter turns taken off: two rounded products and three
///    parts of pi/2 leave at most k (2^-163 + 2^-163), the sum in threefold precision (``ErrorFree/tripleSum(_:)``)
///    1.001u |r| + (12.1u)^3 2^12.1 < 1.001u |r| + 2^-135. For |r| >= 2^-75 that is below 1.01u |r|. Without a quarter
///    turn the sum is that of t and c alone, and the second term is (12.1u)^3 |r|.
/// 2. sin r = r + r z Q(z): |z Q| < 0.107 within 5.3u of itself, below 0.57u of r; the addition rounds by u, the
///    remainder of the series is below 0.01u. Since sin r >= 0.89 r these are 1.7u, and with step 1, |r cos r| <= |sin
///    r|, below 2.8u.
/// 3. cos r is within 2.4u (``SineCosine``, whose remainder is no better), and at least 0.7: within 3.5u of itself.
struct QuasiAngle {
  let sine: Double
  let cosine: Double

  /// The angles accepted beside zero.
  private static let magnitudes = 0x1p-200...0x1p10

  /// An angle given as a double.
  init(_ angle: Double, named name: String) throws(KernelRefusal) {
    guard angle == 0 || QuasiAngle.magnitudes.contains(abs(angle)) else {
      throw KernelRefusal("\(name) is outside the kernel's domain; accepted: 0 and magnitudes from 2^-200 to 2^10")
    }
    try self.init(angle, 0, name)
  }

  /// The exact sum of two angles that are accepted.
  init(sum x: Double, _ y: Double, named name: String) throws(KernelRefusal) {
    let sum = ErrorFree.sum(x, y)
    try self.init(sum.result, sum.error, name)
  }

  private init(_ angle: Double, _ rest: Double, _ name: String) throws(KernelRefusal) {
    let (k, r) = QuarterTurns.remainder(of: angle, rest)  // 1
    guard k == 0 || abs(r) >= 0x1p-75 else {
      throw KernelRefusal(
        """
        \(name) is outside the kernel's domain; accepted: angles that are 2^-75 away from all multiples of pi/2 but \
        zero
        """
      )
    }
    (sine, cosine) = QuarterTurns.functions(k, rest: r)  // 2, 3
  }
}
