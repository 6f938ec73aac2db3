import Catalogue
import Claims
import Conformance

extension GuideList {
  /// The figures of a catalogue, and the pages that are written from the records of other implementations and from the
  /// claims of the suite.
  public init(_ catalogue: Catalogue) {
    self.init(
      figures: catalogue.figures,
      pages: [
        .init("validation", file: "docs/figures/validation.md", "errors of other implementations, and planted bugs") {
          RecordedRunsPage(try RecordedRuns(vectors: "fixtures", of: catalogue.subjects)).markdown
        },
        .init("errata", file: "docs/errata.md", "what the papers print and what holds, from the claims") {
          // On their quick grids.
          ErrataPage(
            try Ledger.builtIn(catalogue).map { try $0.check(in: CheckContext(full: false)) },
            try Ledger.remarks(catalogue)
          ).markdown
        },
        .init("coverage", file: "docs/coverage.md", "the statements of the papers with their claims") {
          CoveragePage(try Coverage.builtIn(catalogue), try Ledger.builtIn(catalogue)).markdown
        },
      ])
  }
}
