import ArbitraryPrecision

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
  /// Where it stops.
  private(set) var end: BigFloat
  let bits: Int
  let width: Int
  let matrices: [FractionMatrix]
  let kernels: [Kernel]
  let size: BigFloat
  /// At least |x - X| at the present time.
  var state: FlowState
  /// The present time.
  private(set) var time: BigFloat
  /// The last step's length, which the next one may double.
  var lastStep: BigFloat?
  private var steps = 0
  let whole: Interval
  /// What is watched on each step, if anything is.
  var watch: ElementWatch?

  /// The greatest G.
  static let greatestTurn = 8
  /// Bits above those of the start: e^8 < 2^12, and room.
  private static let headroom = 16
  static let greatestOrder = 4000
  /// The most steps.
  static let greatestSteps = 1 << 20

  init(
    _ flow: ContractiveFlow, _ start: FlowState, size: BigFloat, at time: BigFloat, until end: BigFloat, bits: Int
  ) throws(Unanswered) {
    (self.flow, self.time, self.bits, self.size) = (flow, time, bits, size)
    self.end = max(time, end)
    whole = Interval(self.end) - Interval(time)
    let spreadBits = max(flow.spread.upper.binaryExponent ?? 0, 0)
    let guardBits =
      ContractiveRun.guardBits(flow, until: whole, bits: bits) + spreadBits + flow.dimension.bitWidthOfMagnitude / 2
    let head = ContractiveRun.headroom + max(size.binaryExponent ?? 0, 0)
    let width = (bits + guardBits + head + 63) / 64
    self.width = width
    let matrices = flow.matrices(width: width)
    self.matrices = matrices
    kernels = matrices.map(Kernel.init)
    var state = start.converted(width: width, fractionBits: 64 * width - head)
    // What a conversion cuts off is measured in the 2-norm.
    let cut = Interval(state.error) - Interval(start.error)
    state.error = (Interval(start.error) + flow.spread * cut.absoluteValue).upper
    self.state = state
  }

  /// The bits that the roundings of all steps take, as a guess: what is lost is counted as it comes, so that a guess
  /// that is too low proves less, and nothing that is false.
  ///
  /// A step has some 40 + bits/2 terms. Where M is constant each of them is off by less than 2^7 units, and the steps
  /// are known. Of a drive a sum has 2^9 units for each function, and 2^12 steps are many.
  private static func guardBits(_ flow: ContractiveFlow, until whole: Interval, bits: Int) -> Int {
    let termBits = (40 + bits / 2).bitWidthOfMagnitude
    guard flow.isDriven else {
      let steps = whole.upper.double(rounding: .up) * flow.speed / Double(greatestTurn) + 1
      return 8 + termBits + Int(min(max(steps, 1), Double(greatestSteps)).exponent) + 1
    }
    return 11 + termBits + flow.terms.count.bitWidthOfMagnitude + 12
  }

  /// The length of the last step.
  var length: BigFloat? { lastStep }

  /// Goes on to a time that is not beyond the first end.
  mutating func stop(at time: BigFloat) { end = max(time, self.time) }

  /// Adds a vector whose error is one in the norm of the flow.
  mutating func add(_ vector: FlowState) {
    demand(vector.dimension == flow.dimension, "ContractiveRun: a vector of another dimension is added")
    let own = vector.converted(width: width, fractionBits: state.fractionBits)
    // What a conversion cuts off is measured in the 2-norm.
    let cut = Interval(own.error) - Interval(vector.error)
    kernels[0].add(own.limbs, to: &state.limbs)
    enlarge(by: Interval(vector.error) + flow.spread * cut.absoluteValue)
  }

  /// Counts a change of the path, or what it leaves out, in the norm of the flow.
  mutating func enlarge(by distance: Interval) { state.error = (Interval(state.error) + distance).upper }

  /// What a step works with.
  struct Plan {
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

  var left: Interval { Interval(end) - Interval(time) }

  /// A kernel with the vectors that it works on.
  final class Kernel {
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

    /// The multiple of a vector by a fraction and a power of two, which is added to a sum as well.
    func scale(_ vector: [UInt], by fraction: [UInt], places: UInt32, into term: inout [UInt], adding sum: inout [UInt])
    {
      vector.withUnsafeBufferPointer { vector in
        fraction.withUnsafeBufferPointer { fraction in
          term.withUnsafeMutableBufferPointer { term in
            sum.withUnsafeMutableBufferPointer { sum in
              guard let vector = vector.baseAddress, let fraction = fraction.baseAddress, let term = term.baseAddress,
                let sum = sum.baseAddress
              else { return }
              kernel.scale(vector, by: fraction, places: places, into: term, adding: sum)
            }
          }
        }
      }
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
