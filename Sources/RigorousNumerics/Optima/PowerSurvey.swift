import ArbitraryPrecision

/// Where the greatest average power max E(t)/t over t > 0 can be attained, for an E that is known to some accuracy by
/// pieces.
///
/// On each piece E is within an error of a function with two derivatives. A time t is left out when E(t)/t is certainly
/// below a power that is attained: so what remains holds every global maximum of E(t)/t in the pieces. E need not be
/// differentiable, and nothing is said of the number of maxima.
public struct PowerSurvey: Sendable {
  /// E on a part of the time axis.
  public struct Piece: Sendable {
    let domain: Interval
    let error: Interval
    let jet: @Sendable (Interval) -> TaylorJet

    /// A piece.
    ///
    /// - Parameters:
    ///   - domain: a bounded interval of times t > 0.
    ///   - error: a bound of the distance of E from the function.
    ///   - jet: the function.
    public init(on domain: Interval, error: Interval, jet: @escaping @Sendable (Interval) -> TaylorJet) {
      (self.domain, self.error, self.jet) = (domain, error, jet)
    }

    /// At least the power at a time inside.
    func lowerBound(at t: Interval) -> BigFloat { ((jet(t).value - error) / t).lower }

    /// At most the power anywhere in an interval.
    func upperBound(on t: Interval) -> BigFloat {
      (AveragePower(of: jet).value(on: t) + error.absoluteValue / t).upper
    }
  }

  private var pieces: [Piece] = []
  /// A power that is attained, or zero.
  public private(set) var attained = BigFloat.zero(precision: 64)

  /// No pieces.
  public init() {}

  /// Adds a piece, and looks for a power that is attained.
  public mutating func add(_ piece: Piece) {
    pieces.append(piece)
    for k in 0...4 {
      let t =
        piece.domain.lower.double(rounding: .nearest) * Double(4 - k) / 4 + piece.domain.upper.double(
          rounding: .nearest)
        * Double(k) / 4
      if let point = Interval(exactly: t, precision: 128), point.isSubset(of: piece.domain) {
        attained = max(attained, BigFloat(piece.lowerBound(at: point), precision: 64, rounding: .down))
      }
    }
  }

  /// Intervals that hold every global maximum in the pieces, apart from each other, in rising order.
  ///
  /// - Parameter resolution: intervals of at most this part of a piece are not divided further.
  /// - Throws: ``Unanswered`` when the time is over.
  public mutating func candidates(
    resolution: Double = 0x1p-10, within budget: Budget
  ) throws(Unanswered) -> [Interval] {
    var left: [(box: Interval, above: BigFloat)] = []
    // The best pieces first: what they attain drops the others sooner.
    let order = pieces.map { ($0, $0.upperBound(on: $0.domain)) }.sorted { $0.1 > $1.1 }
    for (piece, above) in order where above >= attained {
      let least = (piece.domain.width).double(rounding: .up) * resolution
      var boxes = [piece.domain]
      while let box = boxes.popLast() {
        try budget.check()
        guard let middle = box.anchor else { continue }
        attained = max(
          attained, BigFloat(piece.lowerBound(at: Interval(middle)), precision: 64, rounding: .down))
        let above = piece.upperBound(on: box)
        if above < attained { continue }
        if box.width.double(rounding: .up) <= least || !(box.lower < middle && middle < box.upper) {
          left.append((box, above))
        } else {
          boxes += [Interval(box.lower, middle), Interval(middle, box.upper)].compactMap { $0 }
        }
      }
    }
    // Some were kept before the best power was known.
    return PowerSurvey.merged(left.filter { $0.above >= attained }.map(\.box))
  }

  /// The union as intervals apart from each other.
  private static func merged(_ intervals: [Interval]) -> [Interval] {
    var result: [Interval] = []
    for next in intervals.sorted(by: { $0.lower < $1.lower }) {
      if let last = result.last, next.lower <= last.upper {
        result[result.count - 1] = last.hull(next)
      } else {
        result.append(next)
      }
    }
    return result
  }
}
