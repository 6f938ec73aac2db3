import ArbitraryPrecision

/// A real symmetric matrix of enclosures as integers times a power of two.
///
/// Each element is the integer nearest below a number in its enclosure, both elements of a pair the same, so that the
/// difference from the true matrix is symmetric and its 2-norm at most the greatest sum of magnitudes in a row.
struct FixedForm {
  private let rows: [[(column: Int, value: Integer)]]
  /// The same in words, where the magnitudes of each row add up to less than 2^62.
  let words: WordRows?
  /// An element is its integer times 2^-fractionBits.
  let fractionBits: Int
  /// At least the norm of the difference from the true matrix.
  let error: Interval

  /// A matrix to about some bits of its greatest element; exactly where its elements are integers.
  init(_ observable: FlowObservable, bits: Int) {
    let values = observable.rows.joined().map(\.value)
    let greatest = values.reduce(BigFloat.zero(precision: 64)) { max($0, $1.magnitude) }
    let fractionBits = values.allSatisfy(\.isInteger) ? 0 : bits - (greatest.binaryExponent ?? 0)
    self.fractionBits = fractionBits
    var worst = BigFloat.zero(precision: 64)
    rows = observable.rows.map { row in
      var sum = BigFloat.zero(precision: 64)
      let integers = row.map { column, value in
        let integer = value.anchor?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
        let exact = value.scaled(byPowerOfTwo: fractionBits)
        let rounded = Interval(integer, precision: max(value.precision, 64) + 64)
        sum = .sum(sum, (exact - rounded).magnitude, precision: 64, rounding: .up)
        return (column: column, value: integer)
      }
      worst = max(worst, sum)
      return integers
    }
    error = Interval(worst.scaled(byPowerOfTwo: -fractionBits, rounding: .up))
    words = WordRows(rows)
  }

  /// The most bits for which the rows of a matrix are ``WordRows``.
  static func wordBits(_ observable: FlowObservable) -> Int {
    60 - (observable.rows.map(\.count).max() ?? 1).bitWidthOfMagnitude
  }

  /// The image of a vector of integers.
  func applied(to vector: [Integer]) -> [Integer] {
    rows.map { row in
      var sum = Integer(0)
      for (k, value) in row { sum.add(productOf: value, vector[k]) }
      return sum
    }
  }
}

/// The rows of a matrix of integers below 2^62, one after the other: row j has the entries starts[j] ..< starts[j + 1].
struct WordRows {
  let starts: [Int]
  let columns: [Int]
  let magnitudes: [UInt]
  let isNegative: [Bool]

  /// Nil where the magnitudes of a row add up to 2^62 or more.
  fileprivate init?(_ rows: [[(column: Int, value: Integer)]]) {
    var (starts, columns, magnitudes, isNegative) = ([0], [Int](), [UInt](), [Bool]())
    for row in rows {
      var sum: UInt = 0
      for (column, value) in row where value.signum != 0 {
        guard let word = Int(exactly: value), word.magnitude < 1 << 62 else { return nil }
        sum += word.magnitude
        guard sum < 1 << 62 else { return nil }
        columns.append(column)
        magnitudes.append(word.magnitude)
        isNegative.append(word < 0)
      }
      starts.append(columns.count)
    }
    (self.starts, self.columns, self.magnitudes, self.isNegative) = (starts, columns, magnitudes, isNegative)
  }
}

extension Interval {
  /// Whether the number is known, and an integer.
  fileprivate var isInteger: Bool {
    guard isPoint, let whole = lower.floor else { return false }
    return Interval(whole, precision: precision + 64).isSameSet(as: self)
  }
}
