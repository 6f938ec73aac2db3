import ArbitraryPrecision
import Operators
import RigorousNumerics
import States

/// The mean of an operator of degree two at all times, with its Taylor coefficients.
///
/// With the second moments M = <S S'> in normal order of S = (R, 1), M' = G M + M G' + N, the mean is f = tr BM. Its
/// derivative of order k is tr B_k M, where
///
///     B_(k+1) = G'B_k + B_k G  +  tr(B_k N) at the last place, where M is 1.
///
/// At c + s, |s| <= w, |M| <= e^(2aw) (|M(c)| + w |N|) in the row-sum norm with the size a of G: so |f^(q+1)| is at
/// most the sum of the magnitudes of B_(q+1) times that, and Taylor's theorem for f^(k) ends with it. From a time c on,
/// where A is stable, d and T are within g |d(c) - d| and g^2 |T(c) - T| of their limits, g being ``MomentFlow/bound``.
final class MomentMean: Sendable {
  private let path: MomentPath
  /// B_0, B_1, ...
  private let forms: [IntervalMatrix]
  /// g with the limit, where A is stable.
  private let rest: MomentPath.Rest?
  /// The values at all times.
  private let range: Interval?
  private let size: Interval
  private let noise: Interval

  /// The most derivatives.
  private let greatestOrder: Int

  /// The mean along a path, of an operator on its modes; nil for one of a higher degree, or with the time in it.
  init?(
    of polynomial: ModelPoint.Operator, along path: MomentPath, _ point: ModelPoint, within budget: Budget
  ) throws {
    guard let flow = path.flow, !ModelPoint.holdsTime(polynomial),
      let form = try Self.form(polynomial, path, dimension: flow.generator.dimension, point)
    else { return nil }
    self.path = path
    let (g, n) = (flow.generator, flow.noise)
    let last = g.dimension - 1
    var forms = [form]
    greatestOrder = max(48, point.precision / 3 + 32)
    for k in 0..<greatestOrder {
      try budget.check()
      let half = forms[k] * g
      var next = half + half.transposed
      next[last, last] = next[last, last] + Self.trace(forms[k], n)
      forms.append(next)
    }
    self.forms = forms
    size = flow.size.interval.rounded(to: 64)
    noise = n.rowSumNorm.interval.rounded(to: 64)
    let rest = try path.lateBounds()
    self.rest = rest
    range = rest.map { Self.trace(form, Self.moments($0.bounds(from: path.start))) }
  }

  /// B.
  private static func form(
    _ polynomial: ModelPoint.Operator, _ path: MomentPath, dimension: Int, _ point: ModelPoint
  ) throws -> IntervalMatrix? {
    var result = IntervalMatrix(zero: dimension, precision: point.precision)
    let last = result.dimension - 1
    for (word, coefficient) in polynomial.sorted {
      guard word.count <= 2 else { return nil }
      let value = try point.scalars.enclosure(coefficient)
      guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coefficient") }
      let zero = Interval(0, precision: point.precision)
      let half = Interval(1, precision: point.precision).scaled(byPowerOfTwo: -1)
      var vectors: [[(place: Int, value: ComplexInterval)]] = []
      for letter in word {
        guard let site = point.basis.site(of: letter.factor, letter.cell), let place = path.sites.firstIndex(of: site)
        else { return nil }
        let turn = letter.kind == .boson(.creation) ? -half : half
        vectors.append([(2 * place, ComplexInterval(half, zero)), (2 * place + 1, ComplexInterval(zero, turn))])
      }
      while vectors.count < 2 {
        vectors.append([(last, ComplexInterval(Interval(1, precision: point.precision), zero))])
      }
      for (j, u) in vectors[0] {
        for (k, v) in vectors[1] {
          // Of the sum with the adjoint the real parts alone are left.
          let own = (value * u * v).real.scaled(byPowerOfTwo: -1)
          result[j, k] = result[j, k] + own
          result[k, j] = result[k, j] + own
        }
      }
    }
    return result
  }

  /// M.
  private static func moments(_ state: GaussianState) -> IntervalMatrix {
    let n = state.means.count
    var result = IntervalMatrix(zero: n + 1, precision: state.precision)
    for i in 0..<n {
      for j in 0..<n {
        let product = i == j ? state.means[i].squared : state.means[i] * state.means[j]
        result[i, j] = state.excess[i, j] + product
      }
      (result[i, n], result[n, i]) = (state.means[i], state.means[i])
    }
    result[n, n] = Interval(1, precision: state.precision)
    return result
  }

  /// tr BM of symmetric matrices.
  private static func trace(_ b: IntervalMatrix, _ m: IntervalMatrix) -> Interval {
    zip(b.entries, m.entries).reduce(Interval(0, precision: m.precision)) {
      $1.0.isExactZero || $1.1.isExactZero ? $0 : $0 + $1.0 * $1.1
    }
  }

  /// The mean as a function of time.
  var function: TimeFunction {
    TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in try self.series(t, order) },
      start: { (order) throws(Unanswered) in
        let m = Self.moments(self.path.start)
        return Self.coefficients(self.forms.prefix(order + 1), m)
      }, step: size.isExactZero ? nil : 1 / (4 * size))
  }

  /// f_k = tr B_k M/k!.
  private static func coefficients(_ forms: some Sequence<IntervalMatrix>, _ m: IntervalMatrix) -> [Interval] {
    var factorial = Integer(1)
    return forms.enumerated().map { k, form in
      if k > 1 { factorial *= Integer(k) }
      return trace(form, m) / Interval(factorial, precision: m.precision)
    }
  }

  private func series(_ t: Interval, _ order: Int) throws(Unanswered) -> TaylorSeries {
    let t = t.intersection(Interval(.zero(precision: 64), .infinity(precision: 64)) ?? t)
    guard order < greatestOrder - 1 else {
      throw Unanswered(beyond: "derivatives of means are served below the order \(greatestOrder - 1)")
    }
    guard let center = t.anchor, t.isBounded, !t.isEmpty,
      (Interval(t.width).rounded(to: 64) * size).upper <= Interval(2, precision: 64).lower
    else { return try bounds(order, t) }
    let m = Self.moments(try path.state(after: Interval(center)))
    let q = t.isPoint ? order : min(order + 24, greatestOrder - 1)
    let own = Self.coefficients(forms.prefix(q + 1), m)
    let s = t - Interval(center)
    let reach = Interval(s.magnitude).rounded(to: 64)
    let growth = (2 * size * reach).exponential * (m.rowSumNorm.interval.rounded(to: 64) + reach * noise)
    let sum = forms[q + 1].entries.reduce(Interval(0, precision: 64)) { $0 + $1.magnitude.interval.rounded(to: 64) }
    let around = TaylorSeries(own, rest: sum * growth, beside: s, order: order)
    return clamped(TaylorSeries(around.coefficients.map { $0.rounded(to: t.precision) }))
  }

  private func clamped(_ series: TaylorSeries) -> TaylorSeries {
    guard let range else { return series }
    return TaylorSeries(
      [series.value.intersection(range)] + series.coefficients.dropFirst(), isSmooth: series.isSmooth)
  }

  /// What holds from the beginning of an interval on: f^(k) = tr B_k M with the moments from there on.
  private func bounds(_ order: Int, _ t: Interval) throws(Unanswered) -> TaylorSeries {
    guard let range, let rest else {
      return TaylorSeries(
        Array(repeating: .entire(precision: t.precision), count: order + 1), isSmooth: false, isDefined: true)
    }
    let isLate = !t.isEmpty && t.lower.signum > 0 && !t.isBounded
    let first = isLate ? try path.state(after: Interval(t.lower)) : path.start
    let own = Self.coefficients(forms.prefix(order + 1), Self.moments(rest.bounds(from: first)))
    // Both hold; they cannot miss each other but by a fault.
    let both = own[0].intersection(range)
    demand(!both.isEmpty, "MomentMean: bounds of one mean are apart")
    return TaylorSeries(([both] + own.dropFirst()).map { $0.rounded(to: t.precision) })
  }
}

extension MomentPath {
  /// A limit with at least |exp(tA)| at all times.
  struct Rest {
    let growth: Interval
    let limit: GaussianState
  }

  /// The limit; nil where the moments are not known to stay bounded.
  func lateBounds() throws -> Rest? {
    guard let growth = try MomentFlow.bound(equations.parts[0].drift, within: budget), let limit = try? limit() else {
      return nil
    }
    return Rest(growth: growth, limit: limit)
  }
}

extension MomentPath.Rest {
  /// What holds the moments from a state on.
  func bounds(from start: GaussianState) -> GaussianState {
    func greatest(_ list: [Interval]) -> Interval {
      (list.map(\.magnitude).max() ?? .zero(precision: 64)).interval.rounded(to: 64)
    }
    let first = Interval.ball(growth * greatest(zip(start.means, limit.means).map { $0 - $1 }))
    let difference = start.excess + limit.excess.map { -$0 }
    let second = Interval.ball(growth.squared * difference.rowSumNorm.interval.rounded(to: 64))
    return GaussianState(means: limit.means.map { $0 + first }, excess: limit.excess.map { $0 + second })
  }
}
