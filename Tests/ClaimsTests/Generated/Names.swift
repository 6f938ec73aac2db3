import RandomInputs

/// Claims whose names stand for two things or for none, or whose parts are not what they must be: each is refused with its line.
///
/// Most are a good claim of another source with one binding broken.
struct BadNames: ClaimSource {
  let name = "names"

  private typealias Break = @Sendable (GeneratedClaim, inout SplitMix64) -> GeneratedClaim?

  /// Ways to break a binding; nil where a claim has nothing of the sort.
  private static let breaks: [(rule: String, change: Break)] = [
    ("a parameter is not declared", { claim, random in
      guard let name = claim.parameters.randomElement(using: &random) else { return nil }
      return claim.changed { $0.undeclared = [name] }
    }),
    ("one name is misspelt", { claim, random in
      guard let name = claim.parameters.randomElement(using: &random) else { return nil }
      return claim.replacingOnce(name, by: .name(name + "_"), &random)
    }),
    ("an operator is not declared", { claim, random in
      guard let name = claim.operators.randomElement(using: &random) else { return nil }
      return claim.changed { $0.undeclared = [name] }
    }),
    ("an index has lost its sum", { claim, random in
      claim.replacingSum(&random) { index, body in body.names(under: index) ? body : nil }
    }),
    ("a sum has another index than its members", { claim, random in
      claim.replacingSum(&random) { index, body in body.names(under: index) ? .sum(index: index + "0", body) : nil }
    }),
    ("an index is the name of something else", { claim, random in
      guard let name = (claim.parameters + claim.operators).randomElement(using: &random) else { return nil }
      return claim.replacingSum(&random) { index, body in .sum(index: name, body.renaming([index: name])) }
    }),
    ("an index stands outside of its sum", { claim, random in
      claim.replacingSum(&random) { index, body in .name(index) * .sum(index: index, body) }
    }),
    ("an index is a number", { claim, random in
      guard claim.sizes == nil else { return nil }
      return claim.replacingSum(&random) { index, body in .sum(index: index, .name(index) * body) }
    }),
    ("a derivative in what is no parameter", { claim, random in
      let names = claim.unknowns + claim.abbreviations.map(\.name) + claim.operators + ["pi", "sin", "exp", "undeclared", "i"]
      guard claim.kind != "conserved", let name = names.randomElement(using: &random) else { return nil }
      let place = claim.kind == "equation-of-motion" ? "right" : random.pick(["left", "right"])
      return claim.changed { $0.parts[place] = $0.parts[place].map { random.oneIn(2) ? .derivative(in: name, $0) : $0 + .derivative(in: name, .number(1)) } }
    }),
    ("an unknown in a start", { claim, random in
      claim.changingUnknown("initial", &random) { $0 + .name($1) }
    }),
    ("an unknown in a solution", { claim, random in
      claim.changingUnknown("solution", &random) { $0 * .name($1) }
    }),
    ("an unknown is the whole start and solution", { claim, random in
      guard let (one, other) = claim.twoUnknowns(&random) else { return nil }
      return claim.changed {
        $0.parts["\(one).initial"] = .name(other)
        $0.parts["\(one).solution"] = .name(other)
        ($0.parts["left"], $0.parts["right"]) = (.name(one), .name(other))
      }
    }),
    ("an unknown in an observable", { claim, random in
      guard claim.parts["hamiltonian"] != nil, !claim.meanings.values.contains(where: \.isCoordinate) else { return nil }
      return claim.changingUnknown("observable", &random) { $0 * .name($1) }
    }),
    ("an abbreviation has the name of a parameter", { claim, random in
      guard let name = claim.parameters.randomElement(using: &random) else { return nil }
      return claim.changed { $0.abbreviations.append((name, .number(3))) }
    }),
    ("an abbreviation has the name of an unknown", { claim, random in
      guard let name = claim.unknowns.randomElement(using: &random) else { return nil }
      return claim.changed { $0.abbreviations.append((name, .number(3))) }
    }),
    ("an abbreviation has the name of an operator", { claim, random in
      guard let name = claim.operators.randomElement(using: &random) else { return nil }
      return claim.changed { $0.abbreviations.append((name, .number(3))) }
    }),
    ("an unknown has the name of a parameter", { claim, random in
      guard let unknown = claim.unknowns.randomElement(using: &random), let name = claim.parameters.first else { return nil }
      return claim.changed { $0.renameUnknowns([unknown: name]) }
    }),
    ("the time is an unknown", { claim, random in
      guard let unknown = claim.unknowns.randomElement(using: &random) else { return nil }
      return claim.changed { $0.variable = unknown }
    }),
    ("the time is declared, and given as the variable", { claim, random in
      guard claim.kind != "identity" else { return nil }
      return claim.changed {
        $0.variable = $0.time
        $0.meanings[$0.time] = .parameter("all")
        let place = $0.unknowns.first.map { "\($0).equation" } ?? "observable"
        $0.parts[place] = $0.parts[place].map { [time = $0.time] formula in formula * .name(time) }
      }
    }),
    ("the rate has the name of something else", { claim, random in
      guard claim.kind == "equation-of-motion" || claim.kind == "conserved" else { return nil }
      guard let name = (claim.parameters + claim.operators).randomElement(using: &random) else { return nil }
      return claim.changed { $0.parts["left"] = .name(name) }
    }),
    ("a Hamiltonian that is not Hermitian", { claim, random in
      guard let hamiltonian = claim.parts["hamiltonian"] else { return nil }
      return claim.changed { $0.parts["hamiltonian"] = .name("i") * hamiltonian }
    }),
    ("a family without an index", { claim, random in
      claim.replacingSum(&random) { index, body in
        body.names(under: index) ? .sum(index: index, body.losingIndex(index)) : nil
      }
    }),
    ("an index where there is no family", { claim, random in
      guard let name = claim.parameters.randomElement(using: &random) else { return nil }
      return claim.replacingOnce(name, by: .member(name, index: "j"), &random)
    }),
    ("a free index where all names are open", { claim, random in
      claim.replacingSum(&random) { index, body in body.names(under: index) ? body : nil }?.changed { $0.isOpen = true }
    }),
    ("an abbreviation has a free index", { claim, random in
      claim.replacingSum(&random) { index, body in body.names(under: index) ? .sum(index: index, .name("Q")) : nil }?.changed {
        $0.abbreviations.append(("Q", claim.firstBody ?? .number(1)))
      }
    }),
    ("an index has the name of an abbreviation", { claim, random in
      guard let name = claim.parameters.first else { return nil }
      let changed = claim.replacingSum(&random) { index, body in .sum(index: "Q", body.renaming([index: "Q"])) }
      return changed?.changed {
        $0.abbreviations.append(("Q", .name(name)))
        $0.parts["left"] = $0.parts["left"].map { $0 + .name("Q") - .name(name) }
      }
    }),
    ("an abbreviation is used before it is defined", { claim, random in
      guard let name = claim.parameters.first, claim.kind == "identity" else { return nil }
      return claim.changed {
        $0.abbreviations += [("Q", .name("Q2")), ("Q2", .name(name))]
        $0.parts["left"] = $0.parts["left"].map { $0 + .name("Q") - .name(name) }
      }
    }),
    ("an abbreviation stands for itself", { claim, random in
      guard let name = claim.parameters.first, claim.kind == "identity" else { return nil }
      return claim.changed {
        $0.abbreviations.append(("Q", .name("Q") + .name(name)))
        $0.parts["right"] = $0.parts["right"].map { $0 + .name("Q") }
      }
    }),
    ("an unknown has the name of an operator", { claim, random in
      guard let unknown = claim.unknowns.first, claim.parts["hamiltonian"] != nil, let name = claim.operators.first else { return nil }
      return claim.changed { $0.renameUnknowns([unknown: name]) }
    }),
    ("an unknown has the name of the imaginary unit, or of a function", { claim, random in
      guard let unknown = claim.unknowns.first else { return nil }
      return claim.changed { [name = random.pick(["i", "pi", "sin", "sum", "diff"])] in $0.renameUnknowns([unknown: name]) }
    }),
    ("a number of cells is a parameter", { claim, random in
      guard claim.sizes == nil, claim.meanings.values.contains(.cells), let name = claim.parameters.first else { return nil }
      guard let cells = claim.meanings.first(where: { $0.value == .cells })?.key else { return nil }
      return claim.changed { changed in
        changed.meanings[cells] = nil
        changed.more.append("cells: \(name)")
      }
    }),
    ("a slip in the name in a derived form", { claim, random in
      guard claim.kind == "identity", let name = claim.parameters.first else { return nil }
      return claim.asMisprint.changed { $0.parts["derived.right"] = .name(name + "_") }
    }),
    ("a name of a derivative where all names are open", { claim, random in
      guard claim.kind == "identity", let name = (claim.operators + ["pi"]).randomElement(using: &random) else { return nil }
      return claim.changed {
        $0.isOpen = true
        $0.parts["left"] = $0.parts["left"].map { $0 + .derivative(in: name, .number(1)) }
      }
    }),
  ]

  private static let good: [any ClaimSource] = [RealIdentities(), OperatorIdentities(), CellIdentities(), Motions(), Solutions(), Solutions()]

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    let way = random.pick(BadNames.breaks)
    while true {
      let good = random.pick(BadNames.good).claim(&random)
      let claim = random.oneIn(3) ? good.disguised(&random) : good
      guard !claim.mayBeRefused, var broken = way.change(claim, &random) else { continue }
      broken.truth = .bad
      broken.rule = way.rule
      return broken
    }
  }
}

extension GeneratedClaim.Meaning {
  var isCoordinate: Bool {
    switch self {
    case .coordinate, .coordinates: true
    default: false
    }
  }
}

extension GeneratedClaim {
  /// The parameters that are declared.
  fileprivate var parameters: [String] {
    meanings.filter { name, meaning in
      if case .parameter = meaning { return isUsed(name, meaning) }
      return false
    }.keys.sorted()
  }

  /// Single degrees of freedom that one name stands for.
  fileprivate var operators: [String] {
    meanings.filter { [.operators(.boson), .operators(.fermion), .operators(.observable)].contains($0.value) }.keys.sorted()
  }

  fileprivate func changed(_ change: (inout GeneratedClaim) -> Void) -> GeneratedClaim {
    var claim = self
    change(&claim)
    return claim
  }

  /// The formulas that may be changed, in a random order.
  private func places(_ random: inout SplitMix64) -> [String] {
    parts.keys.sorted().filter { !["equation-of-motion", "conserved"].contains(kind) || !["left", "right"].contains($0) }
      .shuffled(using: &random)
  }

  fileprivate func replacingOnce(_ name: String, by other: Formula, _ random: inout SplitMix64) -> GeneratedClaim? {
    for place in places(&random) {
      if let formula = parts[place]?.replacingFirst({ $0 == .name(name) ? other : nil }) {
        return changed { $0.parts[place] = formula }
      }
    }
    return nil
  }

  /// The claim with the first sum in one of its formulas changed.
  fileprivate func replacingSum(
    _ random: inout SplitMix64, _ change: (String, Formula) -> Formula?
  ) -> GeneratedClaim? {
    for place in places(&random) {
      let formula = parts[place]?.replacingFirst { part in
        guard case .sum(let index, let body) = part else { return nil }
        return change(index, body)
      }
      if let formula { return changed { $0.parts[place] = formula } }
    }
    return nil
  }

  /// What stands in the first sum that has members under its index.
  fileprivate var firstBody: Formula? {
    for place in parts.keys.sorted() {
      var body: Formula?
      _ = parts[place]?.replacingFirst { part in
        guard body == nil, case .sum(let index, let inside) = part, inside.names(under: index) else { return nil }
        body = inside
        return part
      }
      if let body { return body }
    }
    return nil
  }

  fileprivate func changingUnknown(
    _ key: String, _ random: inout SplitMix64, _ change: (Formula, String) -> Formula
  ) -> GeneratedClaim? {
    guard let one = unknowns.randomElement(using: &random), let other = unknowns.randomElement(using: &random) else { return nil }
    return changed { $0.parts["\(one).\(key)"] = $0.parts["\(one).\(key)"].map { change($0, other) } }
  }

  fileprivate func twoUnknowns(_ random: inout SplitMix64) -> (String, String)? {
    let names = unknowns.shuffled(using: &random)
    return names.count < 2 ? nil : (names[0], names[1])
  }
}

extension Formula {
  /// The formula with the first part changed that a rule changes; nil where there is none.
  fileprivate func replacingFirst(_ change: (Formula) -> Formula?) -> Formula? {
    if let changed = change(self) { return changed }
    for (k, part) in parts.enumerated() {
      if let changed = part.replacingFirst(change) {
        var parts = parts
        parts[k] = changed
        return with(parts)
      }
    }
    return nil
  }

  /// Whether a member stands under an index that no inner sum has.
  fileprivate func names(under index: String) -> Bool {
    switch self {
    case .member(_, index): true
    case .sum(index, _): false
    default: parts.contains { $0.names(under: index) }
    }
  }

  fileprivate func losingIndex(_ index: String) -> Formula {
    if case .member(let family, index) = self { return .name(family) }
    return with(parts.map { $0.losingIndex(index) })
  }
}
