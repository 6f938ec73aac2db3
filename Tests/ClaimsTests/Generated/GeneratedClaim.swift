/// A claim as a user writes it, with what is known of it from how it was made.
struct GeneratedClaim {
  /// What is known.
  enum Truth: String {
    /// It holds: `proved`, or left open.
    case holds
    /// It does not: `refuted`, or left open.
    case fails
    /// It depends on what is not said: left open.
    case open
    /// A misprint: wrong as printed, right as derived.
    case misprinted
    /// A name stands for two things or for none, or a part is not what it must be: refused with the line.
    case bad
  }

  /// What a name stands for.
  enum Meaning: Hashable {
    /// A parameter and its values, as `for` has them.
    case parameter(String)
    case operators(OperatorKind)
    case family(OperatorKind)
    case cells
    /// A coordinate and its momentum; one for each cell.
    case coordinate(momentum: String)
    case coordinates(momentum: String)

    var isCoordinate: Bool {
      switch self {
      case .coordinate, .coordinates: true
      default: false
      }
    }

    /// The names that it gives a meaning to.
    func names(_ name: String) -> [String] {
      switch self {
      case .parameter, .cells: [name]
      case .operators(let kind), .family(let kind): kind.parts.map { name + $0 }
      case .coordinate(let momentum), .coordinates(let momentum): [name, momentum]
      }
    }
  }

  var kind: String
  /// The idea that it was made from.
  var rule: String
  var truth = Truth.holds
  /// Whether a refusal is as good as the verdict: names that are clear to a reader, and unwelcome.
  var mayBeRefused = false

  var meanings: [String: Meaning]
  /// Abbreviations, in order.
  var abbreviations: [(name: String, formula: Formula)] = []
  var sizes: ClosedRange<Int>?
  var unknowns: [String] = []
  var variable: String?
  /// Formulas by their place: `left`, `right`, `hamiltonian`, `observable`, `derived.left`, `x.equation` and so on.
  var parts: [String: Formula]
  /// Whether `for` is `all`.
  var isOpen = false
  /// Conserved quantities with their values, where equations hold in a sector alone.
  var sector: [(quantity: Formula, value: Formula)] = []
  /// Names that are left out of the declarations, and keys that are put in beside them.
  var undeclared: Set<String> = []
  var more: [String] = []

  /// The name of the time.
  var time: String { variable ?? "t" }
}

extension GeneratedClaim {
  /// Whether a name is that of a coordinate or a momentum.
  func isCoordinate(_ name: String) -> Bool {
    meanings.contains { coordinate, meaning in meaning.isCoordinate && meaning.names(coordinate).contains(name) }
  }

  /// Whether the equations hold in a sector alone.
  var holdsInSector: Bool { rule.hasPrefix("sector") }

  /// The equalities that the claim stands for: all of them, for all values of its names.
  var steps: [Equality] {
    let written = unknowns.reduce(into: [String: Formula]()) { $0[$1] = parts["\($1).solution"] }
    let statement = Equality(left: part("left"), right: part("right"))
    switch kind {
    case "equation-of-motion", "conserved": return [Equality(left: rate(part("observable")), right: part("right"))]
    case "solution":
      var steps: [Equality] = []
      for unknown in unknowns {
        let (equation, solution) = (part("\(unknown).equation"), part("\(unknown).solution"))
        // What holds in a sector alone is derived by hand, beside its table.
        if let observable = parts["\(unknown).observable"], !holdsInSector {
          let observables = unknowns.reduce(into: [String: Formula]()) { $0[$1] = parts["\($1).observable"] }
          steps.append(Equality(left: rate(observable), right: equation.replacing(observables)))
        }
        steps.append(Equality(left: .derivative(in: time, solution), right: equation.replacing(written)))
        steps.append(Equality(left: solution.replacing([time: .number(0)]), right: part("\(unknown).initial")))
      }
      return steps + [statement.map { $0.replacing(written) }]
    default: return [statement]
    }
  }

  /// i [H, A] or {A, H}, and the derivative in the time.
  private func rate(_ observable: Formula) -> Formula {
    // A name that `for` declares is a parameter, whatever it is called.
    let own = meanings[time] == nil ? Formula.derivative(in: time, observable) : .number(0)
    guard let hamiltonian = parts["hamiltonian"] else { return own }
    let isClassical = meanings.values.contains(where: \.isCoordinate)
    return (isClassical ? .poisson(observable, hamiltonian) : .name("i") * .commutator(hamiltonian, observable)) + own
  }

  /// The formula at a place where every claim of the kind has one.
  func part(_ place: String) -> Formula {
    guard let formula = parts[place] else { preconditionFailure("\(kind) without \(place)") }
    return formula
  }
}
