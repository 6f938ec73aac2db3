import ArbitraryPrecision
import Foundation
import Models
import RigorousNumerics
import Testing

/// Figures over times of modes whose quanta have no end: a charger in a coherent state, and all terms of the coupling.
@Suite struct TimeModeTests {
  static let coherent = ModesTableTests.exchange

  static let ferraro = """
    model: ferraro
    parameters: {N: {kind: integer, from: 1}, g: positive}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: a'*a + J_z + N/2 + 2*g*(a + a')*J_x
    start: {a: fock(N), J: down}
    parts: {battery: {of: [J], hamiltonian: J_z + N/2}}
    quantities:
      power: {value: greatest(mean(battery)/t)}
      ever: {value: greatest(mean(battery))}
    """

  private func check(_ text: String, _ name: String, _ given: [(String, String)], _ expected: Double, _ digits: Int)
    throws
  {
    let found = try Model(parsing: text, name: "m.yaml").value(name, given, digits: digits)
    #expect(found.undecided == nil, "\(name): \(found.undecided ?? "")")
    let value = try #require(found.interval(precision: 128)?.anchor?.double(rounding: .nearest))
    #expect(abs(value - expected) < 2 * max(1, abs(expected)) * pow(10, -Double(digits)), "\(name): \(value)")
  }

  /// E = sum of p_n sin^2(sqrt(n) t) with Poisson's p_n, summed in doubles with SciPy's optimum; the printed rate.
  @Test func `a coherent charger`() throws {
    let given = [("nbar", "4")]
    try check(Self.coherent, "power", given, 1.31763166910446, 10)
    try check(Self.coherent, "most", given, 0.855908091858667, 10)
    try check(Self.coherent, "average", given, 0.527498028039358, 10)
    try check(Self.coherent, "flow", given + [("t", "3/4")], 0.0211174773169430, 12)
  }

  /// The rate is zero at the start, exactly, and its sign after it that of the second derivative. By mpmath's findroot,
  /// 25 digits: the sum of 60 of Poisson's numbers times sin^2(sqrt(n) t).
  @Test func `the first maximum of a coherent charger`() throws {
    try check(Self.coherent, "first", [("nbar", "1/4")], 0.211996507705273, 7)
  }

  /// NumPy with 60 levels of the mode: 40000 samples.
  @Test func `a Dicke battery with all terms`() throws {
    try check(Self.ferraro, "power", [("N", "2"), ("g", "1/2")], 1.1919084026835, 6)
    let model = try Model(parsing: Self.ferraro, name: "m.yaml")
    let ever = try model.value("ever", [("N", "2"), ("g", "1/2")], digits: 9)
    #expect(ever.undecided?.hasSuffix("accepted: windows, greatest(F, T)") ?? false)
  }
}
