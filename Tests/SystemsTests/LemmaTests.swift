import Catalogue
import Systems
import Foundation
import TestSupport
import Testing

/// Every lemma that a route names is a heading of a guide page.
@Suite struct LemmaTests {
  @Test func `lemmas are headings`() throws {
    let docs = Repository.top.appending(path: "docs")
    let pages = try FileManager.default.contentsOfDirectory(at: docs, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }.map { try String(contentsOf: $0, encoding: .utf8) }
    let headings = Set(
      pages.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("#") }.map {
        $0.drop { "# ".contains($0) }.lowercased()
      })
    let lemmas = Catalogue.builtIn.quantities.flatMap(\.routes).flatMap(\.lemmas)
    #expect(!lemmas.isEmpty)
    for lemma in lemmas { #expect(headings.contains(lemma.lowercased()), "\(lemma)") }
  }
}
