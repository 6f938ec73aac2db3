import ArbitraryPrecision

/// The greatest real part of the eigenvalues of a real matrix A, where one eigenvalue, or one with its conjugate, has
/// it.
///
/// **An eigenvalue.** With y = (x, z), F(y) = (A x - z x, x_k - 1) and J its derivative,
///
///     F(y + h) = F(y) + J h + Q(h),    |Q(h)| <= k |h|^2
///
/// in the greatest element: k = 1 for real z, and for complex ones, real and imaginary parts being two elements, k = 2.
/// Where |J^-1| <= b and 4 k b^2 |F(y)| <= 1 the map h -> -J^-1 (F(y) + Q(h)) leads the ball of radius 2 b |F(y)| into
/// itself, so by Brouwer's theorem it holds an h with F(y + h) = 0: an eigenvalue with its vector.
///
/// **No other one to the right.** With X the eigenvector, or its real and its imaginary part, A X = X O, and any C, the
/// eigenvalues of A + X C are those of A but for those of O, in whose place those of O + C X stand (H. Perfect, Duke
/// Math. J. 22, 305, 1955). C is chosen so that the latter are far to the left. Where all eigenvalues of A + X C + m
/// are proved to have negative real parts, m >= -Re z, no other eigenvalue of A is as far to the right as z.
enum RightmostEigenvalue {
  /// The most rows.
  static let greatestSize = 400

  /// - Returns: nil where it is not proved.
  static func realPart(
    dimension n: Int, _ entries: [ContractiveFlow.Entry], precision: Int, within budget: Budget
  ) throws(Unanswered) -> Interval? {
    let rows = InvertibleMatrix.rows(n, entries)
    if n == 1 { return rows[0].first?.value ?? Interval(0, precision: precision) }
    guard let guess = try guess(n, rows, within: budget) else { return nil }
    guard let pair = try Pair(n, rows, near: guess, precision: precision, within: budget) else { return nil }
    return try pair.isAlone(within: budget) ? pair.realPart : nil
  }

  private static func doubles(_ n: Int, _ rows: [[(column: Int, value: Interval)]]) -> DoubleMatrix {
    var matrix = DoubleMatrix(zero: n)
    for (i, row) in rows.enumerated() {
      for (j, value) in row { matrix[i, j] = value.anchor?.double(rounding: .nearest) ?? 0 }
    }
    return matrix
  }

  /// About an eigenvalue with its vector; one that is real has no imaginary part.
  private struct Guess {
    let value: ComplexDouble
    let vector: [ComplexDouble]
    let isReal: Bool
  }

  private static func guess(
    _ n: Int, _ rows: [[(column: Int, value: Interval)]], within budget: Budget
  ) throws(Unanswered) -> Guess? {
    let matrix = doubles(n, rows)
    guard let values = try matrix.eigenvalues(within: budget), let last = values.max(by: { $0.re < $1.re }),
      let greatest = values.map(\.magnitude).max()
    else { return nil }
    let isReal = abs(last.im) <= 0x1p-26 * greatest
    let (value, parts) = (isReal ? ComplexDouble(last.re) : last, isReal ? 1 : 2)
    // Inverse iteration, a little beside the eigenvalue; real and imaginary parts after one another.
    var shifted = DoubleMatrix(zero: parts * n)
    let beside = value.re + 0x1p-30 * greatest
    for i in 0..<n {
      for j in 0..<n {
        for part in 0..<parts { shifted[part * n + i, part * n + j] = matrix[i, j] - (i == j ? beside : 0) }
      }
      if !isReal {
        shifted[i, n + i] = value.im
        shifted[n + i, i] = -value.im
      }
    }
    guard let inverse = try shifted.inverse(within: budget) else { return nil }
    var vector = (0..<parts * n).map { 1 + Double($0 % 7) / 8 }
    for _ in 0..<6 {
      var next = (0..<parts * n).map { i in (0..<parts * n).reduce(0) { $0 + inverse[i, $1] * vector[$1] } }
      let size = next.reduce(0) { max($0, abs($1)) }
      guard size > 0, size.isFinite else { return nil }
      for k in next.indices { next[k] /= size }
      vector = next
    }
    return Guess(
      value: value, vector: (0..<n).map { ComplexDouble(vector[$0], isReal ? 0 : vector[n + $0]) }, isReal: isReal)
  }

  /// An eigenvalue that is proved to be one, with its vector.
  private struct Pair {
    let rows: [[(column: Int, value: Interval)]]
    /// The vector, real parts first, and the eigenvalue: points, and at least the distance of an eigenpair in each.
    let (y, radius): ([Interval], Interval)
    let isReal: Bool
    let precision: Int
    private var n: Int { rows.count }
    private var parts: Int { isReal ? 1 : 2 }

    var realPart: Interval { y[parts * n] + .ball(radius) }

    init?(
      _ n: Int, _ rows: [[(column: Int, value: Interval)]], near guess: Guess, precision: Int, within budget: Budget
    ) throws(Unanswered) {
      (self.rows, isReal, self.precision) = (rows, guess.isReal, precision)
      let parts = guess.isReal ? 1 : 2
      let k = guess.vector.indices.max { guess.vector[$0].magnitude < guess.vector[$1].magnitude } ?? 0
      let pivot = guess.vector[k]
      let square = pivot.magnitude * pivot.magnitude
      guard square > 0 else { return nil }
      // x_k is one.
      let vector = guess.vector.map { $0 * pivot.conjugate / square }
      let numbers = vector.map(\.re) + (guess.isReal ? [] : vector.map(\.im))
      let start = numbers + [guess.value.re] + (guess.isReal ? [] : [guess.value.im])
      var points: [Interval] = []
      for number in start {
        guard let point = Interval(exactly: number, precision: precision) else { return nil }
        points.append(point)
      }
      points[k] = Interval(1, precision: precision)
      if !guess.isReal { points[n + k] = Interval(0, precision: precision) }
      let dimension = parts * (n + 1)
      guard
        let first = try InvertibleMatrix(
          dimension: dimension, Self.derivative(rows, points, parts, k), within: budget)
      else { return nil }
      var best: (y: [Interval], error: BigFloat)?
      while true {
        try budget.check()
        let values = Self.values(rows, points, parts, k, precision)
        let error = values.reduce(BigFloat.zero(precision: 64)) { max($0, $1.rounded(to: 64).magnitude) }
        guard error.isFinite else { break }
        if let known = best, error.scaled(byPowerOfTwo: 3, rounding: .up) > known.error {
          if error < known.error { best = (points, error) }
          break
        }
        best = (points, error)
        guard let size = error.binaryExponent else { break }
        points = first.corrected(points, by: values.map { -$0 }, size)
      }
      guard let best,
        let there = try InvertibleMatrix(
          dimension: dimension, Self.derivative(rows, best.y, parts, k), within: budget)
      else { return nil }
      let (bound, error) = (there.inverseNorm, Interval(best.error))
      guard (4 * parts * bound * bound * error).upper <= Interval(1, precision: 64).lower else { return nil }
      (y, radius) = (best.y, Interval((2 * bound * error).upper))
    }

    /// F.
    private static func values(
      _ rows: [[(column: Int, value: Interval)]], _ y: [Interval], _ parts: Int, _ k: Int, _ precision: Int
    ) -> [Interval] {
      let n = rows.count
      let real = y[parts * n]
      var result: [Interval] = []
      for part in 0..<parts {
        for (i, row) in rows.enumerated() {
          var sum = row.reduce(Interval(0, precision: precision)) { $0 + $1.value * y[part * n + $1.column] }
          sum -= real * y[part * n + i]
          // (a + ib)(x + iu) = (ax - bu) + i(bx + au).
          if parts == 2 {
            let other = y[2 * n + 1] * y[(1 - part) * n + i]
            sum = part == 0 ? sum + other : sum - other
          }
          result.append(sum)
        }
      }
      result.append(y[k] - 1)
      if parts == 2 { result.append(y[n + k]) }
      return result
    }

    /// J.
    private static func derivative(
      _ rows: [[(column: Int, value: Interval)]], _ y: [Interval], _ parts: Int, _ k: Int
    ) -> [ContractiveFlow.Entry] {
      let n = rows.count
      let one = Interval(1, precision: 64)
      var entries: [ContractiveFlow.Entry] = []
      for part in 0..<parts {
        for (i, row) in rows.enumerated() {
          let place = part * n + i
          for (j, value) in row { entries.append(.init(place, part * n + j, value)) }
          entries.append(.init(place, place, -y[parts * n]))
          entries.append(.init(place, parts * n, -y[place]))
          if parts == 2 {
            let other = (1 - part) * n + i
            let sign = part == 0 ? 1 : -1
            entries.append(.init(place, other, sign * y[2 * n + 1]))
            entries.append(.init(place, 2 * n + 1, sign * y[other]))
          }
        }
        entries.append(.init(parts * n + part, part * n + k, one))
      }
      return entries
    }

    /// Whether no other eigenvalue is as far to the right.
    func isAlone(within budget: Budget) throws(Unanswered) -> Bool {
      let size = rows.map { $0.reduce(UpperBound.zero) { $0 + UpperBound($1.value.magnitude) } }.max() ?? .zero
      let far = -4 * size.value.double(rounding: .up)
      let columns = (0..<parts).map { part in
        (0..<n).map { y[part * n + $0].anchor?.double(rounding: .nearest) ?? 0 }
      }
      guard let dual = Self.dual(columns), far.isFinite else { return false }
      var entries: [ContractiveFlow.Entry] = []
      for (i, row) in rows.enumerated() { for (j, value) in row { entries.append(.init(i, j, value)) } }
      for (part, own) in dual.enumerated() {
        let factors = own.map { Interval(exactly: far * $0, precision: 64) }
        for i in 0..<n {
          let x = y[part * n + i] + .ball(radius)
          for (j, factor) in factors.enumerated() {
            guard let factor else { return false }
            entries.append(.init(i, j, x * factor))
          }
        }
      }
      let shift = Interval((-realPart).upper)
      for i in 0..<n { entries.append(.init(i, i, shift)) }
      return try StableMatrix.isProved(dimension: n, entries, within: budget)
    }

    /// Rows whose products with columns are about one and zero: of one or two columns.
    private static func dual(_ columns: [[Double]]) -> [[Double]]? {
      func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      let a = product(columns[0], columns[0])
      guard columns.count == 2 else { return a > 0 ? [columns[0].map { $0 / a }] : nil }
      let (b, d) = (product(columns[0], columns[1]), product(columns[1], columns[1]))
      let determinant = a * d - b * b
      guard determinant > 0 else { return nil }
      return [
        zip(columns[0], columns[1]).map { (d * $0 - b * $1) / determinant },
        zip(columns[0], columns[1]).map { (a * $1 - b * $0) / determinant },
      ]
    }
  }
}
