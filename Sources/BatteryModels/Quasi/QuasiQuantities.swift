import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// The catalogue entries of work quasiprobabilities.
enum QuasiQuantities {
  static let all: [Quantity] = [atom, negativity, smoothedNegativity]

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
    }, constraint: check)

  private static let negativity = Quantity(
    "quasi.negativity", slice, unit: "1",
    meaning: "sum of abs p_q(w) over all works w, minus 1; k cells a block, k divides N, ignored by flip and parallel",
    source: source,
    routes: routes { battery, _, route, precision, budget in
      try battery.negativity(route, precision, within: budget)
    }, constraint: check)

  private static let smoothedNegativity = Quantity(
    "quasi.smoothed-negativity", slice + [Parameter("sigma", .real, .positive, default: "1/20")], unit: "1",
    meaning:
      "integral of the magnitude of the density of w/(N eps), smoothed by a Gaussian of standard deviation sigma, minus 1",
    source: source,
    routes: routes { battery, arguments, route, precision, budget in
      try battery.smoothedNegativity(arguments.enclosure("sigma", precision), route, precision, within: budget)
    }, constraint: check)

  private static func routes(
    _ value: @escaping @Sendable (BlockBattery, Arguments, BlockBattery.Route, Int, Budget) throws -> Interval
  ) -> [Route] {
    [
      Route(
        "recurrence",
        method:
          "power of the law of one block by the recurrence of its differential equation, from both ends; zeros by proof"
      ) {
        try value(BlockBattery($0), $0, .recurrence, $1, $2)
      },
      Route("products", method: "power of the law of one block by products of large integers; zeros by proof") {
        try value(BlockBattery($0), $0, .products, $1, $2)
      },
    ]
  }

  private static func rational(_ name: String, _ arguments: Arguments) -> Rational {
    guard let value = arguments.constant(name).rational else { preconditionFailure("\(name) is rational") }
    return value
  }

  /// Refuses q and w that are not rational, and blocks that do not divide the cells.
  @Sendable private static func check(_ arguments: Arguments) throws {
    for parameter in [order, work] where arguments.numericNames.contains(parameter.name) {
      guard arguments.constant(parameter.name).rational != nil else {
        throw parameter.outside(arguments.text(parameter.name))
      }
    }
    guard arguments.choice("family") == "blocks" else { return }
    guard arguments.integer("N").dividedTowardZero(by: arguments.integer("k")).remainder.signum == 0 else {
      throw Parameter("k", .integer, .stated("k >= 1 that divide N")).outside(arguments.text("k"))
    }
  }
}
