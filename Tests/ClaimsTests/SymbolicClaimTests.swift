import Catalogue
import Systems
import Claims
import Testing

/// Claims about formulas as a user writes them: verdicts, and refusals with their whole messages.
@Suite struct SymbolicClaimTests {
  private static let exchange = """
    source: test
    claims:
      - id: test
        statement: nb = n*g^2/(g^2 + delta^2/4)*sin(sqrt(g^2 + delta^2/4)*t)^2
        kind: solution
        operators: {a: boson, b: boson}
        hamiltonian: (w + delta/2)*a'*a + (w - delta/2)*b'*b + g*(a'*b + b'*a)
        let: {rate: sqrt(g^2 + delta^2/4)}
        unknowns:
          na: {observable: a'*a, equation: -g*y, initial: n, solution: n - n*g^2/rate^2*sin(rate*t)^2}
          nb: {observable: b'*b, equation: g*y, initial: 0, solution: n*g^2/rate^2*sin(rate*t)^2}
          x: {observable: a'*b + b'*a, equation: delta*y, initial: 0, solution: n*g*delta/rate^2*sin(rate*t)^2}
          y: {observable: i*(a'*b - b'*a), equation: -delta*x + 2*g*(na - nb), initial: 0, solution: n*g/rate*sin(2*rate*t)}
        for: {n: positive, g: positive, w: positive, delta: all}
        expect: proved
        reason: test
    """

  private func outcome(_ text: String) throws -> Outcome {
    let claim = try #require(try ClaimFile(parsing: text, name: "f", catalogue: .builtIn).claims.first)
    return try claim.check(in: CheckContext(full: false))
  }

  /// A slip in each part of the argument is found, in the step where it is.
  @Test(arguments: [
    ("statement: nb = n*g^2", "statement: nb = 2*n*g^2", Verdict.refuted, "statement: counterexample "),
    ("g*(a'*b + b'*a)", "2*g*(a'*b + b'*a)", .refuted, "derived equation of na: counterexample "),
    ("equation: g*y, initial: 0", "equation: g*y, initial: 1", .refuted, "start of nb: counterexample "),
    ("sin(2*rate*t)}", "sin(rate*t)}", .refuted, "solution for na: counterexample "),
    ("equation: delta*y", "equation: -delta*y", .refuted, "printed equation of x: counterexample "),
    ("reason: test", "reason: test", .proved, "13 steps of equal normal forms; agrees at 104 random points"),
  ])
  func `a slip is found where it is`(_ part: String, _ slip: String, _ verdict: Verdict, _ summary: String) throws {
    let found = try outcome(Self.exchange.replacing(part, with: slip))
    #expect(found.verdict == verdict && found.evidence.summary.hasPrefix(summary), "\(found.evidence.summary)")
    #expect(found.by == (verdict == .proved ? [.normalForm] : [.enclosure]))
  }

  @Test(arguments: [
    (
      "delta^2/4)*t", "detla^2/4)*t",
      "f line 4: statement: unknown name 'detla'; accepted: delta, g, n, na, nb, rate, t, w, x, y"
    ),
    ("b'*a)\n", "b'*a\n", "f line 7: hamiltonian: column 57: unexpected end; accepted here: an operator or ')'"),
    (
      "a: boson, b: boson", "a: boson, b: bosom",
      "f line 6: b: unknown kind 'bosom'; accepted: boson, fermion, spin, observable, qubit"
    ),
    ("initial: n,", "initial: m,", "f line 10: initial: unknown name 'm'; accepted: delta, g, n, rate, w"),
    ("initial: n, ", "", "f line 10: the key 'initial' is missing; accepted: see docs/claims.md"),
    (
      "delta: all", "delta: any",
      "f line 14: delta: 'any' is refused; accepted: all, positive, integers, 'between a and b' with rational a < b"
    ),
    (
      "delta: all", "delta: between 2 and 1",
      "f line 14: delta: 'between 2 and 1' is refused; accepted: all, positive, integers, 'between a and b' with rational a < b"
    ),
    (
      "    for: {n: positive, g: positive, w: positive, delta: all}\n", "",
      "f line 3: the key 'for' is missing; accepted: see docs/claims.md"
    ),
    ("nb = n*g^2", "nb <= n*g^2", "f line 4: statement: a claim of the kind 'solution' accepts the relation = alone"),
    (
      "kind: solution", "kind: solution\n    digits: 3",
      "f line 6: unknown key 'digits'; accepted here: id, equation, title, statement, kind, operators, families, cells, sizes, canonical, canonical-families, let, for, model, at, hamiltonian, unknowns, variable, sector, cost, expect, reason"
    ),
    (
      "kind: solution", "kind: solution\n    cells: M",
      "f line 6: cells: the key 'families' or 'canonical-families' is missing beside it"
    ),
    (
      "kind: solution", "kind: solution\n    sizes: 1 ... 99",
      "f line 6: sizes: '1 ... 99' is refused; accepted: 'a ... b' for integers from 1 to 16"
    ),
    ("kind: solution", "kind: solution\n    sizes: 1 ... 9", "f line 6: sizes: the key 'cells' is missing beside it"),
    (
      "kind: solution", "kind: solution\n    canonical: {q: p}",
      "f line 6: canonical: operators have commutators; accepted: one of both"
    ),
    (
      "rate: sqrt(g^2", "rate: sqrt(h^2",
      "f line 8: let: rate: unknown name 'h'; accepted: delta, g, n, na, nb, t, w, x, y, a, b"
    ),
  ])
  func `a mistake is refused with its line`(_ part: String, _ mistake: String, _ message: String) throws {
    try #require(Self.exchange.contains(part))
    #expect(throws: BadInput(message)) {
      try ClaimFile(parsing: Self.exchange.replacing(part, with: mistake), name: "f", catalogue: .builtIn)
    }
  }

  @Test(arguments: [
    ("kind: conserved", "kind: conserved", "accepted"),
    (
      "statement: rate = 0", "statement: rate = 1",
      "f line 4: statement: must be of the form NAME = 0: the rate of what is conserved"
    ),
    (
      "statement: rate = 0", "statement: 2*rate = 0",
      "f line 4: statement: must be of the form NAME = FORMULA, the name standing for the rate of the observable"
    ),
    (
      "    canonical: {q: p}\n", "",
      "f line 3: the key 'operators' or 'canonical' is missing; accepted: see docs/claims.md"
    ),
    ("observable: q^2 + p^2", "observable: q^2 + r^2", "f line 8: observable: unknown name 'r'; accepted: p, q, t"),
  ])
  func `a mistake in a rate is refused`(_ part: String, _ mistake: String, _ message: String) {
    let text = """
      source: test
      claims:
        - id: test
          statement: rate = 0
          kind: conserved
          canonical: {q: p}
          hamiltonian: (q^2 + p^2)/2
          observable: q^2 + p^2
          for: {}
          expect: proved
          reason: test
      """
    do {
      _ = try ClaimFile(parsing: text.replacing(part, with: mistake), name: "f", catalogue: .builtIn)
      #expect(message == "accepted")
    } catch {
      #expect(error.message == message)
    }
  }

  /// Equations whose solutions may not be unique prove nothing: y' = 2y/t has all c t^2, and y' = 2 sqrt(y) has t^2 and 0.
  @Test(arguments: [("2*y/t", "5*t^2", "2*y/t"), ("2*y/t", "-7*t^2", "2*y/t"), ("2*sqrt(y)", "t^2", "sqrt(y)")])
  func `a solution that need not be the only one is undecided`(
    _ equation: String, _ solution: String, _ part: String
  ) throws {
    let text = """
      source: test
      claims:
        - id: test
          statement: y = \(solution)
          kind: solution
          unknowns: {y: {equation: \(equation), initial: 0, solution: \(solution)}}
          for: {}
          expect: undecided
          reason: test
      """
    let found = try outcome(text)
    #expect(found.verdict == .undecided)
    #expect(
      found.evidence.summary
        == "the equation of y may not be smooth everywhere, so that it need not be the only one: \(part)"
    )
  }

  /// Names that stand for two things, or for none, are refused before anything is decided.
  @Test(arguments: [
    ("for: {x: all}", "for: {x: all, z: all}", "f line 7: for: 'z' stands in no formula; accepted: names that do"),
    (
      "for: {x: all}", "for: {x: all, a: all}",
      "f line 7: for: 'a' is given in 'operators' already; accepted: each name once"
    ),
    (
      "for: {x: all}", "let: {a: 3}\n    for: {x: all}",
      "f line 7: let: 'a' is given in 'operators' already; accepted: each name once"
    ),
    (
      "for: {x: all}", "let: {u: v, v: x}\n    for: {x: all}",
      "f line 7: u: 'v' is not defined before it; accepted: abbreviations that stand above"
    ),
    (
      "a: boson", "i: boson",
      "f line 6: operators: 'i' has a meaning of its own; accepted: other names than i, pi, sum, diff, max, min, sqrt, sin, cos, tan, atan, exp, log, sinh, cosh, tanh, abs"
    ),
    ("a: boson", "2a: boson", "f line 6: operators: '2a' is no name; accepted: letters, digits and _, a letter first"),
    ("J_x", "J_w", "f line 4: statement: unknown name 'J_w'; accepted: x, J_x, J_y, J_z, J_p, J_m, a"),
    ("J_x", "J", "f line 4: statement: unknown name 'J'; accepted: x, J_x, J_y, J_z, J_p, J_m, a"),
    (
      "J_x", "J_x[1]",
      "f line 4: statement: 'J_x[1]' has the wrong index; accepted: b[j] for families, and no index else"
    ),
    ("J_x", "{J_x, J_y}", "f line 4: statement: Poisson brackets need the key 'canonical'"),
    ("J_x", "sum(j, J_x)", "f line 4: statement: sums need the key 'cells'"),
    (
      "expect: proved", "expect: certified",
      "f line 8: expect: a claim of the kind 'identity' cannot be certified; accepted: proved, refuted, undecided"
    ),
    ("operators:", "families: {b: boson}\n    operators:", "f line 6: families: the key 'cells' is missing beside it"),
    (
      "operators:", "families: {b: boson}\n    cells: 5\n    operators:",
      "f line 7: cells: '5' is no name; accepted: letters, digits and _, a letter first"
    ),
    ("x*J_x", "x*b[0]", "f line 4: statement: unknown name 'b[0]'; accepted: x, J_x, J_y, J_z, J_p, J_m, a"),
  ])
  func `a name that stands for two things or for none is refused`(
    _ part: String, _ mistake: String, _ message: String
  ) throws {
    let text = """
      source: test
      claims:
        - id: test
          statement: "a + x*J_x = J_x*x + a"
          kind: identity
          operators: {a: boson, J: spin}
          for: {x: all}
          expect: proved
          reason: test
      """
    try #require(text.contains(part))
    #expect(throws: BadInput(message)) {
      try ClaimFile(parsing: text.replacing(part, with: mistake), name: "f", catalogue: .builtIn)
    }
  }

  /// A misprint whose two forms are both right, or both wrong, is none.
  @Test(arguments: [
    ("x = 2*x", "x = x", Verdict.misprinted), ("x = x", "x + x = 2*x", .proved), ("x = 2*x", "x = 3*x", .refuted),
    ("x = 2*x", "log(x^2*y) = log(x^2) + log(y)", .undecided),
  ])
  func `a misprint needs a wrong and a right form`(_ printed: String, _ derived: String, _ verdict: Verdict) throws {
    let text = """
      source: test
      claims:
        - id: test
          as-printed: one
          as-derived: two
          printed: \(printed)
          derived: \(derived)
          depends: nothing
          kind: misprint
          for: all
          expect: misprinted
          reason: test
      """
    #expect(try outcome(text).verdict == verdict)
  }
}
