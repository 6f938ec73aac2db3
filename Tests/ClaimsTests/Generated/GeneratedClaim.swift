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
  /// Names that stand in a formula.
  private var used: Set<String> {
    (Array(parts.values) + abbreviations.map(\.formula) + sector.flatMap { [$0, $1] }).reduce(into: []) { $0.formUnion($1.names) }
  }

  /// The lines of the claim in a file.
  var yaml: String {
    func flow(_ pairs: [(String, String)]) -> String {
      "{\(pairs.map { "\($0): \($1)" }.joined(separator: ", "))}"
    }
    func quoted(_ place: String) -> String { parts[place].map { "\"\($0)\"" } ?? "\"\"" }
    var lines = ["kind: \(kind)"]
    if kind == "misprint" {
      lines += ["printed: \"\(parts["left"]!) = \(parts["right"]!)\"", "derived: \"\(parts["derived.left"]!) = \(parts["derived.right"]!)\""]
      lines += ["as-printed: one", "as-derived: two", "depends: nothing"]
    } else {
      lines.append("statement: \"\(parts["left"]!) = \(parts["right"]!)\"")
    }
    var declared: [String: [(String, String)]] = [:]
    for (name, meaning) in meanings.sorted(by: { $0.key < $1.key }) where isUsed(name, meaning) && !undeclared.contains(name) {
      switch meaning {
      case .parameter(let values): declared["for", default: []].append((name, values))
      case .operators(let kind): declared["operators", default: []].append((name, kind.rawValue))
      case .family(let kind): declared["families", default: []].append((name, kind.rawValue))
      case .coordinate(let momentum): declared["canonical", default: []].append((name, momentum))
      case .coordinates(let momentum): declared["canonical-families", default: []].append((name, momentum))
      case .cells:
        lines.append("cells: \(name)")
        if sizes == nil { declared["for", default: []].append((name, "integers")) }
      }
    }
    for key in ["operators", "families", "canonical", "canonical-families"] {
      if let pairs = declared[key] { lines.append("\(key): \(flow(pairs))") }
    }
    if let sizes { lines.append("sizes: \(sizes.lowerBound) ... \(sizes.upperBound)") }
    if !abbreviations.isEmpty { lines.append("let: \(flow(abbreviations.map { ($0.name, "\"\($0.formula)\"") }))") }
    for key in ["hamiltonian", "observable"] where parts[key] != nil { lines.append("\(key): \(quoted(key))") }
    if let variable { lines.append("variable: \(variable)") }
    if !unknowns.isEmpty { lines.append("unknowns:") }
    for unknown in unknowns {
      let keys = ["observable", "equation", "initial", "solution"].filter { parts["\(unknown).\($0)"] != nil }
      lines.append("  \(unknown): \(flow(keys.map { ($0, quoted("\(unknown).\($0)")) }))")
    }
    if !sector.isEmpty { lines.append("sector: \(flow(sector.map { ("\"\($0)\"", "\"\($1)\"") }))") }
    lines.append("for: \(isOpen ? "all" : flow(declared["for"] ?? []))")
    return (lines + more).joined(separator: "\n")
  }

  /// A file that holds the claim alone.
  var file: String {
    let lines = "id: test\n\(yaml)\nexpect: undecided\nreason: test".split(separator: "\n", omittingEmptySubsequences: false)
    return "source: test\nclaims:\n  - " + lines.joined(separator: "\n    ") + "\n"
  }

  func isUsed(_ name: String, _ meaning: Meaning) -> Bool {
    switch meaning {
    case .parameter, .operators, .family, .coordinate, .coordinates: !used.isDisjoint(with: meaning.names(name))
    case .cells:
      meanings.contains { other, meaning in
        switch meaning {
        case .family, .coordinates: isUsed(other, meaning)
        default: false
        }
      }
    }
  }

  /// Whether the equations hold in a sector alone.
  var holdsInSector: Bool { rule.hasPrefix("sector") }

  /// The equalities that the claim stands for: all of them, for all values of its names.
  var steps: [Equality] {
    func part(_ place: String) -> Formula { parts[place]! }
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
    let isClassical = meanings.values.contains {
      switch $0 {
      case .coordinate, .coordinates: true
      default: false
      }
    }
    return (isClassical ? .poisson(observable, hamiltonian) : .name("i") * .commutator(hamiltonian, observable)) + own
  }
}
