import ArbitraryPrecision
import Catalogue
import FastKernels
import Models
import RigorousNumerics

/// The catalogue entries of the dephased star.
enum StarQuantities {
  static let system = BatterySystem("star", quantities: all, cases: StarCases.all, figures: StarFigures.all)

  static let all: [Quantity] = [
    energy, ergotropy, ratio, steadyEnergy, steadyLargestEigenvalue, steadyRatio, smallestCoupling, slowestWeight,
    couplingDeficit, freedomProduct, freedomLaw, leastProduct, strongTime, strongSettling,
    detunedEnergy, mixtureDistance,
  ]

  private static let drive = Parameter(.drive, .positive)
  private static let dephasing = Parameter(.dephasing, .positive)
  private static let time = Parameter(.time, .nonNegative)

  /// Of quantities at a finite time, which exist without drive, coupling or dephasing.
  private static let driveInTime = Parameter(.drive, .nonNegative)
  private static let couplingInTime = Parameter(.coupling, .nonNegative, default: "1")
  private static let dephasingInTime = Parameter(.dephasing, .nonNegative)

  /// Whether the cells are in |0> for certain: at the beginning; without coupling, as the start is a product; and
  /// without drive, since |down>|0> is then an eigenvector of H, whatever the detunings, and of the jump operator.
  private static func isEmpty(_ arguments: Arguments) -> Decision {
    StarBattery.isDark(arguments).or(arguments[.time].isZero)
  }

  private static func blocks(_ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "blocks", method: "invariant pairs from a certified Jacobi spectrum", lemmas: ["Invariant pairs"],
      limits: [StarBattery.limit], evaluate: evaluate)
  }

  /// The master equation of the model file; its cells are at resonance where no detunings are given.
  private static func master(_ quantity: String, setting settings: [String: String] = [:]) -> Route {
    .model(of: "dephased-star.\(quantity)", as: "model", "", limits: [Model.openLimit]) {
      try SeedModel.value("dephased-star.\(quantity)", $0, setting: settings, $1, within: $2)
    }
  }

  /// The same on all elements of the density matrix, by another engine.
  private static func dense(_ evaluate: @escaping Route.Evaluate) -> Route {
    Route(
      "lindblad", method: "master equation of charger and cells, with a bound of the defect in the trace norm",
      limits: [StarMaster.limit], evaluate: evaluate)
  }

  private static let energy = Quantity(
    "star.energy", [.cells, .frequency, driveInTime, couplingInTime, dephasingInTime, time],
    continuous: [.frequency, .drive, .coupling, .dephasing, .time], unit: "w0", scale: "N*w0",
    meaning: "energy of the cells at the time t",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [
      blocks { try StarBattery($0, $1).energy(within: $2) },
      master("energy"),
    ], isZero: isEmpty,
    kernel: timeKernel { try StarKernel.energy(of: $0, frequency: $1) })

  private static let ergotropy = Quantity(
    "star.ergotropy", [.cells, .frequency, driveInTime, couplingInTime, dephasingInTime, time],
    continuous: [.frequency, .drive, .coupling, .dephasing, .time], unit: "w0",
    scale: "N*w0",
    meaning: "ergotropy of the cells at the time t, over all unitaries of the N qubits",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [
      blocks { try StarBattery($0, $1).ergotropy(within: $2) },
      master("ergotropy"),
    ], isZero: isEmpty,
    kernel: timeKernel { try StarKernel.ergotropy(of: $0, frequency: $1) })

  /// A kernel of a quantity at a finite time.
  private static func timeKernel(
    _ evaluate: @escaping @Sendable (StarKernel.Charge, _ frequency: Double) throws -> KernelValue
  ) -> Kernel {
    Kernel(bound: timeBound, domain: timeDomain, isHeldAbsolutely: true, auditInputs: StarAudit.times) {
      try evaluate(charge($0), $0[.frequency])
    }
  }

  private static func charge(_ p: KernelInput) -> StarKernel.Charge {
    StarKernel.Charge(
      cells: p[.cells], drive: p[.drive], coupling: p[.coupling], dephasing: p[.dephasing], time: p[.time])
  }

  private static let timeBound =
    "computed beside the value, from the couplings, the vectors and the decay of all pairs"
  private static let timeDomain = "N to 256, angles to 2^40"

  private static let steadyEnergy = Quantity(
    "star.steady-energy", [.cells, .frequency, drive, .coupling], continuous: [.frequency, .drive, .coupling],
    unit: "w0",
    scale: "N*w0",
    meaning: "energy of the cells as t goes to infinity",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [blocks { try StarBattery($0, $1).steadyEnergy(within: $2) }],
    kernel: Kernel(
      bound: "the closed form N w0/2, no singular values: 2^-53 of the value",
      domain: "N to 2^53, magnitudes 2^-300 to 2^300",
      auditInputs: StarAudit.steady
    ) { p throws(KernelRefusal) in
      try StarKernel.steadyEnergy(cells: p[.cells], frequency: p[.frequency], drive: p[.drive], coupling: p[.coupling])
    })

  private static let steadyLargestEigenvalue = Quantity(
    "star.steady-largest-eigenvalue", [.cells, .frequency, drive, .coupling],
    continuous: [.frequency, .drive, .coupling], unit: "1",
    meaning: "largest eigenvalue of the cells' state as t goes to infinity",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [blocks { try StarBattery($0, $1).steadyLargestEigenvalue(within: $2) }],
    kernel: Kernel(
      bound: "computed beside the value, from pivots and the relative gaps of the couplings",
      domain: "N to 400, couplings above 2^-900 max(F, g)",
      auditInputs: StarAudit.steady
    ) { p throws(KernelRefusal) in
      try StarKernel.steadyLargestEigenvalue(
        cells: p[.cells], frequency: p[.frequency], drive: p[.drive], coupling: p[.coupling])
    })

  private static let steadyRatio = Quantity(
    "star.steady-ratio", [.cells, .frequency, drive, .coupling], continuous: [.frequency, .drive, .coupling], unit: "1",
    meaning: "ergotropy over energy as t goes to infinity",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [blocks { try StarBattery($0, $1).steadyRatio(within: $2) }],
    kernel: Kernel(
      bound: "2/N of the bound of the largest eigenvalue, and 3.1u",
      domain: "N to 400, couplings above 2^-900 max(F, g)",
      auditInputs: StarAudit.steady
    ) { p throws(KernelRefusal) in
      try StarKernel.steadyRatio(cells: p[.cells], frequency: p[.frequency], drive: p[.drive], coupling: p[.coupling])
    })

  private static let ratio = Quantity(
    "star.ratio", [.cells, drive, .coupling, dephasingInTime, Parameter(.time, .positive)], unit: "1",
    meaning: "ergotropy over energy at the time t",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [blocks { try StarBattery($0, $1).ratio(within: $2) }],
    kernel: Kernel(
      bound: timeBound, domain: timeDomain, isHeldAbsolutely: true, auditInputs: StarAudit.ratios
    ) { p throws(KernelRefusal) in
      try StarKernel.ratio(of: charge(p))
    })

  private static let smallestCoupling = Quantity(
    "star.smallest-coupling", [.cells, drive, .coupling], continuous: [.drive, .coupling], unit: "w0", scale: "g",
    meaning: "smallest coupling |mu_j| of an invariant pair, which sets the charging time",
    source: Source(.purkait, derivedIn: Source.Page("star", "Invariant pairs")),
    routes: [blocks { try StarBattery($0, $1).smallestCoupling(within: $2) }],
    kernel: Kernel(
      bound: "(4N + 7)u of the value, u = 2^-53, however small it is against F and g",
      domain: "N to 65536, values above 2^-1022 and 2^-900 max(F, g)",
      auditInputs: StarAudit.couplings
    ) { p throws(KernelRefusal) in
      try StarKernel.smallestCoupling(cells: p[.cells], drive: p[.drive], coupling: p[.coupling])
    })

  private static let slowestWeight = Quantity(
    "star.slowest-weight", [.cells, drive, .coupling], continuous: [.drive, .coupling], unit: "1",
    meaning: "weight p0 of the start on the pair with the smallest coupling",
    source: Source(.purkait, derivedIn: Source.Page("star", "Weak driving")),
    routes: [blocks { try StarBattery($0, $1).slowestWeight(within: $2) }])

  private static let couplingDeficit = Quantity(
    "star.coupling-deficit", [.cells, drive, .coupling], continuous: [.drive, .coupling], unit: "1",
    meaning: "1 - s0/(F p0 (F/g)^N/N!) with the smallest coupling s0",
    source: Source(.purkait, derivedIn: Source.Page("star", "Weak driving")),
    routes: [blocks { try StarBattery($0, $1).couplingDeficit(within: $2) }])

  private static let freedomProduct = Quantity(
    "star.freedom-product", [.cells, drive, .coupling], continuous: [.drive, .coupling], unit: "1",
    meaning: "N (1 - R) as t goes to infinity, R the ergotropy over the energy",
    source: Source(.purkait, derivedIn: Source.Page("star", "Statement")),
    routes: [blocks { try StarBattery($0, $1).freedomProduct(within: $2) }])

  private static let freedomLaw = Quantity(
    "star.freedom-law", [.cells, drive, .coupling], continuous: [.drive, .coupling], unit: "1",
    meaning: "N (1 - R) over twice one minus the largest eigenvalue, as t goes to infinity",
    source: Source(.purkait, derivedIn: Source.Page("star", "Statement")),
    routes: [blocks { try StarBattery($0, $1).freedomLaw(within: $2) }])

  private static let leastProduct = Quantity(
    "star.least-product", [.cells, Parameter(.rangeStart, .positive), Parameter(.rangeEnd, .positive)],
    continuous: [.rangeStart, .rangeEnd], unit: "1",
    meaning:
      """
      least N (1 - R) as t goes to infinity for all F/g between from and to: an enclosure that tells whether it is \
      above one
      """,
    source: Source(.purkait, derivedIn: Source.Page("star", "One large weight")),
    routes: [
      Route(
        "pieces",
        method: "bounds of the largest eigenvalue for all F/g of a piece, by its chord or for one large weight",
        lemmas: ["Invariant pairs", "Second derivative", "One large weight"],
        limits: [StarBattery.limit, SideOfOne.limit]
      ) { try StarRange.least($0, $1, within: $2) }
    ], constraint: Arguments.checkRange)

  private static func relaxation(_ evaluate: @escaping Route.Evaluate) -> [Route] {
    [Route("bisection", method: "signs of 1/10 - |f(g, t)| between its turns", evaluate: evaluate)]
  }

  private static let strongTime = Quantity(
    "star.strong-charging-time", [.coupling, dephasing], unit: "1/w0", scale: "1/g",
    meaning: "first time with 90 % of the steady energy, as F/g goes to infinity",
    source: Source(.purkait, derivedIn: Source.Page("star", "Strong driving")),
    routes: relaxation { try RelaxationTimes($0, $1).first(within: $2) })

  private static let strongSettling = Quantity(
    "star.strong-settling-time", [.coupling, dephasing], unit: "1/w0", scale: "1/g",
    meaning: "last time at which the energy is 10 % off the steady one, as F/g goes to infinity",
    source: Source(.purkait, derivedIn: Source.Page("star", "Strong driving")),
    routes: relaxation { try RelaxationTimes($0, $1).last(within: $2) })

  private static let detuned = [
    Parameter.cells, driveInTime, couplingInTime, dephasingInTime, Parameter(.detuning),
    Parameter(.chargerDetuning, default: "0"), time,
  ]

  private static let detunedEnergy = Quantity(
    "star.detuned-energy", detuned, continuous: [.drive, .coupling, .dephasing, .detuning, .chargerDetuning, .time],
    unit: "w0", scale: "N",
    meaning: "energy of the cells, these detuned by delta and the charger by kappa from the drive, over w0",
    source: Source(.purkait, derivedIn: Source.Page("star", "Detuning")),
    routes: [master("energy", setting: ["w0": "1"]), dense { try StarMaster($0, $1, within: $2).excitations }],
    isZero: isEmpty)

  private static let mixtureDistance = Quantity(
    "star.mixture-distance", detuned, continuous: [.drive, .coupling, .dephasing, .detuning, .chargerDetuning, .time],
    unit: "1",
    meaning: "trace distance of the cells' state, detuned as above, from the mixture of all N + 1 levels",
    source: Source(.purkait, derivedIn: Source.Page("star", "Detuning")),
    routes: [master("mixture"), dense { try StarMaster($0, $1, within: $2).distanceFromMixture(within: $2) }])
}
