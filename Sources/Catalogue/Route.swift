import ArbitraryPrecision
import RigorousNumerics

/// A way to compute a quantity with certainty.
public struct Route: Sendable {
  /// The evaluation at a precision within a budget: an enclosure that contains the true value.
  public typealias Evaluate = @Sendable (Arguments, _ precision: Int, Budget) throws -> Interval

  /// The name by which claims choose it.
  public let name: String
  /// What is computed, in words.
  public let method: String
  /// The lemmas that a human argument supplies, each a heading of the system's guide page; empty when there is none.
  public let lemmas: [String]
  /// What the route is limited to.
  public let limits: [Limit]
  /// The bits after the point at which the digits of a value around zero are given up; nil for none.
  public let zeroBits: Int?
  /// Whether claims that name no routes run it beside the first one, wherever it reaches.
  public let isCheck: Bool
  /// The evaluation; it refuses at once what is beyond a limit on the parameters.
  public let evaluate: Evaluate

  /// A way to compute; beyond its limits on the parameters nothing is computed.
  public init(
    _ name: String, method: String, lemmas: [String] = [], limits: [Limit] = [], zeroBits: Int? = nil,
    isCheck: Bool = false,
    evaluate: @escaping Evaluate
  ) {
    self.name = name
    self.method = method
    self.lemmas = lemmas
    self.limits = limits
    self.zeroBits = zeroBits
    self.isCheck = isCheck
    self.evaluate = { arguments, precision, budget in
      for limit in limits { try limit.check(arguments) }
      return try evaluate(arguments, precision, budget)
    }
  }
}
