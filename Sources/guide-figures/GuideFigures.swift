import Catalogue
import Foundation
import Reporting
import Systems

/// Lists the figures and tables of the guide pages, and writes those that are named, from the top folder:
/// `swift run -c release guide-figures [--list | all | NAME ...]`.
@main
enum GuideFigures {
  static func main() {
    let list = GuideList(Catalogue.builtIn)
    let names = Array(CommandLine.arguments.dropFirst())
    guard !names.isEmpty, names != ["--list"] else {
      print(list.text, terminator: "")
      return
    }
    do {
      try list.selected(names).make(FigureValues(Catalogue.builtIn)) { name in
        FileHandle.standardError.write(Data("writing \(name)\n".utf8))
      } write: { file, text in
        let url = URL(fileURLWithPath: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url, options: .atomic)
      }
    } catch {
      FileHandle.standardError.write(Data("guide-figures: \(error)\n".utf8))
      exit(error is BadInput ? 2 : error is Undecided ? 3 : 1)
    }
  }
}
