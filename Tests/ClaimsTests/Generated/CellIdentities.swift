import RandomInputs

/// Identities of families with one member for each of N cells, N a symbol, and for given sizes.
///
/// b are bosons, d fermions, S spins and r qubits of the cells; a is one more boson.
struct CellIdentities: ClaimSource {
  let name = "families"

  /// Each from the commutators of one cell, and that those of two cells commute (fermions: anticommute).
  static let table = [
    "[sum(j, b[j]), sum(k, b[k]')] = N", "[sum(j, b[j])/sqrt(N), sum(k, b[k]')/sqrt(N)] = 1",
    "[sum(j, b[j]'*b[j]), sum(k, b[k]')] = sum(l, b[l]')",
    "sum(j, sum(k, b[j]*b[k]')) = sum(j, b[j]')*sum(k, b[k]) + N", "sum(j, b[j]*b[j]') = sum(j, b[j]'*b[j]) + N",
    "sum(j, 1)*sum(k, b[k]) = N*sum(k, b[k])", "sum(j, x*b[j]) = x*sum(k, b[k])",
    "[sum(j, b[j]'*b[j]), sum(k, sum(l, b[k]'*b[l]))] = 0", "sum(j, b[j]'*sum(k, b[k])) = sum(j, b[j]')*sum(j, b[j])",
    "sum(j, d[j])^2 = 0", "sum(j, d[j])*sum(k, d[k]') + sum(k, d[k]')*sum(j, d[j]) = N",
    "[sum(j, d[j]'*d[j]), sum(k, d[k])] = -sum(k, d[k])",
    "sum(j, sum(k, d[j]'*d[k])) = N - sum(j, sum(k, d[k]*d[j]'))",
    "[sum(j, sum(k, d[j]'*d[k])), sum(l, d[l])] = -N*sum(l, d[l])",
    "[sum(j, S_x[j]), sum(k, S_y[k])] = i*sum(l, S_z[l])", "[sum(j, S_z[j]), sum(k, S_p[k])] = sum(k, S_p[k])",
    "[sum(j, S_p[j]), sum(k, S_m[k])] = 2*sum(l, S_z[l])",
    "[sum(j, S_x[j]^2 + S_y[j]^2 + S_z[j]^2), sum(k, sum(l, S_p[k]*S_m[l]))] = 0",
    "[sum(j, r_x[j]), sum(k, r_y[k])] = 2*i*sum(l, r_z[l])", "sum(j, r_x[j]^2) = N",
    "sum(j, r_p[j]*r_m[j]) = (N + sum(j, r_z[j]))/2",
    "sum(j, r_x[j])^2 = N + sum(j, sum(k, r_x[j]*r_x[k])) - N", "sum(j, r_x[j]*r_y[j]) = i*sum(j, r_z[j])",
    "[sum(j, r_z[j]/2) + a'*a, sum(k, r_p[k]*a + r_m[k]*a')] = 0",
    "[sum(j, b[j]'*b[j]) + a'*a, a'*sum(k, b[k]) + a*sum(k, b[k]')] = 0",
    "sum(j, sum(k, sum(l, b[j]'*b[k]))) = N*sum(k, sum(j, b[k]'*b[j]))", "sum(j, sum(k, [b[j], b[k]'])) = N",
    "[a, sum(j, b[j]'*a')] = sum(j, b[j]')",
    "sum(j, b[j])' = sum(j, b[j]')", "sum(j, i*S_p[j])' = -i*sum(k, S_m[k])", "sum(j, a*b[j]) = a*sum(j, b[j])",
  ]

  /// Sums inside sums over an index of the same name: the inner one has its own.
  static let shadowTable = [
    "sum(j, b[j]'*sum(j, b[j])) = sum(j, sum(k, b[j]'*b[k]))", "sum(j, sum(j, b[j])) = N*sum(k, b[k])",
    "sum(j, sum(j, b[j])*b[j]') = sum(j, b[j])*sum(k, b[k]')",
    "sum(j, [b[j], sum(j, b[j]')]) = N", "sum(k, sum(j, sum(k, d[k])*d[j]')) = N*sum(k, d[k])*sum(j, d[j]')",
    "sum(j, S_z[j]*sum(j, S_p[j])) = sum(j, S_z[j])*sum(k, S_p[k])",
    "sum(j, r_x[j] + sum(j, r_y[j])) = sum(k, r_x[k]) + N*sum(l, r_y[l])",
  ]

  /// Factors that vanish for the first few numbers of cells, and are no zero.
  private static let lateFactors = [
    "(N - 1)*(N - 2)*(N - 3)*(N - 4)", "(N - 1)*(N - 2)*(N - 3)", "(N - 2)*(N - 1)", "sin(pi*N/5)*(N - 1)*(N - 2)",
  ].map(
    FormulaReader.formula)

  static let meanings: [String: GeneratedClaim.Meaning] = [
    "b": .family(.boson), "d": .family(.fermion), "S": .family(.spin), "r": .family(.qubit), "N": .cells,
    "a": .operators(.boson),
    "x": .parameter("all"),
  ]

  private static let plain = table.map(FormulaReader.equality)
  private static let shadowed = shadowTable.map(FormulaReader.equality)

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    let isShadowed = random.oneIn(4)
    var identity = random.pick(isShadowed ? CellIdentities.shadowed : CellIdentities.plain)
    if random.oneIn(4) { identity = identity.map { .sum(index: "m", $0) } }
    if random.oneIn(3) {
      let index = random.pick(["j", "k"])
      let collective = Formula.sum(index: index, .member(random.pick(["b", "d", "S_z", "r_x"]), index: index))
      identity = identity.map { collective * $0 }
    }
    // Indices exchanged by name, and letters that are words elsewhere.
    identity = identity.map {
      $0.renaming(random.pick([["j": "k", "k": "j"], ["k": "n", "l": "q"], ["j": "e"], [:]]))
    }
    if !isShadowed, random.oneIn(2) { identity = identity.rewritten(&random, commuting: false) }
    var claim = GeneratedClaim(
      identity: identity, rule: isShadowed ? "shadowed index" : "families", meanings: CellIdentities.meanings)
    claim.mayBeRefused = isShadowed
    if !claim.meanings.values.contains(.cells) { claim.meanings["N"] = .cells; claim.meanings["b"] = .family(.boson) }
    if random.oneIn(4) {
      let least = 1 + random.below(2)
      claim.sizes = least...least + random.below(2)
    }
    return claim
  }

  /// A false claim that few cells do not show: an operator that is not zero times a factor that is zero for them.
  func late(_ random: inout SplitMix64) -> GeneratedClaim {
    let operators = random.pick([
      "sum(j, b[j])", "sum(j, b[j]'*b[j])", "sum(j, S_p[j])", "sum(j, d[j]')", "sum(j, r_x[j])",
    ])
    let identity = Equality(
      left: random.pick(CellIdentities.lateFactors) * FormulaReader.formula(operators), right: .number(0))
    var claim = GeneratedClaim(identity: identity, rule: "zero for few cells", meanings: CellIdentities.meanings)
    claim.truth = .fails
    if random.oneIn(3) {
      // The last number of cells decides: 1 and 2 are zeros of every factor, 3 is one of some, 6 of none.
      claim.sizes = 1...random.pick([2, 6])
      claim.truth = claim.sizes == 1...2 ? .holds : .fails
    }
    return claim
  }
}
