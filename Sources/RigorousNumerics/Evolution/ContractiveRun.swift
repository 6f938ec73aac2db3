import ArbitraryPrecision
internal import CGMP

/// The steps of a ``ContractiveFlow`` by Taylor's series in fixed point.
///
/// On a step of length h, at t + h s with 0 <= s <= 1, let f_j have the coefficients f_ji of s^i for i <= q, and let it
/// be off by at most r_j. With M_j = R_j (F_j + D_j) and g_ji = h R_j f_ji the terms of X(s) = sum over n <= m of X_n
/// s^n are computed from
///
///     (n + 1) X_(n+1) = sum over j of F_j (sum over i <= min(n, q) of g_ji X_(n-i)),                             (2)
///
/// and their errors are the defect of (1) at the power s^n, which counts by the integral of s^n: an error of X_(n+1)
/// itself. In the 2-norm, for d elements, u the unit of the last place and all |X_n|_2 bounded as they come:
///
/// - a sum over i has products that are cut, and fractions that are, by less than u each: 2 (q + 1) u sqrt(d) |F_j|;
///   a row of F_j is cut once: u sqrt(d); the quotient, the product with a fraction 2^-k/(n + 1) that is shifted back
///   by k places, has 2 u 2^k, and enlarges what was there by 2^k/(n + 1) times the scale of the sum;
/// - |D_j| and the radii of the g_ji, times what they multiply;
/// - what (2) leaves out: the powers above m, and the r_j, both by norms.
///
/// No number leaves its limbs. With G = sum over j, i of |g_ji|/(i + 1), h being such that G <= 8, the greatest
/// elements of the X_n add up to at most e^G times that of X_0, by the majorant exp(sum of |g_ji| s^(i+1)/(i + 1)) of
/// (2), rows of |F_j| having sums below one. That of X_0 is at most `size` and the error so far. Heads have 16 bits
/// more than that takes, of which the errors, below one, and the scale of the sums take no more than two.
struct ContractiveRun {
  let flow: ContractiveFlow
  let end: BigFloat
  private let bits: Int
  private let width: Int
  private let matrices: [FractionMatrix]
  private let kernels: [Kernel]
  private let size: BigFloat
  /// At least |x - X| at the present time.
  private(set) var state: FlowState
  /// The present time.
  private(set) var time: BigFloat
  /// The last step's length, which the next one may double.
  private var lastStep: BigFloat?
  private var steps = 0
  private let whole: Interval
  /// What is watched on each step, if anything is.
  var watch: ElementWatch?

  /// The greatest G.
  private static let greatestTurn = 8
  /// Bits above those of the start: e^8 < 2^12, and room.
  private static let headroom = 16
  private static let greatestOrder = 4000
  /// The most steps.
  static let greatestSteps = 1 << 20

  init(
    _ flow: ContractiveFlow, _ start: FlowState, size: BigFloat, at time: BigFloat, until end: BigFloat, bits: Int
  ) throws(Unanswered) {
    (self.flow, self.time, self.bits, self.size) = (flow, time, bits, size)
    self.end = max(time, end)
    whole = Interval(self.end) - Interval(time)
    let spreadBits = max(flow.spread.upper.binaryExponent ?? 0, 0)
    // Some 2^8 roundings of 2^16 units in a step, of which there are up to 2^20.
    let guardBits = 46 + spreadBits + flow.dimension.bitWidthOfMagnitude / 2
    let head = ContractiveRun.headroom + max(size.binaryExponent ?? 0, 0)
    let width = (bits + guardBits + head + 63) / 64
    self.width = width
    let matrices = flow.terms.map { FractionMatrix(dimension: flow.dimension, $0, width: width) }
    self.matrices = matrices
    kernels = matrices.map(Kernel.init)
    var state = start.converted(width: width, fractionBits: 64 * width - head)
    // What a conversion cuts off is measured in the 2-norm.
    let cut = Interval(state.error) - Interval(start.error)
    state.error = (Interval(start.error) + flow.spread * cut.absoluteValue).upper
    self.state = state
  }

  /// The length of the last step.
  var length: BigFloat? { lastStep }

  /// Counts a change of the path, or what it leaves out, in the norm of the flow.
  mutating func enlarge(by distance: Interval) { state.error = (Interval(state.error) + distance).upper }

  /// What a step works with.
  private struct Plan {
    let length: BigFloat
    /// g_ji as fractions of a power of two, `width` limbs each, by j and i; empty for a flow that is not driven.
    var fractions: [[[UInt]]] = []
    /// |g_ji|, with their radii.
    var sizes: [[UpperBound]]
    /// The radii of the g_ji, and what rounding them adds.
    var radii: [[UpperBound]]
    /// h R_j r_j.
    var remainders: [UpperBound]
    /// Sums have 2^-shift of their size.
    let shift: Int
    /// Whether M_0 alone acts: its factor h R_0 is part of the quotient.
    let isConstant: Bool
  }

  /// Takes a step; false at the end.
  mutating func step(within budget: Budget) throws -> Bool {
    guard time < end else { return false }
    try budget.check()
    steps += 1
    guard steps <= ContractiveRun.greatestSteps else {
      throw Unanswered(beyond: "more than \(ContractiveRun.greatestSteps) steps")
    }
    let quarter = BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -2, rounding: .down)
    guard state.error < max(quarter, .product(size, quarter, precision: 64, rounding: .down)) else {
      throw Unanswered(undecided: "errors added up to a quarter of the state")
    }
    let plan = try plan(within: budget)
    try advance(plan, within: budget)
    lastStep = plan.length
    // Times are exact.
    let precision = 64 * width + 1024
    let next = BigFloat.sum(time, plan.length, precision: precision, rounding: .up)
    guard next == .sum(time, plan.length, precision: precision, rounding: .down) else {
      throw Unanswered(undecided: "the steps are too short beside the time")
    }
    time = next
    return true
  }

  private var left: Interval { Interval(end) - Interval(time) }

  // MARK: - Plans

  private func plan(within budget: Budget) throws -> Plan {
    let precision = 64 * width + 64
    let constant = Interval(matrices[0].scale, precision: precision)
    guard let drive = flow.drive else {
      guard !flow.terms[0].isEmpty else {
        return Plan(
          length: left.upper, sizes: [[]], radii: [[]], remainders: [], shift: 3, isConstant: true)
      }
      // h R_0 <= 8; equal steps of exact lengths.
      let count = (left * constant / ContractiveRun.greatestTurn).upper.floor ?? 0
      guard let words = Int(exactly: count), words < ContractiveRun.greatestSteps else {
        throw Unanswered(beyond: "more than \(ContractiveRun.greatestSteps) steps")
      }
      var length = left.upper
      if words > 0 {
        let share = left / Interval(words + 1, precision: 64)
        length = min(BigFloat(share.lower, precision: 64, rounding: .down), left.lower)
        // The last step takes what is left.
        guard length.signum > 0 else { throw Unanswered(undecided: "a step has no length") }
      }
      let factor = Interval(length) * constant
      return Plan(
        length: length, sizes: [[UpperBound(factor.magnitude)]], radii: [[.zero]], remainders: [], shift: 3,
        isConstant: true)
    }
    return try drivenPlan(drive, within: budget)
  }

  /// The degree q of the functions' polynomials.
  private var driveOrder: Int { 12 + bits / 3 }

  private func drivenPlan(_ drive: ContractiveFlow.Drive, within budget: Budget) throws -> Plan {
    let q = driveOrder
    var length = left.upper
    if let lastStep { length = min(length, lastStep.scaled(byPowerOfTwo: 1, rounding: .nearest)) }
    let start = Interval(time)
    let least = Interval(whole.upper).scaled(byPowerOfTwo: -60).lower
    while true {
      try budget.check()
      let interval = start.hull(start + Interval(length))
      if let known = try trial(drive, interval, Interval(length), q) {
        return try filled(drive, Interval(length), q, remainders: known)
      }
      length = BigFloat(length.scaled(byPowerOfTwo: -1, rounding: .down), precision: 64, rounding: .down)
      guard length > least else {
        let place = time.double(rounding: .nearest)
        throw Unanswered(undecided: "the drive is not seen to be analytic near t = \(place)")
      }
    }
  }

  /// The h R_j r_j where a step of this length will do.
  private func trial(
    _ drive: ContractiveFlow.Drive, _ interval: Interval, _ length: Interval, _ q: Int
  ) throws -> [UpperBound]? {
    // A first look at the sizes is cheap.
    let scales = matrices.map { Interval($0.scale, precision: 64) }
    let hasConstant = !flow.terms[0].isEmpty
    let zero = Interval(0, precision: 64)
    func isSmall(_ series: [TaylorSeries], _ orders: Int) -> Bool {
      guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return false }
      var turn = hasConstant ? length * scales[0] : zero
      for (j, own) in series.enumerated() {
        var power = length * scales[j + 1]
        for i in 0...orders {
          turn += own.coefficients[i].absoluteValue.rounded(to: 64) * power / (i + 1)
          power = power * length
        }
      }
      return turn.isBounded && turn.upper <= Interval(ContractiveRun.greatestTurn, precision: 64).lower
    }
    guard isSmall(try drive.series(interval, order: 1, precision: 64), 0) else { return nil }
    let series = try drive.series(interval, order: q + 1, precision: 64)
    guard isSmall(series, q) else { return nil }
    let share = (length / whole.rounded(to: 64)).scaled(byPowerOfTwo: -bits - 2)
    var remainders: [UpperBound] = []
    var sum = zero
    for (j, own) in series.enumerated() {
      let missed = own.coefficients[q + 1].absoluteValue.rounded(to: 64) * length.power(q + 1) * length * scales[j + 1]
      guard missed.isBounded else { return nil }
      remainders.append(UpperBound(missed.upper))
      sum += missed
    }
    // |X(s)|_2 is at most e^8 |X_0|_2, and mostly near that of X_0.
    return (flow.spread * sum * Interval(size)).upper <= share.upper ? remainders : nil
  }

  private func filled(
    _ drive: ContractiveFlow.Drive, _ length: Interval, _ q: Int, remainders: [UpperBound]
  ) throws -> Plan {
    let precision = 64 * width + 64
    let series = try drive.series(Interval(time), order: q, precision: precision)
    var factors: [[Interval]] = [[length * Interval(matrices[0].scale, precision: precision)]]
    for (j, own) in series.enumerated() {
      var power = length * Interval(matrices[j + 1].scale, precision: precision)
      factors.append(
        own.coefficients.map { coefficient in
          defer { power = power * length }
          return coefficient * power
        })
    }
    let all = factors.joined().reduce(Interval(0, precision: 64)) { $0 + $1.absoluteValue.rounded(to: 64) }
    guard all.isBounded else { throw Unanswered(undecided: "the drive is not known at a time") }
    // All fractions together stay below a half.
    let shift = max((all.upper.binaryExponent ?? 0) + 1, 0)
    var plan = Plan(
      length: length.upper, sizes: factors.map { $0.map { UpperBound($0.magnitude) } }, radii: [],
      remainders: remainders, shift: shift, isConstant: false)
    for own in factors {
      var (fractions, radii): ([[UInt]], [UpperBound]) = ([], [])
      for factor in own {
        let exact = factor.scaled(byPowerOfTwo: 64 * width - shift)
        let nearest = exact.anchor?.floor ?? 0
        fractions.append(nearest.limbs(width))
        let miss = (exact - Interval(nearest, precision: precision + 64)).magnitude
        radii.append(UpperBound(miss.scaled(byPowerOfTwo: shift - 64 * width, rounding: .up)))
      }
      plan.fractions.append(fractions)
      plan.radii.append(radii)
    }
    return plan
  }

  // MARK: - Series

  private mutating func advance(_ plan: Plan, within budget: Budget) throws {
    let count = flow.dimension * width
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -state.fractionBits)
    let units = unit * Interval(flow.dimension, precision: 64).squareRoot
    let scale = Interval(1, precision: 64).scaled(byPowerOfTwo: plan.shift)
    let share = (Interval(plan.length) / whole).rounded(to: 64)
    let goal = UpperBound(max((share.scaled(byPowerOfTwo: -bits - 1) / flow.spread).lower, units.lower))
    let tails = zip(plan.sizes, flow.terms).map { $1.isEmpty ? [] : ContractiveRun.suffixSums($0) }
    var terms: [[UInt]] = [state.limbs]
    watch?.begin(with: state.limbs)
    var norms = [norm(of: state.limbs)]
    var added = Interval(0, precision: 64)
    var source = [UInt](repeating: 0, count: count)
    var next = source
    for n in 0..<ContractiveRun.greatestOrder {
      if n % 8 == 7 { try budget.check() }
      let quotient = quotient(plan, n)
      next.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
      var defect = Interval(0, precision: 64)
      if plan.isConstant {
        kernels[0].apply(to: terms[terms.count - 1], adding: &next)
        let factor = Interval(plan.sizes[0].first?.value ?? .zero(precision: 64))
        defect = factor * (units + matrices[0].error * Interval(norms[n].value))
      } else {
        for j in matrices.indices where !flow.terms[j].isEmpty {
          let last = min(n, plan.fractions[j].count - 1)
          source.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
          var (size, missed) = (UpperBound.zero, UpperBound.zero)
          for i in 0...last {
            kernels[0].add(plan.fractions[j][i], times: terms[n - i], to: &source)
            size = size + plan.sizes[j][i] * norms[n - i]
            missed = missed + plan.radii[j][i] * norms[n - i]
          }
          kernels[j].apply(to: source, adding: &next)
          defect += scale * units * (2 * (last + 1) * matrices[j].norm + 1)
          defect += matrices[j].error * Interval(size.value) + matrices[j].norm * Interval(missed.value)
        }
      }
      var term = [UInt](repeating: 0, count: count)
      kernels[0].add(quotient.limbs, times: next, to: &term)
      kernels[0].shift(&term, by: quotient.places)
      added += defect / (n + 1) + 2 * units.scaled(byPowerOfTwo: Int(quotient.places))
      kernels[0].add(term, to: &state.limbs)
      watch?.add(term)
      norms.append(norm(of: term))
      if plan.isConstant { terms = [term] } else { terms.append(term) }
      let truncation = truncation(tails, norms)
      if truncation < goal {
        let path = norms.reduce(UpperBound.zero, +)
        let missed = plan.remainders.enumerated().reduce(Interval(0, precision: 64)) {
          $0 + Interval(($1.element * path).value) * matrices[$1.offset + 1].norm
        }
        added += Interval(truncation.value) + missed
        state.error = (Interval(state.error) + flow.spread * added).upper
        return
      }
    }
    throw Unanswered(undecided: "Taylor's series did not get small")
  }

  /// The factor of the n-th quotient as a fraction below a half, and the places by which its product is shifted.
  private func quotient(_ plan: Plan, _ n: Int) -> (limbs: [UInt], places: UInt32) {
    let places = plan.shift + 2
    let precision = 64 * width + 64
    let factor: Interval
    if plan.isConstant {
      factor = Interval(plan.length) * Interval(matrices[0].scale, precision: precision) / (n + 1)
    } else {
      factor = Interval(1, precision: precision).scaled(byPowerOfTwo: plan.shift) / (n + 1)
    }
    // The power of two that the sums were divided by is part of the places.
    let exact = factor.scaled(byPowerOfTwo: 64 * width - places)
    return ((exact.anchor?.floor ?? 0).limbs(width), UInt32(places))
  }

  /// The sums of the numbers from a place on.
  private static func suffixSums(_ values: [UpperBound]) -> [UpperBound] {
    var (sums, sum) = (values, UpperBound.zero)
    for place in values.indices.reversed() {
      sum = sum + values[place]
      sums[place] = sum
    }
    return sums
  }

  /// The defect of the powers above the last one, m: at most the sum over j, i and k <= m with k + i >= m of |F_j|
  /// |g_ji| |X_k|/(k + i + 1), whose denominators are at least m + 1.
  private func truncation(_ tails: [[UpperBound]], _ norms: [UpperBound]) -> UpperBound {
    let m = norms.count - 1
    var result = UpperBound.zero
    for (j, tail) in tails.enumerated() where !tail.isEmpty {
      var own = UpperBound.zero
      for k in max(0, m - tail.count + 1)...m { own = own + norms[k] * tail[m - k] }
      result = result + own * UpperBound(((matrices[j].norm + matrices[j].error) / (m + 1)).upper)
    }
    return result
  }

  /// At least the 2-norm of a vector, from its greatest element.
  private func norm(of limbs: [UInt]) -> UpperBound {
    let width = width
    let exponent = limbs.withUnsafeBufferPointer { limbs -> Int? in
      for limb in stride(from: width - 1, through: 0, by: -1) {
        var seen: UInt = 0
        for place in stride(from: limb, to: limbs.count, by: width) {
          // -1 stands for a borrow, which a lower limb makes good: it counts as a unit of this limb.
          let top = Int(bitPattern: limbs[place - limb + width - 1])
          seen |= top < 0 ? ~limbs[place] : limbs[place]
        }
        if seen > 0 { return 64 * (limb + 1) - seen.leadingZeroBitCount }
      }
      return limbs.contains { $0 != 0 } ? 0 : nil
    }
    guard let exponent else { return .zero }
    return UpperBound(
      Interval(flow.dimension, precision: 64).squareRoot.scaled(byPowerOfTwo: exponent - state.fractionBits).upper)
  }

  /// A kernel with the vectors that it works on.
  private final class Kernel {
    private let kernel: FlowKernel
    private let width: Int
    private let dimension: Int

    init(_ matrix: FractionMatrix) {
      kernel = FlowKernel(matrix.rows, width: matrix.width, fractions: matrix.fractions, isInteger: false)
      (width, dimension) = (matrix.width, matrix.rows.dimension)
    }

    /// Adds F times a vector.
    func apply(to source: [UInt], adding target: inout [UInt]) {
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
          guard let source = source.baseAddress, let target = target.baseAddress else { return }
          kernel.add(source, to: target, rows: 0..<dimension, columns: 0..<dimension)
        }
      }
    }

    /// Adds a fraction times a vector.
    func add(_ fraction: [UInt], times vector: [UInt], to target: inout [UInt]) {
      vector.withUnsafeBufferPointer { vector in
        fraction.withUnsafeBufferPointer { fraction in
          target.withUnsafeMutableBufferPointer { target in
            guard let vector = vector.baseAddress, let fraction = fraction.baseAddress, let target = target.baseAddress
            else { return }
            kernel.add(fraction, times: vector, to: target)
          }
        }
      }
    }

    func shift(_ vector: inout [UInt], by places: UInt32) {
      vector.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { kernel.shift(base, by: places) } }
    }

    /// Adds a vector.
    func add(_ vector: [UInt], to sum: inout [UInt]) {
      vector.withUnsafeBufferPointer { vector in
        sum.withUnsafeMutableBufferPointer { sum in
          guard let vector = vector.baseAddress, let sum = sum.baseAddress else { return }
          for k in 0..<dimension { kernel.add(vector + k * width, to: sum + k * width) }
        }
      }
    }
  }
}
