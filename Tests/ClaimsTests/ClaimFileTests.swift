import Catalogue
import Systems
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
      _ = try ClaimFile(parsing: text, name: "f", catalogue: .builtIn)
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
      "f line 7: unknown key 'digit'; accepted here: id, equation, title, statement, kind, quantity, routes, for, quick, full, digits, absolute, printed, kernel, ulps, let, quantities, cost, expect, reason"
    ),
    (
      "digits: 20", "digits: 20\n    colour: red",
      "f line 8: unknown key 'colour'; accepted here: id, equation, title, statement, kind, quantity, routes, for, quick, full, digits, absolute, printed, kernel, ulps, let, quantities, cost, expect, reason"
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
      "f line 6: quantity: unknown quantity 'harmonic.energy'; accepted: \(Catalogue.builtIn.quantities.map(\.name).filter { $0.hasPrefix("harmonic.") }.joined(separator: ", "))"
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
      """
      f line 8: routes: unknown route 'magic' of harmonic.stored-energy; accepted: heisenberg, fock-sector, all-modes, \
      model, model-modes
      """
    ),
    (
      "quick:", "kernel: other\n    ulps: 3\n    quick:",
      "f line 8: kernel: 'other' is no kernel of harmonic.stored-energy"
    ),
    ("quick:", "kernel: harmonic.stored-energy\n    quick:", "f line 8: kernel: the key 'ulps' is missing beside it"),
    ("quick:", "ulps: 3\n    quick:", "f line 8: ulps: the key 'kernel' is missing beside it"),
    ("id: test", "id: a b", "f line 3: id: 'a b' is no id; accepted: letters, digits and . - _"),
    ("reason: test", "reason: test\n    reason: again", "f line 10: given twice: 'reason'; accepted: each key once"),
    (
      "claims:", "claim:",
      "f line 2: unknown key 'claim'; accepted here: source, models, claims, remarks, let, for, defaults"
    ),
    ("N: 1", "N: 1", "accepted"),
    ("N: [1, 2]", "N: [1, 2, 1]", "f line 8: N: the value 1 is listed twice; accepted: each value once"),
    ("tau: [0.3]", "tau: [0.3, 3/10]", "f line 8: tau: the value 3/10 is listed twice; accepted: each value once"),
    (
      "tau: [0.3]", "tau: [sqrt(8), 1, 2*sqrt(2)]",
      "f line 8: tau: the value 2*sqrt(2) is listed twice; accepted: each value once"
    ),
    ("tau: [0.3]", "tau: [N, N]", "f line 8: tau: the value N is listed twice; accepted: each value once"),
    ("tau: [0.3]", "tau: [10^(2*N), N^(N + 1)]", "accepted"),
    (
      "tau: [0.3]", "tau: [10^(N/3)]",
      "f line 8: quick: parameter tau: '10^(1/3)': column 4: the exponent is not an integer; accepted: integers of at most 6 digits"
    ),
    ("N: [1, 2]", "N: 0 ... 3", "f line 8: N: parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    (
      "quick:", "routes: [heisenberg, heisenberg]\n    quick:",
      "f line 8: routes: 'heisenberg' is listed twice; accepted: each route once"
    ),
    ("digits: 20", "digits: 20\n    absolute: 0", "f line 8: absolute: '0' is refused; accepted: positive numbers"),
    ("digits: 20", "absolute: 1e-20", "accepted"),
    (
      "expect: certified", "expect: proved",
      "f line 9: expect: a claim of the kind 'value' cannot be proved; accepted: certified, refuted, undecided"
    ),
    ("digits: 20", "digits: 20\n    absolute: 1e-20", "accepted"),
    (
      "digits: 20", "digits: 20\n    printed: 1.5",
      "f line 7: digits: the printed decimal says how many digits are claimed; accepted: 'printed' without 'digits'"
    ),
    (
      "digits: 20", "printed: 1/2",
      "f line 7: printed: '1/2' is refused; accepted: a decimal as printed, such as 0.7246, -12 or 3.80e34"
    ),
    (
      "digits: 20", "printed: 1.5", "f line 4: statement: is not the printed 1.5; accepted: NAME = 1.5, or no statement"
    ),
  ])
  func `a fault is refused with its line`(_ part: String, _ replacement: String, _ message: String) {
    #expect(refusal(Self.good.replacing(part, with: replacement)) == message)
  }

  /// What `for` holds is read whole: each value as the parameter itself reads it.
  @Test(arguments: [
    (
      "{N: [2, abc, 3]}",
      "N: parameter N: 'abc': column 1: unknown name 'abc'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )"
    ),
    ("{N: [1, 2, \"1/0\"]}", "N: parameter N: '1/0': column 2: division by zero; accepted: integers N >= 1"),
    ("{N: [0, 1, 2]}", "N: parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    ("{N: [1, 2, 5/2]}", "N: parameter N: 5/2 is not an integer; accepted: integers N >= 1"),
    (
      "{tau: [0.3, \"sin(\"]}",
      "tau: parameter tau: 'sin(': column 5: unexpected end; accepted here: a number, a name, a function or '('"
    ),
    (
      "{tau: [0.3, sin(1)]}",
      "tau: parameter tau: 'sin(1)': column 1: the function 'sin' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"
    ),
    ("{start: [fokc, fock]}", "start: parameter start: unknown choice 'fokc'; accepted: fock, coherent, thermal"),
    ("{start: 1 ... 2}", "start: parameter start: unknown choice '1'; accepted: fock, coherent, thermal"),
    ("{start: [fock, fock]}", "start: the value fock is listed twice; accepted: each value once"),
    ("{N: [1, 2, 2]}", "N: the value 2 is listed twice; accepted: each value once"),
    ("{N: []}", "N: the list is empty; accepted: at least one value"),
    ("{N: [[1]]}", "N: must be a list of plain texts"),
    ("{N: 0 ... 5}", "N: parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    ("{N: 5 ... 1}", "N: '5 ... 1' is refused; accepted: all, a list, 'a ... b', 'between a and b', with a <= b"),
    (
      "{tau: between 2 and 1}",
      "tau: 'between 2 and 1' is refused; accepted: all, a list, 'a ... b', 'between a and b', with a <= b"
    ),
    (
      "{tau: between pi and 22/7 - 1}",
      "tau: 'between pi and 22/7 - 1' is refused; accepted: all, a list, 'a ... b', 'between a and b', with a <= b"
    ),
    ("{tau: between 0 and 22/7 - 1}", "accepted"),
    ("{tau: between -1 and 1}", "tau: parameter tau: -1 is outside the domain; accepted: real numbers, tau >= 0"),
    (
      "{tau: between a and 1}",
      "tau: parameter tau: 'a': column 1: unknown name 'a'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )"
    ),
    ("{N: between 1 and 5/2}", "N: parameter N: 5/2 is not an integer; accepted: integers N >= 1"),
    ("{N: between 1 and 3}", "accepted"),
  ])
  func `what a claim is made for is read whole`(_ domain: String, _ message: String) {
    let text = Self.good.replacing("harmonic.stored-energy", with: "harmonic.start-stored-energy")
      .replacing("tau: [0.3]", with: "tau: [0.3], start: [fock]")
      .replacing("    quick:", with: "    for: \(domain)\n    quick:")
    #expect(refusal(text) == (message == "accepted" ? message : "f line 8: \(message)"))
  }

  @Test func `members of a list are refused at their own lines`() {
    let text = Self.good.replacing(
      "{N: [1, 2], tau: [0.3]}", with: "\n      N:\n        - 1\n        - 0\n      tau: [1]")
    #expect(refusal(text) == "f line 11: N: parameter N: 0 is outside the domain; accepted: integers N >= 1")
  }

  /// Points of large grids are not looked at one by one while they are read: this would take minutes.
  @Test(.timeLimit(.minutes(1))) func `large grids are read at once`() {
    let large = Self.good.replacing("N: [1, 2], tau: [0.3]", with: "N: 1 ... 1000, w0: 1 ... 1000, tau: [N^2]")
    #expect(refusal(large) == "accepted")
    #expect(
      refusal(large.replacing("w0: 1", with: "w0: 0"))
        == "f line 8: w0: parameter w0: 0 is outside the domain; accepted: real numbers, w0 > 0")
    let listed = Self.good.replacing("N: [1, 2]", with: "N: 1 ... 1000000")
      .replacing("    quick:", with: "    for: {N: 2 ... 1000000}\n    quick:")
    #expect(
      refusal(listed) == "f line 9: N: the value 1 is outside what 'for' states, or undecided; accepted: values inside")
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
    ("[0.2, 0.2]", "tau", "", "f line 8: between: the values must be positive and rise"),
    ("[0, 1]", "tau", "", "f line 8: between: the values must be positive and rise"),
    (
      "[0.2, x]", "tau", "",
      "f line 8: between: parameter tau: 'x': column 1: unknown name 'x'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )"
    ),
    ("[1, 2]", "tau", "jumps: maybe", "f line 10: jumps: 'maybe' is refused; accepted: allowed"),
    ("[1, 2]", "tau", "jumps: allowed", "accepted"),
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

  @Test func `ends that the other parameters do not allow are refused at their line`() {
    let text = """
      source: test
      claims:
        - id: test
          statement: R = 1
          kind: threshold
          quantity: star.least-product
          parameter: from
          between: [1, 3]
          for: {N: [3], to: [2]}
          expect: certified
          reason: test
      """
    #expect(refusal(text) == "f line 8: between: parameter to: it is below from; accepted: from <= to")
    #expect(refusal(text.replacing("[1, 3]", with: "[1, 2]")) == "accepted")
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
    let claims = try Ledger.builtIn(.builtIn)
    #expect(try Ledger.select(claims, prefixes: []).count == claims.count)
    #expect(try Ledger.select(claims, prefixes: ["harmonic.gamma"]).count == 2)
    // The first words of the ids, in the order of the files.
    let words = claims.map { "\($0.id.prefix { $0 != "." })." }
    let first = words.indices.filter { words.firstIndex(of: words[$0]) == $0 }
    let systems = first.map { words[$0] }.joined(separator: ", ")
    #expect(systems.hasPrefix("harmonic., spin., dicke., capacity., freedom., star., quasi., misprint., "))
    #expect(throws: BadInput("no claim has an id that starts with 'nothing'; accepted: prefixes of \(systems)")) {
      try Ledger.select(claims, prefixes: ["harmonic", "nothing"])
    }
    let ids = claims.map(\.id).filter { $0.hasPrefix("misprint.") }.joined(separator: ", ")
    #expect(throws: BadInput("no claim has an id that starts with 'misprint.x'; accepted: prefixes of \(ids)")) {
      try Ledger.select(claims, prefixes: ["misprint.x"])
    }
    #expect(
      throws: BadInput(
        "no claim has an id that starts with 'f.yaml'; accepted: prefixes of \(systems); a file is named by --claims")
    ) {
      try Ledger.select(claims, prefixes: ["f.yaml"])
    }
  }
}
