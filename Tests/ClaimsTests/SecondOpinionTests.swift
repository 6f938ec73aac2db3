import ArbitraryPrecision
import Catalogue
import Claims
import Expressions
import Testing

/// Routes that claims run beside the first one: what they confirm, where they do not reach, and what a contradiction
/// makes of a claim.
@Suite struct SecondOpinionTests {
  private static let length = ParameterKey<Constant>("x")

  /// A length with a tape that ends at 10 and is wrong at 3.
  private static let system = BatterySystem(
    "toy",
    quantities: [
      Quantity(
        "toy.length", [Parameter(length, .positive)], unit: "m", meaning: "a length x",
        source: Source(Source.Reference("a workshop")),
        routes: [
          Route("ruler", method: "read off") { arguments, precision, _ in arguments.enclosure(length, precision) },
          Route(
            "tape", method: "read off", limits: [.real(length, to: "10", because: "the tape ends")], isCheck: true
          ) { arguments, precision, _ in
            let x = arguments.enclosure(length, precision)
            return x.contains(3) ? x + Interval(Rational(1, 1_000_000), precision: precision) : x
          },
        ])
    ])

  private func outcome(_ statement: String, _ points: String, more: String = "") throws -> Outcome {
    let text = """
      source: test
      claims:
        - {id: toy, kind: value, statement: \(statement), quantity: toy.length, digits: 20\(more),
           quick: {x: [\(points)]}, expect: certified, reason: test}
      """
    let file = try ClaimFile(parsing: text, name: "f", catalogue: try Catalogue([]).adding(Self.system))
    return try #require(file.claims.first).check(in: CheckContext(full: false))
  }

  @Test(arguments: [
    ("L = x", "1, 2", Verdict.certified, "at 2 points by ruler, tape"),
    ("L = x", "1, 20", .certified, "by ruler; tape at 1 of them, else this route is limited to x <= 10: the tape ends"),
    ("L = x", "20", .certified, "by ruler; tape not run: this route is limited to x <= 10: the tape ends"),
    ("L = x", "1, 3", .undecided, "at x=3 two routes disagree, so that one of them is wrong: ruler in"),
    ("L = 2*x", "1", .refuted, "counterexample x=1"),
    ("L = 2*x", "3", .undecided, "at x=3 two routes disagree"),
  ])
  func `a second route confirms, does not reach or contradicts`(
    _ statement: String, _ points: String, _ verdict: Verdict, _ evidence: String
  ) throws {
    let outcome = try outcome(statement, points)
    #expect(outcome.verdict == verdict, "\(outcome.evidence.summary)")
    #expect(outcome.evidence.summary.contains(evidence), "\(outcome.evidence.summary)")
  }

  @Test func `routes that are named are run and no others`() throws {
    #expect(try outcome("L = x", "3", more: ", routes: [ruler]").verdict == .certified)
    #expect(try outcome("L = x", "20", more: ", routes: [ruler, tape]").verdict == .undecided)
  }
}
