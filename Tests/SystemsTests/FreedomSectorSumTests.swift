import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Systems

/// What the sectors that are left out weigh.
@Suite struct FreedomSectorSumTests {
  /// The squares nbar^(n - m) m!/n! of all sectors add up to e^nbar m!/nbar^m: with few photons the first one left out is nearly all that is, so that a
  /// bound by the ratio after it is too small.
  @Test(arguments: [(1, "1e-6"), (2, "1/100"), (1, "1/3"), (3, "5/2"), (2, "12")])
  func `the norm holds the sum of all sectors`(_ n: Int, _ nbar: String) throws {
    let arguments = try Arguments(
      [(name: "N", text: "\(n)"), (name: "nbar", text: nbar)],
      for: Catalogue.builtIn.quantity(named: "freedom.tavis-cummings-deficit"))
    let model = try TavisCummings(arguments, 40)
    #expect(model.sectors.lowerBound == 0)
    let norm = try SectorSum(model, within: Budget()).norm
    let photons = arguments.enclosure(.meanPhotons, 1024)
    // The sector of amplitude one is that of the whole part of nbar.
    let m = Int(photons.lower.double(rounding: .down))
    var factorial = Interval(1, precision: 1024)
    for k in 0..<m { factorial = factorial * Interval(k + 1, precision: 1024) }
    #expect((photons.exponential * factorial / photons.power(m)).isSubset(of: norm))
  }
}
