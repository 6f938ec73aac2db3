import ArbitraryPrecision
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

/// What is remembered is keyed by all that it depends on, and can read nothing else.
@Suite struct MemoryKeyTests {
  private func arguments(_ name: String, _ given: [(String, String)]) throws -> Arguments {
    try Arguments(given.map { (name: $0.0, text: $0.1) }, for: Catalogue.builtIn.quantity(named: name))
  }

  @Test func `a part of the parameters is equal by names and values`() throws {
    let name = "spin.classical-max-power"
    let angles: [RealKey] = [.chargerAngle, .batteryAngle, .azimuth]
    func part(_ n: String, _ a: String, _ b: String) throws -> Arguments {
      try arguments(name, [("N", n), ("theta-a", a), ("theta-b", b), ("phi", "0.3")]).restricted(to: angles)
    }
    #expect(try part("2", "1", "2") == part("7", "1", "2"))
    #expect(try part("2", "1", "2").hashValue == part("7", "1", "2").hashValue)
    #expect(try part("2", "0.5", "2") == part("7", "1/2", "4/2"))
    #expect(try part("2", "0.5", "2").hashValue == part("7", "1/2", "4/2").hashValue)
    #expect(try part("2", "sqrt(2)", "2") != part("2", "sqrt(3)", "2"))
    #expect(try part("2", "1", "2") != part("2", "2", "1"))
    #expect(try part("2", "1", "2").texts.map(\.name) == angles.map(\.name))
  }

  @Test func `reading beside the key stops the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let quantity = try Catalogue.builtIn.quantity(named: "spin.classical-max-power")
      let all = try Arguments(
        [(name: "N", text: "2"), (name: "theta-a", text: "1"), (name: "theta-b", text: "2"), (name: "phi", text: "0")],
        for: quantity)
      _ = all.restricted(to: [.chargerAngle])[.cells]
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Arguments: the quantity has no parameter N"), "\(text)")
  }

  /// Two questions that differ in one parameter of the key alone have different answers, in both orders of asking. The scaling of the equations gives
  /// the second from the first: times g, times N for w0.
  @Test(arguments: ["dicke.classical-max-power", "spin.classical-max-power", "dicke.max-power"])
  func `parameters of the key change the answer`(_ name: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let extra = name.hasPrefix("spin") ? [("theta-a", "1"), ("theta-b", "2"), ("phi", "0.5")] : []
    func value(_ w0: String, _ g: String) throws -> Interval {
      try quantity.interval(
        ([("N", "1"), ("w0", w0), ("g", g)] + extra).map { (name: $0.0, text: $0.1) }, to: .relative(digits: 12),
        within: Budget())
    }
    // All energies and couplings times 3: powers times 9.
    let (one, three) = (try value("1", "2"), try value("3", "6"))
    #expect(!(9 * one).isDisjoint(from: three))
    #expect(try value("1", "2").isSameSet(as: one))
    if extra.isEmpty {
      #expect(try value("2", "1").isDisjoint(from: one))
    } else {
      // There the power is g w0 times a function of the angles.
      let other = try quantity.interval(
        [("N", "1"), ("w0", "1"), ("g", "2"), ("theta-a", "2"), ("theta-b", "1"), ("phi", "0.5")].map {
          (name: $0.0, text: $0.1)
        }, to: .relative(digits: 12), within: Budget())
      #expect(other.isDisjoint(from: one))
    }
  }

  @Test func `the oldest is forgotten`() throws {
    let known = KnownMaxima<Int, Int>(capacity: 2)
    var found: [Int] = []
    for key in [1, 2, 1, 3, 2, 1] {
      let value = try known.value(for: key) {
        found.append(key)
        return 10 * key
      }
      #expect(value == 10 * key)
    }
    // 1 is forgotten for 3, and found again.
    #expect(found == [1, 2, 3, 1])
  }

  /// Each word of a choice is a case, and each route a name of its own.
  @Test func `no two routes are one`() {
    for quantity in Catalogue.builtIn.quantities {
      #expect(Set(quantity.routes.map(\.name)).count == quantity.routes.count, "\(quantity.name)")
      #expect(
        Set(quantity.routes.map(\.method)).count == quantity.routes.count
          || quantity.name == "quasi.fermion-negativity-ratio", "\(quantity.name)")
    }
  }
}
