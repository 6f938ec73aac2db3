import ArbitraryPrecision
import Operators

/// Whether a conserved number keeps all modes finite: a Hamiltonian whose words all keep
///
///     Q = sum over the modes of w_k n_k + sum over the levels l of the other sites of v_l,     w_k >= 1,
///
/// moves a basis state within finitely many others, since the second sum has a least and a greatest value.
enum QuantaBound {
  private static let greatestWeight = 3
  private static let greatestSearch = 5

  static func holds(_ terms: [ModeTerm], _ point: ModelPoint) -> Bool {
    let modes = point.modes
    guard modes.count <= greatestSearch else { return holds(terms, Array(repeating: 1, count: modes.count), point) }
    var all: [[Int]] = [[]]
    for _ in modes { all = all.flatMap { weights in (1...greatestWeight).map { weights + [$0] } } }
    return all.contains { holds(terms, $0, point) }
  }

  /// Whether there are v for given w: the linear equations w . change + v . change = 0, one for each word, have a
  /// solution.
  private static func holds(_ terms: [ModeTerm], _ weights: [Int], _ point: ModelPoint) -> Bool {
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
    // Elimination.
    while let place = rows.firstIndex(where: { !$0.left.isEmpty }) {
      let pivot = rows.remove(at: place)
      guard let (column, value) = pivot.left.min(by: { $0.key < $1.key }) else { continue }
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
    return rows.allSatisfy { $0.right.signum == 0 }
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
