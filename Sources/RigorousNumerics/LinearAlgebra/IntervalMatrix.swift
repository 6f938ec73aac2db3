import ArbitraryPrecision

/// A square matrix of enclosures, stored by rows; for small dimensions.
public struct IntervalMatrix: Sendable {
  /// The number of rows and columns.
  public let dimension: Int
  /// The entries, row after row.
  public private(set) var entries: [Interval]
  /// The bits of the entries.
  public let precision: Int

  /// The zero matrix.
  public init(zero dimension: Int, precision: Int) {
    demand(dimension >= 1, "IntervalMatrix: at least one row")
    self.dimension = dimension
    self.precision = precision
    entries = Array(repeating: Interval(0, precision: precision), count: dimension * dimension)
  }

  /// The identity matrix.
  public init(identity dimension: Int, precision: Int) {
    self.init(zero: dimension, precision: precision)
    for i in 0..<dimension { self[i, i] = Interval(1, precision: precision) }
  }

  /// The entry in a row and a column, both from 0.
  public subscript(row: Int, column: Int) -> Interval {
    get { entries[row * dimension + column] }
    set { entries[row * dimension + column] = newValue }
  }

  /// The enclosure of all products; entries that are exactly zero cost nothing.
  public static func * (a: IntervalMatrix, b: IntervalMatrix) -> IntervalMatrix {
    demand(a.dimension == b.dimension, "IntervalMatrix: dimensions differ")
    let n = a.dimension
    var result = IntervalMatrix(zero: n, precision: max(a.precision, b.precision))
    for i in 0..<n {
      for k in 0..<n {
        let x = a[i, k]
        if x.certainSign == 0 { continue }
        for j in 0..<n {
          let y = b[k, j]
          if y.certainSign == 0 { continue }
          result[i, j] = result[i, j] + x * y
        }
      }
    }
    return result
  }

  /// The enclosure of all sums.
  public static func + (a: IntervalMatrix, b: IntervalMatrix) -> IntervalMatrix {
    demand(a.dimension == b.dimension, "IntervalMatrix: dimensions differ")
    var result = a
    for index in result.entries.indices { result.entries[index] = a.entries[index] + b.entries[index] }
    return result
  }

  /// Every entry transformed.
  public func map(_ transform: (Interval) -> Interval) -> IntervalMatrix {
    var result = self
    for index in result.entries.indices { result.entries[index] = transform(entries[index]) }
    return result
  }

  /// The product with a column vector.
  public func applied(to vector: [Interval]) -> [Interval] {
    demand(vector.count == dimension, "IntervalMatrix: the vector's length differs")
    return (0..<dimension).map { i in
      var sum = Interval(0, precision: precision)
      for j in 0..<dimension where self[i, j].certainSign != 0 { sum = sum + self[i, j] * vector[j] }
      return sum
    }
  }

  /// An upper bound of the greatest sum of magnitudes in a row: the operator norm for the greatest-magnitude norm.
  public var rowSumNorm: BigFloat {
    (0..<dimension).map { i in
      (0..<dimension).reduce(BigFloat.zero(precision: precision)) {
        .sum($0, self[i, $1].magnitude, precision: precision, rounding: .up)
      }
    }.reduce(.zero(precision: precision)) { $0 < $1 ? $1 : $0 }
  }
}
