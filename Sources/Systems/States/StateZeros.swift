import ArbitraryPrecision
import Catalogue
import Expressions
import States

/// Which figures of states are exactly zero, decided from exact matrices.
///
/// A state with an error is none of these: nothing is decided of it. Errors of the question are no answer to it either,
/// and the evaluation meets them again.
enum StateZeros {
  typealias Decide = @Sendable (Arguments) throws -> Decision

  /// The decision, undecided where the state cannot be made.
  static func decision(_ decide: @escaping Decide) -> @Sendable (Arguments) -> Decision {
    { arguments in (try? decide(arguments)) ?? .undecided }
  }

  /// The greatest dimension of matrices whose eigenvalues' signs are decided for pairs of levels.
  static let greatestPairs = 8

  private static func exact(_ key: MatrixKey, _ arguments: Arguments) throws -> GivenState? {
    let state = try GivenState.state(key, of: arguments)
    return state.isExact ? state : nil
  }

  /// Whether the state is passive, so that no unitary takes energy out.
  static let ergotropy: Decide = { arguments in
    guard let state = try exact(.state, arguments) else { return .undecided }
    let hamiltonian = arguments[.hamiltonian]
    let isFlat = state.matrix.isScalar.or(hamiltonian.isScalar)
    if isFlat == .certainlyTrue { return isFlat }
    guard state.matrix.isRational, hamiltonian.isRational, state.dimension <= greatestPairs else { return .undecided }
    return Decision(RationalMatrix(state.matrix).isPassive(in: RationalMatrix(hamiltonian)))
  }

  /// Whether all unitaries lead to one energy: all populations or all levels are equal.
  ///
  /// C = sum over i < d/2 of (e_(d-1-i) - e_i)(l_(d-1-i) - l_i), no term negative and the first one the product of both
  /// spreads.
  static let capacity: Decide = { arguments in
    guard let state = try exact(.state, arguments) else { return .undecided }
    return state.matrix.isScalar.or(arguments[.hamiltonian].isScalar)
  }

  /// Whether the least energy that a unitary leads to is zero: the ground level of H is zero, and the state has no more
  /// dimensions than it; or populations and levels on a diagonal say so.
  static let passive: Decide = { arguments in
    guard let state = try exact(.state, arguments) else { return .undecided }
    let hamiltonian = arguments[.hamiltonian]
    if let rank = state.decomposition?.rank, hamiltonian.isRational, let levels = RankDecomposition(hamiltonian) {
      // The populations are positive, so the levels that they are put on must all vanish.
      return Decision(rank + levels.rank <= state.dimension)
    }
    return DiagonalState(state.matrix, hamiltonian).map { Decision($0.passiveEnergy.signum == 0) } ?? .undecided
  }

  /// Whether the state is pure.
  static let entropy: Decide = { try exact(.state, $0)?.isPure ?? .undecided }

  /// Whether the state is diagonal.
  static let coherence: Decide = { try exact(.state, $0)?.matrix.isDiagonal ?? .undecided }

  /// Whether no eigenvalue of the partial transpose is negative.
  static let negativity: Decide = { arguments in
    guard let state = try exact(.state, arguments), state.matrix.isRational else { return .undecided }
    return Decision(
      RationalMatrix(state.matrix).hasPositiveTranspose(arguments[.dimensions], on: arguments[.cut]))
  }

  /// Two qubits are separable, and the concurrence is zero, when their partial transpose has no negative eigenvalue
  /// (Horodecki, Phys. Lett. A 223, 1, 1996).
  static let concurrence: Decide = { arguments in
    guard let state = try exact(.state, arguments), state.matrix.isRational else { return .undecided }
    return Decision(RationalMatrix(state.matrix).hasPositiveTranspose([2, 2], on: [0]))
  }

  /// Whether the states are orthogonal: Tr(rho sigma) = 0.
  static let fidelity: Decide = { arguments in
    guard let rho = try exact(.state, arguments), let sigma = try exact(.otherState, arguments),
      rho.matrix.isRational, sigma.matrix.isRational
    else { return .undecided }
    return Decision(RationalMatrix(rho.matrix).traceOfProduct(with: RationalMatrix(sigma.matrix)).signum == 0)
  }

  /// Whether the states are equal.
  static let traceDistance: Decide = { arguments in
    guard let rho = try exact(.state, arguments), let sigma = try exact(.otherState, arguments) else {
      return .undecided
    }
    return rho.matrix.isEqual(to: sigma.matrix)
  }

  /// Whether all copies together are passive: exactly for populations on a diagonal, and never when one is not.
  static let copies: Decide = { arguments in
    let one = try ergotropy(arguments)
    let n = arguments[.copies]
    let hamiltonian = arguments[.hamiltonian]
    guard let state = try exact(.state, arguments), n != 1, one != .certainlyFalse else { return one }
    if state.matrix.isScalar.or(hamiltonian.isScalar) == .certainlyTrue { return .certainlyTrue }
    guard let count = Int(exactly: n), StateCopies.count(dimension: state.dimension, copies: count) != nil,
      let diagonal = DiagonalState(state.matrix, hamiltonian)
    else { return .undecided }
    return Decision(diagonal.copies(count).ergotropy.signum == 0)
  }
}
