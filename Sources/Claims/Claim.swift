import Catalogue
import RigorousNumerics

/// A printed statement, how it is checked, and the verdict that is expected.
public struct Claim: Sendable {
  /// The id, `system.claim`.
  public let id: String
  /// The paper.
  public let source: String
  /// Where in the paper.
  public let equation: String
  /// What it says, in words.
  public let title: String
  /// The verdict that is expected.
  public let expected: Verdict
  /// Why it is expected.
  public let reason: String

  /// Whether checking takes more than seconds in a build without optimisation.
  public let isLong: Bool

  /// What it states, and how that is checked.
  public let content: any ClaimKind

  /// The claim with another content of its kind.
  func with(_ content: any ClaimKind) -> Claim {
    Claim(
      id: id, source: source, equation: equation, title: title, expected: expected, reason: reason, isLong: isLong,
      content: content)
  }

  /// The name of the kind in claim files.
  public var kindName: String { type(of: content).name }

  /// The statement as printed, in the expression grammar.
  public var statementText: String { content.statementText }
}

extension Claim {
  /// Checks the claim.
  ///
  /// - Throws: `BadInput` when the claim cannot be evaluated at all, such as a formula without a value at a point.
  public func check(in context: CheckContext) throws -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let finding: Finding
    do {
      finding = try content.check(in: context)
    } catch let question as Undecided {
      finding = .undecided(question.reason, by: [.enclosure])
    } catch let unanswered as Unanswered {
      finding = .undecided(unanswered.reason, by: [.enclosure])
    } catch let bad as BadInput {
      throw BadInput("claim \(id): \(bad.message)")
    }
    return Outcome(
      claim: self, verdict: finding.verdict, by: finding.by, evidence: finding.evidence,
      kernelFailure: finding.kernelFailure, seconds: (clock.now - start).inSeconds)
  }
}

extension Claim {
  /// The lines of a proof of the value of this claim's quantity at the first point of its quick grid, to the digits
  /// that are claimed, for other programs to check.
  ///
  /// - Throws: ``Unanswered`` for claims and quantities that no checker covers; what the evaluation throws.
  public func certificate(within budget: Budget) throws -> [String] {
    guard let comparison = (content as? any ComparesQuantity)?.comparison else {
      throw Unanswered(beyond: "no certificate: a claim of the kind \(kindName)")
    }
    guard let certifier = comparison.quantity.certifier else {
      throw Unanswered(beyond: "no certificate: '\(comparison.quantity.name)' is no quantity of a model file")
    }
    let arguments = try comparison.quick.arguments(0, of: comparison.quantity)
    let goal = Goal.relative(digits: min(max(comparison.tolerance.digits ?? 10, 1), 30))
    let value = try comparison.quantity.certified(arguments, to: goal, within: budget)
    return try certifier(arguments, value, goal, budget)
  }
}
