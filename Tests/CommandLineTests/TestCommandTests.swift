import Foundation
import TestSupport
import Testing

/// The README's test command is the whole oracle, and the package can be a dependency.
@Suite struct TestCommandTests {
  /// A package with unsafe flags is refused as a dependency.
  @Test func `the manifest has no unsafe flags`() throws {
    let manifest = try String(contentsOf: Repository.top.appending(path: "Package.swift"), encoding: .utf8)
    #expect(manifest.contains("targets:") && !manifest.contains("unsafe"))
  }

  /// But texts that are files as they stand: JSON schemas and proofs for Coq.
  @Test func `no line of the sources is longer than 120 columns`() throws {
    let sources = Repository.top.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var seen = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      seen += 1
      if ["Schemas.swift", "CoqFile.swift"].contains(file.lastPathComponent) { continue }
      for (index, line) in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").enumerated() {
        #expect(line.count <= 120, "\(file.lastPathComponent):\(index + 1)")
      }
    }
    #expect(seen > 300)
  }

  private static let program = ".build/checked/release/qbo"

  /// `scripts/test` in a folder where `swift` and `qbo` only say what they were asked, and fail on demand.
  private func run(failing step: String) throws -> (status: Int32, asked: [String]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["scripts", "bin", ".build/checked/release"] {
      try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(
      at: Repository.top.appending(path: "scripts/test"), to: folder.appending(path: "scripts/test"))
    for name in ["bin/swift", Self.program, "scripts/run-documents"] {
      let program = folder.appending(path: name)
      let said = "\(folder.path)/asked"
      try "#!/bin/sh\necho \"${QBO_CHECK_INVARIANTS:+checked }${0##*/} $*\" >> '\(said)'\n[ \"$1\" != '\(step)' ]\n"
        .write(
          to: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [folder.appending(path: "scripts/test").path, "--parallel"]
    process.environment = ["PATH": "\(folder.appending(path: "bin").path):/usr/bin:/bin"]
    try process.run()
    process.waitUntilExit()
    let asked = try String(contentsOf: folder.appending(path: "asked"), encoding: .utf8)
    return (process.terminationStatus, asked.split(separator: "\n").map(String.init))
  }

  @Test func `the test command runs every test, claim, kernel and document with checks`() throws {
    let (status, asked) = try run(failing: "nothing")
    #expect(status == 0)
    let options = "-c release -Xswiftc -enable-testing --scratch-path .build/checked"
    #expect(
      asked
        == [
          "swift build \(options) --build-tests", "swift test --skip-build \(options) --parallel", "qbo verify",
          "qbo audit", "run-documents \(Self.program)",
        ].map { "checked \($0)" })
  }

  @Test(arguments: ["test", "build", "verify", "audit", ".build/checked/release/qbo"])
  func `the test command fails when one of them does`(_ step: String) throws {
    let (status, asked) = try run(failing: step)
    #expect(status == 1)
    // What comes after a failure is still run, so that one run tells of all; without a program there is nothing to run.
    #expect(asked.count == (step == "build" ? 1 : 5))
  }
}
