/// Complex numbers as two lists of doubles.
public struct ComplexVector: Sendable {
  /// The real parts.
  public var real: [Double]
  /// The imaginary parts.
  public var imaginary: [Double]

  /// Zeros.
  public init(zeros count: Int) {
    real = [Double](repeating: 0, count: count)
    imaginary = real
  }

  /// How many numbers there are.
  public var count: Int { real.count }

  /// At least the 2-norm: a sum of n squares is off by less than 2^-20 of it for n up to 2^30, and squares below
  /// 2^-1022 may vanish.
  public var length: Double { length(of: 0..<count) }

  /// At least the 2-norm of some of the numbers.
  public func length(of range: Range<Int>) -> Double {
    var sum = 0.0
    for k in range { sum += real[k] * real[k] + imaginary[k] * imaginary[k] }
    return sum.squareRoot() * (1 + 0x1p-20) + 0x1p-480
  }

  /// The same numbers and zeros after them.
  public func extended(to count: Int) -> ComplexVector {
    var result = self
    let more = [Double](repeating: 0, count: max(0, count - self.count))
    result.real += more
    result.imaginary += more
    return result
  }
}

/// A Hermitian matrix in doubles with a bound of its distance from the one that is meant.
public struct HermitianElements: Sendable {
  /// An element with row < column; its mirror image is the conjugate.
  public struct Element: Sendable {
    let row: Int
    let column: Int
    let real: Double
    let imaginary: Double
    /// At least the distance of the element from the one that is meant.
    let radius: Double

    /// An element above the diagonal.
    public init(row: Int, column: Int, real: Double, imaginary: Double, radius: Double) {
      (self.row, self.column, self.real, self.imaginary) = (row, column, real, imaginary)
      self.radius = radius
    }

    /// At least its magnitude: two products, a sum and a root round by less than 2^-50 of it.
    var size: Double { (real * real + imaginary * imaginary).squareRoot() * (1 + 0x1p-48) }
  }

  /// The elements above the diagonal that are not zero.
  public var elements: [Element] = []
  /// The diagonal, which is real, with the radius of each element.
  public var diagonal: [(value: Double, radius: Double)] = []

  /// No elements.
  public init() {}

  /// The dimension.
  public var dimension: Int { diagonal.count }
}
