import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

extension Model {
  /// How quantities of models are computed, and how far that reaches where a state evolves.
  public static let method = "Schroedinger equation on the basis states that the start reaches, from the model file"
  /// How quantities of models with a schedule are computed.
  static let scheduledMethod =
    "master equation, one piece after the other, on the elements of the density matrix that the start reaches"
  /// How quantities of models are computed by the second route.
  static let secondMethod =
    "density matrix on the whole space, means that close under the commutator, or vectors on whole levels, by Taylor's "
    + "series"
  /// The limit of quantities that need the state at a time after the start.
  public static let limit = Sector.limit
  /// The same of models with jumps.
  public static let openLimit = DensityBlock.limit
  /// Values of zero without structure are given up at 2^-2048, the square of the least number that a double holds.
  private static let zeroBits = 2048

  /// What is certified of the model.
  var system: BatterySystem {
    let quantities = figures.map(quantity)
    return BatterySystem(name, quantities: quantities, cases: cases(of: quantities))
  }

  private func quantity(_ figure: FigureDeclaration) -> Quantity {
    let needs = FigureNeeds(figure, of: self)
    let own = parameters.filter { needs.names.contains($0.name) }
    let others = parameters.filter { !needs.names.contains($0.name) }
    let time = needs.time ? [Parameter(.time, .nonNegative)] : []
    let route = Route(
      "vector", method: schedule == nil ? Model.method : Model.scheduledMethod,
      limits: needs.evolution ? [schedule == nil ? Sector.limit : DensityBlock.limit] : [], zeroBits: Model.zeroBits
    ) { arguments, precision, budget in
      try FigureEvaluation.value(figure, of: self, arguments, precision: precision, within: budget)
    }
    let check = Route("whole", method: Model.secondMethod, limits: [WholeSpace.limit], isCheck: true) {
      arguments, precision, budget in
      try FigureEvaluation.value(figure, of: self, arguments, precision: precision, within: budget, isSecond: true)
    }
    func declared(_ kernel: Kernel?) -> Quantity {
      Quantity(
        "\(name).\(figure.name)", own.map(\.parameter) + time,
        continuous: needs.time && schedule == nil && figure.value.isContinuousInTime ? [.time] : [],
        alsoAccepted: others.map(\.parameter), unit: figure.unit, meaning: figure.meaning, source: source,
        routes: hasSecondRoute(figure.value) ? [route, check] : [route], kernel: kernel,
        constraint: checkLeastIntegers
      ) { arguments, value, goal, budget in
        try Certificate(of: figure, in: self, at: arguments, value, goal: goal, within: budget).lines
      }
    }
    guard needs.time, needs.evolution, figure.value.isServedInDoubles else { return declared(nil) }
    return declared(kernel(figure, own, of: declared(nil)))
  }

  /// Refuses integers below the least ones that the file states.
  @Sendable func checkLeastIntegers(_ arguments: Arguments) throws {
    for parameter in parameters where parameter.least != nil {
      guard let value = arguments.number(named: parameter.name), case .integer(let integer) = value.integrality,
        let word = Int(exactly: integer)
      else { continue }
      try parameter.check(word, "\(integer)")
    }
  }
}
