import Claims
import Systems
import Testing

/// Closed forms that a claim of the file proves of a model, as further routes of its quantities.
@Suite struct ClosedFormTests {
  /// Two oscillators with exchange, by hand: n sin^2(g t) quanta in b; two qubits for a sector; a mode that is lossy.
  private static let models = """
    source: test
    models:
      - model: exchange
        parameters: {w: positive, g: positive, x: real, n: {kind: integer, from: 1}}
        space: {a: boson, b: boson}
        hamiltonian: w*a'*a + w*b'*b + g*(a'*b + b'*a) + x*(a*b + a'*b')
        start: {a: fock(n), b: fock(0)}
        parts: {battery: {of: [b], hamiltonian: w*b'*b}}
        quantities:
          energy: {value: mean(battery)}
          share: {value: mean(battery)/n + 1}
          both: {value: mean(battery) + w*mean(a'*a)}
          square: {value: mean(battery)^2}
          later: {value: "at(mean(battery), 1)"}
      - model: shifted
        parameters: {g: positive}
        space: {a: boson, b: boson}
        hamiltonian: g*(a'*b + b'*a)
        start: {a: coherent(2), b: fock(0)}
        quantities: {energy: {value: mean(b'*b)}}
      - model: cubic
        parameters: {g: real}
        space: {a: boson}
        hamiltonian: g*i*(a^3 - a'^3)
        start: {a: fock(0)}
        quantities: {quanta: {value: mean(a'*a)}}
      - model: pair
        parameters: {g: positive, n: {kind: integer, from: 1}}
        space: {a: boson, s: qubit}
        hamiltonian: g*(a'*s_m + a*s_p)
        start: {a: fock(n), s: down}
        quantities: {up: {value: (mean(s_z) + 1)/2}}
    claims:
      - id: form.right
        statement: nb = n*sin(g*t)^2
        kind: solution
        model: exchange
        at: {x: 0}
        unknowns:
          na: {observable: a'*a, equation: -g*y, initial: n, solution: n*cos(g*t)^2}
          nb: {observable: b'*b, equation: g*y, initial: 0, solution: n*sin(g*t)^2}
          y: {observable: i*(a'*b - b'*a), equation: 2*g*(na - nb), initial: 0, solution: n*sin(2*g*t)}
        expect: proved
        reason: test
      - id: form.wrong
        statement: nb = n*sin(2*g*t)^2
        kind: solution
        model: exchange
        at: {x: 0}
        unknowns:
          na: {observable: a'*a, equation: -g*y, initial: n, solution: n*cos(2*g*t)^2}
          nb: {observable: b'*b, equation: g*y, initial: 0, solution: n*sin(2*g*t)^2}
          y: {observable: i*(a'*b - b'*a), equation: 2*g*(na - nb), initial: 0, solution: n*sin(4*g*t)}
        expect: refuted
        reason: test
      - id: form.elsewhere
        statement: nb = n*cos(g*t)^2
        kind: solution
        model: exchange
        at: {x: 0}
        unknowns:
          na: {observable: a'*a, equation: -g*y, initial: 0, solution: n*sin(g*t)^2}
          nb: {observable: b'*b, equation: g*y, initial: n, solution: n*cos(g*t)^2}
          y: {observable: i*(a'*b - b'*a), equation: 2*g*(na - nb), initial: 0, solution: -n*sin(2*g*t)}
        expect: proved
        reason: test
      - {id: form.sum, statement: rate = 0, kind: conserved, model: exchange, at: {x: 0}, observable: a'*a + b'*b, expect: proved, reason: test}
      - {id: form.shifted, statement: rate = 0, kind: conserved, model: shifted, observable: a'*a + b'*b, expect: proved, reason: test}
      - {id: form.cubic, statement: rate = 0, kind: conserved, model: cubic, at: {g: 0}, observable: a'*a, expect: proved, reason: test}
      - id: form.sector
        statement: z = -cos(2*g*sqrt(n)*t)
        kind: solution
        model: pair
        sector: {a'*a + (s_z + 1)/2: n}
        unknowns:
          z: {observable: s_z, equation: 2*g*y, initial: -1, solution: -cos(2*g*sqrt(n)*t)}
          y: {observable: i*(a'*s_m - a*s_p), equation: -2*g*n*z, initial: 0, solution: sqrt(n)*sin(2*g*sqrt(n)*t)}
        expect: proved
        reason: test
      - id: form.sector-beside
        statement: z = -cos(2*g*sqrt(n + 1)*t)
        kind: solution
        model: pair
        sector: {a'*a + (s_z + 1)/2: n + 1}
        unknowns:
          z: {observable: s_z, equation: 2*g*y, initial: -1, solution: -cos(2*g*sqrt(n + 1)*t)}
          y: {observable: i*(a'*s_m - a*s_p), equation: -2*g*(n + 1)*z, initial: 0, solution: sqrt(n + 1)*sin(2*g*sqrt(n + 1)*t)}
        expect: proved
        reason: test
      - id: test
        kind: value
        digits: 12
        expect: certified
        reason: test

    """

  private static func claims(_ body: String) throws -> [Claim] {
    // A bound has a kind of its own.
    let head = body.contains("kind:") ? models.replacing("\n    kind: value\n    digits", with: "\n    digits") : models
    return try ClaimFile(
      parsing: head + body.split(separator: "\n").map { "    \($0)\n" }.joined(), name: "f", catalogue: .builtIn
    ).claims
  }

  private static func outcome(_ body: String) throws -> Outcome {
    let claim = try #require(try claims(body).last)
    return try claim.check(in: CheckContext(full: false))
  }

  private static let exchange = "quick: {w: [2], g: [1/3], n: [3], t: [0.7, 2], x: "

  /// A claim, its verdict, and what its evidence says of routes.
  private static let cases: [(body: String, verdict: Verdict, routes: String)] = [
    (
      "statement: E = n*w*sin(g*t)^2\nquantity: exchange.energy\n\(exchange)[0]}", .certified,
      "at 2 points by vector, the closed form proved in form.right"
    ),
    (
      "statement: E = w*sin(g*t)^2 + 1\nquantity: exchange.share\n\(exchange)[0]}", .certified,
      "at 2 points by vector, the closed form proved in form.right"
    ),
    // What is conserved, and a combination of two means.
    (
      "statement: E = n*w\nquantity: exchange.both\n\(exchange)[0]}", .certified,
      "at 2 points by vector, the closed form proved in form.right, the closed form proved in form.sum"
    ),
    // A power of a mean is no mean, and neither is a mean at another time.
    ("statement: E = n^2*w^2*sin(g*t)^4\nquantity: exchange.square\n\(exchange)[0]}", .certified, "by vector"),
    (
      "statement: E = n*w*sin(g)^2\nquantity: exchange.later\nquick: {w: [2], g: [1/3], n: [3], x: [0]}", .certified,
      "by vector"
    ),
    // The claims fix x.
    (
      "statement: E > 0\nkind: bound\nquantity: exchange.energy\nquick: {w: [2], g: [1/3], n: [1], t: [0.7], x: [0, 1/9]}",
      .certified, "at 2 points by vector, the closed form proved in form.right (at 1 of them)"
    ),
    // By its own name, alone.
    (
      "statement: E = n*w*sin(g*t)^2\nquantity: exchange.energy\nroutes: [form.right]\n\(exchange)[0]}", .certified,
      "at 2 points by the closed form proved in form.right"
    ),
    // Routes that are named are all.
    (
      "statement: E = n*w*sin(g*t)^2\nquantity: exchange.energy\nroutes: [vector]\n\(exchange)[0]}", .certified,
      "at 2 points by vector"
    ),
    // A closed form that is proved finds a slip by itself.
    (
      "statement: E = n*w*sin(2*g*t)^2\nquantity: exchange.energy\nroutes: [form.right]\n\(exchange)[0]}", .refuted,
      "counterexample"
    ),
    (
      "statement: E = n*w*sin(2*g*t)^2\nquantity: exchange.energy\nroutes: [form.wrong]\n\(exchange)[0]}", .undecided,
      "the claim form.wrong, whose closed form is a route, is not proved"
    ),
    (
      "statement: E = n*w*cos(g*t)^2\nquantity: exchange.energy\nroutes: [form.elsewhere]\n\(exchange)[0]}",
      .undecided, "the claim form.elsewhere is not seen to speak of the model's state"
    ),
    (
      "statement: E = n*w*sin(g*t)^2\nquantity: exchange.energy\nroutes: [form.right]\n\(exchange)[1/9]}", .undecided,
      "the claim form.right is not seen to speak of the model's state"
    ),
    // The sector must be that of the start.
    (
      "statement: E = sin(g*sqrt(n)*t)^2\nquantity: pair.up\nquick: {g: [1/3], n: [3], t: [0.7, 2]}", .certified,
      "at 2 points by vector, the closed form proved in form.sector"
    ),
    (
      """
      statement: E = sin(g*sqrt(n + 1)*t)^2
      quantity: pair.up
      routes: [form.sector-beside]
      quick: {g: [1/3], n: [3], t: [0.7, 2]}
      """, .undecided, "the claim form.sector-beside is not seen to speak of the model's state"
    ),
    // Where nothing moves a^3 - a'^3 is no obstacle, and else there is no flow to speak of.
    ("statement: E = 0\nquantity: cubic.quanta\nabsolute: 1e-20\nquick: {g: [0], t: [2]}", .certified, "form.cubic"),
  ]

  @Test(arguments: cases.indices) func `a closed form is a route once it is proved`(_ index: Int) throws {
    let (body, verdict, routes) = Self.cases[index]
    let found = try Self.outcome(body)
    #expect(found.verdict == verdict, "\(body)\n\(found.evidence.summary)")
    // The second route of models is another matter.
    let summary = found.evidence.summary.replacing(", whole", with: "")
    #expect(summary.contains(routes), "\(found.evidence.summary)")
    if verdict == .certified { #expect(summary.hasSuffix(routes), "\(found.evidence.summary)") }
  }

  @Test func `the claims with closed forms have their verdicts`() throws {
    for claim in try Self.claims(Self.cases[0].body) {
      let found = try claim.check(in: CheckContext(full: false))
      #expect(found.verdict == claim.expected, "\(claim.id): \(found.evidence.summary)")
    }
  }

  private static let refusals: [(body: String, message: String)] = [
    (
      "statement: E = 1\nquantity: exchange.energy\nroutes: [form.none]\n\(exchange)[0]}",
      "routes: unknown route 'form.none' of exchange.energy; accepted: vector, whole, form.right, form.wrong, form.elsewhere"
    ),
    (
      "statement: E = 1\nquantity: exchange.energy\nroutes: [none]\n\(exchange)[0]}",
      "routes: unknown route 'none' of exchange.energy; accepted: vector, whole, form.right, form.wrong, form.elsewhere"
    ),
    (
      "statement: E = 1\nquantity: exchange.square\nroutes: [form.right]\n\(exchange)[0]}",
      "routes: unknown route 'form.right' of exchange.square; accepted: vector"
    ),
    (
      "statement: E = 1\nquantity: pair.up\nroutes: [form.right]\nquick: {g: [1/3], n: [3], t: [0.7]}",
      "routes: unknown route 'form.right' of pair.up; accepted: vector, whole, form.sector, form.sector-beside"
    ),
    (
      "statement: E = 1\nquantity: exchange.energy\nroutes: [form.right, form.right]\n\(exchange)[0]}",
      "routes: 'form.right' is listed twice; accepted: each route once"
    ),
  ]

  @Test(arguments: refusals.indices) func `an id without a closed form of the quantity is refused`(_ index: Int) {
    let (body, message) = Self.refusals[index]
    let line = Self.models.split(separator: "\n", omittingEmptySubsequences: false).count + 2
    do {
      _ = try Self.claims(body)
      Issue.record("accepted: \(body)")
    } catch {
      #expect("\(error)".contains(": \(message)") && "\(error)".contains("f line \(line)"), "\(error)")
    }
  }
}
