import ArbitraryPrecision

/// The terms of a step, and what they are off by.
extension ContractiveRun {
  mutating func advance(_ plan: Plan, within budget: Budget) throws {
    let count = flow.dimension * width
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -state.fractionBits)
    let units = unit * Interval(flow.dimension, precision: 64).squareRoot
    let scale = Interval(1, precision: 64).scaled(byPowerOfTwo: plan.shift)
    let share = (Interval(plan.length) / whole).rounded(to: 64)
    let goal = UpperBound(max((share.scaled(byPowerOfTwo: -bits - 1) / flow.spread).lower, units.lower))
    // Products that are smaller are left out, and count as missed in full: a step has some thousand of them.
    let least = UpperBound(max(goal.value.scaled(byPowerOfTwo: -14, rounding: .up), units.lower))
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
          var isEmpty = true
          for i in 0...last {
            let own = plan.sizes[j][i] * norms[n - i]
            size = size + own
            if own < least {
              missed = missed + own
              continue
            }
            isEmpty = false
            kernels[0].add(plan.fractions[j][i], times: terms[n - i], to: &source)
            missed = missed + plan.radii[j][i] * norms[n - i]
          }
          if !isEmpty { kernels[j].apply(to: source, adding: &next) }
          defect += scale * units * (2 * (last + 1) * matrices[j].norm + 1)
          defect += matrices[j].error * Interval(size.value) + matrices[j].norm * Interval(missed.value)
        }
      }
      var term = [UInt](repeating: 0, count: count)
      kernels[0].scale(next, by: quotient.limbs, places: quotient.places, into: &term, adding: &state.limbs)
      added += defect / (n + 1) + 2 * units.scaled(byPowerOfTwo: Int(quotient.places))
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
}
