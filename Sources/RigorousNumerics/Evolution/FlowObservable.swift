import ArbitraryPrecision

/// A quadratic form <v|B|v> with a real symmetric sparse matrix B of enclosures.
///
/// Along a flow v' = A v it changes by d/dt <v|B|v> = <v|BA - AB|v>, since A is skew: all derivatives in time are forms
/// again, and the norms of their matrices bound them at all times. These norms see the cancellations in the
/// commutators, which powers of |A| would not: for the spin battery they grow like N^j instead of N^(2j).
public struct FlowObservable: Sendable {
  /// The entries of each row other than zero, by rising columns.
  private(set) var rows: [[(column: Int, value: Interval)]]
  /// The bits of the entries.
  let precision: Int

  /// The sum of weight_k v_k^2, one weight for each element.
  public init(weights: [Int], precision: Int) {
    self.precision = precision
    rows = weights.enumerated().map { k, weight in
      weight == 0 ? [] : [(k, Interval(weight, precision: precision))]
    }
  }

  /// The form of a matrix of a dimension from its elements on and above the diagonal, each pair at most once.
  public init(
    dimension: Int, symmetric elements: [(row: Int, column: Int, value: Interval)], precision: Int
  ) {
    self.precision = precision
    var rows = [[(column: Int, value: Interval)]](repeating: [], count: dimension)
    for (row, column, value) in elements where value.certainSign != 0 {
      demand(value.isBounded && !value.isEmpty, "FlowObservable: elements are bounded")
      rows[row].append((column, value))
      if row != column { rows[column].append((row, value)) }
    }
    self.rows = rows.map { $0.sorted { $0.column < $1.column } }
    demand(
      self.rows.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0.column < $1.column } },
      "FlowObservable: an element is given twice")
  }

  /// Whether no element stands in it.
  public var isZero: Bool { rows.allSatisfy(\.isEmpty) }

  private init(rows: [[(column: Int, value: Interval)]], precision: Int) {
    self.rows = rows
    self.precision = precision
  }

  /// The rate of change of this form along a flow: BA - AB, which is symmetric with B.
  ///
  /// - Throws: ``Unanswered`` when the time is over.
  public func rate(along flow: SkewFlow, within budget: Budget) throws(Unanswered) -> FlowObservable {
    var sums = [[Int: Interval]](repeating: [:], count: rows.count)
    func add(_ value: Interval, _ row: Int, _ column: Int) {
      sums[row][column] = sums[row][column].map { $0 + value } ?? value
    }
    let entries = (0..<flow.dimension).map { flow.row($0, precision: precision) }
    for (j, row) in rows.enumerated() {
      if j % 256 == 0 { try budget.check() }
      for (k, b) in row {
        // (BA)_jl = B_jk A_kl, and (-AB)_lj = -A_lk B_kj = A_kl B_jk.
        for (l, a) in entries[k] {
          let product = b * a
          add(product, j, l)
          add(product, l, j)
        }
      }
    }
    let rate = FlowObservable(
      rows: sums.map { sum in
        sum.filter { $0.value.certainSign != 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      }, precision: precision)
    checkInvariant(rate.isSymmetric, "FlowObservable: the commutator with a skew matrix is symmetric")
    return rate
  }

  /// Whether the enclosures on both sides of the diagonal meet.
  private var isSymmetric: Bool {
    let entries = rows.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.column, $0.value) }) }
    return entries.indices.allSatisfy { j in
      entries[j].allSatisfy { k, value in entries[k][j].map { !$0.isDisjoint(from: value) } ?? value.containsZero }
    }
  }

  /// An upper bound of the 2-norm of B: the greatest sum of magnitudes in a row.
  public var norm: BigFloat {
    rows.reduce(BigFloat.zero(precision: 64)) { greatest, row in
      max(greatest, row.reduce(.zero(precision: 64)) { .sum($0, $1.value.magnitude, precision: 64, rounding: .up) })
    }
  }

  /// An interval that holds <v|B|v>/|v|^2 for every v: the hull of Gershgorin's discs.
  public var range: Interval {
    var hull = DiscHull()
    for (j, row) in rows.enumerated() {
      var (diagonal, radius) = (Interval(0, precision: precision), BigFloat.zero(precision: 64))
      for (k, value) in row {
        if k == j {
          diagonal = value
        } else {
          radius = .sum(radius, value.magnitude, precision: 64, rounding: .up)
        }
      }
      hull.add(center: diagonal, radius: radius)
    }
    return hull.range ?? Interval(0, precision: precision)
  }

  /// The same form with entries of another precision.
  func rounded(to precision: Int) -> FlowObservable {
    FlowObservable(rows: rows.map { $0.map { ($0.column, $0.value.rounded(to: precision)) } }, precision: precision)
  }

  /// The value at the true vector of a state: at the stored vector x, and |B| e (2 |x| + e) for a vector within e of
  /// it.
  public func value(in state: FlowState, precision: Int) -> Interval {
    let vector = (0..<state.dimension).map { state.stored($0, precision: precision) }
    var sum = Interval(0, precision: precision)
    for (j, row) in rows.enumerated() where !row.isEmpty {
      var product = Interval(0, precision: precision)
      for (k, b) in row { product += b * vector[k] }
      sum += vector[j] * product
    }
    return sum + state.perturbation(ofFormWithNorm: Interval(norm))
  }
}
