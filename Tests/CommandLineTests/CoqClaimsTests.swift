import Foundation
import TestSupport
import Testing

/// `qbo coq --claims`: identities of a user's file leave for Coq, and what does not is named.
@Suite struct CoqClaimsTests {
  private static let claims = """
    source: an example
    claims:
      - {id: own.turn, statement: sin(x)^4 - cos(x)^4 = -cos(2*x), for: {x: all}, kind: identity, expect: proved, reason: turned}
      - {id: own.root, statement: "sqrt(fun)^2 = fun", for: {fun: positive}, kind: identity, expect: proved, reason: r}
      - {id: own.circle, statement: "PI*pi = pi*PI", for: {PI: all}, kind: identity, expect: proved, reason: order}
    """

  private static func run(_ claims: String, _ folder: URL) throws -> Program.Run {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "claims.yaml")
    try Data(claims.utf8).write(to: file)
    return try Program.run(["coq", "--claims", file.path, "--output", folder.path])
  }

  private static func folder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "own-coq-\(UUID().uuidString)")
  }

  @Test func `what has a form in Coq is written, and what has none is named`() throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run(Self.claims, folder)
    #expect(run.status == 0)
    #expect(run.output == "without a form in Coq: own.root, own.circle\n")
    let text = try String(contentsOf: folder.appending(path: "Identities.v"), encoding: .utf8)
    #expect(text.components(separatedBy: "Lemma own_").count == 2)
    #expect(text.contains("Lemma own_turn :\n  forall x : R,"))
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "Bounds.v").path))
  }

  private static let refusals = [
    (
      "source: an example\nclaims:\n  - {id: own.open, statement: x = 2*x, for: {x: all}, kind: identity, "
        + "expect: refuted, reason: at 1}",
      "--claims: no claim has a form in Coq; accepted: identities in real numbers that are expected proved"
    ),
    (
      """
      source: an example
      claims:
        - {id: own.a-b, statement: x + x = 2*x, for: {x: all}, kind: identity, expect: proved, reason: sum}
        - {id: own.a.b, statement: x + x = 2*x, for: {x: all}, kind: identity, expect: proved, reason: sum}
      """,
      "--claims: 'own.a-b' and 'own.a.b' have one name in Coq, own_a_b; accepted: ids that differ in more than dots "
        + "and hyphens"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be written is refused`(_ claims: String, _ message: String) throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run(claims, folder)
    #expect(run.status == 2)
    #expect(run.error == "qbo: \(message)\n")
  }
}
