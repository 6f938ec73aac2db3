import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The catalogue entries of moments and limits of work quasiprobabilities, and of charging times.
extension QuasiQuantities {
  static let limits: [Quantity] = [cumulant, characteristic, limitDistance, gaussianDistance, chargingTime]

  private static let cumulant = Quantity(
    "quasi.cumulant", slice + [Parameter(.cumulantOrder, .stated("order = 1, 2, 3, 4"))],
    continuous: [.angleBefore, .angleDuring], alsoIn: [.ordering], unit: "eps^order",
    meaning: "cumulant of the work under p_q: 1 is the mean, 2 the variance",
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "What one slice says")),
    routes: [
      Route(
        "blocks", method: "sum of the cumulants of independent blocks", lemmas: ["Independent blocks"],
        limits: BlockBattery.limits
      ) {
        arguments, precision, _ in
        try BlockBattery(arguments).cumulant(cumulantOrder(arguments), precision)
      },
      Route(
        "atoms", method: "moments of all atoms", lemmas: ["Independent blocks"], limits: BlockBattery.limits
      ) {
        try BlockBattery($0).cumulantOfAtoms(cumulantOrder($0), $1, within: $2)
      },
      .model(
        of: "quasi-blocks.energy", as: "model", "; moments of all atoms", limits: [BlockBattery.statesLimit]
      ) { arguments, precision, budget in
        let atoms = try BlockBattery.atomsByModel(arguments, precision, within: budget)
        let moments = (1...4).map { atoms.moment($0, precision: precision) }
        return BlockLaw.cumulants(moments)[cumulantOrder(arguments) - 1]
      },
    ],
    constraint: { arguments in
      try checkBlocks(arguments)
      guard (1...4).contains(cumulantOrder(arguments)) else {
        throw Parameter(.cumulantOrder, .stated("order = 1, 2, 3, 4")).outside(arguments.text(.cumulantOrder))
      }
    })

  private static let frequency = Parameter(.conjugate)

  private static let characteristic = Quantity(
    "quasi.characteristic-magnitude", slice + [frequency],
    continuous: [.angleBefore, .angleDuring, .conjugate], alsoIn: [.ordering], unit: "1",
    meaning: "magnitude of the characteristic function X_q(u), u in units of 1/eps",
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "What one slice says")),
    routes: [
      Route(
        "blocks", method: "power of the characteristic function of one block", lemmas: ["Independent blocks"],
        limits: BlockBattery.limits
      ) {
        arguments, precision, _ in
        try BlockBattery(arguments).characteristicMagnitude(arguments[.conjugate], precision)
      }
    ], constraint: checkBlocks)

  private static let limitDistance = Quantity(
    "quasi.limit-distance",
    [Parameter(.limitLaw), .cells, .ordering, before, during, frequency],
    continuous: [.angleBefore, .angleDuring, .conjugate], alsoIn: [.ordering], unit: "1",
    meaning:
      """
      parallel charging: distance at u of the characteristic function of (w - mean)/N^c, w in units of eps, from its \
      limit: c = 1 point, 1/2 gaussian, 1/3 airy
      """,
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Limits for parallel charging")),
    routes: [
      Route(
        "blocks", method: "power of the characteristic function of one cell", lemmas: ["Independent blocks"],
        limits: BlockBattery.limits
      ) {
        arguments, precision, budget in
        let limits = ParallelLimits(try BlockBattery(parallel: arguments))
        // All characteristic functions are one at zero.
        if limits.isCertainWork || arguments[.conjugate].isZero == .certainlyTrue {
          return Interval(0, precision: precision)
        }
        return try limits.distance(
          to: arguments[.limitLaw], at: arguments.enclosure(.conjugate, precision), within: budget)
      }
    ])

  private static let gaussianDistance = Quantity(
    "quasi.gaussian-distance", [.cells, .ordering, before, during], unit: "1",
    meaning:
      """
      parallel charging: supremum over x of the difference of sum of p(w) over w <= x and the normal distribution with \
      the same mean and variance
      """,
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Limits for parallel charging")),
    routes: BlockBattery.routes.map { route, method in
      Route(route.rawValue, method: method, lemmas: ["Independent blocks"], limits: BlockBattery.limits) {
        try ParallelLimits(BlockBattery(parallel: $0)).gaussianDistance(route, $1, within: $2)
      }
    },
    constraint: { arguments in
      // v = sin^2 b cos^2(2a + b) (quasi.variance-identity).
      let (a, b) = (arguments[.angleBefore].expression, arguments[.angleDuring].expression)
      let quarters = (Expression.number(2) * a + b) / .pi - .number(Rational(1, 2))
      for turns in [b / .pi, quarters] {
        if case .integer? = (try? Constant(turns))?.integrality {
          throw BadInput(
            undefined: """
              parameters a, b: the variance of the work is zero, so there is no normal law; accepted: sin(b) \
              cos(2a + b) not zero
              """
          )
        }
      }
    })

  private static let chargingTime = Quantity(
    "quasi.charging-time",
    [family, .cells, cellsPerBlock, Parameter(.held, default: .spread)], unit: "1/g0",
    meaning:
      """
      time of the full charge when the spread of the spectrum of H1, or its standard deviation in the start, is held \
      at that of parallel charging with g0
      """,
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Charging times")),
    routes: [
      Route("blocks", method: "sizes of commuting terms on different cells", lemmas: ["Charging times"]) {
        arguments, precision, _ in
        FlipTime(arguments).structured(precision)
      },
      Route(
        "brute-force", method: "certified spectrum and row sums of H1 in 2^N dimensions",
        limits: [FlipTime.matrixLimit]
      ) {
        try FlipTime($0).bruteForce($1, within: $2)
      },
    ], constraint: checkBlocks)

  private static func cumulantOrder(_ arguments: Arguments) -> Int {
    // An order from 1 to 4; what is no machine word is outside, like zero.
    Int(exactly: arguments[.cumulantOrder]) ?? 0
  }
}
