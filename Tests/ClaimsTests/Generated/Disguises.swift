import RandomInputs

/// The same claim in other words: abbreviations, other names, a misprint around it. What is known of it stays.
extension GeneratedClaim {
  /// The claim, disguised in one of a few ways or not at all.
  func disguised(_ random: inout SplitMix64) -> GeneratedClaim {
    switch random.below(6) {
    case 0, 1: abbreviated(&random)
    case 2: renamed(&random)
    case 3: withOpenNames
    default: self
    }
  }

  /// A part of a formula gets a name of its own, and a part of what is left another one.
  private func abbreviated(_ random: inout SplitMix64) -> GeneratedClaim {
    var claim = self
    // Names that mean something in other claims, and nothing here.
    for name in random.pick([["E"], ["Sin", "E"], ["D", "omega_0"]]) {
      guard meanings[name] == nil, let part = claim.anyClosedPart(&random) else { return claim }
      claim.abbreviations.append((name, part))
      claim.parts = claim.parts.mapValues { $0.substituting(.name(name), for: part) }
    }
    return claim
  }

  /// A part that means the same wherever it stands: made of declared names, under no index from outside.
  private func anyClosedPart(_ random: inout SplitMix64) -> Formula? {
    let declared = Set(meanings.flatMap { $0.value.names($0.key) }).subtracting(unknowns).union(["pi", "i"])
    let candidates = parts.keys.sorted().flatMap { parts[$0]?.everyPart ?? [] }.filter {
      // A name alone would leave nothing in `for`.
      !$0.parts.isEmpty && !$0.names.isEmpty && $0.names.isSubset(of: declared) && $0.freeIndices.isEmpty
    }
    return candidates.randomElement(using: &random)
  }

  /// Parameters under names that mean something elsewhere: of each other, of the time, of units and constants.
  private func renamed(_ random: inout SplitMix64) -> GeneratedClaim {
    let parameters = meanings.filter { if case .parameter = $0.value { true } else { false } }.keys.sorted()
    guard !parameters.isEmpty, variable == nil, !parts.values.contains(where: { $0.names.contains("t") }) else {
      return self
    }
    let words = ["e", "E", "I", "Pi", "hbar", "d", "exp_", "j", "k", "b_1", "Sum"].filter { meanings[$0] == nil }
    let indices = parts.values.reduce(into: Set<String>()) { $0.formUnion($1.indices) }
    var claim = self
    let new = (parameters + words).filter { !indices.contains($0) && !unknowns.contains($0) }.shuffled(using: &random)
    claim.rename(Dictionary(uniqueKeysWithValues: zip(parameters, new)))
    return claim
  }

  /// `for: all`, which takes every name for a real number.
  private var withOpenNames: GeneratedClaim {
    // The rates of the table are polynomials in their parameters, and hold for negative ones as well.
    let isRate = kind == "equation-of-motion" || kind == "conserved"
    let isOpen = meanings.values.allSatisfy { meaning in
      if case .parameter(let values) = meaning { return values == "all" || isRate }
      return true
    }
    var claim = self
    // A name that stands in derivatives alone is declared by nothing then.
    let valued = parts.values.reduce(into: Set<String>()) { $0.formUnion($1.valuedNames) }
    let areMet = meanings.allSatisfy { name, meaning in
      if case .parameter = meaning { return valued.contains(name) }
      return true
    }
    // It declares nothing: `t` in an observable is the time then.
    claim.isOpen = isOpen && areMet && !(isRate && meanings["t"] != nil)
    return claim
  }

  /// A misprint of an identity: printed and derived alike, until one of them slips.
  var asMisprint: GeneratedClaim {
    var claim = self
    claim.kind = "misprint"
    claim.parts["derived.left"] = parts["left"]
    claim.parts["derived.right"] = parts["right"]
    return claim
  }

  /// A misprint whose derived form is as wrong as another claim.
  func asMisprint(derivedFrom wrong: GeneratedClaim) -> GeneratedClaim {
    var claim = asMisprint
    claim.parts["derived.left"] = wrong.parts["left"]
    claim.parts["derived.right"] = wrong.parts["right"]
    claim.truth = .fails
    return claim
  }
}

extension Formula {
  /// The formula and all its parts, and theirs.
  fileprivate var everyPart: [Formula] { [self] + parts.flatMap(\.everyPart) }

  /// The indices of its sums.
  fileprivate var indices: Set<String> {
    var all = parts.reduce(into: Set<String>()) { $0.formUnion($1.indices) }
    if case .sum(let index, _) = self { all.insert(index) }
    return all
  }

  /// The indices that no sum inside has.
  fileprivate var freeIndices: Set<String> {
    let inside = parts.reduce(into: Set<String>()) { $0.formUnion($1.freeIndices) }
    return switch self {
    case .member(_, let index): [index]
    case .sum(let index, _): inside.subtracting([index])
    default: inside
    }
  }

  /// The formula with another one in the place of a part, wherever it stands; not in exponents, which stay numbers.
  fileprivate func substituting(_ other: Formula, for part: Formula) -> Formula {
    self == part ? other : with(parts.map { $0.substituting(other, for: part) })
  }
}
