import Claims
import Testing

/// A name stands for one thing in all formulas of a claim, or is refused with its line.
@Suite struct NameResolutionTests {
  /// The oscillator x = cos t, v = -sin t, by which the truth of each statement is plain.
  private static let oscillator =
    "kind: solution\nunknowns: {x: {equation: v, initial: 1, solution: cos(t)}, v: {equation: -x, initial: 0, solution: -sin(t)}}"

  @Test(
    arguments: [
      ("x^2 = 1 - v^2", Verdict.proved), ("cos(t) = x", .proved), ("diff(t, x) = v", .proved), ("x = x", .proved),
      ("v = diff(t, x)", .proved), ("1 = x^2 + v^2", .proved), ("-x = diff(t, diff(t, x))", .proved),
      ("x = v", .refuted), ("v = x", .refuted), ("x^2 = 1 + v^2", .refuted), ("diff(t, x) = x", .refuted),
      ("cos(t) = v", .refuted), ("t = x", .refuted),
    ], ["for: {}", "for: all"])
  func `an unknown is its function on both sides`(_ claim: (String, Verdict), _ names: String) throws {
    let found = try ClaimSnippet("statement: \(claim.0)\n\(Self.oscillator)\n\(names)").outcome()
    #expect(found.verdict == claim.1, "\(found.evidence.summary)")
    // An unknown has no value of its own in a counterexample.
    #expect(!found.evidence.summary.contains("x=") && !found.evidence.summary.contains("v="))
  }

  @Test func `an abbreviation may hold an unknown`() throws {
    let body = "statement: E = 1/2\n\(Self.oscillator)\nlet: {E: (x^2 + v^2)/2}\nfor: {}"
    #expect(try ClaimSnippet(body).outcome().verdict == .proved)
  }

  /// With x' = 0 the function exp(-t) is no solution, whatever else holds.
  @Test func `a function that obeys another equation is refuted`() throws {
    let body =
      "statement: x = v\nkind: solution\nunknowns: {x: {equation: 0, initial: 1, solution: exp(-t)}, v: {equation: -v, initial: 1, solution: exp(-t)}}\nfor: {}"
    let found = try ClaimSnippet(body).outcome()
    #expect(found.verdict == .refuted && found.evidence.summary.hasPrefix("solution for x: "))
  }

  private static let decay = "v: {equation: -v, initial: 1, solution: exp(-t)}"
  private static let cells = "kind: identity\nfamilies: {b: boson}\ncells: N\nfor: all"

  @Test(arguments: [
    // Unknowns where no function can stand.
    (
      "statement: x = v\nkind: solution\nfor: all\nunknowns:\n  x: {equation: 0, initial: v, solution: v}\n  \(decay)",
      "f line 10: initial: 'v' is an unknown, and has no value here; accepted: none"
    ),
    (
      "statement: x = v\nkind: solution\nfor: {}\nunknowns:\n  x: {equation: 0, initial: 1, solution: v}\n  \(decay)",
      "f line 10: solution: 'v' is an unknown, and has no value here; accepted: t"
    ),
    (
      "statement: x = v\nkind: solution\nfor: {}\nlet: {y: 2*v}\nunknowns:\n  x: {equation: 0, initial: 1, solution: y}\n  \(decay)",
      "f line 11: solution: 'y' holds 'v', which has no value here; accepted: t"
    ),
    (
      "statement: x = v\nkind: solution\nfor: {}\nunknowns:\n  x: {equation: 0, initial: t, solution: 1}\n  \(decay)",
      "f line 10: initial: 't' is the time, and has no value here; accepted: none"
    ),
    // A momentum that is no unknown varies all the same.
    (
      "statement: q = p*t\nkind: solution\ncanonical: {q: p}\nhamiltonian: p^2/2 + q^2/2\nunknowns: {q: {observable: q, equation: p, initial: 0, solution: p*t}}\nfor: {}",
      "f line 10: equation: 'p' is a coordinate and no unknown, and has no value here; accepted: q, t"
    ),
    (
      "statement: x = 1\nkind: solution\noperators: {a: boson}\nhamiltonian: a'*a\nunknowns: {x: {observable: a'*a, equation: a, initial: 1, solution: 1}}\nfor: {}",
      "f line 10: equation: 'a' is an operator, and a number must stand here; accepted: t, x"
    ),
    // Names of derivatives.
    (
      "statement: diff(y, y) = 0\nkind: identity\nlet: {y: x^2}\nfor: {x: all}",
      derivative("the abbreviation 'y' cannot")
    ),
    ("statement: diff(pi, pi^2) = 0\nkind: identity\nfor: all", derivative("'pi' cannot")),
    ("statement: diff(i, i) = 0\nkind: identity\nfor: all", derivative("'i' cannot")),
    ("statement: diff(sin, x) = 0\nkind: identity\nfor: all", derivative("'sin' cannot")),
    ("statement: diff(a, a) = 0\nkind: identity\noperators: {a: boson}\nfor: all", derivative("'a' cannot")),
    ("statement: diff(J, J_x) = 0\nkind: identity\noperators: {J: spin}\nfor: all", derivative("'J' cannot")),
    (
      "statement: diff(z, x) = 0\nkind: identity\nfor: all",
      "f line 6: statement: unknown name 'z' to differentiate in; accepted: real parameters, coordinates, the time"
    ),
    (
      "statement: diff(z, x) = 0\nkind: identity\nfor: {x: all}",
      "f line 6: statement: unknown name 'z' to differentiate in; accepted: real parameters, coordinates, the time"
    ),
    (
      "statement: diff(n, sin(pi*n)) = 0\nkind: identity\nfor: {n: integers}",
      "f line 6: statement: 'n' cannot be differentiated in, as it takes integers alone; accepted: real parameters, coordinates, the time"
    ),
    ("statement: diff(x, v) = 0\n\(oscillator)\nfor: {}", derivative("the unknown 'x' cannot")),
    ("statement: \"sum(j, diff(j, b[j])) = 0\"\n\(cells)", derivative("the index 'j' cannot")),
    // Indices.
    (
      "statement: sum(j, j) = N*j\n\(cells)",
      "f line 6: statement: the index 'j' stands as a number, which needs the key 'sizes'"
    ),
    (
      "statement: sum(j, b[j])*j = j*sum(j, b[j])\n\(cells)",
      "f line 6: statement: 'j' is the index of a sum elsewhere in the claim; accepted: another name, or the index within its sum"
    ),
    (
      "statement: sum(j, y*b[j]) = 0\nlet: {y: j}\n\(cells)",
      "f line 7: let: 'j' is the index of a sum elsewhere in the claim; accepted: another name, or the index within its sum"
    ),
    (
      "statement: sum(j, y) = 0\nlet: {y: \"b[j]\"}\n\(cells)",
      "f line 7: let: y: the index of 'b[j]' is bound by no sum; accepted: indices of sums around it"
    ),
    (
      "statement: sum(j, b[k]) = 0\n\(cells)",
      "f line 6: statement: the index of 'b[k]' is bound by no sum; accepted: indices of sums around it"
    ),
    (
      "statement: sum(N, b[N]) = 0\n\(cells)",
      "f line 6: statement: the index 'N' stands for something else already; accepted: a new name"
    ),
    // The time.
    (
      "statement: r = 0\nkind: conserved\noperators: {a: boson}\nhamiltonian: a'*a\nobservable: s*a\nvariable: s\nfor: {s: all}",
      "f line 11: variable: 's' is given in 'for' already; accepted: each name once"
    ),
    (
      "statement: a = 0\nkind: conserved\noperators: {a: boson}\nhamiltonian: a'*a\nobservable: a'*a\nfor: {}",
      "f line 6: statement: 'a' stands for something else already; accepted: a new name for the rate"
    ),
  ])
  func `a name that stands for nothing, or for two things, is refused`(_ body: String, _ message: String) {
    #expect(ClaimSnippet(body).refusal() == message)
  }

  private static func derivative(_ fault: String) -> String {
    "f line 6: statement: \(fault) be differentiated in; accepted: real parameters, coordinates, the time"
  }

  /// An inner sum hides the index of an outer one: sum_j sum_j b_j = N sum_j b_j.
  @Test(arguments: [
    ("sum(j, sum(j, b[j])) = N*sum(j, b[j])", Verdict.proved), ("sum(j, sum(j, b[j])) = sum(j, b[j])", .refuted),
    ("sum(j, b[j]*sum(j, b[j])) = sum(j, b[j])^2", .proved), ("sum(j, b[j]*sum(j, b[j])) = sum(j, b[j]^2)", .refuted),
  ])
  func `the index of an inner sum hides that of an outer one`(_ statement: String, _ verdict: Verdict) throws {
    for sizes in ["", "\nsizes: 1 ... 4"] {
      let found = try ClaimSnippet("statement: \(statement)\n\(Self.cells)\(sizes)").outcome()
      #expect(found.verdict == verdict, "\(found.evidence.summary)")
    }
  }

  /// Cells are numbered from 0: sum_j j = N (N - 1)/2.
  @Test(arguments: [
    ("sum(j, j) = N*(N - 1)/2", Verdict.proved), ("sum(j, j) = N*(N + 1)/2", .refuted),
    ("sum(j, sum(k, (j - k)*b[j]'*b[k])) = sum(j, j*b[j]')*sum(k, b[k]) - sum(j, b[j]')*sum(k, k*b[k])", .proved),
  ])
  func `an index is a number where sums are written out`(_ statement: String, _ verdict: Verdict) throws {
    let found = try ClaimSnippet("statement: \"\(statement)\"\n\(Self.cells)\nsizes: 1 ... 4").outcome()
    #expect(found.verdict == verdict, "\(found.evidence.summary)")
  }

  /// A hopping amplitude t is no time, and a time may have any name. The total number is conserved by hopping; a phase e^(iwt) undoes that of a mode.
  @Test(arguments: [
    ("t*(a'*b + b'*a)", "t*(a'*b + b'*a)", "for: {t: positive}", Verdict.proved),
    ("t*(a'*b + b'*a)", "t*(a'*a + b'*b)", "for: {t: positive}", .proved),
    ("t*(a'*b + b'*a)", "t*a'*a", "for: {t: positive}", .refuted),
    ("w*(a'*a + b'*b)", "exp(i*w*t)*a", "for: {w: positive}", .proved),
    ("w*(a'*a + b'*b)", "exp(i*w*t)*a", "for: all", .proved),
    ("w*(a'*a + b'*b)", "exp(i*w*t)*a", "for: {w: positive, t: all}", .refuted),
    ("w*(a'*a + b'*b)", "exp(i*w*s)*a", "variable: s\nfor: {w: positive}", .proved),
    ("w*(a'*a + b'*b)", "exp(-i*w*s)*a", "variable: s\nfor: {w: positive}", .refuted),
    ("w*(a'*a + b'*b)", "exp(i*w*s)*a", "for: all", .refuted),
    ("w*(a'*a + b'*b)", "y*a", "let: {y: exp(i*w*t)}\nfor: {w: positive}", .proved),
    ("t*(a'*b + b'*a)", "exp(i*t)*(a'*a + b'*b)", "variable: s\nfor: {t: positive}", .proved),
  ])
  func `the time is what is named so, or t where it is no parameter`(
    _ hamiltonian: String, _ observable: String, _ names: String, _ verdict: Verdict
  ) throws {
    let found = try ClaimSnippet(
      "statement: rate = 0\nkind: conserved\noperators: {a: boson, b: boson}\nhamiltonian: \(hamiltonian)\nobservable: \(observable)\n\(names)"
    ).outcome()
    #expect(found.verdict == verdict, "\(found.evidence.summary)")
  }
}
