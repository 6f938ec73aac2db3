import ArbitraryPrecision

/// A nonlinear flow y' = Q(y, y) with Q bilinear: classical spins, and after adding the constant 1 as an element any flow with a
/// polynomial of second degree on the right.
///
/// All norms are the greatest magnitude of an element. With K the greatest sum of magnitudes of coefficients in an element of Q,
/// |Q(u, v)| <= K |u| |v|.
public struct QuadraticFlow: Sendable {
  /// A term of Q: element `result` of y' holds coefficient y[first] y[second].
  public struct Term: Sendable {
    let result: Int
    let first: Int
    let second: Int
    let coefficient: Int

    /// A term.
    public init(_ result: Int, _ first: Int, _ second: Int, _ coefficient: Int) {
      self.result = result
      self.first = first
      self.second = second
      self.coefficient = coefficient
    }
  }

  /// The number of elements.
  public let dimension: Int
  private let terms: [Term]
  /// K.
  private let growth: Int
  /// Two solutions within r part at most like e^(rate r t), in a norm between the greatest magnitude and twice that.
  private let rate: Int

  /// A flow.
  ///
  /// - Parameter rate: a number such that two solutions within r part at most like e^(rate r t), in a norm of the caller's that is at
  ///   least the greatest magnitude and at most twice that; 2K without a better one, as Q(u, u) - Q(v, v) = Q(u, u - v) + Q(u - v, v).
  public init(dimension: Int, terms: [Term], rate: Int? = nil) {
    self.dimension = dimension
    self.terms = terms
    var sums = [Int](repeating: 0, count: dimension)
    for term in terms { sums[term.result] += abs(term.coefficient) }
    growth = max(sums.max() ?? 0, 1)
    self.rate = rate ?? 2 * growth
  }

  private func product(_ u: [Interval], _ v: [Interval], precision: Int) -> [Interval] {
    var result = [Interval](repeating: Interval(0, precision: precision), count: dimension)
    for term in terms {
      let product = u[term.first] * v[term.second]
      switch term.coefficient {
      case 1: result[term.result] += product
      case -1: result[term.result] -= product
      default: result[term.result] += term.coefficient * product
      }
    }
    return result
  }

  /// The solution at a time, by Taylor steps between points.
  ///
  /// One step of length h goes from a point z with a solution that stays within r. The coefficients of its Taylor series obey
  /// (k + 1) y_(k+1) = sum of Q(y_i, y_(k-i)), and by induction |y_k| <= r (K r)^k, so the series cut after degree q has a rest of at
  /// most r (K r h)^(q+1) / (1 - K r h); steps keep K r h <= 1/4. The sum is evaluated in interval arithmetic, its middle is the next point,
  /// and what the step is off is added to the error made so far. That error, in the norm of the rate, grows along the
  /// flow by e^(rate r h) at most (Gronwall's inequality). Bits in advance pay for this growth. At the end a time known within d adds K r^2 d.
  ///
  /// - Parameters:
  ///   - start: the start, one enclosure an element.
  ///   - time: an enclosure of the time, not negative.
  ///   - bits: the result is about 2^-bits wide, if the start and the time allow it.
  ///   - radius: a bound, at all times, of the solution that starts at a given point or anywhere in a box; from conserved quantities.
  /// - Throws: ``Budget/Exhausted`` when the time is over, or for times that take more than 10^6 steps.
  public func evolved(
    _ start: [Interval], for time: Interval, bits: Int, within budget: Budget,
    radius: (_ start: [Interval]) -> BigFloat
  ) throws(Budget.Exhausted) -> [Interval] {
    guard time.isBounded, let end = time.midpoint, end.signum >= 0 else {
      throw Budget.Exhausted(reason: "the time is not known to any precision")
    }
    let bound = Interval(radius(start)).rounded(to: 64)
    // K r t in steps of at most 1/5 leaves room for points whose radius exceeds that of the start by rounding.
    let total = 5 * (growth * (bound * Interval(end).rounded(to: 64)))
    guard let whole = total.upper.floor.flatMap({ Int(exactly: $0) }), whole < 1_000_000 else {
      throw Budget.Exhausted(reason: "the time takes more than 1000000 steps")
    }
    let steps = whole + 1
    // log2(e) < 3/2, and rate r t is at most rate/K times steps/5.
    let precision = bits + 3 * rate * steps / (10 * growth) + 32
    let h = Interval(end).rounded(to: precision + 64) / steps
    var point = start.map { $0.midpoint.map { Interval($0).rounded(to: precision) } ?? .entire(precision: precision) }
    var error = Interval(0, precision: 64)
    for (x, y) in zip(start, point) { error = error.maximum(2 * (x - y).absoluteValue.rounded(to: 64)) }
    for _ in 0..<steps {
      try budget.check()
      // Both the solution through the point and the true one, which starts somewhere in the box, stay within r.
      let r = Interval(max(radius(point), bound.upper)).rounded(to: 64)
      let reach = growth * (r * h.rounded(to: 64))
      guard reach.upper < BigFloat(0.25, precision: 64, rounding: .nearest) else {
        throw Budget.Exhausted(reason: "the solution is not known to stay bounded")
      }
      let (box, rest) = step(point, h, reach: reach, r: r, bits: precision)
      let middle = box.map { x in x.midpoint.map { Interval($0).rounded(to: precision) } ?? x }
      var off = rest
      for (x, y) in zip(box, middle) { off = off.maximum((x - y).absoluteValue.rounded(to: 64) + rest) }
      error = error * (rate * reach / growth).exponential + 2 * off
      point = middle
    }
    let late = growth * (bound.squared * (time - Interval(end)).absoluteValue.rounded(to: 64))
    let width = (error + late).upper
    let ball = Interval(-width, width) ?? .entire(precision: 64)
    return point.map { $0 + ball }
  }

  /// The Taylor polynomial at the end of a step, and the bound of its rest.
  private func step(
    _ point: [Interval], _ h: Interval, reach: Interval, r: Interval, bits: Int
  ) -> (box: [Interval], rest: Interval) {
    var coefficients = [point]
    var sum = point
    var power = h
    // The rest after degree q, starting with q = 0: r reach / (1 - reach).
    var rest = r * reach / (1 - reach)
    while rest.upper.binaryExponent.map({ $0 > -bits }) ?? false {
      let k = coefficients.count - 1
      var next = [Interval](repeating: Interval(0, precision: bits), count: dimension)
      for i in 0...k {
        let products = product(coefficients[i], coefficients[k - i], precision: bits)
        for (index, x) in products.enumerated() { next[index] += x }
      }
      coefficients.append(next.map { $0 / (k + 1) })
      for (index, x) in coefficients[k + 1].enumerated() { sum[index] += x * power }
      power = power * h
      rest = rest * reach
    }
    return (sum.map { $0.rounded(to: bits) }, rest)
  }
}
