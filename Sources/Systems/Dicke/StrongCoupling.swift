import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The quantum Dicke battery where the coupling is all of the Hamiltonian, w0/(g sqrt N) -> 0, as docs/dicke.md derives
/// it.
///
/// Under 2g (a + a')J_x the spin turns around x by the angle 2g tau (a + a'), so in x = g sqrt(N) tau the stored
/// fraction E_B/(N w0) is
///
///     f(x) = (1 - y(x))/2,   y(x) = <N|cos(k x (a + a'))|N> = e^(-w/(2N)) L_N(w/N),   k = 2/sqrt N,  w = 4 x^2,
///
/// and L_N(w/N) = sum over j of c_j w^j with c_j = c_(j-1) (-1) (1 - (j-1)/N)/j^2. For N -> infinity y is the Bessel
/// function J_0(4x), the same series without the quotients by N.
///
/// Bounds at all x. The derivatives of y are means of powers of k (a + a') times a sine or cosine, and <(a + a')^2> =
/// 2N + 1, <(a + a')^4> = 6N^2 + 6N + 3, so for N >= 1
///
///     |y| <= 1,  |y'| <= 2 sqrt(2 + 1/N) <= 4,  |y''| <= 4 (2 + 1/N) <= 12,  |y'''| <= 8 sqrt((2 + 1/N)(6 + 6/N
///       + 3/N^2)) <= 54.
///
/// J_0(4x) is the mean of cos(4x sin t) over t, and obeys them as well.
struct StrongCoupling {
  /// N; nil for its limit.
  let cells: Integer?

  // MARK: - The stored fraction

  /// f at a point, or on an interval, by the series.
  func fraction(_ x: Interval, precision: Int) -> Interval {
    guard let m = x.anchor else { return Interval(from: 0, to: 1, precision: precision) }
    return jet(x.rounded(to: precision), around: Interval(m)).value.rounded(to: precision)
  }

  /// f with its derivatives on any interval of times.
  func jet(_ x: Interval) -> TaylorJet {
    guard x.isBounded, let m = x.anchor, m < StrongCoupling.far else { return everywhere(x.precision) }
    return jet(x, around: Interval(m))
  }

  /// Beyond this place f is known by its global bounds alone: f/x is below 1/8 there, and its greatest value above 3/4.
  private static let far = BigFloat(8, precision: 64, rounding: .nearest)

  private func everywhere(_ precision: Int) -> TaylorJet {
    TaylorJet(
      value: Interval(from: 0, to: 1, precision: precision), first: Interval(from: -2, to: 2, precision: precision),
      second: Interval(from: -6, to: 6, precision: precision), isSmooth: true)
  }

  /// By Taylor's theorem around a point m, the third derivative of f being at most 27.
  private func jet(_ x: Interval, around m: Interval) -> TaylorJet {
    let (y, first, second) = series(m, precision: x.precision)
    let r = x - m
    let size = r.absoluteValue
    let bend = second + .ball(54 * size)
    let slope = first + second * r + .ball(27 * size.squared)
    let value = y + first * r + (second * r.squared).scaled(byPowerOfTwo: -1) + .ball(9 * size.squared * size)
    let all = everywhere(x.precision)
    func half(_ z: Interval) -> Interval { z.scaled(byPowerOfTwo: -1) }
    return TaylorJet(
      value: half(1 - value).intersection(all.value), first: half(-slope).intersection(all.first),
      second: half(-bend).intersection(all.second), isSmooth: true)
  }

  /// y, y' and y'' at a point.
  ///
  /// With W = max(w, 1) the terms of the series and of its two derivatives in w are at most b_j = j^2 W^j/(j!)^2, and
  /// b_(j+1)/b_j = W/j^2: from j^2 >= 2 W on, all that is left out is at most 2 b_j. The terms cancel by at most e^(2
  /// sqrt w), for which bits are taken in advance.
  private func series(_ x: Interval, precision: Int) -> (Interval, Interval, Interval) {
    let spare = 6 * Int(x.upper.double(rounding: .up).magnitude.rounded(.up)) + 32
    let bits = precision + min(spare, 1 << 20)
    let x = x.rounded(to: bits)
    let w = (2 * x).squared
    let greatest = w.maximum(Interval(1, precision: 64))
    let (zero, one) = (Interval(0, precision: bits), Interval(1, precision: bits))
    var (c, bound) = (one, Interval(1, precision: 64))
    var powers = [zero, zero, one]  // w^(j - 2), w^(j - 1), w^j
    var (l, l1, l2) = (one, zero, zero)
    var j = 0
    while true {
      j += 1
      if let cells, cells < Integer(j) { break }
      c = -(c / (j * j))
      if let cells { c = c - c * Interval(Rational(Integer(j - 1), cells), precision: bits) }
      powers = [powers[1], powers[2], powers[2] * w]
      bound = j == 1 ? greatest.rounded(to: 64) : bound * greatest.rounded(to: 64) / ((j - 1) * (j - 1))
      l = l + c * powers[2]
      l1 = l1 + j * (c * powers[1])
      if j > 1 { l2 = l2 + (j * (j - 1)) * (c * powers[0]) }
      // b_(j+1) = b_j W/j^2; the rest begins there.
      let next = bound * greatest.rounded(to: 64) / (j * j)
      let isFalling = (2 * greatest).upper.double(rounding: .up) <= Double((j + 1) * (j + 1))
      if isFalling, next.upper.isZero || (next.upper.binaryExponent ?? 0) < -bits {
        let rest = Interval.ball(2 * next)
        (l, l1, l2) = (l + rest, l1 + rest, l2 + rest)
        break
      }
    }
    // e^(-w/(2N)) and its quotients.
    let u = cells.map { Interval(Rational(1, $0), precision: bits) } ?? zero
    let damping = (-(w * u)).scaled(byPowerOfTwo: -1).exponential
    let a = damping * (l1 - (l * u).scaled(byPowerOfTwo: -1))
    let b = damping * (l2 - l1 * u + (l * u.squared).scaled(byPowerOfTwo: -2))
    return (damping * l, 8 * (x * a), 64 * (x.squared * b) + 8 * a)
  }

  // MARK: - The greatest power

  /// m_N, the greatest f(x)/x: Pmax(N) tends to m_N N w0 g sqrt(N).
  func greatestPower(precision: Int, within budget: Budget) throws -> Interval {
    try StrongCoupling.maxima.value(for: cells) {
      try PowerMaximum(of: { [self] in jet($0) }, scale: 0.7, within: budget)
    }.value(precision: precision, within: budget)
  }

  private static let maxima = KnownMaxima<Integer?, PowerMaximum>()

  // MARK: - Another route

  /// f by the evolution under 2g (a + a')J_x in the parity sector, with the proved cut-off of the photons.
  static func evolved(cells: Int, x: Interval, precision: Int, within budget: Budget) throws -> Interval {
    let bits = precision + 24
    let one = Interval(1, precision: bits + 64)
    let mean = try DickePath.excitations(
      cells: cells, coupling: one, frequency: 0 * one,
      at: x.rounded(to: bits + 64) / (cells * one).squareRoot, bits: bits, precision: bits, within: budget)
    return (mean / cells).rounded(to: precision)
  }
}
