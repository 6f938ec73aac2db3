import ArbitraryPrecision
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems
@testable import RigorousNumerics

@Suite struct DickeRatioRangeTests {
  private func arguments(cells: Int, frequency: Rational, phase: String = "pi/4") throws -> Arguments {
    try Arguments(
      [("N", "\(cells)"), ("w0", "\(frequency)"), ("g", "1"), ("phase", phase)],
      for: try Catalogue.builtIn.quantity(named: "dicke.ratio"))
  }

  /// At a fixed time the power in the middle of a piece is as near the chord as the bound of the second derivative says.
  @Test func `powers stay near their chords`() throws {
    try RandomCases.run(12) { random, label in
      let cells = [1, 2, 3, 6][Int(random.next() % 4)]
      let first = Rational(Integer(Int(random.next() % 400)), 100)
      let distance = Rational(1, [2, 8, 64][Int(random.next() % 3)])
      let phase = ["pi/4", "0", "2", "pi/2"][Int(random.next() % 4)]
      let time = Interval(Rational(Integer(Int(random.next() % 40) + 1), 32), precision: 64)
      let sources: [any PowerOverFrequency] = [QuantumPower(cells: cells), ClassicalPower(cells: cells)]
      for source in sources {
        let powers = try [0, 1, 2].map { k in
          let frequency = first + Rational(Integer(k), 2) * distance + Rational(1, 100)
          return try source.power(
            arguments(cells: cells, frequency: frequency, phase: phase), at: time, within: Budget(seconds: 60))
        }
        let bent = (powers[1] - (powers[0] + powers[2]).scaled(byPowerOfTwo: -1)).absoluteValue
        let allowed = (Interval(distance, precision: 64).squared * source.curvature(until: time)).scaled(
          byPowerOfTwo: -3)
        #expect(bent.lower <= allowed.upper, "\(label): N = \(cells), o = \(first), d = \(distance), \(source)")
      }
    }
  }

  /// At the ends and in the middle, and on the right side of one.
  @Test func `the greatest R of a range is above R at its points`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "dicke.greatest-ratio")
    func greatest(_ cells: Int, _ from: String, _ to: String, _ phase: String) throws -> Interval {
      try quantity.route.evaluate(
        try Arguments([("N", "\(cells)"), ("from", from), ("to", to), ("phase", phase)], for: quantity), 64,
        Budget(seconds: 120))
    }
    let ratio = try Catalogue.builtIn.quantity(named: "dicke.ratio")
    for (cells, from, to, phase) in [
      (2, "1/2", "0.55", "pi/4"), (3, "sqrt(2)", "3/2", "pi/2"), (7, "0.48", "0.481", "pi/4"),
    ] {
      let range = try greatest(cells, from, to, phase)
      for g in [from, "(\(from) + \(to))/2", to] {
        let value = try ratio.route.evaluate(
          try Arguments([("N", "\(cells)"), ("g", g), ("phase", phase)], for: ratio), 64, Budget(seconds: 60))
        #expect(value.lower <= range.upper, "N = \(cells), g = \(g)")
      }
      let one = Interval(1, precision: 64)
      #expect(range.isLess(than: one) == (cells < 7 ? .certainlyTrue : .certainlyFalse))
    }
    #expect(try greatest(1, "1", "2", "pi/4").contains(Rational(1)))
  }

  @Test func `what costs too much is named`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "dicke.greatest-ratio")
    func reason(_ cells: String, digits: Int) throws -> String? {
      let arguments = try Arguments([("N", cells), ("from", "1"), ("to", "1.01")], for: quantity)
      return try quantity.certified(arguments, to: .relative(digits: digits), within: Budget()).undecided
    }
    #expect(
      try reason("21", digits: 5)
        == "this route is limited to N <= 20: the range is cut into more pieces the more cells there are")
    #expect(
      try reason("2", digits: 400)
        == "this route is limited to the side of one that the value is on: the range is cut into pieces until that is known"
    )
    #expect(throws: BadInput("parameter to: it is below from; accepted: from <= to")) {
      try Arguments([("N", "2"), ("from", "2"), ("to", "1")], for: quantity)
    }
  }
}
