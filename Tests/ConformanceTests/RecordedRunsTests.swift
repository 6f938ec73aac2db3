import Catalogue
import Foundation
import JSON
import Reporting
import Systems
import TestSupport
import Testing

@testable import Conformance

/// The recorded answers of correct implementations and of planted bugs, judged again; the counts are those that the pages state.
@Suite struct RecordedRunsTests {
  private static let stored = Result { try RecordedRuns(vectors: Places.fixtures, of: Catalogue.builtIn.subjects) }
  private static let harnesses = "\(Places.fixtures)/harnesses"

  @Test func `no correct implementation is accused`() throws {
    let runs = try Self.stored.get()
    #expect(runs.runs.map(\.harness) == ["kernels", "plain", "numpy", "qutip", "mpmath"])
    #expect(runs.accused == [])
    for run in runs.runs {
      let values = run.answers.count { if case .value = $0.answer { true } else { false } }
      #expect(values >= 50, "\(run.harness) has \(values) values")
      // Every question was put, so that nothing is passed over in silence.
      #expect(run.answers.count == run.validation.cases.count, "\(run.harness)")
    }
  }

  /// Expected: the counts that `mutate.py` printed when it wrote the records, by its own judge; those of perturbed answers are twice the answers with a claim.
  @Test func `every planted bug that changes an answer is caught`() throws {
    let runs = try Self.stored.get()
    for run in runs.runs { #expect(runs.missed(run) == [], "\(run.harness)") }
    let counts = runs.counts
    #expect(counts.planted == counts.caught)
    #expect(counts.planted == 4581)
    let changing = Dictionary(uniqueKeysWithValues: runs.runs.map { ($0.harness, $0.bugs?.changing ?? 0) })
    #expect(changing == ["kernels": 0, "plain": 216, "numpy": 1241, "qutip": 0, "mpmath": 0])
  }

  @Test(arguments: CaseFlag.allCases)
  func `a named bug is caught by a case with the flag`(_ flag: CaseFlag) throws {
    let flagged = try VectorStore(folder: Places.fixtures).questions.compactMap { question -> String? in
      if case .valid(let valid) = question, valid.flags.contains(flag) { valid.id } else { nil }
    }
    let catching = try Self.stored.get().runs.flatMap { $0.bugs?.bugs ?? [] }.filter { bug in
      if bug.isNamed, case .caught(let id, _) = bug.outcome { flagged.contains(id) } else { false }
    }
    #expect(!catching.isEmpty)
  }

  /// A bug whose recorded answer is right, and one whose case does not exist, are found.
  @Test func `a record of a bug that is not caught is found out`() throws {
    let store = try VectorStore(folder: Places.fixtures)
    let questions = Dictionary(uniqueKeysWithValues: store.questions.map { ($0.id, $0) })
    let lines = [
      #"{"harness": "x", "sha256": {}}"#,
      #"{"bug": "right", "kind": "named", "outcome": "caught", "id": "state.sector-ergotropy.0003", "value": "0x1.5555555555555p+0", "tolerance": "1e-15"}"#,
      #"{"bug": "wrong", "kind": "named", "outcome": "caught", "id": "state.sector-ergotropy.0003", "value": "2", "tolerance": "1e-15"}"#,
      #"{"bug": "nowhere", "kind": "named", "outcome": "caught", "id": "none", "value": "2"}"#,
    ]
    try withFolder { folder in
      let file = folder.appending(path: "planted-bugs.jsonl")
      try Data(lines.joined(separator: "\n").utf8).write(to: file)
      #expect(try PlantedBugs(file: file.path).missed(questions) == ["right", "nowhere"])
    }
  }

  /// A record of other sources says nothing of these: `mutate.py --record` makes it anew.
  @Test func `the records are of these harnesses`() throws {
    for run in try Self.stored.get().runs {
      guard let bugs = run.bugs else { continue }
      #expect(bugs.sources.contains { $0.path == "\(run.harness)/harness.py" })
      for (path, expected) in bugs.sources {
        let bytes = try VectorStore.bytes("\(Self.harnesses)/\(path)")
        #expect(SHA256.hexadecimal(bytes) == expected, "\(path)")
      }
    }
  }

  @Test func `the page is that of the records`() throws {
    let page = try String(
      contentsOf: Repository.top.appending(path: "docs/figures/validation.md"), encoding: .utf8)
    #expect(
      try RecordedRunsPage(Self.stored.get()).markdown == page, "run swift run -c release guide-figures validation")
  }

  /// Plants all bugs of the harness that needs nothing but Python, and compares with the record.
  @Test func `planted anew, the same bugs are caught`() throws {
    try withFolder { folder in
      let file = folder.appending(path: "record.jsonl").path
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["python3", "\(Self.harnesses)/mutate.py", "--harness", "plain", "--record", file]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(output)")
      let made = try PlantedBugs(file: file)
      let stored = try PlantedBugs(file: "\(Self.harnesses)/plain/planted-bugs.jsonl")
      #expect(made.bugs.map(\.name) == stored.bugs.map(\.name))
      #expect(made.changing == stored.changing)
      let store = try VectorStore(folder: Places.fixtures)
      #expect(made.missed(Dictionary(uniqueKeysWithValues: store.questions.map { ($0.id, $0) })) == [])
    }
  }
}
