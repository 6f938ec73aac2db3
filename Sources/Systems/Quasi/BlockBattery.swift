import ArbitraryPrecision
import Catalogue
import Expressions
import FastKernels
import RigorousNumerics

/// A battery of M equal blocks of k cells, each charged by the exchange of its halves |0..0> and |1..1>: one block is
/// the global flip, blocks of one cell are parallel charging.
///
///     H0 = eps sum |1><1|,   H1 = g sum over blocks (|0..0><1..1| + h.c.),   start |0..0>, a = g t1, b = g (t2 - t1)
///
/// For k = 1 the exchange is sigma_x. The work quasiprobability p_q is that of arXiv:2110.00977, w in units of eps;
/// atoms that coincide are one.
struct BlockBattery {
  let law: BlockLaw
  /// k.
  let cellsPerBlock: Integer
  /// M.
  let blocks: Int
  private let angles: SliceAngles

  /// The greatest number of blocks.
  static let greatestBlocks = 1 << 18

  private static let blocksLimit = Limit(
    [.of(.cells), .of(.cellsPerBlock)], "\(greatestBlocks) blocks",
    because: "the places of the law grow with the number of blocks"
  ) {
    // Quantities without a family charge in parallel.
    let blocks = $0.has(.family) ? shape($0).blocks : $0[.cells]
    return Decision((Integer(greatestBlocks) - blocks).signum >= 0)
  }
  /// The limits of the law of all blocks.
  static let limits = [blocksLimit, BlockLaw.placesLimit, BlockLaw.bitsLimit]
  /// The limit of the smoothed law.
  static let smoothedLimit = Limit(
    [.of(.cells), .of(.cellsPerBlock), .of(.ordering)], "\(greatestSmoothedLength) equidistant places of the law",
    because: "the zeros of the smoothed density take the square of their number")

  /// The battery of a family.
  ///
  /// - Throws: a cost guard.
  init(_ arguments: Arguments) throws(Unanswered) {
    try self.init(BlockBattery.shape(arguments), arguments)
  }

  /// Parallel charging, for quantities without a family.
  ///
  /// - Throws: a cost guard.
  init(parallel arguments: Arguments) throws(Unanswered) { try self.init((arguments[.cells], 1), arguments) }

  private init(_ shape: (blocks: Integer, cells: Integer), _ arguments: Arguments) throws(Unanswered) {
    guard let blocks = Int(exactly: shape.blocks), blocks <= BlockBattery.greatestBlocks else {
      throw BlockBattery.blocksLimit.exceeded
    }
    (self.blocks, cellsPerBlock) = (blocks, shape.cells)
    angles = SliceAngles(before: arguments[.angleBefore], during: arguments[.angleDuring])
    law = try BlockLaw(blocks: blocks, q: arguments[.ordering], angles: angles)
  }

  /// The words for what is a block.
  enum Family: String, ParameterWord {
    /// All cells.
    case flip
    /// One cell.
    case parallel
    /// k cells.
    case blocks

    /// The same for the kernel.
    var kernel: QuasiKernel.Family {
      switch self {
      case .flip: .flip
      case .parallel: .parallel
      case .blocks: .blocks
      }
    }
  }

  /// The number of blocks and the cells in each.
  static func shape(_ arguments: Arguments) -> (blocks: Integer, cells: Integer) {
    let n = arguments[.cells]
    switch arguments[.family] {
    case .flip: return (1, n)
    case .parallel: return (n, 1)
    case .blocks:
      let k = arguments[.cellsPerBlock]
      return (n.dividedDown(by: k), k)
    }
  }

  /// How the law of M blocks is found from that of one.
  enum Route: String {
    case recurrence, products
  }

  /// The routes, that of evaluation first.
  static let routes: [(route: Route, method: String)] = [
    (
      .recurrence,
      "power of the law of one block by the recurrence of its differential equation, from both ends; zeros by proof"
    ), (.products, "power of the law of one block by products of large integers; zeros by proof"),
  ]

  // MARK: - Probabilities

  /// The probabilities at all places of the law.
  ///
  /// - Parameter precision: the bits of the arithmetic; by products, bits after the point.
  func probabilities(_ route: Route, _ precision: Int, within budget: Budget) throws(Unanswered) -> [Interval] {
    try law.probabilities(route, precision, within: budget)
  }

  /// The probability at a work in units of eps.
  func atom(_ work: Rational, _ route: Route, _ precision: Int, within budget: Budget) throws(Unanswered)
    -> Interval
  {
    let zero = Interval(0, precision: precision)
    let reached = try law.reached(within: budget)
    let indices = law.indices(of: work / Rational(cellsPerBlock)).filter { reached[$0] }
    if indices.isEmpty { return zero }
    let all = try probabilities(route, precision, within: budget)
    let value = all.sum(at: indices)
    if value.containsZero, try areZero([indices], precision, within: budget) { return zero }
    return value
  }

  /// Twice the sum of the magnitudes of all negative probabilities, which is the sum of all magnitudes less one, since
  /// all probabilities add up to Tr rho = 1.
  ///
  /// Exactly zero when each probability is certainly positive or proved to be zero.
  func negativity(_ route: Route, _ precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    let zero = Interval(0, precision: precision)
    // A power of a polynomial without negative coefficients has none.
    if law.probabilities(precision).allSatisfy({ $0.lower.signum >= 0 }) { return zero }
    let works = try law.reachedWorks(within: budget)
    let all = try probabilities(route, precision, within: budget)
    var sum = zero
    var unknown: [[Int]] = []
    for indices in works {
      let value = all.sum(at: indices)
      if value.containsZero { unknown.append(indices) }
      sum += (-value).maximum(zero)
    }
    if sum.lower.signum == 0, try areZero(unknown, precision, within: budget) { return zero }
    return sum.scaled(byPowerOfTwo: 1)
  }

  /// The integral of the magnitude of the density of w/(N eps), smoothed by a Gaussian of this standard deviation, less
  /// one.
  func smoothedNegativity(
    _ deviation: Interval, _ route: Route, _ precision: Int, within budget: Budget
  ) throws(Unanswered) -> Interval {
    guard let spacing = law.spacing, law.length <= BlockBattery.greatestSmoothedLength else {
      throw BlockBattery.smoothedLimit.exceeded
    }
    let all = try probabilities(route, precision, within: budget)
    // A block's works are in units of its energy, N/M.
    return try SmoothedLaw(
      all, spacing: Interval(spacing / Rational(blocks), precision: precision), deviation: deviation
    ).negativity(within: budget)
  }

  private static let greatestSmoothedLength = 4097

  /// A cumulant of the work, of order one to four, in powers of eps: the sum of those of the blocks.
  func cumulant(_ order: Int, _ precision: Int) -> Interval {
    let scale = Interval(Rational(cellsPerBlock.power(order)), precision: precision)
    return decided(blocks * (scale * law.cumulants(precision)[order - 1]), order)
  }

  /// The same from the moments of all atoms.
  func cumulantOfAtoms(_ order: Int, _ precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    let all = try probabilities(.recurrence, precision, within: budget)
    let atoms = all.enumerated().map {
      WorkQuasiprobability.Atom(work: law.work(at: $0) * Rational(cellsPerBlock), probability: $1)
    }
    return decided(BlockLaw.cumulants((1...4).map { atoms.moment($0, precision: precision) })[order - 1], order)
  }

  /// The enclosure of a cumulant, exactly zero where that is proved.
  private func decided(_ value: Interval, _ order: Int) -> Interval {
    value.containsZero && law.isCumulantZero(order) == .certainlyTrue ? Interval(0, precision: value.precision) : value
  }

  /// |X_q(u)|, that of one block at k u to the power M; exactly zero where that is proved.
  func characteristicMagnitude(_ u: Constant, _ precision: Int) -> Interval {
    let cells = Rational(cellsPerBlock)
    let place = Interval(cells, precision: precision) * u.enclosure(precision: precision)
    let value = law.characteristic(place).magnitude
    if value.containsZero, let place = try? Constant(.number(cells) * u.expression),
      law.isCharacteristicZero(place) == .certainlyTrue
    {
      return Interval(0, precision: precision)
    }
    return value.power(blocks)
  }

  /// Whether each of some sums of probabilities is proved to be zero.
  private func areZero(_ sums: [[Int]], _ precision: Int, within budget: Budget) throws(Unanswered) -> Bool {
    if sums.isEmpty { return true }
    return try zeros(sums, precision, within: budget)?.allSatisfy { $0 } ?? false
  }

  /// Which of some sums of probabilities are proved to be zero, by the same sums at the angles of a zero test; the
  /// others are certainly not. Nil when there is no such test, or not yet.
  ///
  /// Not tried before the precision is a fourth of what the test needs: most sums show their sign long before.
  func zeros(_ sums: [[Int]], _ precision: Int, within budget: Budget) throws(Unanswered) -> [Bool]? {
    guard let test = angles.zeroTest(blocks: blocks), test.bits <= 4 * precision, test.bits <= budget.bits else {
      return nil
    }
    // The magnitudes of one block's terms add up to at most 2, so products of M of them widen an error by less than
    // 2^M.
    let values = try law.at(test.angles).probabilities(.products, test.bits + blocks + 64, within: budget)
    return sums.map { (values.sum(at: $0).magnitude.binaryExponent ?? .min) <= -test.bits }
  }
}

extension [Interval] {
  /// The sum of the numbers at some places, one or more.
  func sum(at places: [Int]) -> Interval { places.dropFirst().reduce(self[places[0]]) { $0 + self[$1] } }
}
