import Foundation
import TestSupport
import Testing

/// Models and claims of papers that ask for more than is served: refused by the name of what they ask for, or read.
@Suite struct PendingPaperTests {
  private static func files(_ folder: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: Repository.top.appending(path: folder), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
  }

  @Test func `every model of a paper is read, or refused by the name of what is not served`() throws {
    let files = try Self.files("proofs/papers/models")
    #expect(files.count >= 16)
    for file in files {
      let run = try Program.run(["quantities", "--model", file.path])
      let isServed = run.status == 0
      #expect(
        isServed || run.status == 2 && run.error.contains("not served"), "\(file.lastPathComponent): \(run.error)")
      #expect(!isServed || run.output.contains("meaning"))
    }
  }

  @Test func `every pending claim file is read, or refused by the name of what is not served`() throws {
    let files = try Self.files("proofs/papers/pending")
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.hasPrefix("# Waits for "), "\(file.lastPathComponent)")
      // A claim that there is not: the file is read whole before that is said.
      let run = try Program.run(["verify", "--claims", file.path, "none."])
      #expect(run.status == 2)
      #expect(
        run.error.contains("not served") || run.error.contains("no claim has an id that starts with 'none.'"),
        "\(file.lastPathComponent): \(run.error)")
    }
  }
}
