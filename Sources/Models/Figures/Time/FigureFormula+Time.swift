import Expressions

extension FigureCall {
  /// Whether it is made of other figures at a time.
  var isComposed: Bool {
    switch self {
    case .initial, .sum, .at: true
    default: false
    }
  }

  /// Whether it needs more of a schedule than the state at a time.
  var needsSchedule: Bool {
    switch self {
    case .rate, .extremum, .firstMaximum, .firstTime, .average, .steady, .relaxationTime, .gap: true
    default: false
    }
  }

  /// Whether it is one of all times, wherever it stands.
  var isOfAllTimes: Bool {
    switch self {
    case .initial, .extremum, .firstMaximum, .firstTime, .average, .at, .steady, .relaxationTime, .gap: true
    default: false
    }
  }
}

extension FigureFormula {
  /// Whether a figure in it is one of a run of times.
  var runsThroughTimes: Bool {
    calls.values.contains { call in
      switch call {
      case .rate, .extremum, .firstMaximum, .firstTime, .average, .at, .steady, .relaxationTime, .gap: true
      case .initial(let inner), .sum(_, _, _, let inner): inner.runsThroughTimes
      case .mean, .variance, .covariance, .weight, .energetic, .copies, .ofState, .fisher, .concurrence, .distance:
        false
      }
    }
  }

  /// Whether its value depends on the time at which it is asked for.
  var dependsOnTime: Bool {
    expression.variables.contains("t")
      || calls.values.contains { call in
        switch call {
        case .initial, .firstMaximum, .firstTime, .steady, .relaxationTime, .gap: false
        case .extremum(_, _, _, let window): window?.dependsOnTime ?? false
        case .average(_, let end), .at(_, let end): end.dependsOnTime
        case .sum(_, _, _, let inner): inner.dependsOnTime
        case .mean, .variance, .covariance, .weight, .energetic, .copies, .ofState, .fisher, .concurrence, .distance,
          .rate:
          true
        }
      }
  }

  /// Whether figures of reduced states stand in it.
  var hasStates: Bool {
    calls.values.contains { call in
      switch call {
      case .energetic, .copies, .ofState, .fisher, .concurrence, .distance: true
      case .sum(_, _, _, let inner), .rate(let inner): inner.hasStates
      default: false
      }
    }
  }

  /// Whether the time stands in the arithmetic, of its sums too.
  var writesTime: Bool {
    expression.variables.contains("t")
      || calls.values.contains { call in
        switch call {
        case .sum(_, _, _, let inner), .rate(let inner): inner.writesTime
        default: false
        }
      }
  }

  /// Whether a function without derivatives at zero stands in the arithmetic.
  var hasKinks: Bool {
    var open = [expression]
    while let part = open.popLast() {
      open += part.node.children
      switch part.node {
      case .call(.abs, _), .call(.sqrt, _), .call(.log, _), .generalPower: return true
      default: break
      }
    }
    return calls.values.contains { call in
      switch call {
      case .sum(_, _, _, let inner): inner.hasKinks
      default: false
      }
    }
  }

  /// Its calls with another arithmetic.
  func with(_ expression: Expression) -> FigureFormula {
    FigureFormula(expression: expression, calls: calls, texts: texts, written: written, place: place)
  }

  /// G where this is G/t by its writing: a quotient by t, times factors and sums of such ones.
  var timesTime: FigureFormula? {
    let timed = Set(calls.filter { with(.init(.variable($0.key))).dependsOnTime(of: $0.key) }.keys).union(["t"])
    return Self.gain(expression, timed).map(with)
  }

  private func dependsOnTime(of name: String) -> Bool {
    FigureFormula(
      expression: Expression(.variable(name)), calls: calls.filter { $0.key == name }, texts: [:], written: written,
      place: place
    ).dependsOnTime
  }

  private static func gain(_ f: Expression, _ timed: Set<String>) -> Expression? {
    func isSteady(_ part: Expression) -> Bool { part.variables.isDisjoint(with: timed) }
    switch f.node {
    case .quotient(let a, let b):
      if case .variable("t") = b.node { return a }
      if isSteady(b) { return gain(a, timed).map { $0 / b } }
      // a/(b t), with b on either side.
      if case .product(let x, let y) = b.node {
        if isSteady(x), case .variable("t") = y.node { return a / x }
        if isSteady(y), case .variable("t") = x.node { return a / y }
      }
      return nil
    case .product(let a, let b):
      return gain(a, timed).map { $0 * b } ?? gain(b, timed).map { a * $0 }
    case .negation(let a): return gain(a, timed).map { Expression(.negation($0)) }
    case .sum(let a, let b):
      guard let x = gain(a, timed), let y = gain(b, timed) else { return nil }
      return x + y
    case .difference(let a, let b):
      guard let x = gain(a, timed), let y = gain(b, timed) else { return nil }
      return x - y
    default: return nil
    }
  }
}
