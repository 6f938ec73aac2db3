import Expressions

/// What a quantity depends on.
struct FigureNeeds {
  /// Names of parameters.
  private(set) var names: Set<String> = []
  /// Whether it depends on the time.
  private(set) var time = false
  /// Whether it needs the state at a time after the start.
  private(set) var evolution = false
  private var state = false
  private var hamiltonian = false

  /// Whether the time in a formula is that of the question, zero, or one that a figure runs through.
  private enum Clock { case question, start, running }

  init(_ figure: FigureDeclaration, of model: Model) {
    walk(figure.value, model, .question)
    guard state else { return }
    for factor in model.factors { names.formUnion(factor.variables) }
    names.formUnion(model.start.variables)
    for part in model.start.gibbsParts { names.formUnion(model.parts[part].hamiltonian.expression.variables) }
    if evolution || hamiltonian || names.contains("H") {
      names.formUnion(model.hamiltonian?.expression.variables ?? [])
      for jump in model.jumps { names.formUnion(jump.variables) }
      names.formUnion(model.schedule?.variables ?? [])
      for part in model.schedule?.gibbsParts ?? [] {
        names.formUnion(model.parts[part].hamiltonian.expression.variables)
      }
    }
  }

  private mutating func walk(_ formula: FigureFormula, _ model: Model, _ clock: Clock) {
    names.formUnion(formula.expression.variables)
    if clock == .question, formula.expression.variables.contains("t") { time = true }
    for call in formula.calls.values { walk(call, model, clock) }
  }

  private mutating func walk(_ call: FigureCall, _ model: Model, _ clock: Clock) {
    switch call {
    case .mean(let x), .variance(let x): meet([x], clock)
    case .covariance(let x, let y): meet([x, y], clock)
    case .weight(let assignments):
      meet([], clock)
      add(assignments)
    case .energetic(_, let part): meet(part, model, clock)
    case .copies(let part, let count):
      meet(part, model, clock)
      add(count)
    case .ofState(_, let subject): meet(subject, model, clock)
    case .fisher(let subject, let x):
      meet(subject, model, clock)
      add(x)
    case .concurrence(let x, let y):
      meet([], clock)
      add(x)
      add(y)
    case .distance(_, let subject, let reference):
      meet(subject, model, clock)
      switch reference {
      case .start: break
      case .word(let word): add(word)
      case .product(let assignments): add(assignments)
      case .gibbs(_, let beta): add(beta)
      }
    case .initial(let inner): walk(inner, model, .start)
    case .rate(let inner):
      walk(inner, model, clock)
      hamiltonian = true
    case .extremum(_, _, let inner, let window):
      walk(inner, model, .running)
      if let window { walk(window, model, clock) }
    case .firstMaximum(_, let inner), .steady(let inner): walk(inner, model, .running)
    case .relaxationTime(let distance):
      meet([], .running)
      walk(distance, model, .running)
    case .gap: meet([], .running)
    case .firstTime(let inner, let level):
      walk(inner, model, .running)
      walk(level, model, .running)
    case .average(let inner, let end), .at(let inner, let end):
      walk(inner, model, .running)
      walk(end, model, clock)
    case .sum(_, let from, let to, let inner):
      add(from)
      add(to)
      walk(inner, model, clock)
    }
  }

  private mutating func add(_ formula: ModelFormula) { names.formUnion(formula.expression.variables) }
  private mutating func add(_ place: PartDeclaration.Place) { if let cell = place.cell { add(cell) } }
  private mutating func add(_ word: StateWord) { names.formUnion(word.arguments.flatMap(\.variables)) }

  private mutating func add(_ assignments: [StateAssignment]) {
    for assignment in assignments {
      add(assignment.place)
      add(assignment.word)
    }
  }

  private mutating func meet(_ observables: [ModelFormula], _ clock: Clock) {
    observables.forEach { add($0) }
    state = true
    if clock != .start { evolution = true }
    if clock == .question { time = true }
  }

  private mutating func meet(_ part: Int, _ model: Model, _ clock: Clock) {
    meet([model.parts[part].hamiltonian], clock)
    model.parts[part].places.forEach { add($0) }
  }

  private mutating func meet(_ subject: FigureSubject, _ model: Model, _ clock: Clock) {
    switch subject {
    case .all: meet([], clock)
    case .part(let part): meet(part, model, clock)
    case .place(let place):
      meet([], clock)
      add(place)
    }
  }
}

extension FigureFormula {
  /// The parts that it names.
  func parts(of model: Model) -> Set<Int> {
    let names = written.variables
    return Set(model.parts.indices.filter { names.contains(model.parts[$0].name) })
  }
}
