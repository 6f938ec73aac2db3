/// The largest eigenvalue of a symmetric matrix M in doubles, bounded from below by Rayleigh's quotient and from above
/// by a factorisation of c - M.
///
/// Magnitudes are at most about one, u = 2^-53, d is the dimension, and what underflows is below 2^-1000 of them.
struct LargestEigenvalue {
  let dimension: Int
  /// Rows of the symmetric matrix.
  private let elements: [Double]
  private var work: [Double]

  /// The matrix with the elements given for rows and for columns up to the row.
  init(dimension: Int, _ element: (_ row: Int, _ column: Int) -> Double) {
    self.dimension = dimension
    var elements = Array(repeating: 0.0, count: dimension * dimension)
    for row in 0..<dimension {
      for column in 0...row {
        let value = element(row, column)
        (elements[row * dimension + column], elements[column * dimension + row]) = (value, value)
      }
    }
    (self.elements, work) = (elements, elements)
  }

  /// Rayleigh's quotient of a vector q that should be close to the eigenvector, and at least its error as a number for
  /// the exact q.
  ///
  /// q is the column with the greatest diagonal element of a high power of M; nothing is proved of it. M q and q'(M q)
  /// round by 2d u |q|'|M||q| <= 2d u F |q|^2 with the Frobenius norm F, q'q by d u of itself, the quotient by u, and
  /// the quotient is at most F: (3d + 1) u F, and second orders. The largest eigenvalue is at least the exact quotient.
  mutating func quotient() -> (value: Double, error: Double) {
    raise()
    let d = dimension
    let best = (0..<d).reduce(0) { work[$1 * d + $1] > work[$0 * d + $0] ? $1 : $0 }
    var (product, square, norm) = (0.0, 0.0, 0.0)
    for row in 0..<d {
      var sum = 0.0
      for k in 0..<d {
        let element = elements[row * d + k]
        sum += element * work[best * d + k]
        norm += element * element
      }
      product += sum * work[best * d + row]
      square += work[best * d + row] * work[best * d + row]
    }
    guard square > 0 else { return (0, .infinity) }
    return (product / square, 1.01 * Double(3 * d + 1) * 0x1p-53 * norm.squareRoot())
  }

  /// Squares the matrix in the working place, with a trace of one, until one eigenvalue is left or 2^40 is the power.
  private mutating func raise() {
    let d = dimension
    work = elements
    var next = work
    for _ in 0..<40 {
      let trace = (0..<d).reduce(0) { $0 + work[$1 * d + $1] }
      guard trace > 0 else { return }
      for k in work.indices { work[k] /= trace }
      var trace2 = 0.0
      work.withUnsafeBufferPointer { work in
        next.withUnsafeMutableBufferPointer { next in
          for row in 0..<d {
            for column in 0...row {
              var sums = SIMD4<Double>()
              var k = 0
              while k + 4 <= d {
                for lane in 0..<4 { sums[lane] += work[row * d + k + lane] * work[column * d + k + lane] }
                k += 4
              }
              var sum = sums.sum()
              while k < d {
                sum += work[row * d + k] * work[column * d + k]
                k += 1
              }
              (next[row * d + column], next[column * d + row]) = (sum, sum)
              if row == column { trace2 += sum }
            }
          }
        }
      }
      swap(&work, &next)
      if trace2 > 1 - 0x1p-46 { return }
    }
  }

  /// An upper bound of all eigenvalues from Cholesky's factorisation of c - M, c > 0 and M with a diagonal in 0 ... c;
  /// nil when it breaks down.
  ///
  /// Where the factorisation of a matrix A comes to its end, R'R = A + E with |E| <= g |R'||R|, g = (d + 1) u/(1 -
  /// (d + 1) u) (Higham, Accuracy and Stability of Numerical Algorithms, Theorem 10.3). The 2-norm of |R'||R| is at
  /// most tr R'R <= tr A + g tr R'R, so that A >= -tr A g/(1 - g), and tr A <= d c. The diagonal c - M_kk rounds by u
  /// c. Together: no eigenvalue of M is above c + (d (d + 1) + 1) u c, and second orders; computing this sum and
  /// product rounds by 2u c more.
  mutating func upperBound(trying c: Double) -> Double? {
    let d = dimension
    for row in 0..<d {
      for column in 0...row {
        var sum = row == column ? c - elements[row * d + row] : -elements[row * d + column]
        for k in 0..<column { sum -= work[row * d + k] * work[column * d + k] }
        if row == column {
          guard sum > 0, elements[row * d + row] >= 0 else { return nil }
          work[row * d + row] = sum.squareRoot()
        } else {
          work[row * d + column] = sum / work[column * d + column]
        }
      }
    }
    return c * (1 + 1.01 * Double(d * (d + 1) + 4) * 0x1p-53) + 0x1p-900
  }

  /// The largest eigenvalue of blocks and its error: from below by quotients, from above by the factorisation for a c
  /// that is raised until it ends.
  static func greatest(of blocks: inout [LargestEigenvalue]) throws(KernelRefusal) -> (value: Double, error: Double) {
    var (value, below) = (0.0, Double.infinity)
    for k in blocks.indices {
      let quotient = blocks[k].quotient()
      if quotient.value > value { (value, below) = (quotient.value, quotient.error) }
    }
    // Less than the factorisation rounds is not worth trying.
    let d = Double(blocks.map(\.dimension).max() ?? 1)
    var step = d * (d + 1) * 0x1p-53 * value
    while step < 0x1p-10 {
      var greatest: Double? = 0
      for k in blocks.indices {
        if let bound = blocks[k].upperBound(trying: value + step), let others = greatest {
          greatest = max(others, bound)
        } else {
          greatest = nil
        }
      }
      if let greatest { return (value, max(below, greatest - value)) }
      step *= 2
    }
    throw KernelRefusal("the state's largest eigenvalue is not bounded in binary64; accepted: fewer cells")
  }
}
