import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// Resources of a state of two qubits, battery and charger, each enclosed from its definition.
///
/// The basis is |00>, |01>, |10>, |11>, battery first, with sigma_z = +1 in |0>. The density matrix is an enclosure,
/// and each value holds that of every state inside it: known to 2^-b, most values are known to about 2^-b, and roots of
/// what vanishes to 2^(-b/2).
public struct TwoQubitResources: Sendable {
  private let state: DensityMatrix
  private let budget: Budget

  /// The density matrix.
  public var density: HermitianMatrix { state.matrix }

  /// The resources of a state.
  ///
  /// - Throws: ``BadInput`` for a state of not four dimensions.
  public init(_ state: DensityMatrix, within budget: Budget = Budget()) throws(BadInput) {
    guard state.dimension == 4 else {
      throw BadInput("state of two qubits: \(state.dimension) dimensions; accepted: 4")
    }
    (self.state, self.budget) = (state, budget)
  }

  private var precision: Int { density.precision }

  private var zero: Interval { Interval(0, precision: precision) }

  // MARK: - Parts

  /// The state of the battery, the charger traced out.
  public var battery: HermitianMatrix { density.partialTrace([2, 2], keeping: [0]) }

  /// The state of the charger, the battery traced out.
  public var charger: HermitianMatrix { density.partialTrace([2, 2], keeping: [1]) }

  /// The capacity of the battery's state for the Hamiltonian -w sigma_z, in the unit of w.
  public func batteryCapacity(_ frequency: Interval) throws -> Interval { try capacity(of: battery, frequency) }

  /// The capacity of the charger's state for the Hamiltonian -w sigma_z, in the unit of w.
  public func chargerCapacity(_ frequency: Interval) throws -> Interval { try capacity(of: charger, frequency) }

  /// The capacity of both for the Hamiltonian -w_b sigma_z - w_c sigma_z without coupling, in the unit of the
  /// frequencies.
  public func totalCapacity(_ battery: Interval, _ charger: Interval) throws -> Interval {
    try StateCapacity.capacity(of: density, energies: Self.energies(battery, charger), within: budget)
  }

  private func capacity(of state: HermitianMatrix, _ frequency: Interval) throws -> Interval {
    try StateCapacity.capacity(of: state, energies: [-frequency, frequency], within: budget)
  }

  /// The energies of the basis without coupling.
  static func energies(_ battery: Interval, _ charger: Interval) -> [Interval] {
    [-(battery + charger), charger - battery, battery - charger, battery + charger]
  }

  // MARK: - Entanglement

  /// The concurrence of a state that is known to be pure, sqrt(2(1 - Tr r^2)) with r the battery's state.
  public var pureConcurrence: Interval {
    (2 * (1 - battery.squaredNorm)).intersection(unit).squareRoot
  }

  /// The concurrence of any state: the least mean of the pure one over all decompositions, by Wootters' formula (Phys.
  /// Rev. Lett. 80, 2245, 1998).
  public func concurrence() throws -> Interval {
    try ConvexRoof.concurrence(of: density, within: budget).intersection(unit)
  }

  /// The negativity: half of what the trace norm of the partial transpose exceeds one by, which is minus the sum of its
  /// negative eigenvalues.
  public func negativity() throws -> Interval {
    return try spectrum(density.partialTranspose(2, 2)).reduce(zero) { $0 + (-$1).maximum(zero) }
  }

  // MARK: - Correlations

  /// K_ij = <sigma_i sigma_j>, rows for the battery, in the order x, y, z.
  public var correlations: [[Interval]] {
    // sigma_i maps |k> to phase |k xor flip>; the phase is i^turns, with the turns for k = 0 and k = 1.
    let sigma: [(flip: Int, turns: [Int])] = [(1, [0, 0]), (1, [1, 3]), (0, [0, 2])]
    return sigma.map { b in
      sigma.map { c in
        (0..<4).reduce(zero) { sum, k in
          let turns = (b.turns[k >> 1] + c.turns[k & 1]) & 3
          let element = density[k, k ^ (b.flip << 1 | c.flip)]
          // Tr(rho S) is real: the real part of i^turns times the element.
          return switch turns {
          case 0: sum + element.real
          case 1: sum - element.imaginary
          case 2: sum - element.real
          default: sum + element.imaginary
          }
        }
      }
    }
  }

  /// The steering parameter F3 = sqrt(Tr K'K): the greatest (1/sqrt 3) |sum of <A_k B_k>| over three unit vectors A_k
  /// and three orthonormal ones B_k.
  public var steering: Interval {
    correlations.joined().reduce(zero) { $0 + $1.squared }.squareRoot
  }

  /// The greatest mean of the Bell operator, 2 sqrt(i1 + i2), of the two greatest eigenvalues of K'K (Horodecki, Phys.
  /// Lett. A 200, 340, 1995).
  public func bell() throws -> Interval {
    let k = correlations
    let square = HermitianMatrix(symmetric: 3, precision: precision) { row, column in
      (0..<3).reduce(zero) { $0 + k[$1][row] * k[$1][column] }
    }
    let values = try spectrum(square)
    // Sums of squares are not negative.
    return 2 * (values[1] + values[2]).maximum(zero).squareRoot
  }

  // MARK: - Elements

  /// C1, the sum of the magnitudes of the elements off the diagonal.
  public var coherence: Interval { offDiagonal { $0.magnitude } }

  /// I, the sum of the magnitudes of the imaginary parts of the elements off the diagonal.
  public var imaginarity: Interval { offDiagonal { $0.imaginary.absoluteValue } }

  private func offDiagonal(_ measure: (ComplexInterval) -> Interval) -> Interval {
    var sum = zero
    for row in 0..<4 {
      for column in 0..<row { sum = sum + measure(density[row, column]) }
    }
    return sum.scaled(byPowerOfTwo: 1)
  }

  /// The texture Tr|rho - f|/2 of the pair, f the projector on the uniform superposition.
  public func texture() throws -> Interval { try Self.texture(of: density, within: budget) }

  /// The texture of the battery's state.
  public func batteryTexture() throws -> Interval { try Self.texture(of: battery, within: budget) }

  /// The texture of a state of any dimension.
  static func texture(of state: HermitianMatrix, within budget: Budget) throws -> Interval {
    let (n, precision) = (state.dimension, state.precision)
    let uniform = HermitianMatrix(symmetric: n, precision: precision) { _, _ in Interval(1, precision: precision) / n }
    return try (state - uniform).traceNorm(within: budget).scaled(byPowerOfTwo: -1)
  }

  private var unit: Interval { Interval(from: 0, to: 1, precision: precision) }

  private func spectrum(_ matrix: HermitianMatrix) throws -> [Interval] {
    try HermitianSpectrum(matrix, bits: precision, within: budget).eigenvalues
  }
}
