import ArbitraryPrecision
import BatteryModels
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
      .init("precisionBits", .integer(value.precision)), .init("seconds", .double(seconds)),
      .init("method", .string(quantity.route.method)),
    ]
    if let reason = value.undecided { members.append(.init("undecided", .string(reason))) }
    return members
  }

  /// The decimal of as many digits as asked for that is nearest to the middle of the bounds.
  ///
  /// The bounds are at most one unit of its last digit apart, and rounding moves it by half a unit at most: the truth is
  /// within one unit. Without proved digits: the bounds and the reason.
  public var text: String {
    guard value.undecided == nil, let lower = value.lower, let upper = value.upper else {
      let low = value.lower.map(\.description) ?? "-infinity"
      let high = value.upper.map(\.description) ?? "infinity"
      return "undecided: \(value.undecided ?? "no bounds"); the value is in [\(low), \(high)]"
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
      .init("kernelErrorBound", .double(answer.kernelErrorBound)), .init("seconds", .double(seconds)),
      .init("method", .string("double-precision kernel; promised bound: \(quantity.kernel?.promise ?? "")")),
    ]
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
