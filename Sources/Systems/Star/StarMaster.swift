import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// The star by its master equation, charger and cells together: 2 (N + 1) levels |s>|m>, those of |down> first.
///
/// This route is held against the model file: it knows the Hamiltonian and the jump operator sqrt(gamma/2) sz, and
/// nothing of blocks, of the engine of the file, or of invariant pairs.
struct StarMaster {
  /// Where the vectors of (2N + 2)^2 complex numbers and some 100 roundings for each unit of time would take too long.
  static let greatestCells = 40
  /// The limit on the cells.
  static let limit = Limit.integer(
    .cells, atMost: greatestCells, because: "a density matrix of 2 (N + 1) rows is evolved")

  let cells: Int
  private let precision: Int
  /// The state of the cells.
  private let reduced: HermitianMatrix
  /// At least the trace norm of its distance from the true one: no more than that of charger and cells.
  private let error: BigFloat

  /// The state at the time t, with detunings of the cells (`delta`) and of the charger (`kappa`) from the drive.
  init(_ arguments: Arguments, _ precision: Int, within budget: Budget) throws {
    guard let n = Int(exactly: arguments[.cells]), n <= StarMaster.greatestCells else {
      throw StarMaster.limit.exceeded
    }
    let bits = precision + 32
    let (f, g) = (arguments.enclosure(.drive, bits), arguments.enclosure(.coupling, bits))
    let zero = Interval(0, precision: bits)
    let (delta, kappa) = (arguments.enclosure(.detuning, bits), arguments.enclosure(.chargerDetuning, bits))
    let hamiltonian = HermitianMatrix(symmetric: 2 * n + 2, precision: bits) { row, column in
      // Rows are |up>|row - N - 1> where columns are |down>|column>.
      if row == column { return row % (n + 1) * delta + (row > n ? kappa : zero) }
      guard row > n, column <= n else { return zero }
      let m = row - n - 1
      if m == column { return f }
      return m == column - 1 ? g * Interval(column * (n - column + 1), precision: bits).squareRoot : zero
    }
    let rate = arguments.enclosure(.dephasing, bits).scaled(byPowerOfTwo: -1).squareRoot
    let jump = (0..<2 * n + 2).map {
      LindbladFlow.Element($0, $0, ComplexInterval($0 <= n ? -rate : rate, zero))
    }
    let start = HermitianMatrix(symmetric: 2 * n + 2, precision: bits) {
      Interval($0 == 0 && $1 == 0 ? 1 : 0, precision: bits)
    }
    let end = try LindbladFlow(hamiltonian: hamiltonian, jumps: [jump])
      .evolved(start, for: arguments.enclosure(.time, bits), bits: precision, within: budget)
    (cells, self.precision, error) = (n, precision, end.error)
    reduced = HermitianMatrix(n + 1, precision: bits) {
      end.matrix[$0, $1] + end.matrix[$0 + n + 1, $1 + n + 1]
    }
  }

  /// Tr(rho n), n the number of excited cells: |Tr(n D)| <= N |D|.
  var excitations: Interval {
    ((1...cells).reduce(Interval(0, precision: precision)) { $0 + $1 * reduced.realPart($1, $1) }
      + .ball(cells * Interval(error)))
      .intersection(Interval(from: 0, to: Rational(cells), precision: precision))
  }

  /// Half the trace norm of the difference from the mixture of all levels.
  func distanceFromMixture(within budget: Budget) throws -> Interval {
    let share = 1 / Interval(cells + 1, precision: precision)
    let values = try HermitianSpectrum(reduced, bits: precision, within: budget).eigenvalues
    let sum = values.reduce(Interval(0, precision: precision)) { $0 + ($1 - share).absoluteValue }
    return (sum + .ball(error)).scaled(byPowerOfTwo: -1).nonNegative
  }
}
