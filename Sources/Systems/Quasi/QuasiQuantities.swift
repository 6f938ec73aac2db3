import ArbitraryPrecision
import Catalogue
import Expressions
import FastKernels
import RigorousNumerics

/// The catalogue entries of work quasiprobabilities.
enum QuasiQuantities {
  static let system = BatterySystem("quasi", quantities: all, cases: QuasiCases.all, figures: QuasiFigures.all)

  static let all: [Quantity] = [atom, negativity, negativeAtoms, smoothedNegativity] + limits

  static let family = Parameter(.family)
  static let cellsPerBlock = Parameter(.cellsPerBlock, .atLeastOne, default: "1")
  static let before = Parameter(.angleBefore)
  static let during = Parameter(.angleDuring)
  static let slice: [Parameter] = [family, .cells, cellsPerBlock, Parameter.ordering, before, during]

  private static let atom = Quantity(
    "quasi.atom", slice + [Parameter.work], continuous: [.angleBefore, .angleDuring], unit: "1",
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
        let (battery, work) = (try BlockBattery(arguments), arguments[.work])
        let first = try battery.atom(work, .recurrence, precision, within: budget)
        // Widths of the recurrence can grow by any factor where the ends of the law are small.
        if first.isPoint || first.width <= first.mignitude.scaled(byPowerOfTwo: -64, rounding: .down) { return first }
        return first.intersection(try battery.atom(work, .products, precision, within: budget))
      }
    ]
      + routes { battery, arguments, route, precision, budget in
        try battery.atom(arguments[.work], route, precision, within: budget)
      } + [
        bruteForce { atoms, arguments, precision in atoms.probability(of: arguments[.work], precision: precision) }
      ],
    kernel: Kernel(
      bound: "computed beside the value: about 25 u M S at most, less in the tails; \(symbols)", domain: domain,
      auditInputs: QuasiAudit.atoms
    ) { p throws(KernelRefusal) in
      try QuasiKernel.atom(of: charge(p), work: p[.work])
    },
    constraint: checkBlocks)

  private static let negativity = Quantity(
    "quasi.negativity", slice, continuous: [.angleBefore, .angleDuring], unit: "1",
    meaning: "sum of abs p_q(w) over all works w, minus 1; k cells a block, k divides N, ignored by flip and parallel",
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Independent blocks")),
    // A sum needs digits after the point, not of every atom.
    routes: routes { battery, _, route, precision, budget in
      try battery.negativity(route, precision, within: budget)
    }.reversed() + [bruteForce { atoms, _, precision in atoms.negativity(precision: precision) }],
    kernel: Kernel(
      bound: "computed beside the value: the errors of all atoms that are not certainly positive; \(symbols)",
      domain: domain,
      auditInputs: QuasiAudit.slices
    ) { p throws(KernelRefusal) in
      try QuasiKernel.negativity(of: charge(p))
    },
    constraint: checkBlocks)

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
    ], constraint: checkBlocks)

  private static let smoothedNegativity = Quantity(
    "quasi.smoothed-negativity", slice + [Parameter(.smoothing, .positive, default: "1/20")],
    continuous: [.angleBefore, .angleDuring, .smoothing], unit: "1",
    meaning:
      """
      integral of the magnitude of the density of w/(N eps), smoothed by a Gaussian of standard deviation sigma, minus \
      1
      """,
    source: Source(.definition, .francica, derivedIn: Source.Page("quasi", "Smoothed density")),
    routes: routes(lemmas: ["Smoothed density"], limits: [BlockBattery.smoothedLimit]) {
      battery, arguments, route, precision, budget in
      try battery.smoothedNegativity(arguments.enclosure(.smoothing, precision), route, precision, within: budget)
    },
    kernel: Kernel(
      bound: "computed beside the value: the errors of all atoms, of the smoothing, and parts without a certain sign",
      domain: "\(domain), sigma above about 2^-15 of the range of works",
      isHeldAbsolutely: true, auditInputs: QuasiAudit.smoothings
    ) { p throws(KernelRefusal) in
      try QuasiKernel.smoothedNegativity(of: charge(p), deviation: p[.smoothing])
    },
    constraint: checkBlocks)

  private static let symbols = "u = 2^-53, M blocks, S = sum of abs p of one"
  private static let domain = "M up to 1024, q in multiples of 1/64 up to 4, works on 131072 places"

  private static func charge(_ p: KernelInput) -> QuasiKernel.Charge {
    QuasiKernel.Charge(
      family: p[.family].kernel, cells: p[.cells], cellsPerBlock: p[.cellsPerBlock], order: p[.ordering],
      before: p[.angleBefore], during: p[.angleDuring])
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
    _ value: @escaping @Sendable ([WorkQuasiprobability.Atom], Arguments, Int) throws -> Interval
  ) -> Route {
    .model(
      of: "quasi-blocks.energy", as: "brute-force", "; projections on energies before and after",
      limits: [BlockBattery.statesLimit]
    ) { try value(BlockBattery.atomsByModel($0, $1, within: $2), $0, $1) }
  }

  /// Refuses blocks that do not divide the cells.
  @Sendable static func checkBlocks(_ arguments: Arguments) throws {
    guard arguments[.family] == .blocks else { return }
    guard arguments[.cells].dividedTowardZero(by: arguments[.cellsPerBlock]).remainder.signum == 0 else {
      throw Parameter(.cellsPerBlock, .stated("k >= 1 that divide N")).outside(arguments.text(.cellsPerBlock))
    }
  }
}
