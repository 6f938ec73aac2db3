import ArbitraryPrecision
import RigorousNumerics

/// What unitaries can take out of a state and put into it, with a Hamiltonian H of the same dimension.
///
/// With populations r in falling order and energies e in rising order, the least energy of U rho U^H is the sum of r_i e_i and the greatest that of
/// r_(d-1-i) e_i (`docs/spectra.md`, passive states); each is a product of sums of enclosed eigenvalues.
public struct Ergotropy: Sendable {
  /// Tr(rho H).
  public let energy: Interval
  /// The least energy that a unitary leads to.
  public let passiveEnergy: Interval
  /// The greatest one.
  public let activeEnergy: Interval
  private let isPassiveExactly: Bool?

  /// The figures of a state.
  ///
  /// - Throws: ``BadInput`` when the dimensions differ; `Budget.Exhausted`.
  public init(of state: DensityMatrix, in hamiltonian: HermitianMatrix, within budget: Budget = Budget()) throws {
    guard state.dimension == hamiltonian.dimension else {
      throw BadInput(
        "the state has \(state.dimension) dimensions, the Hamiltonian \(hamiltonian.dimension); accepted: equal")
    }
    let energies = try HermitianSpectrum(hamiltonian, bits: hamiltonian.precision, within: budget).eigenvalues
    energy = state.matrix.trace(with: hamiltonian)
    passiveEnergy = Ergotropy.sum(state.populations, energies)
    activeEnergy = Ergotropy.sum(state.populations.reversed(), energies)
    capacity = try StateCapacity.capacity(eigenvalues: state.populations, energies: energies)
    isPassiveExactly = DiagonalState(state.matrix, hamiltonian).map { $0.ergotropy.signum == 0 }
  }

  private static func sum(_ a: [Interval], _ b: [Interval]) -> Interval {
    zip(a, b).reduce(Interval(0, precision: a.first?.precision ?? 64)) { $0 + $1.0 * $1.1 }
  }

  /// The energy that a unitary can take out at most.
  public var value: Interval { (energy - passiveEnergy).nonNegative }

  /// The battery capacity: the greatest energy less the least one.
  public let capacity: Interval

  /// Whether the state is passive: no where a positive amount certainly comes out; yes only by exact populations and energies on a
  /// diagonal.
  public var isPassive: Decision {
    if value.lower.signum > 0 { return .certainlyFalse }
    return isPassiveExactly == true ? .certainlyTrue : .undecided
  }
}
