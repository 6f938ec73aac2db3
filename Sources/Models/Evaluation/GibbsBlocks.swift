import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The Gibbs state exp(-beta H)/Z of modes, with finite sites or without, whose Hamiltonian keeps a weighted number of
/// quanta: H is a sum of finite blocks, and exp(-beta H) one of theirs.
///
/// Let B = 1 + q, q = sum of w_k n_k, with the weights and the R of ``QuantaBound``: within a block B grows from its
/// least value by a factor 1 + R at most. Let H >= e B - f as a form, e > 0 (``Floor``). By the min-max principle the
/// eigenvalues of a block are not below those of e B - f there. So for the part D of the state in blocks that hold no
/// state with q <= M
///
///     Z Tr D X <= sum over the states with q > M of exp(-beta (e (1 + q) - f)) x((1 + R) (1 + q))
///
/// where X is diagonal and at most x(u), which rises, on states with B <= u. There are at most F (1 + q)^(r-1) states
/// with the number q, r modes being beside F states of finite sites.
struct GibbsBlocks: Sendable {
  let sites: [Int]
  let states: [BasisState]
  /// The elements among the states.
  let coefficients: [SiteFrame.Coefficient]
  private let modes: [Int]
  private let spread: Rational
  private let count: Int
  /// M.
  private let last: Int
  private let fall: Interval
  /// exp(beta f)/Z.
  private let factor: Interval

  /// The most states.
  private static let greatestSize = 4096

  /// e and f with H >= e B - f.
  ///
  /// Terms c_k a_k'a_k are at least (min c_k/w_k) q, other words of modes alone that keep all numbers are not negative
  /// with positive coefficients, and all else is at most k B^o of its order o as a form (``WeightGrowth``), with B^o <=
  /// h B + (1 - o) (o/h)^(o/(1 - o)) for o < 1.
  private struct Floor {
    let slope: Interval
    let fall: Interval

    /// Nil where e is not positive.
    init?(_ polynomial: ModelPoint.Operator, _ weight: ModeWeight, _ point: ModelPoint) throws {
      var least: [Int: Interval] = [:]
      var rest: [ModeTerm] = []
      for term in try ModeTerm.terms(of: polynomial, modes: weight.modes, point) {
        guard let coefficient = polynomial.terms[term.word] else { continue }
        let value = try point.scalars.enclosure(coefficient).real.rounded(to: 64)
        let isAlone = term.word.allSatisfy { if case .boson = $0.kind { true } else { false } }
        if isAlone, term.changed.isEmpty, let first = weight.modes.indices.first(where: { term.creations[$0] > 0 }) {
          if term.word.count == 2 {
            least[first] = value / weight.weights[first]
            continue
          }
          if value.lower.signum >= 0 { continue }
        }
        rest.append(term)
      }
      let zero = Interval(0, precision: 64)
      let rise = weight.modes.indices.reduce(Interval?.none) { found, mode in
        let own = least[mode] ?? zero
        return found.map { $0.minimum(own) } ?? own
      }
      guard let rise else { return nil }
      let growth = WeightGrowth(weight: weight)
      var (gap, fall) = (rise, rise)
      var lower: [(order: Rational, size: Interval)] = []
      for term in rest {
        let order = weight.order(term)
        guard order <= 1 else { return nil }
        let size = growth.form([term], power: order.signum == 0 ? 1 : order)
        if order == 1 {
          gap = gap - size
        } else if order.signum == 0 {
          fall = fall + term.size
        } else {
          lower.append((order, size))
        }
      }
      guard gap.isBounded, gap.lower.signum > 0 else { return nil }
      let half = Interval((gap / 2).lower)
      for (order, size) in lower where size.upper.signum > 0 {
        // k h is a share of what is left.
        let h = half / (lower.count * size)
        let power = order / (Rational(1) - order)
        fall =
          fall + size * Interval(Rational(1) - order, precision: 64) * (Interval(order, precision: 64) / h).power(power)
      }
      slope = Interval((lower.isEmpty ? gap : gap - half).lower)
      self.fall = fall.greatest
    }
  }

  /// The state of a part's sites under the terms that act on these; nil where no number of quanta is kept or its levels
  /// are not seen to rise with it.
  ///
  /// - Throws: ``NotToldYet``, ``Unanswered``.
  init?(
    _ polynomial: ModelPoint.Operator, on sites: [Int], gibbs beta: Interval, bits: Int, _ point: ModelPoint,
    within budget: Budget
  ) throws {
    let terms = try ModeTerm.terms(of: polynomial, modes: point.modes, point)
    guard let bound = QuantaBound(terms, point) else { return nil }
    let all = bound.weight(point)
    let own = all.modes.indices.filter { sites.contains(all.modes[$0]) }
    let weight = ModeWeight(
      modes: own.map { all.modes[$0] }, weights: own.map { all.weights[$0] }, powers: own.map { _ in 1 })
    guard let floor = try Floor(polynomial, weight, point) else { return nil }
    (self.sites, modes, spread) = (sites, weight.modes, bound.spread)
    let finite = try GibbsBlocks.finite(sites, point)
    let small = beta.rounded(to: 64)
    let (slope, size) = (small * floor.slope, finite.count)
    (fall, count) = (slope, size)
    // Z is at least exp(-beta <s|H|s>) of any state s (Peierls and Bogoliubov): of the least without quanta.
    var ground: Interval?
    for state in finite {
      let column = try point.basis.column(of: polynomial, at: state, in: point.scalars)
      let zero = Interval(0, precision: 64)
      let level = try column[state].map { try point.scalars.enclosure($0).real.rounded(to: 64) } ?? zero
      if ground.map({ level.upper < $0.upper }) ?? true { ground = level }
    }
    guard let ground, ground.isBounded else { throw NotToldYet(what: "a level of a part") }
    let guess = (small * (floor.fall + ground)).exponential
    let wanted = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits, rounding: .down)
    var last = 4
    let degree = Rational(Integer(weight.modes.count - 1))
    let left = { (last: Int) throws -> Interval? in
      try GibbsBlocks.sum(slope, beyond: last, degree: degree, count: size)
    }
    while try left(last).map({ (guess * $0).upper > wanted }) ?? true {
      try budget.check()
      last += max(last / 4, 2)
      guard last < GibbsBlocks.greatestSize else { throw GibbsBlocks.tooMany(last) }
    }
    self.last = last
    let starts = try GibbsBlocks.states(finite, weight, upTo: last, point)
    let sector = try Sector(of: polynomial, from: starts, atMost: GibbsBlocks.greatestSize, point, within: budget)
    states = sector.states
    let found = try GibbsBlocks.exponential(sector, beta, point, within: budget)
    let listed = found.reduce(Interval(0, precision: point.precision)) {
      $1.row == $1.column ? $0 + $1.value.real : $0
    }
    guard let tail = try left(last) else { throw NotToldYet(what: "the tail of the start") }
    let rest = (small * floor.fall).exponential
    let total = listed + Interval(from: 0, to: 1, precision: 64) * (rest * tail)
    guard total.lower.signum > 0 else { throw NotToldYet(what: "a Boltzmann factor") }
    factor = rest / total.rounded(to: 64)
    coefficients = found.map {
      let value = ComplexInterval($0.value.real / total, $0.value.imaginary / total)
      return ($0.row, $0.column, StateNumber(value: value, exact: nil))
    }
  }

  private static func tooMany(_ size: Int) -> Unanswered {
    Unanswered(undecided: "a Gibbs state of modes on \(size) states or more (cap \(greatestSize))")
  }

  /// At least Tr D times the product over its modes of (1 + v_k n_k^(p_k))^m: with n_k <= u and u >= 1 that is at most
  /// the product of (1 + v_k)^m u^(m p_k).
  func dropped(_ weight: ModeWeight, power m: Rational) throws -> Interval {
    var (scale, degree) = (Interval(1, precision: 64), Rational(0))
    for (place, mode) in weight.modes.enumerated() where modes.contains(mode) {
      scale = scale * Interval(1 + weight.weights[place], precision: 64).power(m)
      degree = degree + m * Rational(Integer(weight.powers[place]))
    }
    scale = scale * Interval(1 + spread, precision: 64).power(degree)
    guard
      let sum = try Self.sum(fall, beyond: last, degree: degree + Rational(Integer(modes.count - 1)), count: count)
    else { throw NotToldYet(what: "the tail of the start") }
    return factor * scale * sum
  }

  /// At least Tr D.
  func dropped() throws -> Interval {
    try dropped(ModeWeight(modes: [], weights: [], powers: []), power: 0)
  }

  /// At least F times the sum over q > M of exp(-s (1 + q)) (1 + q)^d; nil where the terms are not seen to fall.
  private static func sum(_ s: Interval, beyond last: Int, degree d: Rational, count: Int) throws -> Interval? {
    let first = Interval(last + 2, precision: 64)
    let ratio = (-s).exponential * (Interval(last + 3, precision: 64) / first).power(d)
    guard (1 - ratio).lower.signum > 0 else { return nil }
    return count * (-(s * first)).exponential * first.power(d) / (1 - ratio)
  }

  /// The states of the finite sites, with no quanta and zeros on all other sites.
  private static func finite(_ sites: [Int], _ point: ModelPoint) throws -> [BasisState] {
    var numbers = [Array(repeating: 0, count: point.basis.count)]
    for site in sites {
      guard let dimension = point.basis.dimension(ofSite: site) else { continue }
      guard numbers.count * dimension <= greatestSize else { throw tooMany(numbers.count * dimension) }
      numbers = numbers.flatMap { list in
        (0..<dimension).map { number in
          var next = list
          next[site] = number
          return next
        }
      }
    }
    return numbers.compactMap(point.basis.state)
  }

  /// The states with q <= M.
  private static func states(
    _ finite: [BasisState], _ weight: ModeWeight, upTo last: Int, _ point: ModelPoint
  ) throws -> [BasisState] {
    var all = finite.map { (numbers: point.basis.numbers(of: $0), quanta: 0) }
    for (mode, w) in zip(weight.modes, weight.weights) {
      all = all.flatMap { state in
        stride(from: 0, through: (last - state.quanta) / w, by: 1).map { n in
          var numbers = state.numbers
          numbers[mode] = n
          return (numbers, state.quanta + n * w)
        }
      }
      guard all.count <= greatestSize else { throw tooMany(all.count) }
    }
    return all.compactMap { point.basis.state($0.numbers) }
  }

  /// exp(-beta H) block by block.
  private static func exponential(
    _ sector: Sector, _ beta: Interval, _ point: ModelPoint, within budget: Budget
  ) throws -> [(row: Int, column: Int, value: ComplexInterval)] {
    var sets = DisjointSets(sector.states.count)
    for (column, entries) in sector.columns.enumerated() { for (row, _) in entries { sets.join(row, column) } }
    var found: [(row: Int, column: Int, value: ComplexInterval)] = []
    for group in sets.groups {
      try budget.check()
      let places = group.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
      try StateFigures.check(group.count)
      var elements = Array(
        repeating: Array(repeating: ComplexInterval.zero(precision: point.precision), count: group.count),
        count: group.count)
      for column in group {
        for (row, element) in sector.columns[column] {
          guard let i = places[row], let j = places[column] else { continue }
          let value = try point.scalars.enclosure(element)
          elements[i][j] = value
          if i != j { elements[j][i] = value.conjugate }
        }
      }
      if group.count == 1 {
        let factor = (-(beta * elements[0][0].real)).exponential
        found.append((group[0], group[0], ComplexInterval(factor, Interval(0, precision: point.precision))))
        continue
      }
      let matrix = HermitianMatrix(group.count, precision: point.precision) { elements[$0][$1] }
      let sum = try GibbsState.exponential(matrix, group.count, beta, point, within: budget)
      for i in group.indices { for j in group.indices { found.append((group[i], group[j], sum[i][j])) } }
    }
    return found
  }
}
