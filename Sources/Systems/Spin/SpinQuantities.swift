import ArbitraryPrecision
import Catalogue
import FastKernels
import Models
import RigorousNumerics

/// The catalogue entries of the spin battery.
enum SpinQuantities {
  static let system = BatterySystem("spin", quantities: all, cases: SpinCases.all, figures: SpinFigures.all)

  static let all: [Quantity] = [
    storedEnergy, maxPower, optimalTime, advantage, classicalStoredEnergy, classicalMaxPower, classicalOptimalTime,
    classicalAdvantage, ratio, semiclassicalAdvantage, semiclassicalGap,
  ]

  private static let storedEnergy = Quantity(
    "spin.stored-energy", [.cells, .frequency, .coupling, .chargingTime],
    continuous: [.frequency, .coupling, .chargingTime], unit: "w0",
    scale: "N*w0",
    meaning: "energy E_B of the battery after charging for tau",
    source: Source(.andolina(sections: ["V"], equations: ["16"])),
    routes: [
      Route(
        "sector", method: "Schroedinger equation in the N + 1 states of N excitations: certified Chebyshev series",
        lemmas: ["two large spins"], limits: [SpinBattery.cellsLimit]
      ) { try SpinBattery($0, $1).sector(within: $2) },
      .model("spin-cells.energy", as: "spins", limits: [SpinBattery.spinsLimit]),
      .model("spin-pair.energy", lemmas: ["two large spins"]),
    ], isZero: SpinBattery.isEmpty, kernel: storedEnergyKernel)

  private static let storedEnergyKernel = Kernel(
    bound: "computed beside the value: N w0 e (2 + e) with e the roundings of the recurrence by its lengths",
    domain: "N up to 16384",
    auditInputs: SpinAudit.inputs,
    // With X = 2 g tau, |d<k>/dX| = 2 |sum b_k phi_k phi_(k+1)| <= 2 max b_k <= (N + 1)^2/2, and the second
    // derivative is 2 <b_k^2 - b_(k-1)^2> = 2 <(N - 2k)(N + 2k(N - k))>, at most N^2 (N + 2).
    sensitivity: ScaledSensitivity.energy {
      ($0 + 1) * ($0 + 1)
    } curvature: {
      4 * $0 * $0 * ($0 + 2)
    }
  ) { p throws(KernelRefusal) in
    try SpinKernel.storedEnergy(
      cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], time: p[.chargingTime])
  }

  private static let maxPower = Quantity(
    "spin.max-power", [.cells, .frequency, .coupling], continuous: [.frequency, .coupling], unit: "w0^2",
    scale: "N*w0*g",
    meaning: "greatest average power over all charging times",
    source: Source(.andolina(sections: ["III", "V"], equations: ["16"])),
    routes: [
      route { arguments, precision, budget in
        let greatest = try greatest(try SpinBattery.count(arguments), precision, budget)
        return 2 * (arguments.enclosure(.coupling, precision) * arguments.enclosure(.frequency, precision)) * greatest
      },
      .model("spin-pair.power", lemmas: ["two large spins"]),
    ],
    kernel: Kernel(
      bound: "computed beside the value: the roundings of the path and what the search may miss",
      domain: "N up to 65536",
      auditInputs: SpinAudit.powerInputs, sensitivity: ScaledSensitivity.power
    ) { p throws(KernelRefusal) in
      try SpinKernel.maximalPower(cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling])
    })

  private static let optimalTime = Quantity(
    "spin.optimal-time", [.cells, .frequency, .coupling], continuous: [.frequency, .coupling], unit: "1/w0",
    scale: "1/g",
    meaning: "charging time of the greatest average power",
    source: Source(.andolina(sections: ["III", "V"], equations: ["16"])),
    routes: [
      route { arguments, precision, budget in
        let maximum = try SpinBattery.maximum(try SpinBattery.count(arguments), within: budget)
        let x = try maximum.argument(precision: sharp(precision), within: budget)
        return x.rounded(to: precision) / (2 * arguments.enclosure(.coupling, precision))
      },
      .model("spin-pair.power-time", lemmas: ["two large spins"]),
    ],
    kernel: Kernel(
      bound: "computed beside the value: proved signs of the power's slope on both sides",
      domain: "N up to 65536",
      auditInputs: SpinAudit.powerInputs, sensitivity: ScaledSensitivity.time
    ) { p throws(KernelRefusal) in
      try SpinKernel.optimalTime(cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling])
    })

  private static let advantage = Quantity(
    "spin.advantage", [.cells], unit: "1",
    meaning: "collective advantage Pmax(N) / (N Pmax(1)) of the quantum battery",
    source: Source(.andolina(equations: ["4", "17"])),
    routes: [
      route { try quantumAdvantage($0, $1, within: $2) },
      .advantage("spin-pair.power", lemmas: ["two large spins"]),
    ],
    kernel: Kernel(
      bound: "from the bounds of the two maximal powers", domain: "N up to 65536",
      auditInputs: SpinAudit.advantageInputs
    ) { p throws(KernelRefusal) in
      try SpinKernel.advantage(cells: p[.cells])
    })

  private static let classicalStoredEnergy = Quantity(
    "spin.classical-stored-energy",
    [.cells, .frequency, .coupling, .chargingTime] + angles,
    continuous: [.frequency, .coupling, .chargingTime, .chargerAngle, .batteryAngle, .azimuth], unit: "w0",
    scale: "N*w0",
    meaning:
      """
      energy E_B of the classical battery from the angles theta-a, theta-b and phi = phi_a - phi_b, in radians; it \
      includes E_B(0)
      """,
    source: Source(.andolina(equations: ["18-20"])),
    routes: [
      Route(
        "vectors", method: "Hamilton's equations of two unit vectors: validated Taylor steps",
        lemmas: ["classical spins"]
      ) { try ClassicalSpinBattery($0, $1).storedEnergy(within: $2) }
    ], isZero: ClassicalSpinBattery.isEmpty,
    kernel: Kernel(
      bound: "computed beside the value: roundings of Taylor steps, times e^s for the rest s of 2 g N tau",
      domain: "2 g N tau up to 24", isHeldAbsolutely: true, auditInputs: SpinAudit.classicalInputs,
      sensitivity: ClassicalSpinSensitivity.energy
    ) { p throws(KernelRefusal) in
      try ClassicalSpinKernel.storedEnergy(
        cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], time: p[.chargingTime],
        angles: classicalAngles(p))
    })

  private static func classicalAngles(_ p: KernelInput) -> ClassicalSpinKernel.Angles {
    ClassicalSpinKernel.Angles(charger: p[.chargerAngle], battery: p[.batteryAngle], azimuth: p[.azimuth])
  }

  private static let classicalMaxPower = Quantity(
    "spin.classical-max-power", [.cells, .frequency, .coupling] + angles,
    continuous: [.frequency, .coupling, .chargerAngle, .batteryAngle, .azimuth], unit: "w0^2", scale: "N*w0*g",
    meaning: "greatest average power (E_B(tau) - E_B(0))/tau of the classical battery over all charging times",
    source: Source(.andolina(equations: ["18-20"])),
    routes: [
      Route(
        "vectors",
        method: classicalPowerMethod,
        lemmas: ["classical spins", "Supremum of the classical power"]
      ) { try ClassicalSpinBattery($0, $1).maximalPower(within: $2) }
    ], isZero: ClassicalSpinBattery.gainsNothing,
    kernel: Kernel(
      bound: "computed beside the value: the errors of the path and what the search may miss",
      domain: "a positive power that is closed up to 2 g N tau = 24", auditInputs: SpinAudit.classicalPowerInputs
    ) { p throws(KernelRefusal) in
      try ClassicalSpinKernel.maximalPower(
        cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], angles: classicalAngles(p))
    })

  private static let classicalPowerMethod =
    "Hamilton's equations of two unit vectors on all times; global maximum by branch and bound, interval Newton"

  private static let classicalOptimalTime = Quantity(
    "spin.classical-optimal-time", [.cells, .frequency, .coupling] + angles, continuous: [.frequency, .coupling],
    unit: "1/w0", scale: "1/g",
    meaning: "charging time of the greatest average power of the classical battery, where one attains it",
    source: Source(.andolina(sections: ["III"], equations: ["18-20"])),
    routes: [
      Route(
        "vectors", method: classicalPowerMethod, lemmas: ["classical spins", "Supremum of the classical power"]
      ) { try ClassicalSpinBattery($0, $1).optimalTime(within: $2) }
    ], constraint: ClassicalSpinBattery.checkAttained)

  private static let classicalAdvantage = Quantity(
    "spin.classical-advantage", [.cells] + angles, unit: "1",
    meaning: "collective advantage Pmax(N) / (N Pmax(1)) of the classical battery",
    source: Source(.andolina(equations: ["4", "18-20"])),
    routes: [
      Route(
        "vectors", method: classicalPowerMethod, lemmas: ["classical spins", "Supremum of the classical power"]
      ) { try classicalAdvantage($0, $1, within: $2) }
    ],
    kernel: Kernel(
      bound: "2^-53 of the value: in the time 2 g N tau the spins of N cells move as those of one",
      domain: "N up to 2^53, a gain that is found up to 2 g N tau = 24",
      auditInputs: SpinAudit.classicalRatioInputs
    ) { p throws(KernelRefusal) in
      try ClassicalSpinKernel.advantage(cells: p[.cells], angles: classicalAngles(p))
    }, constraint: ClassicalSpinBattery.checkGain)

  private static let ratio = Quantity(
    "spin.ratio", [.cells] + angles, unit: "1",
    meaning: "advantage of the quantum battery over that of the classical one",
    source: Source(.andolina(equations: ["5", "16", "18-20"])),
    routes: [
      Route(
        "sector", method: "the advantage in N + 1 states; over that by \(classicalPowerMethod)",
        lemmas: ["two large spins", "classical spins", "Supremum of the classical power"],
        limits: [SpinBattery.cellsLimit]
      ) { arguments, precision, budget in
        let quantum = try quantumAdvantage(arguments, precision + 8, within: budget)
        return (quantum / (try classicalAdvantage(arguments, precision + 8, within: budget))).rounded(to: precision)
      },
      .advantage(
        "spin-pair.power", lemmas: ["two large spins", "classical spins", "Supremum of the classical power"],
        over: ("the classical advantage by \(classicalPowerMethod)", { try classicalAdvantage($0, $1, within: $2) })),
    ],
    kernel: Kernel(
      bound: "from the bound of the quantum advantage",
      domain: "N up to 65536, a classical gain that is found up to 2 g N tau = 24",
      auditInputs: SpinAudit.classicalRatioInputs
    ) { p throws(KernelRefusal) in
      try SpinKernel.ratio(cells: p[.cells], angles: classicalAngles(p))
    }, constraint: ClassicalSpinBattery.checkGain)

  private static func quantumAdvantage(
    _ arguments: Arguments, _ precision: Int, within budget: Budget
  ) throws -> Interval {
    let n = try SpinBattery.count(arguments)
    // Of one cell it is the quotient of a number by itself.
    if n == 1 { return Interval(1, precision: precision) }
    return try greatest(n, precision, budget) / (n * (try greatest(1, precision, budget)))
  }

  private static func classicalAdvantage(
    _ arguments: Arguments, _ precision: Int, within budget: Budget
  ) throws -> Interval {
    let power = { (cells: Integer?) in
      try ClassicalSpinBattery(arguments, precision + 8, cells: cells).scaledPower(within: budget)
    }
    return (try power(nil) / (arguments.enclosure(.cells, precision + 8) * (try power(1)))).rounded(to: precision)
  }

  private static let semiclassicalAdvantage = Quantity(
    "spin.semiclassical-advantage", [.cells], unit: "1",
    meaning: "the advantage by the semiclassical law of docs/spin.md, an approximation for many cells, N >= 3",
    source: Source(derivedIn: Source.Page("spin", "Many cells")),
    routes: [
      Route(
        "law", method: "global maximum of the law's power over times with e^(4 g N tau) >= 4N; interval Newton",
        limits: [SemiclassicalLaw.cellsLimit]
      ) { arguments, precision, budget in
        arguments.enclosure(.cells, precision) / (try inverseLaw(arguments, precision, budget))
      }
    ])

  private static let semiclassicalGap = Quantity(
    "spin.semiclassical-gap", [.cells], unit: "1",
    meaning: "N times the excess of N/Gamma by the semiclassical law over N/Gamma, N >= 3",
    source: Source(derivedIn: Source.Page("spin", "Many cells")),
    routes: [
      route(limits: [SemiclassicalLaw.cellsLimit, SpinBattery.cellsLimit]) { arguments, precision, budget in
        let n = try SpinBattery.count(arguments)
        let gamma = try greatest(n, precision, budget) / (n * (try greatest(1, precision, budget)))
        let count = Interval(n, precision: precision)
        return count * (try inverseLaw(arguments, precision, budget) - count / gamma)
      },
      .model(
        of: "spin-pair.power", as: "model", "; the law's power by the first route", lemmas: ["two large spins"],
        limits: [SemiclassicalLaw.cellsLimit, Model.limit]
      ) { arguments, precision, budget in
        let gamma = try SeedModel.advantage("spin-pair.power", arguments, precision + 8, within: budget)
        let count = arguments.enclosure(.cells, precision + 8)
        return (count * (try inverseLaw(arguments, precision + 8, budget) - count / gamma)).rounded(to: precision)
      },
    ])

  /// N/Gamma by the semiclassical law: (Y/2)/(greatest F/ln(4Ns)), where Y is the greatest power of one cell in the
  /// time x.
  private static func inverseLaw(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Interval {
    let law = SemiclassicalLaw(cells: arguments[.cells])
    let power = try law.greatestPower(precision: precision + 16, within: budget)
    return (try greatest(1, precision, budget) / (2 * power)).rounded(to: precision)
  }

  private static let angles = [Parameter(.chargerAngle), Parameter(.batteryAngle), Parameter(.azimuth)]

  /// Enclosures of a run of its own are sharper than those of the dense run from here on.
  private static func sharp(_ precision: Int) -> Int { max(precision + 16, 160) }

  private static func greatest(_ n: Int, _ precision: Int, _ budget: Budget) throws -> Interval {
    try SpinBattery.maximum(n, within: budget).value(precision: sharp(precision), within: budget).rounded(to: precision)
  }

  private static func route(
    limits: [Limit] = [SpinBattery.cellsLimit], _ evaluate: @escaping Route.Evaluate
  ) -> Route {
    Route(
      "sector",
      method: "N + 1 states of N excitations with dense output; global maximum by branch and bound, interval Newton",
      lemmas: ["two large spins"], limits: limits, evaluate: evaluate)
  }
}
