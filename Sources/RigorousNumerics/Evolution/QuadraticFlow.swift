import ArbitraryPrecision

/// A nonlinear flow y' = Q(y, y) with Q bilinear: classical spins, and after adding the constant 1 as an element any flow with a
/// polynomial of second degree on the right.
///
/// Sizes are measured in a norm |y| that is at least the greatest magnitude of an element and at most twice that, and in which
/// |Q(u, v)| <= K |u| |v|. Without a better one it is the greatest magnitude, and K the greatest sum of magnitudes of coefficients in an
/// element of Q.
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
  let terms: [Term]
  /// K.
  let growth: Int
  /// Two solutions within r part at most like e^(rate r t).
  let rate: Int

  /// A flow.
  ///
  /// - Parameters:
  ///   - growth: K for the caller's norm, at least half the greatest sum of magnitudes of coefficients in an element.
  ///   - rate: a number such that two solutions within r part at most like e^(rate r t) in that norm; 2K without a better one, as
  ///     Q(u, u) - Q(v, v) = Q(u, u - v) + Q(u - v, v).
  public init(dimension: Int, terms: [Term], growth: Int? = nil, rate: Int? = nil) {
    self.dimension = dimension
    self.terms = terms
    var sums = [Int](repeating: 0, count: dimension)
    for term in terms { sums[term.result] += abs(term.coefficient) }
    let greatest = max(sums.max() ?? 0, 1)
    self.growth = growth ?? greatest
    self.rate = rate ?? 2 * self.growth
    precondition(greatest <= 2 * self.growth, "QuadraticFlow: K is at least half the greatest sum of an element")
    precondition(self.rate >= 0, "QuadraticFlow: the rate is not negative")
    precondition(
      terms.allSatisfy { [$0.result, $0.first, $0.second].allSatisfy { (0..<dimension).contains($0) } },
      "QuadraticFlow: terms are of elements that exist")
  }

  /// The solution at a time, by the Taylor steps of ``QuadraticSteps``.
  ///
  /// The error made so far grows along the flow by e^(rate r h) at most in a step (Gronwall's inequality). Bits in advance pay for
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
    radius: @escaping (_ start: [Interval]) -> BigFloat
  ) throws(Budget.Exhausted) -> [Interval] {
    guard time.isBounded, let end = time.midpoint, end.signum >= 0 else {
      throw Budget.Exhausted(reason: "the time is not known to any precision")
    }
    var steps = try QuadraticSteps(self, from: start, to: Interval(end), bits: bits, radius: radius)
    while !steps.isAtEnd { _ = try steps.advance(within: budget) }
    let late = growth * (steps.bound.squared * (time - steps.time).absoluteValue.rounded(to: 64))
    let width = (steps.error + late).upper
    let ball = Interval(-width, width) ?? .entire(precision: 64)
    return steps.point.map { steps.real($0) + ball }
  }
}
