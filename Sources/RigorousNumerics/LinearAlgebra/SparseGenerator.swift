import ArbitraryPrecision

/// A square matrix of enclosures of which only the entries that are not zero are kept: the generator A of a linear flow
/// v' = A v.
public struct SparseGenerator: Sendable {
  /// The number of rows and columns.
  public let dimension: Int
  /// The bits of the entries.
  public let precision: Int
  private var rows: [[(column: Int, value: Interval)]]

  /// The zero generator.
  public init(dimension: Int, precision: Int) {
    demand(dimension >= 1, "SparseGenerator: at least one row")
    self.dimension = dimension
    self.precision = precision
    rows = Array(repeating: [], count: dimension)
  }

  /// Sets an entry that was not set before; rows and columns count from 0.
  public mutating func set(row: Int, column: Int, _ value: Interval) {
    demand(column < dimension, "SparseGenerator: no such column")
    rows[row].append((column, value))
  }

  /// The product with a column vector.
  func applied(to vector: [Interval]) -> [Interval] {
    rows.map { row in
      row.reduce(Interval(0, precision: precision)) { $0 + $1.value * vector[$1.column] }
    }
  }

  private func divided(by divisor: Int) -> SparseGenerator {
    var result = self
    result.rows = rows.map { row in row.map { ($0.column, $0.value / divisor) } }
    return result
  }

  /// An upper bound of the greatest sum of magnitudes in a row.
  private var rowSumNorm: BigFloat {
    rows.reduce(BigFloat.zero(precision: precision)) { greatest, row in
      let sum = row.reduce(BigFloat.zero(precision: precision)) {
        .sum($0, $1.value.magnitude, precision: precision, rounding: .up)
      }
      return max(greatest, sum)
    }
  }

  /// The norm up to which one Taylor series is summed: longer steps need fewer terms in all, and lose fewer than 24
  /// bits to cancellation within a step.
  private static let stepNorm = 16

  /// The enclosure of exp(A) v for all matrices A in this one, by Taylor's series in steps.
  ///
  /// The matrix is divided by an integer, so that its row-sum norm |A| is at most 16, and as many steps are made. In
  /// each the series is cut after m >= 30 terms and the remainder is below
  ///
  ///     sum over k > m of |A|^k / k! |v|  <=  |A|^(m+1) |v| / (m+1)! * 1/(1 - |A|/(m+2))
  ///       <=  2 * 16^(m+1) |v| / (m+1)!
  ///
  /// in the greatest-magnitude norm, which is added to every element. Widths grow like the exponential of the norm, and
  /// precision pays for it: right for short times and small dimensions, and for nothing else.
  ///
  /// - Returns: entire elements when the entries are unbounded or known too poorly.
  /// - Throws: ``Unanswered`` when the time is over, or an entry is certainly 4096 or more.
  public func exponentialAction(on vector: [Interval], within budget: Budget) throws(Unanswered) -> [Interval] {
    demand(vector.count == dimension, "SparseGenerator: the vector's length differs")
    guard let whole = rowSumNorm.floor, let norm = Int(exactly: whole), norm < 4096 else {
      // Entries that are known too poorly may be small ones: more precision may tell.
      guard rows.contains(where: { $0.contains { ($0.value.mignitude.binaryExponent ?? 0) > 12 } }) else {
        return vector.map { _ in .entire(precision: precision) }
      }
      throw Unanswered(beyond: "the generator times the time has a norm above 4096, too long for this route")
    }
    let steps = norm / SparseGenerator.stepNorm + 1
    let step = divided(by: steps)
    var state = vector
    for _ in 0..<steps {
      state = try step.taylorStep(on: state, within: budget)
    }
    return state
  }

  private func taylorStep(on vector: [Interval], within budget: Budget) throws(Unanswered) -> [Interval] {
    let norm = SparseGenerator.stepNorm
    let size = vector.reduce(BigFloat.zero(precision: 64)) { max($0, $1.magnitude) }
    guard size.isFinite else { return vector.map { _ in .entire(precision: precision) } }
    var sum = vector
    var term = vector
    // 2 * 16^(m+1) |v| / (m+1)! for the m terms summed so far: the upper end of an interval is a bound.
    var tail = (2 * norm) * Interval(size).rounded(to: 64)
    var m = 0
    while m + 2 < 2 * norm || tail.upper.binaryExponent.map({ $0 > -precision }) ?? false {
      try budget.check()
      m += 1
      term = applied(to: term).map { $0 / m }
      sum = zip(sum, term).map { $0 + $1 }
      tail = norm * tail / (m + 1)
    }
    let remainder = Interval.ball(BigFloat(tail.upper, precision: precision, rounding: .up))
    return sum.map { $0 + remainder }
  }
}
