import JSON
import ArbitraryPrecision
import Catalogue
import Systems
import RigorousNumerics

/// One certified value as it is printed.
public struct ValueReport: Sendable {
  let quantity: Quantity
  let arguments: Arguments
  let goal: Goal
  let value: CertifiedValue
  let seconds: Double

  /// A report of a value that was evaluated in a number of seconds.
  public init(quantity: Quantity, arguments: Arguments, goal: Goal, value: CertifiedValue, seconds: Double) {
    self.quantity = quantity
    self.arguments = arguments
    self.goal = goal
    self.value = value
    self.seconds = seconds
  }

  /// The keys of the JSON answer, in the order of the contract.
  public var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("quantity", .string(quantity.name)), .init("parameters", arguments.json),
      .init("lower", .decimal(value.lower)), .init("upper", .decimal(value.upper)),
      .init("digits", .integer(goal.digits)),
    ]
    if case .absolute = goal { members.append(.init("goal", .string("absolute"))) }
    members += [
      .init("precisionBits", .integer(value.precision)), .init("seconds", .seconds(seconds)),
      .init("method", .string(isDecidedZero ? "exact decision that the value is zero" : quantity.route.method)),
      .init("outcome", .string(value.outcome.rawValue)),
    ]
    if let reason = value.undecided { members.append(.init("undecided", .string(reason))) }
    return members
  }

  /// Without a bit of precision: an exact decision, unless the caps ended it before it began.
  private var isDecidedZero: Bool { value.precision == 0 && value.undecided == nil }

  /// The decimal of as many digits as asked for that is nearest to the middle of the bounds.
  ///
  /// The bounds are at most one unit of its last digit apart, and rounding moves it by half a unit at most: the truth
  /// is within one unit. Without proved digits: the bounds and the reason.
  public var text: String {
    guard value.undecided == nil, let lower = value.lower, let upper = value.upper else {
      let outcome = value.undecided == nil ? CertifiedValue.Outcome.undecided : value.outcome
      let reason = "\(outcome.rawValue): \(value.undecided ?? "no bounds")"
      guard value.lower != nil || value.upper != nil else {
        return outcome == .undecided ? reason + "; no bounds were found" : reason
      }
      let low = value.lower.map(\.description) ?? "-infinity"
      let high = value.upper.map(\.description) ?? "infinity"
      return reason + "; the value is in [\(low), \(high)]"
    }
    let middle = (lower.rational + upper.rational) / 2
    switch goal {
    case .relative(let digits):
      return ExactDecimal(nearest: middle, significantDigits: digits)
        .text(plainExponents: -5...max(0, digits - 1), significantDigits: middle.signum == 0 ? 1 : digits)
    case .absolute(let digits):
      return ExactDecimal(nearest: middle, places: digits).text(plainExponents: Int.min...Int.max, places: digits)
    }
  }
}

/// A request that was answered by a reason and no bounds.
public struct UndecidedReport: Sendable {
  let quantity: Quantity
  let given: [(name: String, text: String)]
  let reason: String
  let outcome: CertifiedValue.Outcome
  let isKernel: Bool
  let seconds: Double

  /// A report of a reason.
  ///
  /// - Parameters:
  ///   - given: the parameters as they were given.
  ///   - isKernel: whether the double-precision kernel was asked.
  public init(
    quantity: Quantity, given: [(name: String, text: String)], reason: String,
    outcome: CertifiedValue.Outcome = .undecided, isKernel: Bool, seconds: Double
  ) {
    self.quantity = quantity
    self.given = given
    self.reason = reason
    self.outcome = outcome
    self.isKernel = isKernel
    self.seconds = seconds
  }

  /// The keys of the JSON answer, with null for what was not found.
  public var members: [JSONValue.Member] {
    let echo = Arguments.echo(given, for: quantity).map { JSONValue.Member($0.name, .string($0.text)) }
    let values = isKernel ? ["value", "errorBound", "kernelErrorBound"] : ["lower", "upper"]
    return [.init("quantity", .string(quantity.name)), .init("parameters", .object(echo))]
      + values.map { .init($0, .null) } + [
        .init("seconds", .seconds(seconds)),
        .init("method", .string(isKernel ? KernelReport.method(of: quantity) : quantity.route.method)),
        .init("outcome", .string(outcome.rawValue)), .init("undecided", .string(reason)),
      ]
  }

  /// The reason.
  public var text: String { "\(outcome.rawValue): \(reason)" }
}

/// One value of a double-precision kernel as it is printed.
public struct KernelReport: Sendable {
  let quantity: Quantity
  let arguments: Arguments
  let answer: KernelAnswer
  let seconds: Double

  /// A report of a kernel's answer that took a number of seconds.
  public init(quantity: Quantity, arguments: Arguments, answer: KernelAnswer, seconds: Double) {
    self.quantity = quantity
    self.arguments = arguments
    self.answer = answer
    self.seconds = seconds
  }

  /// The keys of the JSON answer.
  public var members: [JSONValue.Member] {
    [
      .init("quantity", .string(quantity.name)), .init("parameters", arguments.json),
      .init("value", .double(answer.value)), .init("errorBound", .double(answer.errorBound)),
      .init("kernelErrorBound", .double(answer.kernelErrorBound)), .init("seconds", .seconds(seconds)),
      .init("method", .string(KernelReport.method(of: quantity))),
      .init("outcome", .string(CertifiedValue.Outcome.value.rawValue)),
    ]
  }

  static func method(of quantity: Quantity) -> String {
    "double-precision kernel; promised bound: \(quantity.kernel?.promise ?? "none")"
  }

  /// The value and both bounds, a line each.
  public var text: String {
    """
    \(answer.value)
    within \(answer.errorBound) of the value at the parameters as written
    within \(answer.kernelErrorBound) of the value at the parameters rounded to doubles
    """
  }
}

extension Arguments {
  /// The texts as given, defaults filled in.
  var json: JSONValue { .object(texts.map { .init($0.name, .string($0.text)) }) }
}

extension JSONValue {
  /// A decimal as a string; null for a bound that was not found.
  static func decimal(_ value: ExactDecimal?) -> JSONValue { value.map { .string($0.description) } ?? .null }
}
