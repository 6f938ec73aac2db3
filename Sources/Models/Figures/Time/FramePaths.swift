import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The start of a model along its flow, for means at all times.
struct FramePaths {
  private let point: ModelPoint
  let parts: [FramePath]
  /// How far starts without an end are from the vectors that stand for them.
  private let left: [EternalDistance]

  init(_ evolution: inout ModelEvolution, within budget: Budget) throws {
    let (point, start) = (evolution.point, evolution.start)
    self.point = point
    var parts: [FramePath] = []
    var left: [EternalDistance] = []
    for group in FramePaths.groups(start) {
      if let place = group.first(where: { start.open[$0] != nil }), let open = start.open[place] {
        // The amplitudes up to a tail, whose distance from the start stays as it is.
        guard group.count == 1, let c = start.coefficients.first(where: { $0.row == place }) else {
          throw Unanswered(beyond: "figures over times of coherences between starts without an end are not served")
        }
        let cut = try open.cut(point, bits: point.precision, within: budget)
        left.append(try EternalDistance(cut, share: c.number.value.magnitude, point))
        let (sector, flow) = try evolution.flow(of: cut.amplitudes.mapValues { _ in point.scalars.one })
        let zero = ComplexInterval.zero(precision: point.precision)
        parts.append(
          try FramePath(
            [sector.states.map { cut.amplitudes[$0] ?? zero }], [(0, 0, c.number.value)], sector, flow,
            precision: point.precision))
        continue
      }
      let keys = group.reduce(into: StartState.Vector()) { $0.merge(start.vectors[$1]) { first, _ in first } }
      let (sector, flow) = try FramePaths.flow(of: keys, &evolution)
      let zero = ComplexInterval.zero(precision: point.precision)
      let vectors = try group.map { number in
        try sector.states.map { state in
          try start.vectors[number][state].map(point.scalars.enclosure) ?? zero
        }
      }
      let coefficients = start.coefficients.compactMap { c -> (row: Int, column: Int, value: ComplexInterval)? in
        guard let row = group.firstIndex(of: c.row), let column = group.firstIndex(of: c.column) else { return nil }
        return (row, column, c.number.value)
      }
      parts.append(try FramePath(vectors, coefficients, sector, flow, precision: point.precision))
    }
    self.parts = parts
    self.left = left
  }

  /// The flow on the basis states that a vector reaches, which must be finitely many here.
  private static func flow(
    of keys: StartState.Vector, _ evolution: inout ModelEvolution
  ) throws -> (sector: Sector, flow: HermitianFlow) {
    do {
      return try evolution.flow(of: keys)
    } catch let reason as Unanswered {
      guard reason == Sector.limit.exceeded, !evolution.point.modes.isEmpty else { throw reason }
      throw EternalDistance.beyond
    }
  }

  /// The errors of a mean and of its first derivatives at all times, where a start has no end; none where it has.
  func errors(of polynomial: ModelPoint.Operator) throws -> [Interval] {
    try left.isEmpty ? [] : EternalDistance.errors(of: polynomial, left, point)
  }

  /// That of an operator between 0 and 1.
  var errorOfProbability: [Interval] {
    left.isEmpty ? [] : [left.reduce(Interval(0, precision: 64)) { $0 + $1.traceNorm }]
  }

  /// A time in which the state changes little; nil where it stands still.
  var step: Interval? { parts.compactMap(\.rate).map { 1 / (4 * $0) }.min { $0.lower < $1.lower } }

  /// A period of the state in time; nil where none is proved.
  func period(within budget: Budget) throws -> Interval? {
    let moving = parts.filter { $0.rate != nil }
    guard let only = moving.first, moving.count == 1 else { return nil }
    return try CommensurableSpectrum.period(only.sector, point.scalars, within: budget)
  }

  /// The vectors of a frame that elements of C join.
  private static func groups(_ start: StartState) -> [[Int]] {
    var group = Array(start.vectors.indices)
    for coefficient in start.coefficients where group[coefficient.row] != group[coefficient.column] {
      let (old, new) = (group[coefficient.row], group[coefficient.column])
      for index in group.indices where group[index] == old { group[index] = new }
    }
    return Set(group).sorted().map { number in group.indices.filter { group[$0] == number } }
      .filter { members in start.coefficients.contains { members.contains($0.row) } }
  }

  /// The mean of an operator given by its columns on basis states, at all times.
  ///
  /// - Parameters:
  ///   - start: its value at t = 0, if it is known to more than the enclosures of the amplitudes tell.
  ///   - accuracy: bits of the polynomials between the states of the path.
  ///   - errors: of the value and of derivatives, beyond which nothing is known of them; none where all is exact.
  func mean(
    start: Interval?, accuracy: Int, errors: [Interval], within budget: Budget,
    columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    var terms: [(mean: DenseMean, clock: Interval)] = []
    for part in parts {
      let elements = try part.sector.states.map { state in
        try columns(state).compactMap { image, element -> (row: Int, element: ComplexInterval)? in
          part.sector.places[image].map { ($0, element) }
        }
      }
      let mean = try DenseMean(
        of: part.observable(elements, precision: point.precision), along: part.path, normSquared: part.normSquared,
        accuracy: accuracy, within: budget)
      terms.append((mean, part.clock))
    }
    let steps = terms.compactMap { term in term.mean.isConstant ? nil : term.mean.step / term.clock.rounded(to: 64) }
    let sums = terms
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: t.precision)
        var sum = context.number(0)
        for (mean, clock) in sums {
          let own = try mean.series(t * clock, order: order, within: budget)
          sum = context.sum(sum, TaylorSeries(FramePaths.scaled(own.coefficients, clock), isSmooth: own.isSmooth))
        }
        return TaylorSeries(FramePaths.widened(sum.coefficients, by: errors), isSmooth: sum.isSmooth)
      },
      start: { order in
        var total: [Interval]?
        for (mean, clock) in sums {
          let own = FramePaths.scaled(mean.startCoefficients(order: order), clock)
          total = total.map { zip($0, own).map { $0.isExactZero ? $1 : $1.isExactZero ? $0 : $0 + $1 } } ?? own
        }
        // A vector that is cut off may vanish where the start does not.
        var result = FramePaths.widened(total ?? [], by: errors)
        if let start, !result.isEmpty { result[0] = errors.isEmpty && result[0].isExactZero ? result[0] : start }
        return result
      }, step: steps.min { $0.lower < $1.lower })
  }

  /// Coefficients with the errors of the derivatives that they belong to.
  private static func widened(_ coefficients: [Interval], by errors: [Interval]) -> [Interval] {
    if errors.isEmpty { return coefficients }
    var factorial = Integer(1)
    return coefficients.enumerated().map { k, value in
      if k > 0 { factorial *= Integer(k) }
      guard k < errors.count else { return .entire(precision: value.precision) }
      return value + .ball(errors[k] / Interval(factorial, precision: 64))
    }
  }

  /// Coefficients in the model's time.
  private static func scaled(_ coefficients: [Interval], _ clock: Interval) -> [Interval] {
    var factor = Interval(1, precision: 64)
    return coefficients.map { value in
      defer { factor = factor * clock }
      return value.isExactZero ? value : factor * value
    }
  }
}
