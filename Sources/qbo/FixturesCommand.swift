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
      qbo fixtures generate [--vectors DIR] [--model FILE ...] [--jobs J]
      qbo fixtures check [--vectors DIR] [--model FILE ...] [--full] [--jobs J]
      qbo fixtures questions [--vectors DIR] [--quantity PREFIX ...]
      """)

  @Argument(help: "generate, check or questions.")
  var action: String

  @OptionGroup var vectors: VectorOptions

  @OptionGroup var models: ModelOptions

  @Flag(help: "Certify every value anew, not a part of them.")
  var full = false

  @OptionGroup var jobs: JobsOptions

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
    guard jobs.given == nil || action != "questions" else {
      throw BadInput("--jobs is of 'generate' and 'check'; accepted with 'questions': --vectors, --quantity")
    }
    let jobs = try jobs.count()
    switch action {
    case "generate": try generate(jobs)
    case "check": try check(jobs)
    case "questions":
      let lines = try Questions.lines(vectors: vectors.folder, quantities: vectors.quantity)
      Output.write(lines.map { "\($0)\n" }.joined())
    default: throw BadInput("unknown action '\(action.abridged)'; accepted: generate, check, questions")
    }
  }

  private func generate(_ jobs: Int) throws {
    let fixtures = try Fixtures(of: try vectors.subjects(models), jobs: jobs) { Output.progress("certifying \($0)") }
    try fixtures.write(to: vectors.folder)
    Output.progress("")
    Output.write(FixturesWrittenReport(fixtures, in: vectors.folder).text)
  }

  private func check(_ jobs: Int) throws {
    let check = try FixturesCheck(folder: vectors.folder, of: try vectors.subjects(models), full: full, jobs: jobs) {
      Output.progress("checking \($0)")
    }
    Output.progress("")
    Output.write(FixturesReport(check).text)
    if !check.findings.isEmpty { throw Status.unexpected }
  }
}
