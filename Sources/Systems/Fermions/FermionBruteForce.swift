import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The charge in all 2^N states, from operators by Jordan and Wigner: nothing of particle numbers, reachable states or
/// signs of sets is used.
///
/// c_i = Z ... Z s 1 ... 1 with the Pauli matrix Z for the modes before i and s = |0><1| for mode i. The exponential is
/// that of a matrix of intervals, the distribution that of ``WorkQuasiprobability``. The time is the one of
/// ``FermionCharge``; ``slope(at:within:)`` checks it.
struct FermionBruteForce {
  let modes: Int
  /// sqrt 2 H1, as its real and imaginary parts.
  private let hamiltonian: [[ComplexInterval]]
  private let precision: Int

  /// The limit on the modes.
  static let limit = Limit.integer(.cells, atMost: 4, because: "the exponential is that of a matrix of 2^N rows")

  /// - Throws: `Unanswered` beyond four modes.
  init(_ couplings: FermionCouplings, precision: Int) throws {
    guard couplings.modes <= 4 else {
      throw FermionBruteForce.limit.exceeded
    }
    (modes, self.precision) = (couplings.modes, precision)
    let n = 1 << couplings.modes
    let annihilators = (0..<couplings.modes).map { FermionBruteForce.annihilator($0, of: couplings.modes) }
    var sum = [[ComplexInterval]](repeating: Array(repeating: .zero(precision: precision), count: n), count: n)
    for coupling in couplings.couplings {
      var product = FermionBruteForce.identity(n)
      for i in 0..<couplings.modes where coupling.modes >> i & 1 == 1 {
        product = FermionBruteForce.product(product, annihilators[i])
      }
      guard let x = Interval(exactly: coupling.x, precision: precision),
        let y = Interval(exactly: coupling.y, precision: precision)
      else { continue }
      let j = ComplexInterval(x, y)
      for row in 0..<n {
        for column in 0..<n where product[row][column] != 0 {
          let term = product[row][column] < 0 ? -j : j
          sum[row][column] = sum[row][column] + term
          sum[column][row] = sum[column][row] + term.conjugate
        }
      }
    }
    hamiltonian = sum
  }

  private static func identity(_ n: Int) -> [[Int]] { (0..<n).map { i in (0..<n).map { $0 == i ? 1 : 0 } } }

  private static func product(_ a: [[Int]], _ b: [[Int]]) -> [[Int]] {
    a.map { row in b.indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } } }
  }

  /// Kronecker products, the first mode slowest.
  private static func annihilator(_ mode: Int, of modes: Int) -> [[Int]] {
    (0..<modes).reduce([[1]]) { product, place in
      let factor = place < mode ? [[1, 0], [0, -1]] : place == mode ? [[0, 1], [0, 0]] : [[1, 0], [0, 1]]
      return product.flatMap { row in factor.map { f in row.flatMap { x in f.map { x * $0 } } } }
    }
  }

  /// e^(-i sqrt 2 H1 s) for s = t/sqrt 2.
  private func unitary(_ s: Interval, within budget: Budget) throws -> [[ComplexInterval]] {
    let n = hamiltonian.count
    var generator = IntervalMatrix(zero: 2 * n, precision: precision)
    for i in 0..<n {
      for j in 0..<n {
        let (x, y) = (hamiltonian[i][j].real * s, hamiltonian[i][j].imaginary * s)
        (generator[i, j], generator[i, n + j]) = (y, x)
        (generator[n + i, j], generator[n + i, n + j]) = (-x, y)
      }
    }
    let flow = try generator.exponential(within: budget)
    return (0..<n).map { i in (0..<n).map { ComplexInterval(flow[i, $0], flow[n + i, $0]) } }
  }

  /// n_i of the basis states: the number of occupied modes.
  private var levels: [Rational] { hamiltonian.indices.map { Rational($0.nonzeroBitCount) } }

  /// The distributions of the slice from tau/2 to tau.
  func work(tau: Interval, within budget: Budget) throws -> WorkQuasiprobability {
    let half = (tau / Interval(2, precision: precision).squareRoot).scaled(byPowerOfTwo: -1)
    let u = try unitary(half, within: budget)
    // The vacuum is the first state.
    return try WorkQuasiprobability(
      levels: levels, pure: u.map { $0[0] }, unitary: u, precision: precision, within: budget)
  }

  /// sqrt 2 dE/dt = 2 Im <H0 psi|sqrt 2 H1 psi> at a time, which vanishes at tau.
  func slope(at tau: Interval, within budget: Budget) throws -> Interval {
    let psi = try unitary(tau / Interval(2, precision: precision).squareRoot, within: budget).map { $0[0] }
    let zero = ComplexInterval.zero(precision: precision)
    let sum = psi.indices.reduce(zero) { sum, i in
      let image = psi.indices.reduce(zero) { $0 + hamiltonian[i][$1] * psi[$1] }
      let weight = Interval(levels[i], precision: precision)
      let bra = ComplexInterval(psi[i].real * weight, -(psi[i].imaginary * weight))
      return sum + bra * image
    }
    return 2 * sum.imaginary
  }
}
