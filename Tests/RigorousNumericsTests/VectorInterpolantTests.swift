import ArbitraryPrecision
import RigorousNumerics
import TestSupport
import Testing

@Suite struct VectorInterpolantTests {
  /// (s^2/2^16, -1/s, 1): analytic right of zero. On |s - c| <= 1.25 h with c = 200, h = 128, so that s >= 40, the
  /// vector is below 3.
  private func interpolant(_ count: Int, bits: Int) throws -> (VectorInterpolant, Interval) {
    let points = VectorInterpolant.nodes(count, center: 200, exponent: 7, precision: bits + 64)
    let values = points.map { [$0.squared.scaled(byPowerOfTwo: -16), -(1 / $0), Interval(1, precision: 64)] }
    // r = 2: the semiaxes are 1.25 h and 0.75 h.
    let truncation = Interval(12, precision: 64).scaled(byPowerOfTwo: 1 - count)
    let result = try VectorInterpolant(
      values, center: 200, exponent: 7, bits: bits, truncation: truncation, within: Budget())
    return (result, truncation)
  }

  @Test(arguments: [(8, 60), (60, 60), (60, 20), (150, 150), (40, 300)])
  func `values are within the bound`(_ count: Int, _ bits: Int) throws {
    let (interpolant, truncation) = try interpolant(count, bits: bits)
    for s in stride(from: 73, through: 327, by: 1) {
      let x = Interval(s, precision: 400)
      let exact = [x.squared.scaled(byPowerOfTwo: -16), -(1 / x), Interval(1, precision: 400)]
      let squares = zip(interpolant.values(at: s), exact).reduce(Interval(0, precision: 400)) {
        $0 + (Interval($1.0, precision: 400).scaled(byPowerOfTwo: -interpolant.fractionBits) - $1.1).squared
      }
      #expect(squares.squareRoot.isAtMost(Interval(interpolant.error)) == .certainlyTrue, "s = \(s)")
    }
    // Beside the truncation, rounded upward in 64 bits, the bound is what the bits ask for: some hundreds of units of
    // 2^-bits at most.
    let one = Interval(1, precision: 64)
    let allowed = truncation * (1 + one.scaled(byPowerOfTwo: -60)) + one.scaled(byPowerOfTwo: 12 - bits)
    #expect(Interval(interpolant.error).isAtMost(allowed) == .certainlyTrue)
  }
}
