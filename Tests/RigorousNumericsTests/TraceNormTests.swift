import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct TraceNormTests {
  private func random(_ size: Int, exponent: Int, using generator: inout SplitMix64) -> HermitianMatrix {
    func number() -> Interval {
      Interval(Int.random(in: -1000...1000, using: &generator), precision: 128).scaled(byPowerOfTwo: exponent) / 3
    }
    return HermitianMatrix(size, precision: 128) { _, _ in ComplexInterval(number(), number()) }
  }

  /// Enclosures of 1/3 are no doubles; half of the matrices are far from one in size.
  @Test func `trace norms by doubles meet those of the spectrum, and are as near`() throws {
    var generator = SplitMix64(seed: RandomCases.seed)
    for index in 0..<12 * RandomCases.scale {
      let size = Int.random(in: 1...9, using: &generator)
      let exponent = index % 2 == 0 ? -10 : Int.random(in: -400...400, using: &generator)
      let matrix = random(size, exponent: exponent, using: &generator)
      let exact = try HermitianSpectrum(matrix, bits: 90).eigenvalues
        .reduce(Interval(0, precision: 128)) { $0 + $1.absoluteValue }
      let norm = try #require(try matrix.traceNormInDoubles(within: Budget()))
      #expect(!norm.isDisjoint(from: exact), "seed \(RandomCases.seed), case \(index): \(norm) \(exact)")
      #expect(
        norm.width <= norm.upper.scaled(byPowerOfTwo: -34, rounding: .down), "seed \(RandomCases.seed), case \(index)")
    }
  }

  /// Elements that are known to 1/8 alone: sigma_x and sigma_z times [1, 9/8] have norms between 2 and 2 sqrt(2) 9/8.
  @Test func `what elements are not known by is part of the enclosure`() throws {
    let range = Interval(1, precision: 64).hull(Interval(Rational(9, 8), precision: 64))
    let matrix = HermitianMatrix(2, precision: 64) { row, column in
      ComplexInterval(row == column ? (row == 0 ? range : -range) : range, Interval(0, precision: 64))
    }
    let norm = try #require(try matrix.traceNormInDoubles(within: Budget()))
    for factor in [Rational(1), Rational(9, 8)] {
      let exact = 2 * Interval(2, precision: 64).squareRoot * Interval(factor, precision: 64)
      #expect(exact.isSubset(of: norm), "\(norm)")
    }
    #expect(norm.upper < BigFloat(4, precision: 64, rounding: .up))
  }

  @Test func `zero, and what is beyond doubles`() throws {
    let zero = HermitianMatrix(3, precision: 64) { _, _ in ComplexInterval.zero(precision: 64) }
    let norm = try #require(try zero.traceNormInDoubles(within: Budget()))
    #expect(norm.isPoint && norm.containsZero)
    let unknown = HermitianMatrix(2, precision: 64) { _, _ in
      ComplexInterval(.entire(precision: 64), Interval(0, precision: 64))
    }
    #expect(try unknown.traceNormInDoubles(within: Budget()) == nil)
  }
}
