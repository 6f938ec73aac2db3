import ArbitraryPrecision
import Foundation
import RigorousNumerics

/// The charge of fermion modes from the vacuum by random k-body couplings, to the first maximum tau of the stored
/// energy, and the work in its second half: rho(t1) = e^(-i H1 tau/2) |0><0| e^(i H1 tau/2), U = e^(-i H1 tau/2), H0 =
/// sum n_i, so work is in the unit eps of a mode (`docs/fermions.md`).
///
/// Times of the flow are s = t/sqrt 2, in which the couplings are dyadic.
struct FermionCharge: Sendable {
  let couplings: FermionCouplings
  private let states: [Int]
  private let numbers: [Int]
  private let maximum: FirstMaximum
  /// R s at the end of the bracket: how many radians the fastest rotation makes at most. It sets widths alone.
  private let radians: Double

  /// Isolates the first maximum.
  ///
  /// - Throws: `Unanswered` when it is not isolated, or the time is over.
  init(_ couplings: FermionCouplings, within budget: Budget) throws {
    self.couplings = couplings
    states = couplings.states
    numbers = states.map(\.nonzeroBitCount)
    var found: FirstMaximum?
    // A series that is too short is too wide at late times.
    for degree in [40, 80, 160, 320] where found == nil {
      let series = try FermionCharge.series(couplings, states, numbers, degree: degree, bits: 192, within: budget)
      do {
        found = try FirstMaximum(
          of: { series.jet($0) }, thirdDerivativeBound: series.bound(ofDerivative: 3), within: budget)
      } catch { if degree == 320 { throw error } }
    }
    guard let found else { throw Unanswered(undecided: "the first maximum of the energy was not isolated") }
    maximum = found
    let scale = Interval(couplings.flow(of: states, precision: 64).scale, precision: 64)
    radians = (scale * Interval(found.bracket.upper)).upper.double(rounding: .up)
  }

  /// The Taylor series of the stored energy around the start.
  private static func series(
    _ couplings: FermionCouplings, _ states: [Int], _ numbers: [Int], degree: Int, bits: Int, within budget: Budget
  ) throws -> FormSeries {
    try FormSeries(
      couplings.flow(of: states, precision: bits + 64), at: Interval(0, precision: bits),
      through: .unit(0, dimension: 2 * states.count), weights: numbers + numbers, degree: degree, bits: bits,
      precision: bits, integerBits: degree + 2, within: budget)
  }

  // MARK: - The time

  /// tau/sqrt 2 to about some bits.
  func flowTime(bits: Int, within budget: Budget) throws -> Interval {
    let (degree, growth) = demand(bits: bits)
    let series = try FermionCharge.series(
      couplings, states, numbers, degree: degree, bits: bits + growth, within: budget)
    return try maximum.time(of: { series.jet($0) }, precision: bits + growth, within: budget)
  }

  /// tau to about some bits, in the unit 1/|J| of the couplings: H1 as above, hbar = 1.
  func time(bits: Int, within budget: Budget) throws -> Interval {
    let s = try flowTime(bits: bits + 8, within: budget)
    return s * Interval(2, precision: s.precision).squareRoot
  }

  /// A degree whose rest is below 2^-bits at the end of the bracket, and the bits that roundings grow by; both decide
  /// widths alone.
  ///
  /// With z = R s the rest is below z^(q+1)/(q+1)! N, and an error of the vectors grows like e^z in the sum of the
  /// series.
  private func demand(bits: Int) -> (degree: Int, growth: Int) {
    let z = radians
    var (degree, logarithm) = (8, 0.0)
    let goal = Double(bits + 16) * log(2)
    repeat {
      degree += 8
      logarithm = Double(degree) * log(z) - lgamma(Double(degree) + 1)
    } while logarithm > -goal || Double(degree) < 1.5 * z
    return (degree, Int(3 * z) + 32)
  }

  // MARK: - The work

  /// The weights r_abk to about some bits.
  ///
  /// psi = e^(-i H1 tau/2) |0> is cut into its particle numbers a, and phi_a = U P_a psi evolved from each: r_abk = Re
  /// <phi_b|P_k|phi_a>. Each of the evolved vectors carries a bound of its distance from the truth, in which the time,
  /// the roundings of the couplings and the error of psi are counted.
  func transitions(bits: Int, within budget: Budget) throws -> WorkTransitions {
    let n = states.count
    let half = try flowTime(bits: bits + 32, within: budget).scaled(byPowerOfTwo: -1)
    let flow = couplings.flow(of: states, precision: bits + 96)
    let psi = try flow.evolved(.unit(0, dimension: 2 * n), for: half, bits: bits + 32, within: budget)
    let zero = Interval(0, precision: bits + 32)
    let vectors = try couplings.levels.map { level in
      let part = (0..<2 * n).map { numbers[$0 % n] == level ? psi.element($0) : zero }
      let evolved = try flow.evolved(
        FlowState(part, fractionBits: bits + 48), for: half, bits: bits + 24, within: budget)
      return (0..<2 * n).map { evolved.element($0).rounded(to: bits + 32) }
    }
    let places = couplings.levels.map { level in (0..<2 * n).filter { numbers[$0 % n] == level } }
    return try WorkTransitions(levels: couplings.levels.map { Rational($0) }, precision: bits + 32) { a, b, k in
      try budget.check()
      return places[k].reduce(zero) { $0 + vectors[a][$1] * vectors[b][$1] }
    }
  }
}
