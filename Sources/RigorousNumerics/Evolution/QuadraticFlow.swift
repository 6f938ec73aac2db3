import ArbitraryPrecision

/// A nonlinear flow y' = F(y) whose right-hand side is a sum of products of two elements: classical spins and
/// oscillators.
///
/// An element in whose derivative no term stands is a constant; a term with a constant is linear in the others.
/// Constants of the problem are given as such elements, so that coefficients are integers.
///
/// Sizes of the elements that move are measured in a norm |y| that is at least the greatest magnitude of an element,
/// and in which the products of F are bounded by K |u| |v|, and the linear terms by L |u|, where L is the greatest sum
/// of magnitudes of coefficient times constant in an element. Without a better one it is the greatest magnitude, and K
/// the greatest sum of the products' coefficients. Errors are measured in a norm that may be another one; see
/// ``Bounds``.
public struct QuadraticFlow: Sendable {
  /// A term of F: element `result` of y' holds coefficient y[first] y[second].
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

  /// What is known of all solutions that start in a box, over a duration.
  public struct Bounds: Sendable {
    let radius: BigFloat
    let logarithmicNorm: BigFloat?

    /// Bounds.
    ///
    /// - Parameters:
    ///   - radius: a bound of |y|.
    ///   - logarithmicNorm: a bound m >= 0 of the logarithmic norm, in the norm of errors, of F's Jacobian in the
    ///     elements that move, at all points of the convex hull of the solutions: two solutions with the same constants
    ///     part at most like e^(m t). Nil stands for L + 2 K r, which holds when errors are measured in |y|.
    public init(radius: BigFloat, logarithmicNorm: BigFloat? = nil) {
      self.radius = radius
      self.logarithmicNorm = logarithmicNorm
    }
  }

  /// Bounds of the solutions that start at a point or anywhere in a box, over a duration; finite for finite durations,
  /// as solutions exist at all times.
  public typealias AprioriBounds = @Sendable (_ box: [Interval], _ duration: BigFloat) -> Bounds

  /// The number of elements.
  public let dimension: Int
  /// Terms of two elements that move, and those whose second element is a constant.
  let products: [Term]
  let linear: [Term]
  /// Whether an element is a constant.
  let isConstant: [Bool]
  /// K.
  let productBound: Int
  /// The norm of errors is between the greatest magnitude and this times that.
  let normRatio: Int
  /// The greatest sum of magnitudes of coefficients of products, and of linear terms, in an element.
  let productSum: Int
  let linearSum: Int

  /// A flow.
  ///
  /// - Parameters:
  ///   - productBound: K for the caller's norm.
  ///   - normRatio: a number such that the norm of errors is at least the greatest magnitude of an element that moves,
  ///     and at most this times that.
  public init(dimension: Int, terms: [Term], productBound: Int? = nil, normRatio: Int = 1) {
    demand(
      terms.allSatisfy { [$0.result, $0.first, $0.second].allSatisfy { (0..<dimension).contains($0) } },
      "QuadraticFlow: terms are of elements that exist")
    var isConstant = [Bool](repeating: true, count: dimension)
    for term in terms { isConstant[term.result] = false }
    demand(
      terms.allSatisfy { !isConstant[$0.first] || !isConstant[$0.second] },
      "QuadraticFlow: an element of each term moves")
    self.dimension = dimension
    self.isConstant = isConstant
    self.normRatio = normRatio
    products = terms.filter { !isConstant[$0.first] && !isConstant[$0.second] }
    linear = terms.compactMap {
      if isConstant[$0.second] { return $0 }
      return isConstant[$0.first] ? Term($0.result, $0.second, $0.first, $0.coefficient) : nil
    }
    productSum = QuadraticFlow.greatestSum(products)
    linearSum = QuadraticFlow.greatestSum(linear)
    self.productBound = productBound ?? max(productSum, 1)
    demand(self.productBound >= 1 && normRatio >= 1, "QuadraticFlow: K and the ratio of the norms are at least 1")
  }

  private static func greatestSum(_ terms: [Term]) -> Int {
    Dictionary(grouping: terms, by: \.result).values.map { $0.reduce(0) { $0 + abs($1.coefficient) } }.max() ?? 0
  }

  /// L for constants that are at most these in magnitude.
  func linearBound(_ magnitudes: [Interval]) -> Interval {
    var sums = [Interval](repeating: Interval(0, precision: 64), count: dimension)
    for term in linear { sums[term.result] += abs(term.coefficient) * magnitudes[term.second] }
    return sums.reduce(Interval(0, precision: 64)) { $0.maximum($1) }
  }

  /// The solution at a time, by the Taylor steps of ``QuadraticSteps``.
  ///
  /// At the end a time that differs from that of the steps by d adds (L r + K' r^2) d, where r bounds the solution up
  /// to the later time and K' is the greatest sum of the products' coefficients.
  ///
  /// - Parameters:
  ///   - start: the start, one enclosure an element.
  ///   - time: an enclosure of the time, not negative.
  ///   - bits: the result is about 2^-bits wide, if the start and the time allow it.
  ///   - bounds: what is known of solutions.
  /// - Throws: ``Unanswered`` when the time is over, or for times that take more than 10^6 steps.
  public func evolved(
    _ start: [Interval], for time: Interval, bits: Int, within budget: Budget, bounds: @escaping AprioriBounds
  ) throws(Unanswered) -> [Interval] {
    guard time.isBounded, let end = time.anchor, end.signum >= 0 else {
      throw Unanswered(undecided: "the time is not known to any precision")
    }
    var steps = try QuadraticSteps(self, from: start, to: Interval(end), bits: bits, bounds: bounds)
    while !steps.isAtEnd { _ = try steps.advance(within: budget) }
    let r = Interval(bounds(start, time.upper).radius).rounded(to: 64)
    let speed = steps.linear * r + productSum * r.squared
    let late = speed * (time - steps.time).absoluteValue.rounded(to: 64)
    let ball = Interval.ball(steps.error + late)
    return steps.point.map { steps.real($0) + ball }
  }

  /// B(u, v): the products with first elements of u and second ones of v, and the linear terms of u with the constants
  /// of v.
  func form(_ u: [Interval], _ v: [Interval]) -> [Interval] {
    var result = [Interval](repeating: Interval(0, precision: 64), count: dimension)
    for term in products + linear {
      result[term.result] += term.coefficient * (u[term.first] * v[term.second])
    }
    return result
  }
}
