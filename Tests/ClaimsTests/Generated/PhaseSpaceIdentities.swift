import RandomInputs

/// Identities with Poisson brackets, and with members of families by their numbers, for given numbers of cells.
struct PhaseSpaceIdentities: ClaimSource {
  let name = "phase spaces and members"

  /// q, p and q2, p2 are canonical; X, Y and Z stand for any functions of them.
  private static let brackets = [
    "{q, p} = 1", "{q, q2} = 0", "{q2, p} = 0", "{q^2, p} = 2*q", "{q, sin(q)*p^2} = 2*p*sin(q)",
    "{q^2 + p^2, atan(q)} = -2*p/(1 + q^2)",
    "{q*p2 - q2*p, q} = q2", "{q*p2 - q2*p, q^2 + q2^2} = 0", "{X, Y} = -{Y, X}", "{X*Y, Z} = X*{Y, Z} + {X, Z}*Y",
    "{X, {Y, Z}} + {Y, {Z, X}} + {Z, {X, Y}} = 0", "{X, p} = diff(q, X)", "{X, q2} = -diff(p2, X)",
    "{X, x*Y + Z} = x*{X, Y} + {X, Z}",
    "{exp(X), Y} = exp(X)*{X, Y}",
  ].map(FormulaReader.equality)

  /// For the sizes beside them; x and y are canonical pairs of each cell, b bosons, d fermions, S spins and r qubits.
  private static let members: [(sizes: ClosedRange<Int>, equality: Equality)] = [
    (1...4, "{sum(j, x[j]), sum(k, y[k])} = N"), (1...3, "{sum(j, x[j]^2), sum(k, y[k]^2)} = 4*sum(l, x[l]*y[l])"),
    (2...3, "{x[0], y[1]} = 0"), (2...3, "{x[1], y[1]} = 1"), (2...3, "{sum(j, x[j]*y[j]), x[0]} = -x[0]"),
    (2...2, "sum(j, x[j]) = x[0] + x[1]"),
    (1...4, "sum(j, x[j]*sum(j, y[j])) = sum(j, x[j])*sum(k, y[k])"), (2...3, "diff(g, g*sum(j, x[j])) = sum(k, x[k])"),
    (2...3, "[b[0], b[1]'] = 0"), (2...3, "[b[1], b[1]'] = 1"), (2...2, "sum(j, b[j]) = b[1] + b[0]"),
    (3...3, "sum(j, sum(k, b[j]*b[k])) = (b[0] + b[1] + b[2])^2"),
    (2...3, "[sum(j, b[j]'*b[j]), b[1]] = -b[1]"), (2...3, "d[0]*d[1] + d[1]*d[0] = 0"),
    (2...3, "sum(j, d[j])*d[1]' + d[1]'*sum(k, d[k]) = 1"),
    (2...3, "[S_x[0], S_y[0]] = i*S_z[0]"), (2...3, "[S_x[0], S_y[1]] = 0"),
    (2...3, "[sum(j, S_z[j]), S_p[1]] = S_p[1]"), (2...2, "sum(j, r_x[j])^2 = 2 + 2*r_x[0]*r_x[1]"),
    (2...3, "(r_x[0]*r_x[1])*(r_y[0]*r_y[1]) = -r_z[0]*r_z[1]"),
  ].map { ($0, FormulaReader.equality($1)) }

  private static let meanings: [String: GeneratedClaim.Meaning] = [
    "q": .coordinate(momentum: "p"), "q2": .coordinate(momentum: "p2"), "x": .parameter("all"),
  ]
  private static let meaningsOfMembers: [String: GeneratedClaim.Meaning] = [
    "x": .coordinates(momentum: "y"), "b": .family(.boson), "d": .family(.fermion), "S": .family(.spin),
    "r": .family(.qubit), "N": .cells,
    "g": .parameter("positive"),
  ]

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    if random.oneIn(2) {
      let (sizes, equality) = random.pick(PhaseSpaceIdentities.members)
      let identity = random.oneIn(2) ? equality.rewritten(&random, commuting: false) : equality
      var claim = GeneratedClaim(identity: identity, rule: "members", meanings: PhaseSpaceIdentities.meaningsOfMembers)
      claim.sizes = sizes
      return claim
    }
    let values = ["X": function(2, &random), "Y": function(1, &random), "Z": function(1, &random)]
    let identity = random.pick(PhaseSpaceIdentities.brackets).map { $0.replacing(values) }
    var claim = GeneratedClaim(
      identity: random.oneIn(2) ? identity.rewritten(&random, commuting: true) : identity, rule: "brackets",
      meanings: PhaseSpaceIdentities.meanings)
    // Where no coordinate is left none is declared, and a bracket may have no meaning.
    let names = identity.left.names.union(identity.right.names)
    claim.mayBeRefused = names.isDisjoint(with: ["q", "p", "q2", "p2"])
    return claim
  }

  private func function(_ depth: Int, _ random: inout SplitMix64) -> Formula {
    guard depth > 0 else { return .name(random.pick(["q", "p", "q2", "p2", "x"])) }
    let a = function(depth - 1, &random)
    switch random.below(5) {
    case 0: return a + function(depth - 1, &random)
    case 1: return a * function(depth - 1, &random)
    case 2: return .call(random.pick(["sin", "cos"]), [a])
    case 3: return a ^ 2
    default: return a
    }
  }
}
