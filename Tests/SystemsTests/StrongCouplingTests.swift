import ArbitraryPrecision
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct StrongCouplingTests {
  /// The routes of the stored fraction: the series, the evolution under the coupling alone, and the model file.
  @Test(arguments: [("1", "0.3"), ("3", "0.7"), ("6", "1.9"), ("9", "0")])
  func `the series is the evolution under the coupling`(_ cells: String, _ x: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "dicke.strong-fraction")
    let arguments = try Arguments([("N", cells), ("x", x)], for: quantity)
    let values = try quantity.routes.map { try $0.evaluate(arguments, 96, Budget(seconds: 60)) }
    #expect(values.count == 3)
    for value in values { #expect(!values[0].isDisjoint(from: value)) }
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
    let quantity = try Catalogue.builtIn.quantity(named: name)
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
      let quantity = try Catalogue.builtIn.quantity(named: name)
      return try quantity.route.evaluate(try Arguments(given, for: quantity), 96, Budget(seconds: 60))
    }
    let many = try value("dicke.strong-many-constant", [])
    let some = try value("dicke.strong-constant", [("N", "\(cells)")])
    let grown = many * Interval(Rational(Integer(2 * cells + 1), Integer(2 * cells)), precision: 96).squareRoot
    let bound = Interval(Rational(Integer(2 * 119 * 119), Integer(3 * 10_000 * cells * cells)), precision: 64)
    #expect((some - grown).absoluteValue.upper < bound.lower)
  }

  /// A phase near a multiple of pi is none.
  @Test(arguments: ["0", "pi", "-3*pi", "2*pi/2", "sqrt(4)*pi"])
  func `limits with a force are refused without it`(_ phase: String) throws {
    let reasons = [
      "dicke.ratio-limit": "where R grows as N^(1/4)", "dicke.scaling-constant": "where F(x) grows as x^(-1/2)",
    ]
    for (name, reason) in reasons {
      let quantity = try Catalogue.builtIn.quantity(named: name)
      let error = #expect(throws: BadInput.self) {
        try Arguments([("phase", phase)] + (name == "dicke.ratio-limit" ? [("g", "2")] : []), for: quantity)
      }
      #expect(error?.description == "phase: sin(phase) must not be 0, \(reason); accepted: other phases")
      for near in ["\(phase) + 1e-60", "\(phase) + 1/3"] {
        _ = try Arguments([("phase", near)] + (name == "dicke.ratio-limit" ? [("g", "2")] : []), for: quantity)
      }
    }
    let limit = try Catalogue.builtIn.quantity(named: "dicke.classical-advantage-limit")
    #expect(limit.isZero(try Arguments([("g", "2"), ("phase", phase)], for: limit)) == .certainlyTrue)
    #expect(limit.isZero(try Arguments([("g", "2"), ("phase", "\(phase) + 1/7")], for: limit)) == .certainlyFalse)
  }

  /// With u* the place of the greatest q(u) = sin^2(u)/u, q(u*) - q(u) >= .53 (u - u*)^2 for 0 < u <= 1.5: near u* by q'' <= -1.06 on [1, 1.3], elsewhere on pieces.
  @Test func `the limit's power falls off from its maximum`() throws {
    let bits = 96
    let place = try HarmonicAlgebra.classicalMaximum.get().argument(precision: bits, within: Budget(seconds: 60))
    let greatest = try HarmonicAlgebra.classicalMaximum.get().value(precision: bits, within: Budget(seconds: 60))
    let share = Interval(Rational(53, 100), precision: bits)
    for k in 0..<1500 {
      let u = Interval(from: Rational(Integer(k), 1000), to: Rational(Integer(k + 1), 1000), precision: bits)
      let square = u.sine.squared
      if k < 1000 || k >= 1300 {
        let power = k == 0 ? u : square / u
        #expect((greatest - power - share * (u - place).squared).lower.signum >= 0, "\(k)")
      } else {
        let bend = 2 * ((2 * u).cosine / u - (2 * u).sine / u.squared + square / u.power(3))
        #expect((bend + 2 * share).upper.signum < 0, "\(k)")
      }
    }
  }

  /// The place of the best time at strong coupling, on both sides of the bound's domain.
  @Test(arguments: ["pi/4", "pi/2", "1"])
  func `the best time is near its limit`(_ phase: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "dicke.scaling-deviation")
    let arguments = try Arguments([("N", "9"), ("g", "400"), ("phase", phase)], for: quantity)
    let value = try quantity.route.evaluate(arguments, 64, Budget(seconds: 60))
    #expect(value.upper < Interval(Rational(16, 10), precision: 64).lower)
  }
}
