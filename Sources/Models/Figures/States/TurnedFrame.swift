import ArbitraryPrecision
import RigorousNumerics

/// The other side of a state whose vectors have weights: the matrix K with the elements sqrt(c_a c_b) times the sum
/// over the rows s of conj(M_sa) M_sb, a and b the columns of all vectors. But for zeros its eigenvalues are those of
/// the reduced state, the sum of c_a M_a M_a^H.
struct TurnedFrame {
  private let columns: [(weight: Interval, rows: [Int: ComplexInterval])]
  private let groups: [[Int]]
  private let precision: Int

  /// The size of the greatest group of columns that rows join.
  let greatestGroup: Int

  /// Nil where C has elements beside its diagonal.
  init?(_ state: ModelState, _ frame: LocalFrame, _ point: ModelPoint, within budget: Budget) throws {
    guard state.coefficients.allSatisfy({ $0.row == $0.column }) else { return nil }
    precision = point.precision
    var columns: [(weight: Interval, rows: [Int: ComplexInterval])] = []
    var first: [Int: Int] = [:]
    var joined: [(Int, Int)] = []
    for coefficient in state.coefficients {
      for rows in frame.columns[coefficient.row].values {
        try budget.check()
        for row in rows {
          if let known = first[row.row] {
            joined.append((known, columns.count))
          } else {
            first[row.row] = columns.count
          }
        }
        let values = rows.reduce(into: [Int: ComplexInterval]()) { $0[$1.row] = $1.number.value }
        columns.append((coefficient.number.value.real, values))
      }
    }
    var sets = DisjointSets(columns.count)
    for (a, b) in joined { sets.join(a, b) }
    (self.columns, groups) = (columns, sets.groups)
    greatestGroup = groups.map(\.count).max() ?? 0
  }

  /// The blocks of K.
  func matrices(within budget: Budget) throws -> [HermitianMatrix] {
    try groups.map { group in
      try budget.check()
      let zero = ComplexInterval.zero(precision: precision)
      let own = group.map { columns[$0] }
      let roots = own.map { $0.weight.nonNegative.squareRoot }
      return HermitianMatrix(group.count, precision: precision) { a, b in
        if a == b {
          let sum = own[a].rows.values.reduce(zero.real) { $0 + $1.squaredMagnitude }
          return ComplexInterval(own[a].weight * sum, zero.imaginary)
        }
        let sum = own[a].rows.reduce(zero) { sum, item in
          own[b].rows[item.key].map { sum + item.value.conjugate * $0 } ?? sum
        }
        let factor = roots[a] * roots[b]
        return ComplexInterval(factor * sum.real, factor * sum.imaginary)
      }
    }
  }
}
