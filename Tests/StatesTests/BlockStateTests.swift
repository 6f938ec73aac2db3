import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import States

/// States in blocks with levels that have counts: against whole matrices, and with errors against states that are as far
/// away as the error says.
@Suite struct BlockStateTests {
  private static func number(_ x: Rational) -> Interval { Interval(x, precision: 160) }

  private static func matrix(_ rows: [[Rational]]) -> HermitianMatrix {
    HermitianMatrix(symmetric: rows.count, precision: 160) { number(rows[$0][$1]) }
  }

  private static func diagonal(_ values: [Rational]) -> [HermitianMatrix] { values.map { matrix([[$0]]) } }

  /// A state of computed blocks with an error.
  private static func state(
    _ blocks: [HermitianMatrix], dimension: Integer?, error: Rational = 0
  ) throws -> BlockState {
    try BlockState(
      blocks, dimension: dimension, error: BigFloat(error, precision: 64, rounding: .up), precision: 160)
  }

  private static func levels(_ values: [(Rational, Int)], isWhole: Bool = true) -> EnergyLevels {
    EnergyLevels(values.map { (number($0.0), Integer($0.1)) }, isWhole: isWhole)
  }

  @Test func `blocks have the figures of their whole matrix`() throws {
    try RandomCases.run(20) { random, label in
      let n = Int.random(in: 1...3, using: &random)
      let weights = (0..<n + 1).map { _ in Rational(Integer(Int.random(in: 1...9, using: &random))) }
      let sum = weights.reduce(0, +)
      // A block of two and n - 1 populations.
      let p = weights.map { $0 / sum }
      let off = min(p[0], p[1]) / 2
      let block = Self.matrix([[p[0], off], [off, p[1]]])
      let blocks = [block] + Self.diagonal(Array(p.dropFirst(2)))
      let whole = HermitianMatrix(symmetric: n + 1, precision: 160) { i, j in
        i == j ? Self.number(p[i]) : i < 2 && j < 2 ? Self.number(off) : Self.number(0)
      }
      let energies = (0..<n + 1).map { _ in Rational(Integer(Int.random(in: 0...3, using: &random))) }
      let h = HermitianMatrix(symmetric: n + 1, precision: 160) {
        $0 == $1 ? Self.number(energies[$0]) : Self.number(0)
      }
      let (parts, one) = (try Self.state(blocks, dimension: Integer(n + 1)), try DensityMatrix(whole))
      let dense = try Ergotropy(of: one, in: h)
      // Equal levels counted together.
      let counted = Dictionary(grouping: energies, by: { $0 }).map { ($0.key, $0.value.count) }
      let figures = try UnitaryEnergies(of: parts, energy: dense.energy, Self.levels(counted))
      let copies = try StateCopies.ergotropy(
        of: parts, energy: dense.energy, Self.levels(counted), copies: 3, within: Budget())
      for (a, b) in [
        (figures.ergotropy, dense.value), (figures.passive, dense.passiveEnergy), (parts.purity, one.purity),
        (try #require(figures.capacity), dense.capacity), (try parts.entropy(), one.entropy),
        (parts.largestEigenvalue, one.populations[0]),
        (copies, try StateCopies.ergotropy(of: one, in: h, copies: 3, within: Budget())),
      ] { #expect(!a.isDisjoint(from: b), "\(label): \(a) \(b)") }
    }
  }

  /// States within the error of X, as far as it says, whose figures are known.
  @Test func `figures with an error hold states at the end of it`() throws {
    for e in [Rational(1, 10), Rational(1, 1000), Rational(1, 1_000_000)] {
      // X has less than the trace one, and the state what is missing.
      let less = try Self.state(Self.diagonal([1 - e, 0]), dimension: 2, error: e)
      #expect(less.largestEigenvalue.contains(1) && less.purity.contains(1), "\(e)")
      // One level up by e/2: energies at both ends of e w/2.
      let (low, high) = (Rational(-1), Rational(3))
      let moved = try Self.state(Self.diagonal([Rational(3, 4), Rational(1, 4)]), dimension: 2, error: e)
      let p = Rational(3, 4) - e / 2
      let energy = p * low + (1 - p) * high
      let figures = try UnitaryEnergies(of: moved, energy: Self.number(energy), Self.levels([(low, 1), (high, 1)]))
      #expect(figures.passive.contains(energy) && figures.ergotropy.containsZero, "\(e)")
      #expect(try #require(figures.active).contains(p * high + (1 - p) * low), "\(e)")
      #expect(try #require(figures.capacity).contains((2 * p - 1) * (high - low)), "\(e)")
      // Coherence e of a matrix of trace norm e.
      let flat = BlockState.coherence(Self.number(0), dimension: 2, error: BigFloat(e, precision: 64, rounding: .up))
      #expect(flat.contains(e), "\(e)")
      // h(e/2), more than e log 2.
      let q = Self.number(e / 2)
      let entropy = -(q * q.logarithm) - (1 - q) * (1 - q).logarithm
      let pure = try Self.state(Self.diagonal([1, 0]), dimension: 2, error: e)
      #expect(!(try pure.entropy()).isDisjoint(from: entropy), "\(e)")
      // Copies: of 1/2, 1/2 - e/2 and e/2 on the levels 0, 1, 2, with n - 1 others.
      let shares = [Rational(1, 2), Rational(1, 2) - e / 2, e / 2]
      let two = try DiagonalState(populations: shares, energies: [0, 1, 2]).copies(2)
      let near = try Self.state(Self.diagonal([Rational(1, 2), Rational(1, 2), 0]), dimension: 3, error: e)
      let copies = try StateCopies.ergotropy(
        of: near, energy: Self.number(shares[1] + 2 * shares[2]), Self.levels([(0, 1), (1, 1), (2, 1)]), copies: 2,
        within: Budget())
      #expect(copies.contains(two.ergotropy), "\(e)")
      // Fisher information of a Bloch vector of the length 1 - e for a Pauli matrix across: 4 (1 - e)^2, of X 4.
      let spread = QuantumInformation.spread(error: BigFloat(e, precision: 64, rounding: .up), width: Self.number(2))
      #expect(Interval(spread).upper >= (4 - 4 * Self.number(1 - e).squared).lower, "\(e)")
    }
  }

  /// A mode in |0>, and a share d of a thermal state of m quanta beside it: the passive energy is d m, the entropy h(d) +
  /// d g(m), at a distance of 2 d m/(m + 1) from |0>.
  @Test func `modes that are cut off hold what is left out`() throws {
    for (d, m) in [(Rational(1, 100), 10), (Rational(1, 1_000_000), 1_000_000)] {
      let e = 2 * d * Rational(m) / Rational(m + 1)
      let state = try Self.state(Self.diagonal([1]), dimension: nil, error: e)
      let mean = d * Rational(m)
      let levels = Self.levels((0..<2).map { (Rational($0), 1) }, isWhole: false)
      #expect(throws: Undecided.self) { try UnitaryEnergies(of: state, energy: Self.number(mean), levels) }
      #expect(throws: Undecided.self) { try state.entropy() }
      let tail = UnitaryEnergies.Tail(highest: Self.number(0), rest: Self.number(mean))
      let figures = try UnitaryEnergies(of: state, energy: Self.number(mean), levels, tail: tail)
      #expect(figures.passive.contains(mean) && figures.ergotropy.containsZero)
      func term(_ x: Interval) -> Interval { x * x.logarithm }
      let (share, n) = (Self.number(d), Self.number(Rational(m)))
      // Of all populations together: 1 - d + d/(m + 1) on 0, and d m^k/(m + 1)^(k+1).
      let zero = 1 - share * n / (n + 1)
      let rest = share * n / (n + 1)
      let entropy = -term(zero) - rest * (rest / (n + 1)).logarithm - rest * n * (n / (n + 1)).logarithm
      let bounds = try state.entropy(.init(mean: Self.number(mean), modes: 1, others: 1))
      #expect(!bounds.isDisjoint(from: entropy), "\(d): \(bounds) \(entropy)")
      #expect(bounds.upper.double(rounding: .up) < 40 * entropy.lower.double(rounding: .down))
    }
  }
}
