import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

extension Model {
  /// What is certified of the model.
  var system: BatterySystem { BatterySystem(name, quantities: figures.map(quantity)) }

  private func quantity(_ figure: FigureDeclaration) -> Quantity {
    let needs = Needs(figure, of: self)
    let own = parameters.filter { needs.names.contains($0.name) }
    let others = parameters.filter { !needs.names.contains($0.name) }
    let time = needs.time ? [Parameter(.time, .nonNegative)] : []
    let route = Route(
      "vector", method: "Schroedinger equation on the basis states that the start reaches, from the model file",
      limits: needs.evolution ? [Sector.limit] : []
    ) { arguments, precision, budget in
      try FigureEvaluation.value(figure, of: self, arguments, precision: precision, within: budget)
    }
    return Quantity(
      "\(name).\(figure.name)", own.map(\.parameter) + time, alsoAccepted: others.map(\.parameter),
      unit: figure.unit, meaning: figure.meaning, source: source, routes: [route],
      constraint: checkLeastIntegers)
  }

  /// Refuses integers below the least ones that the file states.
  @Sendable private func checkLeastIntegers(_ arguments: Arguments) throws {
    for parameter in parameters where parameter.least != nil {
      guard let value = arguments.number(named: parameter.name), case .integer(let integer) = value.integrality,
        let word = Int(exactly: integer)
      else { continue }
      try parameter.check(word, "\(integer)")
    }
  }
}

/// What a quantity depends on.
private struct Needs {
  /// Names of parameters.
  private(set) var names: Set<String> = []
  /// Whether it depends on the time.
  private(set) var time = false
  /// Whether it needs the state at a time after the start.
  private(set) var evolution = false
  private var state = false

  init(_ figure: FigureDeclaration, of model: Model) {
    walk(figure.value.expression, figure, isStart: false)
    for word in figure.weights.values.joined() {
      names.formUnion(word.word.arguments.flatMap(\.variables))
      names.formUnion(word.place.cell?.expression.variables ?? [])
    }
    for part in model.parts where figure.mentions(part) {
      for place in part.places { names.formUnion(place.cell?.expression.variables ?? []) }
    }
    guard state else { return }
    for factor in model.factors {
      names.formUnion(factor.variables)
    }
    names.formUnion(model.start.variables)
    if evolution { names.formUnion(model.hamiltonian?.expression.variables ?? []) }
  }

  private mutating func walk(_ formula: Expression, _ figure: FigureDeclaration, isStart: Bool) {
    switch formula.node {
    case .variable(let name):
      if name == "t", !isStart { time = true }
      if figure.weights[name] != nil { meet(isStart) }
      names.insert(name)
    case .operation(.member("initial", _), let parts): walk(parts[0], figure, isStart: true)
    case .operation(.member(let name, _), _):
      if ModelNames.figures.contains(name) { meet(isStart) }
      names.formUnion(formula.variables)
    default: for part in formula.node.children { walk(part, figure, isStart: isStart) }
    }
  }

  private mutating func meet(_ isStart: Bool) {
    state = true
    if !isStart { (time, evolution) = (true, true) }
  }
}
