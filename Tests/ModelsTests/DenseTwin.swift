import ArbitraryPrecision
import RigorousNumerics

/// A complex matrix of enclosures by its real and imaginary part: products, sums and the exponential of -itH by the
/// doubled real matrix in interval arithmetic. Nothing of it knows of sectors, phases or words of letters.
struct DenseMatrix {
  var real: IntervalMatrix
  var imaginary: IntervalMatrix

  var dimension: Int { real.dimension }

  init(zero dimension: Int, _ precision: Int) {
    real = IntervalMatrix(zero: dimension, precision: precision)
    imaginary = real
  }

  init(identity dimension: Int, _ precision: Int) {
    real = IntervalMatrix(identity: dimension, precision: precision)
    imaginary = IntervalMatrix(zero: dimension, precision: precision)
  }

  /// The matrix with real elements.
  init(_ rows: [[Interval]]) {
    self.init(zero: rows.count, rows[0][0].precision)
    for (i, row) in rows.enumerated() { for (j, value) in row.enumerated() { real[i, j] = value } }
  }

  static func + (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    var result = a
    (result.real, result.imaginary) = (a.real + b.real, a.imaginary + b.imaginary)
    return result
  }

  static func * (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    var result = a
    result.real = a.real * b.real + (a.imaginary * b.imaginary).map { -$0 }
    result.imaginary = a.real * b.imaginary + a.imaginary * b.real
    return result
  }

  /// The product with x + iy.
  func scaled(_ x: Interval, _ y: Interval) -> DenseMatrix {
    var result = self
    result.real = real.map { $0 * x } + imaginary.map { -($0 * y) }
    result.imaginary = real.map { $0 * y } + imaginary.map { $0 * x }
    return result
  }

  var adjoint: DenseMatrix {
    var result = self
    for i in 0..<dimension {
      for j in 0..<dimension { (result.real[i, j], result.imaginary[i, j]) = (real[j, i], -imaginary[j, i]) }
    }
    return result
  }

  /// Kronecker's product, the first factor slowest.
  static func kron(_ a: DenseMatrix, _ b: DenseMatrix) -> DenseMatrix {
    let n = b.dimension
    var result = DenseMatrix(zero: a.dimension * n, a.real.precision)
    for i in 0..<result.dimension {
      for j in 0..<result.dimension {
        let (x, y) = (a.real[i / n, j / n], a.imaginary[i / n, j / n])
        let (u, v) = (b.real[i % n, j % n], b.imaginary[i % n, j % n])
        (result.real[i, j], result.imaginary[i, j]) = (x * u - y * v, x * v + y * u)
      }
    }
    return result
  }

  func applied(_ vector: (real: [Interval], imaginary: [Interval])) -> (real: [Interval], imaginary: [Interval]) {
    let (x, y) = vector
    return (
      zip(real.applied(to: x), imaginary.applied(to: y)).map { $0 - $1 },
      zip(real.applied(to: y), imaginary.applied(to: x)).map { $0 + $1 }
    )
  }

  /// exp(-itH) of this Hermitian H on a vector.
  func evolved(
    _ vector: (real: [Interval], imaginary: [Interval]), _ time: Interval
  ) throws -> (real: [Interval], imaginary: [Interval]) {
    let d = dimension
    var generator = IntervalMatrix(zero: 2 * d, precision: real.precision)
    for i in 0..<d {
      for j in 0..<d {
        (generator[i, j], generator[d + i, d + j]) = (imaginary[i, j] * time, imaginary[i, j] * time)
        (generator[i, d + j], generator[d + i, j]) = (real[i, j] * time, -(real[i, j] * time))
      }
    }
    let end = try generator.exponential(within: Budget(seconds: 600)).applied(to: vector.real + vector.imaginary)
    return (Array(end[..<d]), Array(end[d...]))
  }
}
