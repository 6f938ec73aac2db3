import ArbitraryPrecision
import Expressions
import Operators
import RigorousNumerics

/// Formulas as functions of a time that runs.
extension FigureEvaluation {
  /// A formula as a function of time.
  ///
  /// - Parameter accuracy: bits of the polynomials between the states of a path.
  mutating func running(
    _ formula: FigureFormula, _ indices: [String: Expression], accuracy: Int
  ) throws -> TimeFunction {
    var leaves: [String: TimeFunction] = [:]
    var constants: [String: Interval] = [:]
    for name in formula.expression.variables where name != "t" {
      if let call = formula.calls[name] {
        leaves[name] = try running(call, formula, indices, accuracy)
      } else if let index = indices[name] {
        constants[name] = try constant(try value(formula.with(index), [:], .start))
      } else if let value = parameter(name) {
        constants[name] = try constant(value)
      } else {
        throw formula.place.fault("'\(name)' has no value")
      }
    }
    let shifted = origin.map { formula.expression.substituting(["t": Expression(.variable("t")) + $0]) }
    let (functions, rule) = (leaves, TimeFormula(shifted ?? formula.expression, constants))
    let isZero = try startsFromZero(formula)
    var rate: (@Sendable () -> TimeFunction)?
    if functions.values.contains(where: { $0.rate != nil }) { rate = { rule.rate(functions) } }
    let series: TimeFunction.Series = { (t, order, budget) throws(Unanswered) in
      try rule.series(functions, t, order, budget) { $0.series }
    }
    let own: TimeFunction.Series = { (t, order, budget) throws(Unanswered) in
      try rule.series(functions, t, order, budget) { $0.own ?? $0.series }
    }
    return TimeFunction(
      series: series,
      start: { (order) throws(Unanswered) in
        var found = try rule.start(functions, order)
        if isZero { found[0] = Interval(0, precision: found[0].precision) }
        return found
      }, step: functions.values.compactMap(\.step).min { $0.lower < $1.lower },
      isRough: functions.values.contains(where: \.isRough),
      end: functions.values.compactMap(\.end).min { $0.lower < $1.lower }, rate: rate,
      own: functions.values.contains { $0.own != nil } ? own : nil)
  }

  /// Whether a formula is zero at the start by its writing, as F - initial(F) is.
  private func startsFromZero(_ formula: FigureFormula) throws -> Bool {
    // A piece begins where the whole has come to.
    guard wholeQuestion.isEmpty else { return false }
    var names: [Expression: String] = [:]
    func atStart(_ formula: FigureFormula) -> Expression {
      let parts = formula.calls.reduce(into: ["t": Expression.number(0)]) { parts, call in
        if case .initial(let inner) = call.value {
          parts[call.key] = atStart(inner)
        } else if let written = formula.texts[call.key] {
          let name = names[written] ?? "value\(names.count)"
          names[written] = name
          parts[call.key] = Expression(.variable(name))
        }
      }
      return formula.expression.substituting(parts)
    }
    let expression = atStart(formula)
    let known = expression.variables.subtracting(names.values)
    let ring = ScalarFormulas(names: known.union(names.values))
    guard let element = try? ring.scalar(expression) else { return false }
    return ring.isZero(element)
  }

  private func constant(_ value: DefinedInterval) throws -> Interval {
    guard value.isDefined, value.interval.isBounded else { throw NotToldYet(what: "a number of a formula") }
    return value.interval
  }

  /// A figure as a function of time.
  private mutating func running(
    _ call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ accuracy: Int
  ) throws -> TimeFunction {
    if let own = try running(bySecond: call, indices) { return own }
    switch call {
    case .mean(let x): return try mean(try hermitian(x, indices, .start), accuracy)
    case .variance(let x):
      let operatorX = try hermitian(x, indices, .start)
      return try covariance(operatorX, operatorX, accuracy)
    case .covariance(let x, let y):
      return try covariance(try hermitian(x, indices, .start), try hermitian(y, indices, .start), accuracy)
    case .weight(let assignments):
      return try weight(try sites(assignments, indices, formula), accuracy)
        ?? ofStates(call, formula, indices, accuracy)
    case .rate(let inner): return try derivative(of: inner, indices, accuracy)
    case .sum(let index, let from, let to, let inner):
      let (first, last) = (try integer(from, indices), try integer(to, indices))
      return try sum(of: inner, index, from: first, to: last, indices, accuracy)
    case .initial, .extremum, .firstMaximum, .firstTime, .average, .at, .steady, .relaxationTime, .gap:
      guard !formula.with(call).dependsOnTime else {
        throw formula.place.fault(
          "a figure whose window holds t stands in a figure over times; accepted: windows without t there")
      }
      return TimeFunction(constant: try constant(try value(of: call, formula, indices, .start)))
    case .energetic, .copies, .ofState, .fisher, .concurrence, .distance:
      return try ofStates(call, formula, indices, accuracy)
    }
  }

  /// The derivative of a figure; of rates of rates in one loop, whatever their number.
  private mutating func derivative(
    of inner: FigureFormula, _ indices: [String: Expression], _ accuracy: Int
  ) throws -> TimeFunction {
    var (formula, order) = (inner, 1)
    while case .variable(let name) = formula.expression.node, case .rate(let next)? = formula.calls[name] {
      (formula, order) = (next, order + 1)
    }
    var function = try running(formula, indices, accuracy: accuracy)
    for _ in 0..<order { function = function.derivative }
    return function
  }

  private mutating func sum(
    of inner: FigureFormula, _ index: String, from first: Int, to last: Int, _ indices: [String: Expression],
    _ accuracy: Int
  ) throws -> TimeFunction {
    guard first <= last else { return TimeFunction(constant: Interval(0, precision: point.precision)) }
    var terms: [TimeFunction] = []
    for number in first...last {
      let own = indices.merging([index: .number(Rational(Integer(number)))]) { $1 }
      terms.append(try running(inner, own, accuracy: accuracy))
    }
    return TimeFunction(sum: terms)
  }

  /// The weight of states of sites; nil where one has no end, which is no finite projection.
  private mutating func weight(
    _ sites: [(site: Int, state: SiteState)], _ accuracy: Int
  ) throws -> TimeFunction? {
    guard sites.allSatisfy({ $0.state.gaussian == nil }) else { return nil }
    // Where the path is known to a distance the derivatives of a projection are means of their own.
    if try framePaths().isTruncated {
      if let polynomial = try point.projector(on: sites) { return try mean(polynomial, accuracy) }
      // Their rates know the Hamiltonian alone, and no jump.
      if try !evolution.isOpen(), let transitions = try SiteTransitions(projectingOn: sites, point) {
        return try mean(.transitions(transitions), accuracy)
      }
    }
    let value = try state(.start).weight(sites, point)
    return try mean(start: value, accuracy) { [point] in try point.projection($0, on: sites) }
  }

  // MARK: - Means

  mutating func mean(_ polynomial: ModelPoint.Operator, _ accuracy: Int) throws -> TimeFunction {
    if let function = try mean(byMoments: polynomial) { return function }
    return try mean(.letters(polynomial), accuracy)
  }

  private mutating func mean(_ observable: PathOperator, _ accuracy: Int) throws -> TimeFunction {
    let question = MeanQuestion(observable: observable, accuracy: accuracy)
    if let known = means[question] { return known }
    let start = try state(.start)
    // What commutes with the Hamiltonian keeps its mean, and so does what the adjoint generator takes to zero.
    let (evolution, point) = (evolution, point)
    let change: @Sendable (PathOperator) throws -> PathOperator = { observable in
      switch observable {
      case .letters(let polynomial): .letters(try evolution.change(of: polynomial))
      case .transitions(let transitions): .transitions(try transitions.change(by: point.hamiltonian(), point))
      }
    }
    do {
      guard try !change(observable).isZero else {
        return TimeFunction(constant: try observable.mean(in: start, point))
      }
    } catch let fault as OutsideFragment { throw Unanswered(beyond: fault.description) }
    let paths = try framePaths()
    let derivatives = MeanDerivatives(
      of: observable, from: start, along: paths, accuracy: accuracy, point, within: budget, by: change)
    // The rate of a mean that is known to a distance is the mean of i[H, X].
    let rate = paths.isTruncated ? Self.derivative(1, try derivatives.mean(1), derivatives, isCut: true) : nil
    let found = Self.derivative(0, try derivatives.mean(0), derivatives, isCut: paths.isTruncated, rate: rate)
    means[question] = found
    return found
  }

  /// The derivative of some order of a mean, with what is known of the next ones.
  private static func derivative(
    _ k: Int, _ function: TimeFunction, _ derivatives: MeanDerivatives, isCut: Bool, rate: TimeFunction? = nil
  ) -> TimeFunction {
    let series: TimeFunction.Series = { (t, order, budget) throws(Unanswered) in
      try derivatives.series(from: k, t, order: order, budget)
    }
    var known: (@Sendable () -> TimeFunction)?
    if let rate { known = { rate } }
    return TimeFunction(
      series: function.series,
      start: { (order: Int) throws(Unanswered) -> [Interval] in derivatives.start(from: k, try function.start(order)) },
      step: function.step, end: function.end, rate: known, own: isCut ? series : nil)
  }

  private mutating func mean(
    start: Interval?, _ accuracy: Int, columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    try framePaths().mean(start: start, accuracy: accuracy, of: nil, within: budget, columns: columns)
  }

  mutating func framePaths() throws -> FramePaths {
    if let paths { return paths }
    let bits = try !evolution.isEndless() ? coarseBits.map { $0 + 48 } ?? point.precision - 80 : endlessBits
    let found = try FramePaths(&evolution, until: horizon, bits: bits, within: budget)
    paths = found
    return found
  }

  /// <XY + YX>/2 - <X><Y>.
  private mutating func covariance(
    _ x: ModelPoint.Operator, _ y: ModelPoint.Operator, _ accuracy: Int
  ) throws -> TimeFunction {
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    let half = point.scalars.number(Rational(1, 2))
    let product: ModelPoint.Operator
    do {
      product = try arithmetic.scaled(
        try arithmetic.sum(try arithmetic.product(x, y), try arithmetic.product(y, x)), by: half)
    } catch let fault as OutsideFragment { throw Unanswered(beyond: fault.description) }
    let (square, left, right) = (try mean(product, accuracy), try mean(x, accuracy), try mean(y, accuracy))
    return TimeFunction(combining: [square, left, right]) { context, values in
      context.difference(values[0], context.product(values[1], values[2]))
    }
  }

  // MARK: - Figures of states

  /// A figure of states: with derivatives where these are served, and else by its values on short intervals, from the
  /// state at all times of each.
  private mutating func ofStates(
    _ call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ accuracy: Int
  ) throws -> TimeFunction {
    // A first value shows what is refused.
    let start = try value(of: call, formula, indices, .start)
    if let smooth = try running(byMoments: call, indices) { return smooth }
    let isByMoments = try hasMomentTimes && value(byMoments: call, formula, indices, .start) != nil
    if !isByMoments, let smooth = try running(ofState: call, formula, indices, accuracy, start: start.interval) {
      return smooth
    }
    let evaluation = self
    let step = try momentStep() ?? framePaths().step
    return TimeFunction(
      series: { (t, order, _) throws(Unanswered) in
        let unknown = TaylorSeries(rough: .entire(precision: t.precision), order: order)
        guard t.isBounded else { return unknown }
        var copy = evaluation
        do {
          let value = try copy.value(of: call, formula, indices, t.isExactZero ? .start : .at(t, nil))
          return value.isDefined ? TaylorSeries(rough: value.interval, order: order) : unknown
        } catch let reason as Unanswered { throw reason } catch { return unknown }
      },
      start: { order in
        [start.interval] + Array(repeating: .entire(precision: start.interval.precision), count: order)
      }, step: step, isRough: true)
  }
}

extension FigureFormula {
  /// A figure alone.
  fileprivate func with(_ call: FigureCall) -> FigureFormula {
    FigureFormula(
      expression: Expression(.variable("figure")), calls: ["figure": call], texts: [:], written: written, place: place)
  }
}

extension ModelPoint {
  /// The image of a basis state under the projection on a product state of some sites.
  func projection(
    _ state: BasisState, on sites: [(site: Int, state: SiteState)]
  ) throws -> [BasisState: ComplexInterval] {
    var images = [(basis.numbers(of: state), scalars.one)]
    for (site, wanted) in sites {
      var next: [([Int], ScalarPolynomial)] = []
      for (numbers, factor) in images {
        guard let own = wanted.amplitudes[numbers[site]] else { return [:] }
        let left = try scalars.product(factor, scalars.conjugate(own))
        for (level, amplitude) in wanted.amplitudes {
          var image = numbers
          image[site] = level
          next.append((image, try scalars.product(left, amplitude)))
        }
      }
      images = next
    }
    var result: [BasisState: ComplexInterval] = [:]
    for (numbers, factor) in images {
      if let image = basis.state(numbers) { result[image] = try scalars.enclosure(factor) }
    }
    return result
  }
}
