import ArbitraryPrecision

/// A Hermitian matrix of enclosures: every Hermitian matrix with elements inside them.
///
/// Elements are stored once, with those above the diagonal the conjugates of those below, and real on it. Elements that
/// are exactly zero cost nothing in products.
public struct HermitianMatrix: Sendable {
  /// The number of rows and columns.
  public let dimension: Int
  /// The bits of the elements.
  public let precision: Int
  /// The elements on and below the diagonal, row after row; no imaginary parts for a real matrix.
  private var real: [Interval]
  private var imaginary: [Interval]

  /// Whether there are imaginary parts.
  public var isComplex: Bool { !imaginary.isEmpty }

  /// The real symmetric matrix with elements on and below the diagonal.
  public init(symmetric dimension: Int, precision: Int, element: (_ row: Int, _ column: Int) -> Interval) {
    demand(dimension >= 1, "HermitianMatrix: at least one row")
    (self.dimension, self.precision) = (dimension, precision)
    real = (0..<dimension).flatMap { row in (0...row).map { element(row, $0).rounded(to: precision) } }
    imaginary = []
  }

  /// The identity matrix.
  public init(identity dimension: Int, precision: Int) {
    self.init(symmetric: dimension, precision: precision) { Interval($0 == $1 ? 1 : 0, precision: precision) }
  }

  /// The Hermitian matrix with elements on and below the diagonal, of which the imaginary parts on the diagonal are not
  /// used.
  public init(_ dimension: Int, precision: Int, element: (_ row: Int, _ column: Int) -> ComplexInterval) {
    demand(dimension >= 1, "HermitianMatrix: at least one row")
    (self.dimension, self.precision) = (dimension, precision)
    (real, imaginary) = ([], [])
    for row in 0..<dimension {
      for column in 0...row {
        let value = element(row, column)
        real.append(value.real.rounded(to: precision))
        imaginary.append(row == column ? Interval(0, precision: precision) : value.imaginary.rounded(to: precision))
      }
    }
  }

  /// The real tridiagonal matrix of a diagonal and of the elements next to it, one fewer.
  public init(diagonal: [Interval], offDiagonal: [Interval], precision: Int) {
    demand(
      offDiagonal.count == diagonal.count - 1, "HermitianMatrix: one element beside the diagonal fewer than on it")
    let zero = Interval(0, precision: precision)
    self.init(symmetric: diagonal.count, precision: precision) { row, column in
      row == column ? diagonal[row] : row == column + 1 ? offDiagonal[column] : zero
    }
  }

  private func place(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }

  /// An element.
  public subscript(row: Int, column: Int) -> ComplexInterval {
    let (low, high) = (min(row, column), max(row, column))
    let index = place(high, low)
    let x = real[index]
    guard isComplex else { return ComplexInterval(x, Interval(0, precision: precision)) }
    return ComplexInterval(x, row >= column ? imaginary[index] : -imaginary[index])
  }

  /// The real part of an element.
  public func realPart(_ row: Int, _ column: Int) -> Interval { real[place(max(row, column), min(row, column))] }

  /// The sum of the diagonal.
  public var trace: Interval { (0..<dimension).reduce(Interval(0, precision: precision)) { $0 + real[place($1, $1)] } }

  /// Combines two matrices element by element, by an operation that is real linear.
  private func combined(
    _ other: HermitianMatrix, _ operation: (Interval, Interval) -> Interval
  ) -> HermitianMatrix {
    demand(dimension == other.dimension, "HermitianMatrix: dimensions differ")
    let precision = max(precision, other.precision)
    guard isComplex || other.isComplex else {
      return HermitianMatrix(symmetric: dimension, precision: precision) {
        operation(realPart($0, $1), other.realPart($0, $1))
      }
    }
    return HermitianMatrix(dimension, precision: precision) { row, column in
      let (a, b) = (self[row, column], other[row, column])
      return ComplexInterval(operation(a.real, b.real), operation(a.imaginary, b.imaginary))
    }
  }

  /// The sum.
  public static func + (a: HermitianMatrix, b: HermitianMatrix) -> HermitianMatrix { a.combined(b, +) }

  /// The difference.
  public static func - (a: HermitianMatrix, b: HermitianMatrix) -> HermitianMatrix { a.combined(b, -) }

  /// The product with a real number.
  public static func * (factor: Interval, a: HermitianMatrix) -> HermitianMatrix {
    a.combined(a) { x, _ in factor * x }
  }

  /// Tr(A B), which is real.
  public func trace(with other: HermitianMatrix) -> Interval {
    demand(dimension == other.dimension, "HermitianMatrix: dimensions differ")
    var sum = Interval(0, precision: max(precision, other.precision))
    for row in 0..<dimension {
      for column in 0...row {
        let (a, b) = (self[row, column], other[row, column])
        // Of a_jk b_kj and its conjugate.
        let product = a.real * b.real + a.imaginary * b.imaginary
        sum = sum + (row == column ? product : product.scaled(byPowerOfTwo: 1))
      }
    }
    return sum
  }

  /// Tr(A^2), the sum of squares of all elements.
  public var squaredNorm: Interval {
    var sum = Interval(0, precision: precision)
    for row in 0..<dimension {
      for column in 0...row {
        let square = self[row, column].squaredMagnitude
        sum = sum + (row == column ? square : square.scaled(byPowerOfTwo: 1))
      }
    }
    return sum
  }
}
