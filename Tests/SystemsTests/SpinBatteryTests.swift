import ArbitraryPrecision
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct SpinBatteryTests {
  private func value(_ name: String, _ given: [(String, String)], digits: Int = 20) throws -> Interval {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    return try quantity.enclosure(
      Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity), digits: digits, within: Budget())
  }

  /// Steps 1 to 3 of the theorem in docs/spin.md, in exact integers: the second rate of <k> is the diagonal form
  /// 2 (N - 2k)(N + 2k(N - k)), which is at most 2 N^2 (1 + 2k).
  @Test(arguments: [1, 2, 3, 4, 7, 20, 60])
  func `the second derivative of the excitation is the one of the theorem`(_ n: Int) throws {
    let flow = SpinBattery.chain(n)
    let rate = try FlowObservable(weights: Array(0...n), precision: 256).rate(along: flow, within: Budget())
      .rate(along: flow, within: Budget())
    for k in 0...n {
      let expected = 2 * (n - 2 * k) * (n + 2 * k * (n - k))
      #expect(expected <= 2 * n * n * (1 + 2 * k))
      // The form on a unit vector is the diagonal element; on a sum of two, the elements between them show.
      let unit = rate.value(in: .unit(k, dimension: n + 1), precision: 256)
      #expect(unit.isSameSet(as: Interval(expected, precision: 256)), "k = \(k)")
      for j in 0..<k {
        let pair = FlowState((0...n).map { Interval($0 == j || $0 == k ? 1 : 0, precision: 64) }, fractionBits: 64)
        let other = 2 * (n - 2 * j) * (n + 2 * j * (n - j))
        #expect(rate.value(in: pair, precision: 256).contains(Rational(expected + other)), "j = \(j), k = \(k)")
      }
    }
  }

  /// The numbers from which the theorem gives Gamma/N < 1/4, and Gamma/N < 0.245.
  @Test func `one quarter is passed for good at 15586 by the theorem, and its second digit at 19524`() throws {
    let y = try value("harmonic.power-constant", [], digits: 25)
    func bound(_ n: Int) -> Interval { y * Interval(n, precision: 128).squareRoot.inverseHyperbolicSine }
    let four = Interval(4, precision: 128)
    #expect(four.isLess(than: bound(15586)) == .certainlyTrue)
    #expect(bound(15585).isLess(than: four) == .certainlyTrue)
    let second = Interval(1000, precision: 128) / Interval(245, precision: 128)
    #expect(second.isLess(than: bound(19524)) == .certainlyTrue)
    #expect(bound(19523).isLess(than: second) == .certainlyTrue)
    #expect(Interval(1, precision: 128).isLess(than: bound(4)) == .certainlyTrue)
    #expect(bound(3).isLess(than: Interval(1, precision: 128)) == .certainlyTrue)
  }

  @Test func `all routes agree`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "spin.stored-energy")
    for (n, tau) in [(1, "0.4"), (3, "0.31"), (4, "2"), (5, "0.05")] {
      let arguments = try Arguments(
        [(name: "N", text: "\(n)"), (name: "tau", text: tau), (name: "g", text: "0.7")], for: quantity)
      let values = try quantity.routes.map { try $0.evaluate(arguments, 140, Budget()) }
      #expect(values.allSatisfy { !values[0].isDisjoint(from: $0) }, "N = \(n): \(values)")
      #expect(values.allSatisfy { ($0.width.binaryExponent ?? -999) < -120 }, "N = \(n)")
    }
  }

  @Test func `zeros are decided`() throws {
    for (n, tau) in [("1", "pi"), ("1", "pi/2"), ("2", "pi/(2*sqrt(2))"), ("17", "0")] {
      #expect(
        try value("spin.stored-energy", [("N", n), ("tau", tau)]).isSameSet(as: Interval(0, precision: 8)), "N = \(n)")
    }
  }

  /// The maximum against values at other times, and the printed values of the physics: 0.7071, 0.4035, 0.2975 (rounded).
  @Test func `no time beats the maximal power`() throws {
    for (n, rounded) in [(2, 7071), (10, 4035), (50, 2975)] {
      let power = try value("spin.max-power", [("N", "\(n)")])
      let time = try value("spin.optimal-time", [("N", "\(n)")])
      for factor in ["0.2", "0.9", "0.999", "1.001", "1.3", "3", "10"] {
        let text = try #require(time.lower.decimal(digits: 12, rounding: .down)).description
        let tau = "\(factor)*(\(text.replacingOccurrences(of: "e", with: "*10^")))"
        let stored = try value("spin.stored-energy", [("N", "\(n)"), ("tau", tau)])
        let t = Interval(try #require(ExactDecimalReader.rational(factor)), precision: 128) * time
        #expect((stored / t).isLess(than: power) == .certainlyTrue, "N = \(n) at \(factor)")
      }
      let ratio = try value("spin.advantage", [("N", "\(n)")]) / n
      #expect(
        (ratio - Interval(Rational(Integer(rounded), 10000), precision: 64)).magnitude.double(rounding: .up) < 0.5e-4)
    }
  }

  private enum ExactDecimalReader {
    static func rational(_ text: String) -> Rational? {
      try? Interval(text: "[\(text)]", precision: 200).midpoint?.rational
    }
  }

  /// E/N is a function of N tau.
  @Test func `the classical energy scales with the number of cells`() throws {
    let angles = [("theta-a", "0.3"), ("theta-b", "pi"), ("phi", "0.2")]
    let one = try value("spin.classical-stored-energy", [("N", "1"), ("tau", "0.8")] + angles, digits: 12)
    let eight = try value("spin.classical-stored-energy", [("N", "8"), ("tau", "0.1")] + angles, digits: 12)
    #expect(!(eight / 8).isDisjoint(from: one))
  }

  /// SciPy 1.17.1, solve_ivp with DOP853 at a relative tolerance of 1e-12, good to about ten digits.
  @Test func `the classical energy agrees with an integrator in doubles`() throws {
    let cases: [([(String, String)], Double)] = [
      ([("N", "1"), ("tau", "1"), ("theta-a", "0.1"), ("theta-b", "pi"), ("phi", "0")], 0.031734293270663905),
      ([("N", "1"), ("tau", "1"), ("theta-a", "1"), ("theta-b", "2"), ("phi", "0.5")], 0.6201255244229039),
    ]
    for (given, expected) in cases {
      let found = try value("spin.classical-stored-energy", given, digits: 12).lower.double(rounding: .nearest)
      #expect(abs(found - expected) < 1e-10)
    }
  }

  /// SciPy's solve_ivp (DOP853, relative tolerance 1e-12) with a search over 20000 times up to 60 and a bounded minimiser: about ten digits.
  @Test func `the classical maximal power agrees with a search in doubles`() throws {
    let search = [("N", "1"), ("theta-a", "0.3"), ("theta-b", "pi"), ("phi", "0")]
    let found = try value("spin.classical-max-power", search, digits: 8)
    #expect(abs(found.lower.double(rounding: .nearest) - 0.48463673227304715) < 1e-8)
    // Texts with spaces that join to the same line are different questions: 1, -2, -1 and -1, 1, -2.
    for (angles, power) in [(["1", "-2", "1 -2"], 1.370206167522), (["1 -2", "1", "-2"], 0.5497554394)] {
      let given = zip(["theta-a", "theta-b", "phi"], angles).map { ($0, $1) }
      let found = try value("spin.classical-max-power", [("N", "2")] + given, digits: 8)
      #expect(abs(found.lower.double(rounding: .nearest) - power) < 1e-8)
    }
    let rest = [("N", "3"), ("theta-a", "0"), ("theta-b", "pi"), ("phi", "0")]
    #expect(try value("spin.classical-max-power", rest).isSameSet(as: Interval(0, precision: 8)))
  }

  /// The time of the search above, by the same program, and the power at it from the stored energy, which knows nothing of a maximum.
  @Test func `the classical best time has the greatest power`() throws {
    let start = [("N", "2"), ("g", "0.5"), ("theta-a", "0.3"), ("theta-b", "pi"), ("phi", "0")]
    let time = try value("spin.classical-optimal-time", start, digits: 12)
    let text = "\(time.lower.double(rounding: .nearest))"
    let energy = try value("spin.classical-stored-energy", start + [("tau", text)], digits: 12)
    let power = try value("spin.classical-max-power", start, digits: 12)
    let found = energy.lower.double(rounding: .nearest) / time.lower.double(rounding: .nearest)
    // A maximum is flat: what the time is off by counts as its square.
    #expect(abs(found - power.lower.double(rounding: .nearest)) < 1e-10)
    #expect(abs(try value("spin.classical-advantage", [("N", "7")] + start[2...]).lower.double(rounding: .up) - 7) < 1e-9)
  }

  @Test(arguments: [
    (
      "spin.classical-optimal-time", ["0", "pi", "0"],
      "parameters theta-a, theta-b, phi: no charging time attains the supremum of the power; accepted: angles that docs/spin.md, Supremum of the classical power, has under 3"
    ),
    (
      "spin.classical-optimal-time", ["pi/2", "pi/2", "-pi/2"],
      "parameters theta-a, theta-b, phi: no charging time attains the supremum of the power; accepted: angles that docs/spin.md, Supremum of the classical power, has under 3"
    ),
    (
      "spin.classical-advantage", ["0", "pi", "0"],
      "parameters theta-a, theta-b, phi: the greatest power is zero, so there is no advantage; accepted: a gain"
    ),
    (
      "spin.ratio", ["0.3", "0", "1"],
      "parameters theta-a, theta-b, phi: the greatest power is zero, so there is no advantage; accepted: a gain"
    ),
  ])
  func `starts without a best time or a gain are refused`(_ name: String, _ angles: [String], _ message: String) throws {
    let given = [("N", "2")] + zip(["theta-a", "theta-b", "phi"], angles).map { ($0, $1) }
    #expect(throws: BadInput(undefined: message)) { try value(name, given) }
  }

  /// mpmath 1.3 at 30 digits: the root of the derivative of F(e^y)/(ln(4N) + y), with e1 and findroot.
  @Test func `the semiclassical law has the values of another program`() throws {
    for (n, law) in [("4", 2.263656906), ("64", 3.544920312), ("256", 4.132687368)] {
      let advantage = try value("spin.semiclassical-advantage", [("N", n)])
      let count = try #require(Int(n))
      #expect(abs(Double(count) / advantage.lower.double(rounding: .nearest) - law) < 1e-9)
      let difference = count / advantage - count / (try value("spin.advantage", [("N", n)]))
      #expect(!(try value("spin.semiclassical-gap", [("N", n)]).isDisjoint(from: count * difference)))
    }
    #expect(throws: Undecided.self) { try value("spin.semiclassical-advantage", [("N", "2")]) }
  }

  @Test func `the poles stand still`() throws {
    for a in ["0", "pi", "2*pi"] {
      let given = [("N", "3"), ("tau", "7"), ("theta-a", a), ("theta-b", "pi"), ("phi", "1")]
      #expect(try value("spin.classical-stored-energy", given).isSameSet(as: Interval(0, precision: 8)))
    }
    let full = [("N", "3"), ("tau", "7"), ("theta-a", "0"), ("theta-b", "0"), ("phi", "1")]
    #expect(try value("spin.classical-stored-energy", full).contains(3))
  }

  /// The caps hold inside long loops, too: memory for the first, one Taylor step for the second.
  @Test func `absurd times end at the caps`() throws {
    let requests = [
      ("spin.stored-energy", [("N", "1"), ("tau", "4e6")]), ("spin.stored-energy", [("N", "2048"), ("tau", "1")]),
      (
        "spin.classical-stored-energy",
        [("N", "1"), ("tau", "10000"), ("theta-a", "1"), ("theta-b", "1"), ("phi", "0")]
      ),
    ]
    for (name, given) in requests {
      let quantity = try Catalogue.builtIn.quantity(named: name)
      let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
      let start = ContinuousClock.now
      let value = try quantity.certified(arguments, to: .relative(digits: 3000), within: Budget(seconds: 1))
      #expect(value.undecided != nil && ContinuousClock.now - start < .seconds(30), "\(name)")
    }
  }

  /// 3.6e-19999: bits in advance reach the time as well.
  @Test func `shortest times have their digits`() throws {
    let tiny = try value("spin.stored-energy", [("N", "3"), ("tau", "1e-10000")])
    let exact = Interval(Rational(36) * Rational(10).power(-20_000), precision: 128)
    #expect((tiny / exact - 1).magnitude.double(rounding: .up) < 1e-18)
  }

  @Test func `too many cells are too costly`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "spin.advantage")
    let arguments = try Arguments([(name: "N", text: "65537")], for: quantity)
    let value = try quantity.certified(arguments, to: .relative(digits: 5), within: Budget())
    #expect(
      value.undecided
        == "this route is limited to N <= 65536: the evolution of N + 1 amplitudes takes about N^2 operations")
  }
}
