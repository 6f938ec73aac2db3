import ArbitraryPrecision
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Laws of figures over times on random pairs of qubits with a spin, whatever bounds lead to them.
@Suite struct TimeLawTests {
  private static let figures = [
    "mean(battery)", "ergotropy(battery)", "entropy(q)", "purity(q)", "concurrence(q, s)",
    "trace_distance(q, start)", "variance(battery)", "coherence(battery)",
  ]

  /// A model with a factor before its Hamiltonian.
  private static func text(_ random: inout SplitMix64) -> String {
    func number(_ count: Int) -> String { "\(Int.random(in: -4...4, using: &random))/\(count)" }
    let terms = ["q_x*s_x", "q_y*s_y", "q_z*s_z", "q_z", "s_z", "c_x*q_x", "c_z*s_x"]
    let hamiltonian = terms.map { "(\(number(3)))*\($0)" }.joined(separator: " + ")
    let start = ["up", "down", "plus"].randomElement(using: &random) ?? "up"
    let quantities = figures.enumerated().map { k, f in
      """
        at\(k): {value: "\(f)"}
        most\(k): {value: "greatest(\(f), T)"}
        least\(k): {value: "least(\(f), T)"}
        turned\(k): {value: "-least(-(\(f)), T)"}
        mean\(k): {value: "average(\(f), T)"}
      """
    }
    return """
      model: m
      parameters: {T: {kind: positive}, scale: {kind: positive, default: 1}}
      space: {q: qubit, s: qubit, c: qubit}
      hamiltonian: "scale*(q_x*c_x + \(hamiltonian))"
      start: {q: \(start), s: down, c: down}
      parts: {battery: {of: [q, s], hamiltonian: q_z + s_z/2}}
      quantities:
      \(quantities.joined(separator: "\n"))
      """
  }

  /// The enclosure to so many digits after the point; nil where it is undecided within some seconds.
  private static func value(
    _ model: Model, _ name: String, _ given: [(String, String)], digits: Int
  ) throws -> Interval? {
    let found = try model.value(name, given, digits: digits, budget: Budget(seconds: 30))
    return found.undecided == nil ? found.interval(precision: 128) : nil
  }

  /// The greatest value is above the values at all times and below none that is longer looked for; the opposite's least
  /// value is its opposite; a Hamiltonian twice as large needs half of the time; means are between both.
  @Test func `greatest, least and mean values`() throws {
    try RandomCases.run(3) { random, label in
      let model = try Model(parsing: Self.text(&random), name: "m.yaml")
      let places = (0..<Self.figures.count).shuffled(using: &random).prefix(3)
      for k in places {
        let note: Comment = "\(label): \(Self.figures[k])"
        func value(_ name: String, _ given: [(String, String)]) throws -> Interval? {
          try Self.value(model, "\(name)\(k)", given, digits: 6)
        }
        guard let most = try value("most", [("T", "1")]), let least = try value("least", [("T", "1")]) else { continue }
        for n in 0...8 {
          let there = try Self.value(model, "at\(k)", [("t", "\(n)/8")], digits: 8)
          guard let there else { continue }
          #expect(there.lower <= most.upper && there.upper >= least.lower, note)
        }
        if let longer = try value("most", [("T", "3/2")]) { #expect(longer.upper >= most.lower, note) }
        if let turned = try value("turned", [("T", "1")]) { #expect(!turned.isDisjoint(from: most), note) }
        let twice = try value("most", [("T", "1/2"), ("scale", "2")])
        if let twice { #expect(!twice.isDisjoint(from: most), note) }
        guard let mean = try value("mean", [("T", "1")]) else { continue }
        #expect(mean.lower <= most.upper && mean.upper >= least.lower, note)
        // The parts of a window add up: what the second half has on average is between its least and greatest values.
        guard let half = try value("mean", [("T", "1/2")]) else { continue }
        let rest = 2 * mean - half
        #expect(rest.lower <= most.upper && rest.upper >= least.lower, note)
      }
    }
  }
}
