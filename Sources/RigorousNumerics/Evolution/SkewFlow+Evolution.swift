import ArbitraryPrecision

extension SkewFlow {
  /// The state exp(t A) v for the true start v within the error of a given one and the true time t within an enclosure.
  ///
  /// With z = R t the result is the Chebyshev series of ``ChebyshevCoefficients`` in S = A/R, summed by Clenshaw's
  /// recurrence
  ///
  ///     y_n = a_n v + 2 S y_(n+1) + y_(n+2),  n = M ... 0,      exp(z S) v = (a_0 v + y_0 + y_2)/2,
  ///
  /// with a_0 = c_0 and a_n = 2 c_n. Its errors, in the 2-norm, for |v| <= V and d elements, u = 2^-fractionBits:
  ///
  /// - the series: V times the error of the coefficients;
  /// - the coefficients rounded to u: (M + 1) u V;
  /// - the time: |exp(z S) v - exp(z' S) v| <= |z - z'| V, since |S| <= 1, where z' is the binary fraction used;
  /// - real couplings rounded: z |S - S'| V with |S - S'| at most the greatest sum of roundings in a row, for both
  ///   flows are rotations;
  /// - the recurrence: an error e_n made at y_n reaches the result as P_n(S) e_n, because it runs down with the
  ///   polynomials of the second kind, and these combine to P_n in the last line; |P_n(S)| <= 1. Every element is cut
  ///   by less than u; where a_n v is a product it is cut, too, and the whole sum is computed at a quarter of its size:
  ///   8 u. With the last line in all (M + 2) u sqrt(d) for a unit vector, (M + 2) 8 u sqrt(d) for another;
  /// - the start: its error, kept by the rotation.
  ///
  /// No number leaves its limbs: |y_n| <= sum over j >= n of |a_j| (j - n + 1) V <= 2 (M + 1)(M + 2) V, by |Q_m| <= m +
  /// 1 for the polynomials of the second kind, plus errors of less than one; the head of each element has room for
  /// that.
  ///
  /// - Parameters:
  ///   - start: the start.
  ///   - time: an enclosure of the time, of either sign.
  ///   - bits: the result's error is about 2^-bits times the size of the start, and grows with the errors of the start
  ///     and the time.
  /// - Throws: ``Unanswered`` when the time is over or the number of steps beyond `maximumSteps`.
  public func evolved(
    _ start: FlowState, for time: Interval, bits: Int, within budget: Budget
  ) throws(Unanswered) -> FlowState {
    demand(start.dimension == dimension, "SkewFlow: the start has another dimension")
    let duration = try Duration(time, scale: scale, bits: bits, within: budget)
    let series = duration.series
    let plan = Plan(self, start, series, bits: bits)
    try SkewFlow.requireKnown(couplingError: plan.couplingError)
    var result = try run(plan, series, isReversed: duration.isReversed, within: budget)
    result.error = error(plan, series, z: duration.z, distance: duration.distance)
    checkInvariant(
      (result.storedNorm - start.storedNorm).mignitude <= result.error, "SkewFlow: a rotation keeps the norm")
    checkInvariant(result.error >= start.error, "SkewFlow: an evolution does not lessen the error")
    return result
  }

  /// The number of steps of a run, and the limbs of an element: its cost is their product with the number of elements.
  ///
  /// - Throws: ``Unanswered`` for times that would be refused, and when the time is over.
  public func cost(
    of start: FlowState, for time: Interval, bits: Int, within budget: Budget
  ) throws(Unanswered) -> (steps: Int, limbs: Int) {
    let z = (time.absoluteValue.rounded(to: 64) * Interval(scale, precision: 64)).upper
    guard z.isFinite, (z.binaryExponent ?? 0) <= SkewFlow.stepBits else {
      throw Unanswered(beyond: "the generator times the time has a norm above 2^\(SkewFlow.stepBits)")
    }
    let series = try ChebyshevCoefficients(z, bits: bits + 8, within: budget)
    return (series.values.count, Plan(self, start, series, bits: bits).width)
  }

  /// A time on the scale of S with the series there.
  struct Duration {
    /// R t, turned forward where the middle of the time is negative.
    let z: Interval
    let isReversed: Bool
    /// The number that the series is of.
    let point: BigFloat
    let series: ChebyshevCoefficients

    /// How far R |t| may be from the number.
    var distance: BigFloat { (z - Interval(point)).magnitude }

    init(_ time: Interval, scale: Rational, bits: Int, within budget: Budget) throws(Unanswered) {
      guard time.isBounded, let sign = time.anchor?.signum else {
        throw Unanswered(undecided: "the time is not known to any precision")
      }
      isReversed = sign < 0
      z = (isReversed ? -time : time).rounded(to: bits + 64) * Interval(scale, precision: bits + 64)
      guard let center = z.anchor, center.isFinite, (center.binaryExponent ?? 0) <= SkewFlow.stepBits else {
        throw Unanswered(beyond: "the generator times the time has a norm above 2^\(SkewFlow.stepBits)")
      }
      let anchor = BigFloat(center, precision: bits + 64, rounding: .nearest)
      point = anchor.signum < 0 ? -anchor : anchor
      series = try ChebyshevCoefficients(point, bits: bits + 8, within: budget)
      // |c_n| <= |J_n| + error <= 2 is what the room in each element rests on.
      guard series.error < BigFloat(0.25, precision: 64, rounding: .nearest) else {
        throw Unanswered(undecided: "the coefficients of the series are not known well enough")
      }
      let (values, fractionBits) = (series.values, series.fractionBits)
      checkInvariant(values.allSatisfy { $0.bitWidth <= fractionBits + 1 }, "SkewFlow: |c_n| <= 2")
    }
  }

  /// The scale leaves room for rounded couplings up to here.
  static func requireKnown(couplingError: BigFloat) throws(Unanswered) {
    let greatest = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -31, rounding: .down)
    guard couplingError < greatest else { throw Unanswered(undecided: "the couplings are known too poorly") }
  }

  /// The greatest number of steps is about 2 to this power.
  static let stepBits = 24

  /// What a run works with: the format of its numbers, the start in this format, and the rounded couplings.
  private struct Plan {
    let start: FlowState
    /// The only element of the start that is not zero, where that is so.
    let unit: Int?
    let width: Int
    /// What the numbers stay within, the sign included.
    let bits: Int
    let fractionBits: Int
    let realFractions: [UInt]
    /// The greatest sum of errors of 2 S_jk in a row.
    let couplingError: BigFloat

    init(_ flow: SkewFlow, _ given: FlowState, _ series: ChebyshevCoefficients, bits: Int) {
      let steps = series.values.count
      let size = given.normBound.binaryExponent.map { max($0, 0) } ?? 0
      let roundings = steps.bitWidthOfMagnitude + flow.dimension.bitWidthOfMagnitude / 2 + 3
      let head = 2 * steps.bitWidthOfMagnitude + size + 5
      let needed = bits + roundings + head
      width = (needed + 63) / 64
      // Of a chain that starts from one element digits of 52 bits are as few as will do.
      let occupied = (0..<given.dimension).filter(given.isNonzero)
      let whole = 64 * width
      self.bits = flow.isChain && occupied.count == 1 ? min((needed + 51) / 52 * 52, whole) : whole
      fractionBits = self.bits - head
      let start = given.converted(width: width, fractionBits: fractionBits)
      let one = Integer.powerOfTwo(fractionBits)
      unit = occupied.count == 1 && start.integer(occupied[0]) == one ? occupied[0] : nil
      self.start = start
      (realFractions, couplingError) = flow.rounded(width: width)
    }
  }

  private func run(
    _ plan: Plan, _ series: ChebyshevCoefficients, isReversed: Bool, within budget: Budget
  ) throws(Unanswered) -> FlowState {
    let (width, count) = (plan.width, dimension * plan.width)
    let last = series.values.count - 1
    // a_n 2^fractionBits, or as a fraction of `width` limbs of a quarter of it where it multiplies a vector.
    let shift = series.fractionBits - (plan.unit == nil ? 64 * width - 2 : plan.fractionBits)
    var coefficients = [UInt](repeating: 0, count: series.values.count * width)
    var scaled = Integer(0)
    for (n, value) in series.values.enumerated() {
      scaled.set(productOf: value, (n > 0 ? 2 : 1) * (isReversed && n % 2 == 1 ? -1 : 1))
      if shift >= 0 { scaled.shift(right: shift) } else { scaled.shift(left: -shift) }
      checkInvariant(scaled.fits(limbs: width), "SkewFlow: a coefficient fits its limbs")
      scaled.write(to: &coefficients, at: n * width, count: width)
    }
    var result = plan.start
    let kernel = FlowKernel(self, width: width, realFractions: plan.realFractions)
    // Three vectors: y_(n+1), y_(n+2), and y_2 kept for the last line.
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: 3 * count)
    memory.initialize(repeating: 0, count: 3 * count)
    defer { memory.deallocate() }
    let (current, kept) = (memory, memory + 2 * count)
    try coefficients.withUnsafeBufferPointer { values throws(Unanswered) in
      try plan.start.limbs.withUnsafeBufferPointer { vector throws(Unanswered) in
        guard let values = values.baseAddress, let vector = vector.baseAddress else { return }
        if try descendInPlanes(plan, values, vector, last: last, to: current, kept, within: budget) { return }
        try descend(plan, kernel, values, vector, last: last, memory, within: budget)
      }
    }
    result.limbs.withUnsafeMutableBufferPointer { limbs in
      guard let limbs = limbs.baseAddress else { return }
      limbs.initialize(repeating: 0, count: count)
      coefficients.withUnsafeBufferPointer { values in
        plan.start.limbs.withUnsafeBufferPointer { vector in
          guard let vector = vector.baseAddress, let values = values.baseAddress else { return }
          if let unit = plan.unit {
            kernel.add(values, to: limbs + unit * width)
          } else {
            kernel.add(values, times: vector, to: limbs)
          }
        }
      }
      kernel.finish(limbs, adding: current, kept, doubling: plan.unit == nil)
    }
    return result
  }

  /// The recurrence down to n = 0 in three vectors: y_0 comes to stand in the first one, y_2 in the last one.
  private func descend(
    _ plan: Plan, _ kernel: borrowing FlowKernel, _ values: UnsafePointer<UInt>, _ start: UnsafePointer<UInt>,
    last: Int, _ memory: UnsafeMutablePointer<UInt>, within budget: Budget
  ) throws(Unanswered) {
    let (width, count) = (plan.width, dimension * plan.width)
    var (current, older) = (memory, memory + count)
    for n in stride(from: last, through: 0, by: -1) {
      if (last - n) % 16 == 15 { try budget.check() }
      if n == 0 { (memory + 2 * count).update(from: older, count: count) }
      // A unit vector spreads by the bandwidth in each step.
      let reach = plan.unit.map { unit in
        (rows: span(unit, (last - n) * bandwidth), columns: span(unit, (last - n - 1) * bandwidth))
      }
      kernel.add(current, to: older, rows: reach?.rows ?? 0..<dimension, columns: reach?.columns ?? 0..<dimension)
      if let unit = plan.unit {
        kernel.add(values + n * width, to: older + unit * width)
      } else {
        kernel.add(values + n * width, times: start, to: older)
      }
      // |y_n| < 2^(head - 3), by the bound of ``evolved(_:for:bits:within:)``.
      checkInvariant(
        FixedPoint.hasFreeBits(2, older, count: dimension, width: width), "SkewFlow: y_n stays in its limbs")
      swap(&current, &older)
    }
    if current != memory { memory.update(from: current, count: count) }
  }

  /// The same of a chain in planes of digits, to the same limbs.
  ///
  /// - Returns: false, with nothing done, where the flow is no chain of integers, or planes are not served.
  private func descendInPlanes(
    _ plan: Plan, _ values: UnsafePointer<UInt>, _ start: UnsafePointer<UInt>, last: Int,
    to result: UnsafeMutablePointer<UInt>, _ kept: UnsafeMutablePointer<UInt>, within budget: Budget
  ) throws(Unanswered) -> Bool {
    // Of few elements the conversions cost more than the steps.
    guard isChain, dimension >= 8, plan.unit != nil || plan.bits == 64 * plan.width,
      case .integer(let entries) = magnitudes
    else { return false }
    // Row k > 0 has its coupling to the row before at 2k - 1.
    let planes = ChainPlanes(
      dimension: dimension, width: plan.width, bits: plan.bits,
      fractions: stride(from: 1, to: entries.count, by: 2).map { entries[$0] })
    guard planes.isServed else { return false }
    var (current, older): (Int32, Int32) = (0, 1)
    if plan.unit == nil { planes.load(start, to: 2) }
    for n in stride(from: last, through: 0, by: -1) {
      if (last - n) % 16 == 15 { try budget.check() }
      if n == 0 { planes.store(older, to: kept) }
      planes.add(current, to: older, rows: plan.unit.map { span($0, (last - n) * bandwidth) } ?? 0..<dimension)
      let coefficient = values + n * plan.width
      if let unit = plan.unit {
        planes.add(coefficient, to: unit, of: older)
      } else {
        planes.add(coefficient, times: 2, to: older)
      }
      checkInvariant(planes.hasFreeBits(2, older), "SkewFlow: y_n stays in its limbs")
      swap(&current, &older)
    }
    planes.store(current, to: result)
    return true
  }

  private func span(_ center: Int, _ reach: Int) -> Range<Int> {
    reach < 0 ? 0..<0 : max(0, center - reach)..<min(dimension, center + reach + 1)
  }

  /// The sum of the errors listed at ``evolved(_:for:bits:within:)``.
  private func error(_ plan: Plan, _ series: ChebyshevCoefficients, z: Interval, distance: BigFloat) -> BigFloat {
    func number(_ x: BigFloat) -> Interval { Interval(x).rounded(to: 64) }
    let steps = Interval(series.values.count, precision: 64)
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -plan.fractionBits)
    let size = number(plan.start.normBound)
    let coupling = number(z.magnitude) * number(plan.couplingError).scaled(byPowerOfTwo: -1)
    let perStep = plan.unit == nil ? 8 : 1
    let recurrence = perStep * (steps + 1) * unit * Interval(dimension, precision: 64).squareRoot
    let relative = number(series.error) + steps * unit + number(distance) + coupling
    return (relative * size + recurrence + number(plan.start.error)).upper
  }

  /// The couplings 2 |S_jk| as fractions of a number of limbs, and the greatest sum of their errors in a row: lower
  /// limbs are cut, by less than a unit of the last one kept, or zeros are appended.
  func rounded(width: Int) -> (fractions: [UInt], error: BigFloat) {
    guard case .real(let limbs, let stored, let error) = magnitudes else { return ([], .zero(precision: 64)) }
    if stored == width { return (limbs, error) }
    var fractions = [UInt](repeating: 0, count: columns.count * width)
    let (from, to, kept) = (max(stored - width, 0), max(width - stored, 0), min(stored, width))
    for entry in columns.indices {
      for limb in 0..<kept { fractions[entry * width + to + limb] = limbs[entry * stored + from + limb] }
    }
    if width > stored { return (fractions, error) }
    let greatest = zip(rowStarts, rowStarts.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
    let cut = Interval(greatest, precision: 64).scaled(byPowerOfTwo: -64 * width).upper
    return (fractions, .sum(error, cut, precision: 64, rounding: .up))
  }
}
