import ArbitraryPrecision
import Catalogue
import FastKernels
import RigorousNumerics

/// The catalogue entries of the Dicke battery.
enum DickeQuantities {
  static let system = BatterySystem(
    "dicke", quantities: all + DickeLimitQuantities.all, cases: DickeCases.all, figures: DickeFigures.all)

  static let all: [Quantity] = [
    storedEnergy, maxPower, optimalTime, advantage, classicalStoredEnergy, classicalMaxPower, classicalOptimalTime,
    classicalAdvantage, ratio, greatestRatio,
  ]

  /// The paper's choice is p_a(0) = q_a(0).
  static let phase = Parameter(.phase, default: "pi/4")

  static let storedEnergy = Quantity(
    "dicke.stored-energy", [.cells, .frequency, .coupling, .chargingTime],
    continuous: [.frequency, .coupling, .chargingTime], unit: "w0",
    scale: "N*w0",
    meaning: "energy E_B of the battery after charging for tau from a Fock state of N photons",
    source: Source(.andolina(equations: ["21"])),
    routes: [
      Route(
        "parity-sector",
        method:
          """
          Schroedinger equation in the parity sector up to a number of photons whose effect is bounded: certified \
          Chebyshev series
          """,
        lemmas: ["The cut-off"], limits: DickeBattery.limits
      ) { try DickeBattery($0, $1).storedEnergy(within: $2) },
      .model("dicke-mode.energy"),
    ], isZero: { $0[.chargingTime].isZero },
    kernel: Kernel(
      bound:
        """
        computed beside the value: N w0 e (2 + e) with e the roundings of the series by its lengths and the effect of \
        the cut-off
        """,
      domain: "N up to 1000",
      auditInputs: DickeAudit.inputs, sensitivity: DickeSensitivity.energy
    ) { p throws(KernelRefusal) in
      try DickeKernel.storedEnergy(
        cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], time: p[.chargingTime])
    })

  private static let maxPower = Quantity(
    "dicke.max-power", [.cells, .frequency, .coupling], continuous: [.frequency, .coupling], unit: "w0^2",
    scale: "N*w0*g",
    meaning: "greatest average power over all charging times",
    source: Source(.andolina(sections: ["III"], equations: ["21"])),
    routes: [quantum { try DickeBattery($0, $1).maximalPower(within: $2) }, .model("dicke-mode.power")],
    kernel: Kernel(
      bound: powerBound, domain: "N up to 1000", auditInputs: DickeAudit.powerInputs,
      sensitivity: DickeSensitivity.power
    ) { p throws(KernelRefusal) in
      try DickeKernel.maximalPower(cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling])
    })

  private static let powerBound =
    "computed beside the value: the roundings of the path, the effect of the cut-off and what the search may miss"

  private static let optimalTime = Quantity(
    "dicke.optimal-time", [.cells, .frequency, .coupling], unit: "1/w0", scale: "1/g",
    meaning: "charging time of the greatest average power",
    source: Source(.andolina(sections: ["III"], equations: ["21"])),
    routes: [quantum { try DickeBattery($0, $1).optimalTime(within: $2) }, .model("dicke-mode.power-time")],
    kernel: Kernel(
      bound: "computed beside the value: proved signs of the power's slope on both sides", domain: "N up to 1000",
      auditInputs: DickeAudit.powerInputs
    ) { p throws(KernelRefusal) in
      try DickeKernel.optimalTime(cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling])
    })

  private static let advantage = Quantity(
    "dicke.advantage", [.cells, .frequency, .coupling], continuous: [.frequency, .coupling], unit: "1",
    meaning: "collective advantage Pmax(N) / (N Pmax(1))", source: Source(.andolina(equations: ["4", "21"])),
    routes: [quantum { try advantage($0, $1, within: $2).rounded(to: $1) }, .advantage("dicke-mode.power")],
    kernel: Kernel(
      bound: powerBound, domain: "N up to 1000", auditInputs: DickeAudit.powerInputs,
      sensitivity: DickeSensitivity.advantage
    ) { p throws(KernelRefusal) in
      try DickeKernel.advantage(cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling])
    })

  static let ratio = Quantity(
    "dicke.ratio", [.cells, .frequency, .coupling, phase], continuous: [.frequency, .coupling, .phase], unit: "1",
    meaning: "advantage of the quantum battery over that of the classical one",
    source: Source(.andolina(equations: ["5", "21", "23"])),
    routes: [
      Route(
        "parity-sector", method: quantumPowerMethod + "; " + powerMethod,
        lemmas: ["The cut-off", "The greatest power", "The classical battery"], limits: DickeBattery.powerLimits
      ) { arguments, precision, budget in
        let quantum = try advantage(arguments, precision + 8, within: budget)
        return (quantum / (try classicalAdvantage(arguments, precision + 8, within: budget))).rounded(to: precision)
      },
      .advantage(
        "dicke-mode.power", lemmas: ["The classical battery"],
        over: ("the classical advantage by \(powerMethod)", { try classicalAdvantage($0, $1, within: $2) })),
    ],
    kernel: Kernel(
      bound: "from the bounds of the four maximal powers", auditInputs: DickeAudit.ratioInputs,
      sensitivity: DickeSensitivity.ratio
    ) { p throws(KernelRefusal) in
      try DickeKernel.ratio(cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], phase: p[.phase])
    })

  private static let greatestRatio = Quantity(
    "dicke.greatest-ratio",
    [.cells, Parameter(.rangeStart, .positive), Parameter(.rangeEnd, .positive), phase],
    continuous: [.rangeStart, .rangeEnd, .phase], unit: "1",
    meaning:
      "greatest R for all g/w0 between from and to: an enclosure that tells whether it is below one",
    source: Source(.andolina(equations: ["5", "21", "23"]), derivedIn: Source.Page("dicke", "Ranges of the coupling")),
    routes: [
      Route(
        "pieces",
        method: "greatest powers at the ends of pieces in w0/g, with a bound of how far they leave their chords",
        lemmas: ["The cut-off", "The greatest power", "The classical battery", "Ranges of the coupling"],
        limits: [DickeRatioRange.cellsLimit, SideOfOne.limit]
      ) { try DickeRatioRange.greatest($0, $1, within: $2) }
    ], constraint: Arguments.checkRange)

  /// Pmax(N)/(N Pmax(1)) of maximal powers with a few bits to spare.
  private static func advantage(
    _ arguments: Arguments, _ precision: Int, of maximalPower: (_ cells: Int?, _ precision: Int) throws -> Interval
  ) throws -> Interval {
    // Of one cell it is the quotient of a number by itself.
    if arguments[.cells] == 1 { return Interval(1, precision: precision) }
    let bits = precision + 8
    return try maximalPower(nil, bits) / (arguments.enclosure(.cells, bits) * maximalPower(1, bits))
  }

  private static func advantage(_ arguments: Arguments, _ precision: Int, within budget: Budget) throws -> Interval {
    try advantage(arguments, precision) { try DickeBattery(arguments, $1, cells: $0).maximalPower(within: budget) }
  }

  private static func classicalAdvantage(
    _ arguments: Arguments, _ precision: Int, within budget: Budget
  ) throws -> Interval {
    try advantage(arguments, precision) {
      try ClassicalDickeBattery(arguments, $1, cells: $0.map { Integer($0) }).maximalPower(within: budget)
    }
  }

  private static let classicalStoredEnergy = Quantity(
    "dicke.classical-stored-energy", [.cells, .frequency, .coupling, .chargingTime, phase],
    continuous: [.frequency, .coupling, .chargingTime, .phase], unit: "w0", scale: "N*w0",
    meaning:
      "energy E_B of the classical battery from p_a(0) = sqrt(2N) cos(phase), q_a(0) = sqrt(2N) sin(phase), in radians",
    source: Source(.andolina(equations: ["23"])),
    routes: [
      classical("Hamilton's equations of a unit vector and an oscillator: validated Taylor steps") {
        try ClassicalDickeBattery($0, $1).storedEnergy(within: $2)
      }
    ], isZero: { $0[.chargingTime].isZero },
    kernel: Kernel(
      bound:
        """
        computed beside the value: truncation and roundings of Taylor steps, times e^(0.354 s) for the rest s of 2 \
        sqrt(2N) g tau <= 64
        """,
      auditInputs: ClassicalDickeAudit.inputs, sensitivity: ClassicalDickeSensitivity.energy
    ) { p throws(KernelRefusal) in
      try ClassicalDickeKernel.storedEnergy(
        cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], time: p[.chargingTime], phase: p[.phase])
    })

  private static let classicalMaxPower = Quantity(
    "dicke.classical-max-power", [.cells, .frequency, .coupling, phase], continuous: [.frequency, .coupling, .phase],
    unit: "w0^2",
    scale: "N*w0*g",
    meaning: "greatest average power of the classical battery over all charging times",
    source: Source(.andolina(sections: ["III"], equations: ["23"])),
    routes: [
      classical(powerMethod) { try ClassicalDickeBattery($0, $1).maximalPower(within: $2) }
    ],
    kernel: Kernel(
      bound: "computed beside the value: the errors of the path and what the search may miss",
      auditInputs: ClassicalDickeAudit.powerInputs, sensitivity: ClassicalDickeSensitivity.power
    ) { p throws(KernelRefusal) in
      try ClassicalDickeKernel.maximalPower(
        cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], phase: p[.phase])
    })

  private static let classicalOptimalTime = Quantity(
    "dicke.classical-optimal-time", [.cells, .frequency, .coupling, phase], unit: "1/w0", scale: "1/g",
    meaning: "charging time of the greatest average power of the classical battery",
    source: Source(.andolina(sections: ["III"], equations: ["23"])),
    routes: [
      classical(powerMethod) { try ClassicalDickeBattery($0, $1).optimalTime(within: $2) }
    ])

  private static let classicalAdvantage = Quantity(
    "dicke.classical-advantage", [.cells, .frequency, .coupling, phase], continuous: [.frequency, .coupling, .phase],
    unit: "1",
    meaning: "collective advantage Pmax(N) / (N Pmax(1)) of the classical battery",
    source: Source(.andolina(equations: ["4", "23"])),
    routes: [
      classical(powerMethod) { try classicalAdvantage($0, $1, within: $2).rounded(to: $1) }
    ],
    kernel: Kernel(
      bound: "from the bounds of the two maximal powers", auditInputs: ClassicalDickeAudit.advantageInputs,
      sensitivity: ClassicalDickeSensitivity.advantage
    ) { p throws(KernelRefusal) in
      try ClassicalDickeKernel.advantage(
        cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], phase: p[.phase])
    })

  private static let quantumPowerMethod =
    "Schroedinger equation on all times: survey by Taylor polynomials, interval Newton where the maximum can be"

  private static func quantum(_ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "parity-sector", method: quantumPowerMethod, lemmas: ["The cut-off", "The greatest power"],
      limits: DickeBattery.powerLimits, evaluate: evaluate)
  }

  private static let powerMethod =
    "Hamilton's equations on all times; global maximum by branch and bound, interval Newton"

  private static func classical(_ method: String, _ evaluate: @escaping Route.Evaluate) -> Route {
    Route("vector", method: method, lemmas: ["The classical battery"], evaluate: evaluate)
  }
}
