import ArbitraryPrecision
import Operators
import RigorousNumerics

/// An enclosure of the distance of a state of a trajectory from the true one.
struct PathDistance {
  let value: Interval
  /// Whether more bits would not bring the bounds nearer: what they hold of the truth's error is small, or all is.
  let isTold: Bool

  typealias Elements = [DensityBlock.Place: ComplexInterval]

  /// The 2-norm of the difference of two vectors.
  ///
  /// - Parameter error: at least the 2-norm of what the second one is off.
  init(
    _ vector: [BasisState: ComplexInterval], _ truth: [BasisState: ComplexInterval],
    error: Interval = Interval(0, precision: 64)
  ) {
    var square = Interval(0, precision: 64)
    for (state, x) in vector {
      square += (truth[state].map { x - $0 } ?? x).squaredMagnitude.rounded(to: 64)
    }
    for (state, x) in truth where vector[state] == nil { square += x.squaredMagnitude.rounded(to: 64) }
    value = (square.squareRoot + .ball(error.upper)).nonNegative
    isTold = Self.isTold(value)
  }

  /// Whether an enclosure is within a factor of two, or below 2^-60.
  static func isTold(_ enclosure: Interval) -> Bool {
    enclosure.upper.double(rounding: .up) <= max(2 * enclosure.lower.double(rounding: .down), 0x1p-60)
  }

  /// The trace norm of a difference D + K of matrices, D Hermitian and K skew, with
  ///
  ///     |D|_1, |K|_1 <= |D + K|_1 <= |D|_1 + |K|_1,
  ///
  /// the first because D is the mean of D + K and its adjoint, and K half of their difference. Elements of D that are
  /// small all together are left out for their trace norm, so that blocks come out; a block of more rows than are worth
  /// a spectrum is within its Frobenius norm and the root of their number times it.
  ///
  /// - Parameters:
  ///   - skew: |K|_1, where the second one is Hermitian that of the first alone.
  ///   - error: at least the trace norm of what the second one is off.
  ///   - smallBits: elements that are 2^-smallBits of the whole may be left out.
  init(
    _ elements: Elements, skew: Interval, _ truth: Elements, error: Interval, smallBits: Int = 24,
    within budget: Budget
  ) throws {
    let difference = Self.difference(elements, truth)
    let states = Set(difference.keys.flatMap { [$0.row, $0.column] })
    let whole = Self.frobenius(difference)
    let count = Interval(max(states.count, 1), precision: 64)
    let least = (whole / count).scaled(byPowerOfTwo: -smallBits).lower
    var kept: [LocalReference.Place: StateNumber] = [:]
    var small = Interval(0, precision: 64)
    for (place, value) in difference {
      let square = value.squaredMagnitude.rounded(to: 64)
      if square.upper <= (Interval(least).squared).lower {
        small += place.isDiagonal ? square : square + square
      } else {
        kept[.init(row: place.row, column: place.column)] = StateNumber(value: value, exact: nil)
      }
    }
    var (sum, known) = (Interval(0, precision: 64), Interval(0, precision: 64))
    for block in UnionMatrix(kept).groups(precision: 64) {
      switch block {
      case .one(let value):
        sum += value.absoluteValue
        known += value.absoluteValue
      case .small(let matrix):
        let norm = try Self.traceNorm(matrix, bits: smallBits, within: budget)
        sum += norm
        known += norm
      case .large(let rows, let square):
        let norm = square.squareRoot
        sum += norm.hull(norm * Interval(rows, precision: 64).squareRoot)
        known += norm
      }
    }
    let left = (small * count).squareRoot
    let enclosure = (sum + .ball((left + error).upper)).nonNegative.hull((sum + left + error + skew).nonNegative)
    value = enclosure.lower < skew.lower ? Interval(skew.lower).hull(Interval(enclosure.upper)) : enclosure
    isTold = known.upper <= skew.lower || Self.isTold((known + .ball((left + error).upper)).nonNegative)
  }

  /// The trace norm of a block, not nearer than what is left out makes it: most are told by doubles.
  static func traceNorm(_ matrix: HermitianMatrix, bits: Int, within budget: Budget) throws -> Interval {
    if let norm = try matrix.traceNormInDoubles(within: budget),
      norm.width <= norm.upper.scaled(byPowerOfTwo: -bits, rounding: .down)
    {
      return norm
    }
    return try HermitianSpectrum(matrix, bits: bits, within: budget).eigenvalues
      .reduce(Interval(0, precision: 64)) { $0 + $1.absoluteValue }
  }

  static func difference(_ elements: Elements, _ truth: Elements) -> Elements {
    elements.merging(truth.mapValues { -$0 }) { $0 + $1 }
  }

  /// The Frobenius norm of a Hermitian matrix.
  static func frobenius(_ elements: Elements) -> Interval {
    elements.reduce(Interval(0, precision: 64)) { sum, element in
      let square = element.value.squaredMagnitude.rounded(to: 64)
      return sum + (element.key.isDiagonal ? square : square + square)
    }.squareRoot
  }

  static func frobenius(_ elements: Elements, _ others: Elements) -> Interval {
    frobenius(difference(elements, others))
  }
}

extension UnionMatrix {
  /// A block that no element joins to others.
  enum Group {
    case one(Interval)
    case small(HermitianMatrix)
    /// The number of rows, and the square of the Frobenius norm.
    case large(Int, square: Interval)
  }

  /// The most rows of which a spectrum is worth its time.
  static let greatestSpectrum = 64

  /// The blocks, of which the great ones are told by their size alone.
  func groups(precision: Int) -> [Group] {
    grouped().map { rows, elements in
      if rows.count == 1 { return .one(elements.first?.value.value.real ?? Interval(0, precision: precision)) }
      guard rows.count <= Self.greatestSpectrum else {
        let square = elements.reduce(Interval(0, precision: precision)) { sum, element in
          let own = element.value.value.squaredMagnitude.rounded(to: precision)
          return sum + (element.key.row == element.key.column ? own : own + own)
        }
        return .large(rows.count, square: square)
      }
      let zero = ComplexInterval.zero(precision: precision)
      return .small(
        HermitianMatrix(rows.count, precision: precision) { i, j in
          elements[.init(row: rows[i], column: rows[j])]?.value ?? zero
        })
    }
  }
}
