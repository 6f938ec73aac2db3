/// Where the entries of a sparse real matrix stand, and their signs, as inner loops read them.
struct SparseRows: Sendable {
  /// The number of rows, and of columns.
  let dimension: Int
  /// The entries of row j are rowStarts[j] ..< rowStarts[j + 1].
  let rowStarts: [Int]
  let columns: [Int]
  let isNegative: [Bool]
  /// Whether each row has entries beside the diagonal alone, + to the left and - to the right.
  let isChain: Bool
}
