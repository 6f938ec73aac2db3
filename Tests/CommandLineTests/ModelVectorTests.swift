import Foundation
import JSON
import TestSupport
import Testing

/// Vectors of a model: written, proved current, and asked of the suite's own kernels, by the commands of
/// `docs/protocol.md`.
@Suite struct ModelVectorTests {
  private static let model = """
    model: pair
    parameters: {g: positive, n: {kind: integer, from: 0}, d: {kind: rational, default: 0}, kappa: non-negative}
    space: {q: qubit, a: boson}
    hamiltonian: d*q_z + g*(a*q_p + a'*q_m)
    jumps: [{operator: a, rate: kappa}]
    start: {q: up, a: fock(n)}
    quantities:
      up: {value: weight(q = up)}
      share: {value: mean(a'*a)/(1 + n)}
      most: {value: "greatest(weight(q = down), 1/g)"}
    """

  private static func commands() throws -> [[String]] {
    try String(contentsOf: Repository.top.appending(path: "docs/protocol.md"), encoding: .utf8)
      .split(separator: "\n").filter { $0.hasPrefix("    $ qbo ") && $0.contains("--model") }.map {
        $0.dropFirst(10).split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap {
          $0.isMultiple(of: 2) ? $1.split(separator: " ").map(String.init) : [String($1)]
        }
      }
  }

  @Test func `vectors of a model are written, current, and answered by its kernels`() throws {
    let commands = try Self.commands()
    try #require(commands.count == 2)
    let qbo = Program.products.appending(path: "qbo").path
    try withFile(named: "pair.yaml", Self.model) { path in
      let folder = URL(filePath: path).deletingLastPathComponent()
      func words(_ command: [String]) -> [String] {
        command.map {
          $0.replacing("docs/models/kerr-charger.yaml", with: "pair.yaml")
            .replacing("qbo harness", with: "'\(qbo)' harness")
        }
      }
      let written = try Program.run(words(commands[0]), in: folder)
      #expect(written.status == 0 && written.error == "")
      let check = try Program.run(
        ["fixtures", "check", "--model", "pair.yaml", "--vectors", "vectors-of-kerr", "--full"], in: folder)
      #expect(check.status == 0 && check.output.hasSuffix("all current\n"), "\(check.output)")
      let asked = try Program.run(words(commands[1]) + ["--format", "json"], in: folder)
      #expect(asked.status == 0, "\(asked.output) \(asked.error)")
      let rows = try asked.json()["quantities"]?.elements ?? []
      #expect(rows.map { $0["name"]?.text ?? $0["quantity"]?.text } == ["pair.up", "pair.share", "pair.most"])
      for row in rows.dropLast() {
        #expect((row["agreed"]?.double ?? 0) + (row["withinClaim"]?.double ?? 0) >= 6, "\(row)")
        #expect(row["failed"] == .integer(0), "\(row)")
      }
      // Without the file the harness knows no such quantity, and nothing is judged.
      var blind = words(commands[1])
      blind[blind.count - 1] = "'\(qbo)' harness"
      #expect(try Program.run(blind, in: folder).status == 1)
    }
  }

  @Test func `vectors of a model stand in a folder of their own`() throws {
    try withFile(named: "pair.yaml", Self.model) { path in
      try expectRefused(
        ["fixtures", "generate", "--model", path],
        "--model: 'fixtures' has the vectors of the built-in systems; accepted: --vectors DIR, another one")
      try expectRefused(
        ["fixtures", "questions", "--model", path],
        "--model is of 'generate' and 'check'; accepted with 'questions': --vectors, --quantity")
    }
  }
}
