import RigorousNumerics

/// The catalogue entries of the dephased star.
enum StarQuantities {
  static let all: [Quantity] = [
    energy, ergotropy, steadyEnergy, steadyLargestEigenvalue, steadyRatio, smallestCoupling,
  ]

  private static let paper = "Purkait, Venkatesh, Watanabe, arXiv:2508.13497"
  private static let drive = Parameter("F", .real, .positive)
  private static let dephasing = Parameter("gamma", .real, .positive)
  private static let time = Parameter("t", .real, .nonNegative)

  private static func blocks(_ evaluate: @escaping Route.Evaluate) -> [Route] {
    [
      Route(
        "blocks", method: "invariant pairs from certified eigenvectors of the reversed coupling matrix",
        lemmas: ["Invariant pairs"], evaluate: evaluate)
    ]
  }

  private static let energy = Quantity(
    "star.energy", [.cells, .frequency, drive, .coupling, dephasing, time], unit: "w0",
    meaning: "energy of the cells at the time t", source: "\(paper), model",
    routes: blocks { try StarBattery($0, $1).energy(within: $2) }, isZero: { $0.constant("t").isZero })

  private static let ergotropy = Quantity(
    "star.ergotropy", [.cells, .frequency, drive, .coupling, dephasing, time], unit: "w0",
    meaning: "ergotropy of the cells at the time t, over all unitaries of the N qubits", source: "\(paper), model",
    routes: blocks { try StarBattery($0, $1).ergotropy(within: $2) }, isZero: { $0.constant("t").isZero })

  private static let steadyEnergy = Quantity(
    "star.steady-energy", [.cells, .frequency, drive, .coupling], unit: "w0",
    meaning: "energy of the cells as t goes to infinity", source: "\(paper), model",
    routes: blocks { try StarBattery($0, $1).steadyEnergy(within: $2) })

  private static let steadyLargestEigenvalue = Quantity(
    "star.steady-largest-eigenvalue", [.cells, .frequency, drive, .coupling], unit: "1",
    meaning: "largest eigenvalue of the cells' state as t goes to infinity", source: "\(paper), model",
    routes: blocks { try StarBattery($0, $1).steadyLargestEigenvalue(within: $2) })

  private static let steadyRatio = Quantity(
    "star.steady-ratio", [.cells, .frequency, drive, .coupling], unit: "1",
    meaning: "ergotropy over energy as t goes to infinity", source: "\(paper), model",
    routes: blocks { try StarBattery($0, $1).steadyRatio(within: $2) })

  private static let smallestCoupling = Quantity(
    "star.smallest-coupling", [.cells, drive, .coupling], unit: "w0",
    meaning: "smallest coupling |mu_j| of an invariant pair, which sets the charging time", source: "\(paper), model",
    routes: [
      Route("blocks", method: "eigenvalue of a Jacobi matrix by counts of negative pivots") {
        try StarBattery($0, $1).smallestCoupling(within: $2)
      }
    ])
}
