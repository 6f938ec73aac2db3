import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// A state: a Hermitian matrix of trace one without negative eigenvalues, its elements enclosed.
///
/// What is checked is what enclosures can show: a matrix is refused when no state is inside them, with a lower bound of
/// the violation.
///
/// A computed matrix X comes with a bound e of the trace norm of what it is off, D = rho - X; every figure then
/// encloses the one of the true state rho, by what follows from |D| <= e in the trace norm:
///
/// - elements: |Re D_ii| <= e, and |D_ij| <= e/2 for i != j, since 2 |D_ij| = |D_ij| + |D_ji| = |Tr(D U)| for a matrix
///   U with |U|_2 = 1;
/// - eigenvalues in falling order: the sum of |l_i(rho) - l_i(X)| is at most e (Mirsky, Quart. J. Math. 11, 50, 1960;
///   Bhatia, Matrix Analysis, Theorem III.4.4);
/// - lengths: |D|_F <= e in the Frobenius norm;
/// - parts: partial traces do not enlarge the trace norm.
public struct DensityMatrix: Sendable {
  /// The elements of the true state.
  public let matrix: HermitianMatrix
  /// The eigenvalues of the true state in falling order, each at least zero.
  public let populations: [Interval]
  /// At least the trace norm of what the computed matrix is off; zero when it encloses the state itself.
  public let error: BigFloat
  /// The computed matrix X, ``matrix`` when there is no error.
  package let computed: HermitianMatrix
  /// The eigenvalues of X in falling order.
  package let eigenvalues: [Interval]

  /// The number of dimensions.
  public var dimension: Int { matrix.dimension }

  /// The state with elements in a basis, all of them given.
  ///
  /// - Parameters:
  ///   - dimension: the number of rows.
  ///   - precision: the bits of the elements; eigenvalues are enclosed to as many.
  ///   - error: at least the trace norm of what the matrix is off.
  ///   - element: the element of a row and a column, both from 0.
  /// - Throws: ``BadInput`` when the matrix is farther than the error from all that are Hermitian, of trace one and
  ///   positive, with what it is off by; `Unanswered`.
  public init(
    _ dimension: Int, precision: Int, error: BigFloat = .zero(precision: 64), within budget: Budget = Budget(),
    element: (_ row: Int, _ column: Int) -> ComplexInterval
  ) throws {
    try DensityMatrix.check(error)
    guard dimension >= 1 else { throw BadInput("the state has no dimension; accepted: 1 or more") }
    for row in 0..<dimension {
      for column in 0...row {
        let difference = element(row, column) - element(column, row).conjugate
        let off = Interval(difference.magnitude.lower)
        // |D_ij| + |D_ji| <= e, and 2 |Im D_ii| <= 2 e.
        let allowed = error.scaled(byPowerOfTwo: row == column ? 1 : 0, rounding: .up)
        if off.lower > allowed {
          throw BadInput(
            """
            the state is not Hermitian: element (\(row), \(column)) differs from the conjugate of (\(column), \(row)) \
            by \(DensityMatrix.atLeast(off)); accepted: \(DensityMatrix.upTo(allowed) ?? "no difference")
            """
          )
        }
      }
    }
    try self.init(
      HermitianMatrix(dimension, precision: precision) { row, column in
        let (x, y) = (element(row, column), element(column, row).conjugate)
        // Without an error both elements enclose the same number, so their common part does; with one (X + X^H)/2 is as
        // near to the state as X.
        if error.signum == 0 {
          return ComplexInterval(x.real.intersection(y.real), x.imaginary.intersection(y.imaginary))
        }
        let sum = x + y
        return ComplexInterval(sum.real.scaled(byPowerOfTwo: -1), sum.imaginary.scaled(byPowerOfTwo: -1))
      }, error: error, within: budget)
  }

  /// The end of an evolution with dissipation, with the error that it proved.
  ///
  /// - Throws: ``BadInput`` when no state is so near to it; `Unanswered`.
  public init(_ state: LindbladFlow.State, within budget: Budget = Budget()) throws {
    try self.init(state.matrix, error: state.error, within: budget)
  }

  /// The state of a Hermitian matrix.
  ///
  /// - Parameter error: at least the trace norm of what the matrix is off.
  /// - Throws: ``BadInput`` when its trace is not one or an eigenvalue is negative, by more than the error, with what
  ///   it is off by; `Unanswered`.
  public init(
    _ matrix: HermitianMatrix, error: BigFloat = .zero(precision: 64), within budget: Budget = Budget()
  ) throws {
    try self.init(matrix, error: error, rank: nil, within: budget)
  }

  /// The state of a Hermitian matrix whose rank is known where it has no error: all eigenvalues beyond it are zero.
  package init(_ matrix: HermitianMatrix, error: BigFloat, rank: Int?, within budget: Budget) throws {
    try DensityMatrix.check(error)
    demand(rank == nil || error.signum == 0, "DensityMatrix: the rank of a matrix with an error")
    // |Tr D| <= e.
    let off = (matrix.trace - 1).mignitude
    if off > error {
      throw BadInput(
        """
        the trace of the state is off one by \(DensityMatrix.atLeast(Interval(off))); accepted: \
        \(DensityMatrix.upTo(error) ?? "1")
        """
      )
    }
    let allowed = Interval(error)
    let spectrum = try HermitianSpectrum(matrix, bits: matrix.precision, within: budget)
    if let least = spectrum.eigenvalues.first, (least + allowed).upper.signum < 0 {
      throw BadInput(
        """
        the state has a negative eigenvalue, of magnitude \(DensityMatrix.atLeast(Interval(least.mignitude))); \
        accepted: \(DensityMatrix.upTo(error) ?? "none")
        """
      )
    }
    if let greatest = spectrum.eigenvalues.last, (greatest - 1 - allowed).lower.signum > 0 {
      throw BadInput(
        "the state has an eigenvalue beyond one by \(DensityMatrix.atLeast(greatest - 1)); accepted: 0 to 1")
    }
    (self.error, computed, eigenvalues) = (error, matrix, spectrum.eigenvalues.reversed())
    self.matrix = DensityMatrix.widened(matrix, by: error)
    let range = Interval(from: 0, to: 1, precision: matrix.precision)
    let ball = Interval.ball(error)
    let zero = Interval(0, precision: matrix.precision)
    populations = eigenvalues.enumerated().map { place, value in
      if let rank, place >= rank { return zero }
      return (error.signum == 0 ? value : value + ball).intersection(range)
    }
  }

  /// The elements of all Hermitian matrices within an error in the trace norm.
  private static func widened(_ matrix: HermitianMatrix, by error: BigFloat) -> HermitianMatrix {
    if error.signum == 0 { return matrix }
    let (ball, half) = (Interval.ball(error), Interval.ball(Interval(error).scaled(byPowerOfTwo: -1).upper))
    return HermitianMatrix(matrix.dimension, precision: matrix.precision) { row, column in
      let x = matrix[row, column]
      return row == column
        ? ComplexInterval(x.real + ball, x.imaginary) : ComplexInterval(x.real + half, x.imaginary + half)
    }
  }

  private static func check(_ error: BigFloat) throws(BadInput) {
    guard error.isFinite, error.signum >= 0 else {
      throw BadInput("the error of the state is negative or not finite; accepted: a number of 0 or more")
    }
  }

  /// The pure state of amplitudes.
  ///
  /// - Parameters:
  ///   - amplitudes: those of a vector y.
  ///   - distance: at least the length |y - x| to the true vector x, |x| = 1. Then |yy^H - xx^H| <= |y - x| (|y| +
  ///     |x|) <= d (2 + d) in the trace norm.
  /// - Throws: ``BadInput`` when the length of y is farther from one than the distance, with what the squares are off
  ///   by.
  public init(pure amplitudes: [ComplexInterval], precision: Int, distance: BigFloat = .zero(precision: 64)) throws {
    try DensityMatrix.check(distance)
    guard !amplitudes.isEmpty else { throw BadInput("the state has no amplitude; accepted: 1 or more") }
    let length = amplitudes.reduce(Interval(0, precision: precision)) { $0 + $1.squaredMagnitude }
    // ||y|^2 - 1| = ||y| - 1| (|y| + 1) <= d (2 + d).
    let d = Interval(distance)
    error = (d * (2 + d)).upper
    let off = (length - 1).mignitude
    if off > error {
      throw BadInput(
        """
        the squares of the amplitudes add up to one less or more by \(DensityMatrix.atLeast(Interval(off))); accepted: \
        \(DensityMatrix.upTo(error) ?? "1")
        """
      )
    }
    computed = HermitianMatrix(amplitudes.count, precision: precision) { row, column in
      row == column
        ? ComplexInterval(amplitudes[row].squaredMagnitude, Interval(0, precision: precision))
        : amplitudes[row] * amplitudes[column].conjugate
    }
    matrix = DensityMatrix.widened(computed, by: error)
    // The true state is pure; yy^H has the square of the length of y and zeros.
    let pure = amplitudes.indices.map { Interval($0 == 0 ? 1 : 0, precision: precision) }
    populations = pure
    eigenvalues = error.signum == 0 ? pure : [length] + pure.dropFirst()
  }

  private static func atLeast(_ x: Interval) -> String {
    let digits = x.lower.decimal(digits: 3, rounding: .down).map { "\($0)" } ?? "\(x)"
    return "at least \(digits)"
  }

  /// What an error accepts; nil for none.
  private static func upTo(_ error: BigFloat) -> String? {
    if error.signum == 0 { return nil }
    let digits = error.decimal(digits: 3, rounding: .down).map { "\($0)" } ?? "\(error)"
    return "at most the error of \(digits)"
  }

  /// The product of positive numbers; nil when it is no machine word.
  private static func product(_ factors: [Int]) -> Int? {
    factors.reduce(1) { product, factor in
      guard let product else { return nil }
      let (result, isTooLarge) = product.multipliedReportingOverflow(by: factor)
      return isTooLarge ? nil : result
    }
  }

  /// Tr rho^2, the square of the Frobenius norm, which is within the error of that of X.
  public var purity: Interval {
    let square = computed.squaredNorm
    let value =
      error.signum == 0 ? square : (square.squareRoot + .ball(error)).maximum(Interval(0, precision: 64)).squared
    return value.intersection(Interval(from: 0, to: 1, precision: matrix.precision))
  }

  /// Half of the trace norm of the difference of two states: that of X and Y within half of both errors.
  public func traceDistance(to other: DensityMatrix, within budget: Budget = Budget()) throws -> Interval {
    let distance = try (computed - other.computed).traceNorm(within: budget).scaled(byPowerOfTwo: -1)
    let off = (Interval(error) + Interval(other.error)).scaled(byPowerOfTwo: -1).upper
    if off.signum == 0 { return distance }
    return (distance + .ball(off)).intersection(Interval(from: 0, to: 1, precision: matrix.precision))
  }

  /// The state of some parts of a system of several.
  ///
  /// - Parameters:
  ///   - dimensions: the dimensions of the parts; the first one's index changes slowest.
  ///   - parts: the parts that stay, in rising order.
  public func reduced(_ dimensions: [Int], to parts: [Int], within budget: Budget = Budget()) throws -> DensityMatrix {
    guard dimensions.allSatisfy({ (1...dimension).contains($0) }), DensityMatrix.product(dimensions) == dimension else {
      throw BadInput(
        """
        the parts have \(dimensions.map(String.init).joined(separator: " x ")) dimensions, the state has \(dimension); \
        accepted: equal
        """
      )
    }
    guard parts == Array(Set(parts)).sorted(), parts.allSatisfy(dimensions.indices.contains) else {
      throw BadInput(
        "the parts \(parts) are not places of the \(dimensions.count) parts; accepted: different ones in rising order")
    }
    return try DensityMatrix(
      computed.partialTrace(dimensions, keeping: parts), error: error, within: budget)
  }
}
