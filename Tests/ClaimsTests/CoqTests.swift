import Claims
import Foundation
import TestSupport
import Testing

/// The Coq files of `proofs/coq`: current, accepted by Coq, and refused when they are false.
@Suite struct CoqTests {
  private static let folder = Repository.top.appending(path: "proofs/coq")

  /// Whether Coq with its interval library is there; without it the compilations are skipped, and reported so.
  private static let hasCoq = (try? compile("From Interval Require Import Tactic.")) ?? false

  /// Whether Coq accepts a text.
  private static func compile(_ text: String) throws -> Bool {
    let place = FileManager.default.temporaryDirectory.appending(path: "coq-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(text.utf8).write(to: place.appending(path: "Proof.v"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["coqc", "Proof.v"]
    process.currentDirectoryURL = place
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test func `the files are those that the claims give`() throws {
    let files = CoqFile.all(try Ledger.builtIn(.builtIn))
    #expect(files.map(\.name) == ["Identities.v", "Bounds.v"])
    for file in files {
      let stored = try String(contentsOf: CoqTests.folder.appending(path: file.name), encoding: .utf8)
      #expect(stored == file.text, "run: qbo coq --output proofs/coq")
    }
    #expect(files[0].text.components(separatedBy: "Lemma ").count > 15)
  }

  @Test(.enabled(if: hasCoq, "coqc with the interval library is not installed"))
  func `Coq accepts the proofs`() throws {
    for file in CoqFile.all(try Ledger.builtIn(.builtIn)) { #expect(try CoqTests.compile(file.text), "\(file.name)") }
  }

  /// One number changed in a statement: each file must then be refused.
  @Test(
    .enabled(if: hasCoq, "coqc with the interval library is not installed"),
    arguments: [
      ("Identities.v", "(2) * (((1) - (((1) - p) ^ 2)) - (p ^ 2))", "(3) * (((1) - (((1) - p) ^ 2)) - (p ^ 2))"),
      ("Identities.v", "= ((k + (1)) * (N - k)).", "= ((k + (1)) * (N - k + 1))."),
      ("Bounds.v", "<= 72461135378", "<= 72461135376"), ("Bounds.v", "N ^ 2 * (1 + 2 * k)", "N ^ 2 * (1 + k)"),
    ])
  func `Coq refuses a false statement`(_ name: String, _ right: String, _ wrong: String) throws {
    let file = try #require(CoqFile.all(try Ledger.builtIn(.builtIn)).first { $0.name == name })
    try #require(file.text.contains(right), "\(file.text)")
    #expect(try !CoqTests.compile(file.text.replacingOccurrences(of: right, with: wrong)))
  }
}
