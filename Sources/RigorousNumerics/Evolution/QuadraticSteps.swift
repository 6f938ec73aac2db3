import ArbitraryPrecision

/// Taylor steps of a quadratic flow between points of fixed point, each with its error.
///
/// One step of length h goes from a point z, on a solution that stays within r for this time. By ``QuadraticMajorant``
/// the terms of its Taylor series are at most Y p^k with p = h/R, so cut after degree q it has a remainder of at most Y
/// p^(q+1)/(1 - p); steps are as long as p <= 1/5 allows where they start.
///
/// The computed numbers a_k = y_k h^k are integers in units u; each is rounded down once, by less than u. Let E_k bound
/// their errors, and G the E_k so far. The linear terms carry L E_k on. In the convolution the error of a_i a_j is at
/// most |a_i| E_j + E_i |a_j| + E_i E_j, so with K' the greatest sum of magnitudes of coefficients in an element
///
///     E_0 = 0,   E_1 = u,   E_(k+1) = u + h/(k + 1) (L E_k + K' (2 Y/(1 - p) + (k + 1) G) G).
///
/// The next point is the sum of the a_k, with the errors E_k and the remainder.
///
/// Let e bound the distance of the true solution from the one through z in the norm of errors, and f that of the
/// constants, which nothing changes. The difference of two solutions obeys d' = J d + D exactly, with the Jacobian J at
/// their mean and D the linear terms with the mean solution and the constants' differences. So |d|' <= m |d| + s k r f,
/// where m bounds J, k is the greatest sum of coefficients of linear terms and s the ratio of the norms: after the step
/// it is at most e^(m h) (e + s k r f h) (Gronwall's inequality). Bits in advance pay for this growth.
struct QuadraticSteps {
  static let greatestCount = 1_000_000

  private let flow: QuadraticFlow
  private let bounds: QuadraticFlow.AprioriBounds
  private let end: Integer
  private var elapsed = Integer(0)
  private var count = 0
  /// f.
  private let constantError: Interval

  /// Bits after the point.
  let fractionBits: Int
  /// L.
  let linear: Interval
  /// Where the steps are, in units.
  private(set) var point: [Integer]
  /// An upper bound of the distance from the true solution, in the norm of errors and in each element.
  private(set) var error: Interval

  /// Steps from a start to a time.
  ///
  /// - Parameters:
  ///   - bits: the error at the end is about 2^-bits, if the start allows it.
  ///   - bounds: what is known of solutions.
  init(
    _ flow: QuadraticFlow, from start: [Interval], to end: Interval, bits: Int,
    bounds: @escaping QuadraticFlow.AprioriBounds
  ) throws(Unanswered) {
    self.flow = flow
    self.bounds = bounds
    let run = bounds(start, end.upper)
    let now = bounds(start, .zero(precision: 64))
    guard run.radius.isFinite, now.radius.isFinite, start.allSatisfy(\.isBounded) else {
      throw Unanswered(undecided: "the start is not known to be bounded")
    }
    // Bits and steps in advance are guesses, which influence only the time taken and the error reached.
    let guess = flow.linearBound(start.map { Interval($0.magnitude).rounded(to: 64) })
    let length = QuadraticSteps.greatestLength(flow, guess, now, unit: -64)
    let steps = (end.rounded(to: 64) / length).upper.floor.flatMap { Int(exactly: $0) }
    // log2(e) < 3/2.
    let growthBits = (3 * (flow.logarithmicNorm(run, guess) * end.rounded(to: 64)) / 2).upper.floor.flatMap {
      Int(exactly: $0)
    }
    guard let steps, let growthBits, steps < QuadraticSteps.greatestCount, growthBits < QuadraticSteps.greatestCount
    else {
      throw Unanswered(beyond: "the time takes more than \(QuadraticSteps.greatestCount) steps")
    }
    let fractionBits = bits + growthBits + 2 * (steps + 1).bitWidthOfMagnitude + 25
    self.fractionBits = fractionBits
    func fixed(_ x: Interval) -> Integer {
      x.anchor?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
    }
    self.end = fixed(end.rounded(to: fractionBits + 64))
    point = start.map { fixed($0.rounded(to: fractionBits + 64)) }
    let startErrors = zip(start, point).map {
      ($0 - QuadraticSteps.real($1, fractionBits)).absoluteValue.rounded(to: 64)
    }
    let zero = Interval(0, precision: 64)
    error = flow.normRatio * startErrors.reduce(zero) { Interval($0.maximum($1).upper) }
    constantError = zip(startErrors, flow.isConstant).reduce(zero) { $1.1 ? Interval($0.maximum($1.0).upper) : $0 }
    linear = flow.linearBound(
      zip(startErrors, point).map { error, value in
        Interval((QuadraticSteps.real(value, fractionBits).absoluteValue.rounded(to: 64) + error).upper)
      })
  }

  private static func real(_ x: Integer, _ fractionBits: Int) -> Interval {
    Interval(x, precision: fractionBits + 64).scaled(byPowerOfTwo: -fractionBits)
  }

  /// The number of an integer.
  func real(_ x: Integer) -> Interval { QuadraticSteps.real(x, fractionBits) }

  /// The time reached.
  var time: Interval { real(elapsed) }
  /// Whether the end was reached.
  var isAtEnd: Bool { elapsed == end }

  /// One step as a polynomial: from the point where it starts, the solution of the flow through that point.
  struct Cell {
    /// When it starts, and h.
    let begin: Interval
    let length: Interval
    /// a_k for k = 0 ... q of each element, in units; of a constant only a_0.
    let series: [[Integer]]
    /// q + 1.
    let count: Int
    /// A bound of all E_k, in numbers.
    let cut: Interval
    /// r, for the solution through the point and the true one.
    let radius: Interval
    /// Y and p.
    let size: Interval
    let ratio: Interval
    /// The bound of the distance from the true solution in all of the step.
    let error: Interval
  }

  /// R/5 for the radius of some bounds.
  private static func greatestLength(
    _ flow: QuadraticFlow, _ linear: Interval, _ bounds: QuadraticFlow.Bounds, unit: Int
  ) -> Interval {
    QuadraticMajorant(linear: linear, productBound: flow.productBound, radius: radius(bounds, unit)).convergenceRadius
      / 5
  }

  /// The radius, not less than 2^unit: zero has no majorant.
  private static func radius(_ bounds: QuadraticFlow.Bounds, _ unit: Int) -> Interval {
    let least = Interval(1, precision: 64).scaled(byPowerOfTwo: unit)
    return Interval(Interval(bounds.radius).rounded(to: 64).maximum(least).upper)
  }

  /// Makes a step.
  ///
  /// - Throws: ``Unanswered`` when the time is over.
  mutating func advance(within budget: Budget) throws(Unanswered) -> Cell {
    try budget.check()
    count += 1
    guard count <= QuadraticSteps.greatestCount else {
      throw Unanswered(beyond: "the time takes more than \(QuadraticSteps.greatestCount) steps")
    }
    let ball = Interval.ball(error)
    let box = point.map { real($0).rounded(to: 64) + ball }
    // The radius at once bounds the length of the step, the radius over this length the step.
    let longest = QuadraticSteps.greatestLength(flow, linear, bounds(box, .zero(precision: 64)), unit: -fractionBits)
    guard longest.isBounded else { throw unbounded }
    let here = bounds(box, longest.upper)
    guard here.radius.isFinite else { throw unbounded }
    let r = QuadraticSteps.radius(here, -fractionBits)
    let majorant = QuadraticMajorant(linear: linear, productBound: flow.productBound, radius: r)
    let fitting = longest.minimum(majorant.convergenceRadius / 5).lower
    let remaining = end - elapsed
    var units = fitting.scaled(byPowerOfTwo: fractionBits, rounding: .down).floor ?? 0
    if !(units < remaining) { units = remaining }
    let length = real(units).rounded(to: 64)
    let ratio = Interval((length / majorant.convergenceRadius).upper)
    guard units.signum > 0, ratio.upper < BigFloat(0.25, precision: 64, rounding: .nearest) else { throw unbounded }

    let begin = time
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -fractionBits)
    let zero = Interval(0, precision: 64)
    // E_k, G, and the sum of the E_k.
    var (rounding, greatest, sum) = (zero, zero, zero)
    let twice = 2 * majorant.size / (1 - ratio)
    var coefficients = point.map { [$0] }
    var terms = 1
    // The remainder after degree q, starting with q = 0.
    var remainder = majorant.size * ratio / (1 - ratio)
    while remainder.upper.binaryExponent.map({ $0 > -fractionBits }) ?? false {
      try budget.check()
      for (index, value) in following(coefficients, units, terms).enumerated() where !flow.isConstant[index] {
        point[index] += value
        coefficients[index].append(value)
      }
      let carried = linear * rounding + flow.productSum * ((twice + terms * greatest) * greatest)
      rounding = Interval((unit + length * carried / terms).upper)
      checkInvariant(
        zip(coefficients, flow.isConstant).allSatisfy { series, isConstant in
          isConstant || real(series[terms]).mignitude <= (majorant.size * ratio.power(terms) + rounding).upper
        }, "QuadraticSteps: |a_k| <= Y p^k + E_k")
      terms += 1
      greatest = greatest.maximum(rounding)
      sum += rounding
      remainder = Interval((remainder * ratio).upper)
    }
    let drift = flow.normRatio * (flow.linearSum * (r * constantError * length))
    let grown = Interval(((flow.logarithmicNorm(here, linear) * length).exponential * (error + drift)).upper)
    checkInvariant(error.upper <= grown.upper, "QuadraticSteps: an error does not shrink")
    error = Interval((grown + flow.normRatio * (remainder + sum)).upper)
    elapsed += units
    checkInvariant(elapsed <= end, "QuadraticSteps: no step leads beyond the end")
    return Cell(
      begin: begin, length: real(units), series: coefficients, count: terms, cut: greatest, radius: r,
      size: majorant.size, ratio: ratio, error: grown)
  }

  private var unbounded: Unanswered {
    Unanswered(undecided: "the solution is no longer known well enough to follow it")
  }

  /// a_k from the k before.
  private func following(_ series: [[Integer]], _ length: Integer, _ k: Int) -> [Integer] {
    var next = [Integer](repeating: 0, count: flow.dimension)
    for term in flow.products {
      var sum = Integer(0)
      sum.add(convolutionOf: series[term.first], series[term.second])
      next[term.result].add(productOf: sum, Integer(term.coefficient))
    }
    for term in flow.linear {
      let factor = series[term.second][0] * Integer(term.coefficient)
      next[term.result].add(productOf: series[term.first][k - 1], factor)
    }
    // The sum has two fractions, and times h three: two are cut with the division by k, once.
    let divisor = Integer(k).shifted(left: 2 * fractionBits)
    return next.map { ($0 * length).dividedDown(by: divisor) }
  }
}

extension QuadraticFlow {
  /// m.
  func logarithmicNorm(_ bounds: Bounds, _ linear: Interval) -> Interval {
    if let given = bounds.logarithmicNorm { return Interval(given).rounded(to: 64) }
    return linear + 2 * (productBound * Interval(bounds.radius).rounded(to: 64))
  }
}
