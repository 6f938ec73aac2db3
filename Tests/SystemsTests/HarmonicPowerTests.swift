import ArbitraryPrecision
import Catalogue
import Systems
import RigorousNumerics
import Testing

@Suite struct HarmonicPowerTests {
  private func certified(_ name: String, _ given: [(name: String, text: String)] = []) throws -> Interval {
    try Catalogue.builtIn.quantity(named: name).interval(given, to: .relative(digits: 25), within: Budget())
  }

  /// The power at the optimal time, by the route through the N-quanta sector, is the greatest power; elsewhere it is less.
  @Test(arguments: [1, 2, 6])
  func `no charging time beats the greatest power`(_ cells: Int) throws {
    let chain = [("N", "\(cells)"), ("w0", "0.7"), ("g", "1.3")].map { (name: $0.0, text: $0.1) }
    let best = try certified("harmonic.max-power", chain)
    let time = try certified("harmonic.optimal-time", chain)
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.stored-energy")
    func power(_ tau: Rational) throws -> Interval {
      let arguments = try Arguments(chain + [("tau", "\(tau)")], for: quantity)
      return try quantity.routes[1].evaluate(arguments, 160, Budget()) / Interval(tau, precision: 160)
    }
    let optimum = try #require(time.lower.rational)
    let difference = try power(optimum) - best
    // The power is stationary: a time off by 10^-25 changes it by far less than that.
    #expect(
      difference.magnitude < BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -75, rounding: .up))
    for factor in [Rational(1, 3), Rational(9, 10), Rational(11, 10), Rational(3)] {
      #expect(try power(optimum * factor).isLess(than: best) == .certainlyTrue)
    }
  }

  @Test func `the constant's digits are those of an independent computation`() throws {
    // mpmath 1.3.0, mp.dps = 60: x = findroot(lambda x: tan(x) - 2*x, 1.165); sin(x)**2/x
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.power-constant")
    let value = try quantity.certified(try Arguments([], for: quantity), to: .relative(digits: 50), within: Budget())
    #expect("\(try #require(value.lower))".hasPrefix("0.72461135377670847573899045352563178434786510183839171"))
  }

  @Test func `an interval has the digits asked for, the best bounds may have fewer`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.power-constant")
    let (goal, budget) = (Goal.relative(digits: 50), Budget(bits: 64))
    let refusal = #expect(throws: Undecided.self) { try quantity.interval([], to: goal, within: budget) }
    #expect(refusal?.reason == "harmonic.power-constant: the cap of 64 bits was reached")
    let best = try #require(
      try quantity.certified(Arguments([], for: quantity), to: goal, within: budget).interval(precision: 128))
    let exact = try quantity.interval([], to: goal, within: Budget())
    #expect(best.contains(try #require(exact.lower.rational)) && exact.width < best.width)
  }

  @Test(arguments: [1, 2, 3, 100])
  func `the advantage is the square root of N and the ratio is 1`(_ cells: Int) throws {
    let given = [(name: "N", text: "\(cells)")]
    #expect(!(try certified("harmonic.advantage", given)).isDisjoint(from: Interval(cells, precision: 128).squareRoot))
    #expect(try certified("harmonic.ratio", given).contains(1))
  }
}
