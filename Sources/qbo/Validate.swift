import ArgumentParser
import Catalogue
import Conformance
import Foundation
import Reporting
import Systems

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Holds another implementation against certified vectors.",
    usage: """
      qbo validate --harness COMMAND [--vectors DIR] [--model FILE ...] [--quantity PREFIX ...] \
      [--known-failures FILE] [--case-seconds S] [--case-megabytes M] [--record FILE] [--format text|json]
      qbo validate ANSWERS.jsonl [--vectors DIR] [--model FILE ...] [--quantity PREFIX ...] [--known-failures FILE] \
      [--format text|json]
      """,
    discussion: """
      A harness is any program that reads questions as JSON lines and writes answers as JSON lines; \
      docs/protocol.md has the protocol. The other way is a file of answers to the questions that \
      'qbo fixtures questions' lists.
      """)

  @Argument(help: "A file of answers, JSON lines.")
  var answers: String?

  @Option(parsing: .unconditional, help: "The command that starts the harness, by the shell.")
  var harness: String?

  @OptionGroup var vectors: VectorOptions

  @OptionGroup var models: ModelOptions

  @Option(parsing: .unconditional, help: "A JSON file of failures that must stay exactly as they are.")
  var knownFailures: String?

  @Option(parsing: .unconditional, help: "The cap on time in seconds, for each case; 30 by default.")
  var caseSeconds: String?

  @Option(
    parsing: .unconditional, help: "The cap on memory in mebibytes, for each process of the harness; 2048 by default.")
  var caseMegabytes: String?

  @Option(parsing: .unconditional, help: "Keeps the answers of the harness as a file of answers.")
  var record: String?

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let known = try knownFailures.map { file throws(BadInput) in try KnownFailures(file: file) } ?? .none
    let validation = try validation(known)
    Output.progress("")
    Output.write(ValidationReport(validation).printed(as: format))
    if let record {
      do {
        try Data(validation.answerLines.map { "\($0)\n" }.joined().utf8).write(to: URL(filePath: record))
      } catch {
        throw Validate.notWritten(record)
      }
    }
    if !validation.passed { throw Status.unexpected }
  }

  private func validation(_ known: KnownFailures) throws -> Validation {
    switch (harness, answers) {
    case (nil, let file?):
      guard caseSeconds == nil, caseMegabytes == nil, record == nil else {
        throw BadInput(
          """
          --case-seconds, --case-megabytes and --record are of harnesses; accepted with a file of answers: none of \
          them
          """
        )
      }
      return try Validation(
        answers: file, vectors: vectors.folder, of: try vectors.subjects(models), quantities: vectors.quantity,
        knownFailures: known)
    case (let command?, nil):
      // Before the run: what it costs is not lost to a path that cannot be written.
      if let record, !Validate.canWrite(record) { throw Validate.notWritten(record) }
      let containment = Containment(
        caseSeconds: try seconds(),
        megabytes: try caseMegabytes.map {
          text throws(BadInput) in try Evaluator.count(text, "--case-megabytes", 16...(1 << 20))
        } ?? 2048)
      return try Validation(
        harness: command, vectors: vectors.folder, of: try vectors.subjects(models), quantities: vectors.quantity,
        knownFailures: known, containment: containment
      ) { Output.progress("[\($0)/\($1)] \($2)") }
    case (_?, _?): throw BadInput("--harness and a file of answers are both given; accepted: one of them")
    case (nil, nil): throw BadInput("nothing to validate is given; accepted: --harness COMMAND, or a file of answers")
    }
  }

  /// Whether a path is that of a regular file, or of none in a folder that can be written.
  private static func canWrite(_ path: String) -> Bool {
    let files = FileManager.default
    let url = URL(filePath: path).resolvingSymlinksInPath()
    guard files.fileExists(atPath: url.path) else {
      var isFolder: ObjCBool = false
      let folder = url.deletingLastPathComponent().path
      return files.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue
        && files.isWritableFile(atPath: folder)
    }
    let type = (try? files.attributesOfItem(atPath: url.path))?[.type] as? FileAttributeType
    return type == .typeRegular && files.isWritableFile(atPath: url.path)
  }

  private static func notWritten(_ file: String) -> BadInput {
    BadInput(
      "--record: '\(file.abridged)' cannot be written; accepted: a regular file, or a new one in a folder that is there"
    )
  }

  private func seconds() throws(BadInput) -> Double {
    guard let text = caseSeconds else { return 30 }
    guard let value = Double(text), value >= 0.01, value <= 86400, !text.lowercased().contains("x") else {
      throw BadInput("--case-seconds: '\(text.abridged)' is refused; accepted: numbers from 0.01 to 86400")
    }
    return value
  }
}

/// Which vectors are meant.
struct VectorOptions: ParsableArguments {
  @Option(
    name: .customLong("vectors"), parsing: .unconditional, help: "The folder of the vectors; fixtures by default.")
  var folder = "fixtures"

  @Option(parsing: .upToNextOption, help: "Only quantities whose names start with one of these.")
  var quantity: [String] = []

  /// What the vectors are about: the built-in systems, or the models of files alone, in a folder of their own.
  func subjects(_ models: ModelOptions) throws(BadInput) -> SubjectList {
    let entered = try models.read()
    guard !entered.isEmpty else { return Catalogue.builtIn.subjects }
    guard folder != "fixtures" else {
      throw BadInput(
        "--model: 'fixtures' has the vectors of the built-in systems; accepted: --vectors DIR, another one")
    }
    // The names of built-in systems are taken.
    let all = try models.catalogue(entered)
    let names = Set(entered.map(\.name))
    return try Catalogue(all.systems.filter { names.contains($0.name) }).subjects
  }
}
