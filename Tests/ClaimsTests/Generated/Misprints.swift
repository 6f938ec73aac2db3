import RandomInputs

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
