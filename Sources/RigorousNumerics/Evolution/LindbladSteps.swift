import ArbitraryPrecision

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
  private let rows: TaylorRows
  private let width: Int
  /// At least the distance of T_(k+1) from h L T_k/(k + 1), in the trace norm.
  private let rounding: Interval

  init(rows: [[(column: Int, value: Interval)]], dimension: Int, norm: BigFloat, steps: Int, bits: Int) {
    (self.dimension, self.steps, self.bits) = (dimension, steps, bits)
    self.norm = Interval(norm)
    // Every step adds some 30 roundings of some d^2 units.
    let guardBits = 12 + 2 * (Int.bitWidth - dimension.leadingZeroBitCount) + (Int.bitWidth - steps.leadingZeroBitCount)
    let width = FixedColumns.width(forBits: bits + guardBits)
    self.rows = TaylorRows(rows, width: width)
    self.width = width
    // 2 d^2 real elements, each with an error below u, have a Frobenius norm below sqrt 2 d u, and a trace norm below
    // sqrt(2 d) d u.
    rounding = dimension * Interval(2 * dimension, precision: 64).squareRoot * self.rows.error
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
      term = rows.product(term, dividedBy: UInt(k))
      state.add(term)
      added = added + rounding
      let truncation = norm * traceNorm(term) / (k + 1)
      if truncation.upper <= goal.lower || truncation.upper <= rounding.lower { return added + truncation }
    }
    throw Unanswered(undecided: "Taylor's series did not get small")
  }
}
