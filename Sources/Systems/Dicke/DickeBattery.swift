import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The quantum Dicke battery, Eq. (21) of Phys. Rev. B 99, 205437: one mode with N photons at the start, N spins of one
/// half, all down.
///
///     H = w0 a'a + w0 (J_z + N/2) + 2 g (a' + a) J_x
///
/// The state is that of ``DickePath``, within a proved distance of the true one; with this distance d the mean of the
/// excitations changes by at most N d (2 + d).
struct DickeBattery {
  let cells: Int
  private let arguments: Arguments
  private let precision: Int

  init(_ arguments: Arguments, _ precision: Int, cells: Int? = nil) throws {
    guard let n = cells ?? Int(exactly: arguments[.cells]), n <= 1000 else {
      throw DickeBattery.cellsLimit.exceeded
    }
    self.cells = n
    self.arguments = arguments
    self.precision = precision
  }

  /// The limit of the sector of states.
  static let cellsLimit = Limit.integer(.cells, atMost: 1000, because: "the states are about N times the photons")
  /// The limit on times.
  static let timeLimit = Limit(
    [.of(.cells), .of(.coupling), .of(.chargingTime)], "g N tau <= 1000000",
    because: "the steps in time are about as many"
  ) {
    let drive = $0.enclosure(.coupling, 64) * $0.enclosure(.cells, 64) * $0.enclosure(.chargingTime, 64)
    return drive.lower > Interval(1_000_000, precision: 64).lower ? .certainlyFalse : .undecided
  }
  /// The limits of the stored energy.
  static let limits = [cellsLimit, timeLimit, DickePath.statesLimit, DickePath.photonsLimit]
  /// Those of the greatest power.
  static let powerLimits = [cellsLimit, DickePath.statesLimit, DickePath.photonsLimit]

  /// A path with couplings for states of some bits.
  func path(bits: Int, within budget: Budget) throws -> DickePath {
    try DickePath(
      cells: cells, coupling: arguments.enclosure(.coupling, bits + 64),
      frequency: arguments.enclosure(.frequency, bits + 64),
      within: budget)
  }

  /// w0 <k> after the time tau.
  func storedEnergy(within budget: Budget) throws -> Interval {
    let g = arguments.enclosure(.coupling, 64)
    let drive = (g * Interval(cells, precision: 64) * arguments.enclosure(.chargingTime, 64)).upper
    guard drive.double(rounding: .up) <= 1_000_001 else { throw DickeBattery.timeLimit.exceeded }
    // Short times store little: bits in advance for a value of about N (g N tau)^2.
    let early = max(-(drive.binaryExponent ?? 0), 0)
    let bits = precision + 2 * early + cells.bitWidth - cells.leadingZeroBitCount + 8
    let value = try DickePath.excitations(
      cells: cells, coupling: arguments.enclosure(.coupling, bits + 64),
      frequency: arguments.enclosure(.frequency, bits + 64),
      at: arguments.enclosure(.chargingTime, bits + 64), bits: bits, precision: precision + 16, within: budget)
    return (arguments.enclosure(.frequency, precision) * value).rounded(to: precision)
  }

  /// g.
  func coupling(_ bits: Int) -> Interval { arguments.enclosure(.coupling, bits) }

  // MARK: - Maxima

  /// The greatest w0 <k>/t over all t > 0.
  func maximalPower(within budget: Budget) throws -> Interval {
    let greatest = try surveyed(within: budget) { try $0.value(precision: precision + 8, within: budget) }
    return (arguments.enclosure(.frequency, precision + 8) * greatest).rounded(to: precision)
  }

  /// The time that attains it.
  func optimalTime(within budget: Budget) throws -> Interval {
    try surveyed(within: budget) { try $0.time(precision: precision + 8, within: budget) }.rounded(to: precision)
  }

  /// What a survey of the power gives; with more bits where it was too coarse.
  private func surveyed(within budget: Budget, _ evaluate: (DickePower) throws -> Interval) throws -> Interval {
    let others = arguments.restricted(to: [.frequency, .coupling])
    for bits in [24, 40, 64, 128] {
      let key = SurveyKey(cells: cells, others: others, bits: bits)
      let power = try DickeBattery.surveys.value(for: key) {
        try DickePower(DickeBattery(key.others, key.bits, cells: key.cells), bits: key.bits, within: budget)
      }
      do { return try evaluate(power) } catch is DickePower.NotIsolated { continue }
    }
    throw Unanswered(undecided: "the maximum was not isolated")
  }

  /// All that a survey depends on.
  private struct SurveyKey: Hashable {
    let cells: Int
    let others: Arguments
    let bits: Int
  }

  private static let surveys = KnownMaxima<SurveyKey, DickePower>()
}
