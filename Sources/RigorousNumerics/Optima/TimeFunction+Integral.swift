import ArbitraryPrecision

extension TimeFunction {
  /// The integral of the function from 0 to a time T.
  ///
  /// On each piece it is that of the Taylor polynomial of degree m - 1 around a center, and of c_m s^m with m even and
  /// c_m in the enclosure of the m-th coefficient on the piece: s^m is not negative, so the mean value theorem of
  /// integrals applies. Pieces that are not known well enough are halved.
  ///
  /// - Parameters:
  ///   - end: an enclosure of T >= 0.
  ///   - order: m, even.
  ///   - precision: the bits of the numbers; the result is wide where they do not suffice.
  ///   - accuracy: pieces are halved until they are known to about so many bits; nil for 40 less than the precision.
  /// - Throws: ``Unanswered`` when the time is over.
  public func integral(
    upTo end: Interval, order: Int, precision: Int, accuracy: Int? = nil, within budget: Budget
  ) throws(Unanswered) -> Interval {
    demand(order >= 2 && order % 2 == 0, "TimeFunction: an even order")
    guard end.isBounded, !end.isEmpty, end.lower.signum >= 0 else {
      throw Unanswered(undecided: "the end of the average is not known to be a time t >= 0")
    }
    let step = (self.step ?? end / 16).rounded(to: precision)
    guard let count = (end / step).upper.floor, count < Integer(FlowPath.greatestCount) else {
      throw Unanswered(beyond: "the average takes more than \(FlowPath.greatestCount) pieces of time")
    }
    var sum = Interval(0, precision: precision)
    var low = BigFloat.zero(precision: precision)
    // Pieces around the multiples of the step.
    var center = Interval(0, precision: precision)
    while low < end.lower {
      let high = min((center + step.scaled(byPowerOfTwo: -1)).lower, end.lower)
      if let piece = Interval(low, high), low < high {
        sum += try integral(
          over: piece, around: center, order, precision, accuracy ?? precision - 40, depth: (0, 0), budget)
        low = high
      }
      center = center + step
    }
    guard !end.isPoint else { return sum }
    // What is not known of the end.
    let last = try series(end, 0, budget)
    return sum + (end - Interval(end.lower)) * last.range
  }

  private func integral(
    over piece: Interval, around center: Interval, _ order: Int, _ precision: Int, _ accuracy: Int,
    depth: (all: Int, smooth: Int), _ budget: Budget
  ) throws(Unanswered) -> Interval {
    try budget.check()
    let length = Interval(piece.upper) - Interval(piece.lower)
    let around = try series(piece.hull(center), order, budget)
    let point = center.anchor.map { Interval($0) } ?? center
    let middle = try series(point, order - 1, budget)
    var result = around.range * length
    // On a piece around its middle the parts of difference quotients that all have cancel.
    if !around.isSmooth { result = result.intersection(kinked(around, middle, over: piece, around: point)) }
    if around.isSmooth, middle.isSmooth {
      let (a, b) = (Interval(piece.lower) - point, Interval(piece.upper) - point)
      var (powers, sum) = ((a, b), Interval(0, precision: precision))
      for k in 0...order {
        let coefficient = k == order ? around.coefficients[k] : middle.coefficients[k]
        sum += coefficient * (powers.1 - powers.0) / (k + 1)
        powers = (powers.0 * a, powers.1 * b)
      }
      if !around.isExact { sum = sum + length * .ball(max(around.distance, middle.distance)) }
      result = result.intersection(sum)
    }
    // A kink is halved as long as that helps, and so is what is smooth but known poorly, a few times from where it is
    // smooth on: next to a zero of a root or a logarithm short pieces are as poor as long ones.
    // A piece on which there is no bound is halved as far as it goes.
    let one = BigFloat(1, precision: 64, rounding: .up)
    let size = Interval(around.value.magnitude.isFinite ? max(around.value.magnitude, one) : one)
    let whole = length.maximum((self.step ?? length).scaled(byPowerOfTwo: -10))
    let least = (whole * size).scaled(byPowerOfTwo: -accuracy).lower
    let isDeep = isRough ? depth.all >= 6 : around.isSmooth ? depth.smooth >= 8 : depth.all >= precision
    guard result.width > least, !isDeep, let cut = piece.anchor, piece.lower < cut, cut < piece.upper else {
      return result
    }
    let next = (all: depth.all + 1, smooth: around.isSmooth ? depth.smooth + 1 : 0)
    var sum = Interval(0, precision: precision)
    for half in [Interval(piece.lower, cut), Interval(cut, piece.upper)] {
      guard let half, let middle = half.anchor else { continue }
      sum += try integral(over: half, around: Interval(middle), order, precision, accuracy, depth: next, budget)
    }
    return sum.intersection(result)
  }

  /// The integral of a function with kinks: f(c) L and the integral of q(s) s, difference quotients q(s) in [u, v]:
  /// for s > 0 it is between u s and v s, for s < 0 between v s and u s.
  private func kinked(
    _ around: TaylorSeries, _ middle: TaylorSeries, over piece: Interval, around c: Interval
  ) -> Interval {
    let length = Interval(piece.upper) - Interval(piece.lower)
    guard around.isDefined, around.isExact, middle.isDefined, around.coefficients[1].isBounded else {
      return around.range * length
    }
    let zero = Interval(0, precision: 64)
    let (left, right) = ((c - Interval(piece.lower)).maximum(zero), (Interval(piece.upper) - c).maximum(zero))
    let q = around.coefficients[1]
    let (u, v) = (Interval(q.lower), Interval(q.upper))
    let low = (u * right.squared - v * left.squared).scaled(byPowerOfTwo: -1)
    let high = (v * right.squared - u * left.squared).scaled(byPowerOfTwo: -1)
    let isInside = c.lower >= piece.lower && c.upper <= piece.upper
    return isInside ? middle.range * length + low.hull(high) : around.range(on: piece, around: c, middle) * length
  }

  /// The same function, with coefficients on an interval that are met by those from its middle: by Taylor's theorem the
  /// one of order k is the sum of C(j, k) c_j s^(j-k) with the c_j of the middle, and that of the last order on the
  /// interval.
  ///
  /// So what is small near a zero is known to be small, as roots and logarithms of it need. It is worth two evaluations
  /// where many coefficients are asked for.
  public var centered: TimeFunction {
    func series(_ known: @escaping Series) -> Series {
      { (t, order, budget) throws(Unanswered) in
        let around = try known(t, order, budget)
        guard order >= TimeFunction.leastCenteredOrder, around.isSmooth, t.isBounded, !t.isPoint, let middle = t.anchor
        else { return around }
        let point = Interval(middle).rounded(to: t.precision)
        let center = try known(point, order, budget)
        guard center.isSmooth else { return around }
        let s = t - point
        var coefficients = around.coefficients
        for k in 0..<order {
          var (sum, power) = (center.coefficients[k], s)
          var binomial = Integer(1)
          for j in (k + 1)...order {
            // C(j, k) = C(j - 1, k) j/(j - k); a power of s is one of its magnitude and sign.
            binomial = (binomial * Integer(j)).dividedDown(by: Integer(j - k))
            let coefficient = j == order ? around.coefficients[j] : center.coefficients[j]
            sum += Interval(binomial, precision: t.precision) * coefficient * power
            power = (j - k) % 2 == 1 ? s.power(j - k + 1) : power * s
          }
          coefficients[k] = coefficients[k].intersection(sum)
        }
        return TaylorSeries(
          coefficients, distance: max(around.distance, center.distance), isSmooth: around.isSmooth,
          isDefined: around.isDefined)
      }
    }
    return TimeFunction(
      series: series(self.series), start: start, step: step, isRough: isRough, end: end, rate: rate, own: own)
  }

  private static let leastCenteredOrder = 8
}
