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
    try inFolder { place in
      try Data(text.utf8).write(to: place.appending(path: "Proof.v"))
      return try coqc(["Proof.v"], in: place).isAccepted
    }
  }

  private static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let place = FileManager.default.temporaryDirectory.appending(path: "coq-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    return try body(place)
  }

  private static func coqc(_ arguments: [String], in place: URL) throws -> (isAccepted: Bool, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["coqc"] + arguments
    process.currentDirectoryURL = place
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus == 0, output)
  }

  // MARK: - The lemma of certificates

  private static let lemma = folder.appending(path: "contraction")

  /// The first file of the lemma, in their order, that Coq refuses; with one text changed in one file.
  private static func refused(_ change: (file: String, right: String, wrong: String)? = nil) throws -> (
    file: String?, output: String
  ) {
    let order = try String(contentsOf: lemma.appending(path: "order"), encoding: .utf8)
    return try inFolder { place in
      var output = ""
      for name in order.split(whereSeparator: \.isNewline) {
        let name = "\(name).v"
        var text = try String(contentsOf: lemma.appending(path: name), encoding: .utf8)
        if let change, change.file == name {
          #expect(text.contains(change.right), "\(change.right)")
          text = text.replacingOccurrences(of: change.right, with: change.wrong)
        }
        try Data(text.utf8).write(to: place.appending(path: name))
        let run = try coqc(["-w", "none", "-Q", ".", "Contraction", name], in: place)
        output += run.output
        if !run.isAccepted { return (name, output) }
      }
      return (nil, output)
    }
  }

  @Test(.enabled(if: hasCoq, "coqc with the interval library is not installed"))
  func `Coq accepts the lemma of certificates from the axioms of the real numbers`() throws {
    let run = try Self.refused()
    #expect(run.file == nil)
    let lines = run.output.split(separator: "\n").drop { $0 != "Axioms:" }.dropFirst()
    let axioms = lines.filter { !$0.hasPrefix(" ") }.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(
      Set(axioms) == [
        "ClassicalDedekindReals.sig_not_dec", "ClassicalDedekindReals.sig_forall_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
      ])
  }

  /// The jumps' share of the master equation, and the bounds of means and of projectors.
  @Test(
    .enabled(if: hasCoq, "coqc with the interval library is not installed"),
    arguments: [
      ("Matrices.v", "- RtoC (/ 2) * (product (product", "- RtoC (/ 3) * (product (product"),
      ("Means.v", "<= B * (2 + d) * d.", "<= B * (1 + d) * d."), ("Means.v", "<= (2 + d) * d.", "<= (1 + d) * d."),
    ])
  func `Coq refuses a false lemma`(_ file: String, _ right: String, _ wrong: String) throws {
    #expect(try Self.refused((file, right, wrong)).file == file)
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
