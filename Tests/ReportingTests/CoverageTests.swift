import Catalogue
import Claims
import Foundation
import Reporting
import TestSupport
import Testing

/// `proofs/coverage.yaml` against the claims, and `docs/coverage.md` against what is written from it.
@Suite struct CoverageTests {
  private static let page = Repository.top.appending(path: "docs/coverage.md")

  /// When it fails, add the claim to a statement and run `swift run -c release guide-figures coverage`.
  @Test func `the page is what the suite writes and names every claim`() throws {
    let claims = try Ledger.builtIn(.builtIn)
    let written = CoveragePage(try Coverage.builtIn(.builtIn), claims).markdown
    let text = try String(contentsOf: CoverageTests.page, encoding: .utf8)
    #expect(text == written)
    for claim in claims { #expect(text.contains("`\(claim.id)`"), "\(claim.id)") }
  }

  @Test(arguments: [
    (
      "{place: p, quote: s, claims: [a.b], note: n}",
      "line 6: unknown key 'note'; accepted here: place, quote, own, says, claims, fails, open"
    ),
    (
      "{place: p, quote: s, claims: [a.c]}",
      "line 6: claims: no claim has the id 'a.c'; accepted: ids that qbo verify lists"
    ),
    ("{place: p, quote: s, claims: [a.b, a.b]}", "line 6: claims: 'a.b' is given twice; accepted: once in a statement"),
    ("{place: p, quote: s}", "line 6: a statement without claims needs the key 'open'"),
    ("{place: p, quote: s, claims: []}", "line 6: a statement without claims needs the key 'open'"),
    ("{place: p, claims: [a.b]}", "line 6: a statement has one of the keys 'quote' and 'own'"),
    ("{place: p, quote: s, own: s, claims: [a.b]}", "line 6: a statement has one of the keys 'quote' and 'own'"),
    ("{quote: s, claims: [a.b]}", "line 6: the key 'place' is missing; accepted: see docs/claims.md"),
    (
      "{place: p, quote: 'E = \\omega', claims: [a.b]}",
      "line 6: quote: a formula needs the key 'says' beside it, which tells how it is read"
    ),
    (
      "{place: p, quote: s, fails: f, open: o}",
      "line 6: fails: needs the key 'claims', with what contradicts the statement"
    ),
    (
      "{place: p, quote: s, claims: [a.b], open: ''}",
      "line 6: open: is empty; accepted: words, or a statement without this key"
    ),
    (
      "{place: p, quote: '', claims: [a.b]}",
      "line 6: quote: is empty; accepted: words, or a statement without this key"
    ),
    ("{place: p, quote: s, claims: [a.b], open: [o]}", "line 6: open: must be one text, not a list or a mapping"),
    ("word", "line 6: a statement must be a mapping of keys to values"),
  ])
  func `a bad statement is refused with its line`(statement: String, message: String) {
    #expect(CoverageTests.refusal(of: CoverageTests.file(statement)) == "f \(message)")
  }

  @Test(arguments: [
    ("", "f: the file is empty; accepted: the key 'papers'"),
    ("- papers", "f line 1: the file must be a mapping of keys to values"),
    ("notes: n", "f line 1: unknown key 'notes'; accepted here: papers"),
    ("{}", "f line 1: papers: is missing; accepted: a list"),
    ("papers: p", "f line 1: papers: must be a list of mappings, with at least one"),
    ("papers: []", "f line 1: papers: must be a list of mappings, with at least one"),
    (
      "papers:\n- {title: t, notes: n}",
      "f line 2: unknown key 'notes'; accepted here: title, reference, supplied, statements, beyond"
    ),
    ("papers:\n- {title: t}", "f line 2: statements: is missing; accepted: a list"),
    (
      "papers:\n- {title: t, reference: r, supplied: s, statements: [{place: p, quote: s, claims: [a.b]}]}",
      "f line 2: the key 'beyond' is missing; accepted: see docs/claims.md"
    ),
  ])
  func `a bad file is refused with its line`(text: String, message: String) {
    #expect(CoverageTests.refusal(of: text) == message)
  }

  @Test func `a claim that no statement names is refused`() {
    #expect(
      CoverageTests.refusal(of: CoverageTests.file("{place: p, quote: s, open: o}"))
        == "f: no statement names a.b; accepted: every claim in a statement")
    #expect(CoverageTests.refusal(of: CoverageTests.file("{place: p, own: s, claims: [a.b]}")) == nil)
  }

  @Test func `a statement that is given twice is refused, but for parts of the same words`() {
    let first = "{place: p, quote: s, claims: [a.b]}\n      - "
    #expect(
      CoverageTests.refusal(of: CoverageTests.file(first + "{place: q, quote: s, claims: [a.b], open: o}"))
        == "f line 7: the statement 's' is given twice; accepted: once in a paper, or each with another 'says'")
    let part = CoverageTests.file(first + "{place: q, quote: s, says: t, claims: [a.b]}")
    #expect(CoverageTests.refusal(of: part) == nil)
  }

  /// The five findings, their counts and a cell with bars.
  @Test func `the page tells what holds, what fails and what is open`() throws {
    let claims = try Ledger.builtIn(.builtIn).filter { ["harmonic.gamma", "misprint.eq9"].contains($0.id) }
    let text = """
      papers:
        - title: t
          reference: r
          supplied: s
          beyond: b
          statements:
            - {place: p, quote: one, claims: [harmonic.gamma]}
            - {place: p, quote: two, claims: [harmonic.gamma], open: the limit}
            - {place: p, quote: three, claims: [harmonic.gamma], fails: at one, open: the rest}
            - {place: p, quote: four, claims: [misprint.eq9]}
            - {place: p, quote: '||\\psi|', says: a state, open: no quantity}
            - {place: p, own: six, claims: [harmonic.gamma]}
      """
    let page = CoveragePage(
      try Coverage(parsing: text, name: "f", ids: claims.map(\.id)), claims
    ).markdown
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| p |") || $0.hasPrefix("| t |") }
    #expect(
      rows == [
        "| t | 5 | 1 | 1 | 1 | 1 | 1 |",
        "| p | “one” | holds | certified: `harmonic.gamma` |  |",
        "| p | “two” | in part | certified: `harmonic.gamma` | the limit |",
        "| p | “three” | fails: at one | certified: `harmonic.gamma` | the rest |",
        "| p | “four” | misprinted | misprinted: `misprint.eq9` |  |",
        "| p | `\\|\\|\\psi\\|` (a state) | no claim |  | no quantity |",
        "| p | six | certified: `harmonic.gamma` |  |",
      ])
  }

  private static func file(_ statement: String) -> String {
    """
    papers:
      - title: t
        reference: r
        supplied: s
        statements:
          - \(statement)
        beyond: b
    """
  }

  private static func refusal(of text: String) -> String? {
    do {
      _ = try Coverage(parsing: text, name: "f", ids: ["a.b"])
      return nil
    } catch let bad {
      return bad.message
    }
  }
}
