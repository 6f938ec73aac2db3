import ArbitraryPrecision
import Testing

@testable import Catalogue
@testable import Systems
@testable import RigorousNumerics

/// What is too large, too small or too long ends with its reason.
@Suite struct DickeRefusalTests {
  private func answer(_ name: String, _ texts: [String], _ budget: Budget) throws -> CertifiedValue {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let given = texts.map { text in
      let parts = text.split(separator: "=")
      return (name: String(parts[0]), text: String(parts[1]))
    }
    return try quantity.certified(Arguments(given, for: quantity), to: .relative(digits: 6), within: budget)
  }

  @Test(arguments: [
    (
      "dicke.stored-energy", ["N=1001", "tau=1"],
      "this route is limited to N <= 1000: the states are about N times the photons"
    ),
    (
      "dicke.stored-energy", ["N=2", "tau=1e9"],
      "this route is limited to g N tau <= 1000000: the steps in time are about as many"
    ),
    (
      "dicke.stored-energy", ["N=900", "g=1e-3", "tau=10"],
      "this route is limited to 400000 states and 1 GiB a vector: the states are N/2 times the photons that the digits need"
    ),
    ("dicke.max-power", ["N=2", "g=1e-400", "w0=1e-400"], "the rates are out of range"),
    (
      "dicke.max-power", ["N=2", "g=1e400"],
      "this route is limited to 20000 photons more in a step: the effect of the cut-off is bounded by a series of as many terms, and many digits or a strong coupling take more"
    ),
    ("dicke.classical-max-power", ["N=2", "g=1e-8"], "the time takes more than 1000000 steps"),
    (
      "spin.semiclassical-advantage", ["N=2"],
      "this route is limited to N >= 3: for fewer cells the law's power falls from the start of its range of times"
    ),
  ])
  func `what is refused is said`(_ name: String, _ texts: [String], _ reason: String) throws {
    #expect(try answer(name, texts, Budget()).undecided == reason)
  }

  /// Inside long loops the budget is asked, too.
  @Test(arguments: [
    ("dicke.stored-energy", ["N=500", "tau=20"]), ("dicke.max-power", ["N=1", "g=1e-6"]),
    ("dicke.classical-max-power", ["N=2", "g=1e300", "phase=0"]),
  ])
  func `what takes too long ends with the budget`(_ name: String, _ texts: [String]) throws {
    let start = ContinuousClock.now
    #expect(try answer(name, texts, Budget(seconds: 0.5)).undecided == "the cap of 0.5 seconds was reached")
    // Steps between two looks at the clock, on a slow machine.
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  /// Parameters far outside of doubles have values.
  @Test(arguments: [
    ("dicke.stored-energy", ["N=2", "g=1e400", "w0=1e400", "tau=1e-400"]),
    ("dicke.max-power", ["N=2", "g=1e307", "w0=1e-307"]),
    ("dicke.stored-energy", ["N=2", "g=1", "w0=1e308", "tau=1e-306"]),
  ])
  func `absurd scales have values`(_ name: String, _ texts: [String]) throws {
    #expect(try answer(name, texts, Budget()).undecided == nil)
  }

  /// A coupling in [1, 2] leaves no bits for the fractions.
  @Test func `couplings without bits are refused`() {
    let flow = SkewFlow(
      dimension: 2, real: [.init(row: 1, column: 0, Interval(from: 1, to: 2, precision: 64))])
    let refusal = #expect(throws: Unanswered.self) {
      try flow.evolved(.unit(0, dimension: 2), for: Interval(1, precision: 64), bits: 64, within: Budget())
    }
    #expect(refusal?.reason == "the couplings are known too poorly")
  }

  /// Along a chain of three the vectors of the series grow by sqrt 2 with each degree: beyond 2^17 after 34.
  @Test func `series of high degree are refused`() throws {
    let flow = SkewFlow(dimension: 3, integer: (0..<2).map { .init(row: $0 + 1, column: $0, 1) })
    func series(_ degree: Int) throws -> FormSeries {
      try FormSeries(
        flow, at: Interval(0, precision: 64), through: .unit(0, dimension: 3), weights: [0, 1, 2], degree: degree,
        bits: 64, precision: 64, within: Budget())
    }
    _ = try series(30)
    let refusal = #expect(throws: Unanswered.self) { try series(40) }
    #expect(refusal?.reason == "the rates are too large for the fixed point of the state")
  }
}
