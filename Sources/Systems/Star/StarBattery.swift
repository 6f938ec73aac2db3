import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The star: a driven and dephased qubit as the charger of N cells, in the frame of the drive, everything on resonance.
///
///     H = F (s+ + s-) + g (s+ J- + s- J+),   dephasing of the charger's coherence at the rate gamma,   start |down>|0>
///
/// With y_j the projection of |0> onto the j-th pair of ``StarBlocks``, the state of the cells is
///
///     rho(t) = sum over j, k of a_jk y_j y_k' + b_jk R y_j y_k' R,   a, b = (f(mu_j - mu_k, t) +- f(mu_j + mu_k, t))/2
///
/// with f of ``Relaxation``. As t goes to infinity f(s, t) goes to 0 for s > 0, and stays 1 for s = 0: for simple
/// |mu_j| the sums over j = k with 1/2 are left. They are simple, as A'A is a Jacobi matrix without zeros beside its
/// diagonal.
struct StarBattery {
  private static let greatestCells = 1000
  /// The limit on the cells.
  static let limit = Limit.integer(.cells, atMost: greatestCells, because: "a matrix of N + 1 rows is diagonalised")

  let cells: Int
  private let arguments: Arguments
  private let precision: Int

  init(_ arguments: Arguments, _ precision: Int) throws {
    (cells, self.arguments, self.precision) = (try StarBattery.cells(arguments), arguments, precision)
  }

  /// N, where blocks of so many levels can be found.
  static func cells(_ arguments: Arguments) throws -> Int {
    guard let n = Int(exactly: arguments[.cells]), n <= greatestCells else {
      throw limit.exceeded
    }
    return n
  }

  /// Bits that the eigenvectors may lose.
  private var bits: Int { precision + 64 }

  private func blocks(within budget: Budget) throws -> StarBlocks? {
    try StarBlocks(
      cells: cells, drive: arguments.enclosure(.drive, bits), coupling: arguments.enclosure(.coupling, bits),
      within: budget)
  }

  /// The state as t goes to infinity; nil when the bits do not suffice.
  private func steadyState(within budget: Budget) throws -> StarState? {
    try blocks(within: budget).map {
      try StarState(dephased: $0, cells: cells, precision: precision, within: budget)
    }
  }

  /// The state at a time t; nil when the bits do not suffice.
  private func state(within budget: Budget) throws -> StarState? {
    guard let blocks = try blocks(within: budget) else { return nil }
    let (gamma, t) = (arguments.enclosure(.dephasing, bits), arguments.enclosure(.time, bits))
    func relaxation(_ s: Interval) -> Interval { Relaxation.value(at: t, rate: gamma, coupling: s) }
    let mu = blocks.couplings
    var (sum, difference) = (mu.map { _ in [Interval]() }, mu.map { _ in [Interval]() })
    for j in mu.indices {
      try budget.check()
      for k in mu.indices {
        sum[j].append(k < j ? sum[k][j] : k == j ? Interval(1, precision: bits) : relaxation(mu[j] - mu[k]))
        difference[j].append(k < j ? difference[k][j] : relaxation(mu[j] + mu[k]))
      }
    }
    return try StarState(blocks, cells: cells, precision: precision, sum: sum, difference: difference, within: budget)
  }

  /// Whether the cells stay in |0> whatever the time: H takes |down>|0> to F |up>|0>, and without g acts on the charger
  /// alone.
  static func isDark(_ arguments: Arguments) -> Decision {
    arguments[.drive].isZero.or(arguments[.coupling].isZero)
  }

  private var frequency: Interval { arguments.enclosure(.frequency, precision) }

  /// A figure of a state, or nothing known where the bits do not suffice for the state.
  private func figure(_ state: StarState?, _ figure: (StarState) throws -> Interval) rethrows -> Interval {
    try state.map(figure) ?? .entire(precision: precision)
  }

  /// w0 times a figure that is zero where nothing is charged. There the pairs are no help: without F or g, T falls
  /// apart into pieces with equal eigenvalues.
  private func chargedFigure(within budget: Budget, _ part: (StarState) throws -> Interval) throws -> Interval {
    if StarBattery.isDark(arguments) == .certainlyTrue { return Interval(0, precision: precision) }
    return try figure(state(within: budget)) { frequency * (try part($0)) }
  }

  // MARK: - Quantities

  func energy(within budget: Budget) throws -> Interval {
    try chargedFigure(within: budget) { $0.excitations }
  }

  func ergotropy(within budget: Budget) throws -> Interval {
    try chargedFigure(within: budget) { try $0.ergotropy(within: budget) }
  }

  func steadyEnergy(within budget: Budget) throws -> Interval {
    try figure(steadyState(within: budget)) { frequency * $0.excitations }
  }

  func ratio(within budget: Budget) throws -> Interval {
    try figure(state(within: budget)) { try $0.ratio(within: budget) }
  }

  func steadyLargestEigenvalue(within budget: Budget) throws -> Interval {
    try figure(steadyState(within: budget)) { try $0.largestEigenvalue(within: budget) }
  }

  func steadyRatio(within budget: Budget) throws -> Interval {
    try figure(steadyState(within: budget)) { try $0.ratio(within: budget) }
  }

  /// N (1 - R) of the steady state.
  func freedomProduct(within budget: Budget) throws -> Interval { cells * (1 - (try steadyRatio(within: budget))) }

  /// N (1 - R)/(2 (1 - l)) with the largest eigenvalue l of the steady state.
  func freedomLaw(within budget: Budget) throws -> Interval {
    try figure(steadyState(within: budget)) { state in
      let ratio = try state.ratio(within: budget)
      return cells * (1 - ratio) / (2 * (1 - (try state.largestEigenvalue(within: budget))))
    }
  }

  /// The smallest |mu_j| and the weight of its pair; nil when the bits do not suffice.
  private func slowest(within budget: Budget) throws -> (coupling: Interval, weight: Interval)? {
    guard let blocks = try blocks(within: budget), let place = blocks.slowest else { return nil }
    return (
      blocks.couplings[place].absoluteValue.rounded(to: precision), blocks.weights[place].rounded(to: precision)
    )
  }

  /// The smallest |mu_j|.
  func smallestCoupling(within budget: Budget) throws -> Interval {
    try slowest(within: budget)?.coupling ?? .entire(precision: precision)
  }

  /// The weight p_j of the start on the pair with the smallest |mu_j|.
  func slowestWeight(within budget: Budget) throws -> Interval {
    try slowest(within: budget)?.weight ?? .entire(precision: precision)
  }

  /// 1 - s0 N! (g/F)^N/(F p0) with the smallest coupling s0 and the weight p0 of its pair.
  func couplingDeficit(within budget: Budget) throws -> Interval {
    guard let (coupling, weight) = try slowest(within: budget) else { return .entire(precision: precision) }
    let (f, g) = (arguments.enclosure(.drive, precision), arguments.enclosure(.coupling, precision))
    let steps = (1...cells).reduce(Interval(1, precision: precision)) { $0 * ($1 * g / f) }
    return 1 - coupling * steps / (f * weight)
  }
}
