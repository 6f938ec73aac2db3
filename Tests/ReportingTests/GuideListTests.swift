import Catalogue
import Foundation
import Reporting
import Systems
import TestSupport
import Testing

/// The list of figures against the pages.
@Suite struct GuideListTests {
  /// Written by benchmarks, not from certified values alone: `Benchmarks/run quasi`, `Benchmarks/run star`.
  private static let benchmarks: Set<String> = ["docs/figures/quasi-signs.md", "docs/figures/star-doubles.md"]

  /// The targets of links below docs/figures in the pages of docs, with the page.
  private static func shown() throws -> Set<[String]> {
    let docs = Repository.top.appending(path: "docs")
    var shown: Set<[String]> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: docs.path) where name.hasSuffix(".md") {
      let page = try String(contentsOf: docs.appending(path: name), encoding: .utf8)
      for link in page.matches(of: /\]\((figures\/[^)#]+)/) { shown.insert(["docs/\(link.1)", "docs/\(name)"]) }
    }
    return shown
  }

  @Test func `every figure is shown on its page`() throws {
    let shown = try Self.shown()
    for (file, page) in GuideList(Catalogue.builtIn).files where file != page {
      #expect(shown.contains([file, page]), "\(page) does not show \(file)")
    }
  }

  @Test func `every figure that a page shows is listed, and its file is there`() throws {
    let listed = Set(GuideList(Catalogue.builtIn).files.map(\.file)).union(Self.benchmarks)
    let shown = Set(try Self.shown().map { $0[0] })
    #expect(shown.count >= 24)
    for file in shown { #expect(listed.contains(file), "\(file) is not listed") }
    for file in listed {
      #expect(FileManager.default.fileExists(atPath: Repository.top.appending(path: file).path), "\(file)")
    }
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Repository.top.appending(path: "docs/figures").path)
    #expect(Set(files.map { "docs/figures/\($0)" }).subtracting(listed).sorted() == [], "nothing writes these")
  }

  @Test func `names and files are given once`() {
    let list = GuideList(Catalogue.builtIn)
    #expect(Set(list.names).count == list.names.count)
    #expect(Set(list.files.map(\.file)).count == list.files.count)
  }

  private static let toy = GuideList(
    figures: [
      Figure("a-line", on: "a", "a line") { _ in
        (
          Figure.Panel("t", x: .linear("x"), y: .linear("y"), [.init("c", [(0, 0), (1, 1)], isMarked: false)]),
          Table(["n"], [["1|2"]])
        )
      },
      Figure("a-table", on: "a", "a table") { _ -> Table in Table(["n"], [["1"]]) },
      Figure("b-line", on: "b", "another") { _ -> Table in throw Undecided("not certain") },
    ], pages: [.init("c", file: "docs/c.md", "a page") { "# C\n" }])

  @Test(arguments: [
    (["a-table"], ["docs/figures/a-table.md"]),
    (["a"], ["docs/figures/a-line.svg", "docs/figures/a-line.md", "docs/figures/a-table.md"]),
    (["c", "a-table"], ["docs/figures/a-table.md", "docs/c.md"]),
  ])
  func `what is named is written`(_ names: [String], _ files: [String]) throws {
    var written: [String: String] = [:]
    var order: [String] = []
    try Self.toy.selected(names).make(Self.values) { _ in
    } write: {
      order.append($0)
      written[$0] = $1
    }
    #expect(order == files)
    if let table = written["docs/figures/a-line.md"] { #expect(table == "| n |\n| --- |\n| 1\\|2 |\n") }
    if let plot = written["docs/figures/a-line.svg"] { #expect(plot.contains(#"points="70.00,380.00 700.00,40.00""#)) }
    if let page = written["docs/c.md"] { #expect(page == "# C\n") }
  }

  private static let values = FigureValues(Catalogue.builtIn)

  @Test func `a figure whose values are not certain is not written`() throws {
    #expect(throws: Undecided("not certain")) {
      try Self.toy.selected(["b"]).make(Self.values) { _ in
      } write: { file, _ in
        Issue.record("\(file)")
      }
    }
  }

  @Test func `an unknown name is refused with all that there are`() {
    #expect(throws: BadInput("no figure 'd'; accepted: all, a, b, c, a-line, a-table, b-line")) {
      try Self.toy.selected(["a", "d"])
    }
  }

  @Test func `the list has a row a figure`() {
    #expect(
      Self.toy.text == """
        name     page       shows    files
        a-line   docs/a.md  a line   docs/figures/a-line.svg docs/figures/a-line.md
        a-table  docs/a.md  a table  docs/figures/a-table.md
        b-line   docs/b.md  another  docs/figures/b-line.md
        c        docs/c.md  a page   docs/c.md

        """)
  }
}
