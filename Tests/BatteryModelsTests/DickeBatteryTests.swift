import ArbitraryPrecision
import Foundation
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

  /// NumPy's eigh in the same sector with 30 to 90 photons, a grid of 400 to 4000 times and SciPy's bounded minimisation: powers to about 13
  /// digits, times to 8. With one cell and g = 0.1 the best time is the third maximum or so, at 11.9.
  @Test(arguments: [
    ("1", "1/2", 0.41669970143690244, 0.95891732), ("1", "1/10", 0.07199128349342594, 11.913193),
    ("3", "2", 9.419589433168907, 0.18396539), ("6", "0.05", 0.4366255757874305, 8.7246965),
  ])
  func `the greatest power agrees with another program`(_ n: String, _ g: String, _ power: Double, _ time: Double)
    throws
  {
    let found = try value("dicke.max-power", [("N", n), ("g", g)], digits: 16)
    #expect(abs(found.lower.double(rounding: .nearest) - power) < 1e-12 * power)
    let place = try value("dicke.optimal-time", [("N", n), ("g", g)], digits: 9)
    #expect(abs(place.lower.double(rounding: .nearest) - time) < 2e-7 * time)
    #expect(place.width.double(rounding: .up) < 1e-8 * time)
  }

  /// More digits lie inside fewer, and no time beats the greatest power: the energy of another route, at the best time and beside it.
  @Test func `the greatest power refines, and is attained`() throws {
    let given = [("N", "4"), ("g", "0.3")]
    let (few, many) = (try value("dicke.max-power", given, digits: 6), try value("dicke.max-power", given, digits: 25))
    #expect(many.isSubset(of: few))
    let place = try value("dicke.optimal-time", given, digits: 12)
    let time = try #require(place.midpoint?.rational)
    for (factor, isBest) in [(Rational(1), true), (Rational(99, 100), false), (Rational(102, 100), false)] {
      let energy = try value("dicke.stored-energy", given + [("tau", "\(time * factor)")], digits: 25)
      let power = energy / Interval(time * factor, precision: 128)
      #expect(power.lower <= many.upper)
      let gap = ((many - power) / many).upper.double(rounding: .up)
      #expect(isBest ? gap < 1e-20 : gap > 1e-5, "\(gap)")
    }
  }

  /// At the coupling where two branches of one cell's best time change, both are candidates; the power is the same to many digits.
  @Test func `the power of one cell goes on where its best time jumps`() throws {
    let (before, after) = (
      try value("dicke.optimal-time", [("N", "1"), ("g", "0.30675")], digits: 6),
      try value("dicke.optimal-time", [("N", "1"), ("g", "0.30677")], digits: 6)
    )
    #expect(before.lower.double(rounding: .down) > 3.6 && after.upper.double(rounding: .up) < 1.3)
    let powers = try ["0.30675", "0.30676", "0.30677"].map {
      try value("dicke.max-power", [("N", "1"), ("g", $0)], digits: 12).lower.double(rounding: .nearest)
    }
    #expect(powers[0] < powers[1] && powers[1] < powers[2] && powers[2] - powers[0] < 2e-5)
  }

  /// E_B/N of the classical battery is a function of w0, g sqrt N and tau: 4 cells at g are as one at 2 g.
  @Test func `the classical battery scales`() throws {
    let one = try value("dicke.classical-max-power", [("N", "1"), ("g", "0.5"), ("phase", "1")], digits: 20)
    let four = try value("dicke.classical-max-power", [("N", "4"), ("g", "0.25"), ("phase", "1")], digits: 20)
    #expect(!(4 * one).isDisjoint(from: four))
    // The quantum battery does not.
    let single = try value("dicke.max-power", [("N", "1"), ("g", "0.5")], digits: 6)
    let several = try value("dicke.max-power", [("N", "4"), ("g", "0.25")], digits: 6)
    #expect((4 * single).isDisjoint(from: several))
  }

  @Test func `the ratio is that of the four powers, and one for one cell`() throws {
    let given = [("N", "3"), ("g", "0.5"), ("phase", "0.7")]
    let ratio = try value("dicke.ratio", given, digits: 12)
    let (quantum, classical) = (
      try value("dicke.advantage", Array(given.prefix(2)), digits: 15),
      try value("dicke.classical-advantage", given, digits: 15)
    )
    #expect(!(quantum / classical).isDisjoint(from: ratio))
    #expect(try value("dicke.ratio", [("N", "1"), ("g", "7")], digits: 30).isSameSet(as: Interval(1, precision: 64)))
  }

  /// With the number of photons that is enough for some digits the energy is that near, with one less it is not; far fewer are worse.
  @Test func `the audit of the cut-off finds the least number of photons`() throws {
    let audit = try DickeCutoff(cells: 2, coupling: "0.5", time: "1", within: Budget())
    let (six, nine) = (try audit.photons(digits: 6, within: Budget()), try audit.photons(digits: 9, within: Budget()))
    #expect(2 < six && six < nine && nine < 40)
    #expect(try audit.error(photons: six, within: Budget()).upper.double(rounding: .up) <= 1e-6)
    #expect(try audit.error(photons: six - 1, within: Budget()).lower.double(rounding: .down) > 1e-6)
    #expect(try audit.error(photons: 4, within: Budget()).lower.double(rounding: .down) > 1e-4)
    // Below N there is no start.
    #expect(try audit.error(photons: 0, within: Budget()).isSameSet(as: audit.error(photons: 2, within: Budget())))
  }

  /// Parameters far outside of doubles end with the budget or a reason, and never hang.
  @Test(arguments: [
    ("dicke.stored-energy", ["N=2", "g=1e400", "w0=1e400", "tau=1e-400"]),
    ("dicke.stored-energy", ["N=2", "g=1", "w0=1e308", "tau=1e-306"]),
    ("dicke.max-power", ["N=2", "g=1e307", "w0=1e-307"]), ("dicke.stored-energy", ["N=900", "g=1e-3", "tau=10"]),
  ])
  func `absurd scales end`(_ name: String, _ texts: [String]) throws {
    let quantity = try Catalogue.quantity(named: name)
    let given = texts.map { text in
      let parts = text.split(separator: "=")
      return (name: String(parts[0]), text: String(parts[1]))
    }
    let clock = ContinuousClock()
    let time = try clock.measure {
      _ = try quantity.certified(Arguments(given, for: quantity), to: .relative(digits: 6), within: Budget(seconds: 2))
    }
    #expect(time < .seconds(40))
  }

  @Test(arguments: [
    ([("N", "1001"), ("tau", "1")], "the states are about N times the photons; this is limited to N <= 1000"),
    ([("N", "2"), ("tau", "1e9")], "the coupling times N times the time is above a million"),
    ([("N", "900"), ("g", "1e-3"), ("tau", "10")], "more than 400000 states would be needed"),
  ])
  func `what is refused is said`(_ given: [(String, String)], _ reason: String) throws {
    let quantity = try Catalogue.quantity(named: "dicke.stored-energy")
    let answer = try quantity.certified(
      Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity), to: .relative(digits: 6), within: Budget())
    #expect(answer.undecided == reason)
  }
}

/// Every lemma that a route names is a heading of a guide page.
@Suite struct LemmaTests {
  @Test func `lemmas are headings`() throws {
    let docs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "docs")
    let pages = try FileManager.default.contentsOfDirectory(at: docs, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }.map { try String(contentsOf: $0, encoding: .utf8) }
    let headings = Set(
      pages.flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("#") }.map {
        $0.drop { "# ".contains($0) }.lowercased()
      })
    let lemmas = Catalogue.quantities.flatMap(\.routes).flatMap(\.lemmas)
    #expect(!lemmas.isEmpty)
    for lemma in lemmas { #expect(headings.contains(lemma.lowercased()), "\(lemma)") }
  }
}
