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

  /// The solution at a time, by Taylor steps between points of fixed point.
  ///
  /// One step of length h goes from a point z, on a solution that stays within r. The coefficients of its Taylor series obey
  /// (k + 1) y_(k+1) = sum of Q(y_i, y_(k-i)), and by induction |y_k| <= r (K r)^k, so with p = K r h the series cut after degree q has a
  /// rest of at most r p^(q+1)/(1 - p); steps keep p <= 1/4. The computed numbers a_k = y_k h^k are integers in units u; each is cut once, by less
  /// than u. If those before are within 2u, then so is a_(k+1): the errors of the convolution add up to at most
  /// 2 K h r (1 + p + ...)/(k + 1) 2u <= (4/3) u/(k + 1) and a second order far below u/6, where k = 0 has no error at all, and the cut adds u.
  /// The next point is the sum of the a_k: a step is off by 2 (q + 1) u and the rest.
  ///
  /// The error made so far, in the norm of the rate, grows along the flow by e^(rate r h) at most (Gronwall's inequality). Bits in advance pay for
  /// this growth. At the end a time that differs from that of the steps by d adds K r^2 d.
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
    guard bound.isBounded, let whole = total.upper.floor.flatMap({ Int(exactly: $0) }), whole < 1_000_000 else {
      throw Budget.Exhausted(reason: "the time takes more than 1000000 steps")
    }
    let steps = whole + 1
    // log2(e) < 3/2, and rate r t is at most rate/K times steps/5.
    let fractionBits = bits + 3 * rate * steps / (10 * growth) + 2 * steps.bitWidthOfMagnitude + 24
    func fixed(_ x: Interval) -> Integer {
      x.midpoint?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
    }
    func real(_ x: Integer) -> Interval {
      Interval(x, precision: fractionBits + 64).scaled(byPowerOfTwo: -fractionBits)
    }
    let h = fixed(Interval(end).rounded(to: fractionBits + 64) / steps)
    var point = start.map { fixed($0.rounded(to: fractionBits + 64)) }
    var error = Interval(0, precision: 64)
    for (x, y) in zip(start, point) { error = error.maximum(2 * (x - real(y)).absoluteValue.rounded(to: 64)) }
    for _ in 0..<steps {
      try budget.check()
      // Both the solution through the point and the true one, which starts somewhere in the box, stay within r.
      let r = Interval(max(radius(point.map(real)), bound.upper)).rounded(to: 64)
      let reach = growth * (r * real(h).rounded(to: 64))
      guard reach.upper < BigFloat(0.25, precision: 64, rounding: .nearest) else {
        throw Budget.Exhausted(reason: "the solution is not known to stay bounded")
      }
      let off = try step(&point, h, fractionBits, reach: reach, r: r, within: budget)
      error = error * (rate * reach / growth).exponential + 2 * off
    }
    let reached = steps * real(h)
    let late = growth * (bound.squared * (time - reached).absoluteValue.rounded(to: 64))
    let width = (error + late).upper
    let ball = Interval(-width, width) ?? .entire(precision: 64)
    return point.map { real($0) + ball }
  }

  /// One step of a point, and the bound of what it is off.
  private func step(
    _ point: inout [Integer], _ h: Integer, _ fractionBits: Int, reach: Interval, r: Interval, within budget: Budget
  ) throws(Budget.Exhausted) -> Interval {
    var coefficients = [point]
    // The rest after degree q, starting with q = 0: r p / (1 - p).
    var rest = r * reach / (1 - reach)
    while rest.upper.binaryExponent.map({ $0 > -fractionBits }) ?? false {
      try budget.check()
      let k = coefficients.count - 1
      var next = [Integer](repeating: 0, count: dimension)
      for term in terms {
        var sum = Integer(0)
        for i in 0...k { sum.add(productOf: coefficients[i][term.first], coefficients[k - i][term.second]) }
        next[term.result].add(productOf: sum, Integer(term.coefficient))
      }
      for index in 0..<dimension {
        // The sum has two fractions, and times h three: two are cut with the division by k + 1, once.
        next[index] *= h
        next[index] = next[index].dividedDown(by: Integer(k + 1).shifted(left: 2 * fractionBits))
        point[index] += next[index]
      }
      coefficients.append(next)
      rest = rest * reach
    }
    return rest + Interval(2 * coefficients.count, precision: 64).scaled(byPowerOfTwo: -fractionBits)
  }
}
