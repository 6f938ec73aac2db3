import Foundation
import JSON
import TestSupport
import Testing

@Suite struct FormulaRefusalTests {
  private static let outOfRange = "accepted: magnitudes from 2^-65536 to 2^65536, and 0"
  private static let shortExponent = "accepted: integers of at most 6 digits"
  private static let primary = "accepted here: a number, a name, a function or '('"
  private static let domain = "accepted: real numbers, tau >= 0"
  private static let names = "accepted: numbers, pi, sqrt(...) and + - * / ^ ( )"

  private static let formulas = [
    ("", "column 1: unexpected end; \(primary)"),
    ("1+", "column 3: unexpected end; \(primary)"),
    ("(1+2", "column 5: unexpected end; accepted here: an operator or ')'"),
    ("1+2)", "column 4: unexpected ')'; accepted here: an operator or the end"),
    ("1 2", "column 3: unexpected number; accepted here: an operator or the end"),
    ("1=1", "column 2: unexpected '='; accepted here: an operator or the end"),
    ("abc", "column 1: unknown name 'abc'; \(names)"),
    ("nan", "column 1: unknown name 'nan'; \(names)"),
    ("inf", "column 1: unknown name 'inf'; \(names)"),
    ("1/0", "column 2: division by zero; \(domain)"),
    ("1/(sqrt(2)*sqrt(8)-4)", "column 2: division by zero; \(domain)"),
    ("sqrt(-1)", "column 1: square root of a negative number; \(domain)"),
    ("sqrt(3-pi)", "column 1: square root of a negative number; \(domain)"),
    ("1.e5", "column 3: digits must follow the decimal point; \(domain)"),
    ("1e", "column 3: digits must follow the exponent's e; \(domain)"),
    ("1é", "column 2: unexpected 'é'; accepted: numbers, names and + - * / ^ ( )"),
    ("sin(1)", "column 1: the function 'sin' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"),
    ("2^0.5", "column 3: the exponent is not an integer; \(shortExponent)"),
    ("2^1000000", "column 3: the exponent has more than 6 digits; \(shortExponent)"),
    ("10^(10^12)", "column 4: the exponent has more than 6 digits; \(shortExponent)"),
    ("2^10^13", "column 3: the exponent has more than 6 digits; \(shortExponent)"),
    ("2^100000", "column 2: the value is out of range; \(outOfRange)"),
    ("2^-100000", "column 2: the value is out of range; \(outOfRange)"),
    ("2^65536*2", "column 8: the value is out of range; \(outOfRange)"),
    ("1e1000000000000", "column 1: the number is out of range; \(outOfRange)"),
    ("1e-1000000000000", "column 1: the number is out of range; \(outOfRange)"),
    ("1e99999999999999999999999", "column 1: the number is out of range; \(outOfRange)"),
  ]

  @Test(arguments: formulas)
  func `a formula that is no constant is refused at its column`(_ formula: String, _ fault: String) throws {
    try expectRefused(
      ["evaluate", "harmonic.stored-energy", "N=1", "tau=\(formula)"],
      "parameter tau: '\(formula)': \(fault)")
  }

  @Test func `a function that a constant cannot have is not offered`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "tau=foo(1)"])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.error == "qbo: parameter tau: 'foo(1)': column 1: unknown function 'foo'; accepted: sqrt\n")
    #expect(!run.error.contains("sin"))
  }

  private static func nested(_ levels: Int) -> String {
    String(repeating: "(", count: levels) + "1" + String(repeating: ")", count: levels)
  }

  @Test(arguments: [201, 40_000])
  func `deep nesting is refused without a crash`(_ levels: Int) throws {
    let formula = Self.nested(levels)
    try expectRefused(
      ["evaluate", "harmonic.stored-energy", "N=1", "tau=\(formula)"],
      "parameter tau: '\(formula.prefix(57))...': column 201: the formula is nested too deeply; "
        + "accepted: 200 levels of parentheses")
  }

  @Test func `as many levels as the refusal promises are accepted`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "tau=\(Self.nested(200))"])
    #expect(run.error == "")
    #expect(run.status == 0)
  }

  // Longer than what a system accepts as one argument, so in a batch.
  @Test(arguments: [
    String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000),
    String(repeating: "1", count: 200_000), String(repeating: "-", count: 200_000) + "1",
  ])
  func `a long formula is refused with a short message`(_ formula: String) throws {
    let request = JSONValue.members([
      "id": .integer(1), "quantity": .string("harmonic.stored-energy"),
      "parameters": .members(["N": .integer(1), "tau": .string(formula)]),
    ])
    let run = try Program.run(["evaluate", "--batch"], input: "\(request)\n")
    #expect(run.status == 2)
    let message = "the formula has \(formula.utf8.count) bytes; accepted: at most 100000"
    #expect(
      try run.json()
        == .members([
          "id": .integer(1), "line": .integer(1),
          "error": .string(
            "parameter tau: '\(formula.prefix(57))...': column 100001: \(message)"),
        ]))
  }
}
