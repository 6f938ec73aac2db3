import ArbitraryPrecision
import BatteryModels
import RigorousNumerics
import TestSupport
import Testing

@Suite struct StrongCouplingTests {
  /// The two routes of the stored fraction: the series and the evolution under the coupling alone.
  @Test(arguments: [("1", "0.3"), ("3", "0.7"), ("6", "1.9"), ("9", "0")])
  func `the series is the evolution under the coupling`(_ cells: String, _ x: String) throws {
    let quantity = try Catalogue.quantity(named: "dicke.strong-fraction")
    let arguments = try Arguments([("N", cells), ("x", x)], for: quantity)
    let values = try quantity.routes.map { try $0.evaluate(arguments, 96, Budget(seconds: 60)) }
    #expect(values.count == 2)
    #expect(!values[0].intersection(values[1]).isEmpty)
    for value in values { #expect(value.width < Interval(Rational(1, 1_000_000_000_000_000), precision: 64).upper) }
  }

  /// Decimals of mpmath 1.3.0 at 40 digits: `findmax` by `findroot` on the derivative of (1 - exp(-2x^2/N) laguerre(N, 0, 4x^2/N))/(2x) and
  /// (1 - besselj(0, 4x))/(2x), and `odefun` for the flow at phase 0.
  @Test(arguments: [
    ("dicke.strong-constant", ["N": "1"], "1.0144190918"), ("dicke.strong-constant", ["N": "50"], "0.8508633188"),
    ("dicke.strong-many-constant", [:], "0.8466562627"), ("dicke.phase-zero-constant", [:], "0.8285933695"),
    ("dicke.phase-zero-time", [:], "1.1719422137"),
  ])
  func `constants of the limits`(_ name: String, _ given: [String: String], _ decimals: String) throws {
    let quantity = try Catalogue.quantity(named: name)
    let arguments = try Arguments(given.map { ($0.key, $0.value) }, for: quantity)
    let value = try quantity.route.evaluate(arguments, 128, Budget(seconds: 60))
    let expected =
      try Interval(text: "[\(decimals), \(decimals)]", precision: 128)
      + .ball(Interval(Rational(1, 10_000_000_000), precision: 64))
    #expect(value.isSubset(of: expected))
  }

  /// m_N = m sqrt(1 + 1/(2N)) within 2 X^2/(3 N^2) with X <= 1.19, as docs/dicke.md derives.
  @Test(arguments: [1, 2, 5, 20, 400])
  func `constants approach that of many cells`(_ cells: Int) throws {
    func value(_ name: String, _ given: [(name: String, text: String)]) throws -> Interval {
      let quantity = try Catalogue.quantity(named: name)
      return try quantity.route.evaluate(try Arguments(given, for: quantity), 96, Budget(seconds: 60))
    }
    let many = try value("dicke.strong-many-constant", [])
    let some = try value("dicke.strong-constant", [("N", "\(cells)")])
    let grown = many * Interval(Rational(Integer(2 * cells + 1), Integer(2 * cells)), precision: 96).squareRoot
    let bound = Interval(Rational(Integer(2 * 119 * 119), Integer(3 * 10_000 * cells * cells)), precision: 64)
    #expect((some - grown).absoluteValue.upper < bound.lower)
  }

  @Test func `the limit of R is refused at phase 0`() throws {
    let quantity = try Catalogue.quantity(named: "dicke.ratio-limit")
    let error = #expect(throws: BadInput.self) { try Arguments([("g", "2"), ("phase", "pi")], for: quantity) }
    #expect(
      error?.description == "phase: sin(phase) must not be 0, where R grows as N^(1/4); accepted: other phases")
  }
}
