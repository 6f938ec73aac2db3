import BatteryModels
import Claims
import Foundation
import Reporting
import Testing

/// `proofs/coverage.yaml` against the claims, and `docs/coverage.md` against what is written from it.
@Suite struct CoverageTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/coverage.md")

  /// When it fails, add the claim to a statement and run `swift run -c release guide-figures coverage`.
  @Test func `the page is what the suite writes and names every claim`() throws {
    let claims = try Ledger.builtIn()
    let written = CoverageReport(try Coverage.builtIn(), claims).markdown
    let text = try String(contentsOf: CoverageTests.page, encoding: .utf8)
    #expect(text == written)
    for claim in claims { #expect(text.contains("`\(claim.id)`"), "\(claim.id)") }
  }

  @Test(arguments: [
    (
      "{place: p, says: s, claims: [a.b], note: n}",
      "line 6: unknown key 'note'; accepted here: place, says, own, claims, open"
    ),
    (
      "{place: p, says: s, claims: [a.c]}",
      "line 6: claims: no claim has the id 'a.c'; accepted: ids that qbo verify lists"
    ),
    ("{place: p, says: s, claims: [a.b, a.b]}", "line 6: claims: 'a.b' is given twice; accepted: once in a statement"),
    ("{place: p, says: s}", "line 6: a statement without claims needs the key 'open'"),
    ("{place: p, claims: [a.b]}", "line 6: a statement has one of the keys 'says' and 'own'"),
    ("{place: p, says: s, own: s, claims: [a.b]}", "line 6: a statement has one of the keys 'says' and 'own'"),
  ])
  func `a bad statement is refused with its line`(statement: String, message: String) {
    #expect(CoverageTests.refusal(statement) == "f \(message)")
  }

  @Test func `a claim that no statement names is refused`() {
    #expect(
      CoverageTests.refusal("{place: p, says: s, open: o}")
        == "f: no statement names a.b; accepted: every claim in a statement")
    #expect(CoverageTests.refusal("{place: p, own: s, claims: [a.b]}") == nil)
  }

  private static func refusal(_ statement: String) -> String? {
    let text = """
      papers:
        - title: t
          reference: r
          supplied: s
          statements:
            - \(statement)
          beyond: b
      """
    do {
      _ = try Coverage(parsing: text, name: "f", ids: ["a.b"])
      return nil
    } catch let bad {
      return bad.message
    }
  }
}
