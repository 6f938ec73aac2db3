import Catalogue
import Foundation
import JSON

/// The recorded answers of the harnesses in `fixtures/harnesses`, judged now.
public struct RecordedRuns: Sendable {
  /// A harness with a record.
  package struct Run: Sendable {
    package let harness: String
    package let validation: Validation
    /// Its answers to the questions that it had.
    package let answers: [(question: VectorStore.Question, answer: Answer)]
    /// The bugs that were planted in it.
    package let bugs: PlantedBugs?
  }

  /// The harnesses, in the order of the page.
  static let harnesses = ["kernels", "plain", "numpy", "qutip", "mpmath"]

  package let runs: [Run]
  private let questions: [String: VectorStore.Question]

  /// Judges all records of a folder of vectors.
  ///
  /// - Throws: `BadInput` for a record that is missing or malformed.
  public init(vectors folder: String, of subjects: SubjectList) throws(BadInput) {
    let store = try VectorStore(folder: folder)
    let ids = Set(store.questions.map(\.id))
    var runs: [Run] = []
    for harness in RecordedRuns.harnesses {
      let place = "\(folder)/harnesses/\(harness)"
      let known = "\(place)/known-failures.json"
      let file = try AnswerFile("\(place)/answers.jsonl", known: ids)
      let validation = Validation(
        subjects, store, store.questions, file,
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
  package var accused: [String] { runs.filter { !$0.validation.passed }.map(\.harness) }

  /// The planted bugs and perturbed answers: how many change an answer, and how many of these are caught.
  package var counts: (planted: Int, caught: Int) {
    runs.reduce((0, 0)) { sum, run in
      let moved = PlantedBugs.perturbed(run.answers)
      let changing = run.bugs?.changing ?? 0
      let missed = run.bugs?.missed(questions).count ?? 0
      return (sum.0 + changing + moved.planted, sum.1 + changing - missed + moved.caught)
    }
  }

  /// The bugs of a run whose recorded answers do not fail.
  package func missed(_ run: Run) -> [String] { run.bugs?.missed(questions) ?? [] }
}

extension PlantedBugs {
  /// How many bugs change an answer.
  package var changing: Int { bugs.count { $0.answer != nil } }
}
