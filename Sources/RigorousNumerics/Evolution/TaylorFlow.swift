import ArbitraryPrecision

/// The rotation v' = A v of a real skew-symmetric A by Taylor's series in steps, in fixed point.
///
/// exp(tA) keeps the 2-norm |.|, so a path X(s) that obeys the equation up to a defect is near the true one, and for
/// X(s) = sum over k <= m of T_k (s/h)^k on a step of length h
///
///     |X(s) - y(s)| <= |X(0) - y(0)| + sum over k < m of |h A T_k/(k + 1) - T_(k+1)| + |h A| |T_m|/(m + 1)
///
/// at all times s of the step: the argument of ``LindbladFlow`` in another norm. The terms of the sum are roundings.
/// Nothing is shared with ``SkewFlow``, whose series are those of Chebyshev.
package struct TaylorFlow: Sendable {
  /// The number of elements.
  package let dimension: Int
  /// The number of elements of A that are not zero.
  package let count: Int
  /// At least |A| in the 2-norm: the greatest sum of magnitudes in a row, as rows and columns have the same ones.
  package let norm: Interval
  private let rows: [[(column: Int, value: Interval)]]

  /// What is known of a step.
  package struct Step: Sendable {
    /// At least the magnitudes of the watched elements of y(s) at all times of the step, but for a vector of 2-norm at
    /// most ``noise``. Here y is the true solution from the vector that is stored at the step's beginning.
    package let bounds: [UpperBound]
    /// At least the distance from y(h) to the vector that is stored at the end.
    package let noise: Interval
  }

  /// The end of an evolution.
  package struct End: Sendable {
    /// The vector, exactly.
    package let elements: [Interval]
    /// At least its distance from the true one, by the arithmetic and the enclosure of the start.
    package let error: Interval
  }

  /// A rotation by the rows of A, which are those of a skew-symmetric matrix.
  package init(rows: [[(column: Int, value: Interval)]]) {
    self.rows = rows
    dimension = rows.count
    count = rows.reduce(0) { $0 + $1.count }
    let zero = Interval(0, precision: 64)
    norm = rows.reduce(zero) { greatest, row in
      greatest.maximum(row.reduce(zero) { $0 + $1.value.absoluteValue.rounded(to: 64) })
    }
  }

  /// The most steps.
  private static let greatestSteps = 1 << 20

  /// The number of steps for a time, each with |h A| <= 1.
  ///
  /// - Throws: ``Unanswered`` for a time that is not bounded, and beyond 2^20 steps.
  package func steps(for time: Interval) throws(Unanswered) -> Int {
    let length = (norm * time.absoluteValue.rounded(to: 64)).upper
    guard length.isFinite else { throw Unanswered(undecided: "the generator is not known well enough") }
    guard (length.binaryExponent ?? 0) <= 20, let floor = length.floor.flatMap({ Int(exactly: $0) }),
      floor < Self.greatestSteps
    else { throw Unanswered(beyond: "the norm of the generator times the time is above 2^20") }
    return floor + 1
  }

  /// The vector after a time.
  ///
  /// - Parameters:
  ///   - bits: the arithmetic adds about 2^-bits of the start's length.
  ///   - watched: the elements of which bounds are wanted.
  ///   - accept: looks at each step; nothing is returned where it does not like one.
  package func evolved(
    _ start: [Interval], for time: Interval, bits: Int, watching watched: [Int], within budget: Budget,
    accept: (Step) throws -> Bool
  ) throws -> End? {
    demand(start.count == dimension, "TaylorFlow: a start of the generator's dimension")
    let steps = try steps(for: time)
    func length(_ elements: [Interval]) -> Interval {
      elements.reduce(Interval(0, precision: 64)) { $0 + $1.rounded(to: 64).squared }.squareRoot
    }
    let size = length(start).upper
    guard size.isFinite else { throw Unanswered(undecided: "the start is not known well enough") }
    // Elements are divided by 2^shift, so that the length is at most one.
    let shift = max(size.binaryExponent ?? 0, 0)
    // Every step adds some 30 roundings.
    let guardBits = 16 + Int.bitWidth - dimension.leadingZeroBitCount + Int.bitWidth - steps.leadingZeroBitCount
    let width = FixedColumns.width(forBits: bits + guardBits)
    let fixed = TaylorRows(
      rows.map { row in row.map { ($0.column, ($0.value * time / steps)) } }, width: width)
    let rounding = Interval(dimension, precision: 64).squareRoot * fixed.error
    let hNorm = Interval((norm * time.absoluteValue.rounded(to: 64) / steps).upper)
    guard rounding.upper < BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -8, rounding: .down) else {
      throw Unanswered(undecided: "the generator is not known well enough")
    }
    var state = FixedColumns(zero: 1, length: dimension, width: width)
    let fractionBits = state.fractionBits
    var off: [Interval] = []
    for (row, x) in start.enumerated() {
      let scaled = x.scaled(byPowerOfTwo: fractionBits - shift)
      let nearest = scaled.anchor?.floor ?? 0
      state.set(0, row, nearest)
      off.append((scaled - Interval(nearest, precision: scaled.precision + 64)).rounded(to: 64))
    }
    // In units of the shifted vector.
    var error = length(off).scaled(byPowerOfTwo: -fractionBits)
    let goal = Interval(1, precision: 64).scaled(byPowerOfTwo: -bits - 8) / steps
    let greatest = BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -2, rounding: .down)
    for _ in 0..<steps {
      try budget.check()
      var (term, added, bounds) = (state, Interval(0, precision: 64), watched.map { state.bound(0, $0) })
      for k in 1... {
        term = fixed.product(term, dividedBy: UInt(k))
        state.add(term)
        for (place, row) in watched.enumerated() { bounds[place] = bounds[place] + term.bound(0, row) }
        added = added + rounding
        let truncation = hNorm * term.norm / (k + 1)
        guard truncation.upper <= goal.lower || truncation.upper <= rounding.lower else { continue }
        added = added + truncation
        break
      }
      error = Interval((error + added).upper)
      guard error.upper < greatest else { throw Unanswered(undecided: "errors added up to a quarter") }
      let step = Step(
        bounds: bounds.map { $0.scaled(byPowerOfTwo: shift) }, noise: added.scaled(byPowerOfTwo: shift))
      guard try accept(step) else { return nil }
    }
    let elements = (0..<dimension).map {
      Interval(state.integer(0, $0), precision: 64 * width + 1).scaled(byPowerOfTwo: shift - fractionBits)
    }
    return End(elements: elements, error: Interval(error.scaled(byPowerOfTwo: shift).upper))
  }
}

extension FixedColumns {
  /// At least the magnitude of an element.
  fileprivate func bound(_ column: Int, _ row: Int) -> UpperBound {
    let place = column * length + row
    guard signs[place] != 0 else { return .zero }
    let value = BigFloat(integer(column, row).magnitude, precision: 64, rounding: .up)
    return UpperBound(value.scaled(byPowerOfTwo: -fractionBits, rounding: .up))
  }

  /// At least the 2-norm of a single column.
  fileprivate var norm: Interval {
    guard let exponent = greatestExponent else { return Interval(0, precision: 64) }
    return Interval(signs.count, precision: 64).squareRoot.scaled(byPowerOfTwo: exponent)
  }
}

extension UpperBound {
  /// The bound times a power of two.
  fileprivate func scaled(byPowerOfTwo shift: Int) -> UpperBound {
    UpperBound(value.scaled(byPowerOfTwo: shift, rounding: .up))
  }
}
