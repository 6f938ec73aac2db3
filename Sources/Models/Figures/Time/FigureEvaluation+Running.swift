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
    let isZero = try startsFromZero(formula)
    var rate: (@Sendable () -> TimeFunction)?
    if functions.values.contains(where: { $0.rate != nil }) {
      rate = { FigureEvaluation.rate(expression, functions, numbers) }
    }
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
        let zero = Interval(0, precision: precision)
        var found = try evaluate(context.variable(zero), context, values).coefficients
        if isZero { found[0] = zero }
        return found
      }, step: steps.min { $0.lower < $1.lower }, isRough: functions.values.contains(where: \.isRough),
      end: functions.values.compactMap(\.end).min { $0.lower < $1.lower }, rate: rate)
  }

  /// The derivative of a formula from those of its functions.
  private static func rate(
    _ expression: Expression, _ functions: [String: TimeFunction], _ numbers: [String: Interval]
  ) -> TimeFunction {
    let rates = functions.mapValues(\.derivative)
    @Sendable func evaluate(
      _ context: TaylorSeriesContext, _ time: TaylorSeries, _ values: [String: TaylorSeries],
      _ slopes: [String: TaylorSeries]
    ) throws(Unanswered) -> TaylorSeries {
      let zero = context.number(0)
      var variables = numbers.mapValues { FunctionWithSlope(context.constant($0), slope: zero) }
      for (name, value) in values { variables[name] = FunctionWithSlope(value, slope: slopes[name] ?? zero) }
      variables["t"] = FunctionWithSlope(time, slope: context.number(1))
      do {
        return try expression.evaluate(in: SlopeContext(context), variables: variables).slope
      } catch { throw Unanswered(undecided: error.message) }
    }
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: t.precision)
        var (values, slopes): ([String: TaylorSeries], [String: TaylorSeries]) = ([:], [:])
        for (name, function) in functions { values[name] = try function.series(t, order, budget) }
        for (name, rate) in rates { slopes[name] = try rate.series(t, order, budget) }
        return try evaluate(context, context.variable(t), values, slopes)
      },
      start: { (order) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: 128)
        var (values, slopes): ([String: TaylorSeries], [String: TaylorSeries]) = ([:], [:])
        for (name, function) in functions { values[name] = TaylorSeries(try function.start(order)) }
        for (name, rate) in rates { slopes[name] = TaylorSeries(try rate.start(order)) }
        return try evaluate(context, context.variable(Interval(0, precision: 128)), values, slopes).coefficients
      }, step: rates.values.compactMap(\.step).min { $0.lower < $1.lower },
      end: rates.values.compactMap(\.end).min { $0.lower < $1.lower })
  }

  /// Whether a formula is zero at the start by its writing, as F - initial(F) is.
  private func startsFromZero(_ formula: FigureFormula) throws -> Bool {
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
    switch call {
    case .mean(let x): return try mean(try hermitian(x, indices), accuracy)
    case .variance(let x):
      let operatorX = try hermitian(x, indices)
      return try covariance(operatorX, operatorX, accuracy)
    case .covariance(let x, let y):
      return try covariance(try hermitian(x, indices), try hermitian(y, indices), accuracy)
    case .weight(let assignments):
      let sites = try sites(assignments, indices, formula)
      // A state without an end is no finite projection.
      guard sites.allSatisfy({ $0.state.gaussian == nil }) else { return try rough(call, formula, indices) }
      let value = try state(.start).weight(sites, point)
      return try mean(start: value, accuracy, of: nil) { [point] in try point.projection($0, on: sites) }
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

  private mutating func mean(
    _ polynomial: ModelPoint.Operator, _ accuracy: Int, isRateKnown: Bool = true
  ) throws -> TimeFunction {
    let start = try state(.start).mean(polynomial, point)
    // What commutes with the Hamiltonian keeps its mean.
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    var rate: ModelPoint.Operator
    do {
      rate = try arithmetic.commutator(try point.hamiltonian(), polynomial)
      if rate.isZero { return TimeFunction(constant: start) }
      rate = try arithmetic.scaled(rate, by: point.scalars.imaginaryUnit())
    } catch let fault as OutsideFragment { throw Unanswered(beyond: fault.description) }
    let function = try mean(start: start, accuracy, of: polynomial) { [point] state in
      try point.basis.column(of: polynomial, at: state, in: point.scalars).mapValues { try point.scalars.enclosure($0) }
    }
    guard isRateKnown, try framePaths().isTruncated else { return function }
    // The rate of a mean that is known to a distance is the mean of i[H, X].
    let slope = try mean(rate, accuracy, isRateKnown: false)
    return TimeFunction(
      series: function.series, start: function.start, step: function.step, end: function.end, rate: { slope })
  }

  private mutating func mean(
    start: Interval, _ accuracy: Int, of polynomial: ModelPoint.Operator?,
    columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    try framePaths().mean(start: start, accuracy: accuracy, of: polynomial, within: budget, columns: columns)
  }

  mutating func framePaths() throws -> FramePaths {
    if let paths { return paths }
    let found = try FramePaths(&evolution, until: horizon, bits: point.precision - 80, within: budget)
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
