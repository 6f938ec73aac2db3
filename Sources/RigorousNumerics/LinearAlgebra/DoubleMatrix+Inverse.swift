internal import CDense

extension DoubleMatrix {
  static func * (a: DoubleMatrix, b: DoubleMatrix) -> DoubleMatrix {
    let n = a.size
    var result = DoubleMatrix(zero: n)
    guard n > 0 else { return result }
    a.elements.withUnsafeBufferPointer { a in
      b.elements.withUnsafeBufferPointer { b in
        result.elements.withUnsafeMutableBufferPointer { c in
          qbo_dense_add_product(n, n, n, a.baseAddress, n, b.baseAddress, n, c.baseAddress, n)
        }
      }
    }
    return result
  }

  /// Columns that are eliminated at once.
  private static let blockSize = 128

  /// An approximation of the inverse, by Gauss and Jordan with pivots in columns; nil where a pivot is zero.
  ///
  /// What the elimination of a column multiplies rows by takes that column's place. Of some columns at once these are
  /// a matrix P, and all other columns change by a product with it: 2 n^3 operations, nearly all of them in products.
  func inverse(within budget: Budget) throws(Unanswered) -> DoubleMatrix? {
    let n = size
    var result = self
    // The row that stands at each place.
    var order = Array(0..<n)
    let block = min(n, Self.blockSize)
    var (panel, rows) = ([Double](repeating: 0, count: n * block), [Double](repeating: 0, count: block * n))
    for first in stride(from: 0, to: n, by: max(block, 1)) {
      try budget.check()
      let width = min(block, n - first)
      let isRegular = result.elements.withUnsafeMutableBufferPointer { a in
        panel.withUnsafeMutableBufferPointer { panel in
          rows.withUnsafeMutableBufferPointer { rows in
            guard Self.eliminate(first, width, a, panel, &order, n) else { return false }
            for k in 0..<width {
              for j in 0..<n {
                rows[k * n + j] = a[(first + k) * n + j]
                a[(first + k) * n + j] = 0
              }
            }
            guard let a = a.baseAddress, let p = panel.baseAddress, let w = rows.baseAddress else { return false }
            let last = first + width
            qbo_dense_add_product(n, width, first, p, width, w, n, a, n)
            qbo_dense_add_product(n, width, n - last, p, width, w + last, n, a + last, n)
            for i in 0..<n { for k in 0..<width { a[i * n + first + k] = p[i * width + k] } }
            return true
          }
        }
      }
      guard isRegular else { return nil }
    }
    // Rows that changed places are columns of the inverse that did.
    var row = [Double](repeating: 0, count: n)
    return result.elements.withUnsafeMutableBufferPointer { a in
      for i in 0..<n {
        for j in 0..<n {
          let value = a[i * n + j]
          guard value.isFinite else { return false }
          row[order[j]] = value
        }
        for j in 0..<n { a[i * n + j] = row[j] }
      }
      return true
    } ? result : nil
  }

  /// Eliminates some columns, whose factors are then in the panel; false where a pivot is zero.
  private static func eliminate(
    _ first: Int, _ width: Int, _ a: UnsafeMutableBufferPointer<Double>, _ panel: UnsafeMutableBufferPointer<Double>,
    _ order: inout [Int], _ n: Int
  ) -> Bool {
    for i in 0..<n { for k in 0..<width { panel[i * width + k] = a[i * n + first + k] } }
    for k in 0..<width {
      let row = first + k
      var pivot = row
      for i in row..<n where abs(panel[i * width + k]) > abs(panel[pivot * width + k]) { pivot = i }
      guard panel[pivot * width + k] != 0, panel[pivot * width + k].isFinite else { return false }
      if pivot != row {
        order.swapAt(pivot, row)
        for j in 0..<n { a.swapAt(row * n + j, pivot * n + j) }
        for j in 0..<width { panel.swapAt(row * width + j, pivot * width + j) }
      }
      let reciprocal = 1 / panel[row * width + k]
      panel[row * width + k] = 1
      for j in 0..<width { panel[row * width + j] *= reciprocal }
      for i in 0..<n where i != row {
        let factor = panel[i * width + k]
        guard factor != 0 else { continue }
        panel[i * width + k] = 0
        for j in 0..<width { panel[i * width + j] -= factor * panel[row * width + j] }
      }
    }
    return true
  }
}
