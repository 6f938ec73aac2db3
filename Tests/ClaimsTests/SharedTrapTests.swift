import Catalogue
import Claims
import Systems
import Testing

/// What stands around a claim gives no name a second meaning in it, and says no more than the claim.
@Suite struct SharedTrapTests {
  private func claims(_ file: String) throws -> [Claim] {
    try ClaimFile(parsing: file, name: "f", catalogue: .builtIn).claims
  }

  private func refusal(_ file: String) -> String? {
    #expect(throws: BadInput.self) { try claims(file) }?.message
  }

  /// `a` is `S`, which is `k`: of the file's formula that is any real number, of the claim's own it is x. The derivative
  /// of x^2 is no x.
  @Test(arguments: [
    ("diff(x, a*x) = a", "{a: \"S\", k: \"x\"}"), ("a = 5", "{a: \"S\", k: \"5\"}"),
    ("a*k = x*k", "{a: \"S + 0\", k: x}"),
  ])
  func `a name that was taken for a number is declared no more`(_ statement: String, _ abbreviations: String) {
    let message = refusal(
      """
      source: test
      let: {S: "k"}
      claims:
        - {id: a, statement: "\(statement)", kind: identity, for: all, let: \(abbreviations), expect: refuted, reason: r}
      """)
    #expect(message?.contains("let: 'k' is a real number in 'S', which was read before") ?? false, "\(message ?? "")")
  }

  /// H = p^2/2: q t changes at the rate q-dot t + q, and t p^2 is not conserved.
  @Test(arguments: [
    "{id: a, statement: rate = t*p, observable: q*t, kind: equation-of-motion, canonical: {q: p}, hamiltonian: p^2/2, expect: refuted, reason: r}",
    "{id: a, statement: rate = 0, observable: t*p^2, kind: conserved, canonical: {q: p}, hamiltonian: p^2/2, expect: refuted, reason: r}",
    "{id: a, statement: rate = 0, observable: p^2/2 + q*sin(t), kind: conserved, canonical: {q: p}, hamiltonian: p^2/2 + q*sin(t), expect: refuted, reason: r}",
  ])
  func `the time is no constant because a name around it is`(_ claim: String) throws {
    for domain in ["all", "positive"] {
      let message = refusal("source: test\nfor: {t: \(domain)}\nclaims:\n  - \(claim)\n")
      #expect(message?.contains("'t' is the time here, and stands around the claim") ?? false, "\(message ?? "")")
    }
    // By itself the claim is false, as it says.
    let own = try claims(
      "source: test\nfor: {s: all}\nclaims:\n  - \(claim)\n  - {id: b, statement: s = s, kind: identity, expect: proved, reason: r}\n"
    )
    #expect(try own[0].check(in: CheckContext(full: false)).verdict == .refuted)
  }

  @Test func `a tolerance from around is told with what was shown`() throws {
    let file = """
      source: test
      defaults: {absolute: 1000}
      claims:
        - {id: a, statement: Y = 9, kind: constant, maximise: sin(x)^2/x, variable: x, digits: 40, expect: certified, reason: r}
      """
    let outcome = try claims(file)[0].check(in: CheckContext(full: false))
    #expect(outcome.evidence.summary.hasSuffix("unique, to 40 digits or within 1000"))
  }

  @Test func `a full grid from around is no smaller than the quick one of the claim`() {
    let message = refusal(
      """
      source: test
      defaults: {full: {N: [1]}}
      claims:
        - {id: a, statement: G = sqrt(N), kind: value, quantity: harmonic.advantage, quick: {N: [1, 2, 3]}, digits: 9, expect: certified, reason: r}
      """)
    #expect(
      message
        == "f line 2: full: has 1 points where 'quick' has 3; accepted: at least as many (in the claim 'a')"
    )
  }

  /// A value that a route does not reach ends the claim that asks for it, and no other.
  @Test func `a limit of a route is the verdict of its claim`() throws {
    let file = """
      source: test
      claims:
        - {id: a, quantities: {E: spin.max-power}, statement: "F = E(N: 100000)", kind: threshold, quantity: harmonic.stored-energy, parameter: tau, between: [0.1, 1], for: {N: [1]}, expect: undecided, reason: r}
      """
    let outcome = try claims(file)[0].check(in: CheckContext(full: false))
    #expect(outcome.verdict == .undecided)
    #expect(outcome.evidence.summary.contains("this route is limited to N <= 65536"))
  }

  @Test(arguments: [
    (
      "statement: \"R(N: 2, F: 0, gamma: 1, t: 1) = 1\", kind: value, digits: 5",
      "f line 3: statement: R(N: 2, F: 0, gamma: 1, t: 1): parameter F: 0 is outside the domain; accepted: real numbers, F > 0"
    ),
    (
      "statement: Y = 1, kind: constant, maximise: sin(x)^2/x, variable: x, quantity: \"R(N: 2, F: 0, gamma: 1, t: 1)\", digits: 5",
      "f line 3: quantity: R(N: 2, F: 0, gamma: 1, t: 1): parameter F: 0 is outside the domain; accepted: real numbers, F > 0"
    ),
  ])
  func `parameters of a value are checked while it is read`(_ keys: String, _ message: String) {
    let found = refusal(
      """
      source: test
      claims:
        - {id: a, quantities: {R: star.ratio}, \(keys), expect: certified, reason: r}
      """)
    #expect(found == message)
  }

  /// The scaling of the harmonic power is a lemma.
  @Test func `a constant says on which argument its comparison rests`() throws {
    let file = """
      source: test
      claims:
        - {id: a, quantities: {P: harmonic.max-power}, statement: "Y = P(N: 1)", kind: constant, maximise: sin(x)^2/x, variable: x, digits: 20, expect: certified, reason: r}
      """
    let outcome = try claims(file)[0].check(in: CheckContext(full: false))
    #expect(outcome.verdict == .certified && outcome.by == [.enclosure, .argument])
  }
}
