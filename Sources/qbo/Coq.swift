import ArgumentParser
import Catalogue
import Claims
import Foundation

/// `qbo coq`
struct Coq: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write Coq files with proofs of the claims whose statement is a real identity or bound.")

  @Option(help: "The folder to write to; files of other names in it are left alone.")
  var output: String

  func run() throws {
    let folder = URL(fileURLWithPath: output)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in CoqFile.all(try Ledger.builtIn(.builtIn)) {
        try Data(file.text.utf8).write(to: folder.appending(path: file.name), options: .atomic)
      }
    } catch let bad as BadInput {
      throw bad
    } catch {
      throw BadInput("--output: '\(output)' cannot be written; accepted: a folder")
    }
  }
}
