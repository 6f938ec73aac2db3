import ArbitraryPrecision

/// The flow of first and second moments with coefficients that depend on the time,
///
///     x' = A(t) x,    M' = A M + M A' + E,    A = A_0 + sum of g_j A_j,    E = E_0 + sum of g_j E_j.
///
/// In a step from c to c + h the map of the time is a Taylor polynomial in s around c,
///
///     (k + 1) P_(k+1) = sum over i of A_i P_(k-i),
///     (k + 1) Q_(k+1) = E_k + sum over i of (A_i Q_(k-i) + Q_(k-i) A_i'),
///
/// A_i and E_i being the coefficients of A and E. At all times of the step |A_i| <= a_i, |E_i| <= e_i in the row-sum
/// norms of matrices and transposes, from enclosures of the g_j over the whole step; there |P| <= exp(h a_0), |Q| <= h
/// e_0 exp(2h a_0) by Gronwall's inequality, and the same recursion with these numbers bounds the coefficients of order
/// m + 1, and with them Taylor's remainder. A step is halved until that is small: what a drive does between two times
/// is seen.
public struct DrivenMomentFlow: Sendable {
  /// A_0, A_1, ...
  private let generators: [IntervalMatrix]
  /// E_0, E_1, ...
  private let noises: [IntervalMatrix]
  private let drive: ContractiveFlow.Drive
  /// Where P and Q may differ from zero, by the flow of all |A_j| and |E_j|.
  private let pattern: MomentFlow

  /// The most steps.
  private static let greatestCount = 100_000

  /// A flow of matrices, the first ones without a function.
  public init(_ generators: [IntervalMatrix], noises: [IntervalMatrix], drive: ContractiveFlow.Drive) {
    demand(
      generators.count == drive.count + 1 && noises.count == generators.count,
      "DrivenMomentFlow: a matrix for each function")
    (self.generators, self.noises, self.drive) = (generators, noises, drive)
    func whole(_ list: [IntervalMatrix]) -> IntervalMatrix {
      list.dropFirst().reduce(list[0].map(\.absoluteValue)) { $0 + $1.map(\.absoluteValue) }
    }
    pattern = MomentFlow(whole(generators), noise: whole(noises))
  }

  /// The coefficients of A and of E on times, up to an order.
  private func coefficients(
    _ time: Interval, order: Int, precision: Int
  ) throws(Unanswered) -> (generator: [IntervalMatrix], noise: [IntervalMatrix])? {
    let series = try drive.series(time, order: order, precision: precision)
    guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return nil }
    let n = generators[0].dimension
    func matrix(_ list: [IntervalMatrix], _ k: Int) -> IntervalMatrix {
      var sum = k == 0 ? list[0] : IntervalMatrix(zero: n, precision: precision)
      for (function, part) in zip(series, list.dropFirst()) where !function.coefficients[k].isExactZero {
        sum = sum + part.map { $0.isExactZero ? $0 : $0 * function.coefficients[k] }
      }
      return sum
    }
    let all = (0...order).map { (matrix(generators, $0), matrix(noises, $0)) }
    return (all.map(\.0), all.map(\.1))
  }

  /// The map from a time to another one.
  ///
  /// - Throws: ``Unanswered`` where a step does not get small enough, as where a function is not analytic.
  public func step(
    from origin: Interval? = nil, until end: Interval, within budget: Budget
  ) throws(Unanswered) -> MomentFlow.Step {
    let time = origin.map { end - $0 } ?? end
    func whole(_ start: Interval) -> Interval { origin.map { $0 + start } ?? start }
    return try step(over: time, at: whole, within: budget)
  }

  private func step(
    over time: Interval, at place: (Interval) -> Interval, within budget: Budget
  ) throws(Unanswered) -> MomentFlow.Step {
    let (n, precision) = (generators[0].dimension, generators[0].precision)
    var whole = MomentFlow.Step.identity(n, precision: precision)
    guard time.isBounded else {
      throw Unanswered(undecided: "the time of a drive is not known")
    }
    let order = max(12, min(precision / 6, 96))
    let goal = BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -precision, rounding: .down)
    // Steps are powers of two, and their sums are exact.
    var exponent = time.upper.binaryExponent ?? 0
    let least = exponent - 40
    var start = Interval(0, precision: precision + 256)
    for _ in 0..<Self.greatestCount {
      try budget.check()
      let rest = time.rounded(to: precision + 256) - start
      guard rest.upper.signum > 0 else { return whole }
      let length = Interval(1, precision: precision + 256).scaled(byPowerOfTwo: exponent)
      let isLast = rest.upper <= length.upper
      if let step = try short(
        from: place(start),
        isLast ? rest.intersection(Interval(.zero(precision: 64), .infinity(precision: 64)) ?? rest) : length,
        order, goal, within: budget)
      {
        whole = step.after(whole)
        if isLast { return whole }
        start = start + length
        exponent += 1
        // Steps begin at multiples of their lengths.
        while exponent > least, !Self.isMultiple(start, exponent) { exponent -= 1 }
      } else {
        exponent -= 1
        guard exponent >= least else {
          let shown = place(start).lower.double(rounding: .nearest)
          throw Unanswered(
            undecided: "the moments are not followed beyond t = \(shown), where a function of t is not analytic")
        }
      }
    }
    throw Unanswered(beyond: "the drive takes more than \(Self.greatestCount) steps")
  }

  private static func isMultiple(_ time: Interval, _ exponent: Int) -> Bool {
    let quotient = time.scaled(byPowerOfTwo: -exponent)
    return quotient.isPoint && quotient.floor.lower == quotient.lower
  }

  /// The map of a step; nil where the remainder is too large.
  private func short(
    from start: Interval, _ h: Interval, _ order: Int, _ goal: BigFloat, within budget: Budget
  ) throws(Unanswered) -> MomentFlow.Step? {
    let (n, precision) = (generators[0].dimension, generators[0].precision)
    let span = (start + Interval(from: 0, to: 1, precision: 64) * h).rounded(to: 96)
    guard let around = try coefficients(span, order: order + 1, precision: 96) else { return nil }
    func size(_ matrix: IntervalMatrix) -> Interval {
      Interval(max(matrix.rowSumNorm, matrix.transposed.rowSumNorm)).rounded(to: 64)
    }
    let (a, e) = (around.generator.map(size), around.noise.map(size))
    let length = Interval(h.magnitude).rounded(to: 64)
    guard a[0].isBounded, (length * a[0]).upper <= BigFloat(8, precision: 64, rounding: .up) else { return nil }
    var p = [(length * a[0]).exponential]
    var q = [length * e[0] * (2 * length * a[0]).exponential]
    for k in 0...order {
      var (next, more) = (Interval(0, precision: 64), e[k])
      for i in 0...k {
        next += a[i] * p[k - i]
        more += 2 * a[i] * q[k - i]
      }
      p.append(next / (k + 1))
      q.append(more / (k + 1))
    }
    let power = length.power(order + 1)
    let (first, second) = (p[order + 1] * power, q[order + 1] * power)
    guard first.upper <= goal, second.upper <= goal else { return nil }
    guard let own = try coefficients(start, order: order, precision: precision) else { return nil }
    var (left, right) = (
      [IntervalMatrix(identity: n, precision: precision)], [IntervalMatrix(zero: n, precision: precision)]
    )
    for k in 0..<order {
      try budget.check()
      var (next, more) = (IntervalMatrix(zero: n, precision: precision), own.noise[k])
      for i in 0...k {
        next = next + own.generator[i] * left[k - i]
        let half = own.generator[i] * right[k - i]
        more = more + half + half.transposed
      }
      left.append(next.map { $0 / (k + 1) })
      right.append(more.map { $0 / (k + 1) })
    }
    func sum(_ list: [IntervalMatrix]) -> IntervalMatrix {
      list.dropLast().reversed().reduce(list[list.count - 1]) { sum, term in
        term + sum.map { $0.isExactZero ? $0 : $0 * h }
      }
    }
    var (propagator, noise) = (sum(left), sum(right))
    propagator.widen(by: first, where: pattern.isLinked)
    noise.widen(by: second, where: pattern.isNoisy)
    return MomentFlow.Step(propagator: propagator, noise: noise.symmetric)
  }
}
