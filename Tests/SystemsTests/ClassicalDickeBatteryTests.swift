import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems
@testable import RigorousNumerics

/// Values of another program are mpmath 1.3.0 with mp.dps = 45: Taylor steps of orders 60 and 75, the same in 32 digits, on the equations for
/// p/sqrt(N), q/sqrt(N) and n in the time 2 c tau; all maxima of the power until later times are excluded, by signs of its slope at 32 places
/// a step and Newton's steps.
@Suite struct ClassicalDickeBatteryTests {
  @Test func `the stored energy agrees with another program`() throws {
    let found = try enclosure("dicke.classical-stored-energy", [("N", "2"), ("g", "0.5"), ("tau", "1")], digits: 20)
    #expect(try !found.isDisjoint(from: printed("1.7091653478543887260800085513")), "\(found)")
  }

  /// In the last two rows two times compete, 2.954 and 2.143 in units of 1/(2 c), whose powers differ by a part in 10^14 and in 10^9.
  @Test(arguments: [
    ("50", "0.1", "pi/4", "43.871284163838694853660721094"),
    ("50", "2", "pi/4", "744.69240788125846076722017303"),
    ("128", "5", "pi/4", "7473.3972459766288928072378622"),
    ("1", "0.27", "pi/8", "0.23425612814082728181242280368"),
    ("50", "0.5", "5*pi/16", "224.52782076135152661182316436"),
    ("2", "0.3", "pi/2", "0.79897435106517331465129582476"),
    ("5", "1", "0", "5.8021041263354959814818651063"),
    ("128", "0.01", "0", "8.9761445531329984011392871146"),
    ("1", "0.09527040301896", "pi/4", "0.060760534194133891307633194059"),
    ("1", "0.0952704031", "pi/4", "0.060760534260790647665206753440"),
  ])
  func `the greatest power agrees with another program`(
    _ n: String, _ g: String, _ phase: String, _ power: String
  ) throws {
    let given = [("N", n), ("g", g), ("phase", phase)]
    let found = try enclosure("dicke.classical-max-power", given, digits: 16)
    #expect(try !found.isDisjoint(from: printed(power)), "\(found)")
    guard phase == "pi/8" else { return }
    #expect(try enclosure("dicke.classical-max-power", given, digits: 25).isSubset(of: found))
  }

  private func arguments(_ given: [(String, String)]) throws -> Arguments {
    let quantity = try Catalogue.builtIn.quantity(named: "dicke.classical-max-power")
    return try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
  }

  /// Twice the energy over N w0, and |n|^2.
  private func conserved(_ y: [Interval]) -> [Interval] {
    let square = y[0].squared + y[1].squared
    return [square + y[4] + y[1] * y[2] / y[5], y[2].squared + y[3].squared + y[4].squared]
  }

  /// Along random paths of all strengths, with the bound of the radius between them.
  @Test func `energy and spin length are conserved`() throws {
    try RandomCases.run(10) { random, label in
      let g = ["1/100", "1/10", "1/3", "2", "20"][Int(random.next() % 5)]
      let given = [("N", "1"), ("g", g), ("phase", "\(Int(random.next() % 7))/3")]
      let cells = Integer(Int(random.next() % 60) + 1)
      let start = ClassicalDickeBattery.start(try arguments(given), cells, 200)
      let time = Interval(Rational(Integer(Int(random.next() % 64)), 16), precision: 200)
      let end = try ClassicalDickeBattery.flow.evolved(
        start, for: time, bits: 100, within: Budget(), bounds: ClassicalDickeBattery.bounds)
      for (now, before) in zip(conserved(end), conserved(start)) {
        #expect(!now.isDisjoint(from: before), "\(label): \(now) from \(before)")
      }
      // Wide enclosures would meet everything; the flow promises a width of about 2^-100.
      #expect(end.allSatisfy { $0.width.binaryExponent ?? -999 < -90 }, "\(label): \(end)")
      let radius = ClassicalDickeBattery.bounds(start, time.upper).radius
      #expect(end[0...4].allSatisfy { $0.mignitude <= radius }, "\(label): \(radius) for \(end)")
    }
  }

  /// d J d <= m |d|^2 in the norm of errors, for random differences and for those that part fastest.
  @Test func `no two solutions part faster than the bound`() {
    RandomCases.run(60) { random, label in
      func number() -> Interval {
        Interval(Rational(Integer(Int(random.next() % 2001) - 1000), 1000), precision: 128)
      }
      let zero = Interval(0, precision: 128)
      let y = (0..<6).map { _ in number() } + [Interval(Rational(1, 2), precision: 128)]
      let root = Interval(2, precision: 128).squareRoot
      let across = (y[3].squared + y[4].squared).squareRoot
      let fastest = [
        [-1 / root, zero, Interval(1, precision: 128), zero, zero], [zero, across / root, zero, -y[4], y[3]],
      ]
      for d in fastest + (0..<6).map({ _ in (0..<5).map { _ in number() } }) {
        let all = d + [zero, zero]
        let flow = ClassicalDickeBattery.flow
        let rates = zip(flow.form(y, all), flow.form(all, y)).map { $0 + $1 }
        let weights = [2, 2, 1, 1, 1]
        let growth = (0..<5).reduce(zero) { $0 + weights[$1] * (d[$1] * rates[$1]) }
        let square = (0..<5).reduce(zero) { $0 + weights[$1] * d[$1].squared }
        guard let m = ClassicalDickeBattery.bounds(y, .zero(precision: 64)).logarithmicNorm else {
          Issue.record("the battery gives a logarithmic norm")
          return
        }
        #expect(growth.lower <= (Interval(m) * square).upper, "\(label): \(growth) for \(square)")
        let magnitude = d.map(\.magnitude).reduce(.zero(precision: 64)) { max($0, $1) }
        let most = (flow.normRatio * Interval(magnitude)).squared.upper
        #expect(Interval(magnitude).squared.lower <= square.upper && square.lower <= most)
      }
    }
  }

  /// E_B/N of the classical battery is a function of w0, g sqrt N and tau: 4 cells at g are as one at 2 g.
  @Test func `the classical battery scales, the quantum one does not`() throws {
    let one = try enclosure("dicke.classical-max-power", [("N", "1"), ("g", "0.5"), ("phase", "1")], digits: 12)
    let four = try enclosure("dicke.classical-max-power", [("N", "4"), ("g", "0.25"), ("phase", "1")], digits: 12)
    #expect(!(4 * one).isDisjoint(from: four))
    let single = try enclosure("dicke.max-power", [("N", "1"), ("g", "0.5")], digits: 6)
    let several = try enclosure("dicke.max-power", [("N", "4"), ("g", "0.25")], digits: 6)
    #expect((4 * single).isDisjoint(from: several))
  }
}
