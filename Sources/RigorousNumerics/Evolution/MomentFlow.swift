import ArbitraryPrecision

/// The flow of first and second moments,
///
///     x' = A x,    M' = A M + M A' + E,    E = E',
///
/// of a linear equation with noise. A time is a map x -> P x, M -> P M P' + Q, P(t) = exp(tA), Q(t) = the integral over
/// s from 0 to t of P(s) E P(s)'. An inhomogeneous part of the first equation is a column of A beside an element of x
/// that stays 1.
public struct MomentFlow: Sendable {
  /// The map of a span of time.
  public struct Step: Sendable {
    /// P.
    public let propagator: IntervalMatrix
    /// Q.
    public let noise: IntervalMatrix

    /// A map.
    public init(propagator: IntervalMatrix, noise: IntervalMatrix) {
      (self.propagator, self.noise) = (propagator, noise)
    }

    /// The map that changes nothing.
    public static func identity(_ dimension: Int, precision: Int) -> Step {
      Step(
        propagator: IntervalMatrix(identity: dimension, precision: precision),
        noise: IntervalMatrix(zero: dimension, precision: precision))
    }

    /// Its place so many times after itself.
    public func power(_ count: Int) -> Step {
      var result = Step.identity(propagator.dimension, precision: propagator.precision)
      var (left, power) = (count, self)
      while left > 0 {
        if left % 2 == 1 { result = power.after(result) }
        left /= 2
        if left > 0 { power = power.after(power) }
      }
      return result
    }

    /// Its place after another one: P = P2 P1, Q = P2 Q1 P2' + Q2.
    public func after(_ first: Step) -> Step {
      Step(
        propagator: propagator * first.propagator,
        noise: (noise + propagator.conjugated(first.noise)).symmetric)
    }

    /// The second moments after it.
    public func moments(after start: IntervalMatrix) -> IntervalMatrix {
      (propagator.conjugated(start) + noise).symmetric
    }
  }

  /// A.
  public let generator: IntervalMatrix
  /// E.
  public let noise: IntervalMatrix
  /// Whether an element of P may differ from zero.
  let isLinked: [[Bool]]
  /// The same of Q.
  let isNoisy: [[Bool]]

  /// A flow.
  public init(_ generator: IntervalMatrix, noise: IntervalMatrix) {
    demand(generator.dimension == noise.dimension, "MomentFlow: one dimension")
    (self.generator, self.noise) = (generator, noise)
    let n = generator.dimension
    // All powers of A have zeros where no path of its elements leads.
    var linked = (0..<n).map { i in (0..<n).map { i == $0 || !generator[i, $0].isExactZero } }
    for k in 0..<n {
      for i in 0..<n where linked[i][k] {
        for j in 0..<n where linked[k][j] { linked[i][j] = true }
      }
    }
    var noisy = [[Bool]](repeating: Array(repeating: false, count: n), count: n)
    for k in 0..<n {
      for l in 0..<n where !noise[k, l].isExactZero {
        for i in 0..<n where linked[i][k] {
          for j in 0..<n where linked[j][l] { noisy[i][j] = true }
        }
      }
    }
    (isLinked, isNoisy) = (linked, noisy)
  }

  /// The greatest of the sums of magnitudes in the rows and in the columns of A: at least the operator norms of A and
  /// A' for the greatest-magnitude norm.
  public var size: BigFloat { max(generator.rowSumNorm, generator.transposed.rowSumNorm) }

  /// The map of a time, by Taylor's series at h = t/2^s and s squarings.
  ///
  /// With a the size of A and 2ah <= 1 the rests of the series beyond the m-th term are, in the row-sum norm, below
  ///
  ///     sum over k > m of (ah)^k/k!  <=  2 (ah)^(m+1)/(m+1)!,
  ///     sum over k > m of h^k/k! |L^(k-1) E|  <=  2h |E| (2ah)^m/(m+1)!,     L(X) = AX + XA', |L(X)| <= 2a |X|,
  ///
  /// the quotients of neighbours being at most 1/2. They are added to each element that need not vanish.
  ///
  /// - Returns: entire elements where A or the time is not known well enough.
  /// - Throws: ``Unanswered`` when the time is over or at is certainly beyond 2^60000.
  public func step(over time: Interval, within budget: Budget) throws(Unanswered) -> Step {
    let precision = generator.precision
    let length = Interval(size).rounded(to: 64) * time.rounded(to: 64)
    guard length.isBounded, noise.rowSumNorm.isFinite else { return unknown }
    let squarings = max(0, (length.magnitude.binaryExponent ?? -1) + 1)
    guard squarings <= 60_000 else {
      throw Unanswered(beyond: "the generator times the time is beyond 2^60000, too long for this route")
    }
    var step = try short(time.rounded(to: precision + 64).scaled(byPowerOfTwo: -squarings), within: budget)
    for _ in 0..<squarings {
      try budget.check()
      step = step.after(step)
    }
    return step
  }

  private var unknown: Step {
    func all(_ mask: [[Bool]]) -> IntervalMatrix {
      var result = IntervalMatrix(zero: generator.dimension, precision: generator.precision)
      for (i, row) in mask.enumerated() {
        for (j, isOpen) in row.enumerated() where isOpen { result[i, j] = .entire(precision: generator.precision) }
      }
      return result
    }
    return Step(propagator: all(isLinked), noise: all(isNoisy))
  }

  /// The map of a short time, 2ah <= 1.
  func short(_ h: Interval, within budget: Budget) throws(Unanswered) -> Step {
    let (n, precision) = (generator.dimension, generator.precision)
    let reach = (Interval(size).rounded(to: 64) * h.rounded(to: 64)).absoluteValue
    let weight = 2 * h.rounded(to: 64).absoluteValue * Interval(noise.rowSumNorm).rounded(to: 64)
    // Elements that need several steps of A are small powers of the time, and keep some of their own accuracy.
    let target = -precision + min(0, reach.magnitude.binaryExponent ?? 0) * min(2 * n, 24)
    var (terms, own, square) = (1, reach.squared, weight * reach)
    while [own, square].contains(where: { ($0.upper.binaryExponent ?? target) > target }) {
      terms += 1
      own = own * reach / (terms + 1)
      square = 2 * square * reach / (terms + 1)
    }
    let scaled = generator.map { $0 * h }
    var (power, propagator) = (
      IntervalMatrix(identity: n, precision: precision), IntervalMatrix(identity: n, precision: precision)
    )
    var term = noise.map { $0 * h }
    var sum = term
    for k in 1...terms {
      try budget.check()
      power = (scaled * power).map { $0 / k }
      propagator = propagator + power
      guard k < terms else { break }
      let half = scaled * term
      term = (half + half.transposed).map { $0 / (k + 1) }
      sum = sum + term
    }
    propagator.widen(by: own, where: isLinked)
    sum.widen(by: square, where: isNoisy)
    return Step(propagator: propagator, noise: sum.symmetric)
  }
}

extension IntervalMatrix {
  /// The transposed matrix.
  public var transposed: IntervalMatrix {
    var result = IntervalMatrix(zero: dimension, precision: precision)
    for i in 0..<dimension { for j in 0..<dimension { result[j, i] = self[i, j] } }
    return result
  }

  /// The first rows and columns.
  public func leading(_ count: Int) -> IntervalMatrix {
    var result = IntervalMatrix(zero: count, precision: precision)
    for i in 0..<count { for j in 0..<count { result[i, j] = self[i, j] } }
    return result
  }

  /// P X P' for a symmetric X.
  func conjugated(_ x: IntervalMatrix) -> IntervalMatrix { self * (self * x).transposed }

  /// What two mirror images tell of an element of a symmetric matrix.
  var symmetric: IntervalMatrix {
    var result = self
    for i in 0..<dimension {
      for j in 0..<i {
        let both = self[i, j].intersection(self[j, i])
        (result[i, j], result[j, i]) = (both, both)
      }
    }
    return result
  }

  /// Adds a ball to some elements.
  mutating func widen(by radius: Interval, where mask: [[Bool]]) {
    let ball = Interval.ball(radius)
    for (i, row) in mask.enumerated() {
      for (j, isOpen) in row.enumerated() where isOpen { self[i, j] = self[i, j] + ball }
    }
  }
}
