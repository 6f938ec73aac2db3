import ArbitraryPrecision
import Foundation
import RigorousNumerics

/// The pure Gaussian state D(alpha) S(z) |0> of a mode, with D(alpha) = exp(alpha a' - conj(alpha) a), S(z) =
/// exp((conj(z) a^2 - z a'^2)/2) and z = r e^(i phi): its amplitudes, and what is left of it beyond some number of
/// quanta.
///
/// S a S' = a cosh r + a' e^(i phi) sinh r and D a D' = a - alpha, so ((a - alpha) cosh r + (a' - conj(alpha)) e^(i
/// phi) sinh r) annihilates it. With mu = e^(i phi) tanh r and beta = alpha + conj(alpha) mu the amplitudes obey
///
///     sqrt(n + 1) psi_(n+1) = beta psi_n - mu sqrt(n) psi_(n-1),
///
/// that is, sum of psi_n x^n/sqrt(n!) = psi_0 exp(beta x - mu x^2/2). S|0> has this function with beta = 0 and psi_0 =
/// 1/sqrt(cosh r), and <0|D = <-alpha| gives
///
///     psi_0 = exp(-|alpha|^2/2 - mu conj(alpha)^2/2)/sqrt(cosh r).
///
/// By the integral of a Gaussian over the complex plane (Bargmann), for 1 <= y < 1/|mu|,
///
///     G(y) = sum of |psi_n|^2 y^n
///          = |psi_0|^2 (1 - y^2 |mu|^2)^(-1/2) exp((y |beta|^2 - y^2 Re(beta^2 conj(mu)))/(1 - y^2 |mu|^2)),
///
/// which is 1 at y = 1. So for any g > 0 the sum of |psi_n|^2 g(n) over n > M is at most G(y) times the supremum of
/// g(n) y^-n there.
struct GaussianMode: Sendable {
  let beta: ComplexInterval
  let mu: ComplexInterval
  let vacuum: ComplexInterval
  /// log |psi_0|^2, which is bounded where the number underflows.
  private let vacuumLogarithm: Interval
  private let precision: Int

  /// The state of enclosed parameters.
  ///
  /// - Throws: ``NotToldYet`` where they are not bounded.
  init(alpha: ComplexInterval, squeezing r: Interval, angle phi: Interval, precision: Int) throws {
    guard alpha.isBounded, r.isBounded, phi.isBounded else { throw NotToldYet(what: "a parameter of the start") }
    let sine = r.hyperbolicSine
    try self.init(
      alpha: alpha, stretch: r.hyperbolicCosine, turn: ComplexInterval(sine * phi.cosine, sine * phi.sine),
      precision: precision)
  }

  /// The same of S with S' a S = c a - s a': c = cosh r, s = e^(i phi) sinh r.
  init(alpha: ComplexInterval, stretch c: Interval, turn s: ComplexInterval, precision: Int) throws {
    guard alpha.isBounded, s.isBounded, c.isBounded, c.lower.signum > 0 else {
      throw NotToldYet(what: "a parameter of the start")
    }
    self.precision = precision
    mu = ComplexInterval(s.real / c, s.imaginary / c)
    beta = alpha + alpha.conjugate * mu
    let square = mu * alpha.conjugate * alpha.conjugate
    let exponent = ComplexInterval(
      -(alpha.squaredMagnitude + square.real).scaled(byPowerOfTwo: -1), -square.imaginary.scaled(byPowerOfTwo: -1))
    let (size, value) = (1 / c.squareRoot, exponent.exponential)
    vacuum = ComplexInterval(size * value.real, size * value.imaginary)
    vacuumLogarithm = exponent.real.scaled(byPowerOfTwo: 1) - c.logarithm
  }

  /// psi_0 ... psi_M.
  func amplitudes(upTo last: Int, within budget: Budget) throws -> [ComplexInterval] {
    var result = [vacuum]
    var root = Interval(0, precision: precision)
    for n in 0..<last {
      if n % 64 == 63 { try budget.check() }
      var next = beta * result[n]
      if n > 0 {
        let before = mu * result[n - 1]
        next = next - ComplexInterval(root * before.real, root * before.imaginary)
      }
      root = Interval(n + 1, precision: precision).squareRoot
      result.append(ComplexInterval(next.real / root, next.imaginary / root))
    }
    return result
  }

  /// A number y and the least M that it finds with sum of |psi_n|^2 over n > M at most 2^-2bits, in doubles: what they
  /// are worth is proved by ``tail(beyond:base:)``.
  ///
  /// - Throws: ``Unanswered`` beyond the sizes that are served.
  func cut(bits: Int) throws -> (last: Int, base: Rational) {
    func double(_ x: Interval) -> Double { x.midpoint?.double(rounding: .nearest) ?? .nan }
    let size = min(double(mu.magnitude), 1)
    let (b, square) = (double(beta.squaredMagnitude), double((beta * beta * mu.conjugate).real))
    let start = double(vacuumLogarithm)
    let wanted = 2 * Double(bits) * 0.6931471805599453
    var best: (last: Double, base: Double) = (Double.infinity, 2.0)
    let outer = 1 / size
    var tried = (1...96).map { exp2(Double($0) / 4) }
    if size > 1e-6 {
      tried += (1..<32).map { pow(outer, Double($0) / 32) }
      tried += (1...24).map { outer * (1 - exp2(-Double($0))) }
    }
    for y in tried where 1 < y && y < outer {
      let rest = 1 - y * y * size * size
      let logarithm = start - log(rest) / 2 + (y * b - y * y * square) / rest
      let last = (logarithm + wanted) / log(y)
      if last < best.last { best = (last, y) }
    }
    guard best.last.isFinite, best.last < Double(Sector.greatestSize), let base = Rational(exactly: best.base) else {
      throw Unanswered(
        beyond: "the start of a mode takes more than \(Sector.greatestSize) quanta to the digits asked for")
    }
    return (max(Int(best.last.rounded(.up)), 1), base)
  }

  /// At least the sum of |psi_n|^2 (1 + w n^p)^m over n > M.
  ///
  /// (1 + w (n+1)^p)/(1 + w n^p) <= ((n+1)/n)^p <= ((M+2)/(M+1))^p there: where the m-th power of that is at most y,
  /// the supremum is at n = M + 1.
  func tail(beyond last: Int, base: Rational, weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
    let y = Interval(base, precision: precision)
    let rest = 1 - y.squared * mu.squaredMagnitude
    let ratio = Interval(Rational(Integer(last + 2), Integer(last + 1)), precision: 64).power(m * Rational(p))
    guard rest.lower.signum > 0, ratio.isAtMost(Interval(base, precision: 64)) == .certainlyTrue else {
      throw NotToldYet(what: "the tail of the start")
    }
    let square = (beta * beta * mu.conjugate).real
    let exponent = (y * beta.squaredMagnitude - y.squared * square) / rest
    let whole = vacuum.squaredMagnitude * exponent.exponential / rest.squareRoot
    let first = 1 + w * Interval(Integer(last + 1).power(p), precision: 64)
    return (whole.rounded(to: 64) * first.power(m) / y.rounded(to: 64).power(last + 1))
  }
}
