import ArbitraryPrecision

/// A square matrix of complex rationals by its elements that are not zero, column after column: what a letter of a
/// factor of matrices is.
///
/// Copies share their elements, and matrices that share them are known to be equal at once.
public struct SparseMatrix: Sendable {
  /// An element of a column.
  public typealias Element = (row: Int, value: GaussianRational)

  private final class Storage: Sendable {
    let dimension: Int
    /// Where each column begins, and the end.
    let starts: [Int]
    let rows: [Int]
    let values: [GaussianRational]
    let hash: Int

    init(_ dimension: Int, _ columns: [[Element]]) {
      self.dimension = dimension
      starts = columns.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
      rows = columns.flatMap { $0.map(\.row) }
      values = columns.flatMap { $0.map(\.value) }
      var hasher = Hasher()
      hasher.combine(dimension)
      hasher.combine(starts)
      hasher.combine(rows)
      hasher.combine(values)
      hash = hasher.finalize()
    }
  }

  private let storage: Storage

  /// The most elements that are not zero.
  public static let greatestCount = 1_000_000
  /// The most multiplications of elements in one product.
  public static let greatestWork = 10_000_000

  /// A matrix of its elements; those of one place are added up.
  ///
  /// - Precondition: rows and columns are at least 0 and below the dimension.
  public init(_ dimension: Int, _ elements: [(row: Int, column: Int, value: GaussianRational)]) {
    var columns = [[Int: GaussianRational]](repeating: [:], count: dimension)
    for (row, column, value) in elements { columns[column][row] = columns[column][row].map { $0 + value } ?? value }
    self.init(dimension, columns)
  }

  private init(_ dimension: Int, _ columns: [[Int: GaussianRational]]) {
    storage = Storage(
      dimension,
      columns.map { column in
        column.filter { !$0.value.isZero }.sorted { $0.key < $1.key }.map { (row: $0.key, value: $0.value) }
      })
  }

  /// At least the 2-norm: the root of the greatest sums of magnitudes of a column and of a row is below the greater
  /// one.
  public var normBound: Rational {
    var (columns, rows) = ([Rational](repeating: 0, count: dimension), [Rational](repeating: 0, count: dimension))
    for column in 0..<dimension {
      for place in storage.starts[column]..<storage.starts[column + 1] {
        let value = storage.values[place]
        let size = value.real.magnitude + value.imaginary.magnitude
        columns[column] = columns[column] + size
        rows[storage.rows[place]] = rows[storage.rows[place]] + size
      }
    }
    return max(columns.max() ?? 0, rows.max() ?? 0)
  }

  /// The number of rows.
  public var dimension: Int { storage.dimension }

  /// The number of elements that are not zero.
  public var count: Int { storage.rows.count }

  /// The elements of a column that are not zero, row after row.
  public func column(_ column: Int) -> [Element] {
    (storage.starts[column]..<storage.starts[column + 1]).map { (storage.rows[$0], storage.values[$0]) }
  }

  /// All elements that are not zero.
  public var elements: [(row: Int, column: Int, value: GaussianRational)] {
    (0..<dimension).flatMap { column in self.column(column).map { ($0.row, column, $0.value) } }
  }

  /// The adjoint.
  public var adjoint: SparseMatrix {
    SparseMatrix(dimension, elements.map { (row: $0.column, column: $0.row, value: $0.value.conjugate) })
  }

  /// The number c of a matrix c 1 where it is rational; nil else.
  public var multipleOfOne: Rational? {
    let first = dimension > 0 ? storage.values.first : GaussianRational(0)
    guard let first, first.imaginary.signum == 0 else { return count == 0 ? 0 : nil }
    let isScalar = count == dimension && (0..<dimension).allSatisfy { storage.rows[$0] == $0 }
    return isScalar && storage.values.allSatisfy { $0 == first } ? first.real : nil
  }

  /// The product.
  ///
  /// - Throws: ``OutsideFragment`` beyond ``greatestWork`` or ``greatestCount``.
  public static func product(_ a: SparseMatrix, _ b: SparseMatrix) throws(OutsideFragment) -> SparseMatrix {
    guard a.dimension == b.dimension else {
      throw OutsideFragment("a product of matrices of \(a.dimension) and of \(b.dimension) rows")
    }
    var work = 0
    for row in b.storage.rows { work += a.storage.starts[row + 1] - a.storage.starts[row] }
    guard work <= greatestWork else {
      throw OutsideFragment(
        "a product of matrices that takes \(work) multiplications; accepted: at most \(greatestWork)")
    }
    var (columns, count) = ([[Int: GaussianRational]](), 0)
    for j in 0..<b.dimension {
      var column: [Int: GaussianRational] = [:]
      for (k, y) in b.column(j) {
        for (i, x) in a.column(k) { column[i] = column[i].map { $0 + x * y } ?? x * y }
      }
      count += column.count
      guard count <= greatestCount else {
        throw OutsideFragment("a product of matrices with more than \(greatestCount) elements; accepted: fewer")
      }
      columns.append(column)
    }
    return SparseMatrix(a.dimension, columns)
  }
}

extension SparseMatrix {
  /// The Kronecker product 1 x M x 1 that acts at one place of a tensor product.
  public func acting(at place: Int, of dimensions: [Int]) -> SparseMatrix {
    let after = dimensions[(place + 1)...].reduce(1, *)
    let before = dimensions[..<place].reduce(1, *)
    var result: [(row: Int, column: Int, value: GaussianRational)] = []
    for element in elements {
      for i in 0..<before {
        for k in 0..<after {
          result.append(
            ((i * dimension + element.row) * after + k, (i * dimension + element.column) * after + k, element.value))
        }
      }
    }
    return SparseMatrix(before * dimension * after, result)
  }

  /// Whether the matrix is a Kronecker product with 1 at a place: it acts on the others alone.
  public func isOne(at place: Int, of dimensions: [Int]) -> Bool {
    let (size, after) = (dimensions[place], dimensions[(place + 1)...].reduce(1, *))
    func number(_ index: Int) -> Int { index / after % size }
    struct Place: Hashable { let row, column: Int }
    var found: [Place: (value: GaussianRational, count: Int)] = [:]
    for element in elements {
      let (i, j) = (number(element.row), number(element.column))
      guard i == j else { return false }
      let rest = Place(row: element.row - i * after, column: element.column - j * after)
      if let known = found[rest], known.value != element.value { return false }
      found[rest] = (element.value, (found[rest]?.count ?? 0) + 1)
    }
    return found.values.allSatisfy { $0.count == size }
  }
}

extension SparseMatrix: Hashable {
  /// Whether all elements agree.
  public static func == (a: SparseMatrix, b: SparseMatrix) -> Bool {
    if a.storage === b.storage { return true }
    return a.storage.hash == b.storage.hash && a.dimension == b.dimension && a.storage.starts == b.storage.starts
      && a.storage.rows == b.storage.rows && a.storage.values == b.storage.values
  }

  /// Matrices that are equal have equal hashes.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}

/// Some order, for words of letters.
extension SparseMatrix: Comparable {
  /// By dimension, by what elements there are, and by their values.
  public static func < (a: SparseMatrix, b: SparseMatrix) -> Bool {
    if a.storage === b.storage { return false }
    if a.dimension != b.dimension { return a.dimension < b.dimension }
    if a.storage.starts != b.storage.starts { return a.storage.starts.lexicographicallyPrecedes(b.storage.starts) }
    if a.storage.rows != b.storage.rows { return a.storage.rows.lexicographicallyPrecedes(b.storage.rows) }
    for (x, y) in zip(a.storage.values, b.storage.values) where x != y {
      return x.real != y.real ? x.real < y.real : x.imaginary < y.imaginary
    }
    return false
  }
}

/// A factor whose operators are matrices: a tensor product of places, with the names of the matrices.
public struct MatrixSpace: Sendable, Hashable {
  /// A matrix with its name.
  public struct Operator: Sendable, Hashable {
    /// The name in formulas.
    public let name: String
    /// The matrix, on the product of all places.
    public let matrix: SparseMatrix

    /// A matrix with its name.
    public init(_ name: String, _ matrix: SparseMatrix) { (self.name, self.matrix) = (name, matrix) }
  }

  /// The dimensions of the places, the first one slowest.
  public let dimensions: [Int]
  /// The matrices.
  public let operators: [Operator]

  /// A space with its matrices.
  public init(_ dimensions: [Int], _ operators: [Operator] = []) {
    (self.dimensions, self.operators) = (dimensions, operators)
  }

  /// The name of a matrix as one writes it; nil for one without a name.
  public func name(of matrix: SparseMatrix) -> String? {
    if let own = operators.first(where: { $0.matrix == matrix }) { return own.name }
    return operators.first { $0.matrix.adjoint == matrix }.map { $0.name + "'" }
  }
}
