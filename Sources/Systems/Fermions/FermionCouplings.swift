import ArbitraryPrecision
import RigorousNumerics

/// A charging Hamiltonian of N fermion modes with random k-body couplings,
///
///     H1 = sum over i1 < ... < ik of (J c_i1 ... c_ik + h.c.),      J = (x + i y)/sqrt 2,
///
/// and the space that it reaches from the vacuum: particle numbers 0, k, 2k, ... up to N. The doubles x, y of
/// ``NormalDoubles`` are taken in lexicographic order of (i1, ..., ik), one pair a coupling. A basis state is a set of
/// occupied modes, bit i for mode i, created in falling order of modes: |S> = c'_(first) ... c'_(last) |0>, first <
/// ... < last, so c_i |S> has the sign of the number of occupied modes before i.
public struct FermionCouplings: Sendable, Hashable {
  /// One term of H1.
  public struct Coupling: Sendable, Hashable {
    /// The modes i1 ... ik as bits.
    public let modes: Int
    /// x.
    public let x: Double
    /// y.
    public let y: Double
  }

  /// The greatest number of modes.
  public static let greatestModes = 12

  /// N.
  public let modes: Int
  /// k.
  public let order: Int
  /// The terms, in lexicographic order of their modes.
  public let couplings: [Coupling]

  /// The couplings of a seed.
  ///
  /// - Parameters:
  ///   - modes: N, up to 12.
  ///   - order: k, from 1 to N.
  public init(modes: Int, order: Int, seed: UInt64) {
    demand(
      (1...modes).contains(order) && modes <= FermionCouplings.greatestModes, "FermionCouplings: 1 <= k <= N")
    var doubles = NormalDoubles(seed: seed)
    var couplings: [Coupling] = []
    for set in FermionCouplings.subsets(of: modes, order) {
      let (x, y) = doubles.next()
      couplings.append(Coupling(modes: set, x: x, y: y))
    }
    (self.modes, self.order, self.couplings) = (modes, order, couplings)
  }

  /// Couplings that are given: x, y, x, y, ... in lexicographic order of their modes.
  ///
  /// - Parameters:
  ///   - modes: N, up to 12.
  ///   - order: k, from 1 to N.
  ///   - elements: two finite doubles for each set of k modes.
  init(modes: Int, order: Int, elements: [Double]) {
    let sets = FermionCouplings.subsets(of: modes, order)
    demand(elements.count == 2 * sets.count, "FermionCouplings: two elements for each coupling")
    (self.modes, self.order) = (modes, order)
    couplings = sets.enumerated().map { Coupling(modes: $1, x: elements[2 * $0], y: elements[2 * $0 + 1]) }
  }

  /// x, y, x, y, ... in lexicographic order of the modes.
  var elements: [Double] { couplings.flatMap { [$0.x, $0.y] } }

  /// The sets of some of n modes as bits, in lexicographic order of their rising members.
  static func subsets(of n: Int, _ count: Int) -> [Int] {
    func extend(_ set: Int, _ next: Int, _ left: Int) -> [Int] {
      if left == 0 { return [set] }
      return (next..<n).flatMap { extend(set | 1 << $0, $0 + 1, left - 1) }
    }
    return extend(0, 0, count)
  }

  // MARK: - The space

  /// The basis states with 0, k, 2k, ... particles, by rising number; the vacuum is the first.
  var states: [Int] {
    stride(from: 0, through: modes, by: order).flatMap { FermionCouplings.subsets(of: modes, $0) }
  }

  /// The particle numbers 0, k, 2k, ..., the levels of H0 in its unit.
  var levels: [Int] { Array(stride(from: 0, through: modes, by: order)) }

  /// All values of work, in units of eps, for which p_q of a slice of the charge can have a weight, by rising work.
  public func works(q: Rational) -> [Rational] {
    WorkTransitions.works(levels: levels.map { Rational($0) }, q: q).sorted()
  }

  /// The sign of <S - T| c_i1 ... c_ik |S> for the modes T of a coupling in S.
  ///
  /// The annihilators act from the last mode ik to the first; those before leave the lower modes as they are, so each
  /// counts the modes of S below its own.
  static func sign(removing coupling: Int, from state: Int) -> Int {
    var (odd, rest) = (0, coupling)
    while rest != 0 {
      let mode = rest.trailingZeroBitCount
      odd ^= (state & (1 << mode - 1)).nonzeroBitCount & 1
      rest &= rest - 1
    }
    return odd == 0 ? 1 : -1
  }

  /// The terms <lower|sqrt 2 H1|upper> = sign (x + i y): the places of the two states, and the parts.
  func elements(of states: [Int]) -> [(lower: Int, upper: Int, real: Double, imaginary: Double)] {
    let places = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1, $0) })
    var result: [(lower: Int, upper: Int, real: Double, imaginary: Double)] = []
    for (upper, state) in states.enumerated() {
      for coupling in couplings where coupling.modes & state == coupling.modes {
        guard let lower = places[state ^ coupling.modes] else { continue }
        let sign = Double(FermionCouplings.sign(removing: coupling.modes, from: state))
        result.append((lower, upper, sign * coupling.x, sign * coupling.y))
      }
    }
    return result
  }

  /// The flow of (Re psi, Im psi) for the time t/sqrt 2, psi' = -i sqrt 2 H1 psi, the couplings as exact dyadic
  /// numbers.
  ///
  /// With sqrt 2 H1 = X + i Y it is (Re)' = Y Re + X Im, (Im)' = -X Re + Y Im: skew, since X is symmetric and Y is not.
  /// Element i is Re psi_i, element n + i is Im psi_i.
  func flow(of states: [Int], precision: Int) -> SkewFlow {
    let n = states.count
    var entries: [SkewFlow.Coupling<Interval>] = []
    for element in elements(of: states) {
      let (i, j) = (element.lower, element.upper)
      if let x = Interval(exactly: element.real, precision: precision), element.real != 0 {
        entries.append(.init(row: i, column: n + j, x))
        entries.append(.init(row: j, column: n + i, x))
      }
      if let y = Interval(exactly: element.imaginary, precision: precision), element.imaginary != 0 {
        entries.append(.init(row: i, column: j, y))
        entries.append(.init(row: n + i, column: n + j, y))
      }
    }
    return SkewFlow(dimension: 2 * n, real: entries)
  }
}
