import ArbitraryPrecision
import Catalogue
import FastKernels
import Models
import RigorousNumerics

/// The catalogue entries of the harmonic battery.
enum HarmonicQuantities {
  static let system = BatterySystem("harmonic", quantities: all, cases: HarmonicCases.all)

  static let all: [Quantity] = [
    storedEnergy, classicalStoredEnergy, startStoredEnergy, coherentPurity, maxPower, optimalTime, advantage, ratio,
    powerConstant,
  ]

  private static let chain: [Parameter] = [.cells, .frequency, .coupling]

  private static let storedEnergy = Quantity(
    "harmonic.stored-energy", chain + [.chargingTime], continuous: [.frequency, .coupling, .chargingTime], unit: "w0",
    scale: "N*w0",
    meaning: "energy E_B of the battery after charging for tau", source: Source(.andolina(equations: ["10"])),
    routes: [
      Route(
        "heisenberg", method: "Heisenberg equations: exponential of a 3x3 system for <a'a>, <B'B>, i<a'B - B'a>",
        lemmas: ["bright mode"]
      ) { try HarmonicBattery($0, $1).heisenberg(within: $2) },
      Route(
        "fock-sector",
        method: "Schroedinger equation in the sector of N quanta, N + 1 states of charger and bright mode",
        lemmas: ["bright mode"], limits: [HarmonicBattery.sectorLimit]
      ) { try HarmonicBattery($0, $1).fockSector(within: $2) },
      Route(
        "all-modes", method: "the N + 1 modes of Eq. (6), without the bright mode", lemmas: ["quadratic"],
        limits: [HarmonicBattery.modesLimit]
      ) { try HarmonicBattery($0, $1).allModes(within: $2) },
      .model("harmonic-sector.energy", lemmas: ["bright mode"]),
      .model("harmonic-modes.energy", as: "model-modes"),
    ],
    isZero: HarmonicAlgebra.isEmptyBattery, kernel: storedEnergyKernel)

  private static let classicalStoredEnergy = Quantity(
    "harmonic.classical-stored-energy",
    chain + [.chargingTime, Parameter(.phase, default: "pi/4")],
    continuous: [.frequency, .coupling, .chargingTime, .phase],
    unit: "w0", scale: "N*w0",
    meaning: "energy E_B of the classical battery from p_a = sqrt(2N) cos phase, q_a = sqrt(2N) sin phase",
    source: Source(.andolina(equations: ["13", "14"], text: "below Eq. (14)")),
    routes: [
      Route("hamilton", method: "Hamilton's equations (14): exponential of the 4x4 system", lemmas: ["bright mode"]) {
        try HarmonicBattery($0, $1).hamilton(phase: $0.enclosure(.phase, $1), within: $2)
      }
    ], isZero: HarmonicAlgebra.isEmptyBattery)

  private static let startStoredEnergy = Quantity(
    "harmonic.start-stored-energy",
    chain + [.chargingTime, Parameter(.start)], continuous: [.frequency, .coupling, .chargingTime],
    unit: "w0", scale: "N*w0",
    meaning: "energy E_B from a Fock, coherent or thermal start of the charger with N quanta in the mean",
    source: Source(.andolina(text: "above Eq. (9)")),
    routes: [
      Route(
        "sectors", method: "Schroedinger equation in every sector up to a cut with a proved tail",
        lemmas: ["bright mode", "sectors do not interfere"],
        limits: [HarmonicBattery.sectorLimit, HarmonicBattery.quantaLimit]
      ) {
        try HarmonicBattery($0, $1).storedEnergy(from: $0[.start], within: $2)
      },
      .model(
        of: "harmonic-coherent.energy", as: "model", "; Fock starts by harmonic-sector.yaml", lemmas: ["bright mode"],
        limits: [Model.limit, coherentLimit]
      ) {
        let model = $0[.start] == .fock ? "harmonic-sector.energy" : "harmonic-coherent.energy"
        return try SeedModel.value(model, $0, calling: ["t": "tau"], $1, within: $2)
      },
    ], isZero: HarmonicAlgebra.isEmptyBattery)

  private static let coherentPurity = Quantity(
    "harmonic.coherent-purity", chain + [.chargingTime], continuous: [.frequency, .coupling, .chargingTime], unit: "1",
    meaning: "purity of the battery's state from a coherent start with N quanta in the mean",
    source: Source(.andolina(text: "below Eq. (11)")),
    routes: [
      Route(
        "sectors", method: "Schroedinger equation in every sector up to a cut with a proved tail",
        lemmas: ["bright mode"], limits: [HarmonicBattery.quantaLimit]
      ) { try HarmonicBattery($0, $1).coherentPurity(within: $2) },
      .model("harmonic-coherent.purity", lemmas: ["bright mode"]),
    ])

  private static let coherentLimit = Limit(
    [], "a Fock or a coherent start", because: "the model files have no thermal one"
  ) { Decision($0[.start] != .thermal) }

  private static let maxPower = Quantity(
    "harmonic.max-power", chain, continuous: [.frequency, .coupling], unit: "w0^2", scale: "N*w0*g",
    meaning: "greatest average power over all charging times",
    source: Source(.andolina(text: "below Eq. (10)")),
    routes: [
      scalingRoute { $0.count * $0.frequency * $0.bright * $0.greatest },
      .model("harmonic-sector.power", lemmas: ["bright mode"]),
    ],
    kernel: scaleKernel(
      "5u of the value, u = 2^-53, and the bound of Y = 0.72..., whose place signs enclose",
      ScaledSensitivity.power
    ) {
      cells, frequency, coupling in
      try HarmonicKernel.maximalPower(cells: cells, frequency: frequency, coupling: coupling)
    })

  private static let optimalTime = Quantity(
    "harmonic.optimal-time", chain, continuous: [.frequency, .coupling], unit: "1/w0", scale: "1/g",
    meaning: "charging time of the greatest average power",
    source: Source(.andolina(sections: ["III"])),
    routes: [
      scalingRoute { try $0.optimum() / $0.bright }, .model("harmonic-sector.power-time", lemmas: ["bright mode"]),
    ],
    kernel: scaleKernel(
      "3u of the value, u = 2^-53, and the enclosure of its phase 1.16... by signs",
      ScaledSensitivity.time
    ) {
      cells, frequency, coupling in
      try HarmonicKernel.optimalTime(cells: cells, frequency: frequency, coupling: coupling)
    })

  private static let advantage = Quantity(
    "harmonic.advantage", chain, continuous: [.frequency, .coupling], unit: "1",
    meaning: "collective advantage Pmax(N) / (N Pmax(1)) of the quantum battery",
    source: Source(.andolina(equations: ["4", "11"])),
    routes: [
      scalingRoute { $0.advantage($0.greatest) }, .advantage("harmonic-sector.power", lemmas: ["bright mode"]),
      .model(
        of: "harmonic-parallel.power", as: "model-parallel", "; the power by harmonic-sector.yaml over it",
        lemmas: ["bright mode"]
      ) {
        let parallel = try SeedModel.value("harmonic-parallel.power", $0, $1 + 8, within: $2)
        return (try SeedModel.value("harmonic-sector.power", $0, $1 + 8, within: $2) / parallel).rounded(to: $1)
      },
    ],
    kernel: scaleKernel(
      "the closed form sqrt(N): 2^-53 of the value",
      ScaledSensitivity.none
    ) {
      cells, frequency, coupling in
      try HarmonicKernel.advantage(cells: cells, frequency: frequency, coupling: coupling)
    })

  private static let ratio = Quantity(
    "harmonic.ratio", chain, continuous: [.frequency, .coupling], unit: "1",
    meaning: "quantum over classical collective advantage, R",
    source: Source(.andolina(equations: ["5"], text: "below Eq. (15)")),
    routes: [
      scalingRoute { $0.advantage($0.greatest) / $0.advantage(try $0.greatestClassical()) },
      .advantage(
        "harmonic-sector.power", lemmas: ["bright mode", "scaling"],
        over: (
          "the classical advantage by scaling",
          {
            let scale = try HarmonicScale($0, $1, $2)
            return scale.advantage(try scale.greatestClassical())
          }
        )),
    ],
    kernel: scaleKernel(
      "from the bounds of the two advantages, the closed form sqrt(N) for both",
      ScaledSensitivity.none
    ) {
      cells, frequency, coupling in
      try HarmonicKernel.ratio(cells: cells, frequency: frequency, coupling: coupling)
    })

  private static let powerConstant = Quantity(
    "harmonic.power-constant", [], unit: "1", meaning: "Y, the maximum of sin(x)^2/x over x > 0",
    source: Source(.andolina(text: "below Eq. (10)")),
    routes: [
      Route("definition", method: "maximum of sin(x)^2/x by branch and bound and interval Newton") {
        _, precision, budget in
        try HarmonicAlgebra.classicalMaximum.get().value(precision: precision, within: budget)
      }
    ])

  /// Quantities that follow from the greatest stored fraction per dimensionless time, x = g sqrt(N) tau.
  private static func scalingRoute(_ formula: @escaping @Sendable (HarmonicScale) throws -> Interval) -> Route {
    Route(
      "scaling",
      method:
        "Heisenberg equations solved by the exact identity K^3 = -4K; maximum by branch and bound, interval Newton",
      lemmas: ["bright mode", "scaling"]
    ) { arguments, precision, budget in try formula(HarmonicScale(arguments, precision, budget)) }
  }

  /// A kernel of a quantity without a time.
  private static func scaleKernel(
    _ bound: String, _ sensitivity: Kernel.Sensitivity,
    _ evaluate: @escaping @Sendable (_ cells: Double, _ frequency: Double, _ coupling: Double) throws -> KernelValue
  ) -> Kernel {
    Kernel(
      bound: bound, domain: "N to 2^53, magnitudes 2^-300 to 2^300", auditInputs: HarmonicAudit.scales,
      sensitivity: sensitivity
    ) { try evaluate($0[.cells], $0[.frequency], $0[.coupling]) }
  }

  private static let storedEnergyKernel = Kernel(
    bound: "N w0 (9u s + 2|r|q + 3q^2), u = 2^-53, q = 12u^2 x", domain: "phases x = g sqrt(N) tau up to 2^44",
    auditInputs: HarmonicAudit.inputs,
    // |d<B'B>/dtau| <= 2 g sqrt(N) |<a'B>| <= g sqrt(N) (<a'a> + <B'B>), where the sum is N for all times, and the
    // second derivative is 2 g^2 N (<a'a> - <B'B>).
    sensitivity: ScaledSensitivity.energy {
      $0 * $0.squareRoot()
    } curvature: {
      2 * $0 * $0
    }
  ) { p throws(KernelRefusal) in
    try HarmonicKernel.storedEnergy(
      cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], time: p[.chargingTime])
  }
}

/// Scales of the harmonic battery for quantities without a time.
private struct HarmonicScale {
  let count: Interval
  let frequency: Interval
  let coupling: Interval
  let greatest: Interval
  private let maximum: PowerMaximum
  private let precision: Int
  private let budget: Budget

  init(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws {
    count = arguments.enclosure(.cells, precision)
    frequency = arguments.enclosure(.frequency, precision)
    coupling = arguments.enclosure(.coupling, precision)
    maximum = try HarmonicAlgebra.quantumMaximum.get()
    greatest = try maximum.value(precision: precision, within: budget)
    self.precision = precision
    self.budget = budget
  }

  /// g sqrt(N), Eq. (8).
  var bright: Interval { coupling * count.squareRoot }

  func optimum() throws -> Interval { try maximum.argument(precision: precision, within: budget) }

  func greatestClassical() throws -> Interval {
    try HarmonicAlgebra.classicalMaximum.get().value(precision: precision, within: budget)
  }

  /// Pmax(N) / (N Pmax(1)), with Pmax(N) = N w0 g sqrt(N) max s(x)/x.
  func advantage(_ greatest: Interval) -> Interval {
    (count * frequency * bright * greatest) / (count * (frequency * coupling * greatest))
  }
}
