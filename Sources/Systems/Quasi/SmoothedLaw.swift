import ArbitraryPrecision
import RigorousNumerics

/// The density of work over N eps after smoothing by a Gaussian, f(x) = sum of p_n g((x - x_n)/sigma)/sigma, g the
/// normal density.
///
/// The places x_n = c + n d are equidistant. With z = exp(d (x - c)/sigma^2),
///
///     f(x) = exp(-(x - c)^2/(2 sigma^2))/(sigma sqrt(2 pi)) * sum of p_n exp(-n^2 d^2/(2 sigma^2)) z^n,
///
/// so f has the sign of a polynomial at a positive z, and changes it where that does. Between its zeros the integral of
/// f is a difference of F(x) = sum of p_n (1 + erf((x - x_n)/(sigma sqrt 2)))/2.
struct SmoothedLaw {
  private let probabilities: [Interval]
  private let spacing: Interval
  private let deviation: Interval

  /// - Parameters:
  ///   - probabilities: of equidistant places, the first and the last not zero.
  ///   - spacing: d, in units of N eps.
  ///   - deviation: sigma, in units of N eps.
  init(_ probabilities: [Interval], spacing: Interval, deviation: Interval) {
    (self.probabilities, self.spacing, self.deviation) = (probabilities, spacing, deviation)
  }

  /// The integral of |f| less one: twice the integral of -f over the set where f is negative, since f integrates to
  /// one.
  ///
  /// Exactly zero where f is proved to have no zero. Entire where the probabilities are not sharp enough to isolate the
  /// zeros.
  func negativity(within budget: Budget) throws(Unanswered) -> Interval {
    let precision = deviation.precision
    let step = spacing / deviation
    let exponent = (step * step).scaled(byPowerOfTwo: -1)
    let last = probabilities.count - 1
    // Counted from the middle, so that factors at both ends are alike: a shift of n multiplies z by a constant and all
    // terms by another.
    let weighted = probabilities.enumerated().map {
      $1
        * (-(exponent * ((2 * $0 - last) * Interval(2 * $0 - last, precision: 64))).scaled(byPowerOfTwo: -2))
        .exponential
    }
    guard let zeros = try PositiveZeros(coefficients: weighted, within: budget) else {
      return .entire(precision: precision)
    }
    let zero = Interval(0, precision: precision)
    if zeros.zeros.isEmpty { return zero }
    // Places in units of sigma sqrt 2, from the middle.
    let root = Interval(2, precision: precision).squareRoot
    let places = zeros.zeros.map { $0.rounded(to: precision).logarithm / step / root }
    // More bits than the places and the probabilities are known to tell nothing.
    let bits = (places + probabilities).usefulBits(atMost: precision)
    let (unit, weights) = ((step / root).rounded(to: bits), probabilities.map { $0.rounded(to: bits) })
    var levels = [zero]
    for place in places {
      try budget.check()
      let x = place.rounded(to: bits)
      var level = Interval(0, precision: bits)
      for (n, weight) in weights.enumerated() {
        let distance = x - (2 * n - last) * unit.scaled(byPowerOfTwo: -1)
        level += weight * (1 + distance.errorFunction).scaled(byPowerOfTwo: -1)
      }
      levels.append(level)
    }
    levels.append(Interval(1, precision: precision))
    var sum = zero
    for (index, (low, high)) in zip(levels, levels.dropFirst()).enumerated()
    where (zeros.firstSign < 0) == index.isMultiple(of: 2) {
      // The integral of f over a piece where f is negative.
      sum += (low - high).maximum(zero)
    }
    return sum.scaled(byPowerOfTwo: 1)
  }
}

extension [Interval] {
  /// The bits after the point that the widest of these numbers is known to, and 32 more; at least 64.
  func usefulBits(atMost limit: Int) -> Int {
    let width = map(\.width).max() ?? .zero(precision: 64)
    return Swift.min(limit, Swift.max(64, 32 - (width.binaryExponent ?? -limit)))
  }
}
