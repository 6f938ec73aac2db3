import ArbitraryPrecision
import Catalogue
import Foundation
import JSON

/// Bugs that were planted in a harness, with the wrong answer that gave each of them away.
///
/// The record is written by `fixtures/harnesses/mutate.py`, which has its own judge; here every answer is judged again.
package struct PlantedBugs: Sendable {
  /// What became of a bug.
  package enum Outcome: Sendable {
    /// The answer to a case that must fail.
    case caught(id: String, Answer)
    /// It changes no answer beyond its claim, for this reason.
    case equivalent(String)
    /// It gives no wrong answer, but none to this case.
    case abstains(id: String)
  }

  package struct Bug: Sendable {
    package let name: String
    /// Planted by hand, not by a rule.
    package let isNamed: Bool
    package let outcome: Outcome

    /// The answer that gave it away.
    package var answer: Answer? {
      if case .caught(_, let answer) = outcome { answer } else { nil }
    }
  }

  package let bugs: [Bug]
  /// The hashes of the sources that the bugs were planted in, by their paths below the folder of harnesses.
  package let sources: [(path: String, sha256: String)]

  /// Reads a record.
  ///
  /// - Throws: `BadInput` that names the line.
  init(file: String) throws(BadInput) {
    let text = String(decoding: try VectorStore.bytes(file), as: UTF8.self)
    var bugs: [Bug] = []
    var sources: [(path: String, sha256: String)] = []
    for (index, line) in text.split(separator: "\n").enumerated() {
      do {
        let json = try JSONValue(parsing: String(line))
        if index == 0 {
          sources = (json["sha256"]?.objectMembers ?? []).map { ($0.key, $0.value.text ?? "") }
        } else {
          bugs.append(try Bug(json))
        }
      } catch {
        throw BadInput("'\(file.abridged)', line \(index + 1): \(error); accepted: lines that mutate.py writes")
      }
    }
    (self.bugs, self.sources) = (bugs, sources)
  }

  /// The bugs whose recorded answer does not fail, which is none of them.
  package func missed(_ questions: [String: VectorStore.Question]) -> [String] {
    bugs.filter { bug in
      guard case .caught(let id, let answer) = bug.outcome else { return false }
      return questions[id].map { !Judgement(answer, to: $0).verdict.isFailure } ?? true
    }.map(\.name)
  }

  /// How many of the answers that hold their claim still hold it when they are moved by ten times the claim, up and
  /// down.
  package static func perturbed(
    _ answers: [(question: VectorStore.Question, answer: Answer)]
  ) -> (planted: Int, caught: Int) {
    var (planted, caught) = (0, 0)
    for (question, answer) in answers {
      guard case .value(.finite(let value), let tolerance?, let text, let claim) = answer, tolerance.signum > 0,
        case .valid = question
      else { continue }
      for factor in [Rational(10), -10] {
        planted += 1
        let moved = Answer.value(
          .finite(value + factor * tolerance), tolerance: tolerance, text: text, toleranceText: claim)
        if Judgement(moved, to: question).verdict == .disagrees { caught += 1 }
      }
    }
    return (planted, caught)
  }
}

extension PlantedBugs.Bug {
  init(_ json: JSONValue) throws(BadInput) {
    guard let name = json["bug"]?.text, let kind = json["kind"]?.text else {
      throw BadInput("no 'bug' or no 'kind'; accepted: strings")
    }
    (self.name, isNamed) = (name, kind == "named")
    switch (json["outcome"]?.text, json["id"]?.text, json["reason"]?.text) {
    case ("caught", let id?, _): outcome = .caught(id: id, try Answer(json))
    case ("abstains", let id?, _): outcome = .abstains(id: id)
    case ("equivalent", _, let reason?): outcome = .equivalent(reason)
    default: throw BadInput("unknown outcome; accepted: caught or abstains with 'id', equivalent with 'reason'")
    }
  }
}
