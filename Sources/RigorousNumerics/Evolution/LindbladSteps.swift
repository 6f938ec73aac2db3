import ArbitraryPrecision
internal import CGMP

/// The steps of a ``LindbladFlow``: vectors of all real and then all imaginary parts in fixed point, times h L with |h
/// L| <= 1.
///
/// Numbers are below 4 in magnitude with 64 width - 2 bits after the point (``FixedColumns``). No sum of T_k comes near
/// 4: elements are at most the trace norm, and the sum of |T_k| is at most e |X| up to the errors of a step; |X| is at
/// most one and what was added by errors, which is checked to stay below 1/4.
struct LindbladSteps {
  private let dimension: Int
  private let steps: Int
  private let bits: Int
  /// At least |h L| in the trace norm.
  private let norm: Interval
  private let starts: [Int]
  private let columns: [Int]
  private let factors: FixedColumns
  /// At least the distance of T_(k+1) from h L T_k/(k + 1), in the trace norm.
  private let rounding: Interval
  private var width: Int { factors.width }

  init(rows: [[(column: Int, value: Interval)]], dimension: Int, norm: BigFloat, steps: Int, bits: Int) {
    (self.dimension, self.steps, self.bits) = (dimension, steps, bits)
    self.norm = Interval(norm)
    // Every step adds some 30 roundings of some d^2 units.
    let guardBits = 12 + 2 * (Int.bitWidth - dimension.leadingZeroBitCount) + (Int.bitWidth - steps.leadingZeroBitCount)
    let width = FixedColumns.width(forBits: bits + guardBits)
    let entries = rows.flatMap(\.self)
    let fractionBits = FixedColumns.fractionBits(width)
    columns = entries.map(\.column)
    starts = rows.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    var entryError = Interval(0, precision: 64)
    var factors = FixedColumns(zero: 1, length: max(entries.count, 1), width: width)
    for (k, entry) in entries.enumerated() {
      let scaled = entry.value.scaled(byPowerOfTwo: fractionBits)
      let nearest = scaled.anchor?.floor ?? 0
      factors.set(0, k, nearest)
      entryError = entryError.maximum(
        (scaled - Interval(nearest, precision: scaled.precision + 64)).absoluteValue.rounded(to: 64))
    }
    self.factors = factors
    // Of an element: a row of at most n factors has an error of n `entryError` units times elements below 4; the sum is
    // cut, by less than a unit, and so is its quotient. 2 d^2 real elements, each with an error below u, have a
    // Frobenius norm below sqrt 2 d u, and a trace norm below sqrt(2 d) d u.
    let greatest = rows.reduce(0) { max($0, $1.count) }
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -fractionBits)
    rounding = dimension * Interval(2 * dimension, precision: 64).squareRoot * unit * (2 + 4 * greatest * entryError)
  }

  /// An upper bound of the trace norm of a vector in fixed point, from its greatest element: sqrt(2 d) d times that.
  private func traceNorm(_ vector: FixedColumns) -> Interval {
    guard let exponent = vector.greatestExponent else { return Interval(0, precision: 64) }
    return (dimension * Interval(2 * dimension, precision: 64).squareRoot).scaled(byPowerOfTwo: exponent)
  }

  func evolved(_ start: HermitianMatrix, within budget: Budget) throws(Unanswered) -> LindbladFlow.State {
    let d = dimension
    // What is known so poorly could leave the range of the format.
    guard rounding.upper < BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -8, rounding: .down) else {
      throw Unanswered(undecided: "the generator is not known well enough")
    }
    var state = FixedColumns(zero: 1, length: 2 * d * d, width: width)
    var error = Interval(0, precision: 64)
    for row in 0..<d {
      for column in 0..<d {
        let value = start[row, column]
        for (part, x) in [value.real, value.imaginary].enumerated() {
          guard let scaled = x.anchor?.scaled(byPowerOfTwo: state.fractionBits, rounding: .nearest).floor,
            x.magnitude <= BigFloat(2, precision: 64, rounding: .up)
          else { throw Unanswered(undecided: "the start is no density matrix") }
          state.set(0, part * d * d + row * d + column, scaled)
          let stored = Interval(scaled, precision: x.precision + 64).scaled(byPowerOfTwo: -state.fractionBits)
          error = error + (x - stored).rounded(to: 64).squared
        }
      }
    }
    error = (d * error).squareRoot
    for _ in 0..<steps {
      try budget.check()
      error = error + (try step(&state, within: budget))
      checkInvariant(
        (trace(state) - start.trace).mignitude <= error.upper, "LindbladSteps: a channel keeps the trace")
      guard error.upper < BigFloat(1, precision: 64, rounding: .down).scaled(byPowerOfTwo: -2, rounding: .down) else {
        throw Unanswered(undecided: "errors added up to a quarter")
      }
    }
    checkInvariant(
      (state.greatestExponent ?? 0) <= 1, "LindbladSteps: elements are at most the trace norm, one and a quarter")
    let (fractionBits, precision) = (state.fractionBits, 64 * width + 1)
    func part(_ k: Int) -> Interval { Interval(state.integer(0, k), precision: precision) }
    // (X + X^H)/2 is as near to a Hermitian matrix as X is; sums have one bit more.
    let matrix = HermitianMatrix(d, precision: precision) { row, column in
      let (below, above) = (row * d + column, column * d + row)
      let (real, imaginary) = (part(below) + part(above), part(d * d + below) - part(d * d + above))
      return ComplexInterval(
        real.scaled(byPowerOfTwo: -fractionBits - 1), imaginary.scaled(byPowerOfTwo: -fractionBits - 1))
    }
    return LindbladFlow.State(matrix: matrix, error: error.upper)
  }

  /// The sum of the real parts on the diagonal.
  private func trace(_ state: FixedColumns) -> Interval {
    let sum = (0..<dimension).reduce(Integer(0)) { $0 + state.integer(0, $1 * dimension + $1) }
    return Interval(sum, precision: 64 * (width + 1)).scaled(byPowerOfTwo: -state.fractionBits)
  }

  /// One step; what it adds to the error.
  private func step(_ state: inout FixedColumns, within budget: Budget) throws(Unanswered) -> Interval {
    var term = state
    var added = Interval(0, precision: 64)
    let goal = Interval(1, precision: 64).scaled(byPowerOfTwo: -bits - 8) / steps
    for k in 1...10_000 {
      try budget.check()
      term = next(term, dividedBy: UInt(k))
      state.add(term)
      added = added + rounding
      let truncation = norm * traceNorm(term) / (k + 1)
      if truncation.upper <= goal.lower || truncation.upper <= rounding.lower { return added + truncation }
    }
    throw Unanswered(undecided: "Taylor's series did not get small")
  }

  /// h L T/k, each sum cut once and its quotient once.
  private func next(_ term: FixedColumns, dividedBy divisor: UInt) -> FixedColumns {
    let (width, starts, columns) = (width, starts, columns)
    return FixedColumns.filled(1, length: term.length, width: width) { target, sum in
      FixedColumns.withViews([term, factors]) { views in
        let (vector, factors) = (views[0], views[1])
        starts.withUnsafeBufferPointer { starts in
          columns.withUnsafeBufferPointer { columns in
            for row in 0..<term.length {
              sum.clear()
              for entry in starts[row]..<starts[row + 1] {
                let column = columns[entry]
                sum.add(
                  factors.limbs + entry * width, vector.limbs + column * width,
                  sign: factors.signs[entry] &* vector.signs[column])
              }
              sum.store(to: target, 0, row)
              let place = target.limbs + row * width
              _ = __gmpn_divrem_1(place, 0, place, mp_size_t(width), divisor)
            }
          }
        }
      }
    }
  }
}

extension FixedColumns {
  /// The least e with all magnitudes below 2^e; nil when all are zero.
  fileprivate var greatestExponent: Int? {
    for limb in stride(from: width - 1, through: 0, by: -1) {
      var greatest: UInt = 0
      for place in stride(from: limb, to: limbs.count, by: width) { greatest = max(greatest, limbs[place]) }
      if greatest > 0 { return 64 * (limb + 1) - greatest.leadingZeroBitCount - fractionBits }
    }
    return nil
  }

  /// Adds numbers of the same format; sums stay below 4.
  fileprivate mutating func add(_ other: FixedColumns) {
    let (width, count) = (width, mp_size_t(width))
    limbs.withUnsafeMutableBufferPointer { limbs in
      signs.withUnsafeMutableBufferPointer { signs in
        other.limbs.withUnsafeBufferPointer { added in
          guard let limbs = limbs.baseAddress, let added = added.baseAddress else { return }
          for place in signs.indices where other.signs[place] != 0 {
            let (x, y) = (limbs + place * width, added + place * width)
            if signs[place] == other.signs[place] || signs[place] == 0 {
              let carry = __gmpn_add_n(x, x, y, count)
              checkInvariant(carry == 0, "FixedColumns: sums stay below 4")
              signs[place] = other.signs[place]
              continue
            }
            let order = __gmpn_cmp(x, y, count)
            _ = order >= 0 ? __gmpn_sub_n(x, x, y, count) : __gmpn_sub_n(x, y, x, count)
            if order <= 0 { signs[place] = order == 0 ? 0 : other.signs[place] }
          }
        }
      }
    }
  }
}
