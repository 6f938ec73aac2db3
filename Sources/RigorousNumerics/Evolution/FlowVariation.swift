import ArbitraryPrecision

/// The derivative of a flow v' = (A + p B) v in its parameter p at p = 0, by the variational equation w' = A w + B v,
/// w(0) = 0.
///
/// That equation is no contraction: w grows with time. But the generator ((A, eB), (eB, A)) is skew where A and B are,
/// and with sums and differences of its two halves it falls apart into A + eB and A - eB. So one run from (v, 0) ends
/// in
///
///     ( (v_e + v_-e)/2, (v_e - v_-e)/2 ),
///
/// where v_p is the end of the flow with parameter p, and its second half is e w but for a remainder: the n-th
/// derivative of v_p in p is n! times the integral over ordered times of n factors B between rotations, so it is at
/// most (|B| |t|)^n |v|, and
///
///     | (v_e - v_-e)/(2e) - w |  <=  e^2/6 (|B| |t|)^3 |v|.
///
/// Everything else is the error of a linear flow, divided by e = 2^-k; k takes half of the bits asked for.
public struct FlowVariation: Sendable {
  /// The doubled flow.
  private let flow: SkewFlow
  /// The number of elements of v.
  private let dimension: Int
  /// k.
  private let exponent: Int
  private let bits: Int
  /// |B| at most, by the greatest sum of magnitudes in a row.
  private let size: Interval
  private let greatestTime: Interval

  /// The variation of a flow.
  ///
  /// - Parameters:
  ///   - variation: the couplings of B, bounded enclosures.
  ///   - time: no later times will be asked for.
  ///   - bits: derivatives are known to about 2^-bits of (1 + |B| |t|)^3 |v|.
  public init(of flow: SkewFlow, along variation: [SkewFlow.Coupling<Interval>], until time: Interval, bits: Int) {
    dimension = flow.dimension
    self.bits = bits
    var sums = [Interval](repeating: Interval(0, precision: 64), count: dimension)
    for coupling in variation {
      for index in [coupling.row, coupling.column] { sums[index] += coupling.value.absoluteValue.rounded(to: 64) }
    }
    size = Interval(sums.reduce(.zero(precision: 64)) { max($0, $1.upper) })
    greatestTime = Interval(time.magnitude).rounded(to: 64)
    demand(greatestTime.isBounded && size.isBounded, "FlowVariation: time and couplings are bounded")
    let growth = max((size * greatestTime).upper.binaryExponent ?? 0, 0)
    exponent = (bits + 3 * growth) / 2 + 1
    let precision = 2 * exponent + bits + 64
    var couplings: [SkewFlow.Coupling<Interval>] = []
    for row in 0..<dimension {
      for (column, value) in flow.row(row, precision: precision) where column < row {
        couplings += [
          .init(row: row, column: column, value), .init(row: row + dimension, column: column + dimension, value),
        ]
      }
    }
    for coupling in variation {
      let value = coupling.value.scaled(byPowerOfTwo: -exponent)
      couplings += [
        .init(row: coupling.row + dimension, column: coupling.column, value),
        .init(row: coupling.row, column: coupling.column + dimension, value),
      ]
    }
    self.flow = SkewFlow(dimension: 2 * dimension, real: couplings)
  }

  /// e^2/6 (|B| |t|)^3, the remainder for a unit vector.
  private func remainder(_ time: Interval) -> Interval {
    (size * time.absoluteValue.rounded(to: 64)).power(3).scaled(byPowerOfTwo: -2 * exponent) / 6
  }

  /// w(t), for a start that does not depend on the parameter.
  ///
  /// - Throws: ``Budget/Exhausted`` as the flow does.
  public func derivative(
    of start: FlowState, for time: Interval, within budget: Budget
  ) throws(Budget.Exhausted) -> FlowState {
    let end = try flow.evolved(start.padded(to: 2 * dimension), for: time, bits: bits + exponent + 8, within: budget)
    let growth = Interval(start.normBound) + Interval(start.error)
    return end.secondHalf(timesPowerOfTwo: exponent, adding: remainder(time) * growth)
  }

  /// The derivative in p of the sum of weight_k v_k(t)^2 at all times of an interval [0, t], by one run.
  ///
  /// The difference quotient (E_e - E_-e)/(2e) is 2/e times the sum of weight_k u_k u_(k+d) over the run's vector u, d
  /// being the dimension of v. By Leibniz' rule the third derivative of E in p is at most 8 |weights| (|B| |t|)^3
  /// |v|^2, which bounds its remainder.
  ///
  /// - Returns: enclosures of the derivative on intervals of times; beyond t they are right, and wide.
  public func denseDerivative(
    of weights: [Int], from start: FlowState, within budget: Budget
  ) throws(Budget.Exhausted) -> @Sendable (_ time: Interval) -> Interval {
    let end = greatestTime
    let dense = try DenseForm(
      flow, from: start.padded(to: 2 * dimension), weights: weights, offset: dimension, accuracy: bits + exponent,
      within: budget
    ) { time, _ in end.isAtMost(time) == .certainlyTrue }
    let greatest = Interval(weights.map { Int($0.magnitude) }.max() ?? 0, precision: 64)
    let length = (Interval(start.normBound) + Interval(start.error)).squared
    let exponent = exponent
    let variation = self
    return { time in
      let rest = 8 * (greatest * variation.remainder(time) * length)
      return dense.jet(time).value.scaled(byPowerOfTwo: exponent + 1) + .ball(rest)
    }
  }
}

extension FlowState {
  /// The same vector with zeros after it.
  fileprivate func padded(to dimension: Int) -> FlowState {
    var result = FlowState(zero: dimension, width: width, fractionBits: fractionBits)
    result.limbs.replaceSubrange(0..<limbs.count, with: limbs)
    result.error = error
    return result
  }

  /// The second half of the elements, times a power of two, with a further error.
  fileprivate func secondHalf(timesPowerOfTwo exponent: Int, adding more: Interval) -> FlowState {
    var result = FlowState(zero: dimension / 2, width: width, fractionBits: fractionBits - exponent)
    result.limbs = Array(limbs[limbs.count / 2..<limbs.count])
    result.error = (Interval(error).rounded(to: 64).scaled(byPowerOfTwo: exponent) + more).upper
    return result
  }
}
