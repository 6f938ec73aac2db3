import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import TestSupport
import Testing

@testable import Systems

/// Model files as routes of the catalogue: they enclose what the other routes enclose, and every quantity of a closed
/// system has one, or a reason.
@Suite struct ModelRouteTests {
  private static let pair = "wb=1 wc=2/3 J1=2 J2=5/4 t=0.4"

  /// Quantities with points, and the names of the routes that evaluate model files.
  private static let cases: [(quantity: String, points: [String], routes: [String])] = [
    ("harmonic.stored-energy", ["N=1 g=1/3 tau=0.7", "N=4 g=sqrt(2) tau=2"], ["model", "model-modes"]),
    ("harmonic.start-stored-energy", ["N=2 g=1/3 tau=0.7 start=coherent", "N=2 tau=1 start=fock"], ["model"]),
    ("harmonic.coherent-purity", ["N=2 g=1/3 tau=0.7"], ["model"]),
    ("harmonic.max-power", ["N=3 g=1/3"], ["model"]), ("harmonic.optimal-time", ["N=3 g=1/3"], ["model"]),
    ("harmonic.advantage", ["N=3 g=1/3", "N=1"], ["model", "model-parallel"]),
    ("harmonic.ratio", ["N=3 g=1/3"], ["model"]),
    ("spin.stored-energy", ["N=1 tau=0.4", "N=3 g=1/3 tau=2"], ["spins", "model"]),
    ("spin.max-power", ["N=4 g=1/3"], ["model"]), ("spin.optimal-time", ["N=4 g=1/3"], ["model"]),
    ("spin.advantage", ["N=3", "N=1"], ["model"]), ("spin.semiclassical-gap", ["N=5"], ["model"]),
    ("spin.ratio", ["N=3 theta-a=0.3 theta-b=pi phi=0"], ["model"]),
    ("dicke.stored-energy", ["N=2 g=1/2 tau=1"], ["model"]), ("dicke.max-power", ["N=1 g=1/2"], ["model"]),
    ("dicke.optimal-time", ["N=1 g=1/2"], ["model"]), ("dicke.advantage", ["N=1 g=1/2"], ["model"]),
    ("dicke.ratio", ["N=1 g=1/2"], ["model"]), ("dicke.strong-fraction", ["N=3 x=0.7"], ["model"]),
    ("dicke.strong-constant", ["N=2"], ["model"]), ("dicke.strong-ratio", ["N=1"], ["model"]),
    ("dicke.strong-deviation", ["N=1 g=1/2"], ["model"]),
    ("capacity.battery", [pair], ["matrix", "permutations", "model"]),
    ("capacity.charger", [pair], ["matrix", "permutations", "model"]),
    ("capacity.total", [pair], ["matrix", "permutations", "model"]),
    ("capacity.residual", [pair], ["matrix", "model"]),
    ("capacity.concurrence", [pair], ["matrix", "model"]),
    ("capacity.negativity", [pair], ["matrix", "model"]),
    ("capacity.steering", [pair], ["matrix", "model"]), ("capacity.coherence", [pair], ["matrix", "model"]),
    ("capacity.imaginarity", [pair], ["matrix", "model"]), ("capacity.texture", [pair], ["matrix", "model"]),
    ("capacity.bell", [pair], ["matrix"]),
    ("capacity.peak-deficit", ["wb=1 wc=2/3 J1=2", "wb=1 wc=3 J1=sqrt(2)"], ["matrix", "model"]),
    ("capacity.mixed-sum", [pair + " noise=1/3"], ["matrix", "model"]),
    ("freedom.tavis-cummings-deficit", ["N=2 nbar=3"], ["model", "brute-force"]),
    ("freedom.tavis-cummings-energy", ["N=2 nbar=3"], ["model", "brute-force"]),
    ("freedom.vacuum-flip-deficit", ["N=3 nbar=2"], ["model"]),
    ("quasi.atom", ["family=parallel N=3 q=1/3 a=1/3 b=1/2 w=1"], ["brute-force"]),
    ("quasi.negativity", ["family=blocks N=4 k=2 q=1/3 a=1/3 b=1/2"], ["brute-force"]),
    ("quasi.cumulant", ["family=parallel N=3 q=1/3 a=1/3 b=1/2 order=3"], ["model"]),
    ("quasi.fermion-time", ["N=4 k=2 seed=1", "N=5 k=4 seed=2"], ["model"]),
    ("quasi.fermion-atom", ["N=4 k=2 seed=1 q=1/3 w=2"], ["model"]),
    ("quasi.fermion-negativity", ["N=4 k=2 seed=1 q=1/3"], ["model"]),
    ("quasi.fermion-least-atom", ["N=4 k=2 seed=1 q=1/3"], ["model"]),
    ("quasi.fermion-negativity-ratio", ["N=4 k=2 seed=1 q=1/3"], ["model"]),
  ]

  /// Those that no model file carries, with the reason.
  private static let without: [String: String] = {
    let reasons: [(String, [String])] = [
      (
        "classical equations of motion",
        [
          "harmonic.classical-stored-energy", "spin.classical-stored-energy", "spin.classical-max-power",
          "spin.classical-optimal-time", "spin.classical-advantage",
          "dicke.classical-stored-energy", "dicke.classical-max-power", "dicke.classical-optimal-time",
          "dicke.classical-advantage", "dicke.classical-strong-deviation", "dicke.phase-zero-constant",
          "dicke.phase-zero-time", "dicke.phase-zero-deviation", "dicke.scaling-constant", "dicke.scaling-deviation",
        ]
      ),
      ("a constant of analysis", ["harmonic.power-constant"]),
      (
        "a limit of many cells, or a law for them",
        [
          "spin.semiclassical-advantage", "dicke.strong-many-constant", "dicke.strong-many-ratio",
          "dicke.advantage-limit", "dicke.classical-advantage-limit", "dicke.ratio-limit",
          "dicke.phase-zero-advantage-limit", "dicke.phase-zero-ratio-limit",
        ]
      ),
      ("an enclosure over a range of couplings", ["dicke.greatest-ratio"]),
      (
        "a bound or a given spectrum, without a Hamiltonian",
        [
          "freedom.lower-bound", "freedom.upper-bound", "freedom.energy-bound", "freedom.energy-bound-sharp",
          "freedom.spectrum-deficit", "freedom.qudit-deficit",
        ]
      ),
      (
        "made of the law of the work, whose probabilities have their route",
        [
          "quasi.negative-atoms", "quasi.smoothed-negativity", "quasi.characteristic-magnitude",
          "quasi.limit-distance", "quasi.gaussian-distance",
        ]
      ),
      ("sizes of Hamiltonians, and no motion", ["quasi.charging-time"]),
    ]
    return reasons.reduce(into: [:]) { result, entry in for name in entry.1 { result[name] = entry.0 } }
  }()

  private static func modelRoutes(_ quantity: Quantity) -> [Route] {
    quantity.routes.filter { $0.method.hasPrefix(Route.modelPrefix) }
  }

  @Test func `every quantity of a closed system has a route by a model file, or a reason`() {
    let closed: Set = ["harmonic", "spin", "dicke", "capacity", "freedom", "quasi", "fermions"]
    let quantities = Catalogue.builtIn.systems.filter { closed.contains($0.name) }.flatMap(\.quantities)
    #expect(quantities.count > 60)
    let bare = quantities.filter { Self.modelRoutes($0).isEmpty }.map(\.name)
    #expect(Set(bare) == Set(Self.without.keys))
    #expect(Set(quantities.map(\.name)) == Set(Self.without.keys).union(Self.cases.map(\.quantity)))
  }

  @Test(arguments: cases.indices) func `a model file encloses what other routes enclose`(_ index: Int) throws {
    let (name, points, names) = Self.cases[index]
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let routes = Self.modelRoutes(quantity)
    #expect(routes.map(\.name) == names)
    // Something else than a model file is compared with, where there is a formula.
    #expect(quantity.route.method.hasPrefix(Route.modelPrefix) == (name == "capacity.mixed-sum"))
    for point in points {
      let given = point.split(separator: " ").map { word in
        let parts = word.split(separator: "=")
        return (name: String(parts[0]), text: String(parts[1]))
      }
      let arguments = try Arguments(given, for: quantity)
      let expected = try quantity.route.evaluate(arguments, 128, Budget(bits: 4096, seconds: 60))
      for route in routes {
        let found = try route.evaluate(arguments, 128, Budget(bits: 4096, seconds: 60))
        #expect(!found.isDisjoint(from: expected), "\(name) \(point) by \(route.name): \(found), \(expected)")
        // As narrow as 128 bits allow, but for some that are lost.
        #expect(found.width.double(rounding: .up) < 1e-30, "\(name) by \(route.name)")
      }
    }
  }

  @Test func `thermal starts are beyond the model`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.start-stored-energy")
    let route = try #require(quantity.routes.first { $0.name == "model" })
    let arguments = try Arguments([("N", "2"), ("tau", "1"), ("start", "thermal")], for: quantity)
    let reason = "this route is limited to a Fock or a coherent start: the model files have no thermal one"
    #expect(throws: Unanswered(beyond: reason)) { try route.evaluate(arguments, 64, Budget()) }
  }

  @Test func `couplings of other orders are beyond the models`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.fermion-time")
    let route = try #require(quantity.routes.first { $0.name == "model" })
    let arguments = try Arguments([("N", "4"), ("k", "3"), ("seed", "1")], for: quantity)
    let reason = "this route is limited to k = 2 or k = 4: each k has a model file of its own"
    #expect(throws: Unanswered(beyond: reason)) { try route.evaluate(arguments, 64, Budget()) }
  }
}
