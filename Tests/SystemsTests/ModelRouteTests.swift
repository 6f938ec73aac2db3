import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import Systems
import TestSupport
import Testing

/// Model files as routes of the catalogue: they enclose what the other routes enclose.
@Suite struct ModelRouteTests {
  /// Quantities with points and the names of routes that evaluate model files.
  private static let cases: [(quantity: String, points: [[String]], routes: [String])] = [
    (
      "harmonic.stored-energy", [["N=1", "g=1/3", "tau=0.7"], ["N=4", "g=sqrt(2)", "tau=2"]], ["model", "model-modes"]
    ),
    ("harmonic.max-power", [["N=3", "g=1/3"]], ["model"]), ("harmonic.optimal-time", [["N=3", "g=1/3"]], ["model"]),
    ("spin.stored-energy", [["N=1", "tau=0.4"], ["N=3", "g=1/3", "tau=2"]], ["model", "model-cells"]),
    ("spin.max-power", [["N=4", "g=1/3"]], ["model"]), ("spin.optimal-time", [["N=4", "g=1/3"]], ["model"]),
    ("dicke.stored-energy", [["N=2", "g=1/2", "tau=1"]], ["model"]),
    ("capacity.battery", [["wb=1", "wc=2/3", "J1=2", "J2=5/4", "t=0.4"]], ["model"]),
    ("capacity.charger", [["wb=1", "wc=2/3", "J1=2", "J2=5/4", "t=0.4"]], ["model"]),
    ("capacity.total", [["wb=1", "wc=2/3", "J1=2", "J2=5/4", "t=0.4"]], ["model"]),
    ("capacity.residual", [["wb=1", "wc=2/3", "J1=2", "J2=5/4", "t=0.4"]], ["model"]),
    ("capacity.concurrence", [["wb=1", "wc=2/3", "J1=2", "J2=5/4", "t=0.4"]], ["model"]),
    ("capacity.coherence", [["wb=1", "wc=2/3", "J1=2", "J2=5/4", "t=0.4"]], ["model"]),
  ]

  @Test(arguments: cases.indices) func `a model file encloses what other routes enclose`(_ index: Int) throws {
    let (name, points, names) = Self.cases[index]
    let quantity = try Catalogue.builtIn.quantity(named: name)
    #expect(quantity.routes.map(\.name).filter { $0.hasPrefix("model") } == names)
    for point in points {
      let given = point.map { word in
        let parts = word.split(separator: "=")
        return (name: String(parts[0]), text: String(parts[1]))
      }
      let arguments = try Arguments(given, for: quantity)
      let expected = try quantity.route.evaluate(arguments, 128, Budget(bits: 4096, seconds: 60))
      for route in quantity.routes where names.contains(route.name) {
        let found = try route.evaluate(arguments, 128, Budget(bits: 4096, seconds: 60))
        #expect(!found.isDisjoint(from: expected), "\(name) \(point) by \(route.name): \(found), \(expected)")
        // Narrow enough to tell the values of neighbouring points apart.
        #expect(found.width.double(rounding: .up) < 1e-15, "\(name) by \(route.name)")
      }
    }
  }
}
