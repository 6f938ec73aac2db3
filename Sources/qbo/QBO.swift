import ArgumentParser
import Catalogue
import Conformance
import Reporting

/// The root command.
struct QBO: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qbo",
    abstract: "Certified values and verdicts for quantum batteries.",
    discussion: """
      Exit statuses: 0 as expected, 1 a verdict or comparison is not the expected one, 2 bad input, 3 undecided within \
      the caps.
      """,
    version: Suite.version,
    subcommands: [
      Evaluate.self, Quantities.self, Verify.self, Audit.self, Validate.self, FixturesCommand.self, Harness.self,
      Coq.self, Judge.self,
    ])
}

struct FormatOptions: ParsableArguments {
  @Option(name: .customLong("format"), parsing: .unconditional, help: "How results are printed: text or json.")
  var name = "text"

  /// The format of a name, checked here so that a refusal lists what is accepted.
  func format() throws(BadInput) -> ReportFormat {
    guard let format = ReportFormat(rawValue: name) else {
      throw BadInput("--format: unknown format '\(name)'; accepted: text, json")
    }
    return format
  }
}
