import RandomInputs

/// Identities of bosons a and c, fermions f and h, a spin J, a qubit s and observables A and B.
///
/// In the table X, Y and Z stand for any words of operators, and n for a number from 1 to 4. Words are reordered by the rules for two neighbours.
struct OperatorIdentities: ClaimSource {
  let name = "operators"

  /// From the definitions of the kinds in `docs/claims.md`; those with X, Y and Z from associativity alone.
  static let table = [
    "[a, a'] = 1", "[a, a'^2] = 2*a'", "[a^3, a'] = 3*a^2", "[a'*a, a'^n] = n*a'^n", "a*a'^n = a'^n*a + n*a'^(n - 1)",
    "(a'*a)^2 = a'^2*a^2 + a'*a",
    "[a'*c, c'*a] = a'*a - c'*c", "[(a + a')/sqrt(2), (a - a')/(i*sqrt(2))] = i", "[a, c'] = 0",
    "(a + x*a')^2 = a^2 + x^2*a'^2 + 2*x*a'*a + x",
    "f*f = 0", "f*f' + f'*f = 1", "f*h + h*f = 0", "f'*h = -h*f'", "(f'*f)^2 = f'*f", "[f'*f, f] = -f",
    "[f'*h, h'*f] = f'*f - h'*h",
    "(f + f')^2 = 1", "[f'*f, f'*h + h'*f] = f'*h - h'*f", "f*a = a*f",
    "[J_x, J_y] = i*J_z", "[J_y, J_z] = i*J_x", "[J_z, J_x] = i*J_y", "[J_z, J_p] = J_p", "[J_z, J_m] = -J_m",
    "[J_p, J_m] = 2*J_z",
    "J_x = (J_p + J_m)/2", "J_p = J_x + i*J_y", "J_p*J_m = J_x^2 + J_y^2 + J_z", "[J_x^2 + J_y^2 + J_z^2, J_p] = 0",
    "J_z*J_p = J_p*(J_z + 1)",
    "[J_z, J_p^n] = n*J_p^n", "[J_x, [J_x, J_z]] = J_z", "J_p' = J_m", "J_y' = J_y",
    "s_x*s_y = i*s_z", "s_y*s_x = -i*s_z", "s_x^2 = 1", "[s_x, s_y] = 2*i*s_z", "s_x*s_z + s_z*s_x = 0",
    "s_p*s_m = (1 + s_z)/2", "s_p^2 = 0",
    "s_x = s_p + s_m", "s_y = -i*(s_p - s_m)", "s_x*s_y*s_z = i", "[s_z, s_p] = 2*s_p",
    "(cos(x)*s_x + sin(x)*s_y)^2 = 1", "s_p' = s_m",
    "(s_p*a + s_m*a')^2 = s_p*s_m*a*a' + s_m*s_p*a'*a", "[a'*a + s_z/2, s_p*a + s_m*a'] = 0",
    "[a'*a + J_z, J_p*a + J_m*a'] = 0",
    "[X, Y] = X*Y - Y*X", "[X*Y, Z] = X*[Y, Z] + [X, Z]*Y", "[X, [Y, Z]] + [Y, [Z, X]] + [Z, [X, Y]] = 0",
    "(X*Y)' = Y'*X'",
    "(X + Y)^2 = X^2 + X*Y + Y*X + Y^2", "[X, Y]' = [Y', X']", "(i*X + w*Y)' = w*Y' - i*X'",
    "(X - Y)*(X + Y) = X^2 - Y^2 + [X, Y]", "X'' = X",
    "[A, B]' = -[A, B]", "(A*B)' = B*A", "[A, B*A] = [A, B]*A", "a*A = A*a", "exp(i*x)*(exp(i*x)*X)' = X'",
  ]

  /// Letters whose exchange has a rest: first*second = second*first + rest; fermions change their sign as well.
  private static let exchanges = [
    ("a", "a'", "1"), ("a'", "a", "-1"), ("c", "c'", "1"), ("c'", "c", "-1"), ("J_x", "J_y", "i*J_z"),
    ("J_y", "J_x", "-i*J_z"),
    ("J_y", "J_z", "i*J_x"), ("J_z", "J_y", "-i*J_x"), ("J_z", "J_x", "i*J_y"), ("J_x", "J_z", "-i*J_y"),
    ("J_p", "J_m", "2*J_z"),
    ("J_m", "J_p", "-2*J_z"), ("J_z", "J_p", "J_p"), ("J_p", "J_z", "-J_p"), ("J_z", "J_m", "-J_m"),
    ("J_m", "J_z", "J_m"),
    ("s_x", "s_y", "2*i*s_z"), ("s_y", "s_x", "-2*i*s_z"), ("s_y", "s_z", "2*i*s_x"), ("s_z", "s_x", "2*i*s_y"),
    ("s_p", "s_m", "s_z"),
    ("s_z", "s_p", "2*s_p"), ("s_m", "s_p", "-s_z"), ("s_z", "s_m", "-2*s_m"), ("f", "f'", "1"), ("f'", "f", "1"),
    ("h", "h'", "1"), ("h'", "h", "1"),
    ("f", "h", "0"), ("h", "f", "0"), ("f'", "h", "0"), ("h", "f'", "0"), ("f", "h'", "0"), ("h'", "f'", "0"),
    ("a", "c'", "0"), ("f", "a", "0"),
    ("h", "h", "0"), ("f'", "f'", "0"), ("J_p", "a", "0"), ("s_x", "f", "0"), ("A", "a'", "0"), ("s_y", "B", "0"),
    ("J_z", "s_z", "0"),
  ].map { (first: FormulaReader.formula($0), second: FormulaReader.formula($1), rest: FormulaReader.formula($2)) }

  static let meanings: [String: GeneratedClaim.Meaning] = [
    "a": .operators(.boson), "c": .operators(.boson), "f": .operators(.fermion), "h": .operators(.fermion),
    "J": .operators(.spin),
    "s": .operators(.qubit), "A": .operators(.observable), "B": .operators(.observable), "x": .parameter("all"),
    "w": .parameter("positive"),
  ]

  private static let equalities = table.map(FormulaReader.equality)

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    var identity = random.oneIn(3) ? reordered(&random) : instance(&random)
    if random.oneIn(3) {
      let (word, other) = (letter(&random), instance(&random))
      identity = Equality(left: word * identity.left + other.left, right: word * identity.right + other.right)
    }
    if random.oneIn(2) { identity = identity.rewritten(&random, commuting: false) }
    return GeneratedClaim(identity: identity, rule: "operator identity", meanings: OperatorIdentities.meanings)
  }

  private func instance(_ random: inout SplitMix64) -> Equality {
    let n = 1 + random.below(4)
    let values = [
      "X": word(&random), "Y": word(&random), "Z": letter(&random), "n": Formula.number(n),
    ]
    return random.pick(OperatorIdentities.equalities).map { $0.replacing(values) }
  }

  private func letter(_ random: inout SplitMix64) -> Formula {
    let exchange = random.pick(OperatorIdentities.exchanges)
    return random.oneIn(2) ? exchange.first : exchange.second
  }

  private func word(_ random: inout SplitMix64) -> Formula {
    switch random.below(4) {
    case 0: letter(&random)
    case 1: letter(&random) * letter(&random)
    case 2: letter(&random) + .name("w") * letter(&random)
    default: letter(&random) * letter(&random) - .name("i") * letter(&random)
    }
  }

  /// Two neighbours exchanged in a word, with what their exchange leaves.
  private func reordered(_ random: inout SplitMix64) -> Equality {
    let exchange = random.pick(OperatorIdentities.exchanges)
    let (before, after) = (letter(&random), word(&random))
    let fermions: Set<String> = ["f", "h"]
    let areFermions = [exchange.first, exchange.second].allSatisfy { !$0.names.isDisjoint(with: fermions) }
    let swapped = exchange.second * exchange.first
    let right = areFermions ? exchange.rest - swapped : swapped + exchange.rest
    return Equality(left: before * exchange.first * exchange.second * after, right: before * right * after)
  }
}
