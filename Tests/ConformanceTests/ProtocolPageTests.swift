import Foundation
import JSON
import TestSupport
import Testing

@testable import Conformance

/// What `docs/protocol.md` says is tried.
@Suite struct ProtocolPageTests {
  private static func page() throws -> String {
    try String(contentsOf: Places.top.appending(path: "docs/protocol.md"), encoding: .utf8)
  }

  /// The first block of code of a language.
  private static func block(_ language: String) throws -> String {
    let page = try page()
    let start = try #require(page.range(of: "```\(language)\n"))
    let end = try #require(page.range(of: "\n```", range: start.upperBound..<page.endIndex))
    return String(page[start.upperBound..<end.lowerBound]) + "\n"
  }

  @Test func `the harness of the page runs and agrees`() throws {
    try withFolder { folder in
      let file = folder.appending(path: "harness.py")
      try Data(try Self.block("python").utf8).write(to: file)
      let run = try Program.run([
        "validate", "--harness", "python3 '\(file.path)'", "--vectors", Places.fixtures, "--quantity", "harmonic",
        "--format", "json",
      ])
      #expect(run.status == 0, "\(run.error)")
      let json = try JSONValue(parsing: run.output)
      let row = json["quantities"]?.elements?.first { $0["quantity"] == .string("harmonic.stored-energy") }
      #expect(row?["agreed"] == .integer(14))
      #expect(row?["refused"] == .integer(7))
      #expect(row?["failed"] == .integer(0))
    }
  }

  @Test func `a bug planted in the harness of the page is caught`() throws {
    let source = try Self.block("python")
    let bugs = [
      ("math.sin", "math.cos"), ("n * w0", "w0"), ("math.sqrt(n)", "n"), ("g * ", "2 * g * "), ("** 2", ""),
      ("w0 > 0 and ", ""), ("raise ValueError(\"N is an integer\")", "pass"),
    ]
    for (old, new) in bugs {
      let changed = source.replacing(old, with: new)
      try #require(changed != source, "'\(old)' is not in the page")
      try withFolder { folder in
        let file = folder.appending(path: "harness.py")
        try Data(changed.utf8).write(to: file)
        let run = try Program.run([
          "validate", "--harness", "python3 '\(file.path)'", "--vectors", Places.fixtures, "--quantity",
          "harmonic.stored-energy",
        ])
        #expect(run.status == 1, "'\(new)' for '\(old)' is not caught")
      }
    }
  }

  @Test func `the page lists all flags and verdicts`() throws {
    let page = try Self.page()
    for flag in Flag.allCases { #expect(page.contains("`\(flag.rawValue)`"), "\(flag.rawValue)") }
    for verdict in Verdict.allCases { #expect(page.contains("`\(verdict.rawValue)`"), "\(verdict.rawValue)") }
  }
}
