import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics
import States

/// Figures of states that are typed in or read from files, as exact matrices of any dimension.
enum StateQuantities {
  static let all: [Quantity] = energies + [purity, entropy, coherence, concurrence, negativity] + pairs

  // MARK: - Parameters

  private static let hamiltonian = Parameter(.hamiltonian, "a Hermitian matrix")
  private static let state = Parameter(.state, stateText)
  private static let otherState = Parameter(.otherState, stateText)
  private static let stateText = "a Hermitian matrix of trace one without negative eigenvalues"
  private static let normalise = Parameter(.normalise, default: .no)
  private static let tolerance = Parameter(.tolerance, .nonNegative, default: "0")
  private static let cut = Parameter(.cut, "places of parts from 0, rising, not all", default: "0")

  private static func source(_ references: Source.Reference...) -> Source {
    let page = Source.Page("spectra", "Figures of states")
    return references.first.map { Source($0, derivedIn: page) } ?? Source(derivedIn: page)
  }

  // MARK: - Checks

  /// The state and what goes with it, checked together.
  @Sendable private static func check(_ arguments: Arguments) throws {
    let state = try GivenState.state(.state, of: arguments)
    if arguments.has(.hamiltonian) {
      let hamiltonian = arguments[.hamiltonian]
      try requireEqual(.hamiltonian, hamiltonian.dimension, state.dimension)
      if let (row, column, decision) = hamiltonian.notHermitian {
        if decision == .undecided {
          throw Undecided("parameter H: undecided whether element (\(row), \(column)) is the conjugate of its mirror")
        }
        throw BadInput(
          "parameter H: element (\(row), \(column)) is not the conjugate of (\(column), \(row)); accepted: Hermitian")
      }
    }
    if arguments.has(.otherState) {
      try requireEqual(.otherState, try GivenState.state(.otherState, of: arguments).dimension, state.dimension)
    }
    if arguments.has(.dimensions) { try checkParts(arguments, dimension: state.dimension) }
  }

  private static func requireEqual(_ key: MatrixKey, _ rows: Int, _ dimension: Int) throws(BadInput) {
    guard rows == dimension else {
      throw BadInput("parameter \(key.name): \(rows) rows where rho has \(dimension); accepted: equally many")
    }
  }

  private static func checkParts(_ arguments: Arguments, dimension: Int) throws(BadInput) {
    let dimensions = arguments[.dimensions]
    let text = arguments.text(.dimensions).abridged
    guard arguments.has(.cut) else {
      guard dimensions == [2, 2], dimension == 4 else {
        throw BadInput(
          "parameter dims: '\(text)' for \(dimension) rows of rho; accepted: 2,2, two qubits, with 4 rows of rho")
      }
      return
    }
    let product = dimensions.reduce(Integer(1)) { $0 * Integer($1) }
    guard dimensions.count >= 2, dimensions.allSatisfy({ $0 >= 1 }), product == Integer(dimension) else {
      throw BadInput(
        """
        parameter dims: '\(text)' for \(dimension) rows of rho; accepted: the dimensions of two parts or more, whose \
        product is that of the rows
        """)
    }
    let cut = arguments[.cut]
    let places = Set(cut)
    guard cut == places.sorted(), !cut.isEmpty, cut.count < dimensions.count,
      places.isSubset(of: Set(dimensions.indices))
    else {
      throw BadInput(
        """
        parameter cut: '\(arguments.text(.cut).abridged)' of \(dimensions.count) parts; accepted: places from 0 to \
        \(dimensions.count - 1), rising, some but not all
        """)
    }
  }

  // MARK: - Quantities

  /// An evaluation of a state at a precision.
  private typealias Figure = @Sendable (GivenState, Arguments, _ precision: Int, Budget) throws -> Interval

  private static func quantity(
    _ name: String, _ parameters: [Parameter], unit: String = "1", meaning: String, source: Source, method: String,
    limits: [Limit] = [], isZero: @escaping StateZeros.Decide = { _ in .certainlyFalse }, _ figure: @escaping Figure
  ) -> Quantity {
    Quantity(
      "state.\(name)", parameters + [normalise, tolerance], unit: unit, meaning: meaning, source: source,
      routes: [
        Route("spectrum", method: method, limits: limits) { arguments, precision, budget in
          try figure(
            try GivenState.state(.state, of: arguments), arguments, GivenState.bits(precision, arguments), budget)
        }
      ], isZero: StateZeros.decision(isZero), constraint: check)
  }

  private static func level(_ arguments: Arguments, _ precision: Int) -> HermitianMatrix {
    arguments[.hamiltonian].hermitianPart(precision: precision)
  }

  /// A figure of a state and a Hamiltonian.
  private static func energy(
    _ name: String, _ meaning: String, _ source: Source, isZero: @escaping StateZeros.Decide,
    _ figure: @escaping @Sendable (Ergotropy) -> Interval
  ) -> Quantity {
    quantity(
      name, [hamiltonian, state], unit: "energy", meaning: meaning, source: source,
      method: "populations and levels of certified spectra in opposite order", isZero: isZero
    ) { state, arguments, precision, budget in
      figure(
        try Ergotropy(
          of: state.density(precision, within: budget), in: level(arguments, precision), within: budget))
    }
  }

  private static let allahverdyan = Source.Reference("Allahverdyan et al., Europhys. Lett. 67, 565 (2004)")

  private static let energies: [Quantity] = [
    energy(
      "ergotropy", "energy that unitaries can take out of rho at most, Tr(rho H) - min Tr(U rho U' H)",
      source(allahverdyan), isZero: StateZeros.ergotropy
    ) { $0.value },
    energy(
      "capacity", "greatest less least energy that unitaries lead to, max Tr(U rho U' H) - min Tr(U rho U' H)",
      source(.init("Yang et al., Phys. Rev. Lett. 131, 030402 (2023)")), isZero: StateZeros.capacity
    ) { $0.capacity },
    energy(
      "passive", "least energy that unitaries lead to, min Tr(U rho U' H)", source(allahverdyan),
      isZero: StateZeros.passive
    ) { $0.passiveEnergy },
    quantity(
      "copies", [hamiltonian, state, Parameter(.copies, .atLeastOne)], unit: "energy",
      meaning: "ergotropy of n copies of rho together, all n and not per copy, with the sum of their Hamiltonians",
      source: source(.init("Alicki and Fannes, Phys. Rev. E 87, 042123 (2013)")),
      method: "products of populations and sums of levels of certified spectra with their multiplicities",
      limits: [copiesLimit], isZero: StateZeros.copies
    ) { state, arguments, precision, budget in
      guard let n = Int(exactly: arguments[.copies]) else { throw copiesLimit.exceeded }
      return try StateCopies.ergotropy(
        of: state.density(precision, within: budget), in: level(arguments, precision), copies: n, within: budget)
    },
  ]

  private static let copiesLimit = Limit(
    [.of(.copies)], "C(n + d - 1, n) <= \(StateCopies.greatestCount) for d rows of rho",
    because: "so many products of populations are put in order"
  ) { arguments in
    guard let n = Int(exactly: arguments[.copies]) else { return .certainlyFalse }
    return Decision(StateCopies.count(dimension: arguments[.state].dimension, copies: n) != nil)
  }

  private static let purity = quantity(
    "purity", [state], meaning: "Tr(rho^2)", source: source(), method: "sum of the squares of all elements"
  ) { state, _, precision, budget in try state.density(precision, within: budget).purity }

  private static let entropy = quantity(
    "entropy", [state], meaning: "von Neumann entropy, -Tr(rho log rho) with the natural logarithm",
    source: source(), method: "terms -p log p over the certified spectrum", isZero: StateZeros.entropy
  ) { state, _, precision, budget in try state.density(precision, within: budget).entropy }

  private static let coherence = quantity(
    "coherence", [state], meaning: "l1 coherence, the sum of the magnitudes of all elements beside the diagonal",
    source: source(.init("Baumgratz, Cramer and Plenio, Phys. Rev. Lett. 113, 140401 (2014)")),
    method: "sum over the elements", isZero: StateZeros.coherence
  ) { state, _, precision, budget in try state.density(precision, within: budget).coherence }

  private static let concurrence = quantity(
    "concurrence", [state, Parameter(.dimensions, "2,2", default: "2,2")],
    meaning: "concurrence of two qubits, the least mean over decompositions into pure states",
    source: source(.init("Wootters, Phys. Rev. Lett. 80, 2245 (1998)")),
    method: "Wootters' formula with a certified factor of rho", isZero: StateZeros.concurrence
  ) { state, _, precision, budget in
    try TwoQubitResources(state.density(precision, within: budget), within: budget).concurrence()
  }

  private static let negativity = quantity(
    "negativity", [state, Parameter(.dimensions, "dimensions of the parts, the first one slowest"), cut],
    meaning: "negativity of the parts of the cut against the rest, (trace norm of the partial transpose - 1)/2",
    source: source(.init("Vidal and Werner, Phys. Rev. A 65, 032314 (2002)")),
    method: "certified spectrum of the partial transpose", isZero: StateZeros.negativity
  ) { state, arguments, precision, budget in
    try state.density(precision, within: budget)
      .negativity(arguments[.dimensions], cut: arguments[.cut], within: budget)
  }

  private static let pairs: [Quantity] = [
    quantity(
      "fidelity", [state, otherState], meaning: "fidelity, the square of Uhlmann's root fidelity",
      source: source(.init("Uhlmann, Rep. Math. Phys. 9, 273 (1976)")),
      method: "spectrum of M' sigma M with M M' = rho, M by exact elimination or from the certified spectrum of rho",
      isZero: StateZeros.fidelity
    ) { state, arguments, precision, budget in
      let other = try GivenState.state(.otherState, of: arguments)
      return try fidelity(state, other, precision, budget)
    },
    quantity(
      "trace-distance", [state, otherState], meaning: "half of the trace norm of rho - sigma", source: source(),
      method: "certified spectrum of the difference", isZero: StateZeros.traceDistance
    ) { state, arguments, precision, budget in
      let other = try GivenState.state(.otherState, of: arguments)
      return try state.density(precision, within: budget)
        .traceDistance(to: other.density(precision, within: budget), within: budget)
    },
  ]

  /// By the exact decomposition of the state of the lower rank where there is one.
  private static func fidelity(
    _ rho: GivenState, _ sigma: GivenState, _ precision: Int, _ budget: Budget
  ) throws -> Interval {
    let second = try sigma.density(precision, within: budget)
    let first = try rho.density(precision, within: budget)
    switch (rho.decomposition, sigma.decomposition) {
    case (let a?, let b?) where b.rank < a.rank: return try Fidelity.enclosure(b, first.matrix, within: budget)
    case (let a?, _): return try Fidelity.enclosure(a, second.matrix, within: budget)
    case (nil, let b?): return try Fidelity.enclosure(b, first.matrix, within: budget)
    case (nil, nil): return try Fidelity.enclosure(first, second, within: budget)
    }
  }
}
