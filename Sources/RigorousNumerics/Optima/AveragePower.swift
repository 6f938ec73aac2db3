import ArbitraryPrecision

/// The average power E(t)/t, t > 0, of a function that is given by enclosures with two derivatives, and where it is
/// stationary.
///
///     (E/t)' = h/t^2,   h(t) = t E'(t) - E(t),   h'(t) = t E''(t)
public struct AveragePower {
  let energy: (Interval) -> TaylorJet

  /// The power of a function.
  public init(of energy: @escaping (Interval) -> TaylorJet) { self.energy = energy }

  /// The power on an interval of positive times: directly and, where E is differentiable on all of it, by the mean
  /// value theorem.
  public func value(on t: Interval) -> Interval { value(on: t, energy(t)) }

  /// The same with the enclosures of E on the interval.
  func value(on t: Interval, _ e: TaylorJet) -> Interval {
    let direct = e.value / t
    guard e.isSmooth, t.isBounded, let middle = t.anchor else { return direct }
    let m = Interval(middle)
    let slope = AveragePower.stationarity(e, t) / t.squared
    return direct.intersection(energy(m).value / m + slope * (t - m))
  }

  /// h.
  static func stationarity(_ e: TaylorJet, _ t: Interval) -> Interval { t * e.first - e.value }

  /// A Newton step for a zero of h in a bounded interval on which E is twice differentiable.
  public func stationaryStep(on t: Interval) -> NewtonStep { stationaryStep(on: t, energy(t)) }

  /// The same with the enclosures of E on the interval.
  func stationaryStep(on t: Interval, _ e: TaylorJet) -> NewtonStep {
    NewtonStep(on: t, slope: t * e.second) { AveragePower.stationarity(energy($0), $0) }
  }

  /// Newton steps at a precision until they no longer halve the width.
  ///
  /// - Parameter t: an interval that is known to hold a zero of h, so that what remains is never empty.
  public func sharpened(_ t: Interval, precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    var t = t.rounded(to: precision)
    while true {
      try budget.check()
      let next = stationaryStep(on: t).remaining.rounded(to: precision)
      demand(!next.isEmpty, "AveragePower: the interval holds a zero of h")
      guard next.width.scaled(byPowerOfTwo: 1, rounding: .up) < t.width else { return next }
      t = next
    }
  }
}

/// A time at which an average power may be greatest, and the power there.
public struct PowerPeak: Sendable {
  /// An enclosure of the time.
  public let time: Interval
  /// An enclosure of the power at that time.
  public let power: Interval

  /// A time and its power.
  public init(time: Interval, power: Interval) { (self.time, self.power) = (time, power) }
}

extension Collection<PowerPeak> {
  /// The greatest of the powers; nil for none.
  public var greatestPower: Interval? {
    // One of the powers: at least the greatest lower end, at most the greatest upper end.
    first.map { dropFirst().reduce($0.power) { $0.maximum($1.power) } }
  }

  /// The time of the greatest power.
  ///
  /// - Throws: ``Unanswered`` when it is not known which of the powers is the greatest.
  public func timeOfGreatestPower() throws(Unanswered) -> Interval {
    let best = filter { peak in allSatisfy { $0.power.lower <= peak.power.upper } }
    guard let only = best.first, best.count == 1 else {
      throw Unanswered(undecided: "\(best.count) times compete for the maximum and could not be told apart")
    }
    return only.time
  }
}
