import ArbitraryPrecision
import Catalogue
import JSON

/// Another implementation against the certified vectors of a folder.
public struct Validation: Sendable {
  package struct Case: Sendable {
    package let question: VectorStore.Question
    package let judgement: Judgement
    /// Whether no digit was given of a truth that is not small, in a quantity of which there are answers, and the list
    /// of known failures does not say so.
    package fileprivate(set) var isAbstention = false
  }

  /// The greatest part of the truths that are not small, in quantities that are answered, of which no digit may be
  /// missing without notice.
  static let abstentionPart = Rational(1, 10)

  package let identity: HarnessIdentity
  package let cases: [Case]
  /// How often the harness was started again.
  package let restarts: Int
  /// What is to be said of the run as a whole.
  public let remarks: [String]
  /// What is not as expected: by the known failures, and of the run as a whole; a line each, none for a run that
  /// passes.
  public let surprises: [String]
  /// Those of the run as a whole.
  package let findings: [String]
  /// The truths that are not small, of each quantity that is answered.
  private let answerableBySubject: [String: Int]
  /// The same of all.
  package var answerable: Int { answerableBySubject.values.reduce(0, +) }
  /// How many failures are known.
  package let known: Int

  /// Runs a harness.
  ///
  /// - Parameters:
  ///   - command: the command that starts it, by the shell.
  ///   - folder: of the vectors.
  ///   - subjects: what the vectors are about, for the natural sizes of values.
  ///   - prefixes: of the names of quantities, none for all.
  ///   - progress: called before each case with its number, how many there are, and its id.
  /// - Throws: `BadInput`.
  public init(
    harness command: String, vectors folder: String, of subjects: SubjectList, quantities prefixes: [String],
    knownFailures: KnownFailures, containment: Containment, progress: (Int, Int, String) -> Void
  ) throws {
    let store = try VectorStore(folder: folder)
    let questions = try store.selected(prefixes)
    let run = try HarnessRunner(command: command, containment: containment).run(questions) {
      progress($0 + 1, questions.count, $1.id)
    }
    self.init(
      subjects, store, questions, run.judgements, knownFailures, run.identity, restarts: run.restarts,
      remarks: run.remarks)
  }

  /// Judges a file of answers; a question without an answer counts as skipped.
  ///
  /// - Throws: `BadInput`.
  public init(
    answers file: String, vectors folder: String, of subjects: SubjectList, quantities prefixes: [String],
    knownFailures: KnownFailures
  ) throws(BadInput) {
    let store = try VectorStore(folder: folder)
    let questions = try store.selected(prefixes)
    let answers = try AnswerFile(file, known: Set(store.questions.map(\.id)))
    self.init(subjects, store, questions, answers, knownFailures)
  }

  /// Judges answers that were read; a question without one counts as skipped.
  init(
    _ subjects: SubjectList, _ store: VectorStore, _ questions: [VectorStore.Question], _ file: AnswerFile,
    _ knownFailures: KnownFailures
  ) {
    let judgements = questions.map { question in
      file.answers[question.id].map { Judgement($0, to: question) }
        ?? Judgement(verdict: .skipped, note: "no answer is given")
    }
    self.init(subjects, store, questions, judgements, knownFailures, file.identity, restarts: 0, remarks: [])
  }

  private init(
    _ subjects: SubjectList, _ store: VectorStore, _ questions: [VectorStore.Question],
    _ judgements: [Judgement], _ knownFailures: KnownFailures, _ identity: HarnessIdentity, restarts: Int,
    remarks: [String]
  ) {
    var cases = zip(questions, judgements).map { Case(question: $0, judgement: $1) }
    answerableBySubject = Validation.markAbstentions(&cases, of: subjects, listed: knownFailures.abstentions)
    self.cases = cases
    (self.identity, self.restarts, self.remarks) = (identity, restarts, remarks)
    known = knownFailures.entries.count
    findings = Validation.findings(cases, answerable: answerableBySubject)
    surprises =
      knownFailures.surprises(
        cases.map { ($0.question.id, $0.judgement.verdict) }, known: Set(store.questions.map(\.id))) + findings
  }

  /// Marks the abstentions; the numbers of truths that are not small in quantities that are answered.
  private static func markAbstentions(
    _ cases: inout [Case], of subjects: SubjectList, listed: Set<String>
  ) -> [String: Int] {
    let answered = Set(
      cases.filter { item in
        if case .valid = item.question {
          item.judgement.verdict != .skipped || item.judgement.errors != nil
        } else {
          false
        }
      }.map(\.question.subject))
    var counts: [String: Int] = [:]
    for index in cases.indices where answered.contains(cases[index].question.subject) {
      guard case .valid(let truth) = cases[index].question else { continue }
      let saysNothing = subjects.naturalSize(of: truth).map { cases[index].judgement.isBeyond(scale: $0) } ?? false
      guard !subjects.isSmall(truth) || saysNothing else { continue }
      counts[truth.subject, default: 0] += 1
      cases[index].isAbstention = cases[index].judgement.verdict == .skipped && !listed.contains(truth.id)
    }
    return counts
  }

  /// What is not as expected of a run as a whole, whatever the verdicts on its cases.
  private static func findings(_ cases: [Case], answerable: [String: Int]) -> [String] {
    var lines: [String] = []
    let judged: Set<AnswerVerdict> = [.agrees, .agreesWithinClaim, .disagrees, .undecided]
    let isJudged = cases.contains { item in
      if case .valid = item.question { judged.contains(item.judgement.verdict) } else { false }
    }
    if !isJudged { lines.append("nothing was judged: no answer to a valid question says anything of its truth") }
    let listed = "or those that --known-failures lists as skipped"
    let missing = cases.count(where: \.isAbstention)
    if Rational(Integer(missing)) > abstentionPart * Rational(Integer(answerable.values.reduce(0, +))) {
      lines.append(
        """
        no digit of \(missing) of \(answerable.values.reduce(0, +)) truths that are not small; accepted: one in ten, \
        \(listed)
        """
      )
    }
    let bySubject = Dictionary(grouping: cases.filter(\.isAbstention), by: \.question.subject).mapValues(\.count)
    for (subject, count) in bySubject.sorted(by: { $0.key < $1.key }) {
      guard let all = answerable[subject], 2 * count > all else { continue }
      lines.append(
        "no digit of \(count) of \(all) truths of \(subject) that are not small; accepted: half of them, \(listed)")
    }
    return lines
  }

  /// The answers as a file that can be judged again: who gave them, and a line for each case that was asked.
  public var answerLines: [String] {
    let answers = cases.map { (id: $0.question.id, answer: $0.judgement.answer) }
    return ["\(identity.json)"]
      + answers.filter { !$0.answer.isEmpty }.map {
        "\(JSONValue.object([.init("id", .string($0.id))] + $0.answer))"
      }
  }

  /// Whether all is as listed, and every question was asked.
  public var passed: Bool { surprises.isEmpty && !cases.contains { $0.judgement.mark == .notAsked } }
}

/// The questions of a folder, as lines that a harness would get.
public enum Questions {
  /// The lines, numbered from 1, without answers. The ids of inputs that must be refused say so; no harness should look
  /// at an id.
  ///
  /// - Throws: `BadInput`.
  public static func lines(vectors folder: String, quantities prefixes: [String]) throws(BadInput) -> [String] {
    try VectorStore(folder: folder).selected(prefixes).enumerated().map { "\($1.request($0 + 1))" }
  }
}
