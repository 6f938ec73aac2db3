import Catalogue
import Claims
import Systems
import Testing

/// Values of quantities at several points in one statement.
@Suite struct QuantityFormulaTests {
  private func found(_ body: String) throws -> (verdict: Verdict, summary: String) {
    let outcome = try ClaimSnippet(body).outcome()
    return (outcome.verdict, outcome.evidence.summary)
  }

  private static let energy = "quantities: {E: harmonic.stored-energy}\n"
  private static let powers = "quantities: {P: harmonic.max-power}\n"

  /// The name before the relation is the quantity: one with a meaning of its own after it would be read in two ways, and
  /// `A = A - 1` would hold.
  @Test(arguments: [
    "let: {A: 3}\nquantity: harmonic.advantage\nstatement: A = A - 1\nkind: value\nquick: {N: [4]}\ndigits: 5",
    "let: {A: 30}\nquantity: harmonic.advantage\nstatement: A < A - 1\nkind: bound\nquick: {N: [4]}\ndigits: 5",
    "let: {A: 30}\nquantity: harmonic.advantage\nstatement: A < 40\nkind: bound\nquick: {N: [4]}\ndigits: 5",
    """
    let: {A: 1}
    quantity: harmonic.stored-energy
    statement: A = A - 1/2
    kind: threshold
    parameter: tau
    between: [0.1, 1]
    for: {N: [1]}
    """,
    "quantities: {A: harmonic.max-power}\nquantity: harmonic.max-power\nstatement: \"A = A(N: N, g: g)\"\nkind: value\n"
      + "quick: {N: [4], g: [1]}\ndigits: 5",
    """
    statement: A = 1/2
    kind: constant
    maximise: A*exp(-A^2)/A
    variable: A
    digits: 5
    """,
    """
    let: {A: 1}
    statement: A = 1
    kind: exponent
    quantity: harmonic.advantage
    parameter: N
    ladder: [2, 4, 8, 16]
    tolerance: 1/10
    """,
  ])
  func `the name of the quantity has no other meaning`(_ body: String) throws {
    let error = #expect(throws: BadInput.self) { try found(body) }
    #expect(
      error?.message.hasSuffix(
        "statement: 'A' stands for something else already; accepted before the relation: another name, for the quantity"
      )
        ?? false, "\(error?.message ?? "")")
  }

  @Test func `a name around the claim is no name of its quantity either`() throws {
    let file = """
      source: test
      let: {A: 3}
      claims:
        - {id: a, statement: A = A - 1, kind: value, quantity: harmonic.advantage, quick: {N: [4]}, digits: 5, expect: certified, reason: r}
      """
    let error = #expect(throws: BadInput.self) { try ClaimFile(parsing: file, name: "f", catalogue: .builtIn) }
    #expect(error?.message.contains("'A' stands for something else already") ?? false)
  }

  /// By the closed form E_B = N w0 sin(g sqrt(N) tau)^2 of the paper's (10), and the power that scales as N^(3/2) g.
  @Test(arguments: [
    (
      powers
        + "statement: \"P(N: N, g: g/sqrt(N))/(N*P(N: 1, g: g)) = 1\"\nkind: value\nquick: {N: [2, 9], g: [1/3, 5]}\ndigits: 30",
      Verdict.certified
    ),
    (
      powers
        + "statement: \"P(N: N, g: g/sqrt(N)) / (N*P(N: 1, g: g)) = sqrt(N)\"\nkind: value\nquick: {N: [2], g: [1]}\ndigits: 30",
      .refuted
    ),
    (powers + "statement: \"P(N: N) = N^(3/2)*P(N: 1)\"\nkind: value\nquick: {N: 1 ... 4}\ndigits: 30", .certified),
    (
      powers
        + "statement: \"G = P(N: N)/(N*P(N: 1))\"\nkind: value\nquantity: harmonic.advantage\nquick: {N: [1, 5]}\ndigits: 30",
      .certified
    ),
    (
      powers
        + "statement: \"G = P(N: N)/P(N: 1)\"\nkind: value\nquantity: harmonic.advantage\nquick: {N: [5]}\ndigits: 30",
      .refuted
    ),
    (
      energy
        + "statement: \"E(N: 4, tau: t) + E(N: 1, tau: 2*t) = 5*sin(2*t)^2\"\nkind: value\nquick: {t: [0.3, 1]}\ndigits: 30",
      .certified
    ),
    (
      energy + "statement: \"E(N: 1, tau: t) < E(N: 2, tau: t)\"\nkind: bound\nquick: {t: [0.1, 1]}\ndigits: 10",
      .certified
    ),
    (
      energy + "statement: \"E(N: 1, tau: t) >= E(N: 2, tau: t)\"\nkind: bound\nquick: {t: [0.1]}\ndigits: 10", .refuted
    ),
    (
      energy
        + "let: {half: \"E(N: 2, tau: t)/2\"}\nstatement: half = sin(sqrt(2)*t)^2\nkind: value\nquick: {t: [0.7]}\ndigits: 20",
      .certified
    ),
    // The energy at the full turn is zero by an exact decision; beside it an enclosure.
    (energy + "statement: \"E(N: 1, tau: pi) = 0\"\nkind: value\ndigits: 20", .certified),
    // What certainly has no value says so.
    (energy + "statement: \"sqrt(1 - N)*E(N: N, tau: 1) = 1\"\nkind: value\nquick: {N: [4]}\ndigits: 20", .undecided),
    // A divisor that is zero has no value, and is not taken for one.
    (energy + "statement: \"1/E(N: 1, tau: pi) >= 0\"\nkind: bound\ndigits: 20", .undecided),
    (
      powers
        + "statement: alpha = 1/2\nkind: exponent\nquantity: \"P(N: N)/(N*P(N: 1))\"\nparameter: N\nladder: [1, 2, 4]\ntolerance: 1e-20",
      .certified
    ),
    (
      powers
        + "statement: \"alpha = P(N: 4)/P(N: 1) - 15/2\"\nkind: exponent\nquantity: harmonic.advantage\nparameter: N\nladder: [1, 2, 4]\ntolerance: 1e-20",
      .certified
    ),
    (
      powers
        + "statement: \"alpha = P(N: 4)/P(N: 1)\"\nkind: exponent\nquantity: harmonic.advantage\nparameter: N\nladder: [1, 2, 4]\ntolerance: 1e-20",
      .refuted
    ),
    (
      energy
        + "statement: \"F = E(N: 1, tau: pi/4)\"\nkind: threshold\nquantity: harmonic.stored-energy\nparameter: tau\nbetween: [0.78, 0.79]\nfor: {N: [1]}",
      .certified
    ),
    (
      energy
        + "statement: \"E(N: 1, tau: t) - E(N: 1, tau: 1/10) = 1/10\"\nkind: threshold\nparameter: t\njumps: allowed\nbetween: [1/10, 1]",
      .certified
    ),
    (powers + "statement: \"Y = P(N: 1)\"\nkind: constant\nmaximise: sin(x)^2/x\nvariable: x\ndigits: 30", .certified),
    (
      powers + "statement: \"Y = P(N: 1, g: 2)\"\nkind: constant\nmaximise: sin(x)^2/x\nvariable: x\ndigits: 30",
      .refuted
    ),
  ])
  func `values at several points are compared`(_ body: String, _ expected: Verdict) throws {
    let found = try found(body)
    #expect(found.verdict == expected, "\(found.summary)")
  }

  @Test func `the evidence names what was compared`() throws {
    let outcome = try ClaimSnippet(
      Self.powers
        + "statement: \"G = P(N: N)/(N*P(N: 1))\"\nkind: value\nquantity: harmonic.advantage\nquick: {N: [5]}\ndigits: 30"
    ).outcome()
    #expect(outcome.evidence.summary.contains("the formula with harmonic.max-power by "))
    let point = try ClaimSnippet(
      Self.powers + "statement: \"P(N: N)/P(N: 1) = N\"\nkind: value\nquick: {N: [4]}\ndigits: 5"
    ).outcome()
    #expect(point.evidence.summary.hasPrefix("counterexample N=4: the quantity is in "), "\(point.evidence.summary)")
  }

  private static let value = "kind: value\nquick: {N: [2], g: [1]}\ndigits: 5"

  @Test(arguments: [
    (
      "statement: \"Q(N: N, g: g) = 1\"",
      "f line 7: statement: column 1: unknown function 'Q'; accepted: sqrt, sin, cos, tan, atan, exp, log, sinh, cosh, tanh, abs, max, min, P"
    ),
    (
      "statement: \"P(M: N, g: g) = 1\"",
      "f line 7: statement: 'M' is no parameter of harmonic.max-power; accepted: N, w0, g"
    ),
    (
      "statement: \"P(g: g*N) = 1\"",
      "f line 7: statement: the parameter 'N' of 'P' is missing; accepted: P(NAME: FORMULA, ...)"
    ),
    (
      "statement: \"P(N: N, N: g) = 1\"",
      "f line 7: statement: column 9: the parameter 'N' is given twice; accepted: each one once"
    ),
    (
      "statement: \"P(N, g) = 1\"",
      "f line 7: statement: column 4: unexpected ','; accepted here: ':' and the value of 'N'"
    ),
    (
      "statement: \"P(N: N g: g) = 1\"",
      "f line 7: statement: column 8: unexpected 'g'; accepted here: an operator, ',' or ')'"
    ),
    (
      "statement: \"P(N: N, g: g,) = 1\"",
      "f line 7: statement: column 14: unexpected ')'; accepted here: a parameter of 'P' with its value, NAME: FORMULA"
    ),
    (
      "statement: P*N*g = 1",
      "f line 7: statement: 'P' is a quantity; accepted: its value at a point, P(NAME: FORMULA, ...)"
    ),
    (
      "statement: \"P(N: N, g: P(N: 1)*g) = 1\"",
      "f line 7: statement: the parameter 'g' of 'P' is no exact number; accepted: formulas without quantities"
    ),
    (
      "statement: \"P(N: N, g: sin(g)) = 1\"",
      "f line 9: quick: P(N: N, g: sin(g)): parameter g: 'sin(1)': column 1: the function 'sin' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"
    ),
    (
      "statement: \"P(N: N/2 + g/4, g: g) = 1\"",
      "f line 9: quick: P(N: N/2 + g/4, g: g): parameter N: 2/2 + 1/4 is not an integer; accepted: integers N >= 1"
    ),
    (
      "statement: \"P(N: N - 2, g: g) = 1\"",
      "f line 9: quick: P(N: N - 2, g: g): parameter N: 2 - 2 is outside the domain; accepted: integers N >= 1"
    ),
    (
      "statement: \"P(N: N, g: g)*k = 1\"",
      "f line 9: quick: the parameter k is missing; accepted: a list of its values"
    ),
    ("statement: \"P(N: N) = 1\"", "f line 9: unknown key 'g'; accepted here: N"),
    (
      "statement: \"2*N*g = P(N: 1)\"",
      "f line 7: statement: no quantity stands before the relation; accepted: formulas in values of quantities, or 'quantity'"
    ),
    ("statement: x = N*g", "f line 3: the key 'quantity' is missing; accepted: see docs/claims.md"),
    (
      "statement: \"P(N: N, g: g) = 1\"\nroutes: [x]",
      "f line 8: routes: unknown route 'x' of P(N: N, g: g); accepted: harmonic.max-power by scaling"
    ),
    ("statement: \"P(N: N, g: g) = 1\"\nlet: {k: 1}", "f line 8: k: stands in no formula; accepted: names that do"),
    (
      "statement: \"P(N: N, g: g) = 1\"\nlet: {P: 1}",
      "f line 6: P: is given in 'let' already; accepted: each name once"
    ),
    (
      "statement: \"P(N: N, g: g) = 1\"\nlet: {sin: 1}",
      "f line 8: sin: has a meaning of its own; accepted: other names than i, pi, sum, diff, max, min, sqrt, sin, cos, tan, atan, exp, log, sinh, cosh, tanh, abs"
    ),
    (
      "statement: \"P(N: N, g: g) = 1\"\nlet: {2x: 1}",
      "f line 8: 2x: is no name; accepted: letters, digits and _, a letter first"
    ),
    (
      "statement: \"P(N: N, g: g) = a\"\nlet: {a: b, b: a}",
      "f line 8: a: 'b' is not defined before it; accepted: abbreviations that stand above"
    ),
    ("statement: \"P(N: N, g: g) = 1\"\nquantity: P*2", "f line 8: quantity: unknown quantity 'P*2'; accepted: "),
    (
      "statement: \"x = P(N: N, g: g)\"\nquantity: sqrt(N)",
      "f line 8: quantity: no quantity stands in 'sqrt(N)'; accepted: formulas in values of quantities"
    ),
  ])
  func `what names no value is refused with its line`(_ statement: String, _ message: String) {
    let body = "\(Self.powers)\(statement)\n\(Self.value)"
    let found = ClaimSnippet(body).refusal()?.replacing("f line 10: ", with: "f line 9: ")
    #expect(
      found == message || message.hasSuffix("accepted: ") && found?.hasPrefix(message) == true, "\(found ?? "accepted")"
    )
  }

  @Test(arguments: [
    (
      "quantities: {P: harmonic.power}\nstatement: \"P(N: N, g: g) = 1\"",
      "f line 6: P: unknown quantity 'harmonic.power'; accepted: harmonic.stored-energy"
    ),
    (
      "quantities: {P: harmonic.max-power, Q: spin.max-power}\nstatement: \"P(N: N, g: g) = 1\"",
      "f line 6: Q: stands in no formula; accepted: names that do"
    ),
    ("quantities: P\nstatement: \"P(N: N, g: g) = 1\"", "f line 6: 'quantities' must be a mapping of keys to values"),
    (
      "quantities: {A: quasi.atom}\nstatement: \"A(family: flop, N: N, a: g, b: 1, w: 0) = 1\"",
      "f line 7: statement: 'flop' is no family of quasi.atom; accepted: flip, parallel, blocks"
    ),
  ])
  func `quantities are those of the catalogue`(_ statement: String, _ message: String) {
    let found = ClaimSnippet("\(statement)\n\(Self.value)").refusal()
    #expect(found?.hasPrefix(message) == true, "\(found ?? "accepted")")
  }

  /// Claims about formulas hold for all values, and a quantity has values at points alone.
  @Test func `a claim about formulas has no values of quantities`() throws {
    let identity = ClaimSnippet(
      "quantities: {P: harmonic.max-power}\nstatement: \"P(N: 1) = 1\"\nkind: identity\nfor: all")
    #expect(
      identity.refusal()
        == "f line 6: unknown key 'quantities'; accepted here: id, equation, title, statement, kind, operators, families, cells, sizes, canonical, canonical-families, let, for, model, at, cost, expect, reason; a quantity's value is known at points alone, for claims of the kinds value, bound, constant, exponent, threshold"
    )
    let maximum = ClaimSnippet(
      Self.powers + "statement: Y = 1\nkind: constant\nmaximise: \"P(N: 1, g: x)/x\"\nvariable: x\ndigits: 3")
    #expect(
      maximum.refusal() == "f line 9: maximise: column 4: unexpected ':'; accepted: numbers, names and + - * / ^ ( )")
  }

  @Test func `a passage is of a formula that does not vary with the parameter`() {
    let body =
      Self.energy
      + "statement: \"F = E(N: 1, tau: tau/2)\"\nkind: threshold\nquantity: harmonic.stored-energy\nparameter: tau\nbetween: [0.78, 0.79]\nfor: {N: [1]}"
    #expect(
      ClaimSnippet(body).refusal()
        == "f line 7: statement: 'E(N: 1, tau: tau/2)' varies with tau; accepted after the relation: values that do not"
    )
    let own = Self.energy + "statement: \"E(N: 1, tau: t) = 1/2\"\nkind: threshold\nparameter: t\nbetween: [0.78, 0.79]"
    #expect(
      ClaimSnippet(own).refusal()
        == "f line 9: parameter: E(N: 1, tau: t) is not known to be continuous in 't', and may jump over the formula; accepted: 'jumps: allowed'"
    )
  }
}
