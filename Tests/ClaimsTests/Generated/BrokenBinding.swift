import RandomInputs

/// A way to break one binding of a claim; nil where it has nothing of the sort.
struct BrokenBinding: Sendable {
  let rule: String
  let change: @Sendable (GeneratedClaim, inout SplitMix64) -> GeneratedClaim?

  init(_ rule: String, _ change: @escaping @Sendable (GeneratedClaim, inout SplitMix64) -> GeneratedClaim?) {
    (self.rule, self.change) = (rule, change)
  }

  /// Breaks whatever `for` says: it declares no index, no unknown, no abbreviation and no operator.
  static let ofAnyClaim: [BrokenBinding] = [
    BrokenBinding(
      "a slip makes the Hamiltonian not Hermitian",
      { claim, random in
        guard claim.parts["hamiltonian"] != nil else { return nil }
        let slips = (0..<10).compactMap { _ in claim.slipped(in: ["hamiltonian"], &random) }
        return slips.first { $0.hamiltonianIsCertainlyBad(&random) }
      }),
    BrokenBinding(
      "an index has a meaning of its own",
      { claim, random in
        let name = random.pick(["i", "pi", "sum", "sin"] + claim.unknowns)
        return claim.replacingSum(&random) { index, body in .sum(index: name, body.renaming([index: name])) }
      }),
    BrokenBinding(
      "the time has the name of something else",
      { claim, random in
        guard claim.kind != "identity", let name = (claim.operators + ["i", "exp"]).randomElement(using: &random) else {
          return nil
        }
        return claim.changed { $0.variable = name }
      }),
    BrokenBinding(
      "an index has lost its sum",
      { claim, random in
        claim.replacingSum(&random) { index, body in body.names(under: index) ? body : nil }
      }),
    BrokenBinding(
      "a sum has another index than its members",
      { claim, random in
        claim.replacingSum(&random) { index, body in body.names(under: index) ? .sum(index: index + "0", body) : nil }
      }),
    BrokenBinding(
      "an index stands outside of its sum",
      { claim, random in
        claim.replacingSum(&random) { index, body in .name(index) * .sum(index: index, body) }
      }),
    BrokenBinding(
      "an index is a number",
      { claim, random in
        guard claim.sizes == nil else { return nil }
        return claim.replacingSum(&random) { index, body in .sum(index: index, .name(index) * body) }
      }),
    BrokenBinding(
      "a derivative in what is no parameter",
      { claim, random in
        let names =
          claim.unknowns + claim.abbreviations.map(\.name) + claim.operators + ["pi", "sin", "exp", "undeclared", "i"]
        guard claim.kind != "conserved", let name = names.randomElement(using: &random) else { return nil }
        let place = claim.kind == "equation-of-motion" ? "right" : random.pick(["left", "right"])
        return claim.changed {
          $0.parts[place] = $0.parts[place].map {
            random.oneIn(2) ? .derivative(in: name, $0) : $0 + .derivative(in: name, .number(1))
          }
        }
      }),
    BrokenBinding(
      "an unknown in a start",
      { claim, random in
        claim.changingUnknown("initial", &random) { $0 + .name($1) }
      }),
    BrokenBinding(
      "an unknown in a solution",
      { claim, random in
        claim.changingUnknown("solution", &random) { $0 * .name($1) }
      }),
    BrokenBinding(
      "an unknown is the whole start and solution",
      { claim, random in
        guard let (one, other) = claim.twoUnknowns(&random) else { return nil }
        return claim.changed {
          $0.parts["\(one).initial"] = .name(other)
          $0.parts["\(one).solution"] = .name(other)
          ($0.parts["left"], $0.parts["right"]) = (.name(one), .name(other))
        }
      }),
    BrokenBinding(
      "an unknown in an observable",
      { claim, random in
        guard claim.parts["hamiltonian"] != nil, !claim.meanings.values.contains(where: \.isCoordinate) else {
          return nil
        }
        return claim.changingUnknown("observable", &random) { $0 * .name($1) }
      }),
    BrokenBinding(
      "an abbreviation has the name of an unknown",
      { claim, random in
        guard let name = claim.unknowns.randomElement(using: &random) else { return nil }
        return claim.changed { $0.abbreviations.append((name, .number(3))) }
      }),
    BrokenBinding(
      "an abbreviation has the name of an operator",
      { claim, random in
        guard let name = claim.operators.randomElement(using: &random) else { return nil }
        return claim.changed { $0.abbreviations.append((name, .number(3))) }
      }),
    BrokenBinding(
      "the time is an unknown",
      { claim, random in
        guard let unknown = claim.unknowns.randomElement(using: &random) else { return nil }
        return claim.changed { $0.variable = unknown }
      }),
    BrokenBinding(
      "a Hamiltonian that is not Hermitian",
      { claim, random in
        guard let hamiltonian = claim.parts["hamiltonian"] else { return nil }
        return claim.changed { $0.parts["hamiltonian"] = .name("i") * hamiltonian }
      }),
    BrokenBinding(
      "a family without an index",
      { claim, random in
        claim.replacingSum(&random) { index, body in
          body.names(under: index) ? .sum(index: index, body.losingIndex(index)) : nil
        }
      }),
    BrokenBinding(
      "an index where there is no family",
      { claim, random in
        guard let name = claim.parameters.randomElement(using: &random) else { return nil }
        return claim.replacingOnce(name, by: .member(name, index: "j"), &random)
      }),
    BrokenBinding(
      "an abbreviation has a free index",
      { claim, random in
        claim.replacingSum(&random) { index, body in body.names(under: index) ? .sum(index: index, .name("Q")) : nil }?
          .changed {
            $0.abbreviations.append(("Q", claim.firstBody ?? .number(1)))
          }
      }),
    BrokenBinding(
      "an index has the name of an abbreviation",
      { claim, random in
        guard let name = claim.parameters.first else { return nil }
        let changed = claim.replacingSum(&random) { index, body in .sum(index: "Q", body.renaming([index: "Q"])) }
        return changed?.changed {
          $0.abbreviations.append(("Q", .name(name)))
          $0.parts["left"] = $0.parts["left"].map { $0 + .name("Q") - .name(name) }
        }
      }),
    BrokenBinding(
      "an abbreviation is used before it is defined",
      { claim, random in
        guard let name = claim.parameters.first, claim.kind == "identity" else { return nil }
        return claim.changed {
          $0.abbreviations += [("Q", .name("Q2")), ("Q2", .name(name))]
          $0.parts["left"] = $0.parts["left"].map { $0 + .name("Q") - .name(name) }
        }
      }),
    BrokenBinding(
      "an abbreviation stands for itself",
      { claim, random in
        guard let name = claim.parameters.first, claim.kind == "identity" else { return nil }
        return claim.changed {
          $0.abbreviations.append(("Q", .name("Q") + .name(name)))
          $0.parts["right"] = $0.parts["right"].map { $0 + .name("Q") }
        }
      }),
    BrokenBinding(
      "an unknown has the name of an operator",
      { claim, random in
        guard let unknown = claim.unknowns.first, let observable = claim.parts["\(unknown).observable"] else {
          return nil
        }
        // An unknown may have the name of the coordinate that it stands for.
        guard let name = claim.operators.first(where: { .name($0) != observable }) else { return nil }
        return claim.changed { $0.renameUnknowns([unknown: name]) }
      }),
    BrokenBinding(
      "an unknown has the name of the imaginary unit, or of a function",
      { claim, random in
        guard let unknown = claim.unknowns.first else { return nil }
        return claim.changed { [name = random.pick(["i", "pi", "sin", "sum", "diff"])] in
          $0.renameUnknowns([unknown: name])
        }
      }),
  ]
}
