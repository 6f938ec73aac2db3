import ArbitraryPrecision
import Catalogue
import FastKernels
import RigorousNumerics

/// A ``ContractiveFlow`` in doubles: the elements of a density matrix with a bound of the trace norm of what the state
/// is off.
///
/// Matrices and the coefficients of functions of time are enclosures rounded to doubles, which are off by at most the
/// radii; the vector is turned by ``TaylorDoubles``, whose defect in the 2-norm times `spread` bounds that in the trace
/// norm. Functions of time and lengths of steps are looked at as in ``ContractiveRun``: a step is halved until the next
/// coefficient over the whole step is small, so that no pulse is missed.
struct MasterKernel {
  private let flow: ContractiveFlow
  private let doubles: TaylorDoubles
  private let norms: [Interval]

  /// The greatest sum of |M_j| |g_ji| of a step.
  private static let greatestTurn = 2.0
  private static let greatestSteps = 1 << 17
  /// The most elements that are visited: some seconds.
  private static let greatestWork = 0x1p33
  /// The degree of the polynomials of functions.
  private static let order = 20
  private static let precision = 128

  /// How far it reaches.
  static let domain = "\(DensityBlock.limit.condition), times of at most \(greatestSteps) steps"

  init(_ flow: ContractiveFlow) throws {
    self.flow = flow
    doubles = try TaylorDoubles(
      dimension: flow.dimension,
      flow.matrices.map { matrix in
        try matrix.map { entry in
          let (value, radius) = try entry.value.nearDouble()
          return .init(row: entry.row, column: entry.column, value: value, radius: radius)
        }
      })
    norms = doubles.norms.map { Interval(exactly: $0, precision: 64) ?? .entire(precision: 64) }
  }

  /// The vector at a later time; its error is one in the trace norm.
  func evolved(
    _ start: FlowState, from first: Interval, until last: Interval, within budget: Budget
  ) throws -> FlowState {
    guard let begin = first.anchor, let end = last.anchor, first.isBounded, last.isBounded else {
      throw NotToldYet(what: "the time")
    }
    var (vector, square) = ([Double](), 0.0)
    for k in 0..<flow.dimension {
      let (value, radius) = try start.storedElement(k, precision: Self.precision).nearDouble()
      vector.append(value)
      square += radius * radius
    }
    // Radii are far above 2^-500; of 10^5 squares the sum is within 2^-20.
    var defect = square.squareRoot() * (1 + 0x1p-20) + 0x1p-500
    let span = Interval(end) - Interval(begin)
    if span.lower.signum > 0 {
      defect +=
        flow.isDriven
        ? try driven(&vector, from: Interval(begin), span, within: budget) : try constant(&vector, span, within: budget)
    }
    let missed = try flow.missed(from: first, begin, until: last, end)
    guard defect.isFinite, let bound = Interval(exactly: defect * (1 + 0x1p-20), precision: 64) else {
      throw KernelRefusal("the bound is beyond the range of doubles")
    }
    let elements = vector.map { Interval(exactly: $0, precision: 64) ?? .entire(precision: 64) }
    guard elements.allSatisfy(\.isBounded) else { throw KernelRefusal("a number is beyond the range of doubles") }
    let stored = FlowState(elements, fractionBits: Self.precision)
    let others = flow.spread * (bound + missed + Interval(stored.error)) + Interval(start.error)
    return stored.withError(enlargedBy: others.upper)
  }

  private func check(steps: Double) throws {
    guard steps <= Double(Self.greatestSteps), steps * Double(doubles.count + flow.dimension) * 24 <= Self.greatestWork
    else { throw KernelRefusal("the time takes more steps than the kernel does; accepted: to \(Self.greatestSteps)") }
  }

  /// Equal steps.
  private func constant(_ vector: inout [Double], _ span: Interval, within budget: Budget) throws -> Double {
    let turn = (span * norms[0]).upper.double(rounding: .up) / Self.greatestTurn
    try check(steps: turn)
    let steps = max(Int(turn.rounded(.up)), 1)
    let factor = try (span.rounded(to: Self.precision) / steps).nearDouble()
    var error = 0.0
    for step in 0..<steps {
      if step % 64 == 63 { try budget.check() }
      error += try doubles.step(&vector, factors: [[factor]], remainders: [0])
    }
    return error * (1 + 0x1p-20)
  }

  private func driven(
    _ vector: inout [Double], from begin: Interval, _ span: Interval, within budget: Budget
  ) throws -> Double {
    var (error, length) = (0.0, span)
    var (now, steps) = (begin.rounded(to: Self.precision), 0)
    let end = (begin + span).rounded(to: Self.precision)
    let least = span.scaled(byPowerOfTwo: -60).lower
    while true {
      try budget.check()
      steps += 1
      try check(steps: Double(steps))
      let left = end - now
      let isAll = length.lower >= left.upper
      let step = isAll ? left : length
      guard let remainders = try trial(now.hull(now + step), step, share: step / span) else {
        length = Interval(step.scaled(byPowerOfTwo: -1).upper)
        guard length.upper > least else {
          let place = now.midpoint?.double(rounding: .nearest) ?? 0
          throw KernelRefusal("the drive is not seen to be analytic near t = \(place)")
        }
        continue
      }
      error += try doubles.step(&vector, factors: try factors(now, step), remainders: remainders)
      if isAll { return error * (1 + 0x1p-20) }
      now = now + step
      length = Interval(step.scaled(byPowerOfTwo: 1).upper)
    }
  }

  /// What the functions are off on a step times its length, where the step will do.
  private func trial(_ times: Interval, _ step: Interval, share: Interval) throws -> [Double]? {
    let q = Self.order
    // A first look at the sizes is cheap.
    let sizes = try flow.series(times, order: 1, precision: 64).map(\.value.absoluteValue)
    let first = zip(sizes, norms.dropFirst()).reduce(step * norms[0]) { $0 + step * $1.0 * $1.1 }
    guard first.isBounded, first.upper.double(rounding: .up) <= Self.greatestTurn else { return nil }
    let series = try flow.series(times, order: q + 1, precision: 64)
    guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return nil }
    var turn = step * norms[0]
    var (missed, remainders) = (Interval(0, precision: 64), [0.0])
    for (j, own) in series.enumerated() {
      var power = step * norms[j + 1]
      for i in 0...q {
        turn += own.coefficients[i].absoluteValue.rounded(to: 64) * power / (i + 1)
        power = power * step
      }
      let remainder = own.coefficients[q + 1].absoluteValue.rounded(to: 64) * step.power(q + 2)
      guard remainder.isBounded else { return nil }
      missed += remainder * norms[j + 1]
      remainders.append(remainder.upper.double(rounding: .up))
    }
    guard turn.isBounded, turn.upper.double(rounding: .up) <= Self.greatestTurn,
      missed.upper <= share.scaled(byPowerOfTwo: -56).lower
    else { return nil }
    return remainders
  }

  private func factors(_ time: Interval, _ step: Interval) throws -> [[TaylorDoubles.Factor]] {
    let series = try flow.series(time, order: Self.order, precision: Self.precision)
    return [[try step.nearDouble()]]
      + (try series.map { own in
        var power = step
        return try own.coefficients.map { coefficient in
          defer { power = power * step }
          return try (coefficient * power).nearDouble()
        }
      })
  }
}
