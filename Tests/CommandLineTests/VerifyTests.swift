import JSON
import TestSupport
import Testing

@Suite struct VerifyTests {
  private static let cheap = ["harmonic.gamma", "harmonic.ratio", "harmonic.power-constant", "harmonic.classical"]

  @Test func `text has a row for each claim, then the counts`() throws {
    let run = try Program.run(["verify"] + Self.cheap)
    #expect(run.status == 0)
    #expect(run.error == "")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.wholeMatch(of: /claim +verdict +by +shown +seconds/) != nil)
    for id in ["harmonic.classical", "harmonic.power-constant", "harmonic.gamma", "harmonic.ratio"] {
      #expect(lines.contains { $0.starts(with: "\(id) ") && $0.contains(" certified ") })
    }
    #expect(
      lines.last?.wholeMatch(of: /\d+ claims: \d+ proved, 5 certified; all as expected; \d+\.\d\d seconds/) != nil)
  }

  @Test func `JSON has the keys of the contract in order`() throws {
    let run = try Program.run(["verify", "harmonic.gamma", "--format", "json"])
    #expect(run.status == 0)
    #expect(run.error == "")
    let answer = try run.json()
    #expect(answer.keys == ["claims", "summary"])
    let claims = try #require(answer["claims"]).elements
    for claim in claims {
      #expect(
        claim.keys == [
          "id", "source", "equation", "statement", "verdict", "by", "expected", "reason", "evidence", "seconds",
        ])
      #expect(claim["evidence"]?.keys.first == "summary")
      #expect(claim["verdict"] == claim["expected"])
    }
    #expect(claims.first?["statement"] == .string("Gamma = sqrt(N)"))
    #expect(claims.first?["equation"] == .string("(11), (15)"))
    let summary = try #require(answer["summary"])
    #expect(
      summary.keys == [
        "claims", "surprises", "seconds", "proved", "certified", "refuted", "misprinted", "undecided",
      ])
    #expect(summary["claims"] == .integer(claims.count))
    #expect(summary["surprises"] == .integer(0))
    #expect(summary["certified"] == .integer(claims.count))
    #expect(summary["refuted"] == .integer(0))
  }

  @Test(arguments: [
    (["harmonic.gamma"], ["harmonic.gamma", "harmonic.gamma-exponent"]),
    (["harmonic.ratio", "harmonic.power"], ["harmonic.power-constant", "harmonic.ratio"]),
    (["harmonic.ratio", "harmonic.rat"], ["harmonic.ratio"]),
  ])
  func `prefixes select claims once and in their order`(_ prefixes: [String], _ ids: [String]) throws {
    let answer = try Program.run(["verify", "--format", "json"] + prefixes).json()
    #expect(answer["claims"]?.elements.compactMap { $0["id"]?.text } == ids)
  }

  @Test(arguments: ["nothing", "gamma", "harmonic.gammas"])
  func `a prefix that matches nothing is refused`(_ prefix: String) throws {
    let run = try Program.run(["verify", "harmonic.ratio", prefix])
    #expect(run.status == 2)
    #expect(run.output == "")
    let message = "qbo: no claim has an id that starts with '\(prefix)'; accepted: prefixes of harmonic."
    #expect(run.error.hasPrefix(message))
    #expect(run.error.count { $0 == "\n" } == 1)
  }

  @Test func `the claims of a file replace the built-in ones`() throws {
    try withFile(named: "claims.yaml", ClaimFileFixture.valid) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.status == 0)
      #expect(run.output.contains("test.gamma"))
      #expect(run.output.contains("\n1 claim: 1 certified; all as expected; "))
      try expectRefused(
        ["verify", "--claims", path, "harmonic"],
        "no claim has an id that starts with 'harmonic'; accepted: prefixes of test.")
    }
  }

  @Test func `an altered formula is refuted by a counterexample and named as a surprise`() throws {
    let altered = try ClaimFileFixture.replacing("sqrt(N)", with: "sqrt(N) + (N-1)*(N-2)/10^12")
    try withFile(named: "claims.yaml", altered) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.status == 1)
      #expect(run.error == "")
      let surprise = try #require(run.output.split(separator: "\n").last)
      #expect(surprise.hasPrefix("surprise: test.gamma is refuted, expected certified: counterexample N=3 w0=1 g=1: "))
      let answer = try Program.run(["verify", "--claims", path, "--format", "json"])
      #expect(answer.status == 1)
      let json = try answer.json()
      #expect(json["claims"]?.elements.first?["verdict"] == .string("refuted"))
      #expect(json["claims"]?.elements.first?["evidence"]?["point"] == .string("N=3 w0=1 g=1"))
      #expect(json["summary"]?["surprises"] == .integer(1))
      #expect(json["summary"]?["refuted"] == .integer(1))
    }
  }

  @Test(arguments: ["1", "4"]) func `a claim that cannot be checked loses nothing of what was found before`(
    _ jobs: String
  ) throws {
    let broken = try ClaimFileFixture.replacing("sqrt(N)", with: "sqrt(N)*(N - 2)/(N - 2)")
      .replacing("test.gamma", with: "test.broken").split(separator: "\n").dropFirst(2).joined(separator: "\n")
    try withFile(named: "claims.yaml", ClaimFileFixture.valid + broken + "\n") { path in
      let run = try Program.run(["verify", "--claims", path, "--jobs", jobs])
      #expect(run.status == 2)
      #expect(run.output.contains("test.gamma  certified"))
      #expect(run.output.contains("1 of 2 claims were checked"))
      #expect(run.error.hasPrefix("qbo: claim test.broken: the formula has no value at N=2 w0=1 g=1; accepted: "))
    }
  }

  @Test func `a refutation that is expected is no surprise`() throws {
    let altered = try ClaimFileFixture.replacing("sqrt(N)", with: "N")
      .replacing("expect: certified", with: "expect: refuted")
    try withFile(named: "claims.yaml", altered) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.status == 0)
      #expect(run.output.contains("1 refuted; all as expected; "))
      #expect(!run.output.contains("surprise"))
    }
  }

  @Test func `a true formula with another verdict expected is a surprise`() throws {
    try withFile(named: "claims.yaml", try ClaimFileFixture.replacing("certified", with: "undecided")) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.status == 1)
      #expect(run.output.contains("surprise: test.gamma is certified, expected undecided: "))
    }
  }
}
