import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The charge by pairs, k = 2, without the space of states (`docs/fermions.md`, "Pairs").
///
/// A unitary change of modes, which keeps the vacuum and H0, brings the antisymmetric matrix J to blocks of two modes
/// with singular values s_j, each twice, and one more mode with 0 when N is odd. So H1 is a sum of commuting flips of
/// empty pairs to full ones with g = s_j and W = 2:
///
///     E(t) = sum over pairs of 2 sin^2(s_j t),     X_q = the product of the flips' X_q with a_j = b_j = s_j tau/2,
///
/// and the law of the work is the convolution of the flips' laws, whose X_q have real weights, so that X_q and X_(1-q)
/// are equal.
struct FermionPairs: Sendable {
  /// s_j, one for each pair, greatest first.
  let rates: [Interval]
  private let precision: Int
  private let maximum: FirstMaximum

  /// What has pairs.
  static let limit = Limit([.of(.bodies)], "k = 2", because: "other couplings have no pairs of modes") {
    Decision($0[.bodies] == 2)
  }

  /// The pairs of couplings with k = 2.
  ///
  /// - Throws: `Unanswered` when the first maximum is not isolated, or the time is over.
  init(_ couplings: FermionCouplings, precision: Int, within budget: Budget) throws {
    guard couplings.order == 2 else { throw FermionPairs.limit.exceeded }
    self.precision = precision
    rates = try FermionPairs.singularValues(couplings, precision: precision, within: budget)
    let energy = FermionPairs.energy(rates)
    let third = rates.reduce(Interval(0, precision: 64)) { $0 + 8 * $1.rounded(to: 64).power(3) }
    maximum = try FirstMaximum(of: energy, thirdDerivativeBound: third, within: budget)
  }

  /// The roots of every second eigenvalue of J J', from the greatest down.
  private static func singularValues(
    _ couplings: FermionCouplings, precision: Int, within budget: Budget
  ) throws -> [Interval] {
    let n = couplings.modes
    var matrix = [[ComplexInterval]](
      repeating: Array(repeating: .zero(precision: precision + 128), count: n), count: n)
    for coupling in couplings.couplings {
      let (i, j) = (
        coupling.modes.trailingZeroBitCount, Int.bitWidth - 1 - coupling.modes.leadingZeroBitCount
      )
      guard let x = Interval(exactly: coupling.x, precision: precision + 128),
        let y = Interval(exactly: coupling.y, precision: precision + 128)
      else { continue }
      matrix[i][j] = ComplexInterval(x, y)
      matrix[j][i] = ComplexInterval(-x, -y)
    }
    // Twice J J', in dyadic numbers.
    let product = HermitianMatrix(n, precision: precision + 128) { row, column in
      (0..<n).reduce(ComplexInterval.zero(precision: precision + 128)) {
        $0 + matrix[row][$1] * matrix[column][$1].conjugate
      }
    }
    let values = try HermitianSpectrum(product, bits: 2 * precision + 64, within: budget).eigenvalues
    return (0..<n / 2).map { pair in
      let (first, second) = (values[n - 1 - 2 * pair], values[n - 2 - 2 * pair])
      let value = first.intersection(second).maximum(Interval(0, precision: precision))
      return value.scaled(byPowerOfTwo: -1).squareRoot
    }
  }

  private static func energy(_ rates: [Interval]) -> FirstMaximum.Energy {
    { t in
      let precision = max(t.precision, 64)
      var (value, first, second) = (
        Interval(0, precision: precision), Interval(0, precision: precision), Interval(0, precision: precision)
      )
      for s in rates {
        let angle = s * t
        value += 2 * angle.sine.squared
        first += 2 * (s * (2 * angle).sine)
        second += 4 * (s.squared * (2 * angle).cosine)
      }
      return TaylorJet(value: value, first: first, second: second, isSmooth: true)
    }
  }

  /// tau.
  func time(within budget: Budget) throws -> Interval {
    try maximum.time(of: FermionPairs.energy(rates), precision: precision, within: budget)
  }

  /// The atoms of p_q by rising work.
  func atoms(q: Rational, within budget: Budget) throws -> [WorkQuasiprobability.Atom] {
    let half = try time(within: budget).scaled(byPowerOfTwo: -1)
    var law: [Rational: Interval] = [0: Interval(1, precision: precision)]
    for s in rates {
      try budget.check()
      let flip = FlipWork.atoms(work: 2, q: q, angle: s * half)
      var next: [Rational: Interval] = [:]
      for (work, p) in law {
        for (more, r) in flip { next[work + more] = (next[work + more] ?? Interval(0, precision: precision)) + p * r }
      }
      law = next
    }
    return law.sorted { $0.key < $1.key }.map { WorkQuasiprobability.Atom(work: $0.key, probability: $0.value) }
  }
}
