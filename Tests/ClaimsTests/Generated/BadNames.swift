import RandomInputs

/// Claims whose names stand for two things or for none, or whose parts are not what they must be: each is refused with its line.
///
/// Each is a good claim of another source with one binding broken.
struct BadNames: ClaimSource {
  let name = "names"

  private static let good: [any ClaimSource] = [
    RealIdentities(), OperatorIdentities(), CellIdentities(), Motions(), Solutions(), Solutions(),
  ]

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    let isOfDeclarations = random.oneIn(3)
    let way = random.pick(isOfDeclarations ? BrokenBinding.ofDeclarations : BrokenBinding.ofAnyClaim)
    while true {
      var claim = random.pick(BadNames.good).claim(&random)
      if random.oneIn(3) { claim = claim.disguised(&random) }
      claim.isOpen = !isOfDeclarations && random.oneIn(4)
      guard !claim.mayBeRefused, var broken = way.change(claim, &random) else { continue }
      broken.truth = .bad
      broken.rule = way.rule + (claim.isOpen ? ", all names open" : "")
      return broken
    }
  }
}
