import ArgumentParser
import Catalogue
import Conformance
import Reporting
import Systems

/// `qbo fixtures`
struct FixturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fixtures",
    abstract: "Writes the certified vectors, proves them current, or lists their questions.",
    usage: """
      qbo fixtures generate [--vectors DIR] [--model FILE ...]
      qbo fixtures check [--vectors DIR] [--model FILE ...] [--full]
      qbo fixtures questions [--vectors DIR] [--quantity PREFIX ...]
      """)

  @Argument(help: "generate, check or questions.")
  var action: String

  @OptionGroup var vectors: VectorOptions

  @OptionGroup var models: ModelOptions

  @Flag(help: "Certify every value anew, not a part of them.")
  var full = false

  func run() throws {
    guard action == "check" || !full else {
      throw BadInput("--full is of 'check'; accepted with '\(action.abridged)': --vectors")
    }
    guard action == "questions" || vectors.quantity.isEmpty else {
      throw BadInput("--quantity is of 'questions'; accepted with '\(action.abridged)': --vectors")
    }
    guard models.files.isEmpty || action != "questions" else {
      throw BadInput("--model is of 'generate' and 'check'; accepted with 'questions': --vectors, --quantity")
    }
    switch action {
    case "generate": try generate()
    case "check": try check()
    case "questions":
      let lines = try Questions.lines(vectors: vectors.folder, quantities: vectors.quantity)
      Output.write(lines.map { "\($0)\n" }.joined())
    default: throw BadInput("unknown action '\(action.abridged)'; accepted: generate, check, questions")
    }
  }

  private func generate() throws {
    let fixtures = try Fixtures(of: try vectors.subjects(models)) { Output.progress("certifying \($0)") }
    try fixtures.write(to: vectors.folder)
    Output.progress("")
    Output.write(FixturesWrittenReport(fixtures, in: vectors.folder).text)
  }

  private func check() throws {
    let check = try FixturesCheck(folder: vectors.folder, of: try vectors.subjects(models), full: full) {
      Output.progress("checking \($0)")
    }
    Output.progress("")
    Output.write(FixturesReport(check).text)
    if !check.findings.isEmpty { throw Status.unexpected }
  }
}
