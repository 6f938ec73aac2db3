import ArbitraryPrecision
import RigorousNumerics
import States

/// A state of the star's cells in the symmetric levels, by its blocks between the even and the odd combinations of |m>
/// and |N - m>.
struct StarState {
  let cells: Int
  private let even: HermitianMatrix
  private let odd: HermitianMatrix
  /// The elements between an even and an odd combination, row after row; nil when all are zero.
  private let mixed: [[Interval]]?
  private let precision: Int

  /// The sum over j and k of y_j y_k' with the weights a_jk + b_jk within the even and the odd levels and a_jk - b_jk
  /// between them; symmetric weights.
  ///
  /// For a pair of blocks a = (f(mu_j - mu_k) + f(mu_j + mu_k))/2 weighs y_j y_k' and b, with the difference, R y_j
  /// y_k' R; R y = even part - odd part.
  init(
    _ blocks: StarBlocks, cells: Int, precision: Int, sum: [[Interval]], difference: [[Interval]], within budget: Budget
  ) throws {
    self.cells = cells
    self.precision = precision
    /// The sums over j and k of left_j(m) w_jk right_k(n).
    func product(_ left: [[Interval]], _ weights: [[Interval]], _ right: [[Interval]]) throws -> [[Interval]] {
      let inner = try weights.map { row in
        try budget.check()
        return right[0].indices.map { n in dot(row, right.map { $0[n] }) }
      }
      return try left[0].indices.map { m in
        try budget.check()
        let column = left.map { $0[m] }
        return right[0].indices.map { n in dot(column, inner.map { $0[n] }) }
      }
    }
    let (left, right) = (blocks.parts(parity: 1), blocks.parts(parity: -1))
    let (plus, minus) = (try product(left, sum, left), try product(right, sum, right))
    even = HermitianMatrix(symmetric: plus.count, precision: precision) { plus[$0][$1] }
    odd = HermitianMatrix(symmetric: minus.count, precision: precision) { minus[$0][$1] }
    mixed = try product(left, difference, right)
  }

  /// Half the sum over j of y_j y_j' + R y_j y_j' R: nothing between even and odd levels.
  init(dephased blocks: StarBlocks, cells: Int, precision: Int, within budget: Budget) throws {
    self.cells = cells
    self.precision = precision
    func product(_ y: [[Interval]]) throws -> HermitianMatrix {
      try budget.check()
      let rows = y[0].indices.map { m in y.map { $0[m] } }
      return HermitianMatrix(symmetric: rows.count, precision: precision) { dot(rows[$0], rows[$1]) }
    }
    (even, odd) = (try product(blocks.parts(parity: 1)), try product(blocks.parts(parity: -1)))
    mixed = nil
  }

  /// Tr(rho n), n the number of excited cells.
  ///
  /// n - N/2 is odd under R: (m - N/2) between the even and the odd combination of |m> and |N - m>.
  var excitations: Interval {
    let trace = (even.trace + odd.trace) * Interval(Rational(Integer(cells), 2), precision: precision)
    let shift = mixed.map { mixed in
      (0..<(cells + 1) / 2).reduce(Interval(0, precision: precision)) { $0 + (2 * $1 - cells) * mixed[$1][$1] }
    }
    return (shift.map { trace + $0 } ?? trace)
      .intersection(Interval(from: 0, to: Rational(cells), precision: precision))
  }

  /// The eigenvalues in no order; those below zero or above one are cut.
  func populations(within budget: Budget) throws -> [Interval] {
    let range = Interval(from: 0, to: 1, precision: precision)
    let matrices: [HermitianMatrix]
    if let mixed {
      let n = even.dimension
      matrices = [
        HermitianMatrix(symmetric: cells + 1, precision: precision) { row, column in
          if row < n { return even.realPart(row, column) }
          return column < n ? mixed[column][row - n] : odd.realPart(row - n, column - n)
        }
      ]
    } else {
      matrices = [even, odd]
    }
    return try matrices.flatMap {
      try HermitianSpectrum($0, bits: precision, within: budget).eigenvalues.map { $0.intersection(range) }
    }
  }

  /// The largest eigenvalue.
  func largestEigenvalue(within budget: Budget) throws -> Interval {
    try populations(within: budget).reduce(Interval(0, precision: precision)) { $0.maximum($1) }
  }

  /// The ergotropy over all unitaries of the cells, over w0.
  func ergotropy(within budget: Budget) throws -> Interval {
    try SymmetricSector.ergotropy(
      cells: cells, twiceSpin: cells, energy: excitations, populations: try populations(within: budget))
  }

  /// The ergotropy over the energy.
  func ratio(within budget: Budget) throws -> Interval { try ergotropy(within: budget) / excitations }
}

/// The sum of the products of two lists.
private func dot(_ a: [Interval], _ b: [Interval]) -> Interval {
  var sum = a[0] * b[0]
  for k in a.indices.dropFirst() { sum += a[k] * b[k] }
  return sum
}
