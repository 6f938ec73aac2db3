import Catalogue
import Conformance

/// The recorded answers of other implementations: planted bugs, and a table of errors for each harness.
public struct RecordedRunsPage: Page {
  private let record: RecordedRuns

  /// The page of a record.
  public init(_ record: RecordedRuns) { self.record = record }

  /// The page.
  public var markdown: String {
    let total = record.counts
    let changing = record.runs.reduce(0) { $0 + ($1.bugs?.changing ?? 0) }
    let lines =
      [
        "# Errors of five implementations, and planted bugs",
        """
        Judged from the answers in `fixtures/harnesses/*/answers.jsonl` and `planted-bugs.jsonl` and written by `swift \
        run -c release guide-figures validation`. How they were made: [harnesses](../validation-harnesses.md).
        """,
        "## Planted bugs",
        """
        **\(total.caught) of \(total.planted) planted bugs caught, \(record.accused.count) of \(record.runs.count) \
        correct implementations accused.** Of these bugs \(changing) are in the sources, the others are perturbed \
        answers.
        """,
        bugTable,
        """
        Generated and named bugs that change an answer are caught by the answer that the record holds, a wrong number \
        or an acceptance of what must be refused, or else by an error (an exception, or no answer in time); \
        `equivalent` ones are listed there with the reason; `abstain` are those that only leave questions unanswered. \
        Perturbed: every answer with a claim, moved by ten times the claim, up and down.
        """,
      ] + record.runs.compactMap(RecordedRunsPage.namedTable) + ["## Errors"]
      + [
        """
        Cases are the valid ones. Errors are upper bounds, in ulps of the truth and in units of the claim of the \
        harness; `at` is the number of the case. Quantities that a harness does not know are left out. \(unanswered)
        """
      ] + record.runs.map(RecordedRunsPage.errorTable)
    return lines.joined(separator: "\n\n") + "\n"
  }

  /// What no harness has a value of.
  private var unanswered: String {
    let subjects = record.runs.first.map { run in run.validation.cases.map(\.question.subject) } ?? []
    let byRun = record.runs.map { run in
      Set(run.answers.compactMap { if case .value = $0.answer { $0.question.subject } else { nil } })
    }
    let answered = Dictionary(byRun.flatMap { $0 }.map { ($0, 1) }, uniquingKeysWith: +)
    let all = subjects.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    let none = all.filter { answered[$0] == nil }.map { "`\($0)`" }.joined(separator: ", ")
    return
      """
      Of \(all.count) quantities \(answered.count) are answered by at least one of them, \
      \(answered.count { $0.value > 1 }) by two or more\(none.isEmpty ? "" : "; the others are \(none)").
      """
  }

  private var bugTable: String {
    Table(
      [
        "harness", "generated", "caught", "by an error", "equivalent", "abstain", "named", "caught", "by an error",
        "perturbed", "caught",
      ],
      record.runs.map { run in
        let moved = PlantedBugs.perturbed(run.answers)
        guard let bugs = run.bugs else {
          return [run.harness] + Array(repeating: "-", count: 8) + ["\(moved.planted)", "\(moved.caught)"]
        }
        let missed = Set(record.missed(run))
        let (generated, named) = (bugs.bugs.filter { !$0.isNamed }, bugs.bugs.filter(\.isNamed))
        func figures(_ part: [PlantedBugs.Bug]) -> [Int] {
          let caught = part.filter { $0.answer != nil && !missed.contains($0.name) }
          return [caught.count, caught.count { if case .errored = $0.answer { true } else { false } }]
        }
        let equivalent = generated.count { if case .equivalent = $0.outcome { true } else { false } }
        let abstaining = generated.count { if case .abstains = $0.outcome { true } else { false } }
        let row =
          [generated.count] + figures(generated) + [equivalent, abstaining, named.count] + figures(named)
          + [moved.planted, moved.caught]
        return [run.harness] + row.map { "\($0)" }
      }
    ).markdownLines.joined(separator: "\n")
  }

  private static func namedTable(_ run: RecordedRuns.Run) -> String? {
    let named = (run.bugs?.bugs ?? []).filter(\.isNamed)
    guard !named.isEmpty else { return nil }
    let rows = named.map { bug in
      guard case .caught(let id, _) = bug.outcome else { return [bug.name, "-"] }
      return ["`\(bug.name)`", id]
    }
    return "Named bugs in \(run.harness), and a case that catches each:\n\n" + markdown(Table(["bug", "case"], rows))
  }

  private static func errorTable(_ run: RecordedRuns.Run) -> String {
    let report = ValidationReport(run.validation)
    return "### \(run.harness)\n\n\(report.summary).\n\n" + markdown(report.answered)
  }

  private static func markdown(_ table: Table) -> String { table.markdownLines.joined(separator: "\n") }
}
