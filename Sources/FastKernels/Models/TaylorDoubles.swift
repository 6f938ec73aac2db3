/// Steps of x' = M(t) x, M(t) = M_0 + sum over j of f_j(t) M_j, by Taylor's series in doubles, with a bound of the
/// defect of the computed path.
///
/// In a step of length h, at t + h s, X(s) = sum over n <= m of X_n s^n with doubles X_n, and g_ji = h^(i+1) f_ji:
///
///     (n + 1) X_(n+1) = sum over j of M_j (sum over i <= n of g_ji X_(n-i)).                                      (1)
///
/// The defect X' - h M X has at the power n what both sides of (1) differ by, the powers from m on, and what the f_j
/// are off their polynomials: in the 2-norm its integral over the step is at most the sum of these, the one of n over
/// n + 1. Where no propagator enlarges a norm, the true path is as near. With u = 2^-52, in arithmetic with |fl(x op y)
/// - x op y| <= u |x op y| + 2^-1074 (to nearest or in any direction), a sum of k numbers off by (k - 1) u (1 + 2^-20)
/// times that of the magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., Sec. 3.1):
///
/// 1. A sum of l products g X is off by (l + 1) u times the sum of |g||X|, and by that of the radii of g times |X|.
/// 2. A row of w elements, added to what the other matrices made, is off by (w + 1 + j) u times its magnitudes: with B
///    at least the 2-norm of the magnitudes of M_j, (w + 1 + j) u B. The radii of M_j are a matrix with a norm below r.
/// 3. The quotient by n + 1 is off by u |X_(n+1)|, and so is each sum that adds a term to X(1), by u times the lengths
///    so far.
/// 4. Lengths are sums of squares whose roundings are within 2^-20 of them. What vanishes below 2^-1022 is below 2^-480
///    in all.
public struct TaylorDoubles: Sendable {
  /// An element of a matrix, and how far it can be from the one that is meant.
  public struct Entry: Sendable {
    let row: Int
    let column: Int
    let value: Double
    let radius: Double

    /// An element in a row and a column, both from 0; one of each place.
    public init(row: Int, column: Int, value: Double, radius: Double) {
      (self.row, self.column, self.value, self.radius) = (row, column, value, radius)
    }
  }

  /// A number and how far it can be from the one that is meant.
  public typealias Factor = (value: Double, radius: Double)

  private struct Matrix {
    var starts: [Int]
    var columns: [Int32] = []
    var values: [Double] = []
    var width = 0
    /// At least the 2-norm of the matrix of magnitudes, by Schur's test.
    var norm = 0.0
    /// The same of the radii.
    var radius = 0.0
  }

  /// The number of elements of a vector.
  public let dimension: Int
  /// The number of elements of all matrices.
  public let count: Int
  private let matrices: [Matrix]

  /// At least |M_0|, |M_1| and so on in the 2-norm.
  public var norms: [Double] { matrices.map { ($0.norm + $0.radius) * (1 + 0x1p-20) } }

  private static let unit = 0x1p-52
  private static let slack = 1 + 0x1p-20
  private static let greatestOrder = 120

  /// The flow of some matrices.
  ///
  /// - Throws: ``KernelRefusal`` for elements beyond 2^300.
  public init(dimension: Int, _ matrices: [[Entry]]) throws(KernelRefusal) {
    self.dimension = dimension
    count = matrices.reduce(0) { $0 + $1.count }
    var result: [Matrix] = []
    for entries in matrices {
      var matrix = Matrix(starts: [Int](repeating: 0, count: dimension + 1))
      let zeros = [Double](repeating: 0, count: dimension)
      var (rows, columns, rowRadii, columnRadii) = (zeros, zeros, zeros, zeros)
      for entry in entries {
        guard abs(entry.value) <= 0x1p300, entry.radius <= 0x1p300 else {
          throw KernelRefusal("the generator is outside the kernel's domain; accepted: elements up to 2^300")
        }
        matrix.starts[entry.row + 1] += 1
        rows[entry.row] += abs(entry.value)
        columns[entry.column] += abs(entry.value)
        rowRadii[entry.row] += entry.radius
        columnRadii[entry.column] += entry.radius
      }
      matrix.width = matrix.starts.max() ?? 0
      for row in 0..<dimension { matrix.starts[row + 1] += matrix.starts[row] }
      var places = matrix.starts
      matrix.columns = [Int32](repeating: 0, count: entries.count)
      matrix.values = [Double](repeating: 0, count: entries.count)
      for entry in entries {
        matrix.columns[places[entry.row]] = Int32(entry.column)
        matrix.values[places[entry.row]] = entry.value
        places[entry.row] += 1
      }
      func schur(_ a: [Double], _ b: [Double]) -> Double {
        let product = (a.max() ?? 0) * (b.max() ?? 0)
        return product > 0 ? product.squareRoot() * (1 + 0x1p-19) + 0x1p-480 : max(a.max() ?? 0, b.max() ?? 0)
      }
      matrix.norm = schur(rows, columns)
      matrix.radius = schur(rowRadii, columnRadii)
      result.append(matrix)
    }
    self.matrices = result
  }

  /// Takes a step from the doubles that stand in a vector.
  ///
  /// - Parameters:
  ///   - factors: the g_ji of each matrix; none of a matrix that does not act.
  ///   - remainders: at least h times what each f_j is off its polynomial.
  /// - Returns: at least the defect of the step, and what its end is off X(1), in the 2-norm.
  public func step(
    _ vector: inout [Double], factors: [[Factor]], remainders: [Double]
  ) throws(KernelRefusal) -> Double {
    let u = TaylorDoubles.unit
    let tails = factors.map { own in
      own.indices.map { place in own[place...].reduce(0) { $0 + abs($1.value) + $1.radius } * Self.slack }
    }
    let isConstant = factors.allSatisfy { $0.count <= 1 }
    var terms = [vector]
    var lengths = [length(vector)]
    var (error, total) = (0.0, lengths[0])
    var source = [Double](repeating: 0, count: dimension)
    for n in 0..<Self.greatestOrder {
      var next = [Double](repeating: 0, count: dimension)
      var defect = 0.0
      for (j, matrix) in matrices.enumerated() where !factors[j].isEmpty && !matrix.values.isEmpty {
        let last = min(n, factors[j].count - 1)
        var (size, missed) = (0.0, 0.0)
        for i in 0...last {
          let (factor, length) = (factors[j][i], lengths[n - i])
          add(factor.value, terms[isConstant ? 0 : n - i], to: &source, isFirst: i == 0)
          size += abs(factor.value) * length
          missed += factor.radius * length
        }
        apply(matrix, source, adding: &next)
        let roundings = Double(last + 2) + Double(matrix.width + 1 + matrices.count)
        defect += matrix.norm * (missed + roundings * u * size) + matrix.radius * (size + missed)
      }
      let divisor = Double(n + 1)
      for k in 0..<dimension {
        next[k] /= divisor
        vector[k] += next[k]
      }
      lengths.append(length(next))
      total += lengths[n + 1]
      error += (defect / divisor + u * (lengths[n + 1] + total)) * Self.slack + 0x1p-470
      if isConstant { terms[0] = next } else { terms.append(next) }
      let truncation = truncation(tails, lengths)
      guard total.isFinite, error.isFinite else {
        throw KernelRefusal("a step is beyond the range of doubles")
      }
      if truncation <= u * lengths[0] / 4 || truncation <= 0x1p-400 {
        let drive = zip(remainders, matrices).reduce(0) { $0 + $1.0 * $1.1.norm + $1.0 * $1.1.radius }
        return (error + truncation + drive * total) * Self.slack
      }
    }
    throw KernelRefusal("Taylor's series did not get small")
  }

  /// The powers from m on: the sum over j, k and i with k + i >= m of |M_j| |g_ji| |X_k|/(k + i + 1).
  private func truncation(_ tails: [[Double]], _ lengths: [Double]) -> Double {
    let m = lengths.count - 1
    var result = 0.0
    for (tail, matrix) in zip(tails, matrices) where !tail.isEmpty {
      var own = 0.0
      for k in max(0, m - tail.count + 1)...m { own += lengths[k] * tail[m - k] }
      result += own * (matrix.norm + matrix.radius) / Double(m + 1)
    }
    return result * Self.slack
  }

  private func add(_ factor: Double, _ vector: [Double], to sum: inout [Double], isFirst: Bool) {
    if isFirst {
      for k in 0..<dimension { sum[k] = factor * vector[k] }
    } else {
      for k in 0..<dimension { sum[k] += factor * vector[k] }
    }
  }

  private func apply(_ matrix: Matrix, _ vector: [Double], adding target: inout [Double]) {
    vector.withUnsafeBufferPointer { vector in
      for row in 0..<dimension {
        var sum = 0.0
        for place in matrix.starts[row]..<matrix.starts[row + 1] {
          sum += matrix.values[place] * vector[Int(matrix.columns[place])]
        }
        target[row] += sum
      }
    }
  }

  /// At least the 2-norm.
  private func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot() * Self.slack + 0x1p-490
  }
}
