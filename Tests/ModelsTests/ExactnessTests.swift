import Catalogue
import Models
import RigorousNumerics
import Testing

/// What is decided without rounding, what a quantity depends on, and which names are accepted.
@Suite struct ExactnessTests {
  static let text = """
    model: m
    parameters:
      N: {kind: integer, from: 1}
      g: {kind: real, default: 1}
      theta: {kind: real, default: pi/2}
    space: {a: boson, J: spin N/2}
    hamiltonian: g*(a'*J_m + a*J_p)
    start: {a: fock(N), J: down}
    parts: {battery: {of: [J], hamiltonian: J_z + N/2}}
    quantities:
      energy: {value: mean(battery)}
      ratio: {value: mean(battery)/mean(a'*a)}
      at-once: {value: initial(mean(battery)) + variance(a'*a)}
      start: {value: initial(mean(a'*a))}
      field: {value: mean(a + a')}
      angle: {value: cos(theta)}
    """

  @Test func `zeros of structure are exact`() throws {
    let model = try Model(parsing: Self.text, name: "m.yaml")
    for (name, given) in [
      ("energy", [("N", "3"), ("t", "0")]), ("at-once", [("N", "3"), ("t", "0")]), ("field", [("N", "3"), ("t", "2")]),
      ("energy", [("N", "3"), ("g", "0"), ("t", "2")]),
      ("energy", [("N", "3"), ("g", "sqrt(2)*sqrt(3) - sqrt(6)"), ("t", "2")]), ("ratio", [("N", "2"), ("t", "0")]),
    ] {
      #expect(try model.value(name, given, digits: 10).outcome == .zero, "\(name) \(given)")
    }
  }

  @Test func `parameters are those that a quantity depends on, and others are accepted`() throws {
    let model = try Model(parsing: Self.text, name: "m.yaml")
    func names(_ name: String) throws -> [String] { try model.quantity(name).parameters.map(\.name) }
    #expect(try names("energy") == ["N", "g", "t"])
    #expect(try names("start") == ["N"])
    #expect(try names("angle") == ["theta"])
    #expect(try model.value("start", [("N", "3"), ("theta", "1")], digits: 10).lower?.rational == 3)
    #expect(throws: BadInput("unknown parameter 't' of m.start; accepted: N, g, theta")) {
      try model.value("start", [("N", "3"), ("t", "1")], digits: 10)
    }
    #expect(throws: BadInput("parameter N: 1/2 is not an integer; accepted: integers N >= 1")) {
      try model.value("angle", [("N", "1/2")], digits: 10)
    }
  }
}
