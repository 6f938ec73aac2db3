import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import RigorousNumerics
import TestSupport
import Testing

@testable import Systems

/// The supremum of the classical power, also where no time attains it (`docs/spin.md`, "Supremum of the classical power").
@Suite struct ClassicalSpinSupremumTests {
  private func value(_ a: String, _ b: String, _ phi: String, digits: Int = 12) throws -> CertifiedValue {
    let quantity = try Catalogue.builtIn.quantity(named: "spin.classical-max-power")
    let given = [("N", "1"), ("theta-a", a), ("theta-b", b), ("phi", phi)].map { (name: $0.0, text: $0.1) }
    return try quantity.certified(
      Arguments(given, for: quantity), to: .relative(digits: digits), within: Budget(seconds: 20))
  }

  @Test(
    "a full battery gains nothing, whatever the charger",
    arguments: ["0", "1", "0.3", "pi/3", "pi/2", "pi", "-2", "100", "1e-30", "sqrt(2)"])
  func full(_ charger: String) throws {
    for (battery, phi) in [("0", "0"), ("2*pi", "1"), ("-4*pi", "pi/2")] {
      #expect(try value(charger, battery, phi).outcome == .zero, "theta-a = \(charger)")
    }
  }

  /// u'(0) = 0 and z_b >= z_a: the start is the highest point of the battery, or both stand still.
  @Test(arguments: [
    ("pi/3", "pi/6", "0"), ("pi/3", "pi/6", "pi"), ("1", "1", "0"), ("pi/2", "pi/2", "0"), ("pi/2", "pi/2", "-pi"),
    ("1", "-1", "pi"), ("2", "0.5", "3*pi"), ("pi", "1", "0.7"),
  ])
  func `a turning point at the top has no gain`(_ a: String, _ b: String, _ phi: String) throws {
    #expect(try value(a, b, phi).outcome == .zero)
  }

  /// The limit -sin(a) sin(b) sin(phi), by hand: sqrt(3)/4, 1 and 1/2.
  @Test(arguments: [
    ("pi/2", "pi/6", "-pi/3", 3.0.squareRoot() / 4), ("pi/2", "pi/2", "-pi/2", 1), ("5*pi/6", "pi/2", "3*pi/2", 0.5),
  ])
  func `the supremum is the power of the first moment`(
    _ a: String, _ b: String, _ phi: String, _ expected: Double
  ) throws {
    let found = try #require(try value(a, b, phi).interval(precision: 128))
    // Twelve digits of a number of at most 1, and what the double rounds.
    #expect(abs(found.lower.double(rounding: .nearest) - expected) < 1e-11)
  }

  /// c = h = 0: u falls as -tanh and never comes back.
  @Test(arguments: [("pi/2", "pi/2", "pi/2"), ("pi/3", "2*pi/3", "pi/2"), ("1", "pi - 1", "-3*pi/2")])
  func `a battery that falls for ever has the supremum zero`(_ a: String, _ b: String, _ phi: String) throws {
    #expect(try value(a, b, phi).outcome == .zero)
  }

  /// The stored energy certified at single times, which knows nothing of a supremum.
  @Test func `no time beats the supremum`() throws {
    let energy = try Catalogue.builtIn.quantity(named: "spin.classical-stored-energy")
    for (a, b, phi) in [
      ("pi/2", "pi/2", "-pi/2"), ("pi/2", "pi/6", "-pi/3"), ("pi/3", "2*pi/3", "pi/2"), ("pi/3", "pi/6", "0"),
      ("1", "2*pi", "1"), ("1", "2", "1"), ("1", "2", "-1"), ("0.3", "pi", "0.2"), ("2", "1", "-0.5"),
    ] {
      let supremum = try #require(try value(a, b, phi).interval(precision: 64))
      func stored(_ tau: String) throws -> Interval {
        let given = [("N", "1"), ("tau", tau), ("theta-a", a), ("theta-b", b), ("phi", phi)]
        return try energy.interval(
          given.map { (name: $0.0, text: $0.1) }, to: .absolute(digits: 15), within: Budget(seconds: 20))
      }
      let start = try stored("0")
      for tau in ["1/1024", "1/8", "1/2", "1", "2", "3"] {
        let time = try Constant(parsing: tau).enclosure(precision: 64)
        let power = (try stored(tau) - start) / time
        #expect(power.lower <= supremum.upper, "\(a), \(b), \(phi) at \(tau)")
      }
    }
  }

  /// Runge and Kutta's fourth-order steps of 2^-10 in doubles. A power over s has a derivative of at most sup|u''|/2 <= 2,
  /// so the supremum up to s = 40 is at most 2^-10 above the greatest of the samples, or of the limit at zero; 1e-3
  /// leaves 2e-5 for the integrator. Later powers are at most 2/40.
  @Test func `the supremum agrees with samples of an integrator in doubles`() throws {
    let corners = ["0", "pi", "pi/2", "-pi/2", "pi/3", "2*pi/3", "pi/6"]
    var (decided, asked) = (0, 0)
    try RandomCases.run(16) { random, label in
      let texts = (0..<3).map { _ in
        random.next() % 2 == 0
          ? corners[Int(random.next() % 7)] : "\(random.positiveDouble(exponents: -3...1))"
      }
      let found = try value(texts[0], texts[1], texts[2], digits: 6)
      asked += 1
      guard found.undecided == nil, let bounds = found.interval(precision: 64) else { return }
      decided += 1
      let angles = try texts.map { try Constant(parsing: $0).enclosure(precision: 64).lower.double(rounding: .nearest) }
      let sampled = Self.greatestPower(a: angles[0], b: angles[1], phi: angles[2])
      // The integrator is of fourth order, 2^-40 = 1e-12 in a step: a guard, where `no time beats the supremum` proves.
      #expect(sampled <= bounds.upper.double(rounding: .up) + 1e-9, "\(label): \(texts)")
      #expect(bounds.lower.double(rounding: .down) <= max(sampled + 1e-3, 0.05), "\(label): \(texts)")
    }
    // A few end undecided, where the battery gains little and late.
    #expect(4 * decided >= 3 * asked, "\(decided) of \(asked)")
  }

  private static func greatestPower(a: Double, b: Double, phi: Double) -> Double {
    var y = [sin(a) * cos(phi), sin(a) * sin(phi), cos(a), sin(b), 0, cos(b)]
    let (start, step) = (y[5], 0x1p-10)
    var greatest = max(0, y[0] * y[4] - y[1] * y[3])
    for k in 1...40_960 {
      let first = slope(y)
      let second = slope(zip(y, first).map { $0 + step / 2 * $1 })
      let third = slope(zip(y, second).map { $0 + step / 2 * $1 })
      let fourth = slope(zip(y, third).map { $0 + step * $1 })
      for i in 0..<6 { y[i] += step / 6 * (first[i] + 2 * second[i] + 2 * third[i] + fourth[i]) }
      greatest = max(greatest, (y[5] - start) / (Double(k) * step))
    }
    return greatest
  }

  /// dn_a = (n_bx, n_by, 0) x n_a and the same with a and b exchanged.
  private static func slope(_ y: [Double]) -> [Double] {
    [
      y[4] * y[2], -y[3] * y[2], y[3] * y[1] - y[4] * y[0], y[1] * y[5], -y[0] * y[5], y[0] * y[4] - y[1] * y[3],
    ]
  }
}
