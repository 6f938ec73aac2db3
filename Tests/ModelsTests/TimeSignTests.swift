import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import Testing

/// Figures over times do not see which way a state turns, nor forget a time that stands in a level.
@Suite struct TimeSignTests {
  static func model(_ hamiltonian: String, _ figure: String) throws -> Model {
    try Model(
      parsing: """
        model: m
        space: {q: qubit, r: qubit}
        hamiltonian: \(hamiltonian)
        start: {q: down, r: up}
        quantities: {f: {value: "\(figure)"}}
        """, name: "m.yaml")
  }

  static let hamiltonians = ["q_x", "q_x + q_z", "q_x - 3/4*q_z", "q_x + r_x/10", "q_x + q_x*r_z + r_x/3 + q_z"]
  static let figures = [
    "greatest((1 + mean(q_z))/t, 20)", "greatest(mean(q_z)*exp(-t), 20)", "time_of_greatest(mean(q_z)*exp(-t), 20)",
    "greatest(-mean(q_x)/t, 5)", "least((mean(q_z) - initial(mean(q_z)))/t, 5)", "average(mean(q_z)^2, 3)",
    "first_time(mean(q_z) = -1/2)", "time_of_first_maximum(mean(q_z))", "greatest(mean(q_z) + mean(r_z), 7)",
  ]

  /// For a real H and a real start the state of -H is the conjugate of the state of H: means of real matrices agree.
  @Test(arguments: hamiltonians) func `the sign of a real Hamiltonian is not seen`(_ hamiltonian: String) throws {
    for figure in Self.figures {
      let values = try ["\(hamiltonian)", "-(\(hamiltonian))"].map {
        try Self.model($0, figure).value("f", [], digits: 8)
      }
      let note: Comment = "\(hamiltonian) \(figure) \(values)"
      guard values.contains(where: { $0.undecided == nil }) else { continue }
      // Both are known to 8 digits.
      let ends = values.map { Double("\($0.lower.map { "\($0)" } ?? "")") ?? .nan }
      #expect(values.allSatisfy { $0.undecided == nil } && abs(ends[0] - ends[1]) < 3e-8, note)
    }
  }

  /// With <q_z> = -cos 2t under q_x: 2 - cos 2t = t/10 first at 12.2262161..., after two periods, by bisection in
  /// doubles; the others by hand.
  static let levels: [(String, String, Double)] = [
    ("q_x", "first_time(1 = t)", 1), ("q_x", "first_time(mean(q_x) + 2 = t/10)", 20),
    ("q_x", "first_time(mean(H) + 1 = t)", 1), ("q_x", "first_time(1 = initial(mean(q_z)) + t)", 2),
    ("q_x", "first_time(variance(H) = t/2)", 2), ("q_x", "first_time(mean(q_z) + 2 = t/10)", 12.226216117287),
    ("0*q_x", "first_time(mean(q_z) = sum(k from 1 to 2, t^k) - 2)", 0.6180339887),
  ]

  @Test(arguments: levels) func `a level that rises is passed`(
    _ hamiltonian: String, _ figure: String, _ expected: Double
  ) throws {
    let value = try Self.model(hamiltonian, figure).value("f", [], digits: 10)
    let lower = value.lower.flatMap { Double("\($0)") } ?? .nan
    #expect(value.undecided == nil && abs(lower - expected) < 1e-8, "\(figure): \(value)")
  }

  @Test func `derivatives beyond the polynomials are refused`() throws {
    let nested = String(repeating: "rate(", count: 60) + "mean(q_z)" + String(repeating: ")", count: 60)
    let value = try Self.model("q_x", "greatest(\(nested), 1)").value("f", [], digits: 8)
    #expect(value.undecided?.contains("derivatives of means are served below the order") == true, "\(value)")
  }
}
