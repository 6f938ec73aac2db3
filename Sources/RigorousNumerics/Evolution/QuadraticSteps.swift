import ArbitraryPrecision

/// Taylor steps of a quadratic flow between points of fixed point, each with what it can be off.
///
/// One step of length h goes from a point z, on a solution that stays within r. The coefficients of its Taylor series obey
/// (k + 1) y_(k+1) = sum of Q(y_i, y_(k-i)), and by induction |y_k| <= r (K r)^k, so with p = K r h the series cut after degree q has a
/// rest of at most r p^(q+1)/(1 - p); steps keep p <= 1/4.
///
/// The computed numbers a_k = y_k h^k are integers in units u; each is cut once, by less than u. Let those before be within 4u of what
/// they stand for. With K' <= 2K the greatest sum of magnitudes of coefficients in an element, the convolution's errors are at most
/// 2 K' h r (1 + p + ...)/(k + 1) 4u <= (4/3) 4u/(k + 1) and a second order far below u/3. For k = 0 it has none, since a_0 is exact; for
/// k >= 1 it is at most 8u/3 + u/3, and the cut adds u: within 4u again. (The second order is at most h K' 16 u^2 <= 8 u^2/r. Where r is below
/// 24u that is no small part of u, but there the series ends with q <= 2, and a_1 and a_2 are within u and 2u.) The next point is the sum of the a_k, off by
/// 4 (q + 1) u and the rest.
struct QuadraticSteps {
  private let flow: QuadraticFlow
  private let radius: ([Interval]) -> BigFloat
  private let length: Integer
  private let count: Int
  private var done = 0

  /// Bits after the point.
  let fractionBits: Int
  /// r for the solution from the start, and all that start in its enclosure.
  let bound: Interval
  /// Where the steps are, in units.
  private(set) var point: [Integer]
  /// An upper bound of the distance from the true solution.
  private(set) var error: Interval

  /// Steps from a start to a time.
  ///
  /// - Parameters:
  ///   - bits: the error at the end is about 2^-bits, if the start allows it.
  ///   - radius: a bound, at all times, of the solution that starts at a given point or anywhere in a box.
  init(
    _ flow: QuadraticFlow, from start: [Interval], to end: Interval, bits: Int,
    radius: @escaping ([Interval]) -> BigFloat
  ) throws(Budget.Exhausted) {
    self.flow = flow
    self.radius = radius
    let radiusAtStart = radius(start)
    guard radiusAtStart.isFinite, start.allSatisfy(\.isBounded) else {
      throw Budget.Exhausted(reason: "the start is not known to be bounded")
    }
    bound = Interval(radiusAtStart).rounded(to: 64)
    // K r t in steps of at most 1/5 leaves room for points whose radius exceeds that of the start by rounding.
    let total = 5 * (flow.growth * (bound * end.rounded(to: 64)))
    guard let whole = total.upper.floor.flatMap({ Int(exactly: $0) }), whole < 1_000_000 else {
      throw Budget.Exhausted(reason: "the time takes more than 1000000 steps")
    }
    count = whole + 1
    // log2(e) < 3/2, and rate r t is at most rate/K times steps/5.
    let fractionBits = bits + 3 * flow.rate * count / (10 * flow.growth) + 2 * count.bitWidthOfMagnitude + 25
    self.fractionBits = fractionBits
    func fixed(_ x: Interval) -> Integer {
      x.midpoint?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
    }
    length = fixed(end.rounded(to: fractionBits + 64) / count)
    point = start.map { fixed($0.rounded(to: fractionBits + 64)) }
    error = Interval(0, precision: 64)
    // The norm is at most twice the greatest magnitude.
    for (x, y) in zip(start, point) { error = error.maximum(2 * (x - real(y)).absoluteValue.rounded(to: 64)) }
  }

  /// The number of an integer.
  func real(_ x: Integer) -> Interval {
    Interval(x, precision: fractionBits + 64).scaled(byPowerOfTwo: -fractionBits)
  }

  /// h.
  var step: Interval { real(length) }
  /// The time reached.
  var time: Interval { done * step }
  /// Whether the end was reached.
  var isAtEnd: Bool { done == count }

  /// One step as a polynomial: from the point where it starts, the solution of the flow through that point.
  struct Cell {
    /// a_k for k = 0 ... q, in units; off by at most 4 units for k > 0.
    let coefficients: [[Integer]]
    /// r, for the solution through the point and the true one.
    let radius: Interval
    /// p = K r h.
    let reach: Interval
    /// The bound of the distance from the true solution in all of the step.
    let error: Interval
  }

  /// Makes a step.
  ///
  /// - Throws: ``Budget/Exhausted`` when the time is over.
  mutating func advance(within budget: Budget) throws(Budget.Exhausted) -> Cell {
    try budget.check()
    let radiusHere = radius(point.map(real))
    guard radiusHere.isFinite else { throw Budget.Exhausted(reason: "the solution is not known to stay bounded") }
    let r = Interval(max(radiusHere, bound.upper)).rounded(to: 64)
    let reach = flow.growth * (r * step.rounded(to: 64))
    guard reach.upper < BigFloat(0.25, precision: 64, rounding: .nearest) else {
      throw Budget.Exhausted(reason: "the solution is not known to stay bounded")
    }
    var coefficients = [point]
    // The rest after degree q, starting with q = 0: r p / (1 - p).
    var rest = r * reach / (1 - reach)
    while rest.upper.binaryExponent.map({ $0 > -fractionBits }) ?? false {
      try budget.check()
      let next = following(coefficients)
      for (index, value) in next.enumerated() { point[index] += value }
      coefficients.append(next)
      rest = rest * reach
    }
    let grown = error * (flow.rate * reach / flow.growth).exponential
    let units = Interval(4 * coefficients.count, precision: 64).scaled(byPowerOfTwo: -fractionBits)
    error = grown + rest + 2 * units
    done += 1
    return Cell(coefficients: coefficients, radius: r, reach: reach, error: grown)
  }

  /// a_(k+1) from those up to a_k.
  private func following(_ coefficients: [[Integer]]) -> [Integer] {
    let k = coefficients.count - 1
    var next = [Integer](repeating: 0, count: flow.dimension)
    for term in flow.terms {
      var sum = Integer(0)
      for i in 0...k { sum.add(productOf: coefficients[i][term.first], coefficients[k - i][term.second]) }
      next[term.result].add(productOf: sum, Integer(term.coefficient))
    }
    // The sum has two fractions, and times h three: two are cut with the division by k + 1, once.
    let divisor = Integer(k + 1).shifted(left: 2 * fractionBits)
    return next.map { ($0 * length).dividedDown(by: divisor) }
  }
}
