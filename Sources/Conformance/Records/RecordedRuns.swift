import Catalogue
import Systems
import Foundation
import JSON

/// The recorded answers of the harnesses in `fixtures/harnesses`, judged now, and the page that is made of them.
public struct RecordedRuns: Sendable {
  /// A harness with a record.
  struct Run: Sendable {
    let harness: String
    let validation: Validation
    /// Its answers to the questions that it had.
    let answers: [(question: VectorStore.Question, answer: Answer)]
    /// The bugs that were planted in it.
    let bugs: PlantedBugs?
  }

  /// The harnesses, in the order of the page.
  static let harnesses = ["kernels", "plain", "numpy", "qutip", "mpmath"]

  let runs: [Run]
  private let questions: [String: VectorStore.Question]

  /// Judges all records of a folder of vectors.
  ///
  /// - Throws: `BadInput` for a record that is missing or malformed.
  public init(vectors folder: String) throws(BadInput) {
    let store = try VectorStore(folder: folder)
    let ids = Set(store.questions.map(\.id))
    var runs: [Run] = []
    for harness in RecordedRuns.harnesses {
      let place = "\(folder)/harnesses/\(harness)"
      let known = "\(place)/known-failures.json"
      let file = try AnswerFile("\(place)/answers.jsonl", known: ids)
      let validation = Validation(
        store, store.questions, file,
        FileManager.default.fileExists(atPath: known) ? try KnownFailures(file: known) : .none)
      let record = "\(place)/planted-bugs.jsonl"
      runs.append(
        Run(
          harness: harness, validation: validation,
          answers: store.questions.compactMap { question in file.answers[question.id].map { (question, $0) } },
          bugs: FileManager.default.fileExists(atPath: record) ? try PlantedBugs(file: record) : nil))
    }
    self.runs = runs
    questions = Dictionary(uniqueKeysWithValues: store.questions.map { ($0.id, $0) })
  }

  /// The harnesses with a failure that is not known.
  var accused: [String] { runs.filter { !$0.validation.passed }.map(\.harness) }

  /// The planted bugs and perturbed answers: how many change an answer, and how many of these are caught.
  var counts: (planted: Int, caught: Int) {
    runs.reduce((0, 0)) { sum, run in
      let moved = PlantedBugs.perturbed(run.answers)
      let changing = run.bugs?.changing ?? 0
      let missed = run.bugs?.missed(questions).count ?? 0
      return (sum.0 + changing + moved.planted, sum.1 + changing - missed + moved.caught)
    }
  }

  /// The bugs of a run whose recorded answers do not fail.
  func missed(_ run: Run) -> [String] { run.bugs?.missed(questions) ?? [] }
}

extension PlantedBugs {
  /// How many bugs change an answer.
  var changing: Int { bugs.count { $0.answer != nil } }
}

// MARK: - The page

extension RecordedRuns {
  /// The page: planted bugs, and a table of errors for each harness.
  public var markdown: String {
    let total = counts
    let changing = runs.reduce(0) { $0 + ($1.bugs?.changing ?? 0) }
    let lines =
      [
        "# Errors of five implementations, and planted bugs",
        """
        Judged from the answers in `fixtures/harnesses/*/answers.jsonl` and `planted-bugs.jsonl` and written by `swift \
        run -c release guide-figures validation`. How they were made: [harnesses](../validation-harnesses.md).
        """,
        "## Planted bugs",
        """
        **\(total.caught) of \(total.planted) planted bugs caught, \(accused.count) of \(runs.count) correct \
        implementations accused.** Of these bugs \(changing) are in the sources, the others are perturbed answers.
        """,
        bugTable,
        """
        Generated and named bugs that change an answer are caught by the answer that the record holds, a wrong number \
        or an acceptance of what must be refused, or else by an error (an exception, or no answer in time); \
        `equivalent` ones are listed there with the reason; `abstain` are those that only leave questions unanswered. \
        Perturbed: every answer with a claim, moved by ten times the claim, up and down.
        """,
      ] + runs.compactMap(RecordedRuns.namedTable) + ["## Errors"]
      + [
        """
        Cases are the valid ones. Errors are upper bounds, in ulps of the truth and in units of the claim of the \
        harness; `at` is the number of the case. Quantities that a harness does not know are left out. \(unanswered)
        """
      ] + runs.map(RecordedRuns.errorTable)
    return lines.joined(separator: "\n\n") + "\n"
  }

  /// What no harness has a value of.
  private var unanswered: String {
    let subjects = runs.first.map { run in run.validation.cases.map(\.question.subject) } ?? []
    let byRun = runs.map { run in
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
    RecordedRuns.table(
      [
        "harness", "generated", "caught", "by an error", "equivalent", "abstain", "named", "caught", "by an error",
        "perturbed", "caught",
      ],
      runs.map { run in
        let moved = PlantedBugs.perturbed(run.answers)
        guard let bugs = run.bugs else {
          return [run.harness] + Array(repeating: "-", count: 8) + ["\(moved.planted)", "\(moved.caught)"]
        }
        let missed = Set(missed(run))
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
      })
  }

  private static func namedTable(_ run: Run) -> String? {
    let named = (run.bugs?.bugs ?? []).filter(\.isNamed)
    guard !named.isEmpty else { return nil }
    let rows = named.map { bug in
      guard case .caught(let id, _) = bug.outcome else { return [bug.name, "-"] }
      return ["`\(bug.name)`", id]
    }
    return "Named bugs in \(run.harness), and a case that catches each:\n\n" + table(["bug", "case"], rows)
  }

  private static func errorTable(_ run: Run) -> String {
    let report = ValidationReport(run.validation)
    let title = "### \(run.harness)\n\n\(report.summary).\n\n"
    return title
      + table(
        [
          "quantity", "cases", "agreed", "of these by claim", "skipped", "failed", "worst ulps", "worst in claims",
          "at",
        ],
        report.answeredRows)
  }

  private static func table(_ heading: [String], _ rows: [[String]]) -> String {
    ([heading, heading.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}
