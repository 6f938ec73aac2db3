import RandomInputs

/// Claims that are easily decided wrongly: zero for few cells, near misses, equations that hold in a sector alone.
struct Traps: ClaimSource {
  let name = "traps"

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    switch random.below(3) {
    case 0: Sectors().claim(&random)
    case 1: CellIdentities().late(&random)
    default: RealIdentities.nearMiss(&random)
    }
  }
}
