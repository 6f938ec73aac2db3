import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@Suite struct SkewFlowTests {
  typealias IntegerCoupling = SkewFlow.Coupling<Int>
  typealias RealCoupling = SkewFlow.Coupling<Interval>

  /// The couplings (k + 1)(N - k) of the spin battery.
  static func spinChain(_ n: Int) -> SkewFlow {
    SkewFlow(dimension: n + 1, integer: (0..<n).map { IntegerCoupling(row: $0 + 1, column: $0, ($0 + 1) * (n - $0)) })
  }

  @Test func debug() throws {
    let flow = Self.spinChain(1)
    let t = Interval(Rational(7, 10), precision: 200)
    let state = try flow.evolved(.unit(0, dimension: 2), for: t, bits: 100, within: Budget())
    print(state.element(0), t.cosine, state.element(1), t.sine, state.error)
  }
}
