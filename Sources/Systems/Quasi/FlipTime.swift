import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The time of a full charge when the size of the charging Hamiltonian is held at that of parallel charging with
/// coupling g0.
///
/// M blocks are charged by H1 = g sum over blocks (|0..0><1..1| + h.c.), and each is full at g tau = pi/2. What is held
/// is either the spread of the spectrum, greatest less least eigenvalue, or the standard deviation of H1 in the start
/// |0..0>. Each block's term has the eigenvalues g and -g beside zeros, the terms commute and act on different cells,
/// so the spread is 2 M g; they have no mean in the start and variances g^2, so the standard deviation is sqrt(M) g.
/// Parallel charging has M = N, g = g0.
struct FlipTime {
  private let blocks: Integer
  private let cells: Integer
  private let isSpread: Bool

  init(_ arguments: Arguments) {
    blocks = BlockBattery.shape(arguments).blocks
    cells = arguments[.cells]
    isSpread = arguments[.held] == .spread
  }

  /// What may be held.
  enum Held: String, ParameterWord {
    /// The spread of the spectrum.
    case spread
    /// The standard deviation in the start.
    case deviation
  }

  /// The limit of the matrices.
  static let matrixLimit = Limit.integer(.cells, atMost: 6, because: "the matrices have 2^N rows")

  /// tau g0 from the sizes of the independent blocks.
  func structured(_ precision: Int) -> Interval {
    let ratio = Interval(Rational(blocks, cells), precision: precision + 16)
    return (Interval.pi(precision: precision + 16) * (isSpread ? ratio : ratio.squareRoot)).scaled(byPowerOfTwo: -1)
      .rounded(to: precision)
  }

  /// The same from the matrices of H1 in 2^N dimensions.
  func bruteForce(_ precision: Int, within budget: Budget) throws -> Interval {
    guard let n = Int(exactly: cells), n <= 6, let m = Int(exactly: blocks) else {
      throw FlipTime.matrixLimit.exceeded
    }
    // tau = pi/(2 g) with g = g0 (size of parallel charging at coupling one)/(size at coupling one).
    let (own, parallel) = (try size(m, n, precision, budget), try size(n, n, precision, budget))
    return (Interval.pi(precision: precision) * own / parallel).scaled(byPowerOfTwo: -1)
  }

  private func size(_ m: Int, _ n: Int, _ precision: Int, _ budget: Budget) throws -> Interval {
    let k = n / m
    func element(_ row: Int, _ column: Int) -> Int {
      // One block is flipped from all down to all up or back, the others stay.
      let mask = (1 << k) - 1
      let changed = (0..<m).filter { (row ^ column) >> (k * $0) & mask != 0 }
      guard changed.count == 1, (row ^ column) >> (k * changed[0]) & mask == mask else { return 0 }
      let part = row >> (k * changed[0]) & mask
      return part == 0 || part == mask ? 1 : 0
    }
    let dimension = 1 << n
    if !isSpread {
      // The mean vanishes with the first diagonal element.
      let square = (0..<dimension).reduce(0) { $0 + element($1, 0) * element($1, 0) } - element(0, 0)
      return Interval(square, precision: precision).squareRoot
    }
    let matrix = HermitianMatrix(dimension, precision: precision) { row, column in
      ComplexInterval(Interval(element(row, column), precision: precision), Interval(0, precision: precision))
    }
    let values = try HermitianSpectrum(matrix, bits: precision, within: budget).eigenvalues
    guard let least = values.first, let greatest = values.last else { fatalError("a matrix has eigenvalues") }
    return greatest - least
  }
}
