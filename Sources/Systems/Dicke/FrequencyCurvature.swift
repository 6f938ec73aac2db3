import ArbitraryPrecision

/// How much the energy of a Dicke battery can bend as o = w0/g changes, at a time x = g tau: bounds that grow with x
/// and hold for every o.
///
/// docs/dicke.md, "Ranges of the coupling", derives them. What they bound is a second derivative over the time, so a
/// chord between two o with the distance d is off by at most d^2/8 times the bound.
enum FrequencyCurvature {
  /// At least |d^2<k>/do^2|/x at all times up to x, of the quantum battery.
  ///
  /// With H/g = o K + V, K' = K - N, W = a'J+ - aJ- and n = (N + 1)/2 >= |J+-|, the lengths of vectors obey, p and q
  /// standing for the first and second derivative of psi in o,
  ///
  ///     |a psi| <= sqrt N + N x  |a^2 psi|' <= 2 N |a psi|  |K' psi|' <= 2 n (2 |a psi| + 1)
  ///     |a K' psi|' <= N |K' psi| + 2 n (2 |a^2 psi| + |a psi| + 1)
  ///     |K'^2 psi|' <= 4 n (2 |a K' psi| + |K' psi| + 2 |a psi| + 1)
  ///     |p|' <= |K' psi|                       |a p|' <= N |p| + |a K' psi|
  ///     |K' p|' <= 2 n (2 |a p| + |p|) + |K'^2 psi|                    |q|' <= 2 |K' p|
  ///
  /// and |d^2<k>/do^2| <= N (|q| + |p|^2).
  static func quantum(cells n: Int, until x: Interval) -> Interval {
    let one = Polynomial(1)
    let reach = Interval(Rational(n + 1) / 2, precision: 64)
    let lowered = Polynomial([Interval(n, precision: 64).squareRoot, Interval(n, precision: 64)])
    let twice = Polynomial(Interval(n * (n - 1), precision: 64).squareRoot) + (2 * n * lowered).integral
    let moved = (2 * reach * (2 * lowered + one)).integral
    let movedLowered = (n * moved + 2 * reach * (2 * twice + lowered + one)).integral
    let movedTwice = (4 * reach * (2 * movedLowered + moved + 2 * lowered + one)).integral
    let first = moved.integral
    let firstLowered = (n * first + movedLowered).integral
    let firstMoved = (2 * reach * (2 * firstLowered + first) + movedTwice).integral
    let second = (2 * firstMoved).integral
    return (n * (second + first * first)).overTime(x.rounded(to: 64))
  }

  /// At least |d^2 n_z/do^2|/s at all times up to s, of the classical battery in its own o and s.
  ///
  /// In the length that measures its errors solutions part at most like e^(3 s/8), the rotation that o drives has the
  /// norm 1, and what it adds to the rate of a solution has the length sqrt(2 (P^2 + Q^2) + n_x^2 + n_y^2) <= 3 +
  /// s/sqrt 2. So the first derivative is at most e^(3 s/8) P with P = 3 s + s^2/(2 sqrt 2). The products of the flow
  /// give its square over sqrt 2 at most, and the second derivative is at most
  ///
  ///     e^(3 s/8) integral of (2 P + e^(3 s/8) P^2/sqrt 2).
  static func classical(until s: Interval) -> Interval {
    let s = s.rounded(to: 64)
    let root = Interval(2, precision: 64).squareRoot
    let p = Polynomial([Interval(3, precision: 64), 1 / root]).integral
    let growth = (3 * s / 8).exponential
    return growth * (2 * p.integral.overTime(s) + growth * (p * p).integral.overTime(s) / root)
  }

  /// A polynomial in the time with coefficients that are not negative.
  private struct Polynomial {
    let coefficients: [Interval]

    init(_ coefficients: [Interval]) { self.coefficients = coefficients }
    init(_ constant: Interval) { self.init([constant]) }
    init(_ constant: Int) { self.init(Interval(constant, precision: 64)) }

    var integral: Polynomial {
      Polynomial([Interval(0, precision: 64)] + coefficients.enumerated().map { $1 / ($0 + 1) })
    }

    /// The polynomial over x: it grows with x, its constant being zero.
    func overTime(_ x: Interval) -> Interval {
      coefficients.dropFirst().reversed().reduce(Interval(0, precision: 64)) { $0 * x + $1 }
    }

    static func + (a: Polynomial, b: Polynomial) -> Polynomial {
      let (long, short) = a.coefficients.count < b.coefficients.count ? (b, a) : (a, b)
      return Polynomial(
        long.coefficients.enumerated().map { $0 < short.coefficients.count ? $1 + short.coefficients[$0] : $1 })
    }

    static func * (a: Polynomial, b: Polynomial) -> Polynomial {
      var result = [Interval](
        repeating: Interval(0, precision: 64), count: a.coefficients.count + b.coefficients.count - 1)
      for (i, x) in a.coefficients.enumerated() {
        for (j, y) in b.coefficients.enumerated() { result[i + j] += x * y }
      }
      return Polynomial(result)
    }

    static func * (a: Int, b: Polynomial) -> Polynomial { Polynomial(a) * b }
    static func * (a: Interval, b: Polynomial) -> Polynomial { Polynomial(a) * b }
  }
}
