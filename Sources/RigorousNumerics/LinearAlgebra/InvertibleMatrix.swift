import ArbitraryPrecision

/// A real matrix A, given by enclosures of its elements, that is proved to be invertible, and its linear systems.
///
/// R is about A^-1, from doubles, and then a matrix of fractions r/2^f with integers r of 62 bits, exactly. Where
///
///     q = |1 - R A| < 1                                                                                         (1)
///
/// in the norm of greatest row sums, A is invertible, A^-1 = (R A)^-1 R, and |A^-1| <= |R|/(1 - q). With A = 2^-50 a +
/// D, |D| being bounded, R a is computed in integers: 62 + 50 bits and the sum of up to 2^13 products fit 128. So q is
/// at most that of 2^-50 a and |R| |D|, and nothing is asked of a floating-point unit. R is found once for an a: more
/// bits of A make D smaller.
struct InvertibleMatrix {
  /// The most rows.
  static let greatestSize = 5000

  /// What is known of 2^-50 a.
  struct Proof: Sendable {
    /// r, row by row, and f.
    let inverse: [Int64]
    let shift: Int
    /// At least |R|, and |1 - R a/2^50|.
    let (norm, rest): (Interval, Interval)
  }

  let dimension: Int
  private let rows: [[(column: Int, value: Interval)]]
  /// A is 2^exponent times a matrix of row sums about one.
  private let exponent: Int
  private let proof: Proof
  /// At least q.
  let defect: Interval
  /// At least |R| for A itself.
  let norm: Interval
  /// At least |A^-1|.
  var inverseNorm: Interval { norm / (1 - defect) }

  /// Proofs, and that there were none.
  private static let known = BoundedMemory<IntegerMatrix, Proof?>(words: 1 << 25)

  /// nil where the proof does not come out.
  ///
  /// - Parameter entries: places that are given several times are added up.
  init?(dimension n: Int, _ entries: [ContractiveFlow.Entry], within budget: Budget) throws(Unanswered) {
    demand(n > 0 && n <= InvertibleMatrix.greatestSize, "InvertibleMatrix: a size within the limit")
    dimension = n
    rows = InvertibleMatrix.rows(n, entries)
    guard let (matrix, exponent, missed) = IntegerMatrix.make(rows) else { return nil }
    self.exponent = exponent
    let proof = try InvertibleMatrix.known.value(for: matrix, words: { ($0?.inverse.count ?? 0) + 256 }) {
      () throws(Unanswered) in try InvertibleMatrix.proof(of: matrix, within: budget)
    }
    guard let proof else { return nil }
    self.proof = proof
    defect = proof.rest + proof.norm * missed
    norm = proof.norm.scaled(byPowerOfTwo: -exponent)
    guard defect.upper < Interval(Rational(1, 2), precision: 64).lower else { return nil }
  }

  /// Entries by rows, each place once.
  static func rows(_ n: Int, _ entries: [ContractiveFlow.Entry]) -> [[(column: Int, value: Interval)]] {
    var sums = [[Int: Interval]](repeating: [:], count: n)
    for entry in entries {
      sums[entry.row][entry.column] = sums[entry.row][entry.column].map { $0 + entry.value } ?? entry.value
    }
    return sums.map { row in row.sorted { $0.key < $1.key }.map { (column: $0.key, value: $0.value) } }
  }

  private static func proof(of matrix: IntegerMatrix, within budget: Budget) throws(Unanswered) -> Proof? {
    guard let inverse = try matrix.doubles.inverse(within: budget) else { return nil }
    let greatest = inverse.elements.reduce(0) { max($0, abs($1)) }
    // |R a/2^50| is near to one, and row sums of a/2^50 are: R has an element above 2^-14.
    guard greatest.isFinite, greatest > 0x1p-14 else { return nil }
    let shift = 61 - greatest.exponent
    let scale = Double(sign: .plus, exponent: shift, significand: 1)
    guard scale.isFinite, greatest * scale < 0x1p62 else { return nil }
    return try proof(of: matrix, by: inverse.elements.map { Int64(($0 * scale).rounded()) }, shift, within: budget)
  }

  /// What the integers of an R prove, whatever they are.
  ///
  /// - Parameter shift: f, at most 75.
  static func proof(
    of matrix: IntegerMatrix, by inverse: [Int64], _ shift: Int, within budget: Budget
  ) throws(Unanswered) -> Proof {
    let n = matrix.dimension
    demand(n <= 1 << 13 && shift <= 75 && inverse.count == n * n, "InvertibleMatrix: sums fit their words")
    let unit = Int128(1) << Int128(shift + IntegerMatrix.bits)
    // Words of the sums that are dropped below, each row sum of which is made greater by one for each element.
    let cut = 60
    var (greatest, size) = (UInt128(0), UInt128(0))
    var sums = [Int128](repeating: 0, count: n)
    for i in 0..<n {
      if i % 64 == 0 { try budget.check() }
      let (rest, own) = inverse.withUnsafeBufferPointer { inverse in
        sums.withUnsafeMutableBufferPointer { sums in
          matrix.values.withUnsafeBufferPointer { values in
            matrix.columns.withUnsafeBufferPointer { columns in
              for j in 0..<n { sums[j] = 0 }
              var own = UInt128(0)
              for k in 0..<n {
                let factor = Int128(inverse[i * n + k])
                own += UInt128(factor.magnitude)
                guard factor != 0 else { continue }
                for place in matrix.starts[k]..<matrix.starts[k + 1] {
                  // No sum leaves 126 bits, as above.
                  sums[columns[place]] &+= factor &* Int128(values[place])
                }
              }
              sums[i] -= unit
              var rest = UInt128(0)
              for j in 0..<n { rest += (sums[j].magnitude >> UInt128(cut)) + 1 }
              return (rest, own)
            }
          }
        }
      }
      greatest = max(greatest, rest)
      size = max(size, own)
    }
    func interval(_ words: UInt128, _ exponent: Int) -> Interval {
      let limbs = [UInt(truncatingIfNeeded: words), UInt(truncatingIfNeeded: words >> 64), 0]
      let integer = limbs.withUnsafeBufferPointer { Integer(limbs: $0) }
      return Interval(integer, precision: 64).scaled(byPowerOfTwo: exponent)
    }
    return Proof(
      inverse: inverse, shift: shift, norm: interval(size, -shift),
      rest: interval(greatest, cut - shift - IntegerMatrix.bits))
  }

  /// About A^-1 v.
  func approximateSolution(_ v: [Double]) -> [Double] {
    let scale = Double(sign: .plus, exponent: -proof.shift, significand: 1)
    return proof.inverse.withUnsafeBufferPointer { inverse in
      (0..<dimension).map { i in
        let row = inverse[i * dimension..<(i + 1) * dimension]
        var sum = 0.0
        for (r, value) in zip(row, v) { sum += Double(r) * value }
        return sum * scale
      }
    }
  }

  /// The product A x.
  func product(_ x: [Interval], precision: Int) -> [Interval] {
    rows.map { row in row.reduce(Interval(0, precision: precision)) { $0 + $1.value * x[$1.column] } }
  }

  /// The solution of A x = b, each element within its error: x is refined by R, and |x - A^-1 b| is at most |A^-1| |A x
  /// - b|.
  func solution(_ b: [Interval], precision: Int, within budget: Budget) throws(Unanswered) -> [Interval] {
    var x = b.map { _ in Interval(0, precision: precision) }
    var best: (x: [Interval], error: BigFloat)?
    while true {
      try budget.check()
      let rest = zip(product(x, precision: precision), b).map { $1 - $0 }
      let error = rest.reduce(BigFloat.zero(precision: 64)) { max($0, $1.rounded(to: 64).magnitude) }
      guard error.isFinite else { break }
      // Until an eighth is no longer gained.
      if let known = best, error.scaled(byPowerOfTwo: 3, rounding: .up) > known.error {
        if error < known.error { best = (x, error) }
        break
      }
      best = (x, error)
      guard let size = error.binaryExponent else { break }
      x = corrected(x, by: rest, size)
    }
    guard let best else { throw Unanswered(undecided: "a linear system has no bounded right side") }
    let radius = Interval.ball((inverseNorm * Interval(best.error)).upper)
    return best.x.map { $0 + radius }
  }

  /// Points near x + R rest.
  ///
  /// - Parameter size: |rest| is about 2^size.
  func corrected(_ x: [Interval], by rest: [Interval], _ size: Int) -> [Interval] {
    let doubles = rest.map {
      $0.anchor?.scaled(byPowerOfTwo: -size, rounding: .nearest).double(rounding: .nearest) ?? 0
    }
    return zip(x, approximateSolution(doubles)).map { old, change in
      guard let change = Interval(exactly: change, precision: old.precision) else { return old }
      let new = old + change.scaled(byPowerOfTwo: size - exponent)
      return new.anchor.map { Interval($0) } ?? old
    }
  }
}
