import Claims
import Testing

/// Premises that no state, or no number, fulfils: they prove nothing.
@Suite struct PremiseTests {
  /// Each was proved once: the start contradicts a relation that holds in every state.
  @Test(arguments: [
    // <s_y> = 1 in the eigenstate; the coefficients of s_y in raising and lowering are imaginary.
    "statement: y = -1\noperators: {s: qubit}\nhamiltonian: w*s_y\nsector: {s_y: 1}\nunknowns: {y: {observable: s_y, equation: 0, initial: -1, solution: -1}}\nfor: {w: all}",
    // <a> = 0 in a state of definite number.
    "statement: x = exp(-i*w*t)\noperators: {a: boson}\nhamiltonian: w*a'*a\nsector: {a'*a: 0}\nunknowns: {x: {observable: a, equation: -i*w*x, initial: 1, solution: exp(-i*w*t)}}\nfor: {w: all}",
    // s_z^2 = 1.
    "statement: z = 2\noperators: {s: qubit}\nhamiltonian: w*s_z\nsector: {s_z: 2}\nunknowns: {z: {observable: s_z, equation: 0, initial: 2, solution: 2}}\nfor: {w: all}",
    "statement: n = -1\noperators: {a: boson}\nhamiltonian: w*a'*a\nsector: {a'*a: -1}\nunknowns: {n: {observable: a'*a, equation: 0, initial: -1, solution: -1}}\nfor: {w: all}",
    // B = A/w, in either order.
    "statement: B = 2*A/w\noperators: {a: boson}\nhamiltonian: w*a'*a\nunknowns: {A: {observable: w*a'*a, equation: 0, initial: w*n, solution: w*n}, B: {observable: a'*a, equation: 0, initial: 2*n, solution: 2*n}}\nfor: {w: all, n: positive}",
    // The mean of a Hermitian operator is real; that of a' is the conjugate of that of a.
    "statement: n = i\noperators: {a: boson}\nhamiltonian: w*a'*a\nunknowns: {n: {observable: a'*a, equation: 0, initial: i, solution: i}}\nfor: {w: all}",
    "statement: A = exp(-i*w*t)\noperators: {a: boson}\nhamiltonian: w*a'*a\nunknowns: {A: {observable: a, equation: -i*w*A, initial: 1, solution: exp(-i*w*t)}, B: {observable: a', equation: i*w*B, initial: 2, solution: 2*exp(i*w*t)}}\nfor: {w: all}",
    // One cell is all cells where there is one.
    "statement: B = 5*A\nfamilies: {b: boson}\ncells: N\nsizes: 1 ... 1\nhamiltonian: sum(j, b[j]'*b[j])\nunknowns: {A: {observable: \"sum(j, b[j]'*b[j])\", equation: 0, initial: 1, solution: 1}, B: {observable: \"b[0]'*b[0]\", equation: 0, initial: 5, solution: 5}}\nfor: {}",
    // On a phase space.
    "statement: A^2 = B/5\ncanonical: {q: p}\nhamiltonian: p^2/2\nunknowns: {A: {observable: p, equation: 0, initial: 1, solution: 1}, B: {observable: p^2, equation: 0, initial: 5, solution: 5}}\nfor: {}",
    // No number w has both square roots.
    "statement: x = -w*t + w\nunknowns: {x: {equation: sqrt(-w)^2, initial: sqrt(w)^2, solution: -w*t + sqrt(w)^2}}\nfor: {w: all}",
  ])
  func `premises that never hold prove nothing`(_ body: String) throws {
    let found = try ClaimSnippet("kind: solution\n\(body)").outcome()
    #expect(found.verdict == .undecided, "\(found.verdict) \(found.evidence.summary)")
  }

  /// |1 + i|^2 is 2, and no rule for real numbers makes it 2i: where a number may not be real its magnitude has no normal form.
  @Test(arguments: ["2*i", "2"])
  func `magnitudes are of real numbers`(_ factor: String) throws {
    let found = try ClaimSnippet(
      "statement: Z = \(factor)*n\nkind: solution\noperators: {a: boson}\nhamiltonian: a'*a\nunknowns: {m: {observable: a'*a, equation: 0, initial: n, solution: n}, Z: {observable: abs(1+i)^2*a'*a, equation: 0, initial: \(factor)*n, solution: \(factor)*n}}\nfor: {n: positive}"
    ).outcome()
    #expect(found.verdict == .undecided, "\(found.verdict) \(found.evidence.summary)")
  }

  @Test(arguments: [
    (
      "statement: A = n\nkind: solution\noperators: {S: spin, a: boson}\nfamilies: {S_a: spin}\ncells: N\nhamiltonian: w*a'*a\nunknowns: {A: {observable: S_a_z*a'*a, equation: 0, initial: n, solution: n}}\nfor: all",
      "'S_a_z' has the wrong index"
    ),
    (
      "statement: \"{q, p} = 0\"\nkind: solution\ncanonical: {q: p}\nhamiltonian: p^2/2\nunknowns: {q: {observable: q, equation: p, initial: 0, solution: c*t}, p: {observable: p, equation: 0, initial: c, solution: c}}\nfor: {c: all}",
      "statement: Poisson brackets are of coordinates"
    ),
    (
      "statement: B = 0\nkind: solution\nlet: {B: \"{q, p}\"}\ncanonical: {q: p}\nhamiltonian: p^2/2\nunknowns: {q: {observable: q, equation: p, initial: 0, solution: c*t}, p: {observable: p, equation: 0, initial: c, solution: c}}\nfor: {c: all}",
      "statement: Poisson brackets are of coordinates"
    ),
    (
      "statement: \"[x, x] = 0\"\nkind: solution\noperators: {a: boson}\nhamiltonian: a'*a\nunknowns: {x: {observable: a'*a, equation: 0, initial: 1, solution: 1}}\nfor: {}",
      "statement: adjoints and commutators are of operators"
    ),
    (
      "statement: n = 0\nkind: solution\noperators: {s: qubit}\nhamiltonian: 0*s_z\nsector: {s_x: 1, s_z: 1}\nunknowns: {n: {observable: s_y, equation: 0, initial: 0, solution: 0}}\nfor: {}",
      "sector: 's_x' and 's_z' are not known to commute"
    ),
  ])
  func `what has no meaning in a place is refused`(_ body: String, _ message: String) {
    let refusal = ClaimSnippet(body).refusal()
    #expect(refusal?.contains(message) ?? false, "\(refusal ?? "accepted")")
  }

  /// Too long for a normal form: told in seconds.
  @Test(arguments: [
    "1/(sqrt(a)+sqrt(b)+sqrt(c)+sqrt(d)+sqrt(e)+sqrt(f)) = 1/(sqrt(f)+sqrt(b)+sqrt(c)+sqrt(d)+sqrt(e)+sqrt(a))",
    "(a+b+c+d+e+f)^40*(a-b+c-d+e-f)^40 = 0",
  ])
  func `what is too long for a normal form ends`(_ statement: String) throws {
    let start = ContinuousClock.now
    let names = "for: {a: positive, b: positive, c: positive, d: positive, e: positive, f: positive}"
    let found = try ClaimSnippet("statement: \(statement)\nkind: identity\n\(names)").outcome()
    #expect(found.verdict != .proved)
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}

/// Solutions with divisors that vanish nowhere.
@Suite struct SmoothnessTests {
  /// Each solves its equation by hand: the separatrix of the pendulum, the logistic curve, x' = -2 t x^2, and a root of the time.
  @Test(arguments: [
    ("x: {equation: -2*t*x^2, initial: 1, solution: 1/(1+t^2)}", "x*(1 + t^2) = 1"),
    ("x: {equation: r*x*(1 - x), initial: 1/2, solution: exp(r*t)/(1 + exp(r*t))}", "x = 1/(1 + exp(-r*t))"),
    (
      "q: {equation: p, initial: 0, solution: 4*atan(tanh(r*t/2))}\n  p: {equation: -r^2*sin(q), initial: 2*r, solution: 2*r/cosh(r*t)}",
      "p = 2*r/cosh(r*t)"
    ),
    ("x: {equation: r*t/sqrt(1 + r*t^2), initial: 1, solution: sqrt(1 + r*t^2)}", "x^2 = 1 + r*t^2"),
  ])
  func `a divisor that is positive for all times is smooth`(_ unknowns: String, _ statement: String) throws {
    let found = try ClaimSnippet(
      "statement: \(statement)\nkind: solution\nunknowns:\n  \(unknowns)\nfor: \(unknowns.contains("r") ? "{r: positive}" : "{}")"
    ).outcome()
    #expect(found.verdict == .proved, "\(found.evidence.summary)")
  }

  @Test(arguments: [
    ("x: {equation: 1/(1 - t), initial: 0, solution: -log(1 - t)}", "1/(1 - t)"),
    ("x: {equation: x/(1 + x^2), initial: 1, solution: 1}", "x/(1 + x^2)"),
    ("x: {equation: 1, initial: 0, solution: t^2/t}", "t^2/t"),
  ])
  func `one that may vanish is named`(_ unknowns: String, _ part: String) throws {
    let found = try ClaimSnippet("statement: x = x\nkind: solution\nunknowns:\n  \(unknowns)\nfor: {}").outcome()
    #expect(found.verdict == .undecided)
    #expect(
      found.evidence.summary.hasSuffix("may not be smooth everywhere, so that it need not be the only one: \(part)"))
  }
}
