import ArbitraryPrecision
import Catalogue
import FastKernels
import RigorousNumerics
import States

/// The catalogue entries of battery and charger of one qubit each.
enum CapacityQuantities {
  static let system = BatterySystem(
    "capacity", quantities: all, cases: CapacityCases.all, figures: CapacityFigures.all)

  static let all: [Quantity] = capacities + resources + [deficit, mixedSum]

  // MARK: - Capacities

  private static let capacities = [
    quantity(
      "battery", unit: "energy", scale: "2*wb", "capacity of the battery's state for the Hamiltonian -wb sz",
      kernel: .battery,
      isZero: CapacityZeros.isBalanced, closed: { 2 * $0.battery * $0.populations.capacity },
      matrix: { try $0.batteryCapacity($1.battery) }, also: permutations { ($0.battery, [-$1.battery, $1.battery]) }),
    quantity(
      "charger", unit: "energy", scale: "2*wc", "capacity of the charger's state for the Hamiltonian -wc sz",
      kernel: .charger,
      isZero: CapacityZeros.isBalanced, closed: { 2 * $0.charger * $0.populations.capacity },
      matrix: { try $0.chargerCapacity($1.charger) }, also: permutations { ($0.charger, [-$1.charger, $1.charger]) }),
    quantity(
      "total", unit: "energy", scale: "2*(wb + wc)",
      "capacity of the two-qubit state for the Hamiltonian -wb sz(b) - wc sz(c)",
      kernel: .total,
      closed: { 2 * ($0.battery + $0.charger) }, matrix: { try $0.totalCapacity($1.battery, $1.charger) },
      also: permutations { ($0.density, TwoQubitResources.energies($1.battery, $1.charger)) }),
    quantity(
      "residual", unit: "energy", scale: "2*(wb + wc)",
      "capacity of the two-qubit state less those of battery and charger",
      kernel: .residual,
      isZero: CapacityZeros.isProduct, closed: { 2 * ($0.battery + $0.charger) * $0.populations.deficit },
      matrix: {
        try $0.totalCapacity($1.battery, $1.charger)
          - ($0.batteryCapacity($1.battery) + $0.chargerCapacity($1.charger))
      }),
  ]

  // MARK: - Resources

  private static let resources = [
    quantity(
      "concurrence", "concurrence of the two-qubit state", kernel: .concurrence, isZero: CapacityZeros.isProduct,
      closed: \.populations.concurrence,
      // The state is pure: its own formula and that of mixed states both hold.
      matrix: { state, _ in try state.pureConcurrence.intersection(state.concurrence()) }),
    quantity(
      "negativity", "negativity of the two-qubit state", kernel: .negativity, isZero: CapacityZeros.isProduct,
      closed: \.populations.negativity, matrix: { state, _ in try state.negativity() }),
    quantity(
      "steering", "steering parameter F3 of the two-qubit state", kernel: .steering, closed: \.populations.steering,
      matrix: { state, _ in state.steering }),
    quantity(
      "bell", "greatest mean of the Bell operator in the two-qubit state", kernel: .bell, closed: \.populations.bell,
      matrix: { state, _ in try state.bell() }),
    quantity(
      "coherence", "coherence C1 of the two-qubit state", kernel: .coherence, isZero: CapacityZeros.isProduct,
      closed: \.populations.concurrence, matrix: { state, _ in state.coherence }),
    quantity(
      "imaginarity", "imaginarity I of the two-qubit state", kernel: .imaginarity, isZero: CapacityZeros.isReal,
      closed: \.populations.imaginarity, matrix: { state, _ in state.imaginarity }),
    quantity(
      "texture", "texture T of the battery's state", kernel: .texture, closed: \.populations.texture,
      matrix: { state, _ in try state.batteryTexture() }),
  ]

  // MARK: - For claims

  private static let deficit = Quantity(
    "capacity.peak-deficit", frequencies + [exchange], unit: "1",
    meaning: "1 - C/(2 wb) at t = pi/(2 Om), where the imaginarity vanishes and the exchange is greatest",
    source: Source(.wang, derivedIn: Source.Page("capacity", "What is refuted")),
    routes: [
      Route("closed-form", method: "\(proved) at Om t = pi/2: 2 min(J1^2, delta^2)/(J1^2 + delta^2)") {
        arguments, precision, _ in
        CapacityBattery(arguments, precision).peakDeficit
      },
      matrix { arguments, precision, budget in
        let model = CapacityBattery(arguments, precision)
        // Without a time as long as the parameters are not told apart from those without exchange.
        guard model.time.isBounded else { return .entire(precision: precision) }
        return try 1 - model.state(within: budget).batteryCapacity(model.half)
      },
      .model("capacity-cells.peak-deficit"),
    ], isZero: CapacityZeros.isFullAtPeak,
    constraint: { arguments in
      guard CapacityZeros.isStill(arguments) == .certainlyTrue else { return }
      throw BadInput(
        undefined: "parameter J1: without exchange and detuning there is no peak; accepted: J1 = 0 or wb = wc, not both"
      )
    })

  private static let mixedSum = Quantity(
    "capacity.mixed-sum", dynamics + [Parameter(.noise, .nonNegative)],
    continuous: [.batteryFrequency, .chargerFrequency, .exchange, .phaseExchange, .time, .noise], unit: "1",
    meaning: "c^2 + E^2 of (rho + noise 1/4)/(1 + noise): battery's capacity over 2 wb and concurrence",
    source: Source(.wang, derivedIn: Source.Page("capacity", "Convex roof")),
    routes: [
      matrix(method: "; Wootters' formula", lemmas: ["convex roof"]) {
        try CapacityBattery($0, $1).mixedSum(within: $2)
      },
      .model("capacity-noise.sum", lemmas: ["convex roof"], calling: [:]),
    ], isZero: { _ in .undecided })

  // MARK: - Parts

  private static let frequencies = [Parameter(.batteryFrequency, .positive), Parameter(.chargerFrequency, .positive)]
  private static let exchange = Parameter(.exchange)
  private static let dynamics =
    frequencies + [exchange, Parameter(.phaseExchange), Parameter(.time, .nonNegative)]
  private static let proved = "p = (J1/Om)^2 sin^2(Om t), proved by normal form (claim capacity.populations),"

  /// A route by the density matrix of the model file's state.
  private static func matrix(
    _ name: String = "matrix", method: String = "", lemmas: [String] = [], _ evaluate: @escaping Route.Evaluate
  ) -> Route {
    .model(
      of: "capacity-cells", as: name, "; density matrix, certified spectra\(method)", lemmas: lemmas, limits: [],
      evaluate)
  }

  /// A quantity of the state at time t, by the closed form first and from the Hamiltonian.
  private static func quantity(
    _ name: String, unit: String = "1", scale: String = "1", _ meaning: String, kernel: TwoQubitKernel.Output,
    isZero: @escaping @Sendable (Arguments) -> Decision = { _ in .certainlyFalse },
    closed: @escaping @Sendable (CapacityBattery) -> Interval,
    matrix: @escaping @Sendable (TwoQubitResources, CapacityBattery) throws -> Interval, also: Route? = nil
  ) -> Quantity {
    let routes = [
      Route("closed-form", method: "\(proved) and what follows from it") { arguments, precision, _ in
        closed(CapacityBattery(arguments, precision))
      },
      Self.matrix { arguments, precision, budget in
        let model = CapacityBattery(arguments, precision)
        return try matrix(model.state(within: budget), model)
      },
    ]
    return Quantity(
      "capacity.\(name)", dynamics,
      continuous: [.batteryFrequency, .chargerFrequency, .exchange, .phaseExchange, .time], unit: unit, scale: scale,
      meaning: meaning,
      source: Source(.wang, derivedIn: Source.Page("capacity", "Statement")),
      routes: routes + (also.map { [$0] } ?? []) + modelRoutes(name),
      isZero: isZero,
      kernel: Kernel(
        bound: kernel.bound, domain: TwoQubitKernel.Output.domain, auditInputs: CapacityAudit.inputs
      ) { p throws(KernelRefusal) in
        try TwoQubitKernel.value(
          of: kernel, battery: p[.batteryFrequency], charger: p[.chargerFrequency], exchange: p[.exchange],
          phases: p[.phaseExchange], time: p[.time])
      })
  }

  /// The figure of the model file, where it has it.
  private static func modelRoutes(_ name: String) -> [Route] {
    // The greatest mean of Bell operators is no figure of models; its route takes their state.
    name == "bell" ? [] : [.model("capacity-cells.\(name)", calling: [:])]
  }

  /// The greatest less the least energy over all orders of the eigenvalues.
  private static func permutations(
    _ parts: @escaping @Sendable (TwoQubitResources, CapacityBattery) -> (state: HermitianMatrix, energies: [Interval])
  ) -> Route {
    matrix("permutations", method: "; energies of all orders of the eigenvalues", lemmas: ["capacity formula"]) {
      arguments, precision, budget in
      let model = CapacityBattery(arguments, precision)
      let (state, energies) = parts(try model.state(within: budget), model)
      let eigenvalues = try HermitianSpectrum(state, bits: state.precision, within: budget).eigenvalues
      return try StateCapacity.capacityByPermutations(eigenvalues: eigenvalues, energies: energies)
    }
  }
}
