import BatteryModels
import Claims
import Conformance
import Foundation
import Reporting

/// Lists the figures and tables of the guide pages, and writes those that are named, from the top folder:
/// `swift run -c release guide-figures [--list | all | NAME ...]`.
@main
enum GuideFigures {
  static func main() throws {
    let names = Array(CommandLine.arguments.dropFirst())
    guard !names.isEmpty, names != ["--list"] else {
      print(list.text, terminator: "")
      return
    }
    do {
      try list.selected(names).make(FigureValues { try Catalogue.quantity(named: $0) }) { name in
        FileHandle.standardError.write(Data("writing \(name)\n".utf8))
      } write: { file, text in
        let url = URL(fileURLWithPath: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url, options: .atomic)
      }
    } catch let bad as BadInput {
      FileHandle.standardError.write(Data("guide-figures: \(bad.message)\n".utf8))
      exit(2)
    }
  }

  private static let list = GuideList(
    figures: Figure.builtIn,
    pages: [
      .init("validation", file: "docs/figures/validation.md", "errors of other implementations, and planted bugs") {
        RecordedRunsPage(try RecordedRuns(vectors: "fixtures", of: .builtIn)).markdown
      },
      .init("errata", file: "docs/errata.md", "what the papers print and what holds, from the claims") {
        // On their quick grids.
        ErrataPage(
          try Ledger.builtIn().map { try $0.check(in: CheckContext(full: false)) }, try Ledger.remarks()
        ).markdown
      },
      .init("coverage", file: "docs/coverage.md", "the statements of the papers with their claims") {
        CoveragePage(try Coverage.builtIn(), try Ledger.builtIn()).markdown
      },
    ])
}
