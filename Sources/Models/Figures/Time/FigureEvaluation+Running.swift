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
    let (functions, numbers, expression) = (leaves, constants, formula.expression)
    @Sendable func evaluate(
      _ time: TaylorSeries, _ context: TaylorSeriesContext, _ leaves: [String: TaylorSeries]
    ) throws(Unanswered) -> TaylorSeries {
      let variables = leaves.merging(numbers.mapValues { context.constant($0) }) { $1 }.merging(["t": time]) { $1 }
      do {
        return try expression.evaluate(in: context, variables: variables)
      } catch { throw Unanswered(undecided: error.message) }
    }
    let steps = functions.values.compactMap(\.step)
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: t.precision)
        var values: [String: TaylorSeries] = [:]
        for (name, function) in functions { values[name] = try function.series(t, order, budget) }
        return try evaluate(context.variable(t), context, values)
      },
      start: { (order) throws(Unanswered) in
        let precision = numbers.values.reduce(128) { max($0, $1.precision) }
        let context = TaylorSeriesContext(order: order, precision: precision)
        var values: [String: TaylorSeries] = [:]
        for (name, function) in functions { values[name] = TaylorSeries(try function.start(order)) }
        return try evaluate(context.variable(Interval(0, precision: precision)), context, values).coefficients
      }, step: steps.min { $0.lower < $1.lower }, isRough: functions.values.contains(where: \.isRough))
  }

  private func constant(_ value: DefinedInterval) throws -> Interval {
    guard value.isDefined, value.interval.isBounded else { throw NotToldYet(what: "a number of a formula") }
    return value.interval
  }

  /// A figure as a function of time.
  private mutating func running(
    _ call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ accuracy: Int
  ) throws -> TimeFunction {
    switch call {
    case .mean(let x): return try mean(try hermitian(x, indices), accuracy)
    case .variance(let x):
      let operatorX = try hermitian(x, indices)
      return try covariance(operatorX, operatorX, accuracy)
    case .covariance(let x, let y):
      return try covariance(try hermitian(x, indices), try hermitian(y, indices), accuracy)
    case .weight(let assignments):
      let sites = try sites(assignments, indices, formula)
      let value = try state(.start).weight(sites, point)
      guard sites.allSatisfy({ $0.state.gaussian == nil }) else {
        throw Unanswered(beyond: "the weight of a state without an end is not served over times")
      }
      return try mean(start: value, accuracy, errors: try framePaths().errorOfProbability) { [point] in
        try point.projection($0, on: sites)
      }
    case .rate(let inner): return try running(inner, indices, accuracy: accuracy).derivative
    case .sum(let index, let from, let to, let inner):
      let (first, last) = (try integer(from, indices), try integer(to, indices))
      guard first <= last else { return TimeFunction(constant: Interval(0, precision: point.precision)) }
      var terms: [TimeFunction] = []
      for number in first...last {
        terms.append(
          try running(
            inner, indices.merging([index: .number(Rational(Integer(number)))]) { $1 }, accuracy: accuracy))
      }
      return TimeFunction(sum: terms)
    case .initial, .extremum, .firstMaximum, .firstTime, .average, .at, .steady:
      guard !formula.with(call).dependsOnTime else {
        throw formula.place.fault(
          "a figure whose window holds t stands in a figure over times; accepted: windows without t there")
      }
      return TimeFunction(constant: try constant(try value(of: call, formula, indices, .start)))
    case .energetic, .copies, .ofState, .fisher, .concurrence, .distance:
      return try rough(call, formula, indices)
    }
  }

  // MARK: - Means

  private mutating func mean(_ polynomial: ModelPoint.Operator, _ accuracy: Int) throws -> TimeFunction {
    let start = try state(.start).mean(polynomial, point)
    // What commutes with the Hamiltonian keeps its mean.
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    do {
      if try arithmetic.commutator(try point.hamiltonian(), polynomial).isZero { return TimeFunction(constant: start) }
    } catch let fault as OutsideFragment { throw Unanswered(beyond: fault.description) }
    return try mean(start: start, accuracy, errors: try framePaths().errors(of: polynomial)) { [point] state in
      try point.basis.column(of: polynomial, at: state, in: point.scalars).mapValues { try point.scalars.enclosure($0) }
    }
  }

  private mutating func mean(
    start: Interval, _ accuracy: Int, errors: [Interval],
    columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    try framePaths().mean(start: start, accuracy: accuracy, errors: errors, within: budget, columns: columns)
  }

  mutating func framePaths() throws -> FramePaths {
    let paths = try self.paths ?? FramePaths(&evolution, within: budget)
    self.paths = paths
    return paths
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

  // MARK: - Figures without derivatives

  /// A figure by its values on short intervals: from the state at all times of each.
  private mutating func rough(
    _ call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression]
  ) throws -> TimeFunction {
    // A first value shows what is refused.
    let start = try value(of: call, formula, indices, .start)
    let evaluation = self
    let step = try framePaths().step
    return TimeFunction(
      series: { (t, order, _) throws(Unanswered) in
        let unknown = TaylorSeries(rough: .entire(precision: t.precision), order: order)
        guard t.isBounded else { return unknown }
        var copy = evaluation
        do {
          let value = try copy.value(of: call, formula, indices, t.isExactZero ? .start : .at(t))
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
