import ArbitraryPrecision

/// A linear function W of the solution of a quadratic flow, less its value at the start, with two derivatives:
/// certified at every time.
///
/// Between the points of a run the solution through a point is the polynomial of ``QuadraticSteps``. On a step, with s
/// the part of it that is done, the function's derivatives differ from those of W of the polynomial by
///
/// - the remainder of the series and its derivatives in s: with m = q + 1 and (m + j) <= m (1 + j), at most Y times
///   p^m/(1 - p), m p^m/(1 - p)^2 and m^2 p^m (1 + p)/(1 - p)^3;
/// - the distance e of the true solution y from the one z through the point. With the greatest sums k and K' of
///   coefficients of linear terms and products, a = L + k r + 2 K' r bounds the derivatives of F at solutions,
///   constants included, and |F| <= b = L r + K' r^2. So |y' - z'| <= a e, and y'' - z'' = F'(y)(F(y) - F(z)) +
///   (F'(y) - F'(z)) F(z) is at most a^2 e + (k + 2 K') b e;
/// - terms of the polynomial that are left out since they are small;
///
/// all times the sum of magnitudes of W's weights. Beyond the run only the greatest value is known.
struct QuadraticPath: Sendable {
  /// The least bits of a run whose cells serve all times.
  static let bits = 90
  static let precision = 128

  private let flow: QuadraticFlow
  private let start: @Sendable (_ precision: Int) -> [Interval]
  private let bounds: QuadraticFlow.AprioriBounds
  private let weights: [Int]
  /// The sum of magnitudes of the weights.
  private let size: Int
  /// W at the start.
  private let first: Interval
  private let bits: Int
  private let precision: Int
  private let beyond: TaylorJet
  private var cells: [Cell] = []
  /// The jets over whole cells.
  private var whole = JetTree([])

  private struct Cell: Sendable {
    let begin: Interval
    let end: Interval
    let length: Interval
    /// W(a_k), with their errors.
    let coefficients: [Interval]
    /// Balls of the errors of the function and of its derivatives in s.
    let remainders: [Interval]
  }

  /// Runs until a condition on a time and the values so far holds.
  ///
  /// - Parameters:
  ///   - start: the start at a precision.
  ///   - weights: W, one weight for each element.
  ///   - greatest: an upper bound of the function at all times.
  ///   - precision: the precision of intervals up to which the cells of the run answer; they are known to about 38 bits
  ///     less.
  ///   - bounds: what is known of solutions.
  init(
    _ flow: QuadraticFlow, from start: @escaping @Sendable (_ precision: Int) -> [Interval], weights: [Int],
    greatest: Interval, precision: Int = QuadraticPath.precision, within budget: Budget,
    bounds: @escaping QuadraticFlow.AprioriBounds, until isLongEnough: (_ time: Interval, _ value: Interval) -> Bool
  ) throws(Unanswered) {
    (self.flow, self.start, self.bounds, self.weights) = (flow, start, bounds, weights)
    (self.precision, bits) = (precision, QuadraticPath.bits + precision - QuadraticPath.precision)
    size = weights.reduce(0) { $0 + abs($1) }
    let begin = start(precision)
    let radius = bounds(begin, .zero(precision: 64)).radius
    guard radius.isFinite, radius.signum > 0 else {
      throw Unanswered(undecided: "the start is zero, or not known to be bounded")
    }
    first = QuadraticPath.sum(weights, begin)
    let entire = Interval.entire(precision: precision)
    let values = Interval(.infinity(negative: true, precision: precision), greatest.upper) ?? entire
    beyond = TaylorJet(value: values.rounded(to: precision), first: entire, second: entire, isSmooth: true)
    // K r t = 8, and twice as long until it is enough: the bits depend on the length, so each run starts anew.
    var end = 8 / (flow.productBound * Interval(radius).rounded(to: precision))
    for _ in 0..<16 {
      if try run(from: begin, to: Interval(end.upper), within: budget, until: isLongEnough) {
        whole = JetTree(cells.map { polynomial($0, Interval(from: 0, to: 1, precision: precision)) })
        return
      }
      end = end.scaled(byPowerOfTwo: 1)
    }
    throw Unanswered(beyond: "the flow has to be followed too long")
  }

  private mutating func run(
    from begin: [Interval], to end: Interval, within budget: Budget, until isLongEnough: (Interval, Interval) -> Bool
  ) throws(Unanswered) -> Bool {
    var steps = try QuadraticSteps(flow, from: begin, to: end, bits: bits, bounds: bounds)
    cells = []
    while !steps.isAtEnd {
      cells.append(cell(try steps.advance(within: budget), steps))
      checkInvariant(lastCellsMeet, "QuadraticPath: two cells know the same function at the time between them")
      let ball = Interval.ball(size * steps.error)
      let value = QuadraticPath.sum(weights, steps.point.map(steps.real)) + ball - first
      if isLongEnough(steps.time.rounded(to: precision), value.rounded(to: precision)) { return true }
    }
    return false
  }

  /// Whether the last cell begins where the one before ends, with the function and the derivatives that it has there.
  private var lastCellsMeet: Bool {
    guard cells.count > 1 else { return true }
    let (old, new) = (cells[cells.count - 2], cells[cells.count - 1])
    return !old.end.isDisjoint(from: new.begin)
      && polynomial(old, Interval(1, precision: precision)).meets(polynomial(new, Interval(0, precision: precision)))
  }

  private func cell(_ cell: QuadraticSteps.Cell, _ steps: QuadraticSteps) -> Cell {
    let rounding = Interval.ball(size * cell.cut)
    var coefficients = (0..<cell.count).map { k in
      var sum = Integer(0)
      for (weight, series) in zip(weights, cell.series) where weight != 0 && k < series.count {
        sum.add(productOf: series[k], Integer(weight))
      }
      let exact = steps.real(sum).rounded(to: precision)
      return k == 0 ? exact : exact + rounding
    }
    let (r, p, m) = (cell.radius, cell.ratio, cell.count)
    let tail = cell.size * p.power(m) / (1 - p)
    let sums = flow.linearSum + 2 * flow.productSum
    let slope = cell.length.rounded(to: 64) * (steps.linear + sums * r)
    let speed = cell.length.rounded(to: 64).squared * (steps.linear * r + flow.productSum * r.squared)
    var remainders = [
      tail + cell.error, m * tail / (1 - p) + slope * cell.error,
      m * (m * (tail * (1 + p) / (1 - p).squared)) + (slope.squared + sums * speed) * cell.error,
    ].map { size * $0 }
    // With s <= 1 a term c s^k adds |c|, k |c| and k (k - 1) |c|.
    while let last = coefficients.last, coefficients.count > 3,
      last.magnitude.binaryExponent.map({ $0 < -bits }) ?? true
    {
      let (k, term) = (coefficients.count - 1, Interval(last.magnitude).rounded(to: 64))
      remainders = [remainders[0] + term, remainders[1] + k * term, remainders[2] + (k * (k - 1)) * term]
      coefficients.removeLast()
    }
    return Cell(
      begin: cell.begin.rounded(to: precision), end: steps.time.rounded(to: precision),
      length: cell.length.rounded(to: precision), coefficients: coefficients, remainders: remainders.map { .ball($0) })
  }

  private static func sum(_ weights: [Int], _ values: [Interval]) -> Interval {
    zip(weights, values).reduce(Interval(0, precision: 64)) { $1.0 == 0 ? $0 : $0 + $1.0 * $1.1 }
  }

  /// The function and its first two derivatives at all times of an interval t >= 0; sharp ones where the precision is
  /// above that of the path and the interval short.
  func jet(_ t: Interval, within budget: Budget = Budget()) -> TaylorJet {
    if t.precision > precision, let sharp = try? sharpJet(t, budget) { return sharp }
    // The cells that meet t, and of these the ones inside.
    let from = index { $0.end.upper < t.lower }
    let to = index { $0.begin.lower <= t.upper }
    guard from < to else { return beyond }
    let low = index { $0.begin.lower < t.lower }
    let inside = low..<max(low, index { $0.end.upper <= t.upper })
    var result = inside.isEmpty ? nil : whole.hull(inside)
    for index in from..<to where !inside.contains(index) {
      let cell = cells[index]
      let part = ((t - cell.begin) / cell.length).intersection(Interval(from: 0, to: 1, precision: precision))
      guard !part.isEmpty else { continue }
      let jet = polynomial(cell, part)
      result = result.map { $0.hull(jet) } ?? jet
    }
    guard let result, let last = cells.last, t.upper <= last.end.lower else { return result?.hull(beyond) ?? beyond }
    return result
  }

  /// The number of cells at the beginning for which a condition holds that fails for all later ones once it fails.
  private func index(while holds: (Cell) -> Bool) -> Int {
    var (low, high) = (0, cells.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(cells[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The polynomial and its derivatives with their errors, from s to time.
  private func polynomial(_ cell: Cell, _ s: Interval) -> TaylorJet {
    let polynomial = TaylorJet(polynomial: cell.coefficients, at: s)
    return TaylorJet(
      value: polynomial.value + cell.remainders[0] - first,
      first: (polynomial.first + cell.remainders[1]) / cell.length,
      second: (polynomial.second + cell.remainders[2]) / cell.length.squared, isSmooth: true)
  }

  /// From a run of its own to the middle c of the interval: with t = c + s and y'' over all times between,
  /// y = y(c) + s y'(c) + s^2/2 y'', y' = y'(c) + s y''. In time s nothing moves by more than (L r + K' r^2) s.
  private func sharpJet(_ t: Interval, _ budget: Budget) throws -> TaylorJet? {
    guard let middle = t.anchor, middle.isFinite, let length = cells.first?.length else { return nil }
    let center = Interval(middle)
    let s = t - center
    guard s.magnitude < length.lower.scaled(byPowerOfTwo: -10, rounding: .down) else { return nil }
    let bits = t.precision + 16
    let begin = start(bits + 64)
    let point = try flow.evolved(begin, for: center, bits: bits, within: budget, bounds: bounds)
    let r = Interval(bounds(begin, t.upper).radius).rounded(to: 64)
    let linear = flow.linearBound(begin.map { Interval($0.magnitude).rounded(to: 64) })
    let drift = Interval.ball((linear * r + flow.productSum * r.squared) * s.absoluteValue.rounded(to: 64))
    let around = point.map { $0 + drift }
    let (rate, rates) = (flow.form(point, point), flow.form(around, around))
    let second = zip(flow.form(rates, around), flow.form(around, rates)).map { $0 + $1 }
    let (w1, w2) = (QuadraticPath.sum(weights, rate), QuadraticPath.sum(weights, second))
    let value = QuadraticPath.sum(weights, point) - QuadraticPath.sum(weights, begin) + s * w1 + s.squared * w2 / 2
    return TaylorJet(
      value: value.rounded(to: t.precision), first: (w1 + s * w2).rounded(to: t.precision),
      second: w2.rounded(to: t.precision), isSmooth: true)
  }
}
