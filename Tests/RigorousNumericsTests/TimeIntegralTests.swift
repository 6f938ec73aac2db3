import RigorousNumerics
import Testing

@testable import ArbitraryPrecision

@Suite struct TimeIntegralTests {
  @Test(arguments: [
    ("sin(t)", "3", "1 - cos(3)"), ("t^7", "2", "32"), ("exp(-t)*cos(t)", "5", "(1 + exp(-5)*(sin(5) - cos(5)))/2"),
    ("1/(1 + t)", "4", "log(5)"), ("2", "7/3", "14/3"), ("sin(t)^2", "pi", "pi/2"), ("abs(t - 1)", "3", "5/2"),
    ("sqrt(1 + t)", "3", "14/3"),
  ])
  func `integrals that are known`(_ text: String, _ end: String, _ expected: String) throws {
    // A kink is halved again and again.
    let order = text.hasPrefix("abs") ? 2 : 24
    let value = try TimeFunction(text).integral(upTo: try interval(end), order: order, precision: 160, within: Budget())
    let truth = try interval(expected)
    #expect(!value.isDisjoint(from: truth) && (value.width.binaryExponent ?? -999) < -60, "\(text): \(value)")
  }
}
