import Catalogue
import Foundation
import JSON
import Systems
import TestSupport
import Testing

@testable import Conformance

/// Files of vectors: made twice they are the same, and what is changed in them is found.
@Suite struct FixturesTests {
  /// Quantities whose values cost little in a build without optimization; the full set in release with `QBO_FULL=1`.
  private static let cheap: Set<String> = [
    "harmonic.stored-energy", "capacity.imaginarity", "freedom.lower-bound", "freedom.qudit-deficit",
    "quasi.charging-time",
    "state.ergotropy", "state.sector-ergotropy",
  ]
  private static var some: Set<String>? { RandomCases.full ? nil : cheap }

  @Test func `two generations are the same byte for byte`() throws {
    let (first, second) = (
      try Fixtures(of: Catalogue.builtIn.subjects, only: Self.some),
      try Fixtures(of: Catalogue.builtIn.subjects, only: Self.some)
    )
    #expect(first.files.map(\.path) == second.files.map(\.path))
    #expect(zip(first.files, second.files).allSatisfy { $0.text == $1.text })
    #expect(first.counts.valid > 50)
  }

  @Test func `the files of the repository are current`() throws {
    let check = try FixturesCheck(folder: Places.fixtures, of: Catalogue.builtIn.subjects, full: true, only: Self.some)
    #expect(check.findings == [])
    #expect(check.evaluated > 50)
  }

  @Test func `schemas are JSON`() throws {
    for file in Schemas.files {
      #expect(throws: Never.self, "\(file.path)") { try JSONValue(parsing: file.text) }
    }
  }

  @Test func `every flag is used`() throws {
    let store = try VectorStore(folder: Places.fixtures)
    var used: Set<CaseFlag> = []
    for case .valid(let valid) in store.questions { used.formUnion(valid.flags) }
    #expect(used == Set(CaseFlag.allCases))
    #expect(store.questions.count >= 500)
  }

  /// What is done to a folder, and what the check says then.
  private static let changes: [(name: String, change: @Sendable (URL) throws -> Void, finding: String)] = [
    (
      "a digit", { try edit($0, "vectors/freedom.qudit-deficit.json", #""lower": "0.3"#, #""lower": "0.2"#) },
      "vectors/freedom.qudit-deficit.json: the SHA-256 is not the one of MANIFEST.json"
    ),
    (
      "a flag", { try edit($0, "vectors/freedom.qudit-deficit.json", #"["multiplicity"]"#, "[]") },
      "vectors/freedom.qudit-deficit.json: line 13 is not as generated, case freedom.qudit-deficit.0002"
    ),
    (
      "an input", { try edit($0, "invalid/freedom.qudit-deficit.json", #""0""#, #""1""#) },
      "invalid/freedom.qudit-deficit.json: line 11 is not as generated, case freedom.qudit-deficit.invalid.N-zero"
    ),
    (
      "a missing file",
      { try FileManager.default.removeItem(at: $0.appending(path: "vectors/freedom.qudit-deficit.json")) },
      "vectors/freedom.qudit-deficit.json: the file is missing"
    ),
    (
      "a further file", { try Data("{}".utf8).write(to: $0.appending(path: "vectors/more.json")) },
      "vectors/more.json: the file is not in MANIFEST.json"
    ),
    (
      "a line too many", { try edit($0, "schema/protocol.schema.json", "\n}\n", "\n}\n\n") },
      "schema/protocol.schema.json: line 40 is one too many"
    ),
  ]

  @Test(arguments: changes.indices)
  func `a change is found`(_ index: Int) throws {
    let (name, change, finding) = Self.changes[index]
    try withFolder { folder in
      let subjects: Set<String> = ["freedom.qudit-deficit"]
      try Fixtures(of: Catalogue.builtIn.subjects, only: subjects).write(to: folder.path)
      #expect(
        try FixturesCheck(folder: folder.path, of: Catalogue.builtIn.subjects, full: false, only: subjects).findings
          == [])
      try change(folder)
      let check = try FixturesCheck(folder: folder.path, of: Catalogue.builtIn.subjects, full: false, only: subjects)
      #expect(check.findings.contains(finding), "\(name): \(check.findings)")
    }
  }

  @Test func `a list with a file twice, or with one elsewhere, is refused`() throws {
    for (entry, message) in [
      (
        #"{"path": "schema/protocol.schema.json", "sha256": "", "cases": 0}"#,
        "a file is listed twice; accepted: each file once"
      ),
      (
        #"{"path": "notes.txt", "sha256": "", "cases": 0}"#,
        "is no file; accepted: a path below the folder, sha256 and the number of cases"
      ),
    ] {
      try withFolder { folder in
        try Fixtures(of: Catalogue.builtIn.subjects, only: ["freedom.qudit-deficit"]).write(to: folder.path)
        try Self.edit(folder, Fixtures.manifest, "\n  ]", ",\n    \(entry)\n  ]")
        #expect {
          try FixturesCheck(folder: folder.path, of: Catalogue.builtIn.subjects, full: false, only: [])
        } throws: {
          "\($0)".hasSuffix(message)
        }
      }
    }
  }

  /// A digit that was changed together with its hash is found where the value is certified anew: everywhere with `full`.
  @Test func `a changed digit with a changed hash is found by certifying anew`() throws {
    let subjects: Set<String> = ["freedom.qudit-deficit"]
    let path = "vectors/freedom.qudit-deficit.json"
    try withFolder { folder in
      // The last case is not among those that the quick check certifies.
      try Self.write(Self.changed(try Fixtures(of: Catalogue.builtIn.subjects, only: subjects), path), to: folder)
      #expect(
        try FixturesCheck(folder: folder.path, of: Catalogue.builtIn.subjects, full: false, only: subjects).findings
          == [])
      let full = try FixturesCheck(folder: folder.path, of: Catalogue.builtIn.subjects, full: true, only: subjects)
      #expect(full.findings == ["\(path): line 16 is not as generated, case freedom.qudit-deficit.0005"])
      #expect(full.held == 0)
    }
  }

  /// The files with another last digit of the last lower bound of one, and a list with its hash.
  private static func changed(_ made: Fixtures, _ path: String) -> [Fixtures.File] {
    var files = made.files.filter { $0.path != Fixtures.manifest }
    for (index, file) in files.enumerated() where file.path == path {
      guard let end = file.text.range(of: "\", \"upper\"", options: .backwards)?.lowerBound else { continue }
      let digit = file.text.index(before: end)
      let other = file.text[digit] == "1" ? "0" : "1"
      files[index] = Fixtures.File(
        path: path, text: file.text.replacingCharacters(in: digit..<end, with: other), cases: file.cases)
    }
    return files + [Fixtures.manifest(of: files)]
  }

  private static func write(_ files: [Fixtures.File], to folder: URL) throws {
    for file in files {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
    }
  }

  @Test func `files that are no longer made are removed, others are left alone`() throws {
    try withFolder { folder in
      try Fixtures(of: Catalogue.builtIn.subjects, only: ["freedom.qudit-deficit", "harmonic.stored-energy"]).write(
        to: folder.path)
      try Data("mine".utf8).write(to: folder.appending(path: "vectors/notes.txt"))
      try Fixtures(of: Catalogue.builtIn.subjects, only: ["freedom.qudit-deficit"]).write(to: folder.path)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "vectors").path).sorted()
      #expect(left == ["freedom.qudit-deficit.json", "notes.txt"])
    }
  }

  private static func edit(_ folder: URL, _ path: String, _ old: String, _ new: String) throws {
    let url = folder.appending(path: path)
    let text = try String(contentsOf: url, encoding: .utf8)
    let range = try #require(text.range(of: old), "'\(old)' is not in \(path)")
    try Data(text.replacingCharacters(in: range, with: new).utf8).write(to: url)
  }
}
