extension BrokenBinding {
  /// Breaks where `for` lists the names: with `for: all` some of these claims would be good ones.
  static let ofDeclarations: [BrokenBinding] = [
    BrokenBinding(
      "a parameter is not declared",
      { claim, random in
        guard let name = claim.parameters.randomElement(using: &random) else { return nil }
        return claim.changed { $0.undeclared = [name] }
      }),
    BrokenBinding(
      "one name is misspelt",
      { claim, random in
        guard let name = claim.parameters.randomElement(using: &random) else { return nil }
        return claim.replacingOnce(name, by: .name(name + "_"), &random)
      }),
    BrokenBinding(
      "an operator is not declared",
      { claim, random in
        guard let name = claim.operators.randomElement(using: &random) else { return nil }
        return claim.changed { $0.undeclared = [name] }
      }),
    BrokenBinding(
      "an index is the name of something else",
      { claim, random in
        guard let name = (claim.parameters + claim.operators).randomElement(using: &random) else { return nil }
        return claim.replacingSum(&random) { index, body in .sum(index: name, body.renaming([index: name])) }
      }),
    BrokenBinding(
      "an abbreviation has the name of a parameter",
      { claim, random in
        guard let name = claim.parameters.randomElement(using: &random) else { return nil }
        return claim.changed { $0.abbreviations.append((name, .number(3))) }
      }),
    BrokenBinding(
      "an unknown has the name of a parameter",
      { claim, random in
        guard let unknown = claim.unknowns.randomElement(using: &random), let name = claim.parameters.first else {
          return nil
        }
        return claim.changed { $0.renameUnknowns([unknown: name]) }
      }),
    BrokenBinding(
      "the time is declared, and given as the variable",
      { claim, random in
        guard claim.kind != "identity" else { return nil }
        return claim.changed {
          $0.variable = $0.time
          $0.meanings[$0.time] = .parameter("all")
          let place = $0.unknowns.first.map { "\($0).equation" } ?? "observable"
          $0.parts[place] = $0.parts[place].map { [time = $0.time] formula in formula * .name(time) }
        }
      }),
    BrokenBinding(
      "the rate has the name of something else",
      { claim, random in
        guard claim.kind == "equation-of-motion" || claim.kind == "conserved" else { return nil }
        guard let name = (claim.parameters + claim.operators).randomElement(using: &random) else { return nil }
        return claim.changed { $0.parts["left"] = .name(name) }
      }),
    BrokenBinding(
      "a number of cells is a parameter",
      { claim, random in
        guard claim.sizes == nil, claim.meanings.values.contains(.cells), let name = claim.parameters.first else {
          return nil
        }
        guard let cells = claim.meanings.first(where: { $0.value == .cells })?.key else { return nil }
        return claim.changed { changed in
          changed.meanings[cells] = nil
          changed.more.append("cells: \(name)")
        }
      }),
    BrokenBinding(
      "a slip in the name in a derived form",
      { claim, random in
        guard claim.kind == "identity", let name = claim.parameters.first else { return nil }
        return claim.asMisprint.changed { $0.parts["derived.right"] = .name(name + "_") }
      }),
  ]
}
