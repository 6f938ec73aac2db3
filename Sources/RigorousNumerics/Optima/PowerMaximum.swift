import ArbitraryPrecision

/// The greatest average power max E(x)/x over all x > 0, proved global, and where it is attained.
///
/// E is a function with E(0) = 0, given by enclosures of itself and its first two derivatives over any interval, half
/// lines included, which say of each interval whether E is twice differentiable on all of it. Where it is,
///
/// - on [X, infinity) the power is at most sup E([X, infinity)) / X, which closes the half line once this is below a
///   value that is attained;
/// - on (0, b] it is in E'([0, b]), by the mean value theorem, which removes the singularity at 0;
/// - elsewhere it is stationary only where h(x) = x E'(x) - E(x) vanishes, and h'(x) = x E''(x).
///
/// A maximum over the open half line is a stationary point. Boxes whose power is certainly below an attained value, and
/// boxes without a zero of h, are dropped; the rest is halved until an interval Newton step proves exactly one zero of
/// h in (a little more than) the box. What is left at the end holds every global maximum. A box on which E is not known
/// to be twice differentiable is halved until it is; around a point where it is not, the search does not end and is
/// given up.
public struct PowerMaximum: Sendable {
  /// The function E with its derivatives over an interval, at the interval's precision.
  public typealias Energy = @Sendable (_ x: Interval) -> TaylorJet

  /// The same for a function whose sharp enclosures take time: what a budget does not allow is left wide.
  typealias BudgetedEnergy = @Sendable (_ x: Interval, _ budget: Budget) -> TaylorJet

  private let energy: BudgetedEnergy
  private let brackets: [Bracket]

  /// An interval in which h has exactly one zero, and a tighter enclosure of that zero.
  private struct Bracket {
    let box: Interval
    var zero: Interval
  }

  /// Finds the global maxima.
  ///
  /// - Parameters:
  ///   - energy: E, with E(0) = 0.
  ///   - scale: a typical x, to start the search; it influences only the time taken.
  /// - Throws: ``Unanswered`` when the search does not end within the budget; also when no positive power is
  ///   found.
  public init(of energy: @escaping Energy, scale: Double = 1, within budget: Budget) throws(Unanswered) {
    try self.init(budgeted: { x, _ in energy(x) }, scale: scale, within: budget)
  }

  init(budgeted energy: @escaping BudgetedEnergy, scale: Double, within budget: Budget) throws(Unanswered) {
    guard let found = try PowerMaximum(budgeted: energy, scale: scale, precision: Search.precision, within: budget)
    else { throw PowerMaximum.notIsolated }
    self = found
  }

  static let notIsolated = Unanswered(undecided: "the maximum was not isolated in \(Search.greatestBoxes) boxes, or in the least ones of the precision")

  /// Finds the global maxima with boxes of a precision; nil when these do not isolate them.
  init?(
    budgeted energy: @escaping BudgetedEnergy, scale: Double, precision: Int, within budget: Budget
  ) throws(Unanswered) {
    self.energy = energy
    var search = Search(precision: precision, energy: { energy($0, budget) })
    guard let start = try search.attained(scale: scale, within: budget) else {
      throw Unanswered(undecided: "no time with a certainly positive power was found")
    }
    let end = try search.closeHalfLine(from: start, within: budget)
    guard try search.isolates(on: end, within: budget) else { return nil }
    brackets = try search.survivors(within: budget)
    guard !brackets.isEmpty else {
      throw Unanswered(undecided: "the maximum is not attained in the interior")
    }
  }

  /// Whether the search was left with one candidate.
  public var isUnique: Bool { brackets.count == 1 }

  /// The x that attains the maximum, at a precision.
  ///
  /// - Throws: ``Unanswered`` when two candidates could not be told apart.
  public func argument(precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    // One that the search kept alone needs no power.
    if isUnique { return try time(of: brackets[0], precision, budget) }
    return try peaks(precision, budget).timeOfGreatestPower()
  }

  /// The greatest power, at a precision.
  public func value(precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    try peaks(precision, budget).greatestPower ?? .entire(precision: precision)
  }

  /// What the search kept, at a precision.
  private func peaks(_ precision: Int, _ budget: Budget) throws(Unanswered) -> [PowerPeak] {
    try brackets.map { bracket throws(Unanswered) in
      let time = try time(of: bracket, precision, budget)
      return PowerPeak(time: time, power: power(budget).value(on: time))
    }
  }

  private func time(of bracket: Bracket, _ precision: Int, _ budget: Budget) throws(Unanswered) -> Interval {
    try power(budget).sharpened(bracket.zero, precision: precision, within: budget)
  }

  private func power(_ budget: Budget) -> AveragePower { AveragePower { [energy] in energy($0, budget) } }

  /// Branch and bound.
  private struct Search {
    static let precision = 128
    static let greatestBoxes = 200_000

    let precision: Int
    let energy: Energy
    let power: AveragePower
    var attainedPower: BigFloat
    var found: [Bracket] = []

    init(precision: Int, energy: @escaping Energy) {
      (self.precision, self.energy, power) = (precision, energy, AveragePower(of: energy))
      attainedPower = .zero(precision: precision)
    }

    private mutating func raise(at x: Interval) {
      let e = energy(x)
      let power = e.value / x
      if e.isSmooth, power.lower.isFinite, power.lower > attainedPower { attainedPower = power.lower }
    }

    /// The best of a few sample points around the scale; nil when none has a certainly positive power.
    mutating func attained(scale: Double, within budget: Budget) throws(Unanswered) -> Interval? {
      var best: Interval?
      for step in -80...80 {
        try budget.check()
        // Sample points are guesses: any positive number will do, so doubles are good enough.
        var x = scale
        for _ in 0..<abs(step) { x *= step > 0 ? 1.125 : 1 / 1.125 }
        guard let point = Interval(exactly: x, precision: precision), x > 0 else { continue }
        let before = attainedPower
        raise(at: point)
        if attainedPower > before { best = point }
      }
      return best
    }

    /// A number X such that E is defined beyond X and its power there is certainly below the attained one.
    func closeHalfLine(from start: Interval, within budget: Budget) throws(Unanswered) -> BigFloat {
      var end = start.upper
      for _ in 0..<4096 {
        try budget.check()
        end = end.scaled(byPowerOfTwo: 1, rounding: .up)
        guard let tail = Interval(end, .infinity(precision: precision)) else { break }
        let e = energy(tail)
        if e.isSmooth, (e.value / tail).upper < attainedPower { return end }
      }
      throw Unanswered(undecided: "no bound closes the half line of long times")
    }

    /// Whether every global maximum up to the end was found.
    mutating func isolates(on end: BigFloat, within budget: Budget) throws(Unanswered) -> Bool {
      var boxes = [Interval(.zero(precision: precision), end)].compactMap { $0 }
      var visited = 0
      while let box = boxes.popLast() {
        visited += 1
        try budget.check()
        guard visited <= Search.greatestBoxes, let middle = box.anchor, box.lower < middle, middle < box.upper else {
          return false
        }
        if isDone(box, middle) { continue }
        boxes += [Interval(box.lower, middle), Interval(middle, box.upper)].compactMap { $0 }
      }
      return true
    }

    /// Whether the box can hold no global maximum beyond those that were found.
    private mutating func isDone(_ box: Interval, _ middle: BigFloat) -> Bool {
      let e = energy(box)
      // Every test below is a theorem on differentiable functions, or would pass over points without a value.
      guard e.isSmooth else { return false }
      if box.lower.isZero { return e.first.upper < attainedPower }
      raise(at: Interval(middle))
      if power.value(on: box, e).upper < attainedPower { return true }
      if !AveragePower.stationarity(e, box).containsZero { return true }
      return isolate(box)
    }

    /// Whether every zero of h in the box is accounted for: by a proof that there is exactly one, or none, in the box
    /// widened by a quarter on both sides, so that a zero on the edge of a box is inside its widened neighbour.
    private mutating func isolate(_ box: Interval) -> Bool {
      let margin = Interval(box.width).scaled(byPowerOfTwo: -2)
      let wide = (box - margin).hull(box + margin)
      guard wide.lower.signum > 0 else { return false }
      let e = energy(wide)
      guard e.isSmooth else { return false }
      let step = power.stationaryStep(on: wide, e)
      if step.remaining.isEmpty { return true }
      guard step.provesUniqueZero else { return false }
      // The same zero seen from two boxes: it is the only one in either widened box.
      if found.contains(where: { step.remaining.isSubset(of: $0.box) || $0.zero.isSubset(of: wide) }) { return true }
      checkInvariant(step.remaining.isSubset(of: wide), "PowerMaximum: a zero is inside its box")
      found.append(Bracket(box: wide, zero: step.remaining))
      return true
    }

    /// The brackets that can still hold the greatest power, with all values compared.
    mutating func survivors(within budget: Budget) throws(Unanswered) -> [Bracket] {
      for bracket in found {
        try budget.check()
        if let middle = bracket.zero.anchor { raise(at: Interval(middle)) }
      }
      return found.filter { power.value(on: $0.zero).upper >= attainedPower }
    }
  }
}
