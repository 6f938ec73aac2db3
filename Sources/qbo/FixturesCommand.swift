import ArgumentParser
import Catalogue
import Systems
import Conformance

/// `qbo fixtures`
struct FixturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fixtures",
    abstract: "Writes the certified vectors, proves them current, or lists their questions.",
    usage: """
      qbo fixtures generate [--vectors DIR]
      qbo fixtures check [--vectors DIR] [--full]
      qbo fixtures questions [--vectors DIR] [--quantity PREFIX ...]
      """)

  @Argument(help: "generate, check or questions.")
  var action: String

  @OptionGroup var vectors: VectorOptions

  @Flag(help: "Certify every value anew, not a part of them.")
  var full = false

  func run() throws {
    guard action == "check" || !full else {
      throw BadInput("--full is of 'check'; accepted with '\(action.abridged)': --vectors")
    }
    guard action == "questions" || vectors.quantity.isEmpty else {
      throw BadInput("--quantity is of 'questions'; accepted with '\(action.abridged)': --vectors")
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
    let fixtures = try Fixtures { Output.progress("certifying \($0)") }
    try fixtures.write(to: vectors.folder)
    Output.progress("")
    let counts = fixtures.counts
    Output.write("\(vectors.folder): \(counts.valid) cases and \(counts.invalid) invalid ones written\n")
  }

  private func check() throws {
    let check = try FixturesCheck(folder: vectors.folder, full: full) { Output.progress("checking \($0)") }
    Output.progress("")
    for finding in check.findings { Output.write("\(finding)\n") }
    if let other = check.otherGenerator { Output.write("the files were written by \(other)\n") }
    let rest = check.held > 0 ? ", \(check.held) held by their hashes alone" : ""
    let end = check.findings.isEmpty ? "all current" : "\(check.findings.count) not current"
    Output.write("\(check.files) files; \(check.evaluated) values certified anew\(rest); \(end)\n")
    if !check.findings.isEmpty { throw Status.unexpected }
  }
}
