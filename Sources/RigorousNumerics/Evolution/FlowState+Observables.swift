import ArbitraryPrecision

/// Quadratic forms of the true vector.
extension FlowState {
  /// The enclosure of the sum of w_k v_k^2, one weight for each element.
  ///
  /// The form is summed exactly for the stored vector x. The true one is x + e with |e| <= error, and a form of norm W,
  /// here at most the greatest |w_k|, changes by at most W |e| (2 |x| + |e|).
  public func form(_ weights: [Int], precision: Int) -> Interval {
    demand(weights.count == dimension, "FlowState: one weight for each element")
    var sum = Integer(0)
    for (k, weight) in weights.enumerated() where weight != 0 && isNonzero(k) {
      let value = integer(k)
      sum.add(productOf: value * value, Integer(weight))
    }
    let exact = Interval(sum, precision: precision).scaled(byPowerOfTwo: -2 * fractionBits)
    let greatest = Interval(Int(weights.map(\.magnitude).max() ?? 0), precision: 64)
    return exact + perturbation(ofFormWithNorm: greatest)
  }

  /// At most the 2-norm of a part of the stored vector.
  public func storedNorm(of part: Range<Int>) -> BigFloat {
    limbs.withUnsafeBufferPointer { limbs in
      var sum = Integer(0)
      for k in part where isNonzero(k) {
        let value = Integer(limbs: UnsafeBufferPointer(rebasing: limbs[k * width..<(k + 1) * width]))
        sum.add(productOf: value, value)
      }
      return Interval(sum, precision: 64).squareRoot.scaled(byPowerOfTwo: -fractionBits).upper
    }
  }

  /// What the error of this state can add to a form of a given norm, of either sign.
  func perturbation(ofFormWithNorm norm: Interval) -> Interval {
    let (radius, size) = (Interval(error), Interval(normBound))
    return .ball(norm * radius * (2 * size + radius))
  }
}
