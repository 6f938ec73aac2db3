import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// The catalogue entries of work quasiprobabilities.
enum QuasiQuantities {
  static let all: [Quantity] = [
    atom, negativity, smoothedNegativity, cumulant, characteristic, limitDistance, gaussianDistance, chargingTime,
  ]

  private static let source = "definition of arXiv:2110.00977, as for arXiv:2503.18115; derived in docs/quasi.md"
  private static let family = Parameter("family", .choice(["flip", "parallel", "blocks"]))
  private static let cellsPerBlock = Parameter("k", .integer, .atLeastOne, default: "1")
  private static let order = Parameter("q", .real, .stated("q rational"))
  private static let before = Parameter("a", .real)
  private static let during = Parameter("b", .real)
  private static let work = Parameter("w", .real, .stated("w rational"))
  private static let slice: [Parameter] = [family, .cells, cellsPerBlock, order, before, during]

  private static let atom = Quantity(
    "quasi.atom", slice + [work], unit: "1",
    meaning:
      "probability p_q(w) of the work w in units of eps; k cells a block, k divides N, ignored by flip and parallel",
    source: source,
    routes: routes { battery, arguments, route, precision, budget in
      try battery.atom(rational("w", arguments), route, precision, within: budget)
    } + [bruteForce { space, arguments, precision in space.atom(rational("w", arguments), precision) }],
    constraint: check)

  private static let negativity = Quantity(
    "quasi.negativity", slice, unit: "1",
    meaning: "sum of abs p_q(w) over all works w, minus 1; k cells a block, k divides N, ignored by flip and parallel",
    source: source,
    routes: routes { battery, _, route, precision, budget in
      try battery.negativity(route, precision, within: budget)
    } + [bruteForce { space, _, precision in space.negativity(precision) }], constraint: check)

  private static let smoothedNegativity = Quantity(
    "quasi.smoothed-negativity", slice + [Parameter("sigma", .real, .positive, default: "1/20")], unit: "1",
    meaning:
      "integral of the magnitude of the density of w/(N eps), smoothed by a Gaussian of standard deviation sigma, minus 1",
    source: source,
    routes: routes(lemmas: ["Smoothed density"]) { battery, arguments, route, precision, budget in
      try battery.smoothedNegativity(arguments.enclosure("sigma", precision), route, precision, within: budget)
    }, constraint: check)

  // MARK: - Moments and limits

  private static let cumulant = Quantity(
    "quasi.cumulant", slice + [Parameter("order", .integer, .stated("order = 1, 2, 3, 4"))], unit: "eps^order",
    meaning: "cumulant of the work under p_q: 1 is the mean, 2 the variance", source: source,
    routes: [
      Route("blocks", method: "sum of the cumulants of independent blocks", lemmas: ["Independent blocks"]) {
        arguments, precision, _ in
        try BlockBattery(arguments).cumulant(integer("order", arguments), precision)
      },
      Route("atoms", method: "moments of all atoms", lemmas: ["Independent blocks"]) {
        try BlockBattery($0).cumulantOfAtoms(integer("order", $0), $1, within: $2)
      },
    ],
    constraint: { arguments in
      try check(arguments)
      guard (1...4).contains(integer("order", arguments)) else {
        throw Parameter("order", .integer, .stated("order = 1, 2, 3, 4")).outside(arguments.text("order"))
      }
    })

  private static let frequency = Parameter("u", .real)

  private static let characteristic = Quantity(
    "quasi.characteristic-magnitude", slice + [frequency], unit: "1",
    meaning: "magnitude of the characteristic function X_q(u), u in units of 1/eps", source: source,
    routes: [
      Route("blocks", method: "power of the characteristic function of one block", lemmas: ["Independent blocks"]) {
        arguments, precision, _ in
        try BlockBattery(arguments).characteristicMagnitude(arguments.enclosure("u", precision))
      }
    ], constraint: check)

  private static let limitDistance = Quantity(
    "quasi.limit-distance",
    [Parameter("limit", .choice(ParallelLimits.names)), .cells, order, before, during, frequency], unit: "1",
    meaning:
      "parallel charging: distance at u of the characteristic function of (w - mean)/N^c, w in units of eps, from its limit: c = 1 point, 1/2 gaussian, 1/3 airy",
    source: source,
    routes: [
      Route("blocks", method: "power of the characteristic function of one cell", lemmas: ["Independent blocks"]) {
        arguments, precision, _ in
        try ParallelLimits(BlockBattery(parallel: arguments)).distance(
          to: arguments.choice("limit"), at: arguments.enclosure("u", precision))
      }
    ], constraint: check)

  private static let gaussianDistance = Quantity(
    "quasi.gaussian-distance", [.cells, order, before, during], unit: "1",
    meaning:
      "parallel charging: supremum over x of the difference of sum of p(w) over w <= x and the normal distribution with the same mean and variance",
    source: source,
    routes: BlockBattery.routes.map { route, method in
      Route(route.rawValue, method: method, lemmas: ["Independent blocks"]) {
        try ParallelLimits(BlockBattery(parallel: $0)).gaussianDistance(route, $1, within: $2)
      }
    }, constraint: check)

  private static let chargingTime = Quantity(
    "quasi.charging-time",
    [family, .cells, cellsPerBlock, Parameter("held", .choice(FlipTime.held), default: "spread")], unit: "1/g0",
    meaning:
      "time of the full charge when the spread of the spectrum of H1, or its standard deviation in the start, is held at that of parallel charging with g0",
    source: source,
    routes: [
      Route("blocks", method: "sizes of commuting terms on different cells", lemmas: ["Charging times"]) {
        arguments, precision, _ in
        FlipTime(arguments).structured(precision)
      },
      Route("brute-force", method: "certified spectrum and row sums of H1 in 2^N dimensions") {
        try FlipTime($0).bruteForce($1, within: $2)
      },
    ], constraint: checkBlocks)

  // MARK: - Parts

  private static func routes(
    lemmas: [String] = [],
    _ value: @escaping @Sendable (BlockBattery, Arguments, BlockBattery.Route, Int, Budget) throws -> Interval
  ) -> [Route] {
    BlockBattery.routes.map { route, method in
      Route(route.rawValue, method: method, lemmas: ["Independent blocks", "Zeros"] + lemmas) {
        try value(BlockBattery($0), $0, route, $1, $2)
      }
    }
  }

  private static func bruteForce(
    _ value: @escaping @Sendable (BlockBatterySpace, Arguments, Int) throws -> Interval
  ) -> Route {
    Route("brute-force", method: "certified evolution of all 2^N states, projections on energies before and after") {
      try value(BlockBatterySpace($0, $1, within: $2), $0, $1)
    }
  }

  private static func integer(_ name: String, _ arguments: Arguments) -> Int {
    Int(exactly: arguments.integer(name)) ?? 0
  }

  private static func rational(_ name: String, _ arguments: Arguments) -> Rational {
    guard let value = arguments.constant(name).rational else { preconditionFailure("\(name) is rational") }
    return value
  }

  /// Refuses q and w that are not rational, and blocks as ``checkBlocks(_:)`` does.
  @Sendable private static func check(_ arguments: Arguments) throws {
    for parameter in [order, work] where arguments.numericNames.contains(parameter.name) {
      guard arguments.constant(parameter.name).rational != nil else {
        throw parameter.outside(arguments.text(parameter.name))
      }
    }
    if arguments.has("family") { try checkBlocks(arguments) }
  }

  /// Refuses blocks that do not divide the cells.
  @Sendable private static func checkBlocks(_ arguments: Arguments) throws {
    guard arguments.choice("family") == "blocks" else { return }
    guard arguments.integer("N").dividedTowardZero(by: arguments.integer("k")).remainder.signum == 0 else {
      throw Parameter("k", .integer, .stated("k >= 1 that divide N")).outside(arguments.text("k"))
    }
  }
}
