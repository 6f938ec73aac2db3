import ArbitraryPrecision
import RigorousNumerics

/// A Gaussian state of some modes by its means and covariances.
///
/// With X = a + a', P = -i (a - a') of each mode, R = (X_1, P_1, X_2, ...), [R_j, R_k] = 2i W_jk, it has the means d =
/// <R> and the covariances s = 1 + T, s_jk = <{R_j - d_j, R_k - d_k}>/2: the vacuum has s = 1. T holds the covariances
/// in normal order; where it is exactly zero the state is a coherent one.
///
/// By Williamson's theorem a symplectic map brings s to diag(v_1, v_1, v_2, v_2, ...) with v_k >= 1, and a unitary
/// brings the state to a product of thermal ones with (v_k - 1)/2 quanta. The v_k are the positive eigenvalues of i W
/// s, which are those of the Hermitian matrix L' i W L with s = LL'. (Weedbrook et al., Rev. Mod. Phys. 84, 621, 2012.)
package struct GaussianState: Sendable {
  /// The number of modes.
  package let modes: Int
  /// d.
  package let means: [Interval]
  /// T.
  package let excess: IntervalMatrix

  package var precision: Int { excess.precision }

  package init(means: [Interval], excess: IntervalMatrix) {
    demand(means.count == excess.dimension && means.count % 2 == 0, "GaussianState: two means for each mode")
    modes = means.count / 2
    (self.means, self.excess) = (means, excess)
  }

  /// The state of some of the modes.
  package func reduced(to modes: [Int]) -> GaussianState {
    let places = modes.flatMap { [2 * $0, 2 * $0 + 1] }
    var own = IntervalMatrix(zero: places.count, precision: precision)
    for (i, row) in places.enumerated() { for (j, column) in places.enumerated() { own[i, j] = excess[row, column] } }
    return GaussianState(means: places.map { means[$0] }, excess: own)
  }

  /// s.
  package var covariance: IntervalMatrix { IntervalMatrix(identity: 2 * modes, precision: precision) + excess }

  /// Whether it is exactly coherent, and so pure.
  package var isCoherent: Bool { excess.entries.allSatisfy(\.isExactZero) }

  // MARK: - Symplectic eigenvalues

  /// Modes that no element of s joins.
  private var components: [[Int]] { Self.components([self], modes) }

  /// Modes that no element of the covariances of some states joins.
  static func components(_ states: [GaussianState], _ modes: Int) -> [[Int]] {
    var group = Array(0..<modes)
    for j in 0..<modes {
      for k in 0..<j where group[j] != group[k] {
        let block = [(2 * j, 2 * k), (2 * j, 2 * k + 1), (2 * j + 1, 2 * k), (2 * j + 1, 2 * k + 1)]
        let isJoined = states.contains { state in !block.allSatisfy { state.excess[$0.0, $0.1].isExactZero } }
        guard isJoined else { continue }
        let (old, new) = (group[j], group[k])
        for index in group.indices where group[index] == old { group[index] = new }
      }
    }
    return Set(group).sorted().map { number in group.indices.filter { group[$0] == number } }
  }

  /// v_1, v_2, ..., of which those of modes in coherent states are exactly 1; nil where s is not known to be positive.
  package func symplecticEigenvalues(within budget: Budget) throws(Unanswered) -> [Interval]? {
    var result: [Interval] = []
    for component in components {
      let own = reduced(to: component)
      if own.isCoherent {
        result += component.map { _ in Interval(1, precision: precision) }
        continue
      }
      guard let values = try own.covariance.symplecticEigenvalues(within: budget) else { return nil }
      // They are those of a state.
      result += values.map { $0.intersection(Self.leastOne) }
    }
    return result
  }

  private static let leastOne =
    Interval(Interval(1, precision: 64).lower, .infinity(precision: 64)) ?? .entire(precision: 64)

  // MARK: - Figures

  /// Tr rho^2 = 1/sqrt(det s).
  package var purity: Interval? {
    if isCoherent { return Interval(1, precision: precision) }
    guard let pivots = covariance.eliminated?.pivots else { return nil }
    return (1 / pivots.reduce(Interval(1, precision: precision), *).squareRoot).intersection(.unit)
  }

  /// The sum of h(v_k), h(v) = (v+1)/2 log((v+1)/2) - (v-1)/2 log((v-1)/2), which rises from h(1) = 0.
  package func entropy(within budget: Budget) throws(Unanswered) -> Interval? {
    guard let values = try symplecticEigenvalues(within: budget) else { return nil }
    return values.reduce(Interval(0, precision: precision)) { $0 + Self.entropy($1) }
  }

  private static func entropy(_ v: Interval) -> Interval {
    func h(_ point: BigFloat) -> Interval {
      let v = Interval(point)
      let (above, below) = ((v + 1) / 2, (v - 1) / 2)
      let first = above * above.logarithm
      return below.certainSign == 1 ? first - below * below.logarithm : Interval(0, precision: v.precision)
    }
    if v.isPoint, v.contains(1) { return Interval(0, precision: v.precision) }
    guard v.isBounded, !v.isEmpty else { return .entire(precision: v.precision) }
    return h(v.lower).hull(h(v.upper)).nonNegative
  }

  /// The product of 2/(v_k + 1).
  package func largestEigenvalue(within budget: Budget) throws(Unanswered) -> Interval? {
    guard let values = try symplecticEigenvalues(within: budget) else { return nil }
    return values.reduce(Interval(1, precision: precision)) { 2 * $0 / ($1 + 1) }
  }

  /// (the trace norm of the partial transpose - 1)/2, some modes against the others.
  ///
  /// Transposition of a mode turns P into -P. What comes out has a symplectic diagonal form as well, and is, up to a
  /// unitary, a product of operators 2/(v+1) sum of ((v-1)/(v+1))^n |n><n|, v > 0, with the trace norm max(1, 1/v)
  /// (Vidal and Werner, Phys. Rev. A 65, 032314, 2002). Modes that are joined to none of the other side stay a state.
  package func negativity(of own: Set<Int>, within budget: Budget) throws(Unanswered) -> Interval? {
    var norm = Interval(1, precision: precision)
    for component in components where component.contains(where: own.contains) && !component.allSatisfy(own.contains) {
      var turned = reduced(to: component).covariance
      for i in 0..<turned.dimension {
        for j in 0..<turned.dimension where isTurned(i, component, own) != isTurned(j, component, own) {
          turned[i, j] = -turned[i, j]
        }
      }
      guard let values = try turned.symplecticEigenvalues(within: budget) else { return nil }
      for value in values { norm *= (1 / value).maximum(Interval(1, precision: precision)) }
    }
    return ((norm - 1) / 2).nonNegative
  }

  private func isTurned(_ place: Int, _ component: [Int], _ own: Set<Int>) -> Bool {
    place % 2 == 1 && own.contains(component[place / 2])
  }

  /// Tr rho rho' = 2^n/sqrt(det(s + s')) exp(-(d - d')'(s + s')^-1 (d - d')/2): the probability of a pure state.
  package func overlap(_ other: GaussianState) -> Interval? {
    guard let (pivots, exponent) = combined(other) else { return nil }
    let size = pivots.reduce(Interval(1, precision: precision)) { $0 * $1 / 2 }
    return (exponent / size.squareRoot).intersection(.unit)
  }

  /// The pivots of s + s', and the exponential above.
  func combined(_ other: GaussianState) -> (pivots: [Interval], exponential: Interval)? {
    demand(modes == other.modes, "GaussianState: states of as many modes")
    guard let sum = (covariance + other.covariance).eliminated else { return nil }
    var (form, rest) = (Interval(0, precision: precision), zip(means, other.means).map { $0 - $1 })
    for k in rest.indices {
      form += rest[k].squared / sum.pivots[k]
      for i in k + 1..<max(rest.count, k + 1) { rest[i] -= sum.lower[i, k] * rest[k] }
    }
    return (sum.pivots, form.isExactZero ? Interval(1, precision: precision) : (-form / 2).exponential)
  }

  /// The most quanta of which a population is given.
  package static let greatestQuanta = 512

  /// The population of n quanta of one mode: the coefficient of z^n in
  ///
  ///     <z^(a'a)> = 2/sqrt(q) exp(-(1 - z) d' adj((1 - z) s + 1 + z) d/(2q)),    q = det((1 - z) s + 1 + z),
  ///
  /// z^(a'a) being 1/(1 - z) times a thermal state with s' = (1 + z)/(1 - z).
  package func population(of quanta: Int) -> Interval? {
    demand(modes == 1 && quanta <= Self.greatestQuanta, "GaussianState: one mode and few quanta")
    let context = TaylorSeriesContext(order: quanta, precision: precision)
    func number(_ value: Interval) -> TaylorSeries { context.constant(value) }
    let s = covariance
    let z = context.variable(Interval(0, precision: precision))
    let (less, more) = (context.difference(context.number(1), z), context.sum(context.number(1), z))
    let determinant = s[0, 0] * s[1, 1] - s[0, 1].squared
    let q = context.sum(
      context.product(
        less,
        context.sum(
          context.product(number(determinant), less), context.product(number(s[0, 0] + s[1, 1]), more))),
      context.product(more, more))
    let (x, p) = (means[0], means[1])
    let adjugate = s[1, 1] * x.squared + s[0, 0] * p.squared - 2 * s[0, 1] * x * p
    let form = context.sum(
      context.product(number(adjugate), less), context.product(number(x.squared + p.squared), more))
    let exponent = context.quotient(context.product(context.product(less, form), context.number(Rational(-1, 2))), q)
    let value = context.quotient(
      context.product(context.number(2), context.call(.exp, exponent)), context.call(.sqrt, q))
    guard value.isDefined else { return nil }
    return value.coefficients[quanta].intersection(.unit)
  }
}

extension Interval {
  /// Probabilities.
  static let unit = Interval(from: 0, to: 1, precision: 64)
}
