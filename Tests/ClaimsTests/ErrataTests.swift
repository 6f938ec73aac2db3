import Claims
import Foundation
import TestSupport
import Testing

/// `docs/errata.md` against the claims that it is written from.
@Suite struct ErrataTests {
  private static let page = Repository.top.appending(path: "docs/errata.md")

  /// Every misprint with both forms, every proved claim, every slip in words; run `swift run -c release guide-figures` when one is missing.
  @Test func `the errata list what the claims find`() throws {
    let text = try String(contentsOf: ErrataTests.page, encoding: .utf8)
    let claims = try Ledger.builtIn(.builtIn)
    for claim in claims where [.proved, .misprinted, .refuted].contains(claim.expected) {
      #expect(text.contains("| `\(claim.id)` |"), "\(claim.id)")
    }
    for claim in claims where claim.expected == .misprinted {
      let outcome = try claim.check(in: CheckContext(full: false))
      #expect(outcome.verdict == .misprinted)
      for detail in outcome.evidence.details where ["printed", "derived"].contains(detail.name) {
        #expect(text.contains("`\(detail.text)`"), "\(claim.id): \(detail.text)")
      }
    }
    for remark in try Ledger.remarks(.builtIn) {
      #expect(text.contains("| \(remark.place) | \(remark.printed) | \(remark.meant) |"))
    }
    // A claim that is no longer there must not stand in the page.
    let ids = Set(claims.map(\.id))
    for line in text.split(separator: "\n") where line.hasSuffix("` |") {
      let id = line.dropLast(3).split(separator: "`").last.map(String.init) ?? ""
      #expect(ids.contains(id), "\(line)")
    }
  }

  /// What is refuted stands under the statements of papers: its place is in a text, not a claim or a page of these docs.
  @Test func `statements of our own are not held against a paper`() throws {
    let claims = try Ledger.builtIn(.builtIn)
    let ids = Set(claims.map(\.id))
    for claim in claims where claim.expected == .refuted {
      let isOwn = ids.contains(claim.equation) || claim.equation.hasPrefix("docs/") || claim.equation.isEmpty
      #expect(!isOwn, "\(claim.id): \(claim.equation)")
    }
  }
}
