import ArbitraryPrecision
import Foundation
import Operators
import RigorousNumerics
import Synchronization

/// The eigenvectors D(alpha) S |n> of a positive quadratic form of one mode,
///
///     A a'a + B a'^2 + B* a^2 + C a' + C* a = D S (w a'a + const) S' D',     A > 2 |B|,   w = sqrt(A^2 - 4 |B|^2),
///
/// their amplitudes, and what is left of them beyond some number of quanta.
///
/// With S' a S = c a - s a', c^2 - |s|^2 = 1, the terms a'^2 of S' H S are B c^2 + B* s^2 - A c s. They vanish for
/// s = 2 B c/(A + w) and c^2 = (A + w)/(2 w), where w is left of a'a (Bogoliubov). D' a D = a + alpha has no terms a'
/// left for A alpha + 2 B alpha* + C = 0, that is, alpha = (2 B C* - A C)/w^2.
///
/// - Amplitudes. D S a' S' D' = c (a' - alpha*) + s* (a - alpha) raises |n> to sqrt(n + 1) |n + 1>, from the Gaussian
///   state n = 0 (``GaussianMode``): each level loses its last quantum, so the first one is given more of them.
/// - Tails. With G_n(y) = <n|y^(a'a)|n> >= 0 of level n, for 0 < x < 1
///
///       sum of x^n G_n(y) = <y^(a'a)>/(1 - x)
///
///   in the Gaussian state of the populations (1 - x) x^n, with the mean alpha, n_c = <d'd> and m_c = <dd> for d = a
///   - alpha. So G_n(y) is at most that over x^n. The mean of y^(a'a), in normal order exp((y - 1) a'a), is, L = 1 - y,
///
///       (D)^(-1/2) exp(-L ((1 + L n_c) |alpha|^2 - L Re(m_c* alpha^2))/D),     D = (1 + L n_c)^2 - L^2 |m_c|^2,
///
///   the integral of a Gaussian for small L > 0, and so for all 1 <= y < 1 + 1/(n_c + |m_c|): a power series in y with
///   coefficients that are not negative converges up to its first singularity.
final class TurnedLevels: Sendable {
  private let form: (quadratic: ScalarPolynomial, square: ScalarPolynomial, linear: ScalarPolynomial)
  private let ring: ModelScalars
  private let table = Mutex<(precision: Int, levels: [[ComplexInterval]])>((0, []))

  /// The numbers of the form at a precision.
  private struct Numbers {
    let alpha: ComplexInterval
    /// c and s.
    let stretch: Interval
    let turn: ComplexInterval
    let frequency: Interval
    let precision: Int

    /// - Throws: ``NotToldYet`` where the form is not seen to be positive.
    init(_ levels: TurnedLevels, precision: Int) throws {
      let ring = levels.ring.enclosing(to: precision)
      let a = try ring.enclosure(levels.form.quadratic).real
      let (b, c) = (try ring.enclosure(levels.form.square), try ring.enclosure(levels.form.linear))
      let square = a.squared - 4 * b.squaredMagnitude
      guard a.isBounded, b.isBounded, c.isBounded, a.lower.signum > 0, square.lower.signum > 0 else {
        throw NotToldYet(what: "whether a quadratic form is positive")
      }
      self.precision = precision
      frequency = square.squareRoot
      stretch = ((a + frequency) / (2 * frequency)).squareRoot
      func times(_ z: ComplexInterval, _ x: Interval) -> ComplexInterval { .init(z.real * x, z.imaginary * x) }
      turn = times(b, 2 * stretch / (a + frequency))
      alpha = times(times(b * c.conjugate, Interval(2, precision: precision)) - times(c, a), 1 / square)
    }

    /// <y^(a'a)> with the populations (1 - x) x^n, for y < 1 + 1/(n_c + |m_c|).
    func generating(_ y: Interval, populations x: Interval) throws -> Interval {
      let (own, pair) = covariance(x)
      let less = 1 - y
      let first = 1 + less * own
      let determinant = first.squared - (less * pair.magnitude).squared
      guard first.lower.signum > 0, determinant.lower.signum > 0 else {
        throw NotToldYet(what: "the tail of the start")
      }
      let turned = (pair.conjugate * alpha * alpha).real
      let exponent = -(less * (first * alpha.squaredMagnitude - less * turned)) / determinant
      return exponent.exponential / determinant.squareRoot
    }

    /// n_c = (2 N + 1) |s|^2 + N and m_c = -(2 N + 1) c s, N = x/(1 - x).
    func covariance(_ x: Interval) -> (own: Interval, pair: ComplexInterval) {
      let quanta = x / (1 - x)
      let all = 2 * quanta + 1
      let factor = -(all * stretch)
      return (
        all * turn.squaredMagnitude + quanta, ComplexInterval(factor * turn.real, factor * turn.imaginary)
      )
    }
  }

  /// The levels of a form.
  ///
  /// - Throws: ``NotToldYet`` where it is not seen to be positive.
  init(
    quadratic: ScalarPolynomial, square: ScalarPolynomial, linear: ScalarPolynomial, _ point: ModelPoint
  ) throws {
    (form, ring) = ((quadratic, square, linear), point.scalars)
    _ = try Numbers(self, precision: point.precision)
  }

  /// w.
  func frequency(precision: Int) throws -> Interval { try Numbers(self, precision: precision).frequency }

  /// At least the sum over n of p_n^a <n|(1 + w k^p)^m|n> with p_n = (1 - x) x^n: that is (1 - x)^a/(1 - x^a) times the
  /// mean in the state with x^a for x, and with q = p m
  ///
  ///     (1 + w k^p)^m <= w^m (1 + k)^q <= w^m max(1, y (q/(e log y))^q) y^k.
  func sum(_ x: Interval, power a: Interval, weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
    let numbers = try Numbers(self, precision: 128)
    let (x, one) = (x.rounded(to: 128), Interval(1, precision: 128))
    let turned = (a * x.logarithm).exponential
    let factor = (a * (1 - x).logarithm).exponential / (1 - turned)
    guard m.signum > 0 else { return factor.rounded(to: 64) }
    let (own, pair) = numbers.covariance(turned)
    let reach = 1 / (own + pair.magnitude)
    let q = Interval(m * Rational(p), precision: 128)
    var best: Interval?
    for k in 1...6 {
      let y = Interval((1 + reach * (one - one.scaled(byPowerOfTwo: -k))).lower)
      let top = y * (q * (q / y.logarithm).logarithm - q).exponential
      let value =
        Interval(w, precision: 128).power(m) * top.maximum(one)
        * (try numbers.generating(y, populations: turned))
      if best.map({ value.upper < $0.upper }) ?? value.isBounded { best = value }
    }
    guard let best else { throw NotToldYet(what: "the tail of the start") }
    return (factor * best).rounded(to: 64)
  }

  /// A level cut off where what is left of it has a 2-norm of about 2^-bits.
  func cut(_ level: Int, bits: Int, within budget: Budget) throws -> ModeStart.Site {
    let (x, y, last) = try place(level, bits: bits)
    let bound = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits, rounding: .down)
    for precision in (0..<7).map({ (bits + 64) << $0 }) {
      let amplitudes = try amplitudes(level, upTo: last, precision: precision, within: budget)
      guard amplitudes.allSatisfy({ $0.real.width < bound && $0.imaginary.width < bound }) else { continue }
      return .turned(TurnedTail(levels: self, level: level, last: last, x: x, y: y), amplitudes: amplitudes)
    }
    throw NotToldYet(what: "an amplitude of the start")
  }

  /// Numbers x and y for the tail, and the least M that they find with one of at most 2^-2bits, in doubles: what they
  /// are worth is proved by ``TurnedTail``.
  private func place(_ level: Int, bits: Int) throws -> (x: Rational, y: Rational, last: Int) {
    let numbers = try Numbers(self, precision: 128)
    func double(_ x: Interval) -> Double { x.midpoint?.double(rounding: .nearest) ?? .nan }
    let (stretch, turn) = (double(numbers.stretch), double(numbers.turn.magnitude))
    let size = double(numbers.alpha.squaredMagnitude)
    let pairing = double((numbers.turn.conjugate * numbers.alpha * numbers.alpha).real)
    let wanted = 2 * Double(bits) * 0.6931471805599453
    var best = (last: Double.infinity, x: 0.5, y: 2.0)
    for i in 1...40 {
      let x = 1 - exp2(-Double(i) / 3)
      let quanta = x / (1 - x)
      let own = (2 * quanta + 1) * turn * turn + quanta
      let pair = (2 * quanta + 1) * stretch * turn
      for j in 1...24 {
        let y = 1 + (1 - exp2(-Double(j) / 3)) / (own + pair)
        let less = 1 - y
        let first = 1 + less * own
        let determinant = first * first - less * less * pair * pair
        guard determinant > 0, y > 1 else { continue }
        let turned = -(2 * quanta + 1) * stretch * pairing
        let exponent = -less * (first * size - less * turned) / determinant
        let whole = exponent - log(determinant) / 2 - log(1 - x) - Double(level) * log(x)
        let last = (whole + wanted) / log(y)
        if last < best.last { best = (last, x, y) }
      }
    }
    guard best.last.isFinite, best.last < Double(Sector.greatestSize), let x = Rational(exactly: best.x),
      let y = Rational(exactly: best.y)
    else {
      throw Unanswered(
        beyond: "the start of a mode takes more than \(Sector.greatestSize) quanta to the digits asked for")
    }
    return (x, y, max(Int(best.last.rounded(.up)), 1))
  }

  /// At least the sum of |psi_k|^2 (1 + w k^p)^m over k > M: as of ``GaussianMode``, with G_n(y).
  fileprivate func tail(_ tail: TurnedTail, weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
    let numbers = try Numbers(self, precision: 192)
    let (x, y) = (Interval(tail.x, precision: 192), Interval(tail.y, precision: 192))
    let last = tail.last
    let ratio = Interval(Rational(Integer(last + 2), Integer(last + 1)), precision: 64).power(m * Rational(p))
    guard ratio.isAtMost(Interval(tail.y, precision: 64)) == .certainlyTrue else {
      throw NotToldYet(what: "the tail of the start")
    }
    let whole = try numbers.generating(y, populations: x) / ((1 - x) * x.power(tail.level))
    let first = 1 + w * Interval(Integer(last + 1).power(p), precision: 64)
    return whole.rounded(to: 64) * first.power(m) / y.rounded(to: 64).power(last + 1)
  }

  /// How many quanta more than asked for the first level is given at first.
  private static let spareQuanta = 64

  /// psi_0 ... psi_M of a level, from those of the levels below it, which are kept.
  private func amplitudes(
    _ level: Int, upTo last: Int, precision: Int, within budget: Budget
  ) throws -> [ComplexInterval] {
    var (known, levels) = table.withLock { ($0.precision, $0.levels) }
    if known < precision || (levels.first?.count ?? 0) < last + level + 1 {
      let wanted = max(last + level + Self.spareQuanta, levels.first?.count ?? 0)
      let precision = max(precision, known)
      let numbers = try Numbers(self, precision: precision)
      let mode = try GaussianMode(
        alpha: numbers.alpha, stretch: numbers.stretch, turn: numbers.turn, precision: precision)
      (known, levels) = (precision, [try mode.amplitudes(upTo: wanted, within: budget)])
    }
    if levels.count <= level {
      let numbers = try Numbers(self, precision: known)
      let roots = levels[0].indices.map { Interval($0, precision: known).squareRoot }
      func times(_ z: ComplexInterval, _ x: Interval) -> ComplexInterval { .init(z.real * x, z.imaginary * x) }
      let back = numbers.turn.conjugate
      let shift = times(numbers.alpha.conjugate, numbers.stretch) + back * numbers.alpha
      while levels.count <= level {
        try budget.check()
        let before = levels[levels.count - 1]
        let scale = 1 / roots[levels.count]
        levels.append(
          (0..<(before.count - 1)).map { k in
            var sum = times(back * before[k + 1], roots[k + 1]) - shift * before[k]
            if k > 0 { sum = sum + times(before[k - 1], numbers.stretch * roots[k]) }
            return times(sum, scale)
          })
      }
    }
    let found = (known, levels)
    table.withLock { $0 = found }
    return Array(levels[level].prefix(last + 1))
  }
}

/// A level of a quadratic form.
struct TurnedLevel: Sendable {
  let levels: TurnedLevels
  let number: Int
}

/// What is left of a level beyond M quanta, by two numbers of ``TurnedLevels``.
struct TurnedTail: Sendable {
  let levels: TurnedLevels
  let level: Int
  let last: Int
  let x: Rational
  let y: Rational

  /// At least the sum of |psi_k|^2 (1 + w k^p)^m over k > M.
  func bound(weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
    try levels.tail(self, weight: w, power: p, exponent: m)
  }
}
