import ArbitraryPrecision

/// Times and weights for the integral of g over a span, with a bound of what the sum of w_k g(t_k) misses, from bounds
/// of the Taylor coefficients of g.
///
/// The span is cut into pieces of which each has a ``GaussRule``. g may have values in a normed space whose norm is
/// greatest over real functionals of norm 1: the error's formula holds for each of these.
public struct GaussQuadrature {
  /// A node.
  public struct Stop {
    /// The time.
    public let time: Interval
    /// The weight, positive.
    public let weight: Interval
    /// At least |g'| on the piece around it.
    public let slope: Interval
  }

  /// The nodes, in the order of time.
  public private(set) var stops: [Stop] = []
  /// At least the norm of what the sum misses.
  public private(set) var error = Interval(0, precision: 64)

  /// The most pieces, and the least part of the span.
  private static let greatestPieces = 4096
  private static let leastExponent = -40

  /// A rule for the span from 0 to a time.
  ///
  /// - Parameters:
  ///   - bits: the sum misses less than 2^-bits.
  ///   - bounds: for a piece [a, a + h], h and m at least |g^(n)| h^n/n! on all of it, n = 0 ... m; nil where there are
  ///     none, and the piece is halved.
  /// - Throws: ``Unanswered`` where pieces get too short or too many.
  public init(
    until end: BigFloat, bits: Int, within budget: Budget,
    bounds: (_ piece: Interval, _ length: Interval, _ order: Int) throws -> [Interval]?
  ) throws {
    guard end.signum > 0 else { return }
    let precision = bits + 64
    // Exact sums of pieces, which are the span over powers of two.
    let wide = end.precision + 128
    let greatest = 16 + bits / 3
    var rules: [Int: GaussRule] = [:]
    var (begin, exponent, pieces) = (BigFloat.zero(precision: wide), 0, 0)
    while begin < end {
      try budget.check()
      let length = end.scaled(byPowerOfTwo: exponent, rounding: .nearest)
      let next = BigFloat.sum(begin, length, precision: wide, rounding: .nearest)
      let fits = next <= end
      let goal = Interval(1, precision: 64).scaled(byPowerOfTwo: exponent - bits)
      let span = Interval(length)
      let found = fits ? try bounds(Interval(begin).hull(Interval(next)), span.rounded(to: 64), 2 * greatest) : nil
      let count = found.flatMap { known in
        (1...greatest).first {
          GaussRule.error(count: $0, length: span.rounded(to: 64), bound: known[2 * $0]).upper <= goal.lower
        }
      }
      guard let known = found, let count else {
        exponent -= 1
        guard exponent > Self.leastExponent else {
          throw Unanswered(undecided: "no rule for the integral over time is proved to be near enough")
        }
        continue
      }
      pieces += 1
      guard pieces <= Self.greatestPieces else {
        throw Unanswered(beyond: "more than \(Self.greatestPieces) pieces of an integral over time")
      }
      let rule = try rules[count] ?? GaussRule(count: count, precision: precision)
      rules[count] = rule
      let half = Interval(length).rounded(to: precision + wide).scaled(byPowerOfTwo: -1)
      let slope = known[1] / span.rounded(to: 64)
      for (node, weight) in zip(rule.nodes, rule.weights) {
        stops.append(
          Stop(
            time: (Interval(begin) + half * (node + 1)).rounded(to: precision + 64),
            weight: (half * weight).rounded(to: precision), slope: slope))
      }
      error += GaussRule.error(count: count, length: span.rounded(to: 64), bound: known[2 * count])
      begin = next
      exponent = min(exponent + 1, 0)
    }
  }
}
