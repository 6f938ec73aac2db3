import Catalogue
import RigorousNumerics
import Testing

@testable import Models

/// Sizes beyond the limits: refused at once, with the line and the limit, or served.
@Suite struct LimitMessageTests {
  /// What a model answers at t = 1/3: the reason why it has no value, or the value.
  private static func answer(_ text: String) throws -> String {
    do {
      let model = try Model(parsing: text, name: "m.yaml")
      let found = try model.value("z", [("t", "1/3")], digits: 8, budget: Budget(seconds: 20))
      return found.undecided ?? found.lower.map { "\($0)" } ?? ""
    } catch let error as BadInput {
      return error.message
    } catch let error as Undecided {
      return error.description
    }
  }

  private static func model(
    _ space: String = "q: qubit", _ hamiltonian: String = "q_x", _ start: String = "q: down",
    _ value: String = "mean(q_z)", before: String = ""
  ) -> String {
    """
    model: m
    space: {\(space)}
    hamiltonian: "\(hamiltonian)"
    start: {\(start)}
    quantities: {z: {value: "\(value)"}}
    \(before)
    """
  }

  private static let greatest = "accepted: magnitudes up to 9007199254740992"
  private static let quanta = "the start of a mode takes more than 20000 quanta to the digits asked for"

  @Test(
    arguments: [
      (
        model("J: spin 10^12", "J_x", "J: down", "mean(J_z)"),
        "line 2: space.J: 2J is 2000000000000; accepted: integers from 0 to "
      ),
      (
        model("J: spin 10^12/2 of qubits", "J_x", "J: down", "mean(J_z)"),
        "line 2: space.J: 2J is 1000000000000; accepted: integers from 0 to "
      ),
      (model("J: spin 10^30", "J_x", "J: down", "mean(J_z)"), "line 2: space.J: 2J is too large; \(greatest)"),
      (
        model("d: levels 10^12", "d(0,1) + d(1,0)", "d: level(0)", "mean(d(0,0))"),
        "line 2: space.d: 1000000000000 levels; accepted: integers from 1 to "
      ),
      (
        model("d: levels 10^30", "d(0,1) + d(1,0)", "d: level(0)", "mean(d(0,0))"),
        "line 2: space.d: '10^30' is too large; \(greatest)"
      ),
      (
        model("a: boson", "a'*a", "a: fock(10^18)", "mean(a'*a)"), "line 4: start.a: '10^18' is too large; \(greatest)"
      ),
      (model("a: boson, q: qubit", "a*q_p + a'*q_m", "a: coherent(10^9), q: down"), quanta),
      (model("a: boson", "a'*a'*a*a", "a: coherent(10^9)", "mean(a + a')"), quanta),
      (model("a: boson, q: qubit", "a*q_p + a'*q_m", "a: thermal(10^18), q: down"), quanta),
      (model("q: {kind: qubit, cells: 10^9}", "sum(j, q_x[j])"), "1000000000 cells; accepted: 1 to 4096"),
      (model("q: qubit", "sum(j from 0 to 10^18, q_x)"), "column 1: more than 20000 terms of a sum"),
      (model("a: boson", "a^1000000", "a: fock(0)", "mean(a'*a)"), "the exponent has more than 6 digits; accepted: "),
      (model("a: boson", "a^100000", "a: fock(0)", "mean(a'*a)"), "column 1: a power of operators above 64"),
      (
        model("q: qubit", String(repeating: "(", count: 20000) + "q_x" + String(repeating: ")", count: 20000)),
        "the formula is nested too deeply; accepted: 200 levels of parentheses"
      ),
      (
        model("q: qubit", String(repeating: "(", count: 100_000) + "q_x" + String(repeating: ")", count: 100_000)),
        "the formula has 200003 bytes; accepted: at most 100000"
      ),
      (
        model((0...1000).map { "q\($0): qubit" }.joined(separator: ", "), "q0_x", "q0: down", "mean(q0_z)"),
        "line 2: space: the space has 1001 factors; accepted: at most 1000, and cells of families"
      ),
      (
        model(
          "q: qubit", "x60*q_x",
          before: "let: {x0: 1, " + (0..<60).map { "x\($0 + 1): \"x\($0)+x\($0)\"" }.joined(separator: ", ") + "}"),
        "line 6: let.x17: the formula is too long with its abbreviations; accepted: at most 200000 parts"
      ),
    ])
  func `sizes beyond the limits are refused with the limit`(_ text: String, _ message: String) throws {
    let answer = try Self.answer(text)
    #expect(answer.contains(message), "\(answer.prefix(300))")
  }

  private static func schedule(_ steps: String, _ value: String = "mean(q_z)") -> String {
    """
    model: m
    space: {q: qubit}
    start: {q: down}
    schedule: [\(steps)]
    quantities: {z: {value: "\(value)"}}
    """
  }

  @Test(arguments: [
    (schedule("{repeat: 10^18, steps: [{for: 1, hamiltonian: q_x}]}"), "schedule.repeat: '10^18' is too large"),
    (
      schedule("{repeat: 10^15, steps: [{for: 1/10^20, hamiltonian: t*q_x}]}, {for: rest}"),
      "repetitions one by one; accepted: 131072, and more where no t stands in them and they keep few elements"
    ),
    (schedule("{for: 10^99999, hamiltonian: q_x}"), "schedule.for: column 1: an exponent above 4096"),
    (
      schedule("{repeat: 10^15, steps: [{for: 1, hamiltonian: q_x}]}", "greatest(mean(q_z), 10^7)"),
      "more than 65536 pieces and resets"
    ),
  ])
  func `repetitions beyond the limits are refused`(_ text: String, _ message: String) throws {
    // A figure over times takes none.
    let given = text.contains("greatest") ? [] : [("t", "1/3")]
    var answer = ""
    do {
      let model = try Model(parsing: text, name: "m.yaml")
      answer = try model.value("z", given, digits: 8, budget: Budget(seconds: 20)).undecided ?? "a value"
    } catch let error as BadInput { answer = error.message }
    #expect(answer.contains(message), "\(answer)")
  }

  /// -cos(2/3), after repetitions that do nothing, or before those that come later.
  @Test(arguments: [
    "{for: 10^300, hamiltonian: q_x}, {for: rest}", "{repeat: 10^15, steps: [{for: 1, hamiltonian: q_x}]}",
    "{repeat: 10^15, steps: [{repeat: 0, steps: [{for: 1}]}]}, {for: rest, hamiltonian: q_x}",
    "{repeat: 10^10, steps: [{repeat: 10^10, steps: [{for: 1, hamiltonian: q_x}]}]}",
    "{repeat: 10^15, steps: [{reset: {q: down}}, {repeat: 0, steps: [{for: 1}]}]}, {for: rest, hamiltonian: q_x}",
  ])
  func `repetitions that are not met cost nothing`(_ steps: String) throws {
    let model = try Model(parsing: Self.schedule(steps), name: "m.yaml")
    let found = try model.value("z", [("t", "1/3")], digits: 12, budget: Budget(seconds: 20))
    let value = try #require(found.interval(precision: 128), "\(found.undecided ?? "")")
    #expect(!value.isDisjoint(from: try interval("-cos(2/3)")))
  }

  @Test func `the Hamiltonian after many repetitions is found at once`() throws {
    let steps = "{repeat: 10^15, steps: [{for: 1/10^16, hamiltonian: q_x}]}, {for: rest, hamiltonian: 3*q_z}"
    let model = try Model(parsing: Self.schedule(steps, "mean(H)"), name: "m.yaml")
    // The first pieces are over at t = 1/10.
    let found = try model.value("z", [("t", "1/3")], digits: 12, budget: Budget(seconds: 20))
    let value = try #require(found.interval(precision: 128), "\(found.undecided ?? "")")
    #expect(!value.isDisjoint(from: try interval("-3*cos(1/5)")))
  }
}
