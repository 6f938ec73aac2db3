import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// A state as it is asked for: an exact matrix, checked, and how far the state may be from it.
///
/// Without a tolerance the matrix must be a state exactly. That it is Hermitian and of trace one is decided exactly,
/// and so is that it has no negative eigenvalue where its elements are rational or there are two rows: then Tr rho^2 <=
/// 1 says it, the product of both eigenvalues being (1 - Tr rho^2)/2. Elsewhere a negative eigenvalue is refused when
/// an enclosure of `signBits` bits, or of those of the evaluation, shows one.
///
/// With a tolerance T the distance of the matrix X from the nearest state is measured, in the trace norm,
///
///     |X - X^H|/2 + |1 - Tr P| + Tr N,     (X + X^H)/2 = P - N,  P, N >= 0,  P N = 0,
///
/// and refused when it is above T. The last two terms are the distance of P - N from all states: with the projector Q
/// on the support of P, Tr N + Tr (1 - Q) r and |Tr P - Tr Q r| add up to at least Tr N + |Tr P - 1| for each state r,
/// and P scaled, or with more on its diagonal, reaches it. The Hermitian part of X is no farther from a state than X.
/// So the nearest state, and every other one within T of X, is within T of (X + X^H)/2.
package struct GivenState: Sendable {
  /// Bits of the enclosure that is asked for negative eigenvalues of irrational matrices.
  package static let signBits = 256

  package let matrix: ExactMatrix
  /// At least the trace norm of what the state is off the matrix's Hermitian part.
  package let error: BigFloat
  /// The decomposition of an exact state of rational parts.
  package let decomposition: RankDecomposition?

  /// The state of a matrix.
  ///
  /// - Parameters:
  ///   - name: what the matrix is called, for messages.
  ///   - isNormalised: whether it is divided by its trace.
  ///   - tolerance: how far the state may be from it in the trace norm.
  ///   - accepted: what is accepted instead of a matrix that is off, for messages.
  /// - Throws: `BadInput` for what is no state, with what it is off by; `Undecided`; `Unanswered`.
  package init(
    _ name: String, _ given: ExactMatrix, isNormalised: Bool, tolerance: Constant = Constant(0), accepted: String
  ) throws {
    let matrix = isNormalised ? try GivenState.normalised(name, given) : given
    self.matrix = matrix
    guard tolerance.isZero == .certainlyTrue else {
      let bound = tolerance.enclosure(precision: 64)
      decomposition = nil
      // Twice the bits of the tolerance, so that a distance near it is told from it.
      let distance = try GivenState.distance(matrix, precision: 256 + 2 * max(0, -(bound.upper.binaryExponent ?? 0)))
      if distance.lower > bound.upper {
        throw BadInput(
          """
          \(name): the nearest state is \(GivenState.text(distance)) away in the trace norm; accepted: at \
          most the tolerance
          """)
      }
      // Where the two are too near to be told apart the distance itself is taken.
      error = max(bound.upper, distance.upper)
      return
    }
    error = .zero(precision: 64)
    /// The refusal, with the distance.
    func refusal(_ what: String) throws -> BadInput {
      let distance = GivenState.text(try GivenState.distance(matrix, precision: GivenState.signBits))
      return BadInput(
        """
        \(name): \(what); the nearest state is \(distance) away in the trace norm; accepted: \
        \(accepted)
        """)
    }
    if let (row, column, decision) = matrix.notHermitian {
      guard decision == .certainlyFalse else {
        throw Undecided(
          "\(name): undecided whether element (\(row), \(column)) is the conjugate of its mirror")
      }
      throw try refusal("element (\(row), \(column)) is not the conjugate of (\(column), \(row))")
    }
    let excess = matrix.trace.flatMap { ExactMatrix.sum([$0, Constant(-1)]) }
    switch excess?.isZero ?? .undecided {
    case .certainlyTrue: break
    case .certainlyFalse: throw try refusal("the trace is not one")
    case .undecided: throw Undecided("\(name): undecided whether the trace is one")
    }
    decomposition = matrix.isRational ? RankDecomposition(matrix) : nil
    if matrix.isRational {
      if decomposition == nil { throw try refusal("there is a negative eigenvalue") }
      return
    }
    let values = try HermitianSpectrum(
      matrix.hermitianPart(precision: GivenState.signBits), bits: GivenState.signBits
    ).eigenvalues
    if values[0].upper.signum < 0 { throw try refusal("there is a negative eigenvalue") }
    if dimension == 2 {
      guard let sign = exactPurity.flatMap({ ExactMatrix.sum([$0, Constant(-1)]) })?.sign else {
        throw Undecided("\(name): undecided whether there is a negative eigenvalue")
      }
      if sign > 0 { throw try refusal("there is a negative eigenvalue") }
    }
  }

  private static func normalised(_ name: String, _ matrix: ExactMatrix) throws -> ExactMatrix {
    guard let trace = matrix.trace, let sign = trace.sign else {
      throw Undecided("\(name): the sign of the trace is undecided")
    }
    guard sign > 0 else { throw BadInput("\(name): the trace is not positive; accepted: positive traces") }
    guard let result = matrix.divided(by: trace) else {
      throw BadInput("\(name): divided by its trace it is out of range; accepted: traces of another size")
    }
    return result
  }

  private static func distance(_ matrix: ExactMatrix, precision: Int) throws -> Interval {
    let values = try HermitianSpectrum(matrix.hermitianPart(precision: precision), bits: precision).eigenvalues
    let zero = Interval(0, precision: precision)
    let positive = values.reduce(zero) { $0 + $1.maximum(zero) }
    let negative = values.reduce(zero) { $0 + (-$1).maximum(zero) }
    return try matrix.antiHermitianPart(precision: precision).traceNorm() + (positive - 1).absoluteValue + negative
  }

  /// Three digits, at least the lower end: a tolerance of so much is accepted.
  private static func text(_ distance: Interval) -> String {
    distance.lower.decimal(digits: 3, rounding: .up).map { "\($0)" } ?? "\(distance)"
  }

  /// The number of dimensions.
  package var dimension: Int { matrix.dimension }

  /// Whether there is no error, so that what is decided of the matrix is decided of the state.
  package var isExact: Bool { error.signum == 0 }

  /// The state, enclosed.
  ///
  /// - Throws: `BadInput` when an enclosure shows that it is none; `Unanswered`.
  package func density(_ precision: Int, within budget: Budget) throws -> DensityMatrix {
    try DensityMatrix(
      matrix.hermitianPart(precision: precision), error: error, rank: decomposition?.rank, within: budget)
  }

  /// Tr rho^2 where that is a number in range and the matrix is the state.
  package var exactPurity: Constant? {
    guard isExact else { return nil }
    let squares = matrix.elements.flatMap { element -> [Constant?] in
      [element.real, element.imaginary].filter { $0.rational?.signum != 0 }.map { part in
        part.rational.map { Constant($0 * $0) } ?? (try? Constant(part.expression * part.expression))
      }
    }
    let known = squares.compactMap { $0 }
    return known.count == squares.count && !known.isEmpty ? ExactMatrix.sum(known) : nil
  }

  /// Whether it is a pure state: rho^2 = rho, since the trace of both is one.
  package var isPure: Decision {
    if let decomposition { return Decision(decomposition.rank == 1) }
    return exactPurity.flatMap { ExactMatrix.sum([$0, Constant(-1)]) }?.isZero ?? .undecided
  }
}
