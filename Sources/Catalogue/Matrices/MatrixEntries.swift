import ArbitraryPrecision

/// A square matrix or a vector of exact complex numbers, by its elements that are not zero: what files hold.
public struct MatrixEntries: Sendable, Hashable {
  /// What a file must hold.
  public enum Shape: Sendable, Hashable {
    /// As many columns as rows.
    case square
    /// One column.
    case vector
    /// Any number of columns.
    case columns

    var noun: String { self == .vector ? "vector" : "matrix" }
  }

  /// What decimals stand for.
  public enum Numbers: String, Sendable, Hashable, CaseIterable {
    /// The decimals themselves.
    case exact
    /// The doubles nearest to them.
    case binary64
  }

  /// An element with its place, from 0.
  public struct Element: Sendable, Hashable {
    /// The row.
    public let row: Int
    /// The column; 0 of a vector.
    public let column: Int
    /// What stands there.
    public let value: ExactComplex
  }

  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, row after row.
  public let elements: [Element]

  /// The most rows of a file of which only elements that are not zero are kept.
  public static let greatestDimension = 10_000
  /// The most columns of a matrix that may have any number of them.
  static let greatestColumns = 100_000
  /// The most elements that are not zero.
  public static let greatestCount = 250_000

  /// The elements of a file: Matrix Market, an array of NumPy, or JSON.
  ///
  /// - Throws: `BadInput` with the file and, where there are lines, the line; ``Undecided`` when it cannot be told
  ///   whether an element has a value.
  public init(path: String, _ shape: Shape, numbers: Numbers = .exact) throws {
    self = try MatrixFile.entries(path, MatrixReading(shape: shape, numbers: numbers))
  }

  /// - Parameter columns: as many as rows for nil.
  init(rows: Int, columns: Int? = nil, _ elements: [Element]) {
    (self.rows, self.columns) = (rows, columns ?? rows)
    self.elements = elements.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }
}

/// What a file of a matrix is asked for.
struct MatrixReading {
  var shape = MatrixEntries.Shape.square
  var numbers = MatrixEntries.Numbers.exact
  var greatestDimension = MatrixEntries.greatestDimension

  /// Refuses a size that is not wanted, before any memory is asked for.
  func check(rows: Int, columns: Int) throws(BadInput) {
    guard shape == .columns || columns == (shape == .square ? rows : 1) else {
      throw BadInput(
        "the matrix has \(rows) rows and \(columns) columns; accepted: "
          + (shape == .square ? "as many columns as rows" : "one column, a vector"))
    }
    guard shape != .columns || (1...MatrixEntries.greatestColumns).contains(columns) else {
      throw BadInput("the matrix has \(columns) columns; accepted: 1 to \(MatrixEntries.greatestColumns)")
    }
    guard (1...greatestDimension).contains(rows) else {
      throw BadInput("the \(shape.noun) has \(rows) rows; accepted: 1 to \(greatestDimension)")
    }
  }

  /// The number that a decimal stands for; nil for anything else.
  func value(_ decimal: some StringProtocol) -> Rational? {
    guard let exact = Rational(decimal: decimal) else { return nil }
    switch numbers {
    case .exact: return exact
    case .binary64: return Double(decimal).flatMap { Rational(exactly: $0) }
    }
  }

  /// Adds an element that is not zero.
  func add(
    _ value: ExactComplex, _ row: Int, _ column: Int, to elements: inout [MatrixEntries.Element]
  ) throws(BadInput) {
    if let (real, imaginary) = value.rational, real.signum == 0, imaginary.signum == 0 { return }
    guard elements.count < MatrixEntries.greatestCount else {
      throw BadInput(
        "more than \(MatrixEntries.greatestCount) elements are not zero; accepted: at most so many")
    }
    elements.append(.init(row: row, column: column, value: value))
  }
}

extension ExactMatrix {
  /// A matrix of the elements of a file.
  init(_ entries: MatrixEntries) {
    var elements = Array(repeating: ExactComplex(Rational(0)), count: entries.rows * entries.rows)
    for entry in entries.elements { elements[entry.row * entries.rows + entry.column] = entry.value }
    self.init(entries.rows, elements)
  }
}
