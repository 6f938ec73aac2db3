import ArbitraryPrecision
import Operators
import RigorousNumerics

/// Vectors of a model with modes along their flow up to an end, joined by elements of C: a finite rotation that stands
/// for it, and bounds of the distances at all times until then.
struct TruncatedPath {
  private let flow: TruncatedFlow
  private let path: FlowPath
  /// The same without the multiple of 1 that turns all vectors the most.
  private let slowFlow: SkewFlow
  /// The elements of C but for a factor, the weight of a vector alone.
  private let coefficients: [(row: Int, column: Int, value: ComplexInterval)]
  private let factor: Interval
  private let distances: [Interval]
  /// At least the length of each vector, and the sum of the squared lengths.
  private let lengths: [Interval]
  private let normSquared: Interval
  private let end: Interval
  /// A little later, up to where the distances hold.
  private let reach: Interval

  /// A little more than an end: pieces of a search are rounded outward, beyond one that is no number of few bits. One
  /// number, as the distances are those at a time: of an enclosure they would be as wide as its bits leave it.
  static func reach(of end: Interval) -> Interval { Interval((end + end.scaled(byPowerOfTwo: -24)).upper) }

  init(
    _ point: ModelPoint, _ starts: [ModeStart],
    _ coefficients: [(row: Int, column: Int, value: ComplexInterval)], until end: Interval, bits: Int,
    within budget: Budget
  ) throws {
    let reach = Self.reach(of: end)
    flow = try TruncatedFlow(point, try point.hamiltonian(), from: starts, until: reach, bits: bits, within: budget)
    let joined = FlowState(joining: flow.starts)
    path = FlowPath(flow.flow.copied(starts.count), fromStored: joined)
    slowFlow = flow.slowFlow.copied(starts.count)
    (distances, self.end, self.reach) = (flow.distances, end, reach)
    lengths = flow.starts.map { Interval($0.storedNorm.upper) }
    normSquared = flow.starts.reduce(Interval(0, precision: 64)) { $0 + $1.storedNorm.squared }
    if starts.count == 1 {
      let one = ComplexInterval(Interval(1, precision: 64), Interval(0, precision: 64))
      (self.coefficients, factor) = ([(0, 0, one)], coefficients[0].value.real)
    } else {
      (self.coefficients, factor) = (coefficients, Interval(1, precision: 64))
    }
  }

  /// The states that are kept.
  var states: [BasisState] { flow.states }

  /// The number of vectors.
  var count: Int { lengths.count }

  /// At least the trace norm of the sum of C_jk (|psi_j><psi_k| - |phi_j><phi_k|), up to the end.
  var traceDistance: Interval {
    factor.absoluteValue
      * coefficients.reduce(Interval(0, precision: 64)) { sum, c in
        let (a, b) = (distances[c.row], distances[c.column])
        return sum + c.value.magnitude.rounded(to: 64) * (lengths[c.row] * b + lengths[c.column] * a + a * b)
      }
  }

  /// At least the norm of the Hamiltonian on the states that are kept.
  var rate: Interval { Interval(flow.flow.scale, precision: 64) }

  /// The mean of an operator: the one in the finite vectors phi, within what the distances e = psi - phi make of it,
  ///
  ///     |<psi_k|X|psi_j> - <phi_k|X|phi_j>| <= |X phi_k| |e_j| + |X phi_j| |e_k| + K |B^(m/2) e_j| |B^(m/2) e_k|
  ///
  /// as for ``StateDistance``, where |X phi| is at most |phi| times the norm of X on the states that are kept, the root
  /// of the greatest sums of magnitudes in a row and in a column. After the end the values are in the range of X, if
  /// that is bounded.
  ///
  /// - Parameters:
  ///   - words: those of X; nil for one of norm 1 at most.
  ///   - range: the values of X, in a state of norm 1.
  func mean(
    of words: [ModeTerm]?, range: Interval?, accuracy: Int, _ point: ModelPoint,
    within budget: Budget, columns: (BasisState) throws -> [BasisState: ComplexInterval]
  ) throws -> TimeFunction {
    let places = flow.states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var elements: [(row: Int, column: Int, value: Interval)] = []
    var rows: [BasisState: Interval] = [:]
    var widest = Interval(0, precision: 64)
    let zero = Interval(0, precision: 64)
    func add(_ row: Int, _ column: Int, _ value: Interval) {
      if row <= column, !value.isExactZero { elements.append((row, column, value)) }
    }
    let block = 2 * flow.states.count
    for (l, state) in flow.states.enumerated() {
      var sum = zero
      for (image, x) in try columns(state) {
        guard x.isBounded else { throw NotToldYet(what: "an element of an operator") }
        let size = x.magnitude.rounded(to: 64)
        sum += size
        rows[image] = (rows[image] ?? zero) + size
        guard let k = places[image] else { continue }
        for c in coefficients {
          // C_jk <v_k|X|v_j>, with x_0, y_0, x_1, y_1, ... of each vector.
          let (left, right) = (c.column * block + 2 * k, c.row * block + 2 * l)
          let value = c.value * x
          add(left, right, value.real)
          add(left + 1, right + 1, value.real)
          add(left, right + 1, -value.imaginary)
          add(left + 1, right, value.imaginary)
        }
      }
      widest = widest.maximum(sum)
    }
    let norm = (widest * rows.values.reduce(zero) { $0.maximum($1) }).squareRoot
    let far = try far(words)
    let error = coefficients.reduce(zero) { sum, c in
      let (j, k) = (c.row, c.column)
      let near = norm * (lengths[k] * distances[j] + lengths[j] * distances[k])
      return sum + c.value.magnitude.rounded(to: 64) * (near + far.form * far.distances[j] * far.distances[k])
    }
    let distance = (factor.absoluteValue * error).upper
    let mean = try DenseMean(
      of: FlowObservable(dimension: block * count, symmetric: elements, precision: point.precision),
      along: path, turning: slowFlow, normSquared: normSquared, accuracy: accuracy, within: budget)
    // The weight of the vectors in the state.
    let weight = coefficients.reduce(zero) { $1.row == $1.column ? $0 + $1.value.real : $0 } * factor
    let (factor, reach) = (factor, reach)
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        guard t.upper <= reach.upper else {
          return TaylorSeries(rough: range.map { weight * $0 } ?? .entire(precision: t.precision), order: order)
        }
        let own = try mean.series(t, order: order, within: budget)
        return TaylorSeries(own.coefficients.map { factor * $0 }, distance: distance, isSmooth: own.isSmooth)
      },
      start: { order in Array(repeating: .entire(precision: 64), count: order + 1) }, step: mean.step, end: end)
  }

  /// K and |B^(m/2) e_j|; of an operator of norm 1 at most 1 and |e_j|.
  private func far(
    _ terms: [ModeTerm]?
  ) throws -> (form: Interval, distances: [Interval]) {
    guard let terms else { return (Interval(1, precision: 64), distances) }
    let order = flow.weight.order(terms)
    let found = try flow.weightedDistances(power: order).map { distance -> Interval in
      guard let distance, distance.isBounded else { throw NotToldYet(what: "the mean of an operator without a bound") }
      return distance
    }
    return (WeightGrowth(weight: flow.weight).form(terms, power: order), found)
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
