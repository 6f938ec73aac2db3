import ArbitraryPrecision

/// A sparse real matrix M = R (F + D) for inner loops: exact fractions F of some limbs, and a bound of what they miss.
///
/// R exceeds the sums of magnitudes in a row by a factor of at least 1 + 2^-32, so the sums of |F| in a row stay below
/// one. Norms are those of Schur's test, |X|_2^2 <= (greatest row sum of |X|) (greatest column sum of |X|).
struct FractionMatrix: Sendable {
  /// An entry; rows and columns count from 0, and each place is given at most once.
  struct Entry: Sendable {
    let row: Int
    let column: Int
    let value: Interval
  }

  let rows: SparseRows
  /// |F|, `width` limbs for each entry.
  let fractions: [UInt]
  let width: Int
  /// R.
  let scale: Rational
  /// At least |F|_2.
  let norm: Interval
  /// At least |D|_2.
  let error: Interval

  init(dimension: Int, _ entries: [Entry], width: Int) {
    self.width = width
    let sorted = entries.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    demand(
      zip(sorted, sorted.dropFirst()).allSatisfy { ($0.row, $0.column) < ($1.row, $1.column) },
      "FractionMatrix: an entry is given twice")
    var starts = Array(repeating: 0, count: dimension + 1)
    for entry in sorted { starts[entry.row + 1] += 1 }
    for row in 0..<dimension { starts[row + 1] += starts[row] }
    // An enclosure that straddles zero keeps its sign within.
    let isNegative = sorted.map { $0.value.upper.signum < 0 }
    rows = SparseRows(
      dimension: dimension, rowStarts: starts, columns: sorted.map(\.column), isNegative: isNegative, isChain: false)
    let sizes = sorted.map { UpperBound($0.value.magnitude) }
    let greatest = FractionMatrix.sums(sorted, sizes, dimension, by: \.row).max() ?? .zero
    let bound = (greatest.value.rational ?? 0) * (1 + Rational(2).power(-30))
    let scale = bound.signum == 0 ? 1 : bound
    self.scale = scale
    let precision = 64 * width + 64
    let factor = (1 / Interval(scale, precision: precision)).scaled(byPowerOfTwo: 64 * width)
    var fractions = [UInt](repeating: 0, count: sorted.count * width)
    var misses: [UpperBound] = []
    misses.reserveCapacity(sorted.count)
    for (place, entry) in sorted.enumerated() {
      let exact = factor * (isNegative[place] ? -entry.value : entry.value)
      let fraction = exact.anchor?.floor.map { $0.signum < 0 ? 0 : $0 } ?? 0
      fraction.write(to: &fractions, at: place * width, count: width)
      misses.append(UpperBound((exact - Interval(fraction, precision: precision)).magnitude))
    }
    self.fractions = fractions
    func schur(_ values: [UpperBound]) -> Interval {
      let inRows = FractionMatrix.sums(sorted, values, dimension, by: \.row).max() ?? .zero
      let inColumns = FractionMatrix.sums(sorted, values, dimension, by: \.column).max() ?? .zero
      return Interval((inRows * inColumns).value).squareRoot
    }
    error = schur(misses).scaled(byPowerOfTwo: -64 * width)
    norm = schur(sizes) / Interval(scale, precision: 64) + error
  }

  private static func sums(
    _ entries: [Entry], _ values: [UpperBound], _ dimension: Int, by place: KeyPath<Entry, Int>
  ) -> [UpperBound] {
    var sums = [UpperBound](repeating: .zero, count: dimension)
    for (entry, value) in zip(entries, values) { sums[entry[keyPath: place]] = sums[entry[keyPath: place]] + value }
    return sums
  }
}
