import ArbitraryPrecision
import Catalogue
import Systems
import RigorousNumerics
import TestSupport
import Testing

@Suite struct HarmonicRouteTests {
  private func enclosures(
    _ name: String, _ given: [(name: String, text: String)], _ precision: Int = 160
  ) throws -> [(route: String, value: Interval)] {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let arguments = try Arguments(given, for: quantity)
    // Model files are held against the others in ModelRouteTests.
    return try quantity.routes.filter { !$0.name.hasPrefix("model") }.map {
      ($0.name, try $0.evaluate(arguments, precision, Budget()))
    }
  }

  private let narrow = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -90, rounding: .up)

  /// Three computations that share no formula must meet, and be narrow enough for that to mean something.
  @Test(arguments: [1, 2, 5, 9], ["0", "0.001", "0.7", "pi/3", "4"])
  func `all routes of the stored energy meet`(_ cells: Int, _ time: String) throws {
    let given = [("N", "\(cells)"), ("w0", "3/7"), ("g", "sqrt(2)"), ("tau", time)].map { (name: $0.0, text: $0.1) }
    let values = try enclosures("harmonic.stored-energy", given)
    #expect(values.count == 3)
    for (route, value) in values {
      #expect(value.width < narrow, "\(route): \(value)")
      #expect(!value.isDisjoint(from: values[0].value), "\(route): \(value) against \(values[0].value)")
    }
  }

  /// Scaling by hand: E(N, w0, g, tau) = N w0 E(1, 1, g sqrt N, tau) for square N keeps everything rational.
  @Test(arguments: [4, 9, 16])
  func `N cells are one cell with a coupling sqrt(N) times as strong`(_ cells: Int) throws {
    let root = cells == 4 ? 2 : cells == 9 ? 3 : 4
    let many = try enclosures(
      "harmonic.stored-energy", [("N", "\(cells)"), ("w0", "2"), ("g", "0.3"), ("tau", "1.1")])[2].value
    let one = try enclosures(
      "harmonic.stored-energy", [("N", "1"), ("w0", "1"), ("g", "0.3*\(root)"), ("tau", "1.1")])[1].value
    #expect(!many.isDisjoint(from: (2 * cells) * one))
  }

  /// Time reversal of the classical battery: the energy does not depend on the phase, whatever it is.
  @Test(arguments: ["0", "1", "-2.5", "pi/2", "100"])
  func `the classical energy does not depend on the charger's phase`(_ phase: String) throws {
    let base = [("N", "3"), ("w0", "0.4"), ("g", "0.8"), ("tau", "1.7")].map { (name: $0.0, text: $0.1) }
    let reference = try enclosures("harmonic.classical-stored-energy", base)[0].value
    let turned = try enclosures("harmonic.classical-stored-energy", base + [("phase", phase)])[0].value
    #expect(!turned.isDisjoint(from: reference))
    #expect(turned.width < narrow)
  }

  /// Large phases: the 3x3 route against mpmath 1.3.0 at mp.dps = 80, N*w0*sin(g*sqrt(N)*tau)**2.
  @Test func `a long charge keeps its digits`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.stored-energy")
    let given = [("N", "1000003"), ("w0", "0.017"), ("g", "5"), ("tau", "123456.789")].map { (name: $0.0, text: $0.1) }
    let value = try quantity.route.evaluate(try Arguments(given, for: quantity), 256, Budget())
    #expect("\(value)".hasPrefix("[8.657023101019909895"))
  }

  @Test func `routes with a state for every cell name their limit`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.stored-energy")
    let limits = [
      ("fock-sector", 10_000, "there are N + 1 states"),
      ("all-modes", 128, "there are N + 1 modes, in interval arithmetic"),
    ]
    for (name, limit, cause) in limits {
      let arguments = try Arguments([("N", "\(limit + 1)"), ("tau", "0.1")], for: quantity)
      let route = try #require(quantity.routes.first { $0.name == name })
      #expect(throws: Unanswered(beyond: "this route is limited to N <= \(limit): \(cause)")) {
        try route.evaluate(arguments, 64, Budget())
      }
    }
  }

  @Test(arguments: [
    ("1", "1", "pi", true), ("4", "1", "pi/2", true), ("2", "sqrt(2)", "3*pi/2", true), ("7", "1", "0", true),
    ("2", "1", "pi/sqrt(2)", true), ("1", "1", "pi/2", false),
    ("1", "1", "3.14159265358979323846264338327950288", false),
    ("3", "1", "pi", false), ("1", "pi", "1/7", false), ("1", "pi", "7", true),
  ])
  func `zeros are decided, not approached`(_ cells: String, _ coupling: String, _ time: String, _ isZero: Bool) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.stored-energy")
    let arguments = try Arguments([("N", cells), ("g", coupling), ("tau", time)], for: quantity)
    let value = try quantity.certified(arguments, to: .relative(digits: 20), within: Budget())
    #expect(value.undecided == nil)
    #expect((value.lower == .zero && value.upper == .zero) == isZero)
  }
}
