import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A vector of a model with modes along its flow up to an end: a finite rotation that stands for it, and one bound of
/// the distance at all times until then.
struct TruncatedPath {
  private let flow: TruncatedFlow
  private let path: FlowPath
  /// The weight of the vector in the state.
  private let weight: Interval
  private let end: Interval
  private let places: [BasisState: Int]

  init(
    _ point: ModelPoint, _ start: ModeStart, weight: Interval, until end: Interval, bits: Int, within budget: Budget
  ) throws {
    flow = try TruncatedFlow(point, try point.hamiltonian(), from: start, until: end, bits: bits, within: budget)
    path = FlowPath(flow.flow, fromStored: flow.start)
    (self.weight, self.end) = (weight, end)
    places = flow.states.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
  }

  /// The states that are kept.
  var states: [BasisState] { flow.states }

  /// At least the trace norm of weight (|psi><psi| - |phi><phi|), up to the end.
  var traceDistance: Interval {
    weight.absoluteValue * (2 * Interval(path.startNorm) + flow.distance) * flow.distance
  }

  /// At least the norm of the Hamiltonian on the states that are kept.
  var rate: Interval { Interval(flow.flow.scale, precision: 64) }

  /// The mean of an operator: the one in the finite vector phi, within what the distance e = psi - phi makes of it,
  ///
  ///     |<psi|X|psi> - <phi|X|phi>| <= 2 |X phi| |e| + K |B^(m/2) e|^2
  ///
  /// as for ``StateDistance``, where |X phi| is at most |phi| times the norm of X on the states that are kept, the root
  /// of the greatest sums of magnitudes in a row and in a column. After the end the values are in the range of X, if
  /// that is bounded.
  func mean(
    of polynomial: ModelPoint.Operator?, range bounded: Interval, accuracy: Int, _ point: ModelPoint,
    within budget: Budget, columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    var elements: [(row: Int, column: Int, value: Interval)] = []
    var rows: [BasisState: Interval] = [:]
    var widest = Interval(0, precision: 64)
    let zero = Interval(0, precision: 64)
    func add(_ row: Int, _ column: Int, _ value: Interval) {
      if row <= column, !value.isExactZero { elements.append((row, column, value)) }
    }
    for (l, state) in flow.states.enumerated() {
      var sum = zero
      for (image, x) in try columns(state) {
        guard x.isBounded else { throw NotToldYet(what: "an element of an operator") }
        let size = x.magnitude.rounded(to: 64)
        sum += size
        rows[image] = (rows[image] ?? zero) + size
        guard let k = places[image] else { continue }
        // x_0, y_0, x_1, y_1, ...
        add(2 * k, 2 * l, x.real)
        add(2 * k + 1, 2 * l + 1, x.real)
        add(2 * k, 2 * l + 1, -x.imaginary)
        add(2 * k + 1, 2 * l, x.imaginary)
      }
      widest = widest.maximum(sum)
    }
    let length = Interval(path.startNorm)
    let image = (widest * rows.values.reduce(zero) { $0.maximum($1) }).squareRoot * length
    let far: Interval
    if let polynomial {
      let terms = try ModeTerm.terms(of: polynomial, modes: flow.weight.modes, point)
      let order = flow.weight.order(terms)
      guard let distance = try flow.weightedDistance(power: order), distance.isBounded else {
        throw NotToldYet(what: "the mean of an operator without a bound")
      }
      far = WeightGrowth(weight: flow.weight).form(terms, power: order) * distance.squared
    } else {
      far = flow.distance.squared
    }
    let distance = (weight.absoluteValue * (2 * image * flow.distance + far)).upper
    let range = try polynomial.map { try point.range(of: $0) } ?? bounded
    let mean = try DenseMean(
      of: FlowObservable(dimension: 2 * flow.states.count, symmetric: elements, precision: point.precision),
      along: path, turning: flow.slowFlow, normSquared: length.squared, accuracy: accuracy, within: budget)
    let (weight, end) = (weight, end)
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        guard t.upper <= end.upper else {
          return TaylorSeries(rough: range.map { weight * $0 } ?? .entire(precision: t.precision), order: order)
        }
        let own = try mean.series(t, order: order, within: budget)
        return TaylorSeries(own.coefficients.map { weight * $0 }, distance: distance, isSmooth: own.isSmooth)
      },
      start: { order in Array(repeating: .entire(precision: 64), count: order + 1) }, step: mean.step, end: end)
  }
}

extension ModelPoint {
  /// The range of a Hermitian operator of letters without modes; nil with modes, or on too many states.
  func range(of polynomial: Operator) throws -> Interval? {
    let met = Set(polynomial.terms.keys.joined().compactMap { basis.site(of: $0.factor, $0.cell) }).sorted()
    var states = [[Int](repeating: 0, count: basis.count)]
    for site in met {
      guard let size = basis.dimension(ofSite: site), states.count * size <= 4096 else { return nil }
      states = states.flatMap { numbers in
        (0..<size).map { level in
          var next = numbers
          next[site] = level
          return next
        }
      }
    }
    var hull = DiscHull()
    for numbers in states {
      guard let state = basis.state(numbers) else { return nil }
      var (center, radius) = (Interval(0, precision: precision), Interval(0, precision: 64))
      for (image, element) in try basis.column(of: polynomial, at: state, in: scalars) {
        let value = try scalars.enclosure(element)
        if image == state { center = value.real } else { radius += value.magnitude.rounded(to: 64) }
      }
      hull.add(center: center, radius: radius.upper)
    }
    return hull.range
  }
}
