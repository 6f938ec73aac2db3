import Catalogue
import Claims
import Reporting
import Systems
import Testing

/// A kind of claim that stands in a test target: a type here, and one line that adds it to the list of kinds.
private struct DivisionClaim: ClaimKind {
  static let name = "division"
  static let keys = ["statement", "number", "by"]
  static let verdicts: [Verdict] = [.proved, .refuted]

  let statementText: String
  private let number: Int
  private let divisor: Int

  init(reading claim: inout ClaimReader) throws(BadInput) {
    statementText = try claim.keys.requiredText("statement")
    guard let number = try claim.keys.integer("number", 0...1_000_000) else { throw claim.keys.missing("number") }
    guard let divisor = try claim.keys.integer("by", 1...1000) else { throw claim.keys.missing("by") }
    (self.number, self.divisor) = (number, divisor)
  }

  func check(in context: CheckContext) -> Finding {
    let rest = number % divisor
    return Finding(
      verdict: rest == 0 ? .proved : .refuted, by: [.argument],
      evidence: Evidence("\(number) = \(number / divisor)*\(divisor) + \(rest)", ["remainder": "\(rest)"]))
  }
}

private let kinds = ClaimKinds.builtIn.adding(DivisionClaim.self)

/// A kind that is no part of the suite is read, checked and reported as those that are.
@Suite struct ToyKindTests {
  private static let file = """
    source: arithmetic
    defaults: {by: 7, digits: 20}
    claims:
      - kind: division
        reason: by long division
        statements:
          - {id: toy.sevens, statement: 7 divides 91, number: 91, expect: proved}
          - {id: toy.sixes, statement: 6 divides 91, number: 91, by: 6, expect: refuted}
      - id: toy.energy
        statement: E = N*w0*sin(g*sqrt(N)*tau)^2
        kind: value
        quantity: harmonic.stored-energy
        quick: {N: [2], tau: [0.3]}
        expect: certified
        reason: a claim of the suite beside them
    """

  private func claims(_ text: String, _ kinds: ClaimKinds) throws -> [Claim] {
    try ClaimFile(parsing: text, name: "f", catalogue: .builtIn, kinds: kinds).claims
  }

  @Test func `a kind of one's own is read, checked and reported`() throws {
    let outcomes = try claims(Self.file, kinds).map { try $0.check(in: CheckContext(full: false)) }
    #expect(outcomes.map(\.claim.kindName) == ["division", "division", "value"])
    #expect(outcomes.map(\.verdict) == [.proved, .refuted, .certified])
    let report = VerifyReport(outcomes: outcomes, seconds: 0)
    #expect(report.surprises.isEmpty)
    #expect(report.text.contains("91 = 15*6 + 1"))
    #expect("\(report.json)".contains("\"statement\": \"6 divides 91\""), "\(report.json)")
    #expect(CoqFile.all(outcomes.map(\.claim)).allSatisfy { !$0.text.contains("toy") })
  }

  @Test(arguments: [
    (
      "number: 91, by: 6", "number: many, by: 6",
      "f line 8: number: 'many' is refused; accepted: integers from 0 to 1000000"
    ),
    (
      "number: 91, by: 6", "numbers: 91, by: 6",
      "f line 8: unknown key 'numbers'; accepted here: id, equation, title, statement, kind, number, by, cost, expect, reason"
    ),
    (
      "expect: refuted", "expect: certified",
      "f line 8: expect: a claim of the kind 'division' cannot be certified; accepted: proved, refuted"
    ),
    (
      "by: 7, ", "by: 0, ",
      "f line 2: by: '0' is refused; accepted: integers from 1 to 1000 (in the claim 'toy.sevens')"
    ),
  ])
  func `its refusals name the line`(_ part: String, _ replacement: String, _ message: String) throws {
    #expect(throws: BadInput(message)) { try claims(Self.file.replacing(part, with: replacement), kinds) }
  }

  @Test func `without its line in the list it is unknown`() throws {
    #expect(throws: BadInput("f line 2: unknown key 'by'; accepted here: \(Self.keysOfTheSuite)")) {
      try claims(Self.file, .builtIn)
    }
    let alone = """
      source: arithmetic
      claims:
        - {id: toy, statement: s, kind: division, expect: proved, reason: r}
      """
    let names = ClaimKinds.builtIn.names.joined(separator: ", ")
    #expect(throws: BadInput("f line 3: kind: unknown kind 'division'; accepted: \(names)")) {
      try claims(alone, .builtIn)
    }
  }

  /// The keys that a default may be of, without that of the toy kind.
  private static let keysOfTheSuite = {
    let own = ClaimKinds.builtIn.all.flatMap { $0.keys }.filter { $0 != "statement" }
    return (["equation", "title", "kind"] + own + ["cost", "expect", "reason"]).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }.joined(separator: ", ")
  }()
}
