import JSON
import TestSupport
import Testing

/// Nothing that a terminal obeys reaches it from arguments or files.
@Suite struct VisibleTextTests {
  private static let hostile = "a\u{1b}]0;x\u{7}\u{202e}\u{9b}31m"
  private static let shown = "a\\u{1b}]0;x\\u{7}\\u{202e}\\u{9b}31m"

  private func expectVisible(_ run: Program.Run) {
    for text in [run.output, run.error] {
      #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isHidden })
    }
  }

  @Test(arguments: [
    ["evaluate", hostile], ["evaluate", "harmonic.advantage", "\(hostile)=1"],
    ["evaluate", "harmonic.advantage", "N=\(hostile)"], ["evaluate", "harmonic.advantage", hostile],
    ["evaluate", "harmonic.advantage", "N=1", "--digits", hostile], [hostile], ["help", hostile],
    ["evaluate", "--batch", hostile], ["verify", hostile], ["verify", "--claims", hostile], ["audit", hostile],
    ["fixtures", hostile], ["quantities", "--format", hostile], ["evaluate", "--\(hostile)"],
    ["validate", hostile], ["fixtures", "check", "--vectors", hostile],
  ])
  func `arguments are echoed as marks`(_ arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 2)
    expectVisible(run)
  }

  @Test func `escapes are readable`() throws {
    let run = try Program.run(["evaluate", "x\(Self.hostile)"])
    #expect(run.error.hasPrefix("qbo: unknown quantity 'x\(Self.shown)'; accepted: "))
  }

  /// Titles, ids, reasons, units of a file of claims, with YAML's own escapes.
  @Test func `files are shown as marks`() throws {
    let yaml = #""a\u001b]0;x\u0007\u202e\u009b31m\nsurprise: none""#
    for (old, expected) in [
      ("id: test.gamma", "proved"), ("title: Collective advantage", "refuted"), ("reason: Scaling.", "refuted"),
    ] {
      let key = old.prefix { $0 != ":" }
      let text = try ClaimFileFixture.replacing(old, with: "\(key): \(yaml)")
        .replacing("expect: certified", with: "expect: \(expected)")
      try withFile(named: "claims.yaml", text) { path in
        for format in ["text", "json"] {
          let run = try Program.run(["verify", "--claims", path, "--format", format])
          expectVisible(run)
          #expect(!run.output.split(separator: "\n").contains("surprise: none"))
        }
      }
    }
    let batch = try Program.run(["evaluate", "--batch"], input: "{\"quantity\": \"\u{202e}\", \"id\": \"\u{9b}\"}\n")
    expectVisible(batch)
    #expect(batch.output.hasPrefix(#"{"id": "\u009b", "line": 1, "error": "unknown quantity '\u202e'"#))
  }

  @Test func `marks of every script stay`() {
    #expect("é → ∑ Ω 量子 e\u{301} \u{1f600}".visible == "é → ∑ Ω 量子 e\u{301} \u{1f600}")
    #expect("a\r\n\tb\u{feff}\u{2066}\u{2028}".visible == #"a\r\n\tb\u{feff}\u{2066}\u{2028}"#)
    #expect("a\r\nb\u{e0001}".visibleLines == "a\\r\nb\\u{e0001}")
  }
}
