import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// The quasiprobability of the work done on a battery with levels e_i by a unitary U, from a state rho:
///
///     p_q(w) = sum over i, j, k of Re( rho_ij <j|U'|k><k|U|i> ) delta(w - e_k + q e_i
///       + (1 - q) e_j)  after arXiv:2110.00977
///
/// for every rational q. H0 is diagonal with the levels e_i in the basis of all matrices; levels may be equal. Works
/// are exact rationals, so atoms that coincide are known to, and are added up. Work has the unit of the levels,
/// hbar = 1.
///
/// For a pure state psi the vectors phi_a = U P_a psi for the different levels give all weights, Re <phi_b|P_k|phi_a>,
/// with n^2 products in all; for a mixed one the matrices U' P_k U do, with n^3.
public struct WorkQuasiprobability: Sendable {
  /// A point of the distribution with its weight.
  public struct Atom: Sendable {
    /// The work w.
    public let work: Rational
    /// An enclosure of p_q(w).
    public let probability: Interval

    /// A point with its weight.
    public init(work: Rational, probability: Interval) { (self.work, self.probability) = (work, probability) }
  }

  /// What the state is known by.
  enum State: Sendable {
    case pure([ComplexInterval])
    case mixed(HermitianMatrix)
  }

  /// e_i, in the order of the basis.
  public let levels: [Rational]
  /// The bits of the computation.
  public let precision: Int
  let state: State
  let unitary: [[ComplexInterval]]
  private let transitions: WorkTransitions

  /// The number of dimensions.
  public var dimension: Int { levels.count }

  /// The distributions of a pure state.
  ///
  /// - Parameters:
  ///   - levels: e_i, exactly.
  ///   - amplitudes: psi_i.
  ///   - unitary: <k|U|i> as row k, column i.
  ///   - precision: the bits of the computation.
  /// - Throws: ``BadInput`` when dimensions differ or are none, when the amplitudes certainly are not normalised or the
  ///   matrix certainly is not unitary; `Unanswered` beyond 1024 dimensions or 96 different levels, or when the
  ///   time is over.
  public init(
    levels: [Rational], pure amplitudes: [ComplexInterval], unitary: [[ComplexInterval]], precision: Int,
    within budget: Budget = Budget()
  ) throws {
    try WorkQuasiprobability.check(levels, unitary, stateDimension: amplitudes.count, precision, budget)
    let length = amplitudes.reduce(Interval(0, precision: precision)) { $0 + $1.squaredMagnitude }
    try WorkQuasiprobability.require(
      length, one: "the squares of the amplitudes add up to one less or more by", accepted: "1")
    let groups = Groups(levels)
    // phi_a = U P_a psi.
    let vectors = try groups.members.map { members in
      try budget.check()
      return unitary.map { row in
        members.reduce(ComplexInterval.zero(precision: precision)) { $0 + row[$1] * amplitudes[$1] }
      }
    }
    transitions = try WorkTransitions(levels: groups.levels, precision: precision) { a, b, k in
      try budget.check()
      return groups.members[k].reduce(Interval(0, precision: precision)) {
        let (x, y) = (vectors[b][$1], vectors[a][$1])
        return $0 + (x.real * y.real + x.imaginary * y.imaginary)
      }
    }
    (self.levels, self.unitary, self.precision) = (levels, unitary, precision)
    state = .pure(amplitudes)
  }

  /// The distributions of a state.
  ///
  /// - Parameters:
  ///   - levels: e_i, exactly.
  ///   - state: rho in the same basis; `DensityMatrix` refuses what certainly is none.
  ///   - unitary: <k|U|i> as row k, column i.
  ///   - precision: the bits of the computation.
  /// - Throws: ``BadInput`` when dimensions differ or are none, or the matrix certainly is not unitary;
  ///   `Unanswered` beyond 256 dimensions or 96 different levels, or when the time is over.
  public init(
    levels: [Rational], state: DensityMatrix, unitary: [[ComplexInterval]], precision: Int,
    within budget: Budget = Budget()
  ) throws {
    try WorkQuasiprobability.check(
      levels, unitary, stateDimension: state.dimension, precision, limit: 256, budget)
    let (groups, n, rho) = (Groups(levels), levels.count, state.matrix)
    // M_k = U' P_k U, Hermitian, as its rows up to the diagonal.
    var blocks: [[[ComplexInterval]]] = []
    for members in groups.members {
      try budget.check()
      blocks.append(
        (0..<n).map { j in
          (0...j).map { i in
            members.reduce(ComplexInterval.zero(precision: precision)) {
              $0 + unitary[$1][j].conjugate * unitary[$1][i]
            }
          }
        })
    }
    transitions = try WorkTransitions(levels: groups.levels, precision: precision) { a, b, k in
      try budget.check()
      var sum = Interval(0, precision: precision)
      for i in groups.members[a] {
        for j in groups.members[b] {
          let m = j >= i ? blocks[k][j][i] : blocks[k][i][j].conjugate
          let r = rho[i, j]
          sum += r.real * m.real - r.imaginary * m.imaginary
        }
      }
      return sum
    }
    (self.levels, self.unitary, self.precision) = (levels, unitary, precision)
    self.state = .mixed(rho)
  }

  // MARK: - Distributions

  /// The atoms of p_q by rising work, each work once; their enclosures may hold zero.
  public func atoms(q: Rational) -> [Atom] { transitions.atoms(q: q) }

  /// The m-th moment, the sum of w^m p_q(w), from the atoms.
  public func moment(_ m: Int, q: Rational) -> Interval { atoms(q: q).moment(m, precision: precision) }

  /// The sum of |p_q| less one: 0 exactly when no atom is negative.
  public func negativity(q: Rational) -> Interval { atoms(q: q).negativity(precision: precision) }
}

extension Collection<WorkQuasiprobability.Atom> {
  /// The probability of a work; zero where there is no atom.
  func probability(of work: Rational, precision: Int) -> Interval {
    first { $0.work == work }?.probability ?? Interval(0, precision: precision)
  }

  /// The m-th moment.
  public func moment(_ m: Int, precision: Int) -> Interval {
    reduce(Interval(0, precision: precision)) { $0 + Interval($1.work.power(m), precision: precision) * $1.probability }
  }

  /// The sum of |p| less one; the p add up to one, so it is not below 0.
  public func negativity(precision: Int) -> Interval {
    let sum = reduce(Interval(0, precision: precision)) { $0 + $1.probability.absoluteValue }
    return (sum - 1).maximum(Interval(0, precision: precision))
  }

  /// The sum of p(w) e^(iuw).
  public func characteristic(_ u: Interval, precision: Int) -> ComplexInterval {
    reduce(ComplexInterval.zero(precision: precision)) {
      let angle = u * Interval($1.work, precision: precision)
      return $0 + ComplexInterval($1.probability * angle.cosine, $1.probability * angle.sine)
    }
  }
}

/// The different levels with the places of each in the basis.
struct Groups: Sendable {
  let levels: [Rational]
  let members: [[Int]]

  init(_ all: [Rational]) {
    let places = Dictionary(grouping: all.indices) { all[$0] }
    let sorted = places.sorted { $0.key < $1.key }
    (levels, members) = (sorted.map(\.key), sorted.map(\.value))
  }
}
