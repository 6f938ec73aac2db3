import ArbitraryPrecision

/// The evolution of a density matrix with dissipation,
///
///     rho' = L rho = -i [H, rho] + sum over jumps of J rho J^H - (J^H J rho + rho J^H J)/2,
///
/// by Taylor's series in steps, in fixed point.
///
/// exp(t L) does not enlarge the trace norm |.| of any matrix, as it is completely positive and keeps the trace
/// (Lindblad, Commun. Math. Phys. 48, 1976; Perez-Garcia et al., J. Math. Phys. 47, 083506, 2006). So a path X(s) that
/// obeys the equation up to a defect is near the true one,
///
///     |X(h) - rho(h)| <= |X(0) - rho(0)| + integral from 0 to h of |L X(s) - X'(s)| ds.
///
/// For X(s) = sum over k <= m of T_k (s/h)^k the defect is made of the L T_k - (k + 1) T_(k+1)/h and of L T_m, and its
/// integral is at most
///
///     sum over k < m of |h L T_k/(k + 1) - T_(k+1)|  +  |h L| |T_m|/(m + 1).
///
/// The terms of the sum are the errors of T_(k+1), computed from T_k: roundings, and errors of the rounded elements of
/// h L themselves. Nothing else is asked of the T_k. With d rows |M| <= sqrt(d) |M|_F, the Frobenius norm being the
/// 2-norm of the vector of all elements.
public struct LindbladFlow: Sendable {
  /// An element of an operator.
  public struct Element: Sendable {
    let row: Int
    let column: Int
    let value: ComplexInterval

    /// The element in a row and a column, both from 0.
    public init(_ row: Int, _ column: Int, _ value: ComplexInterval) {
      (self.row, self.column, self.value) = (row, column, value)
    }
  }

  /// A matrix in fixed point with its distance from the true density matrix.
  public struct State: Sendable {
    /// The matrix; its elements are exact.
    public let matrix: HermitianMatrix
    /// An upper bound of the trace norm of the difference from the truth.
    public let error: BigFloat
  }

  /// The number of rows of the density matrix.
  public let dimension: Int
  /// Rows of L as a real matrix on the real parts of all elements, row after row, and then the imaginary ones.
  private let rows: [[(column: Int, value: Interval)]]
  /// An upper bound of |L| in the trace norm.
  private let norm: Interval
  private let precision: Int

  /// The flow of a Hamiltonian and of jump operators, given by their elements that are not zero.
  public init(hamiltonian: HermitianMatrix, jumps: [[Element]]) {
    let d = hamiltonian.dimension
    demand(
      jumps.joined().allSatisfy { (0..<d).contains($0.row) && (0..<d).contains($0.column) },
      "LindbladFlow: jumps have the Hamiltonian's dimension")
    (dimension, precision) = (d, hamiltonian.precision)
    let zero = ComplexInterval(Interval(0, precision: precision), Interval(0, precision: precision))
    // K = -i H - (sum of J^H J)/2, so that L rho = K rho + rho K^H + sum of J rho J^H.
    var k = (0..<d).map { row in
      (0..<d).map { column in
        let h = hamiltonian[row, column]
        return ComplexInterval(h.imaginary, -h.real)
      }
    }
    for jump in jumps {
      for x in jump {
        for y in jump where x.row == y.row {
          let product = x.value.conjugate * y.value
          k[x.column][y.column] =
            k[x.column][y.column]
            - ComplexInterval(product.real.scaled(byPowerOfTwo: -1), product.imaginary.scaled(byPowerOfTwo: -1))
        }
      }
    }
    var entries = [[Int: ComplexInterval]](repeating: [:], count: d * d)
    func add(_ row: Int, _ column: Int, _ value: ComplexInterval) {
      if value.real.certainSign == 0 && value.imaginary.certainSign == 0 { return }
      entries[row][column] = (entries[row][column] ?? zero) + value
    }
    for a in 0..<d {
      for c in 0..<d {
        for b in 0..<d {
          add(a * d + b, c * d + b, k[a][c])
          add(b * d + a, b * d + c, k[a][c].conjugate)
        }
      }
    }
    for jump in jumps {
      for x in jump {
        for y in jump { add(x.row * d + y.row, x.column * d + y.column, x.value * y.value.conjugate) }
      }
    }
    var rows: [[(column: Int, value: Interval)]] = []
    for part in 0..<2 {
      for row in entries {
        var line: [(column: Int, value: Interval)] = []
        for (column, value) in row.sorted(by: { $0.key < $1.key }) {
          let (first, second) = part == 0 ? (value.real, -value.imaginary) : (value.imaginary, value.real)
          if first.certainSign != 0 { line.append((column, first)) }
          if second.certainSign != 0 { line.append((column + d * d, second)) }
        }
        rows.append(line)
      }
    }
    self.rows = rows
    // |K rho + rho K^H| <= 2 |K|_2 |rho|, and |K|_2^2 is at most the greatest row sum times the greatest column sum; |J
    // rho J^H| <= |J|_F^2 |rho|.
    func size(_ z: ComplexInterval) -> Interval { z.real.hypotenuse(z.imaginary).rounded(to: 64) }
    let none = Interval(0, precision: 64)
    let inRows = k.map { $0.reduce(none) { $0 + size($1) } }.reduce(none) { $0.maximum($1) }
    let inColumns = (0..<d).map { c in k.reduce(none) { $0 + size($1[c]) } }.reduce(none) { $0.maximum($1) }
    let jumpNorms = jumps.joined().reduce(none) { $0 + size($1.value).squared }
    norm = 2 * (inRows * inColumns).squareRoot + jumpNorms
  }

  /// The state after a time t >= 0, with about some bits after the point.
  ///
  /// - Parameter start: a density matrix.
  /// - Throws: ``Unanswered`` when |L| t is above 2^20 or t may be negative, the elements are unbounded, or the
  ///   time is over.
  public func evolved(
    _ start: HermitianMatrix, for time: Interval, bits: Int, within budget: Budget
  ) throws(Unanswered) -> State {
    demand(start.dimension == dimension, "LindbladFlow: a start of the Hamiltonian's dimension")
    guard time.lower.signum >= 0 else {
      throw Unanswered(undecided: "the time may be below zero, where the flow enlarges distances")
    }
    let length = (norm * time.rounded(to: 64)).upper
    guard length.isFinite, (length.binaryExponent ?? 0) <= 20, let steps = length.floor.flatMap({ Int(exactly: $0) })
    else { throw Unanswered(beyond: "the norm of the generator times the time is above 2^20") }
    let run = LindbladSteps(
      rows: rows.map { row in row.map { ($0.column, $0.value * time / (steps + 1)) } }, dimension: dimension,
      norm: (norm * time.rounded(to: 64) / (steps + 1)).upper, steps: steps + 1, bits: bits)
    return try run.evolved(start, within: budget)
  }
}
