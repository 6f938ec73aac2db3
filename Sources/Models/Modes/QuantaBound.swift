import ArbitraryPrecision
import Operators

/// A conserved number that keeps all modes finite: a Hamiltonian whose words all keep
///
///     Q = sum over the modes of w_k n_k + sum over the levels l of the other sites of v_l,     w_k >= 1,
///
/// moves a basis state within finitely many others, since the second sum has a least and a greatest value.
///
/// With R their difference and B = 1 + sum of w_k n_k, B + (the second sum less its least value) is kept and lies
/// between B and (1 + R) B. So |B^(m/2) x| never exceeds (1 + R)^(m/2) times what it is at the start, for any power m.
struct QuantaBound {
  /// w.
  let weights: [Int]
  /// R.
  let spread: Rational

  private static let greatestWeight = 3
  private static let greatestSearch = 5

  /// The conserved number of the words of a Hamiltonian which no jump raises; nil where none is found.
  ///
  /// A jump is asked for operators of which all words lower Q by the same number v >= 0. Then K'L keeps Q, and what the
  /// jumps add to L*(Q^m), the sum of R K'L ((Q - v)^m - Q^m), is not positive.
  init?(_ terms: [ModeTerm], jumps: [ModeDissipator] = [], _ point: ModelPoint) {
    let modes = point.modes
    var all: [[Int]] = [[]]
    if modes.count <= Self.greatestSearch {
      for _ in modes { all = all.flatMap { weights in (1...Self.greatestWeight).map { weights + [$0] } } }
    } else {
      all = [Array(repeating: 1, count: modes.count)]
    }
    for weights in all.sorted(by: { ($0.reduce(0, +), $0.description) < ($1.reduce(0, +), $1.description) }) {
      // What jumps keep is looked for first: the levels that they move with the modes are told by them alone.
      let all = terms + jumps.flatMap { $0.left + $0.right }
      for words in jumps.isEmpty ? [terms] : [all, terms] {
        guard let levels = Self.levels(words, weights, point),
          jumps.allSatisfy({ Self.isLowering($0, weights, levels, point) })
        else { continue }
        (self.weights, spread) = (weights, Self.spread(levels, point))
        return
      }
    }
    return nil
  }

  /// Whether the words of a jump all lower the number alike, or keep it.
  private static func isLowering(
    _ jump: ModeDissipator, _ weights: [Int], _ levels: [Coordinate: Rational], _ point: ModelPoint
  ) -> Bool {
    var known: Rational?
    for term in jump.left + jump.right {
      // A matrix moves its own places, which have no number.
      let own = weights.indices.reduce(0) { $0 + weights[$1] * term.change($1) }
      let change = changes(term, point).reduce(Rational(own)) { $0 + (levels[$1.0] ?? 0) * Rational($1.1) }
      guard change.signum <= 0, known.map({ $0 == change }) ?? true else { return false }
      known = change
    }
    return true
  }

  /// The weight B.
  func weight(_ point: ModelPoint) -> ModeWeight {
    ModeWeight(modes: point.modes, weights: weights, powers: weights.map { _ in 1 })
  }

  /// At least (1 + R)^(m/2).
  func growth(power m: Rational) -> Interval { (1 + Interval(spread, precision: 64)).power(m / 2) }

  /// R for given v: of a ladder with one v for each step up, of levels with one for each.
  private static func spread(_ levels: [Coordinate: Rational], _ point: ModelPoint) -> Rational {
    var ends: [Int: (least: Rational, greatest: Rational)] = [:]
    for (coordinate, value) in levels {
      var own = ends[coordinate.site] ?? (0, 0)
      let isLevels =
        if case .levels = point.basis.factors[point.basis.factor(ofSite: coordinate.site)].kind { true } else { false }
      let reach = isLevels ? value : value * Rational((point.basis.dimension(ofSite: coordinate.site) ?? 1) - 1)
      own = (min(own.least, reach), max(own.greatest, reach))
      ends[coordinate.site] = own
    }
    return ends.values.reduce(Rational(0)) { $0 + $1.greatest - $1.least }
  }

  /// v for given w, from the linear equations w . change + v . change = 0, one for each word; nil where there are none.
  private static func levels(
    _ terms: [ModeTerm], _ weights: [Int], _ point: ModelPoint
  ) -> [Coordinate: Rational]? {
    var columns: [Coordinate: Int] = [:]
    var rows: [(left: [Int: Rational], right: Rational)] = []
    for term in terms {
      let right = weights.indices.reduce(0) { $0 - weights[$1] * term.change($1) }
      var left: [Int: Rational] = [:]
      for (coordinate, change) in changes(term, point) {
        let column = columns[coordinate] ?? columns.count
        columns[coordinate] = column
        let sum = (left[column] ?? 0) + Rational(change)
        left[column] = sum.signum == 0 ? nil : sum
      }
      rows.append((left, Rational(right)))
    }
    // Elimination; what no equation holds is zero.
    var pivots: [(left: [Int: Rational], right: Rational, column: Int)] = []
    while let place = rows.firstIndex(where: { !$0.left.isEmpty }) {
      let pivot = rows.remove(at: place)
      guard let (column, value) = pivot.left.min(by: { $0.key < $1.key }) else { continue }
      pivots.append((pivot.left, pivot.right, column))
      for index in rows.indices {
        guard let other = rows[index].left[column] else { continue }
        let factor = other / value
        for (key, coefficient) in pivot.left {
          let difference = (rows[index].left[key] ?? 0) - factor * coefficient
          rows[index].left[key] = difference.signum == 0 ? nil : difference
        }
        rows[index].right = rows[index].right - factor * pivot.right
      }
    }
    guard rows.allSatisfy({ $0.right.signum == 0 }) else { return nil }
    var values = [Rational](repeating: 0, count: columns.count)
    for (left, right, column) in pivots.reversed() {
      let rest = left.reduce(right) { $1.key == column ? $0 : $0 - $1.value * values[$1.key] }
      values[column] = rest / (left[column] ?? 1)
    }
    return columns.mapValues { values[$0] }
  }

  /// A ladder of a site, or one of its levels.
  private struct Coordinate: Hashable {
    let site: Int
    let level: Int
  }

  private static func changes(_ term: ModeTerm, _ point: ModelPoint) -> [(Coordinate, Int)] {
    term.word.flatMap { letter -> [(Coordinate, Int)] in
      guard let site = point.basis.site(of: letter.factor, letter.cell) else { return [] }
      return switch letter.kind {
      case .spin(.plus), .pauli(.plus), .fermion(.creation): [(Coordinate(site: site, level: 0), 1)]
      case .spin(.minus), .pauli(.minus), .fermion(.annihilation): [(Coordinate(site: site, level: 0), -1)]
      case .level(let k, let l) where k != l:
        [(Coordinate(site: site, level: k), 1), (Coordinate(site: site, level: l), -1)]
      // A matrix moves its own places, which have no coordinate here.
      case .boson, .spin, .pauli, .level, .observable, .matrix: []
      }
    }
  }
}
