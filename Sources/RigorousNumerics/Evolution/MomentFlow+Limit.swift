import ArbitraryPrecision

extension MomentFlow {
  /// What first and second moments come to as the time goes to infinity.
  public struct Limit: Sendable {
    /// The first ones.
    public let means: [Interval]
    /// The second ones about the first.
    public let covariances: IntervalMatrix
  }

  /// What is known of a limit.
  public enum Rest: Sendable {
    case found(Limit)
    /// An eigenvalue of A is proved to have a positive real part.
    case grows
    /// Neither is proved.
    case untold
  }

  /// The most doublings of the time: rates that differ by more than this power of two are not told.
  private static let greatestDoublings = 96

  /// The limit for x' = Ax + f and M' = AM + MA' + E, by doubling a time until P = exp(tA) is small.
  ///
  /// Where |P| < 1 in an operator norm the spectral radius of exp(tA) is below 1, so all eigenvalues of A have negative
  /// real parts, and the limits x and M exist for any start. They are kept by the map of the time:
  ///
  ///     x = Px + q, |x - q| <= |P| |x|, |x| <= |q|/(1 - |P|),
  ///     M = PMP' + Q, |M - Q| <= |P| |P'| |M|, |M| <= |Q|/(1 - |P| |P'|),
  ///
  /// in the greatest-magnitude norm and the row-sum norm. Where on the contrary |tr P| is above the number of rows, an
  /// eigenvalue of P is outside of the unit disc.
  ///
  /// - Parameter inhomogeneity: f.
  public static func rest(
    _ generator: IntervalMatrix, _ inhomogeneity: [Interval], noise: IntervalMatrix, within budget: Budget
  ) throws(Unanswered) -> Rest {
    let (n, precision) = (generator.dimension, generator.precision)
    var (whole, e) = (IntervalMatrix(zero: n + 1, precision: precision), IntervalMatrix(zero: n + 1, precision: precision))
    for i in 0..<n {
      for j in 0..<n { (whole[i, j], e[i, j]) = (generator[i, j], noise[i, j]) }
      whole[i, n] = inhomogeneity[i]
    }
    let flow = MomentFlow(whole, noise: e)
    // 2ah <= 1.
    guard flow.size.isFinite, let exponent = flow.size.binaryExponent else { return .untold }
    let h = Interval(1, precision: precision).scaled(byPowerOfTwo: -exponent - 1)
    var step = try flow.short(h, within: budget)
    let one = Interval(1, precision: 64)
    for _ in 0..<greatestDoublings {
      try budget.check()
      step = step.after(step)
      let own = step.propagator.leading(n)
      var noise = step.noise.leading(n)
      let trace = (0..<n).reduce(Interval(0, precision: 64)) { $0 + own[$1, $1].rounded(to: 64) }
      if Interval(trace.mignitude).lower > BigFloat(Double(n), precision: 64, rounding: .up) { return .grows }
      let (row, column) = (Interval(own.rowSumNorm).rounded(to: 64), Interval(own.transposed.rowSumNorm).rounded(to: 64))
      guard row.isBounded, column.isBounded else { return .untold }
      let product = row * column
      guard row.upper < one.lower, product.upper < one.lower else { continue }
      let goal = BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -precision, rounding: .down)
      guard row.upper <= goal || row.isExactZero else { continue }
      let q = (0..<n).map { step.propagator[$0, n] }
      let greatest = q.map(\.magnitude).max() ?? .zero(precision: 64)
      let rest = Interval.ball(row * Interval(greatest).rounded(to: 64) / (1 - row))
      let size = Interval(noise.rowSumNorm).rounded(to: 64)
      let ball = Interval.ball(product * size / (1 - product))
      var means = q
      for i in 0..<n where flow.isLinked[i][n] { means[i] += rest }
      noise.widen(by: Interval(ball.upper), where: flow.isNoisy.prefix(n).map { Array($0.prefix(n)) })
      return .found(Limit(means: means, covariances: noise))
    }
    return .untold
  }
}

extension MomentFlow {
  /// A number that |exp(tA)| and |exp(tA')| are at most at all times t >= 0, in the greatest-magnitude norm; nil where none
  /// is found.
  ///
  /// With ah <= 1/2 they are at most e^(1/2) |exp(jhA)| between the times jh and (j + 1)h; where both are at most 1 at one
  /// of these the greatest of those before it will do at all times.
  public static func bound(_ generator: IntervalMatrix, within budget: Budget) throws(Unanswered) -> Interval? {
    let n = generator.dimension
    let flow = MomentFlow(generator.map { $0.rounded(to: 96) }, noise: IntervalMatrix(zero: n, precision: 96))
    guard flow.size.isFinite, let exponent = flow.size.binaryExponent else { return nil }
    let step = try flow.short(Interval(1, precision: 96).scaled(byPowerOfTwo: -exponent - 1), within: budget).propagator
    var (power, greatest) = (step, Interval(1, precision: 64))
    for _ in 0..<max(min(1 << 16, (1 << 26) / (n * n * n)), 16) {
      try budget.check()
      let size = Interval(max(power.rowSumNorm, power.transposed.rowSumNorm)).rounded(to: 64)
      guard size.isBounded else { return nil }
      if size.upper <= Interval(1, precision: 64).lower {
        return greatest * Interval(Rational(1, 2), precision: 64).exponential
      }
      greatest = greatest.maximum(size)
      power = power * step
    }
    return nil
  }
}
