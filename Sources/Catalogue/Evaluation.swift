import FastKernels
import RigorousNumerics

/// One question with its answer: what was asked, how it ended, and how long it took.
public struct Evaluation: Sendable {
  /// What is asked of a quantity.
  public enum Question: Sendable, Hashable {
    /// Certified bounds that are as near as the goal says.
    case certified(Goal)
    /// The double-precision kernel with its proved bounds.
    case kernel
  }

  /// What was found.
  public enum Finding: Sendable {
    /// Certified bounds, whether they are as near as asked or not.
    case certified(Arguments, CertifiedValue)
    /// A kernel's answer.
    case kernel(Arguments, KernelAnswer)
    /// Nothing, and why.
    case nothing(CertifiedValue.Outcome, reason: String)
  }

  /// The quantity.
  public let quantity: Quantity
  /// The names and texts of its parameters as given.
  public let given: [(name: String, text: String)]
  /// What was asked.
  public let question: Question
  /// What was found.
  public let finding: Finding
  /// The seconds of the evaluation alone.
  public let seconds: Double

  /// How it ended.
  public var outcome: CertifiedValue.Outcome {
    switch finding {
    case .certified(_, let value):
      // Without a bound at an end, and without a reason, nothing is decided.
      value.undecided == nil && (value.lower == nil || value.upper == nil) ? .undecided : value.outcome
    case .kernel: .value
    case .nothing(let outcome, _): outcome
    }
  }

  /// Why there is no value as asked; nil where there is one.
  public var reason: String? {
    switch finding {
    case .certified(_, let value): value.undecided
    case .kernel: nil
    case .nothing(_, let reason): reason
    }
  }

  /// Evaluates a quantity within caps that hold even inside one long call of a library.
  ///
  /// - Parameters:
  ///   - bits: the cap on precision.
  ///   - seconds: the cap on time.
  /// - Throws: ``BadInput``.
  public init(
    of quantity: Quantity, at given: [(name: String, text: String)], _ question: Question, bits: Int, seconds: Double
  ) throws {
    let clock = ContinuousClock()
    var start = clock.now
    let finding: Finding
    do {
      let arguments = try Arguments(given, for: quantity)
      let budget = Budget(bits: bits, seconds: seconds)
      start = clock.now
      switch question {
      case .kernel:
        finding =
          try budget.result { try quantity.kernelAnswer(arguments, within: budget) }.map { .kernel(arguments, $0) }
          ?? .nothing(.undecided, reason: budget.timeIsOver.reason)
      case .certified(let goal):
        let bounds = BoundsSoFar()
        let found = try budget.result {
          try quantity.certified(arguments, to: goal, within: budget, bounds: bounds)
        }
        finding = .certified(arguments, found ?? bounds.value(to: goal, endedBy: budget.timeIsOver))
      }
    } catch let refusal as BadInput where refusal.isUndefined {
      finding = .nothing(.undefined, reason: refusal.message)
    } catch let question as Undecided {
      finding = .nothing(.undecided, reason: question.reason)
    } catch let refused as KernelRefusal {
      finding = .nothing(.beyond, reason: refused.reason)
    } catch let exhausted as Unanswered {
      finding = .nothing(CertifiedValue.Outcome(exhausted.cause), reason: exhausted.reason)
    }
    (self.quantity, self.given, self.question, self.finding) = (quantity, given, question, finding)
    self.seconds = (clock.now - start).inSeconds
  }

  /// The lines of a proof of the value that other programs check (docs/certificates.md).
  ///
  /// - Throws: ``Unanswered`` where no value was found, and for what no checker covers.
  public func certificate(within budget: Budget) throws -> [String] {
    guard case .certified(let goal) = question, case .certified(let arguments, let value) = finding,
      [.value, .zero].contains(outcome)
    else { throw Unanswered(beyond: "no certificate: no value was found") }
    guard let certifier = quantity.certifier else {
      throw Unanswered(beyond: "no certificate: '\(quantity.name)' is no quantity of a model file")
    }
    return try certifier(arguments, value, goal, budget)
  }
}
