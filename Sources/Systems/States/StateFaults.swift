import Catalogue

/// Matrices and populations that are no states, each with one fault in an otherwise good case.
enum StateFaults {
  /// Faults of a state of two dimensions.
  private static let states = matrices.filter { $0.changes["rho"] != nil && $0.slug != "dimensions-differ" }

  /// Faults of a part of a system of six dimensions and of its Hamiltonian.
  static let parts: [CaseList.Fault] =
    [
      CaseList.Fault(
        "dimensions-differ", "H has four dimensions, rho six",
        ["H": matrix([[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 3]])]
      ),
      CaseList.Fault("non-hermitian-energy", "H is not Hermitian", ["H": matrix([[0, 1], [0, 1]])]),
      CaseList.Fault("energy-not-square", "H has two rows and three columns", ["H": matrix([[0, 0, 0], [0, 1, 0]])]),
      CaseList.Fault("energy-nan", "an element of H is not a number", ["H": matrix([[.nan, 0], [0, 1]])]),
    ]
    + states.map { $0.beside(["H": matrix([[0, 0], [0, 1]])]) }

  static let matrices: [CaseList.Fault] = [
    CaseList.Fault("unnormalised", "the trace of rho is 3/4", ["rho": matrix([[0.5, 0], [0, 0.25]])]),
    CaseList.Fault("non-hermitian", "rho is not Hermitian", ["rho": matrix([[0.5, 0.25], [0.125, 0.5]])]),
    CaseList.Fault("complex-population", "a diagonal element of rho is not real", ["rho": complexPopulation]),
    CaseList.Fault("negative-probability", "rho has the eigenvalue -1/4", ["rho": matrix([[1.25, 0], [0, -0.25]])]),
    CaseList.Fault(
      "hidden-negative-probability", "rho has a negative eigenvalue and no negative population",
      ["rho": matrix([[0.5, 0.75], [0.75, 0.5]])]
    ),
    CaseList.Fault("not-square", "rho has two rows and three columns", ["rho": matrix([[0.5, 0, 0], [0, 0.5, 0]])]),
    CaseList.Fault(
      "dimensions-differ", "rho has three dimensions, H two",
      ["rho": matrix([[0.5, 0, 0], [0, 0.25, 0], [0, 0, 0.25]])]
    ),
    CaseList.Fault("non-hermitian-energy", "H is not Hermitian", ["H": matrix([[0, 1], [0, 1]])]),
    CaseList.Fault("nan", "an element of rho is not a number", ["rho": matrix([[.nan, 0], [0, 1]])]),
    CaseList.Fault("energy-nan", "an element of H is not a number", ["H": matrix([[.nan, 0], [0, 1]])]),
  ]

  static let entangled: [CaseList.Fault] =
    states.map { $0.beside(["dims": vector([2, 1])]) } + [
      CaseList.Fault("dimensions-differ", "dims are 2 and 2, rho has six dimensions", ["dims": vector([2, 2])]),
      CaseList.Fault("three-parts", "dims are three numbers", ["dims": vector([1, 2, 3])]),
      CaseList.Fault("half-a-dimension", "dims are 3/2 and 4", ["dims": vector([1.5, 4])]),
      CaseList.Fault("negative-dimensions", "dims are negative", ["dims": vector([-2, -3])]),
      CaseList.Fault("dims-nan", "a dimension is not a number", ["dims": vector([.nan, 3])]),
    ]

  static let sectors: [CaseList.Fault] = [
    // A spin of no cells has one state.
    CaseList.Fault(
      "N-zero", "N = 0", ["N": .integer("0"), "two-j": .integer("0"), "populations": vector([1])]),
    CaseList.Fault("nan", "a population is not a number", ["populations": vector([.nan, 1])]),
    CaseList.Fault(
      "two-j-of-other-parity", "2j and N differ in parity", ["N": .integer("2"), "two-j": .integer("1")]),
    CaseList.Fault("unnormalised", "the populations add up to 3/4", ["populations": vector([0.25, 0.5])]),
    CaseList.Fault("negative-probability", "a population is negative", ["populations": vector([-0.25, 1.25])]),
    CaseList.Fault("too-few-populations", "one population for two states", ["populations": vector([1])]),
  ]

  private static let complexPopulation = TaggedValue.matrix(
    [[[0.5, 0.25], [0, 0]], [[0, 0], [0.5, -0.25]]].map { $0.map { $0.map(\.bitPattern) } })

  private static func matrix(_ rows: [[Double]]) -> TaggedValue {
    .matrix(rows.map { $0.map { [$0.bitPattern, Double(0).bitPattern] } })
  }

  private static func vector(_ elements: [Double]) -> TaggedValue { .vector(elements.map(\.bitPattern)) }
}
