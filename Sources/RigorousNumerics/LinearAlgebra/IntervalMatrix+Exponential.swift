import ArbitraryPrecision

extension IntervalMatrix {
  /// The enclosure of the exponentials of all matrices in this one, by scaling, Taylor's series and squaring.
  ///
  /// With A the matrix divided by 2^s so that its row-sum norm is at most 1/2, Horner's rule sums A^k/k! for k <= m,
  /// and the remainder of the series is below
  ///
  ///     sum over k > m of |A|^k / k!  <=  |A|^(m+1)/(m+1)! * 1/(1 - |A|/(m+2))  <=  2 |A|^(m+1) / (m+1)!
  ///
  /// in the row-sum norm, hence in every entry; it is added to every entry as an interval around zero. Rounding is in
  /// the interval arithmetic. Widths grow with each squaring, by less than four times the norm: precision pays for it.
  /// (Goldsztejn and Neumaier, On the exponentiation of interval matrices, Reliable Computing 20, 2014, treat the same
  /// scheme and sharper ones.) Nothing about the structure of the matrix is used: this is the slow twin of any faster
  /// evolution.
  ///
  /// - Returns: entire entries when the entries of the matrix are unbounded or known too poorly.
  /// - Throws: ``Unanswered`` when the time is over or the norm is certainly beyond 2^60000.
  public func exponential(within budget: Budget) throws(Unanswered) -> IntervalMatrix {
    let norm = rowSumNorm
    // An unbounded or very wide matrix is one whose entries are not known yet: more precision may tell.
    guard norm.isFinite else { return map { _ in .entire(precision: precision) } }
    // norm < 2^exponent, so 2^(exponent + 1) scales it below 1/2.
    let squarings = max(0, (norm.binaryExponent ?? -1) + 1)
    guard squarings <= 65536 else {
      guard entries.contains(where: { ($0.mignitude.binaryExponent ?? 0) > 60000 }) else {
        return map { _ in .entire(precision: precision) }
      }
      throw Unanswered(beyond: "the generator times the time is beyond 2^60000, too long for this route")
    }
    let scaled = map { $0.scaled(byPowerOfTwo: -squarings) }
    let (terms, remainder) = taylorTail(norm: norm.scaled(byPowerOfTwo: -squarings, rounding: .up))

    checkInvariant(
      scaled.rowSumNorm <= BigFloat(0.5, precision: 2, rounding: .nearest), "IntervalMatrix: a norm of at most 1/2")
    let identity = IntervalMatrix(identity: dimension, precision: precision)
    var result = identity
    for k in stride(from: terms, through: 1, by: -1) {
      try budget.check()
      result = identity + (scaled * result).map { $0 / k }
    }
    result = result.map { $0 + remainder }
    for _ in 0..<squarings {
      try budget.check()
      result = result * result
    }
    return result
  }

  /// A number of terms m, and the interval of radius 2 norm^(m+1)/(m+1)!, for a norm up to 1/2.
  ///
  /// The radius is brought below 2^-precision norm^(dimension - 1): an entry between states that are linked only
  /// through all others is of that order, and should keep its relative accuracy when the time is short. How many terms
  /// are taken decides the width alone, never the containment.
  private func taylorTail(norm: BigFloat) -> (terms: Int, remainder: Interval) {
    let size = Interval(norm).rounded(to: 64)
    guard let exponent = norm.binaryExponent else { return (1, Interval(0, precision: precision)) }
    let target = -precision + min(0, exponent - 1) * (dimension - 1)
    var terms = 1
    var tail = size.squared
    while tail.upper.binaryExponent.map({ $0 > target }) ?? false {
      terms += 1
      tail = tail * size / (terms + 1)
    }
    let bound = BigFloat(tail.upper, precision: precision, rounding: .up)
    return (terms, .ball(bound))
  }
}
