import ArbitraryPrecision

/// A sparse square matrix in integers, A = 2^exponent (2^-50 a + D): row sums of |2^exponent 2^-50 a| are about 1/2 to
/// 1 times 2^exponent, and D is bounded.
struct IntegerMatrix: Sendable, Hashable {
  /// The bits of a.
  static let bits = 50

  let dimension: Int
  /// The elements of row i are starts[i] ..< starts[i + 1].
  let starts: [Int]
  let columns: [Int]
  let values: [Int64]

  /// - Returns: the integers, the exponent, and at least the greatest row sum of |D|; nil of a matrix of zeros, and
  ///   where an element is unbounded.
  static func make(
    _ rows: [[(column: Int, value: Interval)]]
  ) -> (matrix: IntegerMatrix, exponent: Int, missed: Interval)? {
    guard rows.allSatisfy({ $0.allSatisfy { $0.value.isBounded && !$0.value.isEmpty } }) else { return nil }
    let size = rows.map { $0.reduce(UpperBound.zero) { $0 + UpperBound($1.value.magnitude) } }.max() ?? .zero
    guard let exponent = size.value.binaryExponent else { return nil }
    var (starts, columns, values) = ([0], [Int](), [Int64]())
    var missed = UpperBound.zero
    for row in rows {
      var rest = UpperBound.zero
      for (column, value) in row {
        let value = value.scaled(byPowerOfTwo: bits - exponent)
        let double = value.anchor?.double(rounding: .nearest) ?? .nan
        // Magnitudes are at most 2^50: the upper bound of their sum is.
        guard abs(double) <= 0x1p50 else { return nil }
        let integer = Int64(double.rounded())
        let miss = (value - Interval(Integer(Int(integer)), precision: 64)).magnitude
        guard miss.isFinite else { return nil }
        rest = rest + UpperBound(miss)
        columns.append(column)
        values.append(integer)
      }
      missed = max(missed, rest)
      starts.append(columns.count)
    }
    let matrix = IntegerMatrix(dimension: rows.count, starts: starts, columns: columns, values: values)
    return (matrix, exponent, Interval(missed.value).scaled(byPowerOfTwo: -bits))
  }

  /// 2^-50 a in doubles.
  var doubles: DoubleMatrix {
    var result = DoubleMatrix(zero: dimension)
    for row in 0..<dimension {
      for place in starts[row]..<starts[row + 1] { result[row, columns[place]] += Double(values[place]) * 0x1p-50 }
    }
    return result
  }
}
