import Claims
import Systems
import Testing

/// Claims about formulas that name a model: its letters, its parameters, its Hamiltonian.
@Suite struct FormulasOfModelsTests {
  /// The models of the claims: their keys from line 3 on.
  private static let models = """
    source: test
    models:
      - model: tavis
        parameters: {N: {kind: integer, from: 1}, w: positive, g: positive}
        space: {a: boson, J: spin N/2 of qubits}
        hamiltonian: w*a'*a + w*(J_z + N/2) + g*(a*J_p + a'*J_m)
        start: {a: fock(N), J: down}
        parts: {battery: {of: [J], hamiltonian: w*(J_z + N/2)}}
        quantities: {energy: {value: mean(battery)}}
      - model: chain
        parameters: {N: {kind: integer, from: 2}, K: real, h: real}
        space: {s: {kind: qubit, cells: N}}
        hamiltonian: "chain(j, K*(s_x[j]*s_x[j+1] + s_y[j]*s_y[j+1])) + sum(j, h*s_z[j])"
        start: {s: up}
        quantities: {energy: {value: "mean(s_z[0])"}}
      - model: ring
        parameters: {N: {kind: integer, from: 2}, K: real}
        space: {c: {kind: fermion, cells: N}}
        hamiltonian: "ring(j, K*(c[j]'*c[j+1] + c[j+1]'*c[j])) + pairs(j, k, c[j]'*c[j]*c[k]'*c[k]/(k - j))"
        start: {c: level(1)}
        quantities: {energy: {value: "mean(c[0]'*c[0])"}}
      - model: ladder
        parameters: {k: {kind: integer, from: 1}, g: real}
        space: {b: levels k + 1, s: qubit}
        hamiltonian: "g*sum(j from 0 to k-1, b(j+1,j))*s_m + g*sum(j from 0 to k-1, b(j,j+1))*s_p"
        start: {b: level(0), s: up}
        parts: {battery: {of: [b], hamiltonian: "sum(j from 1 to k, j*b(j,j))"}}
        quantities: {energy: {value: mean(battery)}}
      - model: modes
        parameters: {N: {kind: integer, from: 1}, w: positive, g: real, n: {kind: integer, from: 0}, z: non-negative}
        space: {a: boson, b: {kind: boson, cells: N}}
        hamiltonian: "w*a'*a + w*sum(j, b[j]'*b[j]) + g*sum(j, a*b[j]' + a'*b[j])"
        start: {a: fock(n), b: fock(0)}
        quantities: {energy: {value: "mean(sum(j, b[j]'*b[j]))*z"}}
    claims:
      - id: test
        expect: undecided
        reason: test

    """

  private static func file(_ body: String) -> String {
    models + body.split(separator: "\n").map { "    \($0)\n" }.joined()
  }

  private static func outcome(_ body: String) throws -> Outcome {
    let claims = try ClaimFile(parsing: file(body), name: "f", catalogue: .builtIn).claims
    return try #require(claims.first).check(in: CheckContext(full: false))
  }

  private static func refusal(_ body: String) -> String? {
    do {
      _ = try ClaimFile(parsing: file(body), name: "f", catalogue: .builtIn)
      return nil
    } catch {
      return error.message
    }
  }

  /// Rates by hand from [a, a'] = 1, [J_z, J_p] = J_p, [s_z, s_p] = 2 s_p, and |k><l| |m><n| = |k><n| for l = m.
  private static let verdicts: [(body: String, verdict: Verdict)] = [
    ("statement: rate = 0\nkind: conserved\nmodel: tavis\nobservable: a'*a + J_z", .proved),
    ("statement: rate = 0\nkind: conserved\nmodel: tavis\nobservable: a'*a + battery", .refuted),
    ("statement: rate = i*g*w*(a'*J_m - a*J_p)\nkind: equation-of-motion\nmodel: tavis\nobservable: battery", .proved),
    ("statement: rate = i*g*w*(a'*J_m + a*J_p)\nkind: equation-of-motion\nmodel: tavis\nobservable: battery", .refuted),
    ("statement: \"[H, a'*a + J_z] = 0\"\nkind: identity\nmodel: tavis", .proved),
    // The length of the spin is the model's: true for N = 1 alone, and there not refuted; normal order does not show it.
    ("statement: J_z^2 = 1/4\nkind: identity\nmodel: tavis\nat: {N: 1}", .undecided),
    ("statement: J_z^2 = 1/4\nkind: identity\nmodel: tavis\nat: {N: 2}", .refuted),
    // J(J + 1) = N/2 (N/2 + 1) for every N.
    ("statement: J_x^2 + J_y^2 + J_z^2 = N/2*(N/2 + 1)\nkind: identity\nmodel: tavis", .undecided),
    ("statement: J_x^2 + J_y^2 + J_z^2 = N/2*(N/2 + 2)\nkind: identity\nmodel: tavis", .refuted),
    ("statement: rate = 0\nkind: conserved\nmodel: chain\nat: {N: 4}\nobservable: \"sum(j, s_z[j])\"", .proved),
    ("statement: rate = 0\nkind: conserved\nmodel: chain\nat: {N: 4}\nobservable: \"s_z[0]\"", .refuted),
    (
      "statement: \"H = K*(s_x[0]*s_x[1] + s_y[0]*s_y[1]) + h*(s_z[0] + s_z[1])\"\nkind: identity\nmodel: chain\n"
        + "at: {N: 2}", .proved
    ),
    // A ring of two has its bond twice; pairs have distances.
    (
      "statement: \"H = 2*K*(c[0]'*c[1] + c[1]'*c[0]) + c[0]'*c[0]*c[1]'*c[1]\"\nkind: identity\nmodel: ring\n"
        + "at: {N: 2}", .proved
    ),
    (
      "statement: \"H = K*(c[0]'*c[1] + c[1]'*c[0]) + c[0]'*c[0]*c[1]'*c[1]\"\nkind: identity\nmodel: ring\n"
        + "at: {N: 2}", .refuted
    ),
    ("statement: rate = 0\nkind: conserved\nmodel: ring\nat: {N: 3}\nobservable: \"sum(j, c[j]'*c[j])\"", .proved),
    ("statement: rate = 0\nkind: conserved\nmodel: ladder\nat: {k: 3}\nobservable: battery + s_z/2", .proved),
    ("statement: rate = 0\nkind: conserved\nmodel: ladder\nat: {k: 3}\nobservable: battery", .refuted),
    (
      "statement: \"H = g*(b(1,0)*s_m + b(0,1)*s_p)\"\nkind: identity\nmodel: ladder\nat: {k: 1}", .proved
    ),
    (
      "statement: \"rate = i*g*sum(j, a'*b[j] - a*b[j]')\"\nkind: equation-of-motion\nmodel: modes\n"
        + "observable: \"sum(j, b[j]'*b[j])\"", .proved
    ),
    (
      "statement: \"rate = i*g*(a'*b[1] - a*b[1]')\"\nkind: equation-of-motion\nmodel: modes\nat: {N: 3}\n"
        + "observable: \"b[1]'*b[1]\"", .proved
    ),
    // Another parameter, and the derivative in it: [a'a, a] = -a.
    (
      "statement: \"diff(v, exp(i*v)*a) = i*exp(i*v)*[a, a'*a]\"\nkind: identity\nmodel: tavis\nfor: {v: all}", .proved
    ),
    // What is said of all n from 0 and all z from 0 is not refuted at other values.
    ("statement: sqrt(z^2) + abs(n) = z + n\nkind: identity\nmodel: modes", .proved),
    ("statement: sqrt(n^2 + 1) = n + 1\nkind: identity\nmodel: modes", .refuted),
  ]

  @Test(arguments: verdicts.indices) func `a claim takes the text of its model`(_ index: Int) throws {
    let (body, verdict) = Self.verdicts[index]
    let found = try Self.outcome(body)
    #expect(found.verdict == verdict, "\(body)\n\(found.evidence.summary)")
  }

  @Test func `fixed parameters stand in the evidence`() throws {
    let body = "statement: rate = 0\nkind: conserved\nmodel: chain\nat: {N: 4, K: 1/2}\nobservable: \"sum(j, s_z[j])\""
    let found = try Self.outcome(body)
    #expect(
      found.verdict == .proved && found.evidence.summary.contains("; at K = 1/2, N = 4"), "\(found.evidence.summary)")
  }

  /// A claim's own keys begin on line 39.
  private static let refusals: [(body: String, message: String)] = [
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavi\nobservable: H",
      "f line 41: model: unknown model 'tavi'; accepted: tavis, chain, ring, ladder, modes"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nhamiltonian: w*a'*a\nobservable: H",
      "f line 42: hamiltonian: the model 'tavis' has one; accepted: 'model' or 'hamiltonian'"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\noperators: {a: boson}\nobservable: H",
      "f line 42: operators: the model 'tavis' says it; accepted beside 'model': at, let, for"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nfor: {w: positive}\nobservable: H",
      "f line 42: for: 'w' is given in 'model' already; accepted: each name once"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nfor: all\nobservable: H",
      "f line 42: for: the model has parameters; accepted beside 'model': other names with their values"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nfor: {v: positive}\nobservable: H",
      "f line 42: for: 'v' stands in no formula; accepted: names that do"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nat: {v: 1}\nobservable: H",
      "f line 42: at: 'v' is no parameter of the model 'tavis'; accepted: N, w, g"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nat: {N: 0}\nobservable: H",
      "f line 42: at: parameter N: 0 is outside the domain; accepted: integers N >= 1"
    ),
    (
      "statement: rate = 0\nkind: conserved\noperators: {a: boson}\nhamiltonian: a'*a\nat: {w: 1}\nobservable: a\nfor: {}",
      "f line 43: at: the key 'model' is missing beside it"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: tavis\nobservable: a'*a + q",
      "f line 42: observable: unknown name 'q'; accepted: H, N, battery, g, t, w, a, J_x, J_y, J_z, J_p, J_m"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: chain\nobservable: H",
      """
      f line 41: model: the model 'chain': the Hamiltonian: a sum over neighbours or pairs needs a number of cells; \
      accepted here: values of parameters under 'at' that make numbers of sizes and indices
      """
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: chain\nat: {N: 3}\nobservable: \"s_z[3]\"",
      "f line 43: observable: column 5: the index 3 is none of a family of 3 cells; accepted: 0 to 2"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: modes\nobservable: \"b[0]'*b[0]\"",
      "f line 42: observable: column 3: the index '0' of 'b' needs a number of cells"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: ladder\nobservable: H",
      """
      f line 41: model: f line 24: space.b: 'k + 1' is neither a number from 1 to 4096 nor a parameter here; accepted: \
      values under 'at' of the parameters in it
      """
    ),
    (
      "statement: N = 3\nkind: conserved\nmodel: tavis\nobservable: H",
      "f line 39: statement: must be of the form NAME = 0: the rate of what is conserved"
    ),
    (
      "statement: N = 0\nkind: conserved\nmodel: tavis\nobservable: H",
      "f line 39: statement: 'N' stands for something else already; accepted: a new name for the rate"
    ),
  ]

  @Test(arguments: refusals.indices) func `what a model has not is refused with its line`(_ index: Int) {
    let (body, message) = Self.refusals[index]
    #expect(Self.refusal(body) == message)
  }
}
