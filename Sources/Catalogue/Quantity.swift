import ArbitraryPrecision
import RigorousNumerics

/// A physical quantity that the suite certifies.
public struct Quantity: Sendable {
  /// The name, `system.quantity`.
  public let name: String
  /// The parameters, in order.
  public let parameters: [Parameter]
  /// Parameters of the system that the value does not depend on: accepted, checked and echoed where they are given.
  public let alsoAccepted: [Parameter]
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
  /// Writes a proof of a certified value that other programs check; nil where there is none.
  public let certifier: Certifier?

  /// The lines of a certificate of a value that was found; it throws ``Unanswered`` for what no checker covers.
  public typealias Certifier = @Sendable (Arguments, CertifiedValue, Goal, Budget) throws -> [String]

  /// Refuses combinations of parameters of which each alone is accepted; nil where there are none.
  let constraint: (@Sendable (Arguments) throws -> Void)?

  /// A quantity.
  ///
  /// - Parameters:
  ///   - continuous: the real parameters in which the value is known to be continuous.
  ///   - rationals: the rational ones, in which the value is continuous as a function on the rational numbers.
  ///   - isZero: decides without rounding whether the value is zero. A quantity that can be zero needs it: enclosures
  ///     approach a zero and never meet a relative goal there.
  ///   - constraint: throws ``BadInput`` for parameters that are refused together, ``Undecided`` when that is not
  ///     known.
  ///   - certifier: writes proofs of values.
  public init(
    _ name: String, _ parameters: [Parameter], continuous: [RealKey] = [],
    alsoIn rationals: [RationalKey] = [], alsoAccepted: [Parameter] = [], unit: String, scale: String = "1",
    meaning: String, source: Source,
    routes: [Route],
    isZero: @escaping @Sendable (Arguments) -> Decision = { _ in .undecided }, kernel: Kernel? = nil,
    constraint: (@Sendable (Arguments) throws -> Void)? = nil, certifier: Certifier? = nil
  ) {
    self.name = name
    let names = Set(continuous.map(\.name) + rationals.map(\.name))
    precondition(names.isSubset(of: parameters.map(\.name)), "Quantity: unknown name")
    self.parameters = parameters.map { names.contains($0.name) ? $0.continuous : $0 }
    self.alsoAccepted = alsoAccepted
    self.unit = unit
    scaleText = scale
    self.meaning = meaning
    self.source = source
    self.routes = routes
    self.isZero = isZero
    self.kernel = kernel
    self.constraint = constraint
    self.certifier = certifier
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
    return try refine(to: goal, within: budget, bounds: bounds, zeroBits: route.zeroBits) {
      try route.evaluate(arguments, $0, budget)
    }
  }
}
