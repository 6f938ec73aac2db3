import ArbitraryPrecision

/// A proof that all eigenvalues of a real matrix A, given by enclosures of its elements, have negative real parts.
///
/// Lyapunov: where W is symmetric and positive definite, and
///
///     A'W + WA = -1 + K    with |K| <= q < 1,                                                                 (1)
///
/// v'Wv decays along every solution of v' = Av that is not zero. So no eigenvalue has a real part of zero or more.
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
enum StableMatrix {
  /// The most rows.
  static let greatestSize = 2500

  /// Whether it is proved: false where the proof does not come out in doubles.
  ///
  /// - Parameter entries: places that are given several times are added up.
  static func isProved(
    dimension n: Int, _ entries: [ContractiveFlow.Entry], within budget: Budget
  ) throws(Unanswered) -> Bool {
    demand(n > 0 && n <= StableMatrix.greatestSize, "StableMatrix: a size within the limit")
    let rows = InvertibleMatrix.rows(n, entries)
    let size = rows.map { $0.reduce(UpperBound.zero) { $0 + UpperBound($1.value.magnitude) } }.max() ?? .zero
    guard let exponent = size.value.binaryExponent else { return false }
    let scaled = Scaled(rows, by: -exponent)
    guard scaled.isFinite else { return false }
    let proof = try known.value(for: scaled.matrix, words: { _ in n * n }) { () throws(Unanswered) in
      try StableMatrix.proof(scaled, within: budget)
    }
    guard let proof else { return false }
    return (proof.defect + proof.norm * scaled.missed) * slack(n) < 0.5
  }

  /// What is known of a matrix of doubles.
  private struct Proof {
    /// At least the greatest row sum of |W|, and |K|.
    let (norm, defect): (Double, Double)
  }

  /// Proofs, and that there were none.
  private static let known = BoundedMemory<DoubleMatrix, Proof?>(words: 1 << 23)

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

  /// A W in doubles, and (1) for it without what A has beside its doubles.
  private static func proof(_ scaled: Scaled, within budget: Budget) throws(Unanswered) -> Proof? {
    let (a, n) = (scaled.matrix, scaled.matrix.size)
    guard let w = try lyapunov(a, within: budget), w.elements.allSatisfy(\.isFinite) else { return nil }
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
    q = (q + norm * (scaled.size * rounding) + 0x1p-50 + 0x1p-900) * slack(n)
    guard q < 0.5 else { return nil }
    try budget.check()
    guard isPositive(w, shift: Double(n + 16) * 0x1p-51 * trace * slack(n) + 0x1p-900) else { return nil }
    return Proof(norm: norm, defect: q)
  }

  /// About the W of (1), symmetric.
  private static func lyapunov(_ a: DoubleMatrix, within budget: Budget) throws(Unanswered) -> DoubleMatrix? {
    let n = a.size
    let s = max((a.elements.reduce(0) { $0 + $1 * $1 } / Double(n)).squareRoot(), 0x1p-60)
    var shifted = a
    for k in shifted.elements.indices { shifted.elements[k] = -shifted.elements[k] }
    for k in 0..<n { shifted[k, k] += s }
    guard let b = try shifted.inverse(within: budget) else { return nil }
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
}
