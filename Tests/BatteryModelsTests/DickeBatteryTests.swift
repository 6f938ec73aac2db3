import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import BatteryModels
@testable import RigorousNumerics

@Suite struct DickeBatteryTests {
  private func value(_ name: String, _ given: [(String, String)], digits: Int) throws -> Interval {
    let quantity = try Catalogue.quantity(named: name)
    return try quantity.enclosure(
      Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity), digits: digits, within: Budget())
  }

  /// SciPy 1.17.1, expm_multiply in the same sector with 60 and 120 photons: about 14 digits.
  @Test func `the stored energy agrees with another program`() throws {
    for (n, tau, expected) in [("2", "1", 1.137036348010014), ("10", "0.6", 6.759274127111377)] {
      let found = try value("dicke.stored-energy", [("N", n), ("g", "0.5"), ("tau", tau)], digits: 16)
      #expect(abs(found.lower.double(rounding: .nearest) - expected) < 1e-12)
    }
  }

  /// E = w0 N (2N + 1) (g tau)^2 for short times: the weight that leaves the start for N + 1 and N - 1 photons, each with one excitation.
  /// What follows is smaller by about (g N tau)^2, below 1e-14 here.
  @Test func `short times have the second derivative of the start`() throws {
    for n in [1, 3, 8] {
      let found = try value("dicke.stored-energy", [("N", "\(n)"), ("g", "2/3"), ("tau", "1e-8")], digits: 20)
      let leading = Interval(Rational(Integer(n * (2 * n + 1)), 1) * Rational(4, 9), precision: 128)
      let ratio = found / leading / Interval(Rational(10).power(-16), precision: 128)
      #expect((ratio - 1).magnitude.double(rounding: .up) < 1e-12, "\(ratio)")
    }
  }

  /// SciPy's solve_ivp (DOP853, relative tolerance 1e-13).
  @Test func `the classical energy agrees with an integrator in doubles`() throws {
    let found = try value("dicke.classical-stored-energy", [("N", "2"), ("g", "0.5"), ("tau", "1")], digits: 12)
    #expect(abs(found.lower.double(rounding: .nearest) - 1.7091653478543751) < 1e-11)
  }

  /// SciPy 1.17.1: solve_ivp (DOP853, relative tolerance 1e-13) on the equations for c p/sqrt(N), c q/sqrt(N) and n in the time tau, the
  /// power on a grid up to 2 c tau = 60, and a bounded minimiser around the five best points of it: about eleven digits.
  @Test func `the classical maximal power agrees with a search in doubles`() throws {
    let cases: [(n: String, g: String, phase: String, power: Double)] = [
      ("1", "0.05", "pi/4", 0.03059466576427371),
      ("50", "0.1", "pi/4", 43.87128416383549), ("50", "2", "pi/4", 744.6924078812198),
      ("128", "5", "pi/4", 7473.397245976933), ("1", "0.27", "pi/8", 0.23425612814081373),
      ("50", "0.5", "5*pi/16", 224.52782076134997), ("2", "0.3", "pi/2", 0.7989743510651668),
      ("50", "2", "0", 154.26138498953748), ("128", "0.01", "0", 8.976144553132897),
    ]
    for (n, g, phase, power) in cases {
      let given = [("N", n), ("g", g), ("phase", phase)]
      let found = try value("dicke.classical-max-power", given, digits: 12)
      #expect(abs(found.lower.double(rounding: .nearest) / power - 1) < 1e-10, "\(given): \(found)")
      guard g == "2" else { continue }
      #expect(try value("dicke.classical-max-power", given, digits: 30).isSubset(of: found))
    }
  }

  /// Near g = 0.09527040301896 of one cell two times compete, 2.954 and 2.143 in units of 1/(2 c); SciPy's powers agree there to 1e-13.
  @Test func `the power is found where two times compete`() throws {
    for g in ["0.09527040301896", "0.0952704031"] {
      let found = try value("dicke.classical-max-power", [("N", "1"), ("g", g)], digits: 12)
      #expect(abs(found.lower.double(rounding: .nearest) - 0.0607605342) < 1e-9, "\(found)")
    }
  }

  private func arguments(_ given: [(String, String)]) throws -> Arguments {
    let quantity = try Catalogue.quantity(named: "dicke.classical-max-power")
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
        guard let m = ClassicalDickeBattery.bounds(y, .zero(precision: 64)).separation else {
          Issue.record("the battery gives a separation")
          return
        }
        #expect(growth.lower <= (Interval(m) * square).upper, "\(label): \(growth) for \(square)")
        let magnitude = d.map(\.magnitude).reduce(.zero(precision: 64)) { max($0, $1) }
        let most = (flow.spread * Interval(magnitude)).squared.upper
        #expect(Interval(magnitude).squared.lower <= square.upper && square.lower <= most)
      }
    }
  }

  @Test func `nothing is stored at the start, and absurd sizes end`() throws {
    #expect(
      try value("dicke.stored-energy", [("N", "5"), ("tau", "0")], digits: 10).isSameSet(as: Interval(0, precision: 8)))
    for given in [[("N", "1001"), ("tau", "1")], [("N", "2"), ("tau", "1e9")], [("N", "500"), ("tau", "20")]] {
      #expect(throws: Undecided.self) { try value("dicke.stored-energy", given, digits: 10) }
    }
  }
}
