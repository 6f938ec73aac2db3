/// Approximate eigenvectors of a Hermitian matrix in doubles, by Jacobi's rotations in cyclic order; nothing is proved
/// of them.
///
/// An element a_pq = |a| e^(i phi) is removed by p' = c p - s e^(-i phi) q and q' = s e^(i phi) p + c q with t = s/c,
/// the smaller root of t^2 + 2 t (a_qq - a_pp)/(2 |a|) - 1 = 0 (Golub and Van Loan, Matrix Computations, Sec. 8.5).
struct JacobiSeed {
  let dimension: Int
  let isComplex: Bool
  /// Columns of A, and of the eigenvectors; imaginary parts are empty for a real matrix.
  private var real: [Double]
  private var imaginary: [Double]
  private(set) var vectors: [Double]
  private(set) var imaginaryVectors: [Double]

  private static let greatestSweeps = 40

  /// The matrix given by columns, which has to be Hermitian.
  init(
    dimension n: Int, real: [Double], imaginary: [Double], within budget: Budget
  ) throws(Unanswered) {
    (dimension, isComplex) = (n, !imaginary.isEmpty)
    (self.real, self.imaginary) = (real, imaginary)
    vectors = (0..<n * n).map { $0 / n == $0 % n ? 1 : 0 }
    imaginaryVectors = isComplex ? Array(repeating: 0, count: n * n) : []
    let size = zip(real, isComplex ? imaginary : Array(repeating: 0, count: n * n))
      .reduce(0) { max($0, abs($1.0), abs($1.1)) }
    guard size > 0, size.isFinite else { return }
    // Only ratios matter, and this way squares neither vanish nor overflow.
    for k in self.real.indices { self.real[k] /= size }
    for k in self.imaginary.indices { self.imaginary[k] /= size }
    for _ in 0..<JacobiSeed.greatestSweeps {
      if try sweep(within: budget) { break }
    }
  }

  /// One rotation for each pair; whether none was needed.
  private mutating func sweep(within budget: Budget) throws(Unanswered) -> Bool {
    let n = dimension
    var isDone = true
    for p in 0..<n {
      try budget.check()
      for q in stride(from: p + 1, to: n, by: 1) {
        let place = q * n + p
        let (x, y) = (real[place], isComplex ? imaginary[place] : 0)
        let size = (x * x + y * y).squareRoot()
        let (a, b) = (real[p * n + p], real[q * n + q])
        // Small against both the difference of the diagonal elements and their unit.
        if size <= 0x1p-58 { continue }
        isDone = false
        let tau = (b - a) / (2 * size)
        let t = (tau < 0 ? -1.0 : 1.0) / (abs(tau) + (1 + tau * tau).squareRoot())
        let c = 1 / (1 + t * t).squareRoot()
        rotate(p, q, c, t * c, x / size, y / size)
        let (first, second) = (a - t * size, b + t * size)
        real[p * n + p] = first
        real[q * n + q] = second
        real[q * n + p] = 0
        real[p * n + q] = 0
        if isComplex {
          for k in [p * n + p, q * n + q, q * n + p, p * n + q] { imaginary[k] = 0 }
        }
      }
    }
    return isDone
  }

  private mutating func rotate(_ p: Int, _ q: Int, _ c: Double, _ s: Double, _ u: Double, _ v: Double) {
    let n = dimension
    if isComplex {
      JacobiSeed.turn(&real, &imaginary, n, p, q, c, s, u, v)
      JacobiSeed.turn(&vectors, &imaginaryVectors, n, p, q, c, s, u, v)
    } else {
      JacobiSeed.turn(&real, n, p, q, c, s * u)
      JacobiSeed.turn(&vectors, n, p, q, c, s * u)
    }
    // Rows are the conjugates of columns.
    for k in 0..<n where k != p && k != q {
      real[k * n + p] = real[p * n + k]
      real[k * n + q] = real[q * n + k]
      if isComplex {
        imaginary[k * n + p] = -imaginary[p * n + k]
        imaginary[k * n + q] = -imaginary[q * n + k]
      }
    }
  }

  private static func turn(_ a: inout [Double], _ n: Int, _ p: Int, _ q: Int, _ c: Double, _ s: Double) {
    a.withUnsafeMutableBufferPointer { a in
      for k in 0..<n {
        let (x, y) = (a[p * n + k], a[q * n + k])
        a[p * n + k] = c * x - s * y
        a[q * n + k] = s * x + c * y
      }
    }
  }

  private static func turn(
    _ a: inout [Double], _ b: inout [Double], _ n: Int, _ p: Int, _ q: Int, _ c: Double, _ s: Double, _ u: Double,
    _ v: Double
  ) {
    a.withUnsafeMutableBufferPointer { a in
      b.withUnsafeMutableBufferPointer { b in
        for k in 0..<n {
          let (x, xi) = (a[p * n + k], b[p * n + k])
          let (y, yi) = (a[q * n + k], b[q * n + k])
          // e^(-i phi) q, and e^(i phi) p.
          a[p * n + k] = c * x - s * (u * y + v * yi)
          b[p * n + k] = c * xi - s * (u * yi - v * y)
          a[q * n + k] = s * (u * x - v * xi) + c * y
          b[q * n + k] = s * (u * xi + v * x) + c * yi
        }
      }
    }
  }
}
