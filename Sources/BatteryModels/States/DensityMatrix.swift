import ArbitraryPrecision
import RigorousNumerics

/// A state: a Hermitian matrix of trace one without negative eigenvalues, its elements enclosed.
///
/// What is checked is what enclosures can show: a matrix is refused when no state is inside them, with a lower bound of the violation.
public struct DensityMatrix: Sendable {
  /// The elements.
  public let matrix: HermitianMatrix
  /// The eigenvalues in falling order, each at least zero.
  public let populations: [Interval]

  /// The number of dimensions.
  public var dimension: Int { matrix.dimension }

  /// The state with elements in a basis, all of them given.
  ///
  /// - Parameters:
  ///   - dimension: the number of rows.
  ///   - precision: the bits of the elements; eigenvalues are enclosed to as many.
  ///   - element: the element of a row and a column, both from 0.
  /// - Throws: ``BadInput`` when the matrix is not Hermitian, of trace one and positive, with what it is off by; `Budget.Exhausted`.
  public init(
    _ dimension: Int, precision: Int, within budget: Budget = Budget(),
    element: (_ row: Int, _ column: Int) -> ComplexInterval
  ) throws {
    guard dimension >= 1 else { throw BadInput("the state has no dimension; accepted: 1 or more") }
    for row in 0..<dimension {
      for column in 0...row {
        let difference = element(row, column) - element(column, row).conjugate
        let off = Interval(difference.magnitude.lower)
        if off.lower.signum > 0 {
          throw BadInput(
            "the state is not Hermitian: element (\(row), \(column)) differs from the conjugate of (\(column), \(row)) by \(DensityMatrix.atLeast(off)); accepted: no difference"
          )
        }
      }
    }
    // Both elements enclose the same number, so their common part does.
    try self.init(
      HermitianMatrix(dimension, precision: precision) { row, column in
        let (x, y) = (element(row, column), element(column, row).conjugate)
        return ComplexInterval(x.real.intersection(y.real), x.imaginary.intersection(y.imaginary))
      }, within: budget)
  }

  /// The state of a Hermitian matrix.
  ///
  /// - Throws: ``BadInput`` when its trace is not one or an eigenvalue is negative, with what it is off by; `Budget.Exhausted`.
  public init(_ matrix: HermitianMatrix, within budget: Budget = Budget()) throws {
    let trace = matrix.trace
    let off = (trace - 1).mignitude
    if off.signum > 0 {
      throw BadInput("the trace of the state is off one by \(DensityMatrix.atLeast(Interval(off))); accepted: 1")
    }
    let spectrum = try HermitianSpectrum(matrix, bits: matrix.precision, within: budget)
    if let least = spectrum.eigenvalues.first, least.upper.signum < 0 {
      throw BadInput(
        "the state has a negative eigenvalue, of magnitude \(DensityMatrix.atLeast(Interval(least.mignitude))); accepted: none"
      )
    }
    if let greatest = spectrum.eigenvalues.last, (greatest - 1).lower.signum > 0 {
      throw BadInput(
        "the state has an eigenvalue beyond one by \(DensityMatrix.atLeast(greatest - 1)); accepted: 0 to 1")
    }
    self.matrix = matrix
    let range = Interval(from: 0, to: 1, precision: matrix.precision)
    populations = spectrum.eigenvalues.reversed().map { $0.intersection(range) }
  }

  /// The pure state of amplitudes.
  ///
  /// - Throws: ``BadInput`` when their squares do not add up to one, with what they are off by.
  public init(pure amplitudes: [ComplexInterval], precision: Int) throws {
    guard !amplitudes.isEmpty else { throw BadInput("the state has no amplitude; accepted: 1 or more") }
    let length = amplitudes.reduce(Interval(0, precision: precision)) { $0 + $1.squaredMagnitude }
    let off = (length - 1).mignitude
    if off.signum > 0 {
      throw BadInput(
        "the squares of the amplitudes add up to one less or more by \(DensityMatrix.atLeast(Interval(off))); accepted: 1"
      )
    }
    matrix = HermitianMatrix(amplitudes.count, precision: precision) { row, column in
      row == column
        ? ComplexInterval(amplitudes[row].squaredMagnitude, Interval(0, precision: precision))
        : amplitudes[row] * amplitudes[column].conjugate
    }
    populations = amplitudes.indices.map { Interval($0 == 0 ? 1 : 0, precision: precision) }
  }

  private static func atLeast(_ x: Interval) -> String {
    let digits = x.lower.decimal(digits: 3, rounding: .down).map { "\($0)" } ?? "\(x)"
    return "at least \(digits)"
  }

  /// The product of positive numbers; nil when it is no machine word.
  private static func product(_ factors: [Int]) -> Int? {
    factors.reduce(1) { product, factor in
      guard let product else { return nil }
      let (result, isTooLarge) = product.multipliedReportingOverflow(by: factor)
      return isTooLarge ? nil : result
    }
  }

  /// Tr rho^2.
  public var purity: Interval { matrix.squaredNorm.intersection(Interval(from: 0, to: 1, precision: matrix.precision)) }

  /// Half of the trace norm of the difference of two states.
  public func traceDistance(to other: DensityMatrix, within budget: Budget = Budget()) throws -> Interval {
    try (matrix - other.matrix).traceNorm(within: budget).scaled(byPowerOfTwo: -1)
  }

  /// The state of some parts of a system of several.
  ///
  /// - Parameters:
  ///   - dimensions: the dimensions of the parts; the first one's index changes slowest.
  ///   - parts: the parts that stay, in rising order.
  public func reduced(_ dimensions: [Int], to parts: [Int], within budget: Budget = Budget()) throws -> DensityMatrix {
    guard dimensions.allSatisfy({ (1...dimension).contains($0) }), DensityMatrix.product(dimensions) == dimension else {
      throw BadInput(
        "the parts have \(dimensions.map(String.init).joined(separator: " x ")) dimensions, the state has \(dimension); accepted: equal"
      )
    }
    guard parts == Array(Set(parts)).sorted(), parts.allSatisfy(dimensions.indices.contains) else {
      throw BadInput(
        "the parts \(parts) are not places of the \(dimensions.count) parts; accepted: different ones in rising order")
    }
    return try DensityMatrix(matrix.partialTrace(dimensions, keeping: parts), within: budget)
  }
}
