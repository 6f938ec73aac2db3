import ArbitraryPrecision
import RigorousNumerics

/// The least energy to which a unitary brings a Gaussian state of modes, above the ground level of a positive quadratic
/// Hamiltonian: the sum over j of p_j e_j with the populations p_0 >= p_1 >= ... and the levels e_0 <= e_1 <= ...
///
/// With the symplectic eigenvalues v_k of the state the populations are p(n) = P q(n), q(n) = the product of the
/// x_k^(n_k), x_k = (v_k - 1)/(v_k + 1), P = the product of the 1 - x_k, and the levels are w.m. Neither is sorted
/// here: the j-th greatest of numbers lies between the j-th greatest of their lower and of their upper bounds, since
/// each order statistic grows with each number.
///
/// - A set S of M populations holds all of q >= d, by bounds of the x_k from above. So what is outside is at most P d,
///   and the M greatest populations are enclosed by sorted bounds of those in S. A set of at least M levels that holds
///   all up to an energy does the same for the M lowest levels.
/// - A population has at most #{m : p(m) >= p(n)} <= the sum over m of (p(m)/p(n))^s = q(n)^-s C, C = the product of
///   the 1/(1 - x_k^s), before it, for any s > 0; and e_j <= j w with the least frequency w, of whose levels alone
///   there are j + 1 up to there. What is beyond the M greatest populations adds at most w C times the sum of their
///   q^(1-s), which is no more than that over all outside of S, a set of M, and with 2s < 1 at most w C^2 d^(1-2s).
///
/// One mode with the only frequency keeps its order: w (v - 1)/2.
package struct PassiveModes {
  private let values: [Interval]
  private let frequencies: [Interval]
  private let precision: Int
  private let budget: Budget

  /// The most populations of a sum.
  package static let greatestCount = 1 << 17

  /// - Parameters:
  ///   - values: the symplectic eigenvalues, at least 1; exactly 1 of modes that are pure.
  ///   - frequencies: positive ones, of as many modes.
  package init(_ values: [Interval], frequencies: [Interval], precision: Int, within budget: Budget) {
    demand(values.count == frequencies.count, "PassiveModes: a frequency for each mode")
    self.values = values.filter { !($0.isPoint && $0.contains(1)) }
    (self.frequencies, self.precision, self.budget) = (frequencies, precision, budget)
  }

  /// The energy; nil where the numbers are not known well enough.
  ///
  /// - Throws: ``Unanswered`` where too many populations count.
  package func energy() throws(Unanswered) -> Interval? {
    guard !values.isEmpty else { return Interval(0, precision: precision) }
    guard (values + frequencies).allSatisfy({ $0.isBounded && !$0.isEmpty && $0.lower.signum > 0 }) else { return nil }
    if frequencies.count == 1 { return (frequencies[0] * (values[0] - 1)).scaled(byPowerOfTwo: -1) }
    let ratios = values.map { (($0 - 1) / ($0 + 1)).nonNegative }
    // Decrements in doubles that are at most those of the bounds of the x_k from above.
    let decrements = ratios.map { (-Interval($0.upper).rounded(to: 64).logarithm).lower.double(rounding: .down) }
    guard decrements.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let (s, reach) = Self.reach(decrements, bits: max(precision - 64, 32))
    let populations = try lattice(decrements, upTo: reach)
    // Sums of doubles are off by far less than 2^-40 of themselves.
    guard let depth = Interval(exactly: reach, precision: 64) else { return nil }
    let least = (-(depth * Self.below)).exponential
    let levels = try lowest(populations.count)
    let powers = ratios.enumerated().map { place, x in
      Self.powers(of: x, upTo: populations.map { $0[place] }.max() ?? 0)
    }
    let first = ratios.reduce(Interval(1, precision: precision)) { $0 * (1 - $1) }
    let weights = populations.map { n in
      zip(n, powers).reduce(first) { product, own in own.0 == 0 ? product : product * own.1[own.0] }
    }
    let outside = (first * least).upper
    let energies = levels.points.map { m in
      zip(m, frequencies).reduce(Interval(0, precision: precision)) { sum, own in
        own.0 == 0 ? sum : sum + own.0 * own.1
      }
    }
    let (low, high) = (weights.map(\.lower).sorted(by: >), weights.map(\.upper).sorted(by: >))
    let (below, above) = (energies.map(\.lower).sorted(), energies.map(\.upper).sorted())
    var sum = Interval(0, precision: precision)
    for j in populations.indices {
      if j % 1024 == 0 { try budget.check() }
      guard let weight = Interval(low[j], max(high[j], outside)),
        let energy = Interval(min(below[j], levels.complete), above[j])
      else { return nil }
      sum += weight * energy
    }
    guard let tail = tail(ratios, s: s, least: least) else { return nil }
    return sum + Interval(from: 0, to: 1, precision: 64) * tail
  }

  /// 1 - 2^-40.
  private static let below = Interval(Rational(1) - Rational(1, Integer.powerOfTwo(40)), precision: 64)

  /// An s, and -log d: so far that the rest is small beside the first population that is not the greatest.
  private static func reach(_ decrements: [Double], bits: Int) -> (s: Rational, reach: Double) {
    let goal = Double(bits) * 0.6931471805599453 + (decrements.min() ?? 0)
    var exponent = 2
    // C^2 d^-2s is least near s = modes/goal.
    while exponent < 40, Double(decrements.count) / goal < 1 / Double(1 << exponent) { exponent += 1 }
    let s = 1 / Double(1 << exponent)
    let size = decrements.reduce(0.0) { $0 - 2 * ownLog(1 - ownExp(-s * $1)) }
    return (Rational(1, Integer.powerOfTwo(exponent)), (goal + size) / (1 - 2 * s))
  }

  /// Doubles that choose how far a sum goes, and prove nothing.
  private static func ownLog(_ value: Double) -> Double {
    Interval(exactly: max(value, .leastNormalMagnitude), precision: 53)?.logarithm.upper.double(rounding: .nearest) ?? 0
  }

  private static func ownExp(_ value: Double) -> Double {
    Interval(exactly: value, precision: 53)?.exponential.upper.double(rounding: .nearest) ?? 0
  }

  private static func powers(of x: Interval, upTo count: Int) -> [Interval] {
    var result = [Interval(1, precision: x.precision)]
    for _ in 0..<count { result.append(result[result.count - 1] * x) }
    return result
  }

  /// w C^2 d^(1-2s).
  private func tail(_ ratios: [Interval], s: Rational, least: Interval) -> Interval? {
    guard let lowest = frequencies.map(\.upper).min() else { return nil }
    var bound = Interval(lowest).rounded(to: 64) * Interval(least.upper).power(1 - 2 * s)
    for ratio in ratios {
      let rest = 1 - Interval(ratio.upper).rounded(to: 64).power(s)
      guard rest.lower.signum > 0 else { return nil }
      bound = bound / rest.squared
    }
    return bound.isBounded ? bound : nil
  }

  // MARK: - Numbers of quanta

  /// All lists of numbers n with n.c up to a bound, by sums of doubles.
  private func lattice(_ costs: [Double], upTo bound: Double) throws(Unanswered) -> [[Int]] {
    let count = try Self.count(costs, upTo: bound, within: budget)
    guard count <= Self.greatestCount else { throw tooMany(count) }
    var result: [(numbers: [Int], sum: Double)] = [([], 0)]
    for cost in costs {
      var next: [(numbers: [Int], sum: Double)] = []
      for (numbers, sum) in result {
        var (n, own) = (0, sum)
        while own <= bound {
          next.append((numbers + [n], own))
          n += 1
          own = sum + Double(n) * cost
        }
      }
      result = next
    }
    return result.map(\.numbers)
  }

  /// How many lists there are, counted to a little beyond what is served.
  private static func count(
    _ costs: [Double], upTo bound: Double, within budget: Budget
  ) throws(Unanswered) -> Int {
    guard let last = costs.last else { return 1 }
    var count = 0
    func add(_ place: Int, _ sum: Double) {
      guard count <= 16 * greatestCount else { return }
      if place == costs.count - 1 {
        count += Int(min(max((bound - sum) / last, 0), Double(1 << 40))) + 1
        return
      }
      var (n, own) = (0, sum)
      while own <= bound, count <= 16 * greatestCount {
        add(place + 1, own)
        n += 1
        own = sum + Double(n) * costs[place]
      }
    }
    try budget.check()
    add(0, 0)
    return count
  }

  private func tooMany(_ count: Int) -> Unanswered {
    Unanswered(
      undecided: "the least energy of \(frequencies.count) modes together takes \(count) populations or more (cap "
        + "\(Self.greatestCount))")
  }

  /// At least so many of the lowest levels, by their numbers, and an energy that no other level is below.
  private func lowest(_ wanted: Int) throws(Unanswered) -> (points: [[Int]], complete: BigFloat) {
    let costs = frequencies.map { $0.lower.double(rounding: .down) }
    guard costs.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw tooMany(wanted) }
    // The wanted ones are a little below the bound, so that the bound does not touch them.
    func isEnough(_ bound: Double) throws(Unanswered) -> Bool {
      try Self.count(costs, upTo: bound * (1 - 0x1p-20), within: budget) > wanted + 1
    }
    var bound = costs.min() ?? 1
    while try !isEnough(bound) { bound *= 2 }
    var step = bound / 4
    for _ in 0..<10 {
      if try isEnough(bound - step) { bound -= step }
      step /= 2
    }
    var points = try lattice(costs, upTo: bound)
    while points.count < wanted {
      bound *= 1 + 0x1p-10
      points = try lattice(costs, upTo: bound)
    }
    let complete = Interval(exactly: bound, precision: 64).map { ($0 * Self.below).lower } ?? .zero(precision: 64)
    return (points, complete)
  }
}
