/// A dense square matrix of doubles, row by row, for approximations whose errors are bounded where they are used.
///
/// An element of a product is a sum of n products in some order.
struct DoubleMatrix {
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

  static func * (a: DoubleMatrix, b: DoubleMatrix) -> DoubleMatrix {
    let n = a.size
    var result = DoubleMatrix(zero: n)
    a.elements.withUnsafeBufferPointer { a in
      b.elements.withUnsafeBufferPointer { b in
        result.elements.withUnsafeMutableBufferPointer { c in
          for i in 0..<n {
            let target = UnsafeMutableBufferPointer(rebasing: c[i * n..<(i + 1) * n])
            var k = 0
            // Four rows at a time.
            while k + 4 <= n {
              let (p, q, r, s) = (a[i * n + k], a[i * n + k + 1], a[i * n + k + 2], a[i * n + k + 3])
              if p != 0 || q != 0 || r != 0 || s != 0 {
                let base = k * n
                for j in 0..<n {
                  target[j] +=
                    p * b[base + j] + q * b[base + n + j] + (r * b[base + 2 * n + j] + s * b[base + 3 * n + j])
                }
              }
              k += 4
            }
            while k < n {
              let p = a[i * n + k]
              for j in 0..<n { target[j] += p * b[k * n + j] }
              k += 1
            }
          }
        }
      }
    }
    return result
  }

  /// An approximation of the inverse, by Gauss and Jordan with pivots in columns; nil where a pivot is zero.
  var inverse: DoubleMatrix? {
    let n = size
    var (left, right) = (self, DoubleMatrix(zero: n))
    for k in 0..<n { right[k, k] = 1 }
    func combine(_ rows: inout [Double], _ source: Int, _ target: Int, _ factor: Double, from first: Int) {
      rows.withUnsafeMutableBufferPointer { rows in
        for j in first..<n { rows[target * n + j] -= factor * rows[source * n + j] }
      }
    }
    for k in 0..<n {
      guard let pivot = (k..<n).max(by: { abs(left[$0, k]) < abs(left[$1, k]) }), left[pivot, k] != 0,
        left[pivot, k].isFinite
      else { return nil }
      if pivot != k {
        for j in 0..<n {
          left.elements.swapAt(k * n + j, pivot * n + j)
          right.elements.swapAt(k * n + j, pivot * n + j)
        }
      }
      let reciprocal = 1 / left[k, k]
      for j in 0..<n {
        left[k, j] *= reciprocal
        right[k, j] *= reciprocal
      }
      for row in 0..<n where row != k && left[row, k] != 0 {
        let factor = left[row, k]
        combine(&left.elements, k, row, factor, from: k)
        combine(&right.elements, k, row, factor, from: 0)
      }
    }
    return right.elements.allSatisfy(\.isFinite) ? right : nil
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
