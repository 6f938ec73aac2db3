import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The start of a model along its flow, for means at all times.
struct FramePaths {
  private let point: ModelPoint
  let parts: [FramePath]
  /// Vectors that reach basis states without end, those together that elements of C join.
  private let truncated: [TruncatedPath]
  /// What mixtures without an end leave out; nil where nothing is.
  private let rest: DroppedFlow?
  /// The time up to which means are known; nil for all times.
  private let end: Interval?
  /// The density matrix, where more than a Hamiltonian without the time moves the state.
  private let open: OpenPath?
  private let openStep: Interval?
  /// Whether means are wanted that are sharp near their zeros, for integrals of roots and logarithms.
  var isCentered = false

  /// - Parameters:
  ///   - end: the time up to which means are asked for, where that matters; nil for all times.
  ///   - bits: the cut of modes may add about 2^-bits.
  init(_ evolution: inout ModelEvolution, until end: Interval?, bits: Int, within budget: Budget) throws {
    let (point, start) = (evolution.point, try evolution.start)
    self.point = point
    if let open = try evolution.openPath(until: end, bits: bits) {
      (self.open, openStep) = (open, try open.step(within: budget))
      (self.parts, self.truncated, rest, self.end) = ([], [], nil, open.truncation?.end)
      return
    }
    (self.open, openStep) = (nil, nil)
    rest = try evolution.droppedFlow()
    if rest?.holdsForGood == false, end == nil { throw ModelEvolution.needsEnd }
    var parts: [FramePath] = []
    var truncated: [TruncatedPath] = []
    for group in ModelEvolution.groups(start) {
      let coefficients = start.coefficients.compactMap { c -> (row: Int, column: Int, value: ComplexInterval)? in
        guard let row = group.firstIndex(of: c.row), let column = group.firstIndex(of: c.column) else { return nil }
        return (row, column, c.number.value)
      }
      // A vector of little weight needs fewer bits.
      let bits = try evolution.bits(group, atMost: bits)
      let modes = try group.map { try evolution.modeStart($0, bits: bits + 8) }
      if modes.contains(where: { $0 != nil }) {
        guard let end else { throw ModelEvolution.needsEnd }
        let starts = try zip(group, modes).map { try $1 ?? ModeStart(start.vectors[$0], point) }
        truncated.append(try TruncatedPath(point, starts, coefficients, until: end, bits: bits, within: budget))
        continue
      }
      let keys = group.reduce(into: StartState.Vector()) { $0.merge(start.vectors[$1]) { first, _ in first } }
      let (sector, flow) = try evolution.flow(of: keys)
      let zero = ComplexInterval.zero(precision: point.precision)
      let vectors = try group.map { number in
        try sector.states.map { state in
          try start.vectors[number][state].map(point.scalars.enclosure) ?? zero
        }
      }
      parts.append(try FramePath(vectors, coefficients, sector, flow, precision: point.precision))
    }
    self.end = !truncated.isEmpty || rest?.holdsForGood == false ? end : nil
    (self.parts, self.truncated) = (parts, truncated)
  }

  /// Whether means are known within a distance: up to an end alone, or since a part of the state is left out.
  var isTruncated: Bool { !truncated.isEmpty || rest != nil || open?.truncation != nil }

  /// Whether vectors stay vectors, of which means are known at all times, and are all there is of the state.
  var keepsVectors: Bool { !isTruncated && open == nil }

  /// Whether a Hamiltonian or jumps depend on the time.
  var isDriven: Bool { open?.isDriven ?? false }

  /// The basis states of each part with the number of vectors that stand on them.
  var reached: [(states: [BasisState], vectors: Int)] {
    if let open { return [(open.states, open.states.count)] }
    return parts.map { ($0.sector.states, $0.count) } + truncated.map { ($0.states, $0.count) }
  }

  /// At least the trace norm of what the state is off the finite vectors, up to the end.
  var traceDistance: BigFloat {
    if let open { return (open.truncation?.distance ?? Interval(0, precision: 64)).upper }
    return truncated.reduce(rest?.trace ?? Interval(0, precision: 64)) { $0 + $1.traceDistance }.upper
  }

  /// Whether the mean of an operator vanishes at all times since none of its elements meets the vectors.
  func isZero(columns: (BasisState) throws -> [BasisState: ComplexInterval]) throws -> Bool {
    if let open { return try open.isZero(columns) }
    guard truncated.isEmpty else { return false }
    return try parts.allSatisfy { part in
      try part.observable(part.elements(columns), precision: 64).isZero
    }
  }

  /// A time in which the state changes little; nil where it stands still.
  var step: Interval? {
    let known = (parts.compactMap(\.rate) + truncated.map(\.rate)).map { 1 / (4 * $0) }.min { $0.lower < $1.lower }
    // What is left out may move where nothing else does.
    return openStep ?? known ?? rest.map { _ in Interval(1, precision: 64) }
  }

  /// A period of the state in time; nil where none is proved.
  func period(within budget: Budget) throws -> Interval? {
    let moving = parts.filter { $0.rate != nil }
    guard let only = moving.first, moving.count == 1, !isTruncated else { return nil }
    return try CommensurableSpectrum.period(only.sector, point.scalars, within: budget)
  }

  /// The mean of an operator given by its columns on basis states, at all times.
  ///
  /// - Parameters:
  ///   - start: its value at t = 0, if it is known to more than the enclosures of the amplitudes tell.
  ///   - accuracy: bits of the polynomials between the states of the path.
  ///   - observable: the operator; nil for one of norm 1 at most of which no more is known.
  ///   - range: the values that such a one can have.
  func mean(
    start: Interval?, accuracy: Int, of observable: PathOperator?,
    range: Interval = Interval(from: 0, to: 1, precision: 64), within budget: Budget,
    columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    let found = try plainMean(
      start: start, accuracy: accuracy, of: observable, range: range, within: budget, columns: columns)
    return isCentered ? found.centered : found
  }

  private func plainMean(
    start: Interval?, accuracy: Int, of observable: PathOperator?, range: Interval, within budget: Budget,
    columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    if let open {
      return try open.mean(
        of: observable?.letters, range: range, start: start, accuracy: accuracy, within: budget, columns: columns)
    }
    guard isTruncated else { return try partsMean(start: start, accuracy, within: budget, columns: columns) }
    var terms: [TimeFunction] = []
    if !parts.isEmpty { terms.append(try partsMean(start: nil, accuracy, within: budget, columns: columns)) }
    let words = try observable?.terms(point)
    let known = try observable.map { try $0.range(point) } ?? range
    for path in truncated {
      terms.append(
        try path.mean(of: words, range: known, accuracy: accuracy, point, within: budget, columns: columns))
    }
    let (sum, end) = (TimeFunction(sum: terms), end)
    let reach = end.map(TruncatedPath.reach)
    let off = try rest?.error(of: words, until: reach) ?? Interval(0, precision: 64)
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        if let reach, t.upper > reach.upper {
          return TaylorSeries(rough: known ?? .entire(precision: t.precision), order: order)
        }
        let own = try sum.series(t, order, budget)
        return TaylorSeries(
          own.coefficients, distance: (Interval(own.distance) + off).upper, isSmooth: own.isSmooth,
          isDefined: own.isDefined)
      },
      start: { order in
        let unknown = Interval.entire(precision: start?.precision ?? 64)
        return [start ?? unknown] + Array(repeating: unknown, count: order)
      }, step: sum.step ?? step, end: end)
  }

  /// The mean in the vectors that stay on finitely many basis states.
  private func partsMean(
    start: Interval?, _ accuracy: Int, within budget: Budget,
    columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    var terms: [(mean: DenseMean, clock: Interval)] = []
    for part in parts {
      let mean = try DenseMean(
        of: part.observable(part.elements(columns), precision: point.precision), along: part.path,
        normSquared: part.normSquared,
        accuracy: accuracy, within: budget)
      terms.append((mean, part.clock))
    }
    let steps = terms.compactMap { term in term.mean.isConstant ? nil : term.mean.step / term.clock.rounded(to: 64) }
    let sums = terms
    let least = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -accuracy - 8, rounding: .down)
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        let context = TaylorSeriesContext(order: order, precision: t.precision)
        var sum = context.number(0)
        // What weighs little needs no polynomials where those of the rest are not sharper.
        let isCoarse = t.precision <= DenseMean.sharpPrecision(accuracy)
        for (mean, clock) in sums {
          let own =
            isCoarse && mean.range.magnitude < least
            ? mean.bounds(order, t.precision) : try mean.series(t * clock, order: order, within: budget)
          sum = context.sum(sum, TaylorSeries(FramePaths.scaled(own.coefficients, clock), isSmooth: own.isSmooth))
        }
        return sum
      },
      start: { order in
        var total: [Interval]?
        for (mean, clock) in sums {
          let own = FramePaths.scaled(mean.startCoefficients(order: order), clock)
          total = total.map { zip($0, own).map { $0.isExactZero ? $1 : $1.isExactZero ? $0 : $0 + $1 } } ?? own
        }
        var result = total ?? []
        if let start, !result.isEmpty { result[0] = result[0].isExactZero ? result[0] : start }
        return result
      }, step: steps.min { $0.lower < $1.lower })
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
