import ArbitraryPrecision
import Catalogue
import Foundation
import JSON
import Systems
import TestSupport
import Testing

@testable import Conformance

/// The suite's kernels with bugs planted around them: all that change an answer beyond its tolerance are caught, and the kernels are not accused.
@Suite struct PlantedBugTests {
  private static let stored = Result { try VectorStore(folder: Places.fixtures) }

  /// What the kernels answer to the questions of the repository.
  private static func answers(
    _ questions: [VectorStore.Question], asked change: (String) -> String = { $0 }
  ) throws -> [Answer] {
    let harness = KernelHarness(quantities: Catalogue.builtIn.quantities)
    return try questions.enumerated().map { index, question in
      let line = try #require(try harness.answer(change("\(question.request(index + 1))")))
      return try Answer(try JSONValue(parsing: line))
    }
  }

  private static func failures(_ questions: [VectorStore.Question], _ answers: [Answer]) -> Int {
    zip(questions, answers).count { Judgement($1, to: $0).verdict.isFailure }
  }

  @Test func `the kernels are not accused`() throws {
    let questions = try Self.stored.get().questions
    let answers = try Self.answers(questions)
    let values = answers.count { if case .value = $0 { true } else { false } }
    #expect(values > 200)
    #expect(Self.failures(questions, answers) == 0, "0 of \(values) are accused")
  }

  /// Every answer with a claim, moved by ten times the claim, up and down.
  @Test func `answers off by ten times their claim are all caught`() throws {
    let questions = try Self.stored.get().questions
    let (planted, caught) = PlantedBugs.perturbed(
      zip(questions, try Self.answers(questions)).map { (question: $0, answer: $1) })
    #expect(planted > 300)
    #expect(caught == planted, "\(caught) of \(planted) are caught")
  }

  /// Bugs of an implementation, planted in the questions that it gets: each is caught by some cases, and by those of its flag.
  private static let inputBugs:
    [(name: String, prefix: String, pattern: String, change: @Sendable (String) -> String)] = [
      ("N off by one", "", #""N": {"integer": "([0-9]+)"}"#, { "\"N\": {\"integer\": \"\((Int($0) ?? 0) + 1)\"}" }),
      ("factor two in g", "", #""g": {"binary64": "([^"]+)"}"#, { "\"g\": \(doubled($0))" }),
      ("factor two in w0", "", #""w0": {"binary64": "([^"]+)"}"#, { "\"w0\": \(doubled($0))" }),
      (
        "degrees for radians", "dicke.classical", #""phase": {"binary64": "([^"]+)"}"#,
        { "\"phase\": \(scaled($0, 57.29577951308232))" }
      ),
      (
        "swapped sign of an angle", "dicke.classical", #""phase": {"binary64": "([^"]+)"}"#,
        { "\"phase\": \(scaled($0, -1))" }
      ),
      ("time of the first qubit", "capacity", #""wb": {"binary64": "([^"]+)"}"#, { "\"wb\": \(doubled($0))" }),
      ("times beyond a thousand cut", "", #""tau": {"binary64": "([^"]+)"}"#, { capped("tau", $0) }),
      ("long times cut", "capacity", #""t": {"binary64": "([^"]+)"}"#, { capped("t", $0) }),
      ("purity for its square root", "freedom", #""P": {"binary64": "([^"]+)"}"#, { "\"P\": \(scaled($0, 0.999))" }),
      (
        "photons off by one", "freedom.vacuum", #""nbar": {"binary64": "([^"]+)"}"#,
        { "\"nbar\": \(scaled($0, 1.0000001))" }
      ),
    ]

  private static func scaled(_ text: String, _ factor: Double) -> String {
    "{\"binary64\": \"\(HexadecimalDouble.text((HexadecimalDouble.value(text) ?? 0) * factor))\"}"
  }

  private static func doubled(_ text: String) -> String { scaled(text, 2) }

  private static func capped(_ name: String, _ text: String) -> String {
    let value = HexadecimalDouble.value(text) ?? 0
    return "\"\(name)\": {\"binary64\": \"\(HexadecimalDouble.text(value > 1000 ? 1000 : value))\"}"
  }

  @Test(arguments: inputBugs.indices)
  func `a bug in how questions are taken is caught`(_ index: Int) throws {
    let (name, prefix, pattern, change) = Self.inputBugs[index]
    let questions = try Self.stored.get().questions.filter {
      if case .valid = $0 { $0.subject.hasPrefix(prefix) } else { false }
    }
    let expression = try Regex(pattern)
    var planted = 0
    let answers = try Self.answers(questions) { line in
      guard let match = line.firstMatch(of: expression), let text = match.output[1].substring else { return line }
      let changed = line.replacingCharacters(in: match.range, with: change(String(text)))
      if changed != line { planted += 1 }
      return changed
    }
    let caught = Self.failures(questions, answers)
    #expect(planted > 0)
    #expect(caught > 0, "\(name) changed \(planted) questions, and no answer is found wrong")
  }

  /// Answers rounded to single precision under their old claims.
  @Test func `single precision is caught`() throws {
    let questions = try Self.stored.get().questions
    var (planted, caught) = (0, 0)
    for (question, answer) in zip(questions, try Self.answers(questions)) {
      guard case .value(.finite(let value), let tolerance?, let text, let claim) = answer, case .valid = question else {
        continue
      }
      let double = BigFloat(value, precision: 53, rounding: .nearest).double(rounding: .nearest)
      guard let single = Rational(exactly: Double(Float(double))), (single - value).magnitude > 2 * tolerance else {
        continue
      }
      planted += 1
      let rounded = Answer.value(.finite(single), tolerance: tolerance, text: text, toleranceText: claim)
      if Judgement(rounded, to: question).verdict.isFailure { caught += 1 }
    }
    #expect(planted > 100)
    #expect(caught == planted, "\(caught) of \(planted) are caught")
  }

  /// Values below 1e-10 answered as zero, with their old claims.
  @Test func `small values answered as zero are caught`() throws {
    let questions = try Self.stored.get().questions
    var (planted, caught) = (0, 0)
    for (question, answer) in zip(questions, try Self.answers(questions)) {
      guard case .value(.finite(let value), let tolerance?, let text, let claim) = answer, case .valid = question,
        value.signum != 0, value.magnitude < Rational(1, 10_000_000_000)
      else { continue }
      planted += 1
      let zero = Answer.value(.finite(0), tolerance: tolerance, text: text, toleranceText: claim)
      if Judgement(zero, to: question).verdict.isFailure { caught += 1 }
    }
    #expect(planted >= 10)
    #expect(caught == planted, "\(caught) of \(planted) are caught")
  }

  @Test func `accepting what must be refused is caught`() throws {
    let questions = try Self.stored.get().questions.filter {
      if case .invalid = $0 { true } else { false }
    }
    #expect(questions.count > 200)
    let one = try Answer(try JSONValue(parsing: #"{"value": 1}"#))
    #expect(questions.allSatisfy { Judgement(one, to: $0).verdict == .acceptedInvalid })
  }
}
