import ArbitraryPrecision

/// A linear function L of the solution of a quadratic flow, less its value at the start, with two derivatives: certified at every time.
///
/// Between the points of a run the solution through a point is the polynomial of ``QuadraticSteps``. On a step, with s the part of it
/// that is done, the function's derivatives differ from those of L of the polynomial by
///
/// - the rest of the series and its derivatives in s: with m = q + 1 and (m + j) <= m (1 + j), at most r times p^m/(1 - p),
///   m p^m/(1 - p)^2 and m^2 p^m (1 + p)/(1 - p)^3;
/// - the distance e of the true solution y from the one through the point: |y' - z'| = |Q(y, y - z) + Q(y - z, z)| <= 2 K r e, and
///   |y'' - z''| <= 2 K (r |y' - z'| + K r^2 e) <= 6 K^2 r^2 e;
///
/// both times the sum of magnitudes of L's weights. Beyond the run |y| <= r, |y'| <= K r^2 and |y''| <= 2 K^2 r^3 hold at any time.
struct QuadraticPath: Sendable {
  /// The bits of a run whose cells serve all times.
  static let bits = 90
  static let precision = 128

  private let flow: QuadraticFlow
  private let start: @Sendable (_ precision: Int) -> [Interval]
  private let radius: @Sendable ([Interval]) -> BigFloat
  private let weights: [Int]
  /// The sum of magnitudes of the weights.
  private let size: Int
  /// L at the start.
  private let first: Interval
  private let bound: Interval
  private let greatest: Interval
  private var cells: [Cell] = []
  private var step = Interval(0, precision: QuadraticPath.precision)

  private struct Cell: Sendable {
    /// L(a_k), with what they are off.
    let coefficients: [Interval]
    /// What the function and its derivatives in s can be off.
    let rests: [Interval]
  }

  /// Runs until a condition on a time and the values so far holds.
  ///
  /// - Parameters:
  ///   - start: the start at a precision.
  ///   - weights: L, one weight for each element.
  ///   - greatest: an upper bound of the function at all times.
  ///   - radius: as for ``QuadraticFlow/evolved(_:for:bits:within:radius:)``.
  init(
    _ flow: QuadraticFlow, from start: @escaping @Sendable (_ precision: Int) -> [Interval], weights: [Int],
    greatest: Interval, within budget: Budget, radius: @escaping @Sendable ([Interval]) -> BigFloat,
    until isLongEnough: (_ time: Interval, _ value: Interval) -> Bool
  ) throws(Budget.Exhausted) {
    let begin = start(QuadraticPath.precision)
    (self.flow, self.start, self.radius, self.weights) = (flow, start, radius, weights)
    size = weights.reduce(0) { $0 + abs($1) }
    let radiusAtStart = radius(begin)
    guard radiusAtStart.isFinite, radiusAtStart.signum > 0 else {
      throw Budget.Exhausted(reason: "the start is zero, or not known to be bounded")
    }
    bound = Interval(radiusAtStart).rounded(to: QuadraticPath.precision)
    self.greatest = greatest
    first = QuadraticPath.sum(weights, begin)
    // K r t = 8, and twice as long until it is enough: the bits depend on the length, so each run starts anew.
    var end = 8 / (flow.growth * bound)
    for _ in 0..<12 {
      if try run(from: begin, to: Interval(end.upper), within: budget, until: isLongEnough) { return }
      end = end.scaled(byPowerOfTwo: 1)
    }
    throw Budget.Exhausted(reason: "the flow has to be followed too long")
  }

  private mutating func run(
    from begin: [Interval], to end: Interval, within budget: Budget, until isLongEnough: (Interval, Interval) -> Bool
  ) throws(Budget.Exhausted) -> Bool {
    var steps = try QuadraticSteps(flow, from: begin, to: end, bits: QuadraticPath.bits, radius: radius)
    step = steps.step.rounded(to: QuadraticPath.precision)
    cells = []
    while !steps.isAtEnd {
      cells.append(cell(try steps.advance(within: budget), steps))
      let ball = QuadraticPath.ball(size * steps.error)
      let value = QuadraticPath.sum(weights, steps.point.map(steps.real)) + ball - first
      if isLongEnough(steps.time.rounded(to: QuadraticPath.precision), value.rounded(to: QuadraticPath.precision)) {
        return true
      }
    }
    return false
  }

  private func cell(_ cell: QuadraticSteps.Cell, _ steps: QuadraticSteps) -> Cell {
    let unit = Interval(4 * size, precision: 64).scaled(byPowerOfTwo: -steps.fractionBits)
    let coefficients = cell.coefficients.enumerated().map { k, values in
      let exact = QuadraticPath.sum(weights, values.map(steps.real)).rounded(to: QuadraticPath.precision)
      return k == 0 ? exact : exact + QuadraticPath.ball(unit)
    }
    let (r, p, m) = (cell.radius, cell.reach, cell.coefficients.count)
    let tail = r * p.power(m) / (1 - p)
    // In s, p = K r h stands for the factor K r of a derivative.
    let rests = [
      tail + cell.error, m * tail / (1 - p) + 2 * (p * cell.error),
      m * (m * (tail * (1 + p) / (1 - p).squared)) + 6 * (p.squared * cell.error),
    ]
    return Cell(coefficients: coefficients, rests: rests.map { QuadraticPath.ball(size * $0) })
  }

  private static func ball(_ bound: Interval) -> Interval { bound.hull(-bound) }

  private static func sum(_ weights: [Int], _ values: [Interval]) -> Interval {
    zip(weights, values).reduce(Interval(0, precision: 64)) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1 }
  }

  /// The function and its first two derivatives at all times of an interval t >= 0; sharp ones where the precision is above 128 bits and
  /// the interval short.
  func jet(_ t: Interval, within budget: Budget = Budget()) -> TaylorJet {
    if t.precision > QuadraticPath.precision, let sharp = try? sharpJet(t, budget) { return sharp }
    var result: TaylorJet?
    let place = t / step
    let first = max(min(place.lower.floor.flatMap { Int(exactly: $0) } ?? cells.count, cells.count) - 1, 0)
    let last = min(min(place.upper.floor.flatMap { Int(exactly: $0) } ?? cells.count, cells.count) + 1, cells.count - 1)
    for index in first..<max(last + 1, first) {
      let part = (place - Interval(index, precision: 64)).intersection(
        Interval(from: 0, to: 1, precision: QuadraticPath.precision))
      guard !part.isEmpty else { continue }
      let jet = polynomial(cells[index], part)
      result = result.map { $0.hull(jet) } ?? jet
    }
    if let inside = result, place.upper <= BigFloat(cells.count, precision: 64, rounding: .down) { return inside }
    let r = bound
    let slope = size * (flow.growth * r.squared)
    let beyond = TaylorJet(
      value: QuadraticPath.ball(2 * (size * r)).intersection(greatest.hull(-2 * (size * r))),
      first: QuadraticPath.ball(slope), second: QuadraticPath.ball(2 * (flow.growth * (slope * r))), isSmooth: true)
    return result.map { $0.hull(beyond) } ?? beyond
  }

  /// The polynomial and its derivatives by Horner's rule, then from s to time.
  private func polynomial(_ cell: Cell, _ s: Interval) -> TaylorJet {
    var value = Interval(0, precision: QuadraticPath.precision)
    var (slope, second) = (value, value)
    for (k, coefficient) in cell.coefficients.enumerated().reversed() {
      value = coefficient + value * s
      if k >= 1 { slope = k * coefficient + slope * s }
      if k >= 2 { second = (k * (k - 1)) * coefficient + second * s }
    }
    return TaylorJet(
      value: value + cell.rests[0] - first, first: (slope + cell.rests[1]) / step,
      second: (second + cell.rests[2]) / step.squared, isSmooth: true)
  }

  /// From a run of its own to the middle c of the interval: with t = c + s and y'' over all times between,
  /// y = y(c) + s y'(c) + s^2/2 y'', y' = y'(c) + s y''.
  private func sharpJet(_ t: Interval, _ budget: Budget) throws -> TaylorJet? {
    guard let middle = t.midpoint, middle.isFinite else { return nil }
    let center = Interval(middle)
    let s = t - center
    guard s.magnitude < step.lower.scaled(byPowerOfTwo: -10, rounding: .down) else { return nil }
    let bits = t.precision + 16
    let begin = start(bits + 64)
    let point = try flow.evolved(begin, for: center, bits: bits, within: budget, radius: radius)
    let drift = QuadraticPath.ball(flow.growth * (bound.squared * s.absoluteValue))
    let around = point.map { $0 + drift }
    let (rate, rates) = (flow.form(point, point), flow.form(around, around))
    let bend = zip(flow.form(rates, around), flow.form(around, rates)).map { $0 + $1 }
    let (l1, l2) = (QuadraticPath.sum(weights, rate), QuadraticPath.sum(weights, bend))
    let value = QuadraticPath.sum(weights, point) - QuadraticPath.sum(weights, begin) + s * l1 + s.squared * l2 / 2
    return TaylorJet(
      value: value.rounded(to: t.precision), first: (l1 + s * l2).rounded(to: t.precision),
      second: l2.rounded(to: t.precision), isSmooth: true)
  }
}

extension QuadraticFlow {
  /// Q(u, v).
  fileprivate func form(_ u: [Interval], _ v: [Interval]) -> [Interval] {
    var result = [Interval](repeating: Interval(0, precision: 64), count: dimension)
    for term in terms { result[term.result] += term.coefficient * (u[term.first] * v[term.second]) }
    return result
  }
}
