import ArbitraryPrecision
import Catalogue
import JSON
import RigorousNumerics

/// One question with its answer, as it is printed.
public struct EvaluationReport: Report {
  private let evaluation: Evaluation
  private var quantity: Quantity { evaluation.quantity }

  /// A report of an evaluation.
  public init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  // MARK: - JSON

  /// One object.
  public var json: JSONValue { .object(members) }

  /// The keys of the answer, in the order of the contract; null for what was not found.
  public var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [.init("quantity", .string(quantity.name)), .init("parameters", parameters)]
    switch evaluation.finding {
    case .certified(_, let value):
      members += [
        .init("lower", .decimal(value.lower)), .init("upper", .decimal(value.upper)),
      ]
      if case .certified(let goal) = evaluation.question {
        members.append(.init("digits", .integer(goal.digits)))
        if case .absolute = goal { members.append(.init("goal", .string("absolute"))) }
      }
      members.append(.init("precisionBits", .integer(value.precision)))
    case .kernel(_, let answer):
      members += [
        .init("value", .double(answer.value)), .init("errorBound", .double(answer.errorBound)),
        .init("kernelErrorBound", .double(answer.kernelErrorBound)),
      ]
    case .nothing:
      let keys = evaluation.question == .kernel ? ["value", "errorBound", "kernelErrorBound"] : ["lower", "upper"]
      members += keys.map { .init($0, .null) }
    }
    members += [
      .init("seconds", .seconds(evaluation.seconds)), .init("method", .string(method)),
      .init("outcome", .string(evaluation.outcome.rawValue)),
    ]
    if let reason = evaluation.reason { members.append(.init("undecided", .string(reason))) }
    return members
  }

  /// The texts as given, defaults filled in.
  private var parameters: JSONValue {
    let texts =
      switch evaluation.finding {
      case .certified(let arguments, _), .kernel(let arguments, _): arguments.texts
      case .nothing: Arguments.echo(evaluation.given, for: quantity)
      }
    return .object(texts.map { .init($0.name, .string($0.text)) })
  }

  private var method: String {
    if evaluation.question == .kernel {
      return "double-precision kernel; promised bound: \(quantity.kernel?.promise ?? "none")"
    }
    // Without a bit of precision: an exact decision, unless the caps ended it before it began.
    if case .certified(_, let value) = evaluation.finding, value.precision == 0, value.undecided == nil {
      return "exact decision that the value is zero"
    }
    return quantity.route.method
  }

  // MARK: - Text

  /// The value; without proved digits the outcome with its reason, and the bounds that there are.
  public var text: String {
    switch evaluation.finding {
    case .certified(_, let value): (decimal(value) ?? EvaluationReport.shortfall(value, evaluation.outcome)) + "\n"
    case .kernel(_, let answer):
      """
      \(answer.value)
      within \(answer.errorBound) of the value at the parameters as written
      within \(answer.kernelErrorBound) of the value at the parameters rounded to doubles

      """
    case .nothing(let outcome, let reason): "\(outcome.rawValue): \(reason)\n"
    }
  }

  /// The decimal of as many digits as asked for that is nearest to the middle of the bounds; nil without proved digits.
  ///
  /// The bounds are at most one unit of its last digit apart, and rounding moves it by half a unit at most: the truth
  /// is within one unit.
  private func decimal(_ value: CertifiedValue) -> String? {
    guard value.undecided == nil, let lower = value.lower, let upper = value.upper,
      case .certified(let goal) = evaluation.question
    else { return nil }
    let middle = (lower.rational + upper.rational) / 2
    switch goal {
    case .relative(let digits):
      return ExactDecimal(nearest: middle, significantDigits: digits)
        .text(plainExponents: -5...max(0, digits - 1), significantDigits: middle.signum == 0 ? 1 : digits)
    case .absolute(let digits):
      return ExactDecimal(nearest: middle, places: digits).text(plainExponents: Int.min...Int.max, places: digits)
    }
  }

  private static func shortfall(_ value: CertifiedValue, _ outcome: CertifiedValue.Outcome) -> String {
    let reason = "\(outcome.rawValue): \(value.undecided ?? "no bounds")"
    guard value.lower != nil || value.upper != nil else {
      return outcome == .undecided ? reason + "; no bounds were found" : reason
    }
    let low = value.lower.map(\.description) ?? "-infinity"
    let high = value.upper.map(\.description) ?? "infinity"
    return reason + "; the value is in [\(low), \(high)]"
  }
}

extension JSONValue {
  /// A decimal as a string; null for a bound that was not found.
  fileprivate static func decimal(_ value: ExactDecimal?) -> JSONValue {
    value.map { .string($0.description) } ?? .null
  }
}
