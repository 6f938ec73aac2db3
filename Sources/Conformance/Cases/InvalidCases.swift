import Catalogue
import Systems

/// Inputs that an implementation must refuse, each with one fault in an otherwise good case.
struct InvalidCase: Sendable {
  let id: String
  let subject: String
  let parameters: [(name: String, value: TaggedValue)]
  /// What is wrong.
  let fault: String

  /// The faults of a subject: of each number of cells and the like, of each number that must be positive, of one real
  /// number, and what is special.
  static func all(of subject: Subject, from good: [TaggedValue]) -> [InvalidCase] {
    var result: [InvalidCase] = []
    func add(_ slug: String, _ fault: String, _ changes: [String: TaggedValue]) {
      let parameters = zip(subject.parameters, good).map { ($0.name, changes[$0.name] ?? $1) }
      result.append(
        InvalidCase(id: "\(subject.name).invalid.\(slug)", subject: subject.name, parameters: parameters, fault: fault))
    }
    for (parameter, value) in zip(subject.parameters, good) {
      let name = parameter.name
      switch (parameter.kind, parameter.accepted) {
      case ("integer", "\(name) >= 1"):
        add("\(name)-zero", "\(name) = 0", [name: .integer("0")].merging(atZero(subject.name)) { $1 })
        // Half above a good number, so that what depends on it stays good.
        if name == "N", case .integer(let text) = value, let count = Double(text) {
          add("\(name)-half-integer", "\(name) = \(2 * Int(count) + 1)/2", [name: .double(count + 0.5)])
        }
      case ("binary64", "\(name) > 0"):
        add("\(name)-negative", "\(name) = -1", [name: .double(-1)])
        add("\(name)-zero", "\(name) = 0", [name: .double(0)])
      case ("binary64", "\(name) >= 0"): add("\(name)-negative", "\(name) = -1", [name: .double(-1)])
      case ("choice", _): add("\(name)-unknown", "\(name) is no known word", [name: .choice("none-of-these")])
      default: break
      }
      if parameter.kind == "binary64" {
        add("\(name)-nan", "\(name) is not a number", [name: .double(.nan)])
        add("\(name)-infinite", "\(name) is infinite", [name: .double(.infinity)])
      }
    }
    for (slug, fault, changes) in special(subject.name) { add(slug, fault, changes) }
    return result
  }

  /// What stands beside N = 0, so that this is the only fault where it can be: a spin of no cells has one state, the
  /// greatest eigenvalue of one level is 1.
  private static func atZero(_ subject: String) -> [String: TaggedValue] {
    switch subject {
    case "state.sector-ergotropy": ["two-j": .integer("0"), "populations": vector([1])]
    case "freedom.spectrum-deficit": ["L": .double(1)]
    default: [:]
    }
  }

  // MARK: - Faults of several parameters, and of states

  private static func special(_ subject: String) -> [(slug: String, fault: String, changes: [String: TaggedValue])] {
    switch subject {
    case "freedom.lower-bound", "freedom.upper-bound":
      [
        ("purity-above-one", "P = 1.5", ["P": .double(1.5)]),
        ("purity-too-low", "P < 1/(N+1)", ["P": .double(0x1p-40)]),
        ("energy-above-N", "e > N", ["N": .integer("2"), "e": .double(2.5), "P": .double(1)]),
      ]
    case "freedom.energy-bound", "freedom.energy-bound-sharp":
      [
        ("energy-above-N", "e > N", ["N": .integer("2"), "e": .double(2.5)]),
        ("energy-zero", "e = 0", ["e": .double(0)]),
      ]
    case "freedom.spectrum-deficit":
      [
        ("eigenvalue-above-one", "L = 1.5", ["L": .double(1.5)]),
        ("eigenvalue-too-low", "L < 1/(N+1)", ["L": .double(0x1p-40)]),
      ]
    case "freedom.qudit-deficit": [("one-level", "d = 1", ["d": .integer("1")])]
    case "quasi.atom", "quasi.negativity", "quasi.charging-time":
      [
        (
          "k-does-not-divide-N", "k does not divide N",
          ["family": .choice("blocks"), "N": .integer("6"), "k": .integer("4")]
        )
      ]
    case "quasi.cumulant":
      [("order-five", "order = 5", ["order": .integer("5")]), ("order-zero", "order = 0", ["order": .integer("0")])]
    case "state.ergotropy", "state.capacity": matrices
    case "state.local-ergotropy": parts
    case "state.negativity":
      states.map { ($0.slug, $0.fault, $0.changes.merging(["dims": vector([2, 1])]) { $1 }) } + [
        ("dimensions-differ", "dims are 2 and 2, rho has six dimensions", ["dims": vector([2, 2])]),
        ("three-parts", "dims are three numbers", ["dims": vector([1, 2, 3])]),
        ("half-a-dimension", "dims are 3/2 and 4", ["dims": vector([1.5, 4])]),
        ("negative-dimensions", "dims are negative", ["dims": vector([-2, -3])]),
        ("dims-nan", "a dimension is not a number", ["dims": vector([.nan, 3])]),
      ]
    case "state.sector-ergotropy":
      [
        ("N-zero", "N = 0", ["N": .integer("0")].merging(atZero(subject)) { $1 }),
        ("nan", "a population is not a number", ["populations": vector([.nan, 1])]),
        ("two-j-of-other-parity", "2j and N differ in parity", ["N": .integer("2"), "two-j": .integer("1")]),
        ("unnormalised", "the populations add up to 3/4", ["populations": vector([0.25, 0.5])]),
        ("negative-probability", "a population is negative", ["populations": vector([-0.25, 1.25])]),
        ("too-few-populations", "one population for two states", ["populations": vector([1])]),
      ]
    default: []
    }
  }

  /// Faults of a state of two dimensions.
  private static let states = matrices.filter { $0.changes["rho"] != nil && $0.slug != "dimensions-differ" }

  /// Faults of a part of a system of six dimensions and of its Hamiltonian.
  private static let parts: [(slug: String, fault: String, changes: [String: TaggedValue])] =
    [
      (
        "dimensions-differ", "H has four dimensions, rho six",
        ["H": matrix([[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 3]])]
      ),
      ("non-hermitian-energy", "H is not Hermitian", ["H": matrix([[0, 1], [0, 1]])]),
      ("energy-not-square", "H has two rows and three columns", ["H": matrix([[0, 0, 0], [0, 1, 0]])]),
      ("energy-nan", "an element of H is not a number", ["H": matrix([[.nan, 0], [0, 1]])]),
    ]
    + states.map { ($0.slug, $0.fault, $0.changes.merging(["H": matrix([[0, 0], [0, 1]])]) { $1 }) }

  private static let matrices: [(slug: String, fault: String, changes: [String: TaggedValue])] = [
    ("unnormalised", "the trace of rho is 3/4", ["rho": matrix([[0.5, 0], [0, 0.25]])]),
    ("non-hermitian", "rho is not Hermitian", ["rho": matrix([[0.5, 0.25], [0.125, 0.5]])]),
    ("complex-population", "a diagonal element of rho is not real", ["rho": complexPopulation]),
    ("negative-probability", "rho has the eigenvalue -1/4", ["rho": matrix([[1.25, 0], [0, -0.25]])]),
    (
      "hidden-negative-probability", "rho has a negative eigenvalue and no negative population",
      ["rho": matrix([[0.5, 0.75], [0.75, 0.5]])]
    ),
    ("not-square", "rho has two rows and three columns", ["rho": matrix([[0.5, 0, 0], [0, 0.5, 0]])]),
    (
      "dimensions-differ", "rho has three dimensions, H two",
      ["rho": matrix([[0.5, 0, 0], [0, 0.25, 0], [0, 0, 0.25]])]
    ),
    ("non-hermitian-energy", "H is not Hermitian", ["H": matrix([[0, 1], [0, 1]])]),
    ("nan", "an element of rho is not a number", ["rho": matrix([[.nan, 0], [0, 1]])]),
    ("energy-nan", "an element of H is not a number", ["H": matrix([[.nan, 0], [0, 1]])]),
  ]

  private static let complexPopulation = TaggedValue.matrix(
    [[[0.5, 0.25], [0, 0]], [[0, 0], [0.5, -0.25]]].map { $0.map { $0.map(\.bitPattern) } })

  private static func matrix(_ rows: [[Double]]) -> TaggedValue {
    .matrix(rows.map { $0.map { [$0.bitPattern, Double(0).bitPattern] } })
  }

  private static func vector(_ elements: [Double]) -> TaggedValue { .vector(elements.map(\.bitPattern)) }
}
