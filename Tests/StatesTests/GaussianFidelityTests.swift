import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import States

/// Uhlmann's fidelity of Gaussian states of two modes.
@Suite struct GaussianFidelityTests {
  private static let precision = 256

  private static func pick(_ values: [Rational], _ random: inout SplitMix64) -> Rational {
    values.randomElement(using: &random) ?? 0
  }

  /// A symplectic matrix on (X_1, P_1, X_2, P_2).
  private struct Map {
    var matrix = IntervalMatrix(identity: 4, precision: GaussianFidelityTests.precision)

    /// Mixes both modes by a beam splitter.
    mutating func mix(_ angle: Rational) {
      let angle = Interval(angle, precision: GaussianFidelityTests.precision)
      var next = IntervalMatrix(zero: 4, precision: matrix.precision)
      for i in 0..<2 {
        (next[i, i], next[i, i + 2]) = (angle.cosine, angle.sine)
        (next[i + 2, i], next[i + 2, i + 2]) = (-angle.sine, angle.cosine)
      }
      matrix = next * matrix
    }

    /// Squeezes X of a mode by e^(-r), P by e^r.
    mutating func squeeze(_ mode: Int, _ r: Rational) {
      let r = Interval(r, precision: matrix.precision)
      var next = IntervalMatrix(identity: 4, precision: matrix.precision)
      (next[2 * mode, 2 * mode], next[2 * mode + 1, 2 * mode + 1]) = ((-r).exponential, r.exponential)
      matrix = next * matrix
    }

    func applied(to state: GaussianState) -> GaussianState {
      var turned = IntervalMatrix(zero: 4, precision: matrix.precision)
      for i in 0..<4 { for j in 0..<4 { turned[i, j] = matrix[j, i] } }
      let s = matrix * state.covariance * turned
      let less = IntervalMatrix(identity: 4, precision: matrix.precision).map { -$0 }
      return GaussianState(means: matrix.applied(to: state.means), excess: s + less)
    }
  }

  /// A product of two states, with one mode each at the places.
  private static func modes(_ random: inout SplitMix64) -> (whole: GaussianState, single: [GaussianState]) {
    var excess = IntervalMatrix(zero: 4, precision: precision)
    var means: [Interval] = []
    for mode in 0..<2 {
      // v - 1 is zero for a pure state, and near to it.
      let quanta = Self.pick([Rational(0), Rational(1, 1_000_000), Rational(1, 3), 1, 7], &random)
      let v = Interval(1 + 2 * quanta, precision: precision)
      let r = Interval(Self.pick([Rational(0), Rational(1, 5), -1], &random), precision: precision)
      let one = Interval(1, precision: precision)
      excess[2 * mode, 2 * mode] = v * (2 * r).exponential - one
      excess[2 * mode + 1, 2 * mode + 1] = v * (-2 * r).exponential - one
      means += (0..<2).map { _ in Interval(Self.pick([Rational(0), Rational(1, 2), -2], &random), precision: precision)
      }
    }
    let whole = GaussianState(means: means, excess: excess)
    return (whole, [whole.reduced(to: [0]), whole.reduced(to: [1])])
  }

  /// A unitary on both states changes nothing, and products have the product of the fidelities of one mode each, which
  /// another formula tells.
  @Test func `what joins two modes in both states changes no fidelity`() throws {
    var random = SplitMix64(seed: RandomCases.seed)
    for round in 0..<(100 * RandomCases.scale) {
      let (first, second) = (Self.modes(&random), Self.modes(&random))
      var map = Map()
      map.mix(Self.pick([Rational(1, 3), 1, 2], &random))
      map.squeeze(round % 2, Self.pick([Rational(1, 2), Rational(-1, 3)], &random))
      map.mix(Self.pick([Rational(1, 7), -1], &random))
      let (a, b) = (map.applied(to: first.whole), map.applied(to: second.whole))
      let found = try #require(a.fidelity(b))
      let one = try #require(first.single[0].fidelity(second.single[0]))
      let other = try #require(first.single[1].fidelity(second.single[1]))
      let expected = one * other
      #expect(!found.isDisjoint(from: expected), "\(round): \(found) for \(expected)")
      // Roots of roots next to zero, of pure states, leave a quarter of the bits.
      let width = found.width.double(rounding: .up)
      #expect(width < 0x1p-60, "\(round): \(found)")
      let back = try #require(b.fidelity(a))
      #expect(!found.isDisjoint(from: back), "\(round): \(found) and \(back)")
    }
  }

  /// The fidelity of a state with itself is 1, however mixed it is.
  @Test func `a state with itself`() throws {
    var random = SplitMix64(seed: RandomCases.seed)
    for _ in 0..<(20 * RandomCases.scale) {
      let state = Self.modes(&random).whole
      var map = Map()
      map.mix(Rational(2, 3))
      let turned = map.applied(to: state)
      let found = try #require(turned.fidelity(turned))
      #expect(found.contains(1) && found.width.double(rounding: .up) < 0x1p-60, "\(found)")
    }
  }
}
