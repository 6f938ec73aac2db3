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
  /// The evaluation; it refuses at once what is beyond a limit on the parameters.
  public let evaluate: Evaluate

  public init(
    _ name: String, method: String, lemmas: [String] = [], limits: [Limit] = [], evaluate: @escaping Evaluate
  ) {
    self.name = name
    self.method = method
    self.lemmas = lemmas
    self.limits = limits
    self.evaluate = { arguments, precision, budget in
      for limit in limits { try limit.check(arguments) }
      return try evaluate(arguments, precision, budget)
    }
  }
}

/// A physical quantity that the suite certifies.
public struct Quantity: Sendable {
  /// The name, `system.quantity`.
  public let name: String
  /// The parameters, in order.
  public let parameters: [Parameter]
  /// The unit of the value, with hbar = 1.
  public let unit: String
  /// What it is.
  public let meaning: String
  /// What the values are measured against: a formula in the parameters for a value of natural size in this unit, `1`
  /// for plain numbers.
  public let scaleText: String
  /// The papers with their places, or where it is derived.
  public let source: Source
  /// The ways to compute it, the one used for evaluation first.
  public let routes: [Route]
  /// Whether the value is exactly zero, decided without rounding; `undecided` leaves it to the enclosures.
  public let isZero: @Sendable (Arguments) -> Decision
  /// The double-precision kernel, if there is one.
  public let kernel: Kernel?
  /// Refuses combinations of parameters of which each alone is accepted; nil where there are none.
  let constraint: (@Sendable (Arguments) throws -> Void)?

  /// - Parameter continuous: the names of the real parameters in which the value is known to be continuous.
  public init(
    _ name: String, _ parameters: [Parameter], continuous: [String] = [], unit: String, scale: String = "1",
    meaning: String, source: Source,
    routes: [Route],
    isZero: @escaping @Sendable (Arguments) -> Decision = { _ in .certainlyFalse }, kernel: Kernel? = nil,
    constraint: (@Sendable (Arguments) throws -> Void)? = nil
  ) {
    self.name = name
    precondition(continuous.allSatisfy { name in parameters.contains { $0.name == name } }, "Quantity: unknown name")
    self.parameters = parameters.map { continuous.contains($0.name) ? $0.continuous : $0 }
    self.unit = unit
    scaleText = scale
    self.meaning = meaning
    self.source = source
    self.routes = routes
    self.isZero = isZero
    self.kernel = kernel
    self.constraint = constraint
  }

  /// Whether parameters are checked together, beyond the domain of each.
  public var hasConstraint: Bool { constraint != nil }

  /// The route that evaluation uses.
  public var route: Route { routes[0] }

  /// The certified value.
  ///
  /// The true value lies between the bounds of the answer. When a cap is met first the answer carries the best bounds
  /// and the reason.
  ///
  /// - Parameter bounds: told of the best bounds on the way.
  public func certified(
    _ arguments: Arguments, to goal: Goal, within budget: Budget, bounds: BoundsSoFar? = nil
  ) throws -> CertifiedValue {
    if isZero(arguments) == .certainlyTrue { return .zero }
    return try refine(to: goal, within: budget, bounds: bounds) { try route.evaluate(arguments, $0, budget) }
  }
}
