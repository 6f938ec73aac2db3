import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The work quasiprobability of flip, parallel and blocks from the 2^N states of all cells, by certified evolution.
///
/// A state is a bit pattern of excited cells, and H1/g joins two states that differ in one block, down in one and up in
/// the other. With a phase (-i) for each block that is up the Schroedinger equation is a real rotation. For phi the
/// state before the slice, P_e its part of energy e, and R the rotation of the slice,
///
///     p_q(w) = sum over e, e', n with n - q e - (1 - q) e' = w
///              of the inner product of R P_e phi and R P_e' phi on the states of energy n.
///
/// Nothing is used of the independence of blocks. The routes share the definition alone.
struct BlockBatterySpace {
  /// The probabilities by rising work in units of eps, for every work that e, e', n give.
  let atoms: [WorkQuasiprobability.Atom]

  /// The limit on the cells.
  static let limit = Limit.integer(.cells, atMost: 8, because: "there are 2^N states")

  /// - Throws: `Unanswered` above 8 cells, or when the time is over.
  init(_ arguments: Arguments, _ precision: Int, within budget: Budget) throws {
    let shape = BlockBattery.shape(arguments)
    guard let n = Int(exactly: arguments[.cells]), n <= 8, let m = Int(exactly: shape.blocks) else {
      throw BlockBatterySpace.limit.exceeded
    }
    let q = arguments[.ordering]
    let (dimension, cells) = (1 << n, n / m)
    var couplings: [SkewFlow.Coupling<Int>] = []
    for state in 0..<dimension {
      for block in 0..<m {
        let mask = ((1 << cells) - 1) << (cells * block)
        if state & mask == 0 { couplings.append(.init(row: state | mask, column: state, 1)) }
      }
    }
    let flow = SkewFlow(dimension: dimension, integer: couplings)
    let bits = precision + 2 * n + 8
    func angle(_ key: RealKey) -> Interval { arguments.enclosure(key, bits + 64) }
    let before = try flow.evolved(.unit(0, dimension: dimension), for: angle(.angleBefore), bits: bits, within: budget)
    let zero = Interval(0, precision: precision)
    let parts = try (0...n).map { energy in
      let part = (0..<dimension).map { $0.nonzeroBitCount == energy ? before.element($0) : zero }
      let after = try flow.evolved(
        FlowState(part, fractionBits: bits), for: angle(.angleDuring), bits: bits, within: budget)
      return (0..<dimension).map { after.element($0) }
    }
    let transitions = WorkTransitions(levels: (0...n).map { Rational($0) }, precision: precision) { e, other, final in
      (0..<dimension).filter { $0.nonzeroBitCount == final }.reduce(zero) { $0 + parts[e][$1] * parts[other][$1] }
    }
    atoms = transitions.atoms(q: q)
  }

  /// The probability at a work; zero where no indices give it.
  func atom(_ work: Rational, _ precision: Int) -> Interval { atoms.probability(of: work, precision: precision) }

  /// The sum of all magnitudes less one.
  func negativity(_ precision: Int) -> Interval { atoms.negativity(precision: precision) }
}
