import Catalogue
import Systems
import Claims
import Testing

/// Claims made wrong on purpose, in ways that a careless check would let through.
@Suite struct VerdictTests {
  private func outcome(_ lines: String...) throws -> Outcome {
    let text =
      "source: test\nclaims:\n  - id: test\n    expect: certified\n    reason: test\n"
      + lines.map { "    \($0)\n" }.joined()
    let claim = try ClaimFile(parsing: text, name: "test", catalogue: .builtIn).claims[0]
    return try claim.check(in: CheckContext(full: false))
  }

  private func value(_ statement: String, digits: Int = 20, grid: String = "{N: [1, 2, 5], tau: [0.3, 1]}") throws
    -> Outcome
  {
    try outcome(
      "statement: \(statement)", "kind: value", "quantity: harmonic.stored-energy", "digits: \(digits)",
      "quick: \(grid)")
  }

  @Test(arguments: [
    "E = N*w0*sin(g*N*tau)^2", "E = N*w0*cos(g*sqrt(N)*tau)^2", "E = N*w0*sin(g*sqrt(N)*tau)^2 + 10^-60",
    "E = N*w0*sin(g*sqrt(N)*tau)^2*(1 + 1e-100)", "E = N*w0*sin(g*sqrt(N)*tau + pi/10^50)^2", "E = 0",
  ])
  func `a wrong formula is refuted with a counterexample`(_ statement: String) throws {
    // Ten digits more than the slip is small: agreement to fewer digits would be a true statement.
    let result = try value(statement, digits: 120)
    #expect(result.verdict == .refuted)
    #expect(result.evidence.summary.hasPrefix("counterexample N="))
    #expect(result.isSurprise)
  }

  /// At the first precision neither side of this is known at all: that they meet says nothing.
  @Test func `enclosures that meet because they are wide do not certify`() throws {
    #expect(
      try value("E = N*w0*sin(g*sqrt(N)*tau)^2 + 1/10", digits: 5, grid: "{N: [1], tau: [1e30]}").verdict == .refuted)
    #expect(try value("E = N*w0*sin(g*sqrt(N)*tau)^2", digits: 5, grid: "{N: [1], tau: [1e30]}").verdict == .certified)
  }

  @Test func `a formula wrong at one point of the grid only is refuted there`() throws {
    // sin^2(sqrt(N) tau) and tau^2 differ everywhere but at tau = 0, where both vanish.
    #expect(try value("E = tau^2", grid: "{N: [1], tau: [0]}").verdict == .certified)
    let result = try value("E = tau^2", grid: "{N: [1], tau: [0, 1/10^9]}")
    #expect(result.verdict == .refuted)
    #expect(result.evidence.summary.contains("tau=1/10^9"))
  }

  /// Set-based functions leave out what is undefined, so each of these has an enclosure that agrees with the true energy.
  @Test(arguments: [
    "+ 0*tan(pi/2)", "+ 0/sin(pi)", "+ 0*log(sin(pi))", "+ sqrt(sin(pi)^3)", "+ 0*(sin(pi))^-1",
  ])
  func `a formula without a value is not certified`(_ addition: String) throws {
    let statement = "N*w0*sin(g*sqrt(N)*tau)^2 \(addition)"
    #expect(try value("E = \(statement)", digits: 6, grid: "{N: [2], tau: [0.3]}").verdict == .undecided)
    let bound = try outcome(
      "statement: E <= 1 + \(statement)", "kind: bound", "quantity: harmonic.stored-energy", "digits: 6",
      "quick: {N: [2], tau: [0.3]}")
    #expect(bound.verdict == .undecided)
  }

  @Test func `a formula that is certainly without a value is refused`() {
    #expect(throws: BadInput.self) { try value("E = 0/0", grid: "{N: [2], tau: [0.3]}") }
    #expect(throws: BadInput.self) { try value("E = log(-N)", grid: "{N: [2], tau: [0.3]}") }
    // Few bits leave a part of the argument above zero; more bits show that there is none.
    #expect(throws: BadInput.self) { try value("E = sqrt(sin(pi) - 10^-300)", digits: 6, grid: "{N: [2], tau: [0.3]}") }
  }

  @Test func `a condition without a value does not refute`() throws {
    let result = try outcome(
      "statement: Y = 0.7246113537767084757389904535", "kind: constant", "maximise: sin(x)^2/x", "variable: x",
      "stationary: 0/0 = x", "digits: 28")
    #expect(result.verdict == .undecided)
  }

  @Test func `a kernel that refuses a point fails the run and not the claim`() throws {
    let result = try outcome(
      "statement: E = N*w0*sin(g*sqrt(N)*tau)^2", "kind: value", "quantity: harmonic.stored-energy", "digits: 10",
      "kernel: harmonic.stored-energy", "ulps: 8", "quick: {N: [1], tau: [1e15]}")
    #expect(result.verdict == .certified)
    #expect(result.isSurprise)
    #expect(
      result.kernelFailure
        == "at N=1 w0=1 g=1 tau=1e15 the kernel refuses: g sqrt(N) tau is outside the kernel's domain; accepted: up to 2^44"
    )
  }

  @Test func `a true formula in another form is certified`() throws {
    let result = try value("E = N*w0*tan(g*sqrt(N)*tau)^2/(1 + tan(g*sqrt(N)*tau)^2)")
    #expect(result.verdict == .certified)
    #expect(result.by == [.enclosure, .argument])
  }

  @Test func `an equality cannot certify a strict bound, nor refute a weak one`() throws {
    func bound(_ statement: String) throws -> Verdict {
      try outcome(
        "statement: \(statement)", "kind: bound", "quantity: harmonic.ratio", "digits: 20", "quick: {N: [2]}"
      ).verdict
    }
    #expect(try bound("R < 1") == .undecided)
    #expect(try bound("R <= 1") == .undecided)
    #expect(try bound("R < 1 + 1e-300") == .certified)
    #expect(try bound("R > 1 + 1e-300") == .refuted)
  }

  @Test(arguments: [
    ("Y = 0.7246113537767084757389904535", Verdict.certified), ("Y = 0.72461135377670847573", .refuted),
    ("Y = 0.7246113537767084757389904536", .refuted), ("Y = 0.73", .refuted),
  ])
  func `a printed constant must be right to its digits`(_ statement: String, _ verdict: Verdict) throws {
    let result = try outcome(
      "statement: \(statement)", "kind: constant", "maximise: sin(x)^2/x", "variable: x", "digits: 28")
    #expect(result.verdict == verdict)
  }

  @Test func `a wrong stationarity condition is refuted`() throws {
    let result = try outcome(
      "statement: Y = 0.7246113537767084757389904535", "kind: constant", "maximise: sin(x)^2/x", "variable: x",
      "stationary: tan(x) = 2*x + 1/10^20", "digits: 28")
    #expect(result.verdict == .refuted)
    #expect(result.evidence.summary.hasPrefix("the stationarity condition fails"))
  }

  @Test func `a numerator that does not vanish at 0 is not maximised`() throws {
    let result = try outcome(
      "statement: Y = 1", "kind: constant", "maximise: cos(x)/x", "variable: x", "digits: 5")
    #expect(result.verdict == .undecided)
    #expect(result.evidence.summary == "the numerator is not known to vanish at 0")
  }

  @Test(arguments: [
    ("[0.78, 0.79]", "1/2", Verdict.certified), ("[0.1, 0.2]", "1/2", .undecided), ("[0.78, 0.79]", "1", .undecided),
    ("[0.1, 0.2]", "tau*w0/10", .certified),
  ])
  func `a threshold is passed where the signs are opposite`(_ between: String, _ formula: String, _ verdict: Verdict)
    throws
  {
    let result = try outcome(
      "statement: E = \(formula)", "kind: threshold", "quantity: harmonic.stored-energy", "parameter: tau",
      "between: \(between)", "for: {N: [1], g: [1]}")
    #expect(result.verdict == verdict)
    if verdict == .undecided {
      #expect(result.evidence.summary.hasSuffix("the formula at both ends, which shows nothing"))
    }
  }

  /// A formula that jumps or has a pole between the ends changes its side without being crossed.
  @Test(arguments: ["1/(tau - 1)", "3*sqrt((tau - 1)^2)/(tau - 1)", "tan(tau*157/100)"])
  func `a threshold needs a formula without gaps`(_ formula: String) throws {
    let result = try outcome(
      "statement: E = \(formula)", "kind: threshold", "quantity: harmonic.stored-energy", "parameter: tau",
      "between: [0.99, 1.01]", "for: {N: [1], g: [1/100]}")
    #expect(result.verdict == .undecided)
    #expect(result.evidence.summary == "the formula is not known to have a value everywhere between")
  }

  /// Where a quantity jumps, opposite sides show no value between.
  @Test(arguments: [
    ("quasi.atom", "q", "family: [flip], N: [1], a: [0.3], b: [0.5], w: [1/2]", "a, b, or "),
    ("quasi.atom", "w", "family: [flip], N: [1], a: [0.3], b: [0.5], q: [1/2]", "a, b, or "),
    ("quasi.negativity", "q", "family: [flip], N: [1], a: [0.3], b: [0.5]", "a, b, or "),
    ("quasi.negative-atoms", "b", "family: [flip], N: [1], a: [0.3], q: [0]", ""),
    ("dicke.optimal-time", "g", "N: [1]", ""), ("capacity.peak-deficit", "J1", "wb: [1], wc: [2]", ""),
    ("star.strong-settling-time", "gamma", "g: [1]", ""),
  ])
  func `a threshold is refused where the quantity may jump`(
    _ quantity: String, _ parameter: String, _ rest: String, _ others: String
  ) throws {
    func check(_ more: String) throws -> Outcome {
      try outcome(
        "statement: p = 1/10", "kind: threshold", "quantity: \(quantity)", "parameter: \(parameter)",
        "between: [1/4, 1/2]", "for: {\(rest)}\(more)")
    }
    #expect(
      throws: BadInput(
        "test line 9: parameter: \(quantity) is not known to be continuous in '\(parameter)', and may jump over the formula; accepted: \(others)'jumps: allowed'"
      )
    ) { try check("") }
  }

  @Test func `sides are certified where jumps are allowed`() throws {
    // The atom at 1/2 is there at q = 1/2 alone.
    let result = try outcome(
      "statement: p = 1/10", "kind: threshold", "quantity: quasi.atom", "parameter: q", "between: [1/4, 1/2]",
      "jumps: allowed", "for: {family: [flip], N: [1], a: [0.3], b: [0.5], w: [1/2]}")
    #expect(result.verdict == .certified)
    #expect(
      result.evidence.summary == "is on opposite sides of the formula at q = 1/4 and 1/2, and may jump between")
  }

  @Test(arguments: [("alpha = 1/2", Verdict.certified), ("alpha = 0.5001", .refuted), ("alpha = 1", .refuted)])
  func `local exponents must be within the tolerance`(_ statement: String, _ verdict: Verdict) throws {
    let result = try outcome(
      "statement: \(statement)", "kind: exponent", "quantity: harmonic.advantage", "parameter: N", "ladder: [1, 2, 4]",
      "tolerance: 1e-9")
    #expect(result.verdict == verdict)
  }
}
