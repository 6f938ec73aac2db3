import RandomInputs

/// Rates of observables and conserved quantities.
struct Motions: ClaimSource {
  let name = "motions"

  /// A Hamiltonian, an observable, its rate. From the commutators; on phase spaces from {A, H}.
  private static let table = [
    ("w*a'*a + w*c'*c + g*(a'*c + c'*a)", "a", "-i*w*a - i*g*c"),
    ("w*a'*a + w*c'*c + g*(a'*c + c'*a)", "a'*a + c'*c", "0"),
    ("w*a'*a + g*(a + a')", "a", "-i*w*a - i*g"), ("w*a'*a + g*(a + a')", "a'*a", "i*g*(a - a')"),
    ("w*a'*a", "a'^2*a^2", "0"), ("w*a'*a", "exp(i*w*t)*a", "0"),
    ("w*a'*a", "t*a'*a", "a'*a"), ("g*(a'*c + c'*a)", "g*(a'*c + c'*a) + a'*a + c'*c", "0"),
    ("p^2/2 + g*q^2/2", "p^2/2 + g*q^2/2", "0"), ("w*a'*a + x*a'^2*a^2", "a'*a", "0"),
    ("w*a'*a + x*a'^2*a^2", "a", "-i*w*a - 2*i*x*a'*a*a"),
    ("g*i*(a^2 - a'^2)", "a", "-2*g*a'"), ("w*J_z", "J_x", "-w*J_y"), ("w*J_z", "J_y", "w*J_x"),
    ("w*J_z + g*J_x", "J_y", "w*J_x - g*J_z"),
    ("w*J_z + g*J_x", "J_x^2 + J_y^2 + J_z^2", "0"), ("w*J_z + g*J_x", "w*J_z + g*J_x", "0"), ("g*J_z^2", "J_z", "0"),
    ("g*J_z^2", "J_p", "i*g*(J_p + 2*J_p*J_z)"),
    ("w*s_z/2", "s_x", "-w*s_y"), ("w*s_z/2 + g*s_x", "s_z", "2*g*s_y"),
    ("w*s_z/2", "cos(w*t)*s_x + sin(w*t)*s_y", "0"),
    ("w*a'*a + w*s_z/2 + g*(s_p*a + s_m*a')", "a'*a + s_z/2", "0"),
    ("w*a'*a + w*s_z/2 + g*(s_p*a + s_m*a')", "a'*a", "i*g*(s_p*a - s_m*a')"),
    ("w*a'*a + w*s_z/2 + g*(s_p*a + s_m*a')", "a", "-i*w*a - i*g*s_m"),
    ("w*a'*a + x*J_z + g*(J_p*a + J_m*a')", "a'*a + J_z", "0"),
    ("w*f'*f + x*h'*h + g*(f'*h + h'*f)", "f", "-i*w*f - i*g*h"),
    ("w*f'*f + x*h'*h + g*(f'*h + h'*f)", "f'*f + h'*h", "0"), ("w*f'*f", "f'*f", "0"),
    ("A", "A^2", "0"), ("A + B", "A", "i*(B*A - A*B)"), ("A^2", "A*B - B*A", "i*(A^2*(A*B - B*A) - (A*B - B*A)*A^2)"),
    ("w*sum(j, b[j]'*b[j])", "sum(j, b[j])", "-i*w*sum(j, b[j])"),
    ("g*sum(j, a'*b[j] + b[j]'*a)", "a'*a + sum(j, b[j]'*b[j])", "0"),
    ("g*sum(j, a'*b[j] + b[j]'*a)", "a", "-i*g*sum(j, b[j])"),
    ("g*sum(j, a'*b[j] + b[j]'*a)", "sum(j, b[j])", "-i*g*N*a"),
    ("w*sum(j, S_z[j])", "sum(j, S_x[j])", "-w*sum(k, S_y[k])"),
    ("g*sum(j, a*r_p[j] + a'*r_m[j])", "a'*a + sum(j, r_z[j])/2", "0"),
    ("g*sum(j, sum(k, b[j]'*b[k]))", "sum(l, b[l]'*b[l])", "0"),
    ("g*sum(j, sum(k, b[j]'*b[k]))", "sum(l, b[l])", "-i*g*N*sum(l, b[l])"),
    ("p^2/(2*w) + x*q^2/2", "p", "-x*q"), ("p^2/(2*w) + x*q^2/2", "q", "p/w"),
    ("p^2/(2*w) + x*q^2/2", "p^2/(2*w) + x*q^2/2", "0"),
    ("p^2/2 - cos(q)", "p", "-sin(q)"), ("w*(p^2 + q^2)/2 + w*(p2^2 + q2^2)/2", "q*p2 - q2*p", "0"),
    ("w*(p^2 + q^2)/2", "cos(w*t)*q - sin(w*t)*p", "0"),
    ("(p^2 + p2^2)/2 + g*(q - q2)^2", "p + p2", "0"), ("p^2/2", "q - t*p", "0"), ("p^2/2", "t*p", "p"),
  ].map { Motion(FormulaReader.formula($0), FormulaReader.formula($1), FormulaReader.formula($2)) }

  /// Hamiltonians that depend on time by themselves.
  private static let drivenTable = [
    ("w*a'*a + g*cos(t)*(a + a')", "a", "-i*w*a - i*g*cos(t)"), ("p^2/2 - q*sin(t)", "p", "sin(t)"),
    ("p^2/2 - q*sin(t)", "p - 1 + cos(t)", "0"),
    ("g*t*s_x", "g*t*s_x", "g*s_x"), ("g*cos(t)*s_z", "s_z", "0"), ("w*t*J_z", "J_x", "-w*t*J_y"),
  ].map { Motion(FormulaReader.formula($0), FormulaReader.formula($1), FormulaReader.formula($2)) }

  private struct Motion {
    let hamiltonian, observable, rate: Formula
    init(_ hamiltonian: Formula, _ observable: Formula, _ rate: Formula) {
      (self.hamiltonian, self.observable, self.rate) = (hamiltonian, observable, rate)
    }
  }

  static let meanings: [String: GeneratedClaim.Meaning] = [
    "a": .operators(.boson), "c": .operators(.boson), "f": .operators(.fermion), "h": .operators(.fermion),
    "J": .operators(.spin),
    "s": .operators(.qubit), "A": .operators(.observable), "B": .operators(.observable), "b": .family(.boson),
    "S": .family(.spin), "r": .family(.qubit),
    "N": .cells, "q": .coordinate(momentum: "p"), "q2": .coordinate(momentum: "p2"), "w": .parameter("positive"),
    "g": .parameter("all"), "x": .parameter("all"),
  ]

  /// Names that a parameter may have as well, with nothing changed: that of the time among them.
  private static let namesOfParameters = [
    ["w": "E", "g": "lambda"], ["g": "t"], ["w": "t"], ["w": "g", "g": "w"], ["g": "H"], ["w": "b_1", "x": "e"], [:],
    [:],
  ]

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    let isDriven = random.oneIn(8)
    let motion = random.pick(isDriven ? Motions.drivenTable : Motions.table)
    let isConserved = motion.rate == .number(0) && random.oneIn(2)
    var claim = GeneratedClaim(
      kind: isConserved ? "conserved" : "equation-of-motion", rule: "motion", meanings: Motions.meanings,
      parts: [
        "left": .name("rate"), "hamiltonian": motion.hamiltonian, "observable": motion.observable,
        "right": isConserved ? .number(0) : motion.rate.rewritten(&random, commuting: false),
      ])
    if random.oneIn(2) { claim.parts["observable"] = motion.observable.rewritten(&random, commuting: false) }
    claim.keepUsedMeanings()
    let isTimed = motion.observable.names.contains("t")
    claim.mayBeRefused = isDriven
    if isDriven || isTimed && random.oneIn(2) {
      claim.rename(["t": "tau"])
      claim.variable = "tau"
    } else if !isTimed {
      claim.rename(random.pick(Motions.namesOfParameters))
    }
    return claim
  }
}

extension GeneratedClaim {
  /// Gives names other names, everywhere.
  mutating func rename(_ names: [String: String]) {
    let isFree = names.allSatisfy { meanings[$0.value] == nil || names[$0.value] != nil }
    guard isFree else { return }
    parts = parts.mapValues { $0.renaming(names) }
    sector = sector.map { ($0.renaming(names), $1.renaming(names)) }
    meanings = Dictionary(uniqueKeysWithValues: meanings.map { (names[$0] ?? $0, $1) })
  }
}
