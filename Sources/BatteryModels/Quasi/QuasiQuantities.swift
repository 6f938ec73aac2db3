import ArbitraryPrecision
import Expressions
import FastKernels
import RigorousNumerics

/// The catalogue entries of work quasiprobabilities.
enum QuasiQuantities {
  static let all: [Quantity] = [atom, negativity, negativeAtoms, smoothedNegativity] + limits

  static let family = Parameter.choice("family", of: BlockBattery.Family.self)
  static let cellsPerBlock = Parameter("k", .integer, .atLeastOne, default: "1")
  static let before = Parameter("a", .real)
  static let during = Parameter("b", .real)
  static let slice: [Parameter] = [family, .cells, cellsPerBlock, WorkParameters.order, before, during]

  private static let atom = Quantity(
    "quasi.atom", slice + [WorkParameters.work], continuous: ["a", "b"], unit: "1",
    meaning:
      "probability p_q(w) of the work w in units of eps; k cells a block, k divides N, ignored by flip and parallel",
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Independent blocks")),
    routes: [
      Route(
        "both",
        method:
          """
          power of the law of one block by the recurrence of its differential equation, from both ends, and by \
          products of large integers; zeros by proof
          """,
        lemmas: ["Independent blocks", "Zeros"], limits: BlockBattery.limits
      ) { arguments, precision, budget in
        let (battery, work) = (try BlockBattery(arguments), try WorkParameters.rational("w", arguments))
        let first = try battery.atom(work, .recurrence, precision, within: budget)
        // Widths of the recurrence can grow by any factor where the ends of the law are small.
        if first.isPoint || first.width <= first.mignitude.scaled(byPowerOfTwo: -64, rounding: .down) { return first }
        return first.intersection(try battery.atom(work, .products, precision, within: budget))
      }
    ]
      + routes { battery, arguments, route, precision, budget in
        try battery.atom(WorkParameters.rational("w", arguments), route, precision, within: budget)
      } + [
        bruteForce { space, arguments, precision in space.atom(try WorkParameters.rational("w", arguments), precision) }
      ],
    kernel: Kernel(
      evaluate: { p throws(KernelRefusal) in try QuasiKernel.atom(of: charge(p), work: p[6]) },
      promise: "computed beside the value: about 25 u M S at most, less in the tails" + domain,
      auditInputs: QuasiAudit.atoms),
    constraint: check)

  private static let negativity = Quantity(
    "quasi.negativity", slice, continuous: ["a", "b"], unit: "1",
    meaning: "sum of abs p_q(w) over all works w, minus 1; k cells a block, k divides N, ignored by flip and parallel",
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Independent blocks")),
    // A sum needs digits after the point, not of every atom.
    routes: routes { battery, _, route, precision, budget in
      try battery.negativity(route, precision, within: budget)
    }.reversed() + [bruteForce { space, _, precision in space.negativity(precision) }],
    kernel: Kernel(
      evaluate: { p throws(KernelRefusal) in try QuasiKernel.negativity(of: charge(p)) },
      promise: "computed beside the value: the errors of all atoms that are not certainly positive" + domain,
      auditInputs: QuasiAudit.slices),
    constraint: check)

  private static let negativeAtoms = Quantity(
    "quasi.negative-atoms", slice, unit: "1",
    meaning:
      """
      number of works whose probability p_q(w) is negative; k cells a block, k divides N, ignored by flip and parallel
      """,
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Zeros")),
    routes: [
      Route(
        "signs", method: "the sign of each probability by its enclosure, by two routes; zeros by proof",
        lemmas: ["Independent blocks", "Zeros"], limits: BlockBattery.limits
      ) {
        try BlockBattery($0).negativeAtoms($1, within: $2)
      }
    ], constraint: check)

  private static let smoothedNegativity = Quantity(
    "quasi.smoothed-negativity", slice + [Parameter("sigma", .real, .positive, default: "1/20")],
    continuous: ["a", "b", "sigma"], unit: "1",
    meaning:
      """
      integral of the magnitude of the density of w/(N eps), smoothed by a Gaussian of standard deviation sigma, minus \
      1
      """,
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Smoothed density")),
    routes: routes(lemmas: ["Smoothed density"], limits: [BlockBattery.smoothedLimit]) {
      battery, arguments, route, precision, budget in
      try battery.smoothedNegativity(arguments.enclosure("sigma", precision), route, precision, within: budget)
    }, constraint: check)

  private static let domain =
    """
    ; u = 2^-53, M blocks, S = sum of abs p of one; M up to 1024, q in multiples of 1/64 up to 4, works on 131072 \
    places
    """

  private static func charge(_ p: [Double]) -> QuasiKernel.Charge {
    // The index of one of the words.
    QuasiKernel.Charge(
      family: BlockBattery.Family.allCases[Int(p[0])].kernel, cells: p[1], cellsPerBlock: p[2], order: p[3],
      before: p[4], during: p[5])
  }

  // MARK: - Parts

  private static func routes(
    lemmas: [String] = [], limits: [Limit] = [],
    _ value: @escaping @Sendable (BlockBattery, Arguments, BlockBattery.Route, Int, Budget) throws -> Interval
  ) -> [Route] {
    BlockBattery.routes.map { route, method in
      Route(
        route.rawValue, method: method, lemmas: ["Independent blocks", "Zeros"] + lemmas,
        limits: BlockBattery.limits + limits
      ) {
        try value(BlockBattery($0), $0, route, $1, $2)
      }
    }
  }

  private static func bruteForce(
    _ value: @escaping @Sendable (BlockBatterySpace, Arguments, Int) throws -> Interval
  ) -> Route {
    Route(
      "brute-force", method: "certified evolution of all 2^N states, projections on energies before and after",
      limits: [BlockBatterySpace.limit]
    ) {
      try value(BlockBatterySpace($0, $1, within: $2), $0, $1)
    }
  }

  /// Refuses q and w that are not rational, and blocks as ``checkBlocks(_:)`` does.
  @Sendable static func check(_ arguments: Arguments) throws {
    try WorkParameters.check(arguments)
    if arguments.has("family") { try checkBlocks(arguments) }
  }

  /// Refuses blocks that do not divide the cells.
  @Sendable static func checkBlocks(_ arguments: Arguments) throws {
    guard arguments.choice("family", of: BlockBattery.Family.self) == .blocks else { return }
    guard arguments.integer("N").dividedTowardZero(by: arguments.integer("k")).remainder.signum == 0 else {
      throw Parameter("k", .integer, .stated("k >= 1 that divide N")).outside(arguments.text("k"))
    }
  }
}
