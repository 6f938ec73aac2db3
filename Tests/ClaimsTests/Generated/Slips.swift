import RandomInputs

/// Slips of the pen: one sign, index, name, number, function, prime or order changed.
extension GeneratedClaim {
  /// The claim with one slip that makes it certainly false; nil where a few attempts found none.
  ///
  /// That a slip makes it false is seen in a world of this folder, where both sides are worked out.
  func slipped(_ random: inout SplitMix64) -> GeneratedClaim? {
    let places = parts.keys.sorted().filter { place in
      switch kind {
      case "equation-of-motion": place != "left"
      case "conserved": !["left", "right"].contains(place)
      case "misprint": !place.hasPrefix("derived")
      // A coordinate may be an unknown, of itself alone: with another observable its name stands for two things.
      case "solution": !place.hasSuffix(".observable") || !isCoordinate(String(place.dropLast(".observable".count)))
      default: true
      }
    }
    for _ in 0..<20 {
      guard let claim = random.oneIn(8) ? widened(&random) : slipped(in: places, &random) else { continue }
      if claim.certainlyFails(&random), !claim.hamiltonianIsCertainlyBad(&random) { return claim }
    }
    return nil
  }

  /// The claim with one slip in a formula at one of a few places, whatever it does.
  func slipped(in places: [String], _ random: inout SplitMix64) -> GeneratedClaim? {
    guard let place = places.randomElement(using: &random), let formula = parts[place] else { return nil }
    guard let slip = slips(formula, place).randomElement(using: &random) else { return nil }
    var claim = self
    claim.parts[place] = slip
    claim.truth = kind == "misprint" ? .misprinted : .fails
    claim.rule += ", slip in \(place.split(separator: ".").last ?? "")"
    return claim
  }

  /// The claim for more values of a parameter, for which it may be false: the negative ones, or all between the integers.
  private func widened(_ random: inout SplitMix64) -> GeneratedClaim? {
    let narrow = meanings.filter { $0.value == .parameter("positive") || $0.value == .parameter("integers") }
    guard !isOpen, kind != "misprint", let name = narrow.keys.sorted().randomElement(using: &random) else { return nil }
    var claim = self
    claim.meanings[name] = .parameter(meanings[name] == .parameter("integers") ? "positive" : "all")
    claim.truth = .fails
    claim.rule += ", slip in for"
    return claim
  }

  /// All formulas that differ from one in one slip.
  private func slips(_ formula: Formula, _ place: String, indices: [String] = []) -> [Formula] {
    var inner = indices
    if case .sum(let index, _) = formula { inner.append(index) }
    let deeper = formula.parts.indices.flatMap { k in
      slips(formula.parts[k], place, indices: inner).map { slip in
        var parts = formula.parts
        parts[k] = slip
        return formula.with(parts)
      }
    }
    return slipsHere(formula, place, indices) + deeper
  }

  private func slipsHere(_ formula: Formula, _ place: String, _ indices: [String]) -> [Formula] {
    switch formula {
    case .number(let value): return [.number(value + 1)] + (value > 1 ? [.number(value - 1)] : [])
    case .name(let name): return others(name, place).map { .name($0) } + primed(formula)
    case .member(let family, let index):
      return (Int(index) == nil ? indices : ["0", "1"]).filter { $0 != index }.map { .member(family, index: $0) }
        + others(family, place).map { .member($0, index: index) } + primed(formula)
    case .negation(let a), .adjoint(let a): return [a]
    case .binary("+", let a, let b): return [a - b]
    case .binary("-", let a, let b): return [a + b, b - a]
    case .binary("*", let a, let b): return a == b ? [a / b] : [b * a]
    case .binary("/", let a, let b): return [b / a, a * b]
    case .binary: return []
    case .commutator(let a, let b): return [.commutator(b, a)]
    case .poisson(let a, let b): return [.poisson(b, a)]
    case .call(let function, let arguments):
      return (Formula.neighbours[function] ?? []).map { .call($0, arguments) }
    case .sum: return []
    case .derivative(let name, let a):
      return others(name, place).filter { !unknowns.contains($0) }.map { .derivative(in: $0, a) }
    }
  }

  private func primed(_ formula: Formula) -> [Formula] {
    let name = formula.names.first ?? ""
    switch meanings[name] {
    case .operators(.boson), .operators(.fermion), .family(.boson), .family(.fermion): return [.adjoint(formula)]
    default: return []
    }
  }

  /// Names of the same sort that may stand in the place of one.
  private func others(_ name: String, _ place: String) -> [String] {
    var groups: [[String]] = [[], [], [], []]
    for (name, meaning) in meanings.sorted(by: { $0.key < $1.key }) {
      switch meaning {
      case .parameter: groups[0].append(name)
      case .coordinate(let momentum): groups[1] += [name, momentum]
      case .coordinates(let momentum): groups[2] += [name, momentum]
      case .operators, .family: groups.append(meaning.names(name))
      case .cells: break
      }
    }
    if kind == "solution", !place.hasSuffix("initial"), !place.hasSuffix("observable"), place != "hamiltonian" {
      groups[0].append(time)
    }
    // Unknowns stand for their functions in equations and in the statement alone.
    if ["left", "right"].contains(place) || place.hasSuffix("equation") { groups[3] = unknowns }
    return groups.first { $0.contains(name) }?.filter { $0 != name } ?? []
  }
}

extension Formula {
  /// Functions that are taken for one another.
  fileprivate static let neighbours = [
    "sin": ["cos", "sinh"], "cos": ["sin", "cosh"], "tan": ["sin", "tanh"], "exp": ["cosh"], "log": ["sqrt"],
    "sqrt": ["log"],
    "sinh": ["cosh", "sin"], "cosh": ["sinh", "cos"], "tanh": ["tan"], "abs": ["sqrt"], "max": ["min"], "min": ["max"],
    "atan": ["tan"],
  ]
}
