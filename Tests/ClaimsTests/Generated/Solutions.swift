import RandomInputs

/// Equations of motion made from their solutions, and statements about these.
struct Solutions: ClaimSource {
  let name = "solutions"

  /// Equations, starts and solutions, with statements that follow from them.
  struct System: Sendable {
    var hamiltonian: Formula?
    var unknowns: [(name: String, parts: [String: Formula])]
    var statements: [Equality]

    /// - Parameter lines: for each unknown `NAME: equation; initial; solution`, with the observable as a fourth part where there is a Hamiltonian.
    init(under hamiltonian: String? = nil, _ lines: [String], _ statements: [String]) {
      self.hamiltonian = hamiltonian.map(FormulaReader.formula)
      unknowns = lines.map { line in
        let sides = line.split(separator: ":")
        let parts = sides[1].split(separator: ";").map { FormulaReader.formula(String($0)) }
        return (
          String(sides[0]),
          Dictionary(uniqueKeysWithValues: zip(["equation", "initial", "solution", "observable"], parts))
        )
      }
      self.statements = statements.map(FormulaReader.equality)
    }
  }

  private static let systems: [System] = [
    // A rotation.
    System(
      ["x: v; 1; cos(t)", "v: -x; 0; -sin(t)"],
      [
        "x^2 = 1 - v^2", "cos(t) = x", "diff(t, x) = v", "x = x", "x*v = -sin(2*t)/2", "diff(t, x*v) = v^2 - x^2",
        "sin(t) = -v", "x = -diff(t, v)",
      ]),
    System(
      ["x: v; x0; x0*cos(w*t) + k/w*sin(w*t)", "v: -w^2*x; k; k*cos(w*t) - w*x0*sin(w*t)"],
      [
        "w^2*x^2 + v^2 = w^2*x0^2 + k^2", "diff(t, v) = -w^2*x", "diff(t, diff(t, x)) = -w^2*x",
        "diff(x0, x) = cos(w*t)",
      ]),
    // Decay into a store, damping, a chain.
    System(
      ["y: -k*y; x0; x0*exp(-k*t)", "z: k*y; 0; x0 - x0*exp(-k*t)"],
      ["y + z = x0", "z = x0*(1 - exp(-k*t))", "diff(t, z) = k*y"]),
    System(
      ["x: -k*x + w*v; 1; exp(-k*t)*cos(w*t)", "v: -w*x - k*v; 0; -exp(-k*t)*sin(w*t)"],
      ["x^2 + v^2 = exp(-2*k*t)", "x = exp(-k*t)*cos(w*t)", "diff(t, x^2 + v^2) = -2*k*(x^2 + v^2)"]),
    System(["y: -k*y; 1; exp(-k*t)", "z: k*y - k*z; 0; k*t*exp(-k*t)"], ["z = k*t*y", "y + z = (1 + k*t)*exp(-k*t)"]),
    // Driven on resonance; free fall; a drive that is a function of time.
    System(
      ["x: v; 0; t*sin(t)", "v: -x + 2*cos(t); 0; sin(t) + t*cos(t)"],
      ["x = t*sin(t)", "t*v - x = t^2*cos(t)", "diff(t, v) + x = 2*cos(t)"]),
    System(
      ["z: v; x0; x0 + w*t - g*t^2/2", "v: -g; w; w - g*t"],
      ["v^2 = w^2 - 2*g*(z - x0)", "z - x0 = (v + w)*t/2", "diff(g, z) = -t^2/2"]),
    System(["y: cos(t)*y; 1; exp(sin(t))"], ["y = exp(sin(t))", "diff(t, y) = cos(t)*y", "log(y) = sin(t)"]),
    // A qubit in a field, a spin that precesses.
    System(
      under: "g*s_x", ["sz: 2*g*sy; -1; -cos(2*g*t); s_z", "sy: -2*g*sz; 0; sin(2*g*t); s_y"],
      ["(1 + sz)/2 = sin(g*t)^2", "sz^2 + sy^2 = 1", "diff(t, sz) = 2*g*sy", "sy = 2*sin(g*t)*cos(g*t)"]),
    System(
      under: "w*J_z", ["jx: -w*jy; x0; x0*cos(w*t); J_x", "jy: w*jx; 0; x0*sin(w*t); J_y"],
      ["jx^2 + jy^2 = x0^2", "jx*sin(w*t) = jy*cos(w*t)", "x0^2 - jy^2 = jx^2"]),
    // A driven oscillator, a free one, two that exchange quanta, N that do with one.
    System(
      under: "g*(a + a')", ["al: -i*g; 0; -i*g*t; a", "be: i*g; 0; i*g*t; a'", "m: i*g*(al - be); 0; g^2*t^2; a'*a"],
      ["m = g^2*t^2", "m = al*be", "diff(t, m) = 2*g^2*t", "al + be = 0"]),
    System(
      under: "w*a'*a", ["al: -i*w*al; x0; x0*exp(-i*w*t); a"],
      ["al = x0*exp(-i*w*t)", "diff(t, al) = -i*w*al", "al*exp(i*w*t) = x0", "al^2 = x0^2*exp(-2*i*w*t)"]),
    System(
      under: "w*(a'*a + c'*c) + g*(a'*c + c'*a)",
      [
        "na: -g*y; k; k*cos(g*t)^2; a'*a", "nb: g*y; 0; k*sin(g*t)^2; c'*c",
        "y: 2*g*(na - nb); 0; k*sin(2*g*t); i*(a'*c - c'*a)",
      ], ["na + nb = k", "y^2 = 4*na*nb", "nb = k - na", "na - nb = k*cos(2*g*t)", "diff(t, nb) = g*y"]),
    System(
      under: "g*sum(j, a'*b[j] + b[j]'*a)",
      [
        "al: -i*g*sqrt(N)*be; x0; x0*cos(g*sqrt(N)*t); a",
        "be: -i*g*sqrt(N)*al; 0; -i*x0*sin(g*sqrt(N)*t); sum(j, b[j])/sqrt(N)",
      ], ["al^2 - be^2 = x0^2", "be = -i*x0*sin(g*sqrt(N)*t)", "diff(t, al) = -i*g*sqrt(N)*be"]),
    // On a phase space, under the names of the coordinates.
    System(
      under: "w*(q^2 + p^2)/2", ["q: w*p; x0; x0*cos(w*t) + k*sin(w*t); q", "p: -w*q; k; k*cos(w*t) - x0*sin(w*t); p"],
      ["q^2 + p^2 = x0^2 + k^2", "q*cos(w*t) - p*sin(w*t) = x0", "diff(t, q) = w*p"]),
    System(
      under: "p^2/2 - g*q", ["q: p; 0; k*t + g*t^2/2; q", "p: g; k; k + g*t; p"],
      ["q = (p^2 - k^2)/(2*g)", "p^2/2 - g*q = k^2/2", "p - k = g*t"]),
  ]

  private static let meanings: [String: GeneratedClaim.Meaning] = Motions.meanings.filter { $0.key != "x" }.merging(
    ["x0": .parameter("all"), "k": .parameter("positive"), "n": .parameter("integers")]) { $1 }

  func claim(_ random: inout SplitMix64) -> GeneratedClaim { Solutions.claim(random.pick(Solutions.systems), &random) }

  /// A statement about a system, with its names changed at times.
  static func claim(_ system: System, _ random: inout SplitMix64) -> GeneratedClaim {
    var parts: [String: Formula] = [:]
    for (name, own) in system.unknowns { for (place, formula) in own { parts["\(name).\(place)"] = formula } }
    parts["hamiltonian"] = system.hamiltonian
    let names = system.unknowns.map(\.name)
    let solutions = system.unknowns.reduce(into: [String: Formula]()) { $0[$1.name] = $1.parts["solution"] }
    var statement = random.pick(system.statements)
    if random.oneIn(3) {
      // A polynomial in the unknowns, some of them written out on the right.
      let left = Formula.name(random.pick(names)) * .name(random.pick(names)) + .number(2) * .name(random.pick(names))
      let written = random.pick(names)
      statement = Equality(left: left, right: left.replacing([written: solutions[written] ?? .name(written)]))
    }
    statement = statement.rewritten(&random, commuting: true)
    (parts["left"], parts["right"]) = (statement.left, statement.right)
    var claim = GeneratedClaim(
      kind: "solution", rule: "solution", meanings: Solutions.meanings, unknowns: names, parts: parts)
    claim.keepUsedMeanings()
    if random.oneIn(4) {
      claim.rename(["t": "tau"])
      claim.variable = "tau"
    }
    if random.oneIn(3), system.hamiltonian == nil, names.count == 2 {
      // The names of two unknowns exchanged everywhere.
      claim.renameUnknowns([names[0]: names[1], names[1]: names[0]])
    }
    claim.unknowns.shuffle(using: &random)
    return claim
  }
}

extension GeneratedClaim {
  /// Gives unknowns other names, everywhere.
  mutating func renameUnknowns(_ names: [String: String]) {
    unknowns = unknowns.map { names[$0] ?? $0 }
    parts = Dictionary(
      uniqueKeysWithValues: parts.map { place, formula in
        let words = place.split(separator: ".")
        let unknown = String(words[0])
        return (words.count == 2 ? "\(names[unknown] ?? unknown).\(words[1])" : place, formula.renaming(names))
      })
  }
}
