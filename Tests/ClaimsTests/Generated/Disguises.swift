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

  /// A part of a formula gets a name of its own, and a part of that part another one.
  private func abbreviated(_ random: inout SplitMix64) -> GeneratedClaim {
    var claim = self
    // The names of unknowns elsewhere, and of functions with a capital letter: none of them means anything here.
    for name in random.pick([["E"], ["Sin", "E"], ["D", "omega_0"]]) {
      guard let part = claim.anyNumber(&random) else { return claim }
      claim.abbreviations.append((name, part))
      claim.parts = claim.parts.mapValues { $0.substituting(.name(name), for: part) }
    }
    return claim
  }

  /// A part that is a number and depends on nothing but parameters.
  private func anyNumber(_ random: inout SplitMix64) -> Formula? {
    let numbers = Set(meanings.filter { if case .parameter = $0.value { true } else { false } }.keys)
    let candidates = parts.keys.sorted().flatMap { parts[$0]?.everyPart ?? [] }.filter {
      // A name alone would leave nothing in `for`.
      $0.parts.count > 0 && !$0.names.isEmpty && $0.names.isSubset(of: numbers.union(["pi"]))
    }
    return candidates.randomElement(using: &random)
  }

  /// Parameters under names that mean something elsewhere: of each other, of the time, of units and constants.
  private func renamed(_ random: inout SplitMix64) -> GeneratedClaim {
    let parameters = meanings.filter { if case .parameter = $0.value { true } else { false } }.keys.sorted()
    guard !parameters.isEmpty, variable == nil, !parts.values.contains(where: { $0.names.contains("t") }) else { return self }
    let names = (parameters + ["e", "E", "I", "Pi", "hbar", "d", "exp_", "j", "k", "b_1", "Sum"]).filter { meanings[$0] == nil || parameters.contains($0) }
    let indices = parts.values.reduce(into: Set<String>()) { $0.formUnion($1.indices) }
    var claim = self
    let new = names.filter { !indices.contains($0) && !unknowns.contains($0) }.shuffled(using: &random)
    claim.rename(Dictionary(uniqueKeysWithValues: zip(parameters, new)))
    return claim
  }

  /// `for: all`, where every parameter is any real number.
  private var withOpenNames: GeneratedClaim {
    let isOpen = meanings.values.allSatisfy { meaning in
      if case .parameter(let values) = meaning { return values == "all" }
      return meaning != .cells
    }
    var claim = self
    // Nothing is declared then, and `t` in an observable is the time.
    claim.isOpen = isOpen && !(kind == "equation-of-motion" || kind == "conserved")
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

  /// The formula with another one in the place of a part, wherever it stands; not in exponents, which stay numbers.
  fileprivate func substituting(_ other: Formula, for part: Formula) -> Formula {
    self == part ? other : with(parts.map { $0.substituting(other, for: part) })
  }
}

/// Misprints made of the identities of other sources.
struct Misprints: ClaimSource {
  let name = "misprints"

  private static let sources: [any ClaimSource] = [RealIdentities(), OperatorIdentities(), CellIdentities()]

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    let claim = random.pick(Misprints.sources).claim(&random)
    if random.oneIn(4), let wrong = claim.slipped(&random) { return claim.asMisprint(derivedFrom: wrong) }
    return claim.asMisprint
  }
}

/// Claims of a fixed truth that slips do not make.
struct Traps: ClaimSource {
  let name = "traps"

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    switch random.below(3) {
    case 0: Solutions().sector(&random)
    case 1: CellIdentities().late(&random)
    default: RealIdentities.nearMiss(&random)
    }
  }
}
