import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The catalogue entries of the Dicke battery at strong coupling and for many cells: constants of the limits, and how
/// far finite batteries are from them.
enum DickeLimitQuantities {
  static let all: [Quantity] = [
    strongFraction, strongConstant, strongManyConstant, strongRatio, strongManyRatio, strongDeviation,
    classicalStrongDeviation, phaseZeroConstant, phaseZeroTime, phaseZeroDeviation, advantageLimit,
    classicalAdvantageLimit, ratioLimit, phaseZeroAdvantageLimit, phaseZeroRatioLimit, scalingConstant,
    scalingDeviation,
  ]

  private static let page = Source.Page("dicke", "Strong coupling")
  private static let phasePage = Source.Page("dicke", "Phase 0")

  // MARK: - Constants

  private static let strongFraction = Quantity(
    "dicke.strong-fraction", [.cells, Parameter(.rescaledTime, .nonNegative)], continuous: [.rescaledTime], unit: "1",
    meaning: "E_B/(N w0) at x = g sqrt(N) tau in the limit of strong coupling, w0/(g sqrt N) -> 0",
    source: Source(.andolina(equations: ["21"]), derivedIn: page),
    routes: [
      Route("closed-form", method: "Laguerre polynomial by its series", lemmas: ["Strong coupling"], limits: [reach]) {
        arguments, precision, _ in
        StrongCoupling(cells: arguments[.cells]).fraction(
          arguments.enclosure(.rescaledTime, precision + 64), precision: precision + 8
        ).rounded(to: precision)
      },
      Route(
        "parity-sector", method: "Schroedinger equation under the coupling alone: certified Chebyshev series",
        lemmas: ["The cut-off"],
        limits: [DickeBattery.cellsLimit, reach, DickePath.statesLimit, DickePath.photonsLimit]
      ) { arguments, precision, budget in
        guard let cells = Int(exactly: arguments[.cells]) else { throw DickeBattery.cellsLimit.exceeded }
        return try StrongCoupling.evolved(
          cells: cells, x: arguments.enclosure(.rescaledTime, precision + 64), precision: precision, within: budget)
      },
      .model("dicke-strong.fraction", lemmas: ["Strong coupling"], calling: ["t": "x"]),
    ], isZero: { $0[.rescaledTime].isZero })

  /// The series cancels by e^(4x).
  private static let reach = Limit.real(.rescaledTime, to: "1000", because: "the terms of the series grow as e^(4x)")

  private static let strongConstant = Quantity(
    "dicke.strong-constant", [.cells], unit: "1",
    meaning: "the limit m_N of Pmax(N)/(N w0 g sqrt N) at strong coupling", source: Source(derivedIn: page),
    routes: [
      closedForm { try StrongCoupling(cells: $0[.cells]).greatestPower(precision: $1, within: $2) },
      .model("dicke-strong.constant", lemmas: ["Strong coupling"]),
    ])

  private static let strongManyConstant = Quantity(
    "dicke.strong-many-constant", [], unit: "1",
    meaning: "the limit of m_N for many cells, the greatest (1 - J_0(4x))/(2x)", source: Source(derivedIn: page),
    routes: [closedForm { try StrongCoupling(cells: nil).greatestPower(precision: $1, within: $2) }])

  private static let strongRatio = Quantity(
    "dicke.strong-ratio", [.cells], unit: "1",
    meaning: "the limit m_N/m_1 of R at strong coupling, at each classical phase with q_a(0) other than 0",
    source: Source(.andolina(equations: ["5"]), derivedIn: page),
    routes: [
      closedForm { try quotient($0[.cells], $1, $2) },
      .model(
        of: "dicke-strong.constant", as: "model", "; the quotient by that of one cell", lemmas: ["Strong coupling"]
      ) {
        if $0[.cells] == 1 { return Interval(1, precision: $1) }
        let one = try SeedModel.value("dicke-strong.constant", $0, setting: ["N": "1"], $1 + 8, within: $2)
        return (try SeedModel.value("dicke-strong.constant", $0, $1 + 8, within: $2) / one).rounded(to: $1)
      },
    ])

  private static let strongManyRatio = Quantity(
    "dicke.strong-many-ratio", [], unit: "1", meaning: "the limit of m_N/m_1 for many cells",
    source: Source(.andolina(equations: ["5"]), derivedIn: page), routes: [closedForm { try quotient(nil, $1, $2) }])

  private static func quotient(_ cells: Integer?, _ precision: Int, _ budget: Budget) throws -> Interval {
    if cells == 1 { return Interval(1, precision: precision) }
    let bits = precision + 8
    let one = try StrongCoupling(cells: 1).greatestPower(precision: bits, within: budget)
    return (try StrongCoupling(cells: cells).greatestPower(precision: bits, within: budget) / one).rounded(
      to: precision)
  }

  private static func closedForm(_ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "closed-form", method: "maximum of the series by branch and bound and interval Newton",
      lemmas: ["Strong coupling"], evaluate: evaluate)
  }

  private static let phaseZeroConstant = Quantity(
    "dicke.phase-zero-constant", [], unit: "1",
    meaning: "the limit of Pmax/(N w0 sqrt(g_N w0)) of the classical battery from q_a(0) = 0 at strong coupling",
    source: Source(.andolina(equations: ["23"]), derivedIn: phasePage),
    routes: [phaseZero { try PhaseZero.greatestPower(precision: $1, within: $2) }])

  private static let phaseZeroTime = Quantity(
    "dicke.phase-zero-time", [], unit: "1",
    meaning: "the limit of sqrt(g_N w0) times the charging time that attains it",
    source: Source(.andolina(equations: ["23", "26"]), derivedIn: phasePage),
    routes: [phaseZero { try PhaseZero.optimalTime(precision: $1, within: $2) }])

  private static func phaseZero(_ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "scaled-flow", method: "validated Taylor steps of the scaled flow; global maximum by interval Newton",
      lemmas: ["Phase 0"], evaluate: evaluate)
  }

  // MARK: - Distances from the limits

  private static let chain: [Parameter] = [.cells, .frequency, .coupling]

  private static let strongDeviation = Quantity(
    "dicke.strong-deviation", chain, continuous: [.frequency, .coupling], unit: "1",
    meaning: "abs(Pmax/(N w0 g_N) - m_N) in units of w0/g_N, g_N = g sqrt(N)", source: Source(derivedIn: page),
    routes: [
      Route(
        "parity-sector", method: "greatest power of the battery against the closed form of the limit",
        lemmas: ["The cut-off", "The greatest power", "Strong coupling"], limits: DickeBattery.powerLimits
      ) { arguments, precision, budget in
        let scale = Scale(arguments, precision + 16)
        let power = try DickeBattery(arguments, precision + 16).maximalPower(within: budget)
        let limit = try StrongCoupling(cells: arguments[.cells]).greatestPower(
          precision: precision + 16, within: budget)
        return scale.deviation(power / (scale.full * scale.bright), limit).rounded(to: precision)
      },
      .model(
        of: "dicke-mode.power", as: "model", "; the limit by dicke-strong.yaml", lemmas: ["Strong coupling"]
      ) { arguments, precision, budget in
        let scale = Scale(arguments, precision + 16)
        let power = try SeedModel.value("dicke-mode.power", arguments, precision + 16, within: budget)
        let limit = try SeedModel.value("dicke-strong.constant", arguments, precision + 16, within: budget)
        return scale.deviation(power / (scale.full * scale.bright), limit).rounded(to: precision)
      },
    ])

  private static let classicalStrongDeviation = Quantity(
    "dicke.classical-strong-deviation", chain + [DickeQuantities.phase], continuous: [.frequency, .coupling, .phase],
    unit: "1",
    meaning: "abs(Pmax/(N w0 g_N) - 2 abs(sin phase) Y) of the classical battery in units of w0/g_N",
    source: Source(derivedIn: page),
    routes: [
      classical("Strong coupling") { arguments, precision, budget in
        let scale = Scale(arguments, precision + 16)
        let power = try ClassicalDickeBattery(arguments, precision + 16).maximalPower(within: budget)
        let limit = try classicalConstant(arguments, precision + 16, budget)
        return scale.deviation(power / (scale.full * scale.bright), limit).rounded(to: precision)
      }
    ])

  private static let phaseZeroDeviation = Quantity(
    "dicke.phase-zero-deviation", chain, continuous: [.frequency, .coupling], unit: "1",
    meaning: "abs(Pmax/(N w0 sqrt(g_N w0)) - dicke.phase-zero-constant) at phase 0 in units of w0/g_N",
    source: Source(derivedIn: phasePage),
    routes: [
      classical("Phase 0") { arguments, precision, budget in
        let scale = Scale(arguments, precision + 16)
        let power = try ClassicalDickeBattery(arguments, precision + 16, from: .rest).maximalPower(within: budget)
        let limit = try PhaseZero.greatestPower(precision: precision + 16, within: budget)
        return scale.deviation(power / (scale.full * scale.slow), limit).rounded(to: precision)
      }
    ])

  /// Products of the parameters.
  private struct Scale {
    let (frequency, coupling, bright, full, slow): (Interval, Interval, Interval, Interval, Interval)

    init(_ arguments: Arguments, _ precision: Int) {
      let cells = Interval(arguments.has(.cells) ? arguments[.cells] : 1, precision: precision)
      frequency = arguments.enclosure(.frequency, precision)
      coupling = arguments.enclosure(.coupling, precision)
      bright = coupling * cells.squareRoot
      full = cells * frequency
      slow = (bright * frequency).squareRoot
    }

    func deviation(_ value: Interval, _ limit: Interval) -> Interval {
      (value - limit).absoluteValue * bright / frequency
    }
  }

  /// 2 |sin phase| Y.
  private static func classicalConstant(
    _ arguments: Arguments, _ precision: Int, _ budget: Budget
  ) throws -> Interval {
    let y = try HarmonicAlgebra.classicalMaximum.get().value(precision: precision, within: budget)
    return 2 * (arguments.enclosure(.phase, precision).sine.absoluteValue * y)
  }

  private static func classical(_ lemma: String, _ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "vector", method: "greatest power of the classical battery against its limit",
      lemmas: ["The classical battery", lemma], evaluate: evaluate)
  }

  // MARK: - The scaling function

  private static let scalingConstant = Quantity(
    "dicke.scaling-constant", [DickeQuantities.phase], unit: "1",
    meaning: "F(0) of Eq. (26): the limit of the classical charging time over 1/(g sqrt N) at strong coupling",
    source: Source(.andolina(equations: ["26"]), derivedIn: page),
    routes: [
      Route(
        "closed-form", method: "place of the maximum of sin(x)^2/x by branch and bound and interval Newton",
        lemmas: ["Strong coupling"]
      ) { try scalingLimit($0, $1 + 8, $2).rounded(to: $1) }
    ], constraint: { try checkPhase($0, noScaling) })

  private static let scalingDeviation = Quantity(
    "dicke.scaling-deviation", chain + [DickeQuantities.phase], unit: "1",
    meaning:
      "distance of g sqrt(N) times the classical charging time from F(0), over the root of w0/g_N, g_N = g sqrt(N)",
    source: Source(.andolina(equations: ["26"]), derivedIn: page),
    routes: [
      classical("Strong coupling") { arguments, precision, budget in
        let bits = precision + 24
        let scale = Scale(arguments, bits)
        let time = try ClassicalDickeBattery(arguments, bits).optimalTime(within: budget)
        let distance = (scale.bright * time - (try scalingLimit(arguments, bits, budget))).absoluteValue
        return (distance / (scale.frequency / scale.bright).squareRoot).rounded(to: precision)
      }
    ], constraint: { try checkPhase($0, noScaling) })

  private static let noScaling = "where F(x) grows as x^(-1/2)"

  /// The x > 0 of the greatest sin(2 sin(phase) x)^2/x.
  private static func scalingLimit(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Interval {
    let place = try HarmonicAlgebra.classicalMaximum.get().argument(precision: precision, within: budget)
    return place / (2 * arguments.enclosure(.phase, precision).sine.absoluteValue)
  }

  // MARK: - Many cells at a fixed coupling

  private static let couplings: [Parameter] = [.frequency, .coupling]

  private static let advantageLimit = Quantity(
    "dicke.advantage-limit", couplings, continuous: [.frequency, .coupling], unit: "1",
    meaning: "the limit of Gamma_qu/sqrt(N) for many cells",
    source: Source(.andolina(equations: ["22"]), derivedIn: page),
    routes: [quantum { try quantumLimit($0, $1, $2).rounded(to: $1) }])

  private static let classicalAdvantageLimit = Quantity(
    "dicke.classical-advantage-limit", couplings + [DickeQuantities.phase],
    continuous: [.frequency, .coupling, .phase], unit: "1",
    meaning: "the limit of Gamma_cl/sqrt(N) for many cells; 0 at phase 0",
    source: Source(.andolina(text: "below Eq. (26)"), derivedIn: page),
    routes: [classical("Strong coupling") { try classicalLimit($0, $1, $2).rounded(to: $1) }],
    isZero: { hasNoForce($0) })

  private static let ratioLimit = Quantity(
    "dicke.ratio-limit", couplings + [DickeQuantities.phase], continuous: [.frequency, .coupling, .phase], unit: "1",
    meaning: "the limit of R for many cells, at a phase with q_a(0) other than 0",
    source: Source(.andolina(equations: ["5"]), derivedIn: page),
    routes: [
      quantum { try (quantumLimit($0, $1 + 8, $2) / classicalLimit($0, $1 + 8, $2)).rounded(to: $1) }
    ],
    constraint: { try checkPhase($0, "where R grows as N^(1/4)") })

  /// Whether sin(phase) is zero, decided exactly.
  private static func hasNoForce(_ arguments: Arguments) -> Decision {
    let phase = arguments[.phase]
    guard let turns = try? Constant(phase.expression / Expression(.pi)) else { return .undecided }
    switch turns.integrality {
    case .integer: return .certainlyTrue
    case .none: return .certainlyFalse
    case .undecided: return .undecided
    }
  }

  private static func checkPhase(_ arguments: Arguments, _ reason: String) throws {
    switch hasNoForce(arguments) {
    case .certainlyFalse: return
    case .certainlyTrue: throw BadInput("phase: sin(phase) must not be 0, \(reason); accepted: other phases")
    case .undecided: throw Undecided("undecided whether sin(phase) is 0")
    }
  }

  private static let phaseZeroAdvantageLimit = Quantity(
    "dicke.phase-zero-advantage-limit", couplings, continuous: [.frequency, .coupling], unit: "1",
    meaning: "the limit of Gamma_cl/N^(1/4) for many cells from q_a(0) = 0",
    source: Source(.andolina(text: "below Eq. (26)"), derivedIn: phasePage),
    routes: [classical("Phase 0") { try phaseZeroLimit($0, $1, $2).rounded(to: $1) }])

  private static let phaseZeroRatioLimit = Quantity(
    "dicke.phase-zero-ratio-limit", couplings, continuous: [.frequency, .coupling], unit: "1",
    meaning: "the limit of R/N^(1/4) for many cells with the classical start q_a(0) = 0",
    source: Source(.andolina(equations: ["5"]), derivedIn: phasePage),
    routes: [
      quantum { try (quantumLimit($0, $1 + 8, $2) / phaseZeroLimit($0, $1 + 8, $2)).rounded(to: $1) }
    ])

  private static func quantum(_ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "parity-sector", method: "greatest power of one cell by its evolution, and the constant of the limit",
      lemmas: ["The cut-off", "The greatest power", "Strong coupling"], limits: [DickePath.photonsLimit],
      evaluate: evaluate)
  }

  /// g w0 m/Pmax(1).
  private static func quantumLimit(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Interval {
    let scale = Scale(arguments, precision + 8)
    let one = try DickeBattery(arguments, precision + 8, cells: 1).maximalPower(within: budget)
    let constant = try StrongCoupling(cells: nil).greatestPower(precision: precision + 8, within: budget)
    return scale.coupling * scale.frequency * constant / one
  }

  private static func classicalLimit(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Interval {
    let scale = Scale(arguments, precision + 8)
    let one = try ClassicalDickeBattery(arguments, precision + 8, cells: 1).maximalPower(within: budget)
    return scale.coupling * scale.frequency * (try classicalConstant(arguments, precision + 8, budget)) / one
  }

  private static func phaseZeroLimit(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Interval {
    let scale = Scale(arguments, precision + 8)
    let one = try ClassicalDickeBattery(arguments, precision + 8, cells: 1, from: .rest).maximalPower(
      within: budget)
    let constant = try PhaseZero.greatestPower(precision: precision + 8, within: budget)
    return scale.frequency * (scale.coupling * scale.frequency).squareRoot * constant / one
  }
}
