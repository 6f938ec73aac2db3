import ArgumentParser
import Catalogue
import Claims
import Foundation

/// `qbo coq`
struct Coq: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write Coq files with proofs of the claims whose statement is a real identity or bound.",
    usage: "qbo coq --output DIR [--claims FILE] [--model FILE ...]")

  @Option(help: "The folder to write to; files of other names in it are left alone.")
  var output: String

  @Option(parsing: .unconditional, help: "The claims of this YAML file instead of the built-in ones.")
  var claims: String?

  @OptionGroup var models: ModelOptions

  func run() throws {
    let folder = URL(fileURLWithPath: output)
    guard claims != nil || models.files.isEmpty else {
      throw BadInput("--model: the built-in claims speak of no model given here; accepted: beside --claims FILE")
    }
    var (files, left) = ([(name: String, text: String)](), [String]())
    if let claims {
      (files, left) = try CoqFile.own(try ClaimFile(path: claims, catalogue: try models.catalogue()).claims)
    } else {
      files = CoqFile.all(try Ledger.builtIn(.builtIn))
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in files {
        try Data(file.text.utf8).write(to: folder.appending(path: file.name), options: .atomic)
      }
    } catch {
      throw BadInput("--output: '\(output)' cannot be written; accepted: a folder")
    }
    if !left.isEmpty { Output.write("without a form in Coq: \(left.joined(separator: ", "))\n") }
  }
}
