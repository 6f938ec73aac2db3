import ArbitraryPrecision

/// A real matrix A, given by enclosures of its elements, all of whose eigenvalues are proved to have negative real
/// parts, and its linear systems.
///
/// Lyapunov: where W is symmetric and positive definite, and
///
///     A'W + WA = -1 + K    with |K| <= q < 1,                                                                 (1)
///
/// v'Wv decays along every solution of v' = Av that is not zero. So no eigenvalue has a real part of zero or more, and
///
///     (1 - q) |v|^2 <= -v'(A'W + WA)v <= 2 |W| |v| |Av|,    |A^-1| <= 2 |W|/(1 - q).                          (2)
///
/// W comes in doubles from Smith's doubling of W = sum over j of (S')^j 2s B'B S^j with B = (s - A)^-1, S = 2sB - 1
/// (SIAM J. Appl. Math. 16, 198, 1968). What is proved is proved of the W that came out:
///
/// - (1): a sum of n products of doubles is off by at most g times the sum of their magnitudes, g = nu/(1 - nu), u =
///   2^-53; |K| is at most its greatest row sum, the symmetric K being seen to that; A'W and its transpose are off by
///   at most g (|A|_1 + |A|_max) |W| in row sums, likewise what A has beside its doubles.
/// - W is positive definite: where Cholesky's algorithm in doubles comes through on W - d, that matrix has no
///   eigenvalue below -g' tr W, g' = (n + 1)u/(1 - 2(n + 1)u) (Higham, Accuracy and Stability of Numerical Algorithms,
///   theorem 10.3; Rump, BIT 46, 433, 2006), and d is more than that.
///
/// Sums of numbers that are not negative are made greater by a factor above 1 + 8nu for their own rounding.
struct StableMatrix {
  /// The most rows.
  static let greatestSize = 1500

  let dimension: Int
  private let rows: [[(column: Int, value: Interval)]]
  /// About A^-1 times 2^exponent.
  private let inverse: DoubleMatrix
  private let exponent: Int
  /// At least |A^-1|.
  let inverseNorm: Interval

  /// nil where the proof does not come out in doubles.
  ///
  /// - Parameter entries: places that are given several times are added up.
  init?(dimension n: Int, _ entries: [ContractiveFlow.Entry], within budget: Budget) throws {
    demand(n > 0 && n <= StableMatrix.greatestSize, "StableMatrix: a size within the limit")
    dimension = n
    var sums = [[Int: Interval]](repeating: [:], count: n)
    for entry in entries {
      sums[entry.row][entry.column] = sums[entry.row][entry.column].map { $0 + entry.value } ?? entry.value
    }
    rows = sums.map { row in row.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) } }
    let size = rows.map { $0.reduce(UpperBound.zero) { $0 + UpperBound($1.value.magnitude) } }.max() ?? .zero
    guard let exponent = size.value.binaryExponent else { return nil }
    self.exponent = exponent
    let scaled = Scaled(rows, by: -exponent)
    guard let proof = try StableMatrix.proof(scaled, within: budget), let inverse = scaled.matrix.inverse else {
      return nil
    }
    self.inverse = inverse
    inverseNorm = proof.scaled(byPowerOfTwo: -exponent)
  }

  /// A times a power of two, as doubles, and what these miss.
  private struct Scaled {
    var matrix: DoubleMatrix
    /// At least the greatest sums of magnitudes in a row and in a column, added up: of the doubles and of the rest.
    let (size, missed): (Double, Double)
    /// Whether all of these are numbers.
    let isFinite: Bool

    init(_ rows: [[(column: Int, value: Interval)]], by exponent: Int) {
      let n = rows.count
      matrix = DoubleMatrix(zero: n)
      var (inRow, inColumn) = (0.0, [Double](repeating: 0, count: n))
      var (missedRow, missedColumn) = (0.0, [Double](repeating: 0, count: n))
      for (i, row) in rows.enumerated() {
        var (sum, rest) = (0.0, 0.0)
        for (j, value) in row {
          let value = value.scaled(byPowerOfTwo: exponent)
          let double = value.anchor?.double(rounding: .nearest) ?? .nan
          let miss =
            Interval(exactly: double, precision: 64).map { (value - $0).magnitude.double(rounding: .up) } ?? .nan
          matrix[i, j] = double
          sum += abs(double)
          rest += miss
          inColumn[j] += abs(double)
          missedColumn[j] += miss
        }
        inRow = max(inRow, sum)
        missedRow = max(missedRow, rest)
      }
      let slack = StableMatrix.slack(n)
      size = (inRow + (inColumn.max() ?? 0)) * slack
      missed = (missedRow + (missedColumn.max() ?? 0)) * slack
      // No number is not passed over by a greatest one.
      isFinite = (inColumn + missedColumn).allSatisfy(\.isFinite)
    }
  }

  private static func slack(_ n: Int) -> Double { 1 + Double(8 * n + 64) * 0x1p-53 }

  /// At least |A^-1|, by (2).
  private static func proof(_ scaled: Scaled, within budget: Budget) throws -> Interval? {
    let (a, n) = (scaled.matrix, scaled.matrix.size)
    guard scaled.isFinite, let w = try lyapunov(a, within: budget), w.elements.allSatisfy(\.isFinite) else {
      return nil
    }
    var (norm, trace) = (0.0, 0.0)
    for i in 0..<n {
      norm = max(norm, (0..<n).reduce(0) { $0 + abs(w[i, $1]) })
      trace += w[i, i]
    }
    norm *= slack(n)
    guard norm < 0x1p100, trace.isFinite, trace > 0 else { return nil }
    try budget.check()
    let product = a.transposed * w
    guard product.elements.allSatisfy(\.isFinite) else { return nil }
    var q = 0.0
    for i in 0..<n {
      q = max(q, (0..<n).reduce(0) { $0 + abs((product[i, $1] + product[$1, i]) + (i == $1 ? 1 : 0)) })
    }
    // Twice g, and the two sums above; 2^-900 is more than all that falls below the least double.
    let rounding = Double(n + 8) * 0x1p-52
    q = (q + norm * (scaled.size * rounding + scaled.missed) + 0x1p-50 + 0x1p-900) * slack(n)
    guard q < 0.5 else { return nil }
    try budget.check()
    guard isPositive(w, shift: Double(n + 16) * 0x1p-51 * trace * slack(n) + 0x1p-900) else { return nil }
    guard let size = Interval(exactly: norm, precision: 64), let rest = Interval(exactly: q, precision: 64) else {
      return nil
    }
    return 2 * size / (1 - rest)
  }

  /// About the W of (1), symmetric.
  private static func lyapunov(_ a: DoubleMatrix, within budget: Budget) throws -> DoubleMatrix? {
    let n = a.size
    let s = max((a.elements.reduce(0) { $0 + $1 * $1 } / Double(n)).squareRoot(), 0x1p-60)
    var shifted = a
    for k in shifted.elements.indices { shifted.elements[k] = -shifted.elements[k] }
    for k in 0..<n { shifted[k, k] += s }
    guard let b = shifted.inverse else { return nil }
    var (step, w) = (b, b.transposed * b)
    for k in step.elements.indices {
      step.elements[k] *= 2 * s
      w.elements[k] *= 2 * s
    }
    for k in 0..<n { step[k, k] -= 1 }
    for _ in 0..<60 {
      try budget.check()
      let more = step.transposed * (w * step)
      var (change, size) = (0.0, 0.0)
      for k in w.elements.indices {
        change = max(change, abs(more.elements[k]))
        w.elements[k] += more.elements[k]
        size = max(size, abs(w.elements[k]))
      }
      guard size < 0x1p90 else { return nil }
      if change <= 0x1p-54 * size {
        for i in 0..<n {
          for j in 0..<i {
            let mean = (w[i, j] + w[j, i]) / 2
            (w[i, j], w[j, i]) = (mean, mean)
          }
        }
        return w
      }
      step = step * step
    }
    return nil
  }

  /// Whether Cholesky's algorithm comes through on W - d.
  private static func isPositive(_ w: DoubleMatrix, shift: Double) -> Bool {
    let n = w.size
    // Rows of the lower factor.
    var factor = w
    return factor.elements.withUnsafeMutableBufferPointer { l in
      for i in 0..<n {
        for j in 0...i {
          var sum = l[i * n + j] - (i == j ? shift : 0)
          for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
          if i == j {
            guard sum > 0, sum.isFinite else { return false }
            l[i * n + i] = sum.squareRoot()
          } else {
            l[i * n + j] = sum / l[j * n + j]
          }
        }
      }
      return true
    }
  }

  // MARK: - Systems

  /// The solution of Ax = b, each element within its error: x is refined by the approximate inverse, and |x - A^-1 b|
  /// is at most |A^-1| |Ax - b|.
  func solution(_ b: [Interval], precision: Int, within budget: Budget) throws -> [Interval] {
    var x = b.map { _ in Interval(0, precision: precision) }
    var best: (x: [Interval], error: BigFloat)?
    while true {
      try budget.check()
      let rest = zip(rows, b).map { row, value in row.reduce(value) { $0 - $1.value * x[$1.column] } }
      let error = rest.reduce(Interval(0, precision: 64)) { $0 + $1.rounded(to: 64).absoluteValue.squared }
        .squareRoot.upper
      guard error.isFinite else { break }
      // Until an eighth is no longer gained.
      if let known = best, error.scaled(byPowerOfTwo: 3, rounding: .up) > known.error {
        if error < known.error { best = (x, error) }
        break
      }
      best = (x, error)
      guard let size = error.binaryExponent else { break }
      let doubles = rest.map {
        $0.anchor?.scaled(byPowerOfTwo: -size, rounding: .nearest).double(rounding: .nearest) ?? 0
      }
      x = x.enumerated().map { i, old in
        let sum = (0..<dimension).reduce(0) { $0 + inverse[i, $1] * doubles[$1] }
        guard let change = Interval(exactly: sum, precision: precision) else { return old }
        let new = old + change.scaled(byPowerOfTwo: size - exponent)
        return new.anchor.map { Interval($0) } ?? old
      }
    }
    guard let best else { throw Unanswered(undecided: "a linear system has no bounded right side") }
    let radius = Interval.ball(inverseNorm * Interval(best.error))
    return best.x.map { $0 + radius }
  }
}
