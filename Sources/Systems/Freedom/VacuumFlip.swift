import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// The vacuum-conditioned flip: a coherent charger of mean nbar flips all N cells, which start down, unless it is
/// empty.
///
/// The unitary |0><0| x 1 + (1 - |0><0|) x X...X leaves the cells in x |0><0| + (1 - x) |N><N| with x = exp(-nbar): the
/// charger's states |0> and |1>, |2>, ... that go with the two are orthogonal, so no coherence is left. The energy is N
/// (1 - x).
struct VacuumFlip {
  private let arguments: Arguments
  private let precision: Int

  /// The limit on the exponential.
  static let photonsLimit = Limit.real(.meanPhotons, to: "1e8", because: "exp(-nbar) is below 10^-43429448")
  /// The limit of the matrix.
  static let matrixLimit = Limit.integer(.cells, atMost: 5, because: "the matrix has 2^N rows")

  init(_ arguments: Arguments, _ precision: Int) {
    self.arguments = arguments
    self.precision = precision
  }

  /// exp(-nbar) and 1 - exp(-nbar), both with relative accuracy.
  private func weights() throws -> (empty: Interval, filled: Interval) {
    // MPFR's exponents end near 2^30, and decimals with tens of millions of places take seconds.
    guard arguments.enclosure(.meanPhotons, 64).isAtMost(Interval(100_000_000, precision: 64)) != .certainlyFalse else {
      throw VacuumFlip.photonsLimit.exceeded
    }
    let exponent = -arguments.enclosure(.meanPhotons, precision)
    return (exponent.exponential, -exponent.exponentialMinusOne)
  }

  /// 1 - R by the filling of the levels of 2^N dimensions: the passive energy over the energy.
  func deficit() throws -> Interval {
    let (x, y) = try weights()
    let falling: [(value: Interval, count: Integer)] = StateCapacity.rising([x, y]).reversed().map { ($0, 1) }
    let passive = try SectorFilling.passiveEnergy(arguments[.cells], falling, precision)
    return passive / (arguments.enclosure(.cells, precision) * y)
  }

  /// 1 - R from the density matrix in 2^N dimensions and its ergotropy.
  func deficitByMatrix(within budget: Budget) throws -> Interval {
    guard let n = Int(exactly: arguments[.cells]), n <= 5 else { throw VacuumFlip.matrixLimit.exceeded }
    let (x, y) = try weights()
    let zero = Interval(0, precision: precision)
    let last = (1 << n) - 1
    let state = HermitianMatrix(symmetric: last + 1, precision: precision) { row, column in
      row != column ? zero : row == 0 ? x : row == last ? y : zero
    }
    let hamiltonian = HermitianMatrix(symmetric: last + 1, precision: precision) { row, column in
      Interval(row == column ? row.nonzeroBitCount : 0, precision: precision)
    }
    let figures = try Ergotropy(of: DensityMatrix(state, within: budget), in: hamiltonian, within: budget)
    return figures.passiveEnergy / figures.energy
  }
}
