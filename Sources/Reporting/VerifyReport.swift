import Catalogue
import Claims
import JSON

/// The outcomes of a run of claims as they are printed.
public struct VerifyReport: Report {
  let outcomes: [Outcome]
  let seconds: Double
  let asked: Int

  /// A report of outcomes that took a number of seconds together.
  ///
  /// - Parameter asked: how many claims were to be checked, where an interrupt came before the last.
  public init(outcomes: [Outcome], seconds: Double, asked: Int? = nil) {
    self.outcomes = outcomes
    self.seconds = seconds
    self.asked = asked ?? outcomes.count
  }

  private var isInterrupted: Bool { outcomes.count < asked }

  /// The outcomes that were not expected.
  public var surprises: [Outcome] { outcomes.filter(\.isSurprise) }

  private func count(_ verdict: Verdict) -> Int { outcomes.count { $0.verdict == verdict } }

  /// One object, keys in the order of the contract.
  public var json: JSONValue {
    var summary: [JSONValue.Member] = [
      .init("claims", .integer(outcomes.count)), .init("surprises", .integer(surprises.count)),
      .init("seconds", .seconds(seconds)),
    ]
    summary += Verdict.allCases.map { .init($0.rawValue, .integer(count($0))) }
    if isInterrupted { summary.append(.init("interruptedOf", .integer(asked))) }
    return .members(["claims": .array(outcomes.map(\.json)), "summary": .object(summary)])
  }

  /// A row a claim, the counts, and the surprises.
  public var text: String {
    let table = Table(
      ["claim", "verdict", "by", "shown", "seconds"],
      outcomes.map {
        [$0.claim.id, $0.verdict.rawValue, $0.grounds, $0.evidence.summary, fixed($0.seconds)]
      })
    let counts = Verdict.allCases.filter { count($0) > 0 }.map { "\(count($0)) \($0.rawValue)" }
    var text =
      table.text(wrapping: 3)
      + "\n\(outcomes.count) \(outcomes.count == 1 ? "claim" : "claims"): \(counts.joined(separator: ", ")); "
    text += surprises.isEmpty ? "all as expected" : "\(surprises.count) not as expected"
    text += "; \(fixed(seconds)) seconds\n"
    if isInterrupted { text += "interrupted: \(outcomes.count) of \(asked) claims were checked\n" }
    for outcome in surprises {
      if let failure = outcome.kernelFailure { text += "surprise: \(outcome.claim.id): \(failure)".visible + "\n" }
      guard outcome.verdict != outcome.claim.expected else { continue }
      let expected = outcome.claim.expected.rawValue
      let line = "surprise: \(outcome.claim.id) is \(outcome.verdict.rawValue), expected \(expected): "
      text += (line + outcome.evidence.summary).visible + "\n"
    }
    return text
  }
}

extension Outcome {
  var grounds: String { by.map(\.rawValue).joined(separator: ", ") }

  var json: JSONValue {
    var evidence: [JSONValue.Member] = [.init("summary", .string(evidence.summary))]
    evidence += self.evidence.details.map { .init($0.name, .string($0.text)) }
    if let kernelFailure { evidence.append(.init("kernelFailure", .string(kernelFailure))) }
    return .members([
      "id": .string(claim.id), "source": .string(claim.source), "equation": .string(claim.equation),
      "statement": .string(claim.statementText), "verdict": .string(verdict.rawValue), "by": .string(grounds),
      "expected": .string(claim.expected.rawValue), "reason": .string(claim.reason), "evidence": .object(evidence),
      "seconds": .seconds(seconds),
    ])
  }
}
