import Catalogue
import Systems
import Claims
import TestSupport
import Testing

/// A value is right or wrong by the stated tolerance alone, whatever the precision of the enclosures.
@Suite struct ToleranceTests {
  private func outcome(_ lines: String...) throws -> Outcome {
    let text =
      "source: test\nclaims:\n  - id: test\n    expect: certified\n    reason: test\n"
      + lines.map { "    \($0)\n" }.joined()
    return try ClaimFile(parsing: text, name: "test", catalogue: .builtIn).claims[0].check(
      in: CheckContext(full: false))
  }

  /// The advantage of two cells is sqrt(2).
  private func advantage(_ formula: String, _ digits: Int) throws -> Verdict {
    try outcome(
      "statement: G = \(formula)", "kind: value", "quantity: harmonic.advantage", "quick: {N: [2]}",
      "digits: \(digits)"
    ).verdict
  }

  /// sqrt(2) = 1.41421356237309...: 1.41421356 is off by 2.37e-9, of 1.41e-8 and 1.41e-9 that 8 and 9 digits allow.
  @Test(arguments: [
    ("1.41421356", 8, Verdict.certified), ("1.41421356", 9, .refuted), ("sqrt(2)*(1 + 1e-15)", 10, .certified),
    ("sqrt(2)*(1 + 1e-20)", 10, .certified), ("sqrt(2)*(1 + 1e-15)", 14, .certified),
    ("sqrt(2)*(1 + 1e-15)", 16, .refuted), ("sqrt(2)*(1 + 1e-9)", 9, .certified),
    ("sqrt(2)*(1 + 1.0001e-9)", 9, .refuted), ("sqrt(2)*(1 + 1.0000000005e-9)", 9, .certified),
    ("sqrt(2)*(1 - 1.0001e-9)", 9, .refuted), ("sqrt(2)*(1 + 1e-700)", 600, .certified), ("1.5", 1, .certified),
  ])
  func `a relative slip counts against the digits`(_ formula: String, _ digits: Int, _ verdict: Verdict) throws {
    // |f (1 + s) - f| <= 10^-d f (1 + s) means s <= 10^-d/(1 - 10^-d): at 9 digits 1.000000001e-9.
    #expect(try advantage(formula, digits) == verdict)
  }

  /// Random slips on both sides of random tolerances: the verdict is that of exact arithmetic on exponents, s = c 10^-e against 10^-d.
  @Test func `random slips are judged by their size`() throws {
    try RandomCases.run(40) { random, label in
      let (digits, shift) = (1 + Int(random.next() % 60), Int(random.next() % 80))
      let leading = 2 + Int(random.next() % 7)
      let sign = random.next() % 2 == 0 ? "+" : "-"
      // 2 ... 8 times 10^-e differs from 10^-d by a factor of at least 1.25, more than 1/(1 - 10^-d) <= 10/9 can make up for.
      let exponent = digits + shift - 40
      guard exponent >= 1 else { return }
      let expected: Verdict = exponent > digits ? .certified : .refuted
      let verdict = try advantage("sqrt(2)*(1 \(sign) \(leading)e-\(exponent))", digits)
      #expect(verdict == expected, "\(label): \(sign)\(leading)e-\(exponent) at \(digits) digits")
    }
  }

  /// Y = 0.72461135377670847573899045...
  @Test(arguments: [
    ("0.7246", Verdict.certified), ("0.7247", .refuted), ("0.72461", .certified), ("0.724611", .certified),
    ("0.724612", .refuted), ("0.72460", .refuted), ("0.7", .certified), ("7.246e-1", .certified), ("1", .certified),
    ("0", .refuted), ("-0.7246", .refuted), ("0.724611353776708475738990", .certified), (".72", .certified),
    ("72461135e-8", .certified), ("+0.72", .certified), ("0.00e1", .refuted), ("0e1", .certified),
  ])
  func `a printed decimal claims the digits that it shows`(_ text: String, _ verdict: Verdict) throws {
    let result = try outcome("kind: value", "quantity: harmonic.power-constant", "printed: \(text)")
    #expect(result.verdict == verdict)
    #expect(result.claim.statementText == "harmonic.power-constant = \(text)")
    if verdict == .certified {
      #expect(result.evidence.summary == "rounds to \(text) at 1 point by definition")
      #expect(result.evidence.details.contains { $0.name == "printed" && $0.text == text })
    } else {
      #expect(result.evidence.summary.hasPrefix("counterexample: the quantity is in [0.7246113"))
      #expect(result.evidence.summary.hasSuffix("which does not round to \(text)"))
    }
  }

  @Test(arguments: [
    "1/2", "0.5.", "5.", "0.5e", "pi", "1e99999", "0.72(3)", "--1", "1 2", "0x1", "1_0", "", "e5", ".", "\u{0663}",
    "0e9999999",
    "1e5.0", "nan", "inf",
  ])
  func `other texts are no printed decimals`(_ text: String) throws {
    #expect(
      throws: BadInput(
        "test line 7: printed: '\(text)' is refused; accepted: a decimal as printed, such as 0.7246, -12 or 3.80e34")
    ) { try outcome("kind: value", "printed: \"\(text)\"", "quantity: harmonic.power-constant") }
  }

  @Test func `a statement beside a printed decimal must say the same`() throws {
    let lines = ["kind: value", "quantity: harmonic.power-constant", "printed: 0.7246"]
    #expect(try outcome("statement: Y = 0.7246", lines[0], lines[1], lines[2]).verdict == .certified)
    #expect(try outcome("statement: Y = 0.72460", lines[0], lines[1], lines[2]).verdict == .certified)
    #expect(try outcome("statement: Y", lines[0], lines[1], lines[2]).claim.statementText == "Y = 0.7246")
    #expect(
      throws: BadInput("test line 6: statement: is not the printed 0.7246; accepted: NAME = 0.7246, or no statement")
    ) {
      try outcome("statement: Y = 0.7247", lines[0], lines[1], lines[2])
    }
  }

  /// p(-W) = -sin a sin b cos(a + b) = -1e-20 (1 - ...) at a = b = 1e-10.
  @Test(arguments: [
    ("0", "digits: 10", Verdict.refuted), ("0", "digits: 1", .refuted), ("0", "absolute: 1e-19", .certified),
    ("0", "absolute: 1e-20", .certified), ("0", "absolute: 9e-21", .refuted), ("-1e-20", "digits: 10", .certified),
    ("-2e-20", "digits: 1", .refuted), ("0*N", "absolute: 1e-19", .certified),
    ("sin(pi)", "absolute: 1e-19", .certified),
  ])
  func `a zero is claimed with an absolute tolerance`(_ formula: String, _ tolerance: String, _ verdict: Verdict) throws
  {
    let result = try outcome(
      "statement: p = \(formula)", "kind: value", "quantity: quasi.atom", tolerance,
      "quick: {family: [flip], N: [1], q: [0], a: [1e-10], b: [1e-10], w: [-1]}")
    #expect(result.verdict == verdict)
  }

  @Test func `a zero that is proved needs no tolerance, one that is not does`() throws {
    func energy(_ formula: String, _ tau: String, _ more: String) throws -> Outcome {
      try outcome(
        "statement: E = \(formula)", "kind: value", "quantity: harmonic.stored-energy", more,
        "quick: {N: [1], tau: [\(tau)]}")
    }
    #expect(try energy("0", "0", "digits: 10").verdict == .certified)
    let open = try energy("sin(tau)^2", "pi", "digits: 10")
    #expect(open.verdict == .undecided)
    #expect(open.evidence.summary.hasSuffix("; the formula may be zero, which needs 'absolute'"))
    let tolerated = try energy("sin(tau)^2", "pi, 1", "digits: 10\n    absolute: 1e-50")
    #expect(tolerated.verdict == .certified)
    #expect(tolerated.evidence.summary == "holds to 10 digits or within 1e-50 at 2 points by heisenberg")
    // The other points are as sharp as ever.
    #expect(try energy("sin(tau)^2*(1 + 1e-5)", "pi, 1", "digits: 10\n    absolute: 1e-50").verdict == .refuted)
  }

  @Test(arguments: [("4", Verdict.certified), ("5", .refuted)])
  func `a condition of a constant is held to the digits`(_ digits: String, _ verdict: Verdict) throws {
    // tan x = 2x at the maximiser 1.1655..., so the right side is off by 1e-5 of 2.33.
    let result = try outcome(
      "statement: Y = 0.72461135", "kind: constant", "maximise: sin(x)^2/x", "variable: x",
      "stationary: tan(x) = 2*x + 1e-4", "digits: \(digits)", "quantity: harmonic.power-constant")
    #expect(result.verdict == verdict)
  }

  @Test func `a condition that vanishes needs an absolute tolerance`() throws {
    func constant(_ more: String...) throws -> Verdict {
      let text =
        "source: test\nclaims:\n  - id: test\n    expect: certified\n    reason: test\n    statement: Y = 0.72461135377670847573899\n"
        + "    kind: constant\n    maximise: sin(x)^2/x\n    variable: x\n    stationary: tan(x) - 2*x = 0\n    digits: 20\n"
        + more.map { "    \($0)\n" }.joined()
      return try ClaimFile(parsing: text, name: "test", catalogue: .builtIn).claims[0].check(
        in: CheckContext(full: false)
      ).verdict
    }
    #expect(try constant("absolute: 1e-20") == .certified)
    #expect(try constant() == .undecided)
  }
}
