import RandomInputs

extension GeneratedClaim {
  /// The parameters that are declared.
  var parameters: [String] {
    meanings.filter { name, meaning in
      if case .parameter = meaning { return isUsed(name, meaning) }
      return false
    }.keys.sorted()
  }

  /// Single degrees of freedom that one name stands for.
  var operators: [String] {
    meanings.filter { [.operators(.boson), .operators(.fermion), .operators(.observable)].contains($0.value) }.keys
      .sorted()
  }

  func changed(_ change: (inout GeneratedClaim) -> Void) -> GeneratedClaim {
    var claim = self
    change(&claim)
    return claim
  }

  /// The formulas that may be changed, in a random order.
  private func places(_ random: inout SplitMix64) -> [String] {
    parts.keys.sorted().filter {
      !["equation-of-motion", "conserved"].contains(kind) || !["left", "right"].contains($0)
    }
    .shuffled(using: &random)
  }

  func replacingOnce(_ name: String, by other: Formula, _ random: inout SplitMix64) -> GeneratedClaim? {
    for place in places(&random) {
      if let formula = parts[place]?.replacingFirst({ $0 == .name(name) ? other : nil }) {
        return changed { $0.parts[place] = formula }
      }
    }
    return nil
  }

  /// The claim with the first sum in one of its formulas changed.
  func replacingSum(
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
  var firstBody: Formula? {
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

  func changingUnknown(
    _ key: String, _ random: inout SplitMix64, _ change: (Formula, String) -> Formula
  ) -> GeneratedClaim? {
    guard let one = unknowns.randomElement(using: &random), let other = unknowns.randomElement(using: &random) else {
      return nil
    }
    return changed { $0.parts["\(one).\(key)"] = $0.parts["\(one).\(key)"].map { change($0, other) } }
  }

  func twoUnknowns(_ random: inout SplitMix64) -> (String, String)? {
    let names = unknowns.shuffled(using: &random)
    return names.count < 2 ? nil : (names[0], names[1])
  }
}

extension Formula {
  /// The formula with the first part changed that a rule changes; nil where there is none.
  func replacingFirst(_ change: (Formula) -> Formula?) -> Formula? {
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
  func names(under index: String) -> Bool {
    switch self {
    case .member(_, index): true
    case .sum(index, _): false
    default: parts.contains { $0.names(under: index) }
    }
  }

  func losingIndex(_ index: String) -> Formula {
    if case .member(let family, index) = self { return .name(family) }
    return with(parts.map { $0.losingIndex(index) })
  }
}
