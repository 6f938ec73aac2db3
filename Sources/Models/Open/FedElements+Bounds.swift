import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// What the vectors give the elements at a node, and bounds of it on a piece of time.
extension FedElements {
  /// J(s) R(s) at a node, times its weight, with the error that it has by roundings; and the error that the vectors'
  /// own ones make, without the weight.
  func kick(
    _ paths: [Int: KickedFlow], at node: BigFloat, weight: Interval, bits: Int, within budget: Budget
  ) throws -> (FlowState, error: Interval) {
    let (none, precision) = (Interval(0, precision: 64), bits + 64)
    let series = try block.flow.series(Interval(node), order: 0, precision: precision)
    guard series.allSatisfy(\.range.isBounded) else { throw NotToldYet(what: "a function of time") }
    let values = realFunctions.places.map { real, imaginary in
      ComplexInterval(
        series[real].range, imaginary.map { series[$0].range } ?? Interval(0, precision: precision))
    }
    let norm = feedNorms([[Interval(1, precision: 64)]] + series.map { [$0.range.absoluteValue.rounded(to: 64)] })[0]
    var (sum, error) = (JumpFeed.Sum(dimension: block.flow.dimension), none)
    for (group, feed) in zip(groups, feeds) {
      let own = Set(group.vectors)
      let vectors = group.vectors.reduce(into: [Int: [ComplexInterval]]()) { known, vector in
        known[vector] = paths[vector].map { group.flow.storedAmplitudes($0.state, precision: precision) }
      }
      for coefficient in coefficients where own.contains(coefficient.row) {
        try budget.check()
        guard let first = vectors[coefficient.row], let second = vectors[coefficient.column],
          let u = paths[coefficient.row]?.state, let w = paths[coefficient.column]?.state
        else { continue }
        let c = coefficient.number.value
        feed.add(c, first, second, values, bits: bits, to: &sum)
        // |v_j| <= |u| + e_j for the stored u.
        let (a, d, b, e) = (u.storedNorm, Interval(u.error), w.storedNorm, Interval(w.error))
        error += c.magnitude.rounded(to: 64) * (a * e + d * b + d * e)
      }
    }
    return (sum.kick(times: weight, spread: block.flow.spread, bits: bits), error * norm)
  }

  /// At least |g^(n)|_1 h^n/n!, n = 0 ... m, on a piece of the length h; nil where a function has no bound there.
  ///
  /// - Parameter start: q_0.
  func bounds(on piece: Interval, length h: Interval, order: Int, start: Interval) throws -> [Interval]? {
    guard let sizes = try functionSizes(piece, order: order, length: h) else { return nil }
    let most = groups.map { $0.flow.flow.norms }
    let effective = block.flow.norms.indices.map { j -> Interval in
      2 * most.reduce(Interval(0, precision: 64)) { $0.maximum($1[j]) }
    }
    let p = Self.growth(h, Self.combined(block.flow.norms, sizes), from: block.flow.spread, order)
    let q = Self.growth(h, Self.combined(effective, sizes), from: start, order)
    let result = Self.product(Self.product(p, feedNorms(sizes), order), q, order)
    return result.allSatisfy(\.isBounded) ? result : nil
  }

  /// At least |f_ji| h^i on a piece, f_ji being the Taylor coefficients of the j-th real function, and f_0 = 1.
  func functionSizes(_ piece: Interval, order: Int, length h: Interval) throws -> [[Interval]]? {
    let series = try block.flow.series(piece.rounded(to: 64), order: order, precision: 64)
    guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return nil }
    let sizes = series.map { own in
      var power = Interval(1, precision: 64)
      return own.coefficients.map { coefficient in
        defer { power = power * h }
        return coefficient.absoluteValue.rounded(to: 64) * power
      }
    }
    return sizes.allSatisfy { $0.allSatisfy(\.isBounded) } ? [[Interval(1, precision: 64)]] + sizes : nil
  }

  /// At least the coefficients of |J|_1, the greatest of all groups.
  func feedNorms(_ sizes: [[Interval]]) -> [Interval] {
    let none = Interval(0, precision: 64)
    let count = sizes.reduce(1) { max($0, $1.count) }
    let all = feeds.map { feed in
      feed.norms.reduce(into: Array(repeating: none, count: count)) { sum, term in
        var own = [sizes[0]]
        if let function = term.function {
          let (real, imaginary) = realFunctions.places[function]
          own = [sizes[real + 1]] + (imaginary.map { [sizes[$0 + 1]] } ?? [])
        }
        for part in own { for (i, size) in part.enumerated() { sum[i] += term.norm * size } }
      }
    }
    return (0..<count).map { i in all.reduce(none) { $0.maximum($1[i]) } }
  }

  /// The sums over j of |M_j| |f_ji|.
  private static func combined(_ norms: [Interval], _ sizes: [[Interval]]) -> [Interval] {
    var sums = Array(repeating: Interval(0, precision: 64), count: sizes.reduce(1) { max($0, $1.count) })
    for (norm, own) in zip(norms, sizes) where !norm.isExactZero {
      for (i, size) in own.enumerated() { sums[i] += norm * size }
    }
    return sums
  }

  /// p_0 ... p_m with (n + 1) p_(n+1) = h (sum over i of l_i p_(n-i)).
  private static func growth(_ h: Interval, _ rates: [Interval], from start: Interval, _ order: Int) -> [Interval] {
    var result = [start]
    for n in 0..<order {
      var sum = Interval(0, precision: 64)
      for i in 0...min(n, rates.count - 1) where !rates[i].isExactZero { sum += rates[i] * result[n - i] }
      result.append(h * sum / (n + 1))
    }
    return result
  }

  private static func product(_ a: [Interval], _ b: [Interval], _ order: Int) -> [Interval] {
    (0...order).map { n in
      var sum = Interval(0, precision: 64)
      for i in max(0, n - b.count + 1)...min(n, a.count - 1) where !b[n - i].isExactZero { sum += a[i] * b[n - i] }
      return sum
    }
  }
}
