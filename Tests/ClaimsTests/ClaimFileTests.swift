import BatteryModels
import Claims
import Testing

/// Every refusal of the claim reader, with its whole message.
@Suite struct ClaimFileTests {
  private static let good = """
    source: test
    claims:
      - id: test
        statement: E = N*w0*sin(g*sqrt(N)*tau)^2
        kind: value
        quantity: harmonic.stored-energy
        digits: 20
        quick: {N: [1, 2], tau: [0.3]}
        expect: certified
        reason: test
    """

  private func refusal(_ text: String) -> String {
    do {
      _ = try ClaimFile(parsing: text, name: "f")
      return "accepted"
    } catch {
      return error.message
    }
  }

  @Test func `the file that the others alter is accepted`() {
    #expect(refusal(Self.good) == "accepted")
  }

  @Test(arguments: [
    (
      "digits: 20", "digit: 20",
      "f line 7: unknown key 'digit'; accepted here: id, equation, title, statement, kind, quantity, routes, for, quick, full, digits, kernel, ulps, cost, expect, reason"
    ),
    (
      "digits: 20", "digits: 20\n    colour: red",
      "f line 8: unknown key 'colour'; accepted here: id, equation, title, statement, kind, quantity, routes, for, quick, full, digits, kernel, ulps, cost, expect, reason"
    ),
    (
      "N: [1, 2], tau: [0.3]", "N: [1, 2], tau: [M/3]",
      "f line 8: tau: unknown name 'M' in 'M/3'; accepted: N, w0, g"
    ),
    (
      "N: [1, 2], tau: [0.3]", "N: [1, 2], tau: [tau/3]",
      "f line 8: tau: unknown name 'tau' in 'tau/3'; accepted: N, w0, g"
    ),
    (
      "N: [1, 2], tau: [0.3]", "N: [1, 2], g: [1/N], tau: [g/3]",
      "f line 8: quick: 'g/3' stands on a parameter that is a formula itself; accepted: others"
    ),
    (
      "N: [1, 2], tau: [0.3]", "N: [1, 2], tau: [1/(N-1)]",
      "f line 8: quick: parameter tau: '1/(1 - 1)': column 2: division by zero; accepted: real numbers, tau >= 0"
    ),
    (
      "quick: {N: [1, 2], tau: [0.3]}", "for: {tau: between 0 and 1}\n    quick: {N: [1, 2], tau: [N/2, N]}",
      "f line 9: quick: the value 2 is outside what 'for' states, or undecided; accepted: values inside"
    ),
    ("digits: 20", "digits: 0", "f line 7: digits: '0' is refused; accepted: integers from 1 to 10000"),
    ("digits: 20", "digits: [20]", "f line 7: digits: must be one text, not a list or a mapping"),
    (
      "kind: value", "kind: theorem",
      "f line 5: kind: unknown kind 'theorem'; accepted: identity, equation-of-motion, conserved, solution, misprint, value, bound, constant, exponent, threshold"
    ),
    ("kind: value", "kind: bound", "f line 4: statement: a bound claim accepts the relations < <= > >="),
    ("E = N", "E < N", "f line 4: statement: a value claim accepts the relation = alone"),
    (
      "E = N", "2*E = N",
      "f line 4: statement: must have a single name for the quantity before the relation; accepted: NAME = FORMULA"
    ),
    (
      "E = N", "N = N",
      "f line 4: statement: 'N' is a parameter; accepted before the relation: another name, for the quantity"
    ),
    ("g*sqrt(N)", "G*sqrt(N)", "f line 4: statement: unknown name 'G'; accepted: N, w0, g, tau"),
    ("sqrt(N)", "sqrt(N", "f line 4: statement: column 29: unexpected end; accepted here: an operator or ')'"),
    (
      "harmonic.stored-energy", "harmonic.energy",
      "f line 6: quantity: unknown quantity 'harmonic.energy'; accepted: \(Catalogue.quantities.map(\.name).filter { $0.hasPrefix("harmonic.") }.joined(separator: ", "))"
    ),
    (
      "expect: certified", "expect: true",
      "f line 9: expect: unknown verdict 'true'; accepted: proved, certified, refuted, misprinted, undecided"
    ),
    ("N: [1, 2]", "N: [1, 0]", "f line 8: N: parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    (
      "N: [1, 2]", "N: 2 ... 1",
      "f line 8: N: '2 ... 1' is refused; accepted: a list, or at most 1000000 integers 'a ... b', with spaces"
    ),
    ("N: [1, 2]", "N: []", "f line 8: N: the list is empty; accepted: at least one value"),
    ("N: [1, 2], ", "", "f line 8: quick: the parameter N is missing; accepted: a list of its values"),
    ("N: [1, 2]", "N: [1, 2], M: [3]", "f line 8: unknown key 'M'; accepted here: N, w0, g, tau"),
    (
      "quick:", "for: {N: [1]}\n    quick:",
      "f line 9: N: the value 2 is outside what 'for' states, or undecided; accepted: values inside"
    ),
    (
      "quick:", "for: {tau: between 1 and 2}\n    quick:",
      "f line 9: tau: the value 0.3 is outside what 'for' states, or undecided; accepted: values inside"
    ),
    (
      "quick:", "for: {K: all}\n    quick:",
      "f line 8: K: harmonic.stored-energy has no such parameter; accepted: N, w0, g, tau"
    ),
    (
      "quick:", "routes: [magic]\n    quick:",
      "f line 8: routes: unknown route 'magic' of harmonic.stored-energy; accepted: heisenberg, fock-sector, all-modes"
    ),
    (
      "quick:", "kernel: other\n    ulps: 3\n    quick:",
      "f line 8: kernel: 'other' is no kernel of harmonic.stored-energy"
    ),
    ("quick:", "kernel: harmonic.stored-energy\n    quick:", "f line 8: kernel: the key 'ulps' is missing beside it"),
    ("quick:", "ulps: 3\n    quick:", "f line 8: ulps: the key 'kernel' is missing beside it"),
    ("id: test", "id: a b", "f line 3: id: 'a b' is no id; accepted: letters, digits and . - _"),
    ("reason: test", "reason: test\n    reason: again", "f line 10: given twice: 'reason'; accepted: each key once"),
    ("claims:", "claim:", "f line 2: unknown key 'claim'; accepted here: source, claims, remarks"),
    ("N: 1", "N: 1", "accepted"),
  ])
  func `a fault is refused with its line`(_ part: String, _ replacement: String, _ message: String) {
    #expect(refusal(Self.good.replacing(part, with: replacement)) == message)
  }

  @Test func `texts that are no claim files are refused`() {
    #expect(refusal("") == "f: the file is empty; accepted: keys 'source' and 'claims'")
    #expect(refusal("just words") == "f line 1: the file must be a mapping of keys to values")
    #expect(refusal("source: x\nclaims: []") == "f: the file has no claims; accepted: at least one")
    #expect(refusal("source: x\nclaims: [3]") == "f line 2: a claim must be a mapping of keys to values")
    #expect(refusal("source: x\nclaims:\n\t- id: y").hasPrefix("f line 3: "))
    #expect(refusal("source: [x").hasPrefix("f line "))
  }

  @Test func `what would exhaust the reader is refused`() {
    #expect(
      refusal("a: &a [x]\nb: *a") == "f line 1: anchors are not supported; accepted: '&' followed by a space")
    #expect(refusal(Self.good.replacing("reason: test", with: "reason: R&D & more")) == "accepted")
    #expect(
      refusal(Self.good.replacing("N: [1, 2]", with: "N: 0 ... 9223372036854775807"))
        == "f line 8: N: '0 ... 9223372036854775807' is refused; accepted: a list, or at most 1000000 integers 'a ... b', with spaces"
    )
  }

  @Test(arguments: [
    ("[0.2]", "tau", "", "f line 8: between: must list two values"),
    ("[0.2, 0.1]", "tau", "", "f line 8: between: the values must be positive and rise"),
    (
      "[1, 2]", "N", "",
      "f line 7: parameter: 'N' takes integers alone, and nothing lies between; accepted: real parameters"
    ),
    ("[1, 2]", "t", "", "f line 7: parameter: 't' is no number of harmonic.stored-energy; accepted: N, w0, g, tau"),
    ("[1, 2]", "tau", "cost: much", "f line 10: cost: 'much' is refused; accepted: long"),
  ])
  func `thresholds and costs are checked`(_ between: String, _ parameter: String, _ more: String, _ message: String) {
    let text = """
      source: test
      claims:
        - id: test
          statement: E = 1
          kind: threshold
          quantity: harmonic.stored-energy
          parameter: \(parameter)
          between: \(between)
          for: {\(parameter == "N" ? "tau: [1]" : "N: [1]")}
          \(more.isEmpty ? "cost: long" : more)
          expect: certified
          reason: test
      """
    #expect(refusal(text) == message)
  }

  @Test func `a word is no parameter of a ladder, nor a name in a formula`() {
    let ladder = """
      source: test
      claims:
        - id: test
          statement: a = 1
          kind: exponent
          quantity: harmonic.start-stored-energy
          parameter: start
          ladder: [fock, coherent]
          for: {N: [1], tau: [1]}
          tolerance: 1
          expect: certified
          reason: test
      """
    #expect(
      refusal(ladder)
        == "f line 7: parameter: 'start' is no number of harmonic.start-stored-energy; accepted: N, w0, g, tau")
    let named = Self.good.replacing("stored-energy", with: "start-stored-energy").replacing("sqrt(N)", with: "start")
      .replacing("tau: [0.3]", with: "tau: [0.3], start: [fock]")
    #expect(refusal(named) == "f line 4: statement: unknown name 'start'; accepted: N, w0, g, tau")
  }

  @Test func `a prefix that matches nothing is refused`() throws {
    let claims = try Ledger.builtIn()
    #expect(try Ledger.select(claims, prefixes: []).count == claims.count)
    #expect(try Ledger.select(claims, prefixes: ["harmonic.gamma"]).count == 2)
    let ids = claims.map(\.id).joined(separator: ", ")
    #expect(throws: BadInput("no claim has an id that starts with 'nothing'; accepted: prefixes of \(ids)")) {
      try Ledger.select(claims, prefixes: ["harmonic", "nothing"])
    }
  }
}
