import Claims
import Testing

/// Hamiltonians that are none, equations that hold in a sector alone, and what is derived.
@Suite struct HamiltonianTests {
  @Test(arguments: [
    (
      "operators: {a: boson}\nhamiltonian: i*w*a'*a\nobservable: a'*a\nfor: {w: positive}", "Hermitian",
      "+ i*[-9.23988153999, -9.23988153998]"
    ),
    ("operators: {a: boson}\nhamiltonian: w*a\nobservable: 1\nfor: {w: positive}", "Hermitian", "of [2, 1]"),
    ("operators: {J: spin}\nhamiltonian: J_z + J_p\nobservable: J_z\nfor: {}", "Hermitian", "of ["),
    (
      "operators: {a: boson, b: boson}\nhamiltonian: g*a'*b\nobservable: a'*a + b'*b\nfor: {g: positive}", "Hermitian",
      "of ["
    ),
    (
      "families: {b: boson}\ncells: N\nhamiltonian: i*sum(j, b[j]'*b[j])\nobservable: sum(j, b[j]'*b[j])\nfor: {N: integers}",
      "Hermitian", "of ["
    ),
    ("canonical: {x: p}\nhamiltonian: i*p^2/2\nobservable: p\nfor: {}", "real", "and its conjugate"),
    ("canonical: {x: p}\nhamiltonian: p^2/2 + exp(i*k)*x\nobservable: 1\nfor: {k: all}", "real", "and its conjugate"),
  ])
  func `a Hamiltonian that is none is refused with an element`(_ body: String, _ word: String, _ element: String) throws
  {
    for kind in ["conserved", "equation-of-motion"] {
      let message = try #require(ClaimSnippet("statement: rate = 0\nkind: \(kind)\n\(body)").refusal())
      #expect(message.hasPrefix("f line ") && message.contains("hamiltonian: is not \(word): "), "\(message)")
      #expect(message.contains(element), "\(message)")
    }
  }

  @Test func `the Hamiltonian of a solution must be one, too`() throws {
    let body =
      "statement: x = 1\nkind: solution\noperators: {a: boson}\nhamiltonian: i*a'*a\nunknowns: {x: {observable: a'*a, equation: 0, initial: 1, solution: 1}}\nfor: {}"
    #expect(ClaimSnippet(body).refusal()?.contains("hamiltonian: is not Hermitian: it takes the state ") ?? false)
  }

  /// Products of Hermitian factors, in an order that only their commutators make Hermitian.
  @Test(arguments: [
    "i*(a'*b - b'*a)", "(a + a')*J_x", "a'*a*J_z + i*a*J_p - i*a'*J_m", "[a, a']*J_z", "exp(g)*(a + a')^3",
    "exp(i*g)*a + exp(-i*g)*a'",
  ])
  func `a Hermitian formula is accepted`(_ hamiltonian: String) throws {
    let body =
      "statement: rate = 0\nkind: conserved\noperators: {a: boson, b: boson, J: spin}\nhamiltonian: \"\(hamiltonian)\"\nobservable: 1\nfor: all"
    #expect(ClaimSnippet(body).refusal() == nil)
  }

  // MARK: - Sectors

  /// Detuned Jaynes and Cummings: with C = a'a + s_z/2 = n - 1/2 the states |up, n-1> and |down, n> are coupled by g sqrt(n), and the
  /// qubit, which starts up, falls by sin^2 of half the Rabi angle (the two-level problem, worked out by hand).
  private static func exchange(sector: String, rate: String = "delta*x - 2*g*n*z", statement: String = "z = \(excited)")
    -> String
  {
    """
    statement: \(statement)
    kind: solution
    operators: {a: boson, s: qubit}
    hamiltonian: w*a'*a + (w + delta)*s_z/2 + g*(a'*s_m + a*s_p)
    let: {O: sqrt(delta^2 + 4*g^2*n)}\(sector)
    unknowns:
      z: {observable: s_z, equation: 2*g*y, initial: 1, solution: \(excited)}
      y: {observable: i*(a'*s_m - a*s_p), equation: \(rate), initial: 0, solution: -2*g*n/O*sin(O*t)}
      x: {observable: a'*s_m + a*s_p, equation: -delta*y, initial: 0, solution: 2*g*n*delta/O^2*(1 - cos(O*t))}
    for: {n: integers, g: positive, w: positive, delta: all}
    """
  }
  private static let excited = "1 - 8*g^2*n/O^2*sin(O*t/2)^2"

  @Test(arguments: [
    ("", Verdict.undecided, "the equation of y is not shown for all states; it may hold in a sector"),
    ("\nsector: {a'*a + s_z/2: n - 1/2}", .proved, "10 steps of equal normal forms"),
    // Another sector has another rate, which the functions do not obey.
    ("\nsector: {a'*a + s_z/2: n + 1/2}", .refuted, "derived equation of y: counterexample "),
  ])
  func `equations that hold in a sector`(_ sector: String, _ verdict: Verdict, _ summary: String) throws {
    let found = try ClaimSnippet(Self.exchange(sector: sector)).outcome()
    #expect(found.verdict == verdict && found.evidence.summary.hasPrefix(summary), "\(found.evidence.summary)")
    #expect(found.evidence.summary.contains("derived: "), "\(found.evidence.summary)")
  }

  @Test func `a slip in an equation of a sector is found`() throws {
    let sector = "\nsector: {a'*a + s_z/2: n - 1/2}"
    let wrong = try ClaimSnippet(Self.exchange(sector: sector, rate: "delta*x + 2*g*n*z")).outcome()
    #expect(wrong.verdict == .refuted, "\(wrong.evidence.summary)")
    #expect(wrong.evidence.summary.contains("the rate of y is -2*g*n*z + delta*x"), "\(wrong.evidence.summary)")
    let statement = try ClaimSnippet(Self.exchange(sector: sector, statement: "z = cos(O*t)")).outcome()
    #expect(statement.verdict == .refuted && statement.evidence.summary.hasPrefix("statement: "))
  }

  private static let free =
    "kind: solution\noperators: {a: boson, b: boson}\nhamiltonian: a'*b + b'*a\nunknowns: {n: {observable: a'*a + b'*b, equation: 0, initial: 3, solution: 3}}\nfor: {}"

  @Test(arguments: [
    ("a'*a: 3", "sector: 'a'*a' is not conserved: its rate takes the state "),
    ("a'*b: 0", "sector: is not Hermitian: it takes the state "),
    ("a'*a + b'*b: i", "sector: the value 'i' may not be real; accepted: real formulas"),
    ("a'*a + b'*b: n", "a'*a + b'*b: 'n' is an unknown, and has no value here; accepted: none"),
  ])
  func `a sector that is none is refused`(_ sector: String, _ message: String) {
    let found = ClaimSnippet("statement: n = 3\n\(Self.free)\nsector: {\(sector)}").refusal()
    #expect(found?.contains(message) ?? false, "\(found ?? "accepted")")
  }

  /// Where no state has the start, anything would follow.
  @Test(arguments: [
    ("sector: {a'*a + b'*b: 5}", "no state is seen to have this start: in each n - 5 = 0"), ("", ""),
    ("sector: {a'*a + b'*b: 3}", ""),
  ])
  func `a start that contradicts itself proves nothing`(_ sector: String, _ reason: String) throws {
    let found = try ClaimSnippet("statement: n = 3\n\(Self.free)\n\(sector)").outcome()
    #expect(found.verdict == (reason.isEmpty ? .proved : .undecided), "\(found.evidence.summary)")
    #expect(found.evidence.summary.hasPrefix(reason))
  }

  @Test func `two unknowns for one quantity start together`() throws {
    let body =
      "statement: y = 5*x\nkind: solution\noperators: {a: boson}\nhamiltonian: a'*a\nunknowns: {x: {observable: a'*a, equation: 0, initial: 1, solution: 1}, y: {observable: 2*a'*a, equation: 0, initial: 5, solution: 5}}\nfor: {}"
    let found = try ClaimSnippet(body).outcome()
    #expect(found.verdict == .undecided)
    #expect(found.evidence.summary == "no state is seen to have this start: in each y - 2*x = 0")
  }

  // MARK: - What is derived

  /// [J_z, J_p] = J_p; q' = dH/dp, of H = p^2/(2m) + V sin(q).
  @Test(arguments: [
    ("operators: {J: spin}\nhamiltonian: w*J_z\nobservable: J_p\nfor: {w: all}", "rate = i*w*J_p"),
    ("operators: {a: boson, b: boson}\nhamiltonian: g*(a'*b + b'*a)\nobservable: a\nfor: {g: all}", "rate = -i*g*b"),
    ("canonical: {q: p}\nhamiltonian: p^2/(2*m) + V*sin(q)\nobservable: q\nfor: {m: positive, V: all}", "rate = p/m"),
    (
      "canonical: {q: p}\nhamiltonian: p^2/(2*m) + V*sin(q)\nobservable: p\nfor: {m: positive, V: all}",
      "rate = -V*cos(q)"
    ),
    (
      "families: {b: boson}\ncells: N\nhamiltonian: w*sum(j, b[j]'*b[j])\nobservable: sum(j, b[j])\nfor: {w: all, N: integers}",
      "rate = -i*w*sum(j, b[j])"
    ),
  ])
  func `the derived rate is shown, whatever the verdict`(_ body: String, _ derived: String) throws {
    for statement in [derived, "rate = 17"] {
      let found = try ClaimSnippet("statement: \"\(statement)\"\nkind: equation-of-motion\n\(body)").outcome()
      #expect(found.verdict == (statement == derived ? .proved : .refuted), "\(found.evidence.summary)")
      #expect(found.evidence.summary.hasSuffix("; derived: \(derived)"), "\(found.evidence.summary)")
    }
  }

  /// (N-1)(N-2)(N-3)(N-4) vanishes for the smallest numbers of cells.
  @Test(arguments: [
    "(N-1)*(N-2)*(N-3)*(N-4)*sum(j, b[j]) = 0", "(N-1)*(N-2)*(N-3)*(N-4)*(N-5)*(N-6)*(N-7)*(N-8)*sum(j, b[j]) = 0",
    "sum(j, sum(k, sum(l, b[j]'*b[k]'*b[l])))*(N - 1)*(N - 2)*(N - 3)*(N - 4)*(N - 5) = 0",
  ])
  func `sizes beyond the degree are tried`(_ statement: String) throws {
    let found = try ClaimSnippet(
      "statement: \"\(statement)\"\nkind: identity\nfamilies: {b: boson}\ncells: N\nfor: {N: integers}"
    ).outcome()
    #expect(found.verdict == .refuted, "\(found.evidence.summary)")
  }
}
