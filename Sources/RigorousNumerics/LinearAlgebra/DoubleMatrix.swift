/// A dense square matrix of doubles, row by row, for approximations whose errors are bounded where they are used.
///
/// An element of a product is a sum of n products in some order, with or without roundings in between.
struct DoubleMatrix: Equatable, Sendable {
  let size: Int
  var elements: [Double]

  init(zero size: Int) {
    self.size = size
    elements = Array(repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  var transposed: DoubleMatrix {
    var result = DoubleMatrix(zero: size)
    for row in 0..<size { for column in 0..<size { result[column, row] = self[row, column] } }
    return result
  }

  /// A basis of the approximate kernel in reduced form, each vector being one at an index where the others are zero:
  /// elimination with pivots everywhere ends where all that is left is below a fraction of the greatest element.
  func kernel(tolerance: Double) -> [[Double]] {
    let n = size
    var rows = elements
    var columns = Array(0..<n)
    let greatest = rows.reduce(0) { max($0, abs($1)) }
    var rank = 0
    while rank < n {
      var (best, place) = (tolerance * greatest, (row: -1, column: -1))
      for i in rank..<n {
        for j in rank..<n where abs(rows[i * n + j]) > best { (best, place) = (abs(rows[i * n + j]), (i, j)) }
      }
      guard place.row >= 0 else { break }
      if place.row != rank { for j in 0..<n { rows.swapAt(rank * n + j, place.row * n + j) } }
      if place.column != rank {
        columns.swapAt(rank, place.column)
        for i in 0..<n { rows.swapAt(i * n + rank, i * n + place.column) }
      }
      let reciprocal = 1 / rows[rank * n + rank]
      for j in 0..<n { rows[rank * n + j] *= reciprocal }
      for i in 0..<n where i != rank {
        let factor = rows[i * n + rank]
        if factor != 0 { for j in rank..<n { rows[i * n + j] -= factor * rows[rank * n + j] } }
      }
      rank += 1
    }
    return (rank..<n).map { free in
      var vector = [Double](repeating: 0, count: n)
      vector[columns[free]] = 1
      for i in 0..<rank { vector[columns[i]] = -rows[i * n + free] }
      return vector
    }
  }
}
