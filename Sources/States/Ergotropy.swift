import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// What unitaries can take out of a state and put into it, with a Hamiltonian H of the same dimension.
///
/// With populations r in falling order and energies e in rising order, the least energy of U rho U^H is the sum of r_i
/// e_i and the greatest that of r_(d-1-i) e_i (`docs/spectra.md`, passive states); each is a product of sums of
/// enclosed eigenvalues.
///
/// Of a state with an error e in the trace norm, let w be the width of the spectrum of H and c its middle. For D =
/// rho - X and Tr rho = 1
///
///     Tr(rho H) = c + Tr(rho (H - c)) = Tr(X H) + c (1 - Tr X) + Tr(D (H - c)),      |Tr(D (H - c))| <= e w/2,
///
/// and so for the passive and the active energy, as the eigenvalues of rho and X in falling order differ by at most e
/// in sum: each is known within e w/2, ergotropy and capacity within e w.
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
  /// - Throws: ``BadInput`` when the dimensions differ; `Unanswered`.
  public init(of state: DensityMatrix, in hamiltonian: HermitianMatrix, within budget: Budget = Budget()) throws {
    guard state.dimension == hamiltonian.dimension else {
      throw BadInput(
        "the state has \(state.dimension) dimensions, the Hamiltonian \(hamiltonian.dimension); accepted: equal")
    }
    let energies = try HermitianSpectrum(hamiltonian, bits: hamiltonian.precision, within: budget).eigenvalues
    if state.error.signum == 0 {
      energy = state.matrix.trace(with: hamiltonian)
      passiveEnergy = Ergotropy.sum(state.populations, energies)
      activeEnergy = Ergotropy.sum(state.populations.reversed(), energies)
      capacity = try StateCapacity.capacity(eigenvalues: state.populations, energies: energies)
    } else {
      let (least, greatest) = (energies[0], energies[energies.count - 1])
      let middle = (least + greatest).scaled(byPowerOfTwo: -1)
      let width = Interval((Interval(state.error) * (greatest - least)).upper)
      let half = Interval.ball(width.scaled(byPowerOfTwo: -1).upper)
      let spectrum = least.hull(greatest)
      /// A mean of the energies with weights of X, as it is for those of rho.
      func mean(_ x: Interval, trace: Interval) -> Interval {
        (x + middle * (1 - trace) + half).intersection(spectrum)
      }
      let l = state.eigenvalues
      let sum = l.reduce(Interval(0, precision: l[0].precision)) { $0 + $1 }
      energy = mean(state.computed.trace(with: hamiltonian), trace: state.computed.trace)
      passiveEnergy = mean(Ergotropy.sum(l, energies), trace: sum)
      activeEnergy = mean(Ergotropy.sum(l.reversed(), energies), trace: sum)
      let range = Interval(.zero(precision: 64), (greatest - least).upper) ?? .entire(precision: 64)
      capacity = (try StateCapacity.capacity(eigenvalues: l, energies: energies) + .ball(width.upper))
        .intersection(range)
    }
    isPassiveExactly = DiagonalState(state.matrix, hamiltonian).map { $0.ergotropy.signum == 0 }
  }

  private static func sum(_ a: [Interval], _ b: [Interval]) -> Interval {
    zip(a, b).reduce(Interval(0, precision: a.first?.precision ?? 64)) { $0 + $1.0 * $1.1 }
  }

  /// The energy that a unitary can take out at most.
  public var value: Interval { (energy - passiveEnergy).nonNegative }

  /// The battery capacity: the greatest energy less the least one.
  public let capacity: Interval

  /// Whether the state is passive: no where a positive amount certainly comes out; yes only by exact populations and
  /// energies on a diagonal.
  public var isPassive: Decision {
    if value.lower.signum > 0 { return .certainlyFalse }
    return isPassiveExactly == true ? .certainlyTrue : .undecided
  }
}
