import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The spin battery: N charger spins and N battery spins of one half, all of frequency w0, as two large spins.
///
///     H = w0 (Ja_z + Jb_z + N) + 4 g (Ja_x Jb_x + Ja_y Jb_y)              Phys. Rev. B 99, 205437, Sec. V
///
/// Charged from the fully excited charger and the empty battery. Units: hbar = 1. The derivations are in
/// `docs/spin.md`, under the headings named as lemmas.
struct SpinBattery {
  let cells: Int
  let frequency: Interval
  let precision: Int
  private let arguments: Arguments

  init(_ arguments: Arguments, _ precision: Int) throws {
    cells = try SpinBattery.count(arguments)
    frequency = arguments.enclosure(.frequency, precision)
    self.precision = precision
    self.arguments = arguments
  }

  /// x = 2 g tau.
  private func time(_ precision: Int) -> Interval {
    2 * (arguments.enclosure(.coupling, precision) * arguments.enclosure(.chargingTime, precision))
  }

  /// The number of cells.
  ///
  /// - Throws: ``cellsLimit``.
  static func count(_ arguments: Arguments) throws -> Int {
    guard let n = Int(exactly: arguments[.cells]), n <= 65536 else { throw cellsLimit.exceeded }
    return n
  }

  /// The limit of the sector of N excitations.
  static let cellsLimit = Limit.integer(
    .cells, atMost: 65536, because: "the evolution of N + 1 amplitudes takes about N^2 operations")
  /// The limit of the spins one by one.
  static let spinsLimit = Limit.integer(.cells, atMost: 7, because: "there are (2N)!/N!^2 states")

  // MARK: - Routes

  /// The amplitudes phi_k = i^k psi_k of |N-k>_a |k>_b, k = 0 ... N, in the dimensionless time x = 2 g tau:
  ///
  ///     d phi_k/dx = b_(k-1) phi_(k-1) - b_k phi_(k+1),      b_k = (k + 1)(N - k).
  ///
  /// The square of J+ |k> = sqrt((k + 1)(N - k)) |k+1> appears because both spins are of length N/2 and one falls as
  /// the other rises.
  static func chain(_ n: Int) -> SkewFlow {
    SkewFlow(dimension: n + 1, integer: (0..<n).map { .init(row: $0 + 1, column: $0, ($0 + 1) * (n - $0)) })
  }

  /// w0 sum of k phi_k^2 in the sector of N excitations.
  func sector(within budget: Budget) throws -> Interval {
    // Short times store little: bits in advance for a value of about (N x)^2.
    let early = (Interval(cells, precision: 64) * time(64)).magnitude.binaryExponent ?? 0
    let bits = precision + 2 * max(-early, 0) + cells.bitWidth - cells.leadingZeroBitCount + 8
    let flow = SpinBattery.chain(cells)
    let state = try flow.evolved(
      .unit(0, dimension: flow.dimension), for: time(bits + 32), bits: bits, within: budget)
    let range = Interval(from: 0, to: Rational(cells), precision: precision)
    let mean = state.form(Array(0...cells), precision: precision + 16).intersection(range)
    return (frequency * mean).rounded(to: precision)
  }

  /// Whether the stored energy is exactly zero. Always at tau = 0. For one cell it is w0 sin^2 x, and for two cells w0
  /// (phi_1^2 + 2 phi_2^2) with phi_1 = sin(sqrt(8) x)/sqrt(2), phi_2 = sin^2(sqrt(2) x) vanishes with sin(sqrt(2) x).
  static func isEmpty(_ arguments: Arguments) -> Decision {
    let time = arguments[.chargingTime]
    if time.isZero == .certainlyTrue { return .certainlyTrue }
    let turn = Expression.number(2) * arguments[.coupling].expression * time.expression / .pi
    let turns: Expression
    switch Int(exactly: arguments[.cells]) {
    case 1: turns = turn
    case 2: turns = Expression.number(2).squareRoot * turn
    default: return .undecided
    }
    guard let constant = try? Constant(turns) else { return .undecided }
    return switch constant.integrality {
    case .integer: .certainlyTrue
    case .none: .certainlyFalse
    case .undecided: .undecided
    }
  }

  // MARK: - Maxima

  /// The greatest of <k>/x over all x > 0, where Pmax = 2 g w0 times it, and the x that attains it.
  ///
  /// What was found is kept: many quantities and claims ask for the same N.
  static func maximum(_ n: Int, within budget: Budget) throws -> PowerMaximum {
    try maxima.value(for: n) {
      try PowerMaximum(of: chain(n), from: .unit(0, dimension: n + 1), weights: Array(0...n), within: budget)
    }
  }

  private static let maxima = KnownMaxima<Int, PowerMaximum>()
}
