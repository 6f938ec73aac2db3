import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import Systems
import Testing

/// Models of built-in systems, whose routes have nothing in common with models but the Chebyshev engine: the values
/// meet to 40 digits.
@Suite struct BuiltInTests {
  static let spins = """
    model: two-spins
    parameters: {N: {kind: integer, from: 1}, w0: positive, g: positive}
    space: {A: spin N/2, B: spin N/2 of qubits}
    hamiltonian: w0*(A_z + B_z + N) + 4*g*(A_x*B_x + A_y*B_y)
    start: {A: up, B: down}
    parts: {battery: {of: [B], hamiltonian: w0*(B_z + N/2)}}
    quantities: {energy: {value: mean(battery), unit: w0}}
    """

  static let qubits = """
    model: many-qubits
    parameters: {N: {kind: integer, from: 1}, w0: positive, g: positive}
    space: {a: {kind: qubit, cells: N}, b: {kind: qubit, cells: N}}
    let: {flips: "sum(j, sum(k, a_p[j]*b_m[k] + a_m[j]*b_p[k]))"}
    hamiltonian: "w0*(sum(j, a_z[j] + b_z[j])/2 + N) + 2*g*flips"
    start: {a: up, b: down}
    parts: {battery: {of: [b], hamiltonian: "w0*sum(j, b_z[j] + 1)/2"}}
    quantities: {energy: {value: mean(battery), unit: w0}}
    """

  static let modes = """
    model: modes
    parameters: {N: {kind: integer, from: 1}, w0: positive, g: positive}
    space: {a: boson, b: {kind: boson, cells: N}}
    hamiltonian: "w0*a'*a + w0*sum(j, b[j]'*b[j]) + g*sum(j, a*b[j]' + a'*b[j])"
    start: {a: fock(N), b: fock(0)}
    parts: {battery: {of: [b], hamiltonian: "w0*sum(j, b[j]'*b[j])"}}
    quantities: {energy: {value: mean(battery), unit: w0}}
    """

  static let cases: [(String, String, [(String, String, String, String)])] = [
    (
      spins, "spin.stored-energy",
      [("1", "1", "1", "0.3"), ("5", "2", "1/3", "1"), ("12", "1", "sqrt(2)", "pi"), ("3", "1", "1", "0")]
    ),
    (qubits, "spin.stored-energy", [("1", "1", "1", "0.3"), ("2", "2", "1/3", "1"), ("3", "1", "sqrt(2)", "0.7")]),
    (modes, "harmonic.stored-energy", [("1", "1", "1", "0.3"), ("2", "2", "1/3", "1"), ("4", "1", "sqrt(2)", "0.7")]),
  ]

  @Test(arguments: cases) func `a model has the values of the built-in system`(
    _ text: String, _ name: String, _ points: [(String, String, String, String)]
  ) throws {
    let model = try Model(parsing: text, name: "m.yaml")
    let builtIn = try Catalogue.builtIn.quantity(named: name)
    for (n, w, g, t) in points {
      let arguments = try Arguments(
        [("N", n), ("w0", w), ("g", g), ("tau", t)].map { (name: $0.0, text: $0.1) }, for: builtIn)
      let expected = try builtIn.certified(arguments, to: .absolute(digits: 40), within: Budget())
      let found = try model.value("energy", [("N", n), ("w0", w), ("g", g), ("t", t)], digits: 40)
      let (a, b) = (try #require(expected.interval(precision: 256)), try #require(found.interval(precision: 256)))
      #expect(!a.isDisjoint(from: b), "\(name) N=\(n) t=\(t)")
      #expect(found.undecided == nil)
    }
  }
}
