import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct HarmonicAlgebraTests {
  @Test func `the exact identities hold`() {
    #expect(HarmonicAlgebra.solvesHeisenberg)
    #expect(HarmonicAlgebra.solvesHamilton)
  }

  /// The solution by K^3 = -4K against the exponential of the same matrix, which uses no identity.
  @Test(arguments: [Rational(1, 1000), Rational(1, 2), Rational(3), Rational(50)])
  func `the solved fraction is the entry of the exponential`(_ x: Rational) throws {
    let p = 200
    var generator = IntervalMatrix(zero: 3, precision: p)
    for i in 0..<3 {
      for j in 0..<3 { generator[i, j] = Interval(Rational(HarmonicAlgebra.heisenberg[i, j]) * x, precision: p) }
    }
    let entry = try generator.exponential(within: Budget())[1, 0]
    let solved = HarmonicAlgebra.quantumFraction(Interval(x, precision: p)).value
    let classical = HarmonicAlgebra.classicalFraction(Interval(x, precision: p)).value
    #expect(!entry.isDisjoint(from: solved))
    #expect(!entry.isDisjoint(from: classical))
  }

  /// The sum of squares over all modes, and of energies over charger and battery, is conserved by the generators.
  @Test func `the generators conserve what the physics conserves`() {
    let k = HarmonicAlgebra.heisenberg
    // d(<a'a> + <B'B>)/dx = 0: the first two rows cancel.
    for j in 0..<3 { #expect(k[0, j] + k[1, j] == 0) }
    // Eq. (14) is a rotation of phase space: both parts are antisymmetric.
    for part in [HarmonicAlgebra.turn, HarmonicAlgebra.exchange] {
      for i in 0..<4 { for j in 0..<4 { #expect(part[i, j] == -part[j, i]) } }
    }
  }
}
