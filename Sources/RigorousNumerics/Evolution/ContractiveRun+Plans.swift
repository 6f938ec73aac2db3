import ArbitraryPrecision

/// What a step works with: its length, and the functions' coefficients on it.
extension ContractiveRun {
  func plan(within budget: Budget) throws -> Plan {
    let precision = 64 * width + 64
    let constant = Interval(matrices[0].scale, precision: precision)
    guard let drive = flow.drive else {
      guard !flow.terms[0].isEmpty else {
        return Plan(
          length: left.upper, sizes: [[]], radii: [[]], remainders: [], shift: 3, isConstant: true)
      }
      // h R_0 <= 8; equal steps of exact lengths.
      let count = (left * constant / ContractiveRun.greatestTurn).upper.floor ?? 0
      guard let words = Int(exactly: count), words < ContractiveRun.greatestSteps else {
        throw Unanswered(beyond: "more than \(ContractiveRun.greatestSteps) steps")
      }
      var length = left.upper
      if words > 0 {
        let share = left / Interval(words + 1, precision: 64)
        length = min(BigFloat(share.lower, precision: 64, rounding: .down), left.lower)
        // The last step takes what is left.
        guard length.signum > 0 else { throw Unanswered(undecided: "a step has no length") }
      }
      let factor = Interval(length) * constant
      return Plan(
        length: length, sizes: [[UpperBound(factor.magnitude)]], radii: [[.zero]], remainders: [], shift: 3,
        isConstant: true)
    }
    return try drivenPlan(drive, within: budget)
  }

  /// The degree q of the functions' polynomials.
  private var driveOrder: Int { 12 + bits / 3 }

  private func drivenPlan(_ drive: ContractiveFlow.Drive, within budget: Budget) throws -> Plan {
    let q = driveOrder
    var length = left.upper
    if let lastStep { length = min(length, lastStep.scaled(byPowerOfTwo: 1, rounding: .nearest)) }
    let start = Interval(time)
    let least = Interval(whole.upper).scaled(byPowerOfTwo: -60).lower
    while true {
      try budget.check()
      let interval = start.hull(start + Interval(length))
      if let known = try trial(drive, interval, Interval(length), q) {
        return try filled(drive, Interval(length), q, remainders: known)
      }
      length = BigFloat(length.scaled(byPowerOfTwo: -1, rounding: .down), precision: 64, rounding: .down)
      guard length > least else {
        let place = time.double(rounding: .nearest)
        throw Unanswered(undecided: "the drive is not seen to be analytic near t = \(place)")
      }
    }
  }

  /// The h R_j r_j where a step of this length will do.
  private func trial(
    _ drive: ContractiveFlow.Drive, _ interval: Interval, _ length: Interval, _ q: Int
  ) throws -> [UpperBound]? {
    // A first look at the sizes is cheap.
    let scales = matrices.map { Interval($0.scale, precision: 64) }
    let hasConstant = !flow.terms[0].isEmpty
    let zero = Interval(0, precision: 64)
    func isSmall(_ series: [TaylorSeries], _ orders: Int) -> Bool {
      guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return false }
      var turn = hasConstant ? length * scales[0] : zero
      for (j, own) in series.enumerated() {
        var power = length * scales[j + 1]
        for i in 0...orders {
          turn += own.coefficients[i].absoluteValue.rounded(to: 64) * power / (i + 1)
          power = power * length
        }
      }
      return turn.isBounded && turn.upper <= Interval(ContractiveRun.greatestTurn, precision: 64).lower
    }
    guard isSmall(try drive.series(interval, order: 1, precision: 64), 0) else { return nil }
    let series = try drive.series(interval, order: q + 1, precision: 64)
    guard isSmall(series, q) else { return nil }
    let share = (length / whole.rounded(to: 64)).scaled(byPowerOfTwo: -bits - 2)
    var remainders: [UpperBound] = []
    var sum = zero
    for (j, own) in series.enumerated() {
      let missed = own.coefficients[q + 1].absoluteValue.rounded(to: 64) * length.power(q + 1) * length * scales[j + 1]
      guard missed.isBounded else { return nil }
      remainders.append(UpperBound(missed.upper))
      sum += missed
    }
    // |X(s)|_2 is at most e^8 |X_0|_2, and mostly near that of X_0.
    return (flow.spread * sum * Interval(size)).upper <= share.upper ? remainders : nil
  }

  private func filled(
    _ drive: ContractiveFlow.Drive, _ length: Interval, _ q: Int, remainders: [UpperBound]
  ) throws -> Plan {
    let precision = 64 * width + 64
    let series = try drive.series(Interval(time), order: q, precision: precision)
    var factors: [[Interval]] = [[length * Interval(matrices[0].scale, precision: precision)]]
    for (j, own) in series.enumerated() {
      var power = length * Interval(matrices[j + 1].scale, precision: precision)
      factors.append(
        own.coefficients.map { coefficient in
          defer { power = power * length }
          return coefficient * power
        })
    }
    let all = factors.joined().reduce(Interval(0, precision: 64)) { $0 + $1.absoluteValue.rounded(to: 64) }
    guard all.isBounded else { throw Unanswered(undecided: "the drive is not known at a time") }
    // All fractions together stay below a half.
    let shift = max((all.upper.binaryExponent ?? 0) + 1, 0)
    var plan = Plan(
      length: length.upper, sizes: factors.map { $0.map { UpperBound($0.magnitude) } }, radii: [],
      remainders: remainders, shift: shift, isConstant: false)
    for own in factors {
      var (fractions, radii): ([[UInt]], [UpperBound]) = ([], [])
      for factor in own {
        let exact = factor.scaled(byPowerOfTwo: 64 * width - shift)
        let nearest = exact.anchor?.floor ?? 0
        fractions.append(nearest.limbs(width))
        let miss = (exact - Interval(nearest, precision: precision + 64)).magnitude
        radii.append(UpperBound(miss.scaled(byPowerOfTwo: shift - 64 * width, rounding: .up)))
      }
      plan.fractions.append(fractions)
      plan.radii.append(radii)
    }
    return plan
  }
}
