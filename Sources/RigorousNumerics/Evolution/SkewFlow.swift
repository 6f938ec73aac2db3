import ArbitraryPrecision

/// A linear flow v' = A v with a real skew-symmetric generator A, sparse, of any dimension.
///
/// Such a flow is a rotation of space: it keeps the 2-norm, so an error made on the way is no greater at the end. The
/// Schroedinger equation with a real symmetric Hamiltonian that couples two halves of a basis to each other alone (a
/// chain, a parity sector) takes this form with a phase (-i)^k on each amplitude.
///
/// The generator is held as S = A/R with a scale R for which |S| <= 1, by the greatest sum of magnitudes in a row (the
/// 2-norm of a normal matrix is its spectral radius, and every norm bounds that). The kernels work on the fractions 2
/// |S_jk| < 1: of one limb and exact where the couplings are integers, of as many limbs as the state where they are
/// real.
public struct SkewFlow: Sendable {
  /// A coupling between two elements: A[row, column] = value and A[column, row] = -value.
  public struct Coupling<Value: Sendable>: Sendable {
    let row: Int
    let column: Int
    let value: Value

    /// A coupling; rows and columns count from 0, and differ.
    public init(row: Int, column: Int, _ value: Value) {
      self.row = row
      self.column = column
      self.value = value
    }
  }

  /// The magnitudes of the entries, in the order of ``columns``.
  enum Magnitudes: Sendable {
    /// 2 |S_jk| = magnitude 2^-64, exactly.
    case integer([UInt])
    /// 2 |S_jk| as fractions of some limbs, least first, and the greatest sum in a row of their errors. Both
    /// entries of a coupling are the same fraction, so the rounded generator is skew, too.
    case real(limbs: [UInt], width: Int, error: BigFloat)
  }

  /// The number of elements of a state.
  public let dimension: Int
  /// R, exactly.
  public let scale: Rational
  /// How far a coupling reaches: |j - k| <= bandwidth where A_jk is not zero.
  let bandwidth: Int

  /// Whether each element couples to its neighbours alone, with A[k + 1, k] positive.
  let isChain: Bool

  // Rows one after the other: the entries of row j are rowStarts[j] ..< rowStarts[j + 1].
  let rowStarts: [Int]
  let columns: [Int]
  let isNegative: [Bool]
  let magnitudes: Magnitudes

  /// The places and signs of the entries.
  var rows: SparseRows {
    SparseRows(
      dimension: dimension, rowStarts: rowStarts, columns: columns, isNegative: isNegative, isChain: isChain)
  }

  /// A flow with integer couplings below 2^60 in magnitude and sums of magnitudes in a row below 2^63, each pair of
  /// elements at most once.
  ///
  /// R = 2^65/m with m <= (2^65 - 1)/B, where B bounds the row sums and twice the entries: then 2 |S_jk| = |A_jk| m
  /// 2^-64 is below 1, an exact fraction of one limb, and the row sums of S are below 1. A large m is a multiple of
  /// 2^12, so that fractions have 52 bits.
  public init(dimension: Int, integer couplings: [Coupling<Int>]) {
    let layout = Layout(dimension, couplings.map { ($0.row, $0.column, $0.value < 0) })
    let sizes = layout.order.map { couplings[$0].value.magnitude }
    demand(sizes.allSatisfy { $0 < 1 << 60 }, "SkewFlow: integer couplings are below 2^60")
    var bound: UInt = 2
    for row in layout.rows {
      let sum = sizes[row].reduce(UInt128(0)) { $0 + UInt128($1) }
      demand(sum < 1 << 63, "SkewFlow: sums of integer couplings in a row are below 2^63")
      bound = max(bound, UInt(sum), 2 * (sizes[row].max() ?? 0))
    }
    let greatest = bound.dividingFullWidth((1, UInt.max)).quotient
    let m = greatest < 1 << 32 ? greatest : greatest & ~0xfff
    self.init(layout, scale: Rational(.powerOfTwo(65), Integer(m)), .integer(sizes.map { $0 * m }))
  }

  /// A flow with real couplings, each a bounded enclosure, each pair of elements at most once.
  ///
  /// R exceeds the row sums, and twice the entries, by a factor of at least 1 + 2^-32, which leaves room for rounding
  /// the fractions.
  public init(dimension: Int, real couplings: [Coupling<Interval>]) {
    let layout = Layout(dimension, couplings.map { ($0.row, $0.column, $0.value.upper.signum < 0) })
    // An enclosure that straddles zero keeps its sign within.
    let values = couplings.map { $0.value.upper.signum < 0 ? -$0.value : $0.value }
    let sizes = values.map { BigFloat($0.magnitude, precision: 64, rounding: .up) }
    var bound = BigFloat.zero(precision: 64)
    for row in layout.rows {
      var sum = BigFloat.zero(precision: 64)
      for entry in row {
        let size = sizes[layout.order[entry]]
        sum = .sum(sum, size, precision: 64, rounding: .up)
        bound = max(bound, size.scaled(byPowerOfTwo: 1, rounding: .up))
      }
      bound = max(bound, sum)
    }
    demand(bound.isFinite, "SkewFlow: couplings are bounded")
    let exact = (bound.rational ?? 0) * (1 + Rational(2).power(-30))
    let scale = exact.signum == 0 ? 1 : exact
    self.init(layout, scale: scale, SkewFlow.fractions(values, scale: scale, layout))
  }

  /// The fractions 2 |A_jk|/R, with a limb more than the enclosures have.
  private static func fractions(_ values: [Interval], scale: Rational, _ layout: Layout) -> Magnitudes {
    let width = ((values.map(\.precision).max() ?? 64) + 63) / 64 + 1
    let precision = 64 * width + 64
    let factor = (2 / Interval(scale, precision: precision)).scaled(byPowerOfTwo: 64 * width)
    var ofCouplings = [UInt](repeating: 0, count: values.count * width)
    var errors: [BigFloat] = []
    errors.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      let exact = factor * value
      let fraction = exact.anchor?.floor.map { $0.signum < 0 ? 0 : $0 } ?? 0
      fraction.write(to: &ofCouplings, at: index * width, count: width)
      errors.append((exact - Interval(fraction, precision: precision)).magnitude)
    }
    var limbs: [UInt] = []
    limbs.reserveCapacity(layout.order.count * width)
    var worst = BigFloat.zero(precision: 64)
    for row in layout.rows {
      var sum = BigFloat.zero(precision: 64)
      for entry in row {
        let index = layout.order[entry]
        limbs += ofCouplings[index * width..<(index + 1) * width]
        sum = .sum(sum, errors[index], precision: 64, rounding: .up)
      }
      worst = max(worst, sum)
    }
    return .real(limbs: limbs, width: width, error: worst.scaled(byPowerOfTwo: -64 * width, rounding: .up))
  }

  /// The entries of A in a row that are not zero.
  func row(_ j: Int, precision: Int) -> [(column: Int, value: Interval)] {
    (rowStarts[j]..<rowStarts[j + 1]).map { entry in
      let size: Interval
      switch magnitudes {
      case .integer(let fractions):
        // |A_jk| = fraction 2^-65 R, an integer: the product is exact in rationals.
        let fraction = Integer(fractions[entry])
        size = Interval(Rational(fraction, .powerOfTwo(65)) * scale, precision: precision)
      case .real(let limbs, let width, let error):
        // A limb of zeros keeps the highest bit from being a sign.
        let fraction = (limbs[entry * width..<(entry + 1) * width] + [0]).withUnsafeBufferPointer { Integer(limbs: $0) }
        let value = Interval(fraction, precision: precision).scaled(byPowerOfTwo: -64 * width)
        size = (value + .ball(error)) * Interval(scale / 2, precision: precision)
      }
      return (columns[entry], isNegative[entry] ? -size : size)
    }
  }

  /// Several vectors that turn alike, one after the other in one vector.
  public func copied(_ count: Int) -> SkewFlow {
    demand(count >= 1, "SkewFlow: at least one copy")
    return count == 1 ? self : SkewFlow(copying: self, count)
  }

  private init(copying one: SkewFlow, _ count: Int) {
    let (size, entries) = (one.dimension, one.columns.count)
    dimension = count * size
    (scale, bandwidth, isChain) = (one.scale, one.bandwidth, false)
    rowStarts = [0] + (0..<count).flatMap { copy in one.rowStarts.dropFirst().map { $0 + copy * entries } }
    columns = (0..<count).flatMap { copy in one.columns.map { $0 + copy * size } }
    isNegative = (0..<count).flatMap { _ in one.isNegative }
    switch one.magnitudes {
    case .integer(let sizes): magnitudes = .integer((0..<count).flatMap { _ in sizes })
    case .real(let limbs, let width, let error):
      magnitudes = .real(limbs: (0..<count).flatMap { _ in limbs }, width: width, error: error)
    }
    checkInvariant(isSkew, "SkewFlow: copies are skew")
  }

  private init(_ layout: Layout, scale: Rational, _ magnitudes: Magnitudes) {
    dimension = layout.starts.count - 1
    self.scale = scale
    bandwidth = layout.bandwidth
    isChain = layout.isChain
    (rowStarts, columns, isNegative) = (layout.starts, layout.columns, layout.isNegative)
    self.magnitudes = magnitudes
    checkInvariant(isSkew, "SkewFlow: both entries of a coupling are one fraction, of opposite signs")
    checkInvariant(rowSumsAreAtMostOne, "SkewFlow: sums of magnitudes of S in a row are at most one")
  }

  /// 2 |S_jk| for an entry, in units of its last limb.
  private func fraction(_ entry: Int) -> Integer {
    switch magnitudes {
    case .integer(let fractions): Integer(fractions[entry])
    case .real(let limbs, let width, _):
      (limbs[entry * width..<(entry + 1) * width] + [0]).withUnsafeBufferPointer { Integer(limbs: $0) }
    }
  }

  private var isSkew: Bool {
    (0..<dimension).allSatisfy { j in
      (rowStarts[j]..<rowStarts[j + 1]).allSatisfy { entry in
        let k = columns[entry]
        guard let other = (rowStarts[k]..<rowStarts[k + 1]).first(where: { columns[$0] == j }) else { return false }
        return isNegative[entry] != isNegative[other] && fraction(entry) == fraction(other)
      }
    }
  }

  private var rowSumsAreAtMostOne: Bool {
    let width = if case .real(_, let width, _) = magnitudes { width } else { 1 }
    let most = Integer.powerOfTwo(64 * width + 1)
    return (0..<dimension).allSatisfy { j in
      (rowStarts[j]..<rowStarts[j + 1]).reduce(Integer(0)) { $0 + fraction($1) } <= most
    }
  }

  /// Entries by rows, two for each coupling.
  private struct Layout {
    var starts: [Int]
    var columns: [Int] = []
    var isNegative: [Bool] = []
    /// The coupling that an entry comes from.
    var order: [Int] = []
    var bandwidth = 0

    init(_ dimension: Int, _ couplings: [(row: Int, column: Int, isNegative: Bool)]) {
      demand(dimension >= 1, "SkewFlow: at least one element")
      var rows: [[(column: Int, isNegative: Bool, index: Int)]] = Array(repeating: [], count: dimension)
      for (index, coupling) in couplings.enumerated() {
        demand(coupling.row != coupling.column, "SkewFlow: the diagonal of a skew matrix is zero")
        rows[coupling.row].append((coupling.column, coupling.isNegative, index))
        rows[coupling.column].append((coupling.row, !coupling.isNegative, index))
        bandwidth = max(bandwidth, abs(coupling.row - coupling.column))
      }
      starts = [0]
      for row in rows {
        let sorted = row.sorted { $0.column < $1.column }
        demand(
          zip(sorted, sorted.dropFirst()).allSatisfy { $0.column < $1.column }, "SkewFlow: a coupling is given twice")
        columns += sorted.map(\.column)
        isNegative += sorted.map(\.isNegative)
        order += sorted.map(\.index)
        starts.append(columns.count)
      }
    }

    var isChain: Bool {
      rows.enumerated().allSatisfy { k, row in
        let last = starts.count - 2
        let expected = (k > 0 ? [(k - 1, false)] : []) + (k < last ? [(k + 1, true)] : [])
        return row.count == expected.count
          && zip(row, expected).allSatisfy { columns[$0] == $1.0 && isNegative[$0] == $1.1 }
      }
    }

    var rows: [Range<Int>] { zip(starts, starts.dropFirst()).map { $0..<$1 } }
  }
}

extension SkewFlow.Coupling where Value: SignedNumeric {
  /// The coupling of the other sign.
  public var opposite: SkewFlow.Coupling<Value> { .init(row: row, column: column, -value) }
}
