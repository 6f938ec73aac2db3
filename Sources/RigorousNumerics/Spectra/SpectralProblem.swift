import ArbitraryPrecision

/// A Hermitian matrix in fixed point, scaled, with the errors of its elements.
///
/// With 2^s at least the greatest sum of magnitudes in a row, A/2^s is stored as real rows: for a complex matrix those
/// of ((Re, -Im), (Im, Re)), which act on columns x + i y as ``FixedColumns`` has them.
struct SpectralProblem {
  let dimension: Int
  let isComplex: Bool
  /// s; nil for the zero matrix.
  let exponent: Int?
  /// At least the 2-norm of A/2^s less the stored matrix.
  let radius: BigFloat
  /// The stored elements as integers, row by row, in units of the last place of the greatest width.
  private let rows: [[(column: Int, value: Integer)]]
  let width: Int

  /// The problem for numbers of a width; nil when an element or the sum of a row is not bounded.
  init?(_ matrix: HermitianMatrix, width: Int) {
    (dimension, isComplex, self.width) = (matrix.dimension, matrix.isComplex, width)
    let n = matrix.dimension
    var greatest = BigFloat.zero(precision: 64)
    for row in 0..<n {
      var sum = Interval(0, precision: 64)
      for column in 0..<n {
        let element = matrix[row, column]
        guard element.real.isBounded, element.imaginary.isBounded, !element.isEmpty else { return nil }
        sum = sum + Interval(element.real.magnitude).rounded(to: 64)
        if isComplex { sum = sum + Interval(element.imaginary.magnitude).rounded(to: 64) }
      }
      greatest = max(greatest, sum.upper)
    }
    guard greatest.isFinite else { return nil }
    exponent = greatest.binaryExponent
    guard let exponent else {
      (rows, radius) = (Array(repeating: [], count: n), .zero(precision: 64))
      return
    }
    let bits = FixedColumns.fractionBits(width)
    let parts = isComplex ? 2 : 1
    var rows = Array(repeating: [(column: Int, value: Integer)](), count: parts * n)
    // Elements are rounded by their magnitudes, so that conjugate ones stay conjugate: the matrix of their errors
    // is Hermitian, and the greatest sum in one of its rows bounds its 2-norm.
    var greatestError = BigFloat.zero(precision: 64)
    func stored(_ value: Interval, _ sum: inout Interval) -> Integer {
      let middle = value.anchor ?? value.lower
      let cut = middle.magnitude.scaled(byPowerOfTwo: bits - exponent, rounding: .nearest).floor ?? 0
      let integer = middle.signum < 0 ? -cut : cut
      let exact = Interval(integer, precision: max(integer.bitWidth, 2)).scaled(byPowerOfTwo: exponent - bits)
      sum = sum + Interval((value - exact).magnitude).rounded(to: 64)
      return integer
    }
    for row in 0..<n {
      var sum = Interval(0, precision: 64)
      for column in 0..<n {
        let x = stored(matrix.realPart(row, column), &sum)
        if x.signum != 0 {
          rows[row].append((column, x))
          if isComplex { rows[n + row].append((n + column, x)) }
        }
        guard isComplex else { continue }
        let y = stored(matrix[row, column].imaginary, &sum)
        if y.signum != 0 {
          rows[row].append((n + column, -y))
          rows[n + row].append((column, y))
        }
      }
      greatestError = max(greatestError, sum.upper)
    }
    guard greatestError.isFinite else { return nil }
    self.rows = rows
    checkInvariant(
      rows.allSatisfy { $0.reduce(Integer(0)) { $0 + $1.value.magnitude } <= .powerOfTwo(bits + 1) },
      "SpectralProblem: sums of magnitudes in a row are at most one, but for roundings")
    checkInvariant(
      SpectralProblem.isSymmetric(rows), "SpectralProblem: what is stored is Hermitian, as a real matrix symmetric")
    radius = greatestError.scaled(byPowerOfTwo: -exponent, rounding: .up)
  }

  private static func isSymmetric(_ rows: [[(column: Int, value: Integer)]]) -> Bool {
    let entries = rows.map { Dictionary(uniqueKeysWithValues: $0.map { ($0.column, $0.value) }) }
    return entries.indices.allSatisfy { row in entries[row].allSatisfy { entries[$0][row] == $1 } }
  }

  /// The stored matrix in doubles by columns: real parts, then imaginary ones.
  var doubles: (real: [Double], imaginary: [Double]) {
    let n = dimension
    let bits = FixedColumns.fractionBits(width)
    var real = [Double](repeating: 0, count: n * n)
    var imaginary = [Double](repeating: 0, count: isComplex ? n * n : 0)
    for row in 0..<n {
      for (column, value) in rows[row] {
        let x = BigFloat(value, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits, rounding: .nearest)
          .double(rounding: .nearest)
        if column < n { real[column * n + row] = x } else { imaginary[(column - n) * n + row] = -x }
      }
    }
    return (real, imaginary)
  }

  /// The rows cut to a width.
  func rows(width: Int) -> FixedRows { FixedRows(rows, from: self.width, to: width) }
}

/// Sparse rows of numbers of ``FixedColumns``.
struct FixedRows {
  let width: Int
  private let starts: [Int]
  private let columns: [Int]
  private let limbs: [UInt]
  private let signs: [Int8]

  init(_ rows: [[(column: Int, value: Integer)]], from old: Int, to width: Int) {
    self.width = width
    var (starts, columns) = ([0], [Int]())
    for row in rows {
      columns += row.map(\.column)
      starts.append(columns.count)
    }
    (self.starts, self.columns) = (starts, columns)
    let values = rows.flatMap { $0.map(\.value) }
    let stored = FixedColumns(1, length: values.count, width: width) { _, k in
      let cut = values[k].magnitude.shifted(right: 64 * (old - width))
      return values[k].signum < 0 ? -cut : cut
    }
    (limbs, signs) = (stored.limbs, stored.signs)
  }

  /// Gives the exact products of each row with a column, one after the other, less a multiple of the column's element
  /// in that row: rows of A x - x v.
  func multiply(
    _ x: FixedView, _ j: Int, less value: UnsafePointer<UInt>? = nil, sign: Int8 = 0, _ sum: FixedSum,
    _ body: (_ row: Int) -> Void
  ) {
    let (source, factors) = (x.limbs + j * x.length * width, x.signs + j * x.length)
    limbs.withUnsafeBufferPointer { limbs in
      signs.withUnsafeBufferPointer { signs in
        columns.withUnsafeBufferPointer { columns in
          for row in 0..<starts.count - 1 {
            sum.clear()
            for entry in starts[row]..<starts[row + 1] {
              guard let element = limbs.baseAddress else { break }
              let column = columns[entry]
              sum.add(element + entry * width, source + column * width, sign: signs[entry] &* factors[column])
            }
            if let value { sum.add(value, source + row * width, sign: -(sign &* factors[row])) }
            body(row)
          }
        }
      }
    }
  }
}
