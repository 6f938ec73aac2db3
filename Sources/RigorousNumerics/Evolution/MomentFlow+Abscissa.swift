import ArbitraryPrecision

extension MomentFlow {
  /// The greatest real part of the eigenvalues of a matrix, by squaring P = exp(hA) again and again.
  ///
  /// The spectral radius of P^m is e^(amh) with this number a. It is at most |P^m| in an operator norm, and at least
  /// |tr P^m|/n, a trace being the sum of n eigenvalues: so
  ///
  ///     log(|tr P^m|/n)/(mh)  <=  a  <=  log |P^m|/(mh).
  ///
  /// Both are wrong by no more than some number over m, where the trace is not near zero. Powers are kept as a matrix
  /// of the size of 1 and a power of two; what roundings make of them is in the enclosures, of which the best is kept.
  ///
  /// - Returns: nil where the matrix is not known well enough.
  public static func abscissa(_ generator: IntervalMatrix, within budget: Budget) throws(Unanswered) -> Interval? {
    let (n, precision) = (generator.dimension, generator.precision)
    let flow = MomentFlow(generator, noise: IntervalMatrix(zero: n, precision: precision))
    guard n > 0, flow.size.isFinite else { return nil }
    // 2ah <= 1.
    let shift = (flow.size.binaryExponent ?? 0) + 1
    let step = Interval(1, precision: precision).scaled(byPowerOfTwo: -shift)
    var power = try flow.short(step, within: budget).propagator
    var scale = Integer(0)
    var best = Interval.entire(precision: precision)
    let two = Interval(2, precision: precision + 64).logarithm
    for doublings in 0...precision + 64 {
      try budget.check()
      let norm = Interval(power.rowSumNorm).rounded(to: precision)
      guard norm.isBounded, norm.lower.signum > 0 else { break }
      let trace = (0..<n).reduce(Interval(0, precision: precision)) { $0 + power[$1, $1] }
      let own = Interval(scale, precision: precision + 64) * two
      /// log(x)/(mh).
      func rate(_ x: Interval) -> Interval { (own + x.logarithm).scaled(byPowerOfTwo: shift - doublings) }
      let above = rate(norm).upper
      let least = Interval(trace.mignitude)
      let below =
        least.lower.signum > 0
        ? rate(least / n).lower : BigFloat.infinity(negative: true, precision: precision)
      guard let known = Interval(below, above) else { break }
      let next = best.intersection(known)
      demand(!next.isEmpty, "MomentFlow: bounds of one eigenvalue are apart")
      best = next
      // Nothing more is learnt once roundings have grown to the size of the matrix.
      guard power.entries.allSatisfy({ $0.width < norm.lower }) else { break }
      power = power * power
      scale += scale
      let exponent = power.rowSumNorm.binaryExponent ?? 0
      power = power.map { $0.scaled(byPowerOfTwo: -exponent) }
      scale += Integer(exponent)
    }
    return best.isBounded ? best : nil
  }
}
