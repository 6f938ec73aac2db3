import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics

/// The state of the quantum Dicke battery as it evolves from |N, 0>, in a sector whose greatest number of photons M
/// follows the state.
///
/// Let phi be the stored vector, zero beyond M photons, and u_m the length of its part with m photons. Evolved for a
/// time d by H cut off at M, it stays away from its evolution by all of H by at most the integral of the weight that H
/// moves across the cut: from M to M + 1 photons, where H has the norm c_M = g N sqrt(M + 1), since |2 J_x| = N. Blocks
/// of equal m are rotations among themselves, so |u_m'| <= c_m u_(m+1) + c_(m-1) u_(m-1), forward and backward in time,
/// and within |t| <= d the u_m stay below w = exp(d C) u, C being the matrix of these rates, none of them negative. So
/// the distance added by the cut is at most
///
///     c_M d w_M,
///
/// and what the state was off before stays as it is, since H is a rotation. M is raised before a step until this is
/// below what is allowed. As C has no negative elements, that of more photons bounds that of fewer, and one w serves
/// all M.
struct DickePath {
  private let coupling: Interval
  private let frequency: Interval
  private let cells: Int
  /// The sector that the state lies in, its flow, and the excitations of each element.
  private(set) var sector: DickeSector
  private(set) var flow: SkewFlow
  private(set) var weights: [Int]
  /// The state; its error is the distance from the true one, the cut-off included.
  private(set) var state: FlowState
  /// The time of the state.
  private(set) var time: Interval

  /// The start, with couplings known to some bits.
  ///
  /// - Throws: a cost guard on the number of states.
  init(cells: Int, coupling: Interval, frequency: Interval, within budget: Budget) throws {
    (self.cells, self.coupling, self.frequency) = (cells, coupling, frequency)
    sector = try DickePath.sector(cells, photons: cells + 16, bits: coupling.precision)
    flow = try sector.flow(coupling: coupling, frequency: frequency, within: budget)
    weights = sector.weights
    state = .unit(sector.start, dimension: sector.dimension)
    time = Interval(0, precision: coupling.precision)
  }

  /// A sensible step for states of some bits: the terms of its series are about as many as its length in units of the
  /// flow's norm, and c_M d, which tells how far the bound on the lengths spreads, is no more than the bits need
  /// anyway.
  private func sensibleStep(_ bits: Int) -> Interval {
    let byNorm = Interval(bits + 16, precision: 64) / Interval(flow.scale, precision: 64)
    let bySpread = Interval(max(bits / 2, 24), precision: 64) / rate(sector.photons)
    return Interval(min(byNorm.lower, bySpread.lower))
  }

  /// Raises M until the cut adds at most 2^-bits to the distance within a time d before and after, and gives a bound of
  /// what it adds.
  mutating func prepare(for d: Interval, bits: Int, within budget: Budget) throws -> Interval {
    let length = d.absoluteValue.rounded(to: 64)
    let w = try greatestLengths(length, bits, within: budget)
    let losses = w.indices.map { rate($0) * length * w[$0] }
    let allowed = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits, rounding: .down)
    guard let needed = losses.indices.first(where: { $0 >= cells && losses[$0].upper <= allowed }) else {
      throw Unanswered(undecided: "the number of photons needed was not found")
    }
    if needed > sector.photons {
      // A little more, so that the next step does not need more again.
      sector = try DickePath.sector(
        cells, photons: min(needed + needed / 8, w.count - 1), bits: coupling.precision)
      flow = try sector.flow(coupling: coupling, frequency: frequency, within: budget)
      weights = sector.weights
      state = state.extended(to: sector.dimension)
    }
    return losses[sector.photons]
  }

  /// Evolves for a time d that was prepared, adding the loss found there.
  mutating func advance(by d: Interval, loss: Interval, bits: Int, within budget: Budget) throws {
    state = try flow.evolved(state, for: d, bits: bits, within: budget).withError(enlargedBy: loss.upper)
    time = time + d
  }

  /// Evolves to a time, in steps as long as sensible.
  mutating func advance(to end: Interval, bits: Int, within budget: Budget) throws {
    for _ in 0..<100_000 {
      try budget.check()
      let left = end - time
      guard left.isBounded else { throw Unanswered(undecided: "the time is not known to any precision") }
      let sensible = sensibleStep(bits)
      let isLast = left.magnitude <= sensible.upper
      let step = isLast ? left : left.lower.signum < 0 ? -sensible : sensible
      let loss = try prepare(for: step, bits: bits, within: budget)
      try advance(by: step, loss: loss, bits: bits, within: budget)
      if isLast { return }
    }
    throw Unanswered(beyond: "this route is limited to 100000 steps in time")
  }

  /// The mean of the excitations at a time, for a path with states of some bits.
  ///
  /// - Parameter precision: the precision of the result.
  static func excitations(
    cells: Int, coupling: Interval, frequency: Interval, at time: Interval, bits: Int, precision: Int,
    within budget: Budget
  ) throws -> Interval {
    var path = try DickePath(cells: cells, coupling: coupling, frequency: frequency, within: budget)
    try path.advance(to: time, bits: bits, within: budget)
    let range = Interval(from: 0, to: Rational(cells), precision: precision)
    return path.state.form(path.weights, precision: precision).intersection(range)
  }

  /// What the distance from the true state, and one more, can change in the mean of the excitations: N d (2 + d).
  func formError(adding loss: Interval) -> Interval {
    let distance = Interval(state.error) + loss
    return Interval((cells * (distance * (2 + distance))).upper)
  }

  /// The limit on the states.
  static let statesLimit = Limit(
    [.of(.cells), .of(.frequency), .of(.coupling), .of(.chargingTime), .digits], "400000 states and 1 GiB a vector",
    because: "the states are N/2 times the photons that the digits need")
  /// The limit on the photons that a step can reach.
  static let photonsLimit = Limit(
    [.of(.cells), .of(.frequency), .of(.coupling), .of(.chargingTime), .digits], "20000 photons more in a step",
    because:
      """
      the effect of the cut-off is bounded by a series of as many terms, and many digits or a strong coupling take \
      more
      """
  )

  private static func sector(_ cells: Int, photons: Int, bits: Int) throws -> DickeSector {
    let sector = DickeSector(cells, photons: photons)
    guard sector.dimension <= 800_000, sector.dimension.multipliedReportingOverflow(by: bits).partialValue <= 1 << 33
    else {
      throw statesLimit.exceeded
    }
    return sector
  }

  /// c_m.
  private func rate(_ m: Int) -> Interval {
    coupling.rounded(to: 64) * (cells * Interval(m + 1, precision: 64).squareRoot)
  }

  /// w_m for all m up to some M beyond which it is far below 2^-bits.
  ///
  /// Taylor's series of exp(dC) u up to degree n reaches n photons beyond the state. Its rest is at most twice the next
  /// term of |u| exp(d |C|) once n >= 2 d |C|, with |C| <= 2 c_M.
  private func greatestLengths(_ d: Interval, _ bits: Int, within budget: Budget) throws -> [Interval] {
    let photons = sector.photons
    // The degree: with z = 2 d c at the last photon, z^n/n! is far below 2^-bits. Both depend on each other.
    var degree = 16
    let scale = 2 * (rate(0) * d).upper.double(rounding: .up)
    while true {
      let z = scale * Double(photons + degree + 1).squareRoot()
      let n = Double(degree)
      guard n < 20_000 else { throw DickePath.photonsLimit.exceeded }
      if n >= 2 * z && n * (log2(n / z) - 1.5) > Double(bits + 32) { break }
      degree += degree / 8
    }
    let last = photons + degree
    let rates = (0...last).map { UpperBound((rate($0) * d).upper) }
    var u = (0...last).map { $0 <= photons ? UpperBound(state.storedNorm(of: sector.elements($0))) : .zero }
    let norm = Interval(rates[last].value).scaled(byPowerOfTwo: 1)
    guard norm.scaled(byPowerOfTwo: 1).upper <= BigFloat(degree, precision: 64, rounding: .down) else {
      throw DickePath.photonsLimit.exceeded
    }
    var rest = u.reduce(Interval(0, precision: 64)) { $0 + Interval($1.value).squared }.squareRoot
    var sum = u
    for n in 1...degree {
      try budget.check()
      let inverse = UpperBound((1 / Interval(n, precision: 64)).upper)
      var before = UpperBound.zero
      for m in 0...min(last, photons + n) {
        var value = m > 0 ? rates[m - 1] * before : .zero
        if m < last { value = value + rates[m] * u[m + 1] }
        before = u[m]
        u[m] = value * inverse
        sum[m] = sum[m] + u[m]
      }
      rest = rest * norm / n
    }
    rest = 2 * (rest * norm / (degree + 1))
    return sum.map { Interval($0.value) + rest }
  }
}
