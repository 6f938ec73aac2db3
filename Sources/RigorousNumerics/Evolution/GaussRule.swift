import ArbitraryPrecision

/// The rule of Gauss and Legendre on [-1, 1]: the sum of w_k g(x_k) is the integral of g for all polynomials of degree
/// below 2n.
///
/// The nodes are the zeros of Legendre's polynomial P_n: n disjoint intervals between whose ends P_n changes sign hold
/// one each, and there are no others. The weights are w_k = 2/((1 - x_k^2) P_n'(x_k)^2), all positive. For g with 2n
/// derivatives the rule is off by
///
///     2^(2n+1) (n!)^4/((2n + 1) ((2n)!)^3) g^(2n)(y)        at some y                                         (1)
///
/// (Abramowitz and Stegun 25.4.30, 25.4.29).
struct GaussRule {
  /// Enclosures, from left to right.
  let nodes: [Interval]
  let weights: [Interval]

  /// The rule of n nodes.
  ///
  /// - Parameter precision: bits to which nodes and weights are known, about.
  init(count n: Int, precision: Int) throws(Unanswered) {
    demand(n >= 1, "GaussRule: a node or more")
    // Legendre's recurrence in intervals loses less than two bits a step.
    let working = precision + 4 * n + 64
    let radius = Interval(1, precision: 64).scaled(byPowerOfTwo: -precision - 2 * n - 32)
    let one = Interval(1, precision: working)
    var (nodes, weights) = ([Interval](), [Interval]())
    for k in stride(from: n, through: 1, by: -1) {
      let (numerator, denominator): (Int, Int) = (4 * k - 1, 4 * n + 2)
      let angle = numerator * Interval.pi(precision: 64) / denominator
      var x = Interval(angle.cosine.anchor ?? .zero(precision: 64)).rounded(to: working)
      // Newton's steps double the bits of a seed that has more than ten.
      for _ in 0..<working.bitWidthOfMagnitude {
        let (value, slope) = Self.legendre(n, at: x)
        guard let next = (x - value / slope).anchor, next.isFinite else { break }
        x = Interval(next)
      }
      let (left, right) = (x - radius, x + radius)
      let signs = (Self.legendre(n, at: left).value.certainSign, Self.legendre(n, at: right).value.certainSign)
      guard let a = signs.0, let b = signs.1, a * b < 0 else {
        throw Unanswered(undecided: "a zero of Legendre's polynomial of degree \(n) is not enclosed")
      }
      let node = left.hull(right)
      let slope = Self.legendre(n, at: node).slope
      nodes.append(node)
      let product: Interval = (one - node.squared) * slope.squared
      weights.append(2 / product)
    }
    let areApart = zip(nodes, nodes.dropFirst()).allSatisfy { $0.upper < $1.lower }
    guard areApart, weights.allSatisfy(\.isBounded) else {
      throw Unanswered(undecided: "the zeros of Legendre's polynomial of degree \(n) are not told apart")
    }
    (self.nodes, self.weights) = (nodes, weights)
  }

  /// P_n and P_n' at the points of an interval inside of (-1, 1): (k + 1) P_(k+1) = (2k + 1) x P_k - k P_(k-1), and
  /// (x^2 - 1) P_n' = n (x P_n - P_(n-1)).
  private static func legendre(_ n: Int, at x: Interval) -> (value: Interval, slope: Interval) {
    var (before, value) = (Interval(1, precision: x.precision), x)
    for k in 1..<n {
      let first: Interval = (2 * k + 1) * (x * value)
      let second: Interval = k * before
      (before, value) = (value, (first - second) / (k + 1))
    }
    let slope: Interval = n * (x * value - before)
    return (value, slope / (x.squared - 1))
  }

  /// At least the error of the rule on an interval of the length h, for g with |g^(2n)| h^(2n)/(2n)! at most `bound`
  /// there: (1) of h, which is h/((2n + 1) C(2n, n)^2) times that.
  static func error(count n: Int, length: Interval, bound: Interval) -> Interval {
    var binomial = Interval(1, precision: 64)
    for k in 0..<n { binomial = (2 * n - k) * binomial / (k + 1) }
    let divisor: Interval = (2 * n + 1) * binomial.squared
    return length * bound / divisor
  }
}
