import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The harmonic battery: a charger mode a coupled to N battery modes b_i, all of frequency w0.
///
///     H = w0 a'a + w0 sum b_i'b_i + g sum (a b_i' + a' b_i)              Phys. Rev. B 99, 205437, Eq. (6)
///
/// Charged from a state of mean photon number N with the battery empty. Units: hbar = 1. The derivations of the linear
/// systems below from H are in `docs/harmonic.md`, under the headings named as lemmas.
struct HarmonicBattery {
  let cells: Integer
  let count: Interval
  let frequency: Interval
  let coupling: Interval
  let time: Interval
  let precision: Int
  private let arguments: Arguments

  init(_ arguments: Arguments, _ precision: Int) {
    self.arguments = arguments
    cells = arguments[.cells]
    count = arguments.enclosure(.cells, precision)
    frequency = arguments.enclosure(.frequency, precision)
    coupling = arguments.enclosure(.coupling, precision)
    time = arguments.enclosure(.chargingTime, precision)
    self.precision = precision
  }

  /// The phase g sqrt(N) tau.
  var phase: Interval { coupling * count.squareRoot * time }

  /// The energy cannot leave [0, N w0]: the number of quanta is conserved, and none is negative.
  func stored(fraction: Interval) -> Interval {
    let unit = Interval(from: 0, to: 1, precision: precision)
    return count * frequency * fraction.intersection(unit)
  }

  /// The same battery with bits in advance for the wrapping of interval steps by a generator of about this norm: widths
  /// grow like its exponential, by log2(e) < 1.45 bits for each unit. How many bits decides widths alone.
  func inAdvance(norm: Interval) -> HarmonicBattery {
    let bits = (Interval(Rational(145, 100), precision: 64) * norm).upper.floor.flatMap { Int(exactly: $0) } ?? 0
    return HarmonicBattery(arguments, precision + min(max(bits, 0), 65536) + 16)
  }

  // MARK: - Routes

  /// The Heisenberg equations of <a'a>, <B'B> and i<a'B - B'a>, with the bright mode B, a closed linear system:
  ///
  ///     d<a'a>/dt = -gN c,   d<B'B>/dt = gN c,   dc/dt = 2 gN (<a'a> - <B'B>),   c = i<a'B - B'a>,   gN = g sqrt N.
  ///
  /// w0 drops out since H_A + H_B commutes with the coupling. Start (N, 0, 0).
  func heisenberg(within budget: Budget) throws -> Interval {
    var generator = IntervalMatrix(zero: 3, precision: precision)
    for i in 0..<3 {
      for j in 0..<3 { generator[i, j] = HarmonicAlgebra.heisenberg[i, j] * phase }
    }
    return stored(fraction: try generator.exponential(within: budget)[1, 0])
  }

  /// The Schroedinger equation in the sector of N quanta, |N-k>_a |k>_B, k = 0 ... N, from k = 0.
  func fockSector(within budget: Budget) throws -> Interval {
    guard let quanta = Int(exactly: cells), quanta <= 10_000 else {
      throw HarmonicBattery.sectorLimit.exceeded
    }
    return stored(fraction: try sectorExcitation(quanta: quanta, within: budget) / quanta)
  }

  /// The amplitudes phi_k = i^k psi_k in the sector of n quanta, real by
  ///
  ///     phi_k' = h_(k-1) phi_(k-1) - h_k phi_(k+1),   h_k = gN sqrt((k+1)(n-k)),
  ///
  /// since <k+1| gN (a B' + a' B) |k> = h_k and w0 gives all states of the sector one common phase.
  func sectorState(quanta n: Int, within budget: Budget) throws -> FlowState {
    // Short times store little, about n x^2: bits in advance for that.
    let bits = precision + 2 * max(-(phase.magnitude.binaryExponent ?? 0), 0) + 16
    let flow = SkewFlow(
      dimension: n + 1,
      real: (0..<n).map { k in
        .init(row: k + 1, column: k, Interval((k + 1) * (n - k), precision: bits + 64).squareRoot)
      })
    let early = HarmonicBattery(arguments, bits + 32)
    return try flow.evolved(.unit(0, dimension: n + 1), for: early.phase, bits: bits, within: budget)
  }

  /// The mean of k over the weights phi_k^2.
  func sectorExcitation(quanta n: Int, within budget: Budget) throws -> Interval {
    try sectorState(quanta: n, within: budget).form(Array(0...n), precision: precision + 16)
  }

  /// One quantum over all N + 1 modes of Eq. (6), without the bright mode: amplitudes alpha of a and -i beta_i of b_i
  /// obey
  ///
  ///     alpha' = -g sum beta_i,   beta_i' = g alpha
  ///
  /// in the frame rotating at w0. H is quadratic and conserves quanta, so the field operators follow the same equations
  /// and <b_i'b_i> = N beta_i^2 for a battery that starts empty.
  func allModes(within budget: Budget) throws -> Interval {
    let n = try HarmonicBattery.dimension(cells)
    return try inAdvance(norm: n * (coupling * time)).allModes(n, within: budget)
  }

  private func allModes(_ n: Int, within budget: Budget) throws -> Interval {
    var generator = SparseGenerator(dimension: n + 1, precision: precision)
    let angle = coupling * time
    for i in 1...n {
      generator.set(row: 0, column: i, -angle)
      generator.set(row: i, column: 0, angle)
    }
    var start = [Interval](repeating: Interval(0, precision: precision), count: n + 1)
    start[0] = Interval(1, precision: precision)
    let modes = try generator.exponentialAction(on: start, within: budget)
    return stored(fraction: modes.dropFirst().reduce(Interval(0, precision: precision)) { $0 + $1.squared })
  }

  /// Hamilton's equations (14) for (p_a, q_a, P_b, Q_b) from p_a = sqrt(2N) cos(phase), q_a = sqrt(2N) sin(phase) and
  /// the battery at rest; the energy is w0 (P_b^2 + Q_b^2)/2, Eq. (13).
  func hamilton(phase start: Interval, within budget: Budget) throws -> Interval {
    let (turn, exchange) = (frequency * time, phase)
    var generator = IntervalMatrix(zero: 4, precision: precision)
    for i in 0..<4 {
      for j in 0..<4 {
        generator[i, j] = HarmonicAlgebra.turn[i, j] * turn + HarmonicAlgebra.exchange[i, j] * exchange
      }
    }
    let radius = (2 * count).squareRoot
    let rest = Interval(0, precision: precision)
    let end = try generator.exponential(within: budget)
      .applied(to: [radius * start.cosine, radius * start.sine, rest, rest])
    // (P^2 + Q^2)/(2N) is the share of the conserved p_a^2 + q_a^2 + P^2 + Q^2 = 2N.
    return stored(fraction: (end[2].squared + end[3].squared) / (2 * count))
  }

  /// The limit of the sector of N quanta.
  static let sectorLimit = Limit.integer(.cells, atMost: 10_000, because: "there are N + 1 states")
  /// The limit of the modes one by one.
  static let modesLimit = Limit.integer(.cells, atMost: 128, because: "there are N + 1 modes, in interval arithmetic")

  /// The number of cells as a dimension.
  ///
  /// - Throws: a cost guard above 128, beyond which dense interval routes are no longer quick.
  private static func dimension(_ cells: Integer) throws -> Int {
    guard let n = Int(exactly: cells), n <= 128 else { throw modesLimit.exceeded }
    return n
  }
}
