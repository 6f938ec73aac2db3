import Catalogue
import Foundation
import JSON
import TestSupport
import Testing

@testable import Conformance

/// What `docs/protocol.md` says is tried.
@Suite struct ProtocolPageTests {
  private static func page() throws -> String {
    try String(contentsOf: Repository.top.appending(path: "docs/protocol.md"), encoding: .utf8)
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
      #expect(row?["refused"] == .integer(13))
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

  /// The commands of a page after `$`, each with what the page says that it prints.
  private static func examples(_ page: String) -> [(command: String, output: String)] {
    var examples: [(command: String, output: String)] = []
    var isOpen = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    $ ") {
        examples.append((String(line.dropFirst(6)), ""))
        isOpen = true
      } else if isOpen, line.isEmpty || line.hasPrefix("    ") {
        examples[examples.count - 1].output += line.dropFirst(4) + "\n"
      } else {
        isOpen = false
      }
    }
    return examples
  }

  /// Runs the examples one after another in a folder that looks like a clone.
  private static func expectExamples(_ page: String, count: Int, where isRun: (String) -> Bool) throws {
    try withFolder { folder in
      let products = folder.appending(path: ".build/release")
      try FileManager.default.createDirectory(at: products, withIntermediateDirectories: true)
      for (link, target) in [
        (products.appending(path: "qbo").path, Program.products.appending(path: "qbo").path),
        (folder.appending(path: "fixtures").path, Places.fixtures),
      ] { try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target) }
      try Data(try block("python").utf8).write(to: folder.appending(path: "harness.py"))
      let examples = examples(page).filter { isRun($0.command) }
      #expect(examples.count == count)
      for (command, output) in examples {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "PATH=\(products.path):$PATH; \(command)"]
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let printed = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(printed.trimmingCharacters(in: .newlines) == output.trimmingCharacters(in: .newlines), "\(command)")
      }
    }
  }

  @Test func `the examples of the page print what it says`() throws {
    try Self.expectExamples(try Self.page(), count: 5) {
      command in !["swift build", "fixtures check", "--model"].contains { command.contains($0) }
    }
  }

  @Test func `the example of the README prints what it says`() throws {
    let readme = try String(contentsOf: Repository.top.appending(path: "README.md"), encoding: .utf8)
    try Self.expectExamples(readme, count: 1) { $0.hasPrefix("qbo validate") }
  }

  @Test func `the page says what a check of the vectors prints`() throws {
    let manifest = try Manifest(folder: Places.fixtures)
    let valid = manifest.files.filter { $0.path.hasPrefix("vectors/") }.map(\.cases)
    let (all, anew) = (valid.reduce(0, +), valid.reduce(0) { $0 + ($1 + FixturesCheck.part - 1) / FixturesCheck.part })
    // The list itself is one of the files.
    let line =
      "\(manifest.files.count + 1) files; \(anew) values certified anew, \(all - anew) held by their hashes alone; all current"
    #expect(try Self.page().contains(line), "\(line)")
  }

  @Test func `the page lists all flags and verdicts`() throws {
    let page = try Self.page()
    for flag in CaseFlag.allCases { #expect(page.contains("`\(flag.rawValue)`"), "\(flag.rawValue)") }
    for verdict in AnswerVerdict.allCases { #expect(page.contains("`\(verdict.rawValue)`"), "\(verdict.rawValue)") }
  }
}
