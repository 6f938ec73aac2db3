import Catalogue
import Claims
import Systems
import Testing

/// What stands around claims, at the file or at a list of statements: who takes it, who wins, and what is refused.
@Suite struct SharedKeysTests {
  private func claims(_ text: String) throws -> [Claim] {
    try ClaimFile(parsing: text, name: "f", catalogue: .builtIn).claims
  }

  private func outcomes(_ text: String) throws -> [Outcome] {
    try claims(text).map { try $0.check(in: CheckContext(full: false)) }
  }

  private func refusal(_ text: String) -> String {
    do {
      _ = try ClaimFile(parsing: text, name: "f", catalogue: .builtIn)
      return "accepted"
    } catch {
      return error.message
    }
  }

  /// The oscillator, its rates as a list of statements, and beside it what has another Hamiltonian.
  private static let oscillator = """
    source: test
    let: {H: p^2/(2*m) + k*q^2/2, E: H}
    for: {m: positive, k: positive}
    claims:
      - kind: equation-of-motion
        canonical: {q: p}
        hamiltonian: H
        expect: proved
        reason: Hooke's law
        statements:
          - {id: force, statement: rate = -k*q, observable: p}
          - {id: velocity, statement: rate = p/m, observable: q}
          - {id: energy, kind: conserved, statement: rate = 0, observable: E}
          - {id: slip, statement: rate = k*q, observable: p, expect: refuted, reason: the sign}
      - id: free
        statement: rate = 0
        kind: conserved
        canonical: {q: p}
        let: {H: p^2/(2*m)}
        hamiltonian: H
        observable: p
        expect: proved
        reason: no force
    """

  @Test func `a list of statements shares its keys, and a statement's own win`() throws {
    let found = try outcomes(Self.oscillator)
    #expect(found.map(\.claim.id) == ["force", "velocity", "energy", "slip", "free"])
    #expect(found.map(\.verdict) == [.proved, .proved, .proved, .refuted, .proved])
    #expect(found.map(\.claim.kindName)[2...] == ["conserved", "equation-of-motion", "conserved"])
    #expect(found.map(\.claim.reason)[2...] == ["Hooke's law", "the sign", "no force"])
  }

  /// Written out claim by claim they are the same claims: verdict, grounds and evidence.
  @Test func `what is shared is what would stand in each claim`() throws {
    let apart = """
      source: test
      claims:
        - {id: force, statement: rate = -k*q, observable: p, kind: equation-of-motion, canonical: {q: p}, hamiltonian: p^2/(2*m) + k*q^2/2, for: {m: positive, k: positive}, expect: proved, reason: r}
        - {id: slip, statement: rate = k*q, observable: p, kind: equation-of-motion, canonical: {q: p}, hamiltonian: p^2/(2*m) + k*q^2/2, for: {m: positive, k: positive}, expect: refuted, reason: r}
        - {id: free, statement: rate = 0, observable: p, kind: conserved, canonical: {q: p}, hamiltonian: p^2/(2*m), for: {m: positive}, expect: proved, reason: r}
      """
    let shared = try outcomes(Self.oscillator).filter { ["force", "slip", "free"].contains($0.claim.id) }
    let written = try outcomes(apart)
    #expect(shared.map(\.verdict) == written.map(\.verdict))
    #expect(shared.map(\.by) == written.map(\.by))
    #expect(shared.map(\.evidence.summary) == written.map(\.evidence.summary))
    for (a, b) in zip(shared, written) {
      #expect(a.evidence.details.map { [$0.name, $0.text] } == b.evidence.details.map { [$0.name, $0.text] })
    }
  }

  @Test(arguments: [
    // What nobody takes.
    (
      "let: {H: ", "let: {G: k*q, H: ",
      "f line 2: let: 'G' is asked for by no claim of the file; accepted: names that a formula asks for, where neither the claim nor a parameter has them"
    ),
    (
      "for: {m", "for: {n: all, m",
      "f line 3: for: 'n' is asked for by no claim of the file; accepted: names that a formula asks for, where neither the claim nor a parameter has them"
    ),
    (
      "    canonical: {q: p}\n    hamiltonian: H\n    expect",
      "    canonical: {q: p}\n    hamiltonian: H\n    digits: 3\n    expect",
      "f line 8: digits: no claim of the list takes it; accepted: keys that one takes"
    ),
    (
      "for: {m", "defaults: {digits: 3}\nfor: {m",
      "f line 3: digits: no claim of the file takes it; accepted: keys that one takes"
    ),
    // What no kind has, and what every claim has alone.
    (
      "for: {m", "defaults: {colour: red}\nfor: {m",
      "f line 3: unknown key 'colour'; accepted here: \(keys(but: ["id", "statement"]))"
    ),
    (
      "for: {m", "defaults: {id: x}\nfor: {m",
      "f line 3: unknown key 'id'; accepted here: \(keys(but: ["id", "statement"]))"
    ),
    (
      "    canonical: {q: p}\n    hamiltonian: H\n    expect",
      "    id: all\n    canonical: {q: p}\n    hamiltonian: H\n    expect",
      "f line 6: unknown key 'id'; accepted here: statements, \(keys(but: ["id"]))"
    ),
    (
      "for: {m", "defaults: {let: {G: 1}}\nfor: {m",
      "f line 3: let: is no default; accepted: 'let' at the file or at a list of statements"
    ),
    (
      "for: {m", "defaults: {for: all}\nfor: {m",
      "f line 3: for: is no default; accepted: 'for' at the file or at a list of statements"
    ),
    // Names that are none here.
    ("k: positive}", "k: positive, H: all}", "f line 3: for: 'H' is given in 'let' already; accepted: once"),
    (
      "k: positive}", "k: negative}",
      "f line 3: k: 'negative' is refused; accepted: all, positive, integers, 'between a and b' with rational a < b (in the claim 'force')"
    ),
    ("for: {m: positive, k: positive}", "for: none", "f line 3: 'for' must be a mapping of keys to values"),
    ("k*q^2/2, E", "k*r^2/2, E", "f line 2: H: unknown name 'r'; accepted: E, k, m, p, q, t (in the claim 'force')"),
    (
      "E: H}", "E: F, F: E}",
      "f line 2: E: 'F' is not defined before it; accepted: abbreviations that stand above (in the claim 'energy')"
    ),
    (
      "let: {H: p", "let: {H: H + p",
      "f line 2: H: 'H' is not defined before it; accepted: abbreviations that stand above (in the claim 'force')"
    ),
    ("{id: force, ", "{id: free, ", "f line 15: the id 'free' is used twice; accepted: once"),
    (
      "    hamiltonian: H\n    expect", "    hamiltonian: i*H\n    expect",
      "f line 7: hamiltonian: is not real: at k=2 m=2 p=2 q=2: it is"
    ),
  ])
  func `what is not declared, bound or taken is refused with its line`(
    _ part: String, _ replacement: String, _ message: String
  ) {
    let found = refusal(Self.oscillator.replacing(part, with: replacement, maxReplacements: 1))
    #expect(
      found == message || message.hasSuffix("it is") && found.hasPrefix("f line 7: hamiltonian: is not real: at "))
  }

  private static func keys(but own: Set<String>) -> String {
    let all = ClaimKinds.builtIn.all.flatMap { $0.keys }
    return (["id", "equation", "title", "statement", "kind"] + all + ["cost", "expect", "reason"])
      .reduce(into: [String]()) { if !$0.contains($1), !own.contains($1) { $0.append($1) } }.joined(separator: ", ")
  }

  @Test(arguments: [
    ("statements: []", "f line 4: statements: must be a list of claims, with at least one"),
    ("statements: all", "f line 4: statements: must be a list of claims, with at least one"),
    ("statements: [x]", "f line 4: a claim must be a mapping of keys to values"),
  ])
  func `a list of statements is one`(_ list: String, _ message: String) {
    #expect(refusal("source: test\nclaims:\n  - kind: identity\n    \(list)") == message)
  }

  private static let values = """
    source: test
    defaults: {digits: 20, quick: {N: [2, 3], tau: [0.3]}}
    claims:
      - id: energy
        statement: E = N*w0*sin(g*sqrt(N)*tau)^2
        kind: value
        quantity: harmonic.stored-energy
        expect: certified
        reason: test
      - id: power
        statement: E <= N
        kind: bound
        quantity: harmonic.stored-energy
        quick: {N: [5], tau: [1, 2]}
        expect: certified
        reason: test
      - id: printed
        printed: 0.7246
        kind: value
        quantity: harmonic.power-constant
        quick: {}
        expect: certified
        reason: test
      - id: identity
        statement: x = x
        kind: identity
        for: all
        expect: proved
        reason: test
    """

  /// The identity takes neither digits nor a grid, and the decimal says itself how many digits it claims.
  @Test func `a default is taken where the kind has the key and the claim needs it`() throws {
    let found = try outcomes(Self.values)
    #expect(found.allSatisfy { !$0.isSurprise })
    let details = found.map { outcome in
      outcome.evidence.details.reduce(into: [:]) { $0[$1.name] = $1.text }
    }
    #expect(details[0]["digits"] == "20" && details[0]["grid"]?.hasPrefix("N: 2, 3") == true)
    #expect(details[1]["grid"]?.hasPrefix("N: 5") == true)
    #expect(details[2]["digits"] == nil && details[2]["printed"] == "0.7246")
  }

  @Test func `a default that a claim cannot take is refused at its line and names the claim`() {
    let grid = Self.values.replacing("tau: [0.3]", with: "time: [0.3]")
    #expect(refusal(grid) == "f line 2: unknown key 'time'; accepted here: N, w0, g, tau (in the claim 'energy')")
    let value = Self.values.replacing("[2, 3]", with: "[2, 0]")
    #expect(
      refusal(value)
        == "f line 2: N: parameter N: 0 is outside the domain; accepted: integers N >= 1 (in the claim 'energy')")
    let digits = Self.values.replacing("digits: 20", with: "digits: many")
    #expect(
      refusal(digits)
        == "f line 2: digits: 'many' is refused; accepted: integers from 1 to 10000 (in the claim 'energy')")
  }

  /// Names that a claim lists itself, or says to be all real, are not narrowed by what stands around it.
  @Test func `for all in a claim is for all`() throws {
    let text = """
      source: test
      for: {x: positive}
      claims:
        - {id: around, statement: sqrt(x^2) = x, kind: identity, expect: proved, reason: r}
        - {id: own, statement: sqrt(x^2) = x, kind: identity, for: {x: all}, expect: refuted, reason: r}
        - {id: open, statement: sqrt(x^2) = x, kind: identity, for: all, expect: refuted, reason: r}
        - {id: listed, statement: sqrt(x^2) + y = x + y, kind: identity, for: {y: all}, expect: proved, reason: r}
      """
    #expect(try outcomes(text).map(\.verdict) == [.proved, .refuted, .refuted, .proved])
    let all = text.replacing("for: {x: positive}", with: "for: all").replacing(
      "for: {y: all}", with: "for: {x: all, y: all}")
    #expect(try outcomes(all).map(\.verdict) == [.refuted, .refuted, .refuted, .refuted])
    // What the claim lists is all that it has.
    #expect(
      refusal(text.replacing("for: {x: positive}", with: "for: all"))
        == "f line 7: statement: unknown name 'x'; accepted: y")
  }

  /// The nearest wins: of a list inside another one, of the list, of the file.
  @Test func `lists stand in lists, and names are those of the nearest`() throws {
    let text = """
      source: test
      let: {c: 1}
      claims:
        - kind: identity
          for: {}
          reason: r
          statements:
            - {id: file, statement: c = 1, expect: proved}
            - let: {c: 2}
              expect: proved
              statements:
                - {id: list, statement: c = 2}
                - {id: own, statement: c = 3, let: {c: 3}}
                - {id: real, statement: c = c + 1, for: {c: all}, expect: refuted}
      """
    #expect(try outcomes(text).map(\.verdict) == [.proved, .proved, .proved, .refuted])
    #expect(
      refusal(text.replacing("let: {c: 2}", with: "let: {c: 2, d: 5}")).hasPrefix(
        "f line 9: let: 'd' is asked for by no claim of the list"))
  }

  /// The variable of a maximum, and the parameters of a quantity, hide names that stand around the claim.
  @Test func `a claim's own meaning hides what stands around`() throws {
    let text = """
      source: test
      let: {x: 3, N: 5, half: 1/2}
      claims:
        - {id: top, statement: M = half, kind: constant, maximise: (1 - 1/(1 + x^2))/x, variable: x, stationary: x^2 = 1, digits: 20, expect: certified, reason: r}
        - {id: cells, statement: G = sqrt(N), kind: value, quantity: harmonic.advantage, quick: {N: [2]}, digits: 20, expect: certified, reason: r}
        - {id: names, statement: x + N = 8, kind: identity, for: {}, expect: proved, reason: r}
      """
    #expect(try outcomes(text).map(\.verdict) == [.certified, .certified, .proved])
  }

  /// The index of a sum hides a name around the claim; used for both it is refused.
  @Test func `an index is no name that stands around`() {
    let text = """
      source: test
      for: {j: all, x: all}
      claims:
        - {id: sum, statement: "sum(j, b[j]) = sum(k, b[k])", kind: identity, families: {b: boson}, cells: N, expect: proved, reason: r}
        - {id: other, statement: j + x = x + j, kind: identity, expect: proved, reason: r}
      """
    #expect(refusal(text) == "accepted")
    #expect(
      refusal(text.replacing("sum(j, b[j]) = sum(k, b[k])", with: "sum(j, b[j]) = sum(k, b[k]) + j - j"))
        == "f line 4: statement: 'j' is the index of a sum elsewhere in the claim; accepted: another name, or the index within its sum"
    )
    #expect(
      refusal(text.replacing("sum(j, b[j]) = sum(k, b[k])", with: "j + sum(j, b[j]) = sum(k, b[k])"))
        == "f line 4: statement: the index 'j' stands for something else already; accepted: a new name")
  }
}
