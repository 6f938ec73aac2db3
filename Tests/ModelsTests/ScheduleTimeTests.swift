import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import Testing

@testable import Models

/// Rates, figures over times and limits in schedules, against closed forms and against the same model without pieces.
@Suite struct ScheduleTimeTests {
  private static func expect(
    _ schedule: String, _ figure: String, _ given: [(String, String)] = [], _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let text = """
      model: m
      space: {q: qubit}
      schedule: [\(schedule)]
      start: {q: down}
      quantities: {f: {value: "\(figure)"}}
      """
    let found = try Model(parsing: text, name: "m.yaml").value("f", given, digits: 15)
    let value = try #require(found.interval(precision: 256), sourceLocation: sourceLocation)
    #expect(found.undecided == nil, "\(figure)", sourceLocation: sourceLocation)
    #expect(
      !value.isDisjoint(from: try interval(expected)), "\(figure): \(value) for \(expected)",
      sourceLocation: sourceLocation)
  }

  /// From down a turn about x: z = -cos 2t, y = sin 2t. After the reset z = cos s, y = -sin s with s = t - 1/4.
  private static let turns =
    "{for: 1/4, hamiltonian: q_x}, {reset: {q: up}}, {for: rest, hamiltonian: q_x/2}"

  @Test(arguments: [
    ("0", "2"), ("1/8", "2*cos(1/4)"), ("1/4", "-1"), ("1", "-cos(3/4)"),
  ])
  func `a rate at an instant is the one after it`(_ t: String, _ expected: String) throws {
    try Self.expect(Self.turns, "rate(mean(q_y))", [("t", t)], expected)
    try Self.expect(Self.turns, "at(rate(mean(q_y)), \(t))", [], expected)
  }

  @Test func `at the end of the last piece the rate is that of the piece`() throws {
    let ended = "{for: 1/8, hamiltonian: q_z}, {repeat: 2, steps: [{for: 1/4, hamiltonian: q_x}]}"
    try Self.expect(ended, "rate(mean(q_y))", [("t", "5/8")], "2*cos(1)")
    try Self.expect(ended, "rate(mean(q_y))", [("t", "1/8")], "2")
  }

  @Test func `a greatest value counts limits on both sides of an instant`() throws {
    try Self.expect(Self.turns, "greatest(mean(q_z), 1/4)", [], "-cos(1/2)")
    try Self.expect(Self.turns, "time_of_greatest(mean(q_z), 1/4)", [], "1/4")
    try Self.expect(Self.turns, "greatest(mean(q_z), 1/3)", [], "1")
    try Self.expect(Self.turns, "time_of_greatest(mean(q_z), 1/3)", [], "1/4")
    try Self.expect(Self.turns, "least(mean(q_y) + 2*t, 1)", [], "0")
    try Self.expect(Self.turns, "least(mean(q_z) - initial(mean(q_z)), 1/3)", [], "0")
    try Self.expect(Self.turns, "greatest(mean(q_z), t)", [("t", "1/8")], "-cos(1/4)")
    // The start is that before the reset.
    let fresh = "{reset: {q: up}}, {for: rest, hamiltonian: q_x/2}"
    try Self.expect(fresh, "least(mean(q_z), 1)", [], "-1")
    try Self.expect(fresh, "time_of_least(mean(q_z), 1)", [], "0")
    try Self.expect(fresh, "greatest(mean(q_z), 1)", [], "1")
    // H of the piece after the instant in the state before the reset: 3 z = 3 there, and nowhere else more than 0.
    let energies = "{for: 1}, {reset: {q: up}}, {for: rest, hamiltonian: -3*q_z}"
    try Self.expect(energies, "greatest(mean(H), 2)", [], "3")
  }

  /// z = -cos 2t, then cos s with s = t - 1/4; y = sin 2t, then -sin s.
  @Test(arguments: [
    (turns, "first_time(mean(q_z) = -9/10)", "atan(sqrt(19)/9)/2"),
    (turns, "first_time(mean(q_z) = 0)", "1/4"),
    (turns, "first_time(mean(q_y) = -1/2)", "1/4 + pi/6"),
    (turns, "first_time(mean(q_z) = t)", "1/4"),
    (turns, "first_maximum(mean(q_z))", "1"),
    (turns, "time_of_first_maximum(mean(q_z))", "1/4"),
    (turns, "first_maximum(mean(q_y))", "sin(1/2)"),
    (turns, "time_of_first_maximum(mean(q_y))", "1/4"),
    (turns, "time_of_first_maximum(mean(q_x) - mean(q_y))", "1/4 + pi/2"),
    (there, "first_maximum(mean(q_z))", "-(4 + cos(sqrt(5)))/5"),
    (there, "time_of_first_maximum(mean(q_z))", "1"),
    (there, "first_time(rate(mean(q_z)) = 0)", "1"),
    (rested, "first_maximum(mean(q_z))", "-cos(1)"),
    (rested, "time_of_first_maximum(mean(q_z))", "1"),
  ])
  func `first times and maxima see both sides of an instant`(
    _ schedule: String, _ figure: String, _ expected: String
  ) throws {
    try Self.expect(schedule, figure, [], expected)
  }

  private static let there = "{for: 1, hamiltonian: q_x/2 + q_z}, {for: rest, hamiltonian: -q_x/2 - q_z}"
  private static let rested = "{for: 1, hamiltonian: q_x/2}, {for: 1}, {for: rest, hamiltonian: -q_x/2}"

  /// Of each collision with a fresh qubit 1 - p is cos^2 s times what it was.
  @Test func `a level is passed in a collision`() throws {
    let text = """
      model: m
      space: {q: qubit, s: qubit}
      schedule: [{repeat: 40, steps: [{reset: {s: up}}, {for: 1/2, hamiltonian: q_p*s_m + q_m*s_p}]}]
      start: {q: down, s: down}
      quantities:
        f: {value: "first_time(mean((q_z + 1)/2) = 1/2)"}
        g: {value: "time_of_first_maximum(mean(q_z))"}
        h: {value: "time_of_first_maximum(mean(s_z))"}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    try model.expect("f", "1 + atan(sqrt(2*cos(1/2)^4 - 1))", digits: 15)
    #expect(try model.reason("g")?.contains("never") == true)
    // The fresh qubit loses what the other one gains, and is up again at each reset.
    try model.expect("h", "1/2", digits: 15)
  }

  @Test func `greatest and least values need no window where the last piece has a period or rests`() throws {
    let still = "{for: 1/4, hamiltonian: q_x}, {reset: {q: up}}, {for: rest}"
    try Self.expect(still, "greatest(mean(q_z))", [], "1")
    try Self.expect(still, "least(mean(q_z))", [], "-1")
    try Self.expect(still, "greatest(mean(q_y))", [], "sin(1/2)")
    try Self.expect(still, "time_of_greatest(mean(q_y))", [], "1/4")
    try Self.expect("{for: 1/4, hamiltonian: q_x}", "least(mean(q_z))", [], "-1")
    let power = "greatest((mean(q_z) - initial(mean(q_z)))/t)"
    try Self.expect("{for: 1/4, hamiltonian: q_x}", power, [], "4*(1 - cos(1/2))")
  }

  @Test func `averages are put together from pieces`() throws {
    try Self.expect(Self.turns, "average(mean(q_z), 1/2)", [], "2*(sin(1/4) - sin(1/2)/2)")
    try Self.expect(Self.turns, "average(mean(q_z), 1/4)", [], "-2*sin(1/2)")
  }

  /// With the angle t^2 - 1/4 in the second piece.
  @Test func `time in a piece and in a figure is the whole time`() throws {
    let driven = "{for: 1/2}, {for: rest, hamiltonian: t*q_x}"
    try Self.expect(driven, "rate(mean(q_z))", [("t", "1")], "2*sin(3/4)")
    try Self.expect(driven, "average(2*t*mean(q_z), 1)", [], "-1/4 - sin(3/4)")
    try Self.expect(driven, "rate(t^2*mean(q_z))", [("t", "1")], "-2*cos(3/4) + 2*sin(3/4)")
  }

  @Test func `a schedule comes to rest in its last piece`() throws {
    let turn = "{for: 1, hamiltonian: q_x}"
    try Self.expect("\(turn), {for: rest, jumps: [{operator: q_m, rate: 1}]}", "steady(mean(q_z))", [], "-1")
    try Self.expect("\(turn), {for: rest, jumps: [{operator: q_z, rate: 1}]}", "steady(mean(q_z))", [], "-cos(2)")
    try Self.expect(
      "{for: 1, hamiltonian: t*q_x}, {repeat: 30, steps: [\(turn)]}, {for: rest, jumps: [{operator: q_z, rate: 1}]}",
      "steady(purity(q))", [], "(1 + cos(61)^2)/2")
  }

  /// The same generator in one piece and in three.
  @Test(arguments: [
    "greatest(mean(q_z), 3)", "time_of_greatest(mean(q_z), 3)", "least(purity(q), 3)", "average(mean(q_y)^2, 3)",
    "at(rate(mean(q_z)), 7/4)", "at(rate(variance(q_z)), 1)", "steady(mean(q_z))",
    "greatest(mean(b) - initial(mean(b)), 2)", "first_maximum(mean(q_z))", "time_of_first_maximum(mean(b))",
    "first_time(mean(q_y) = 1/5)",
  ])
  func `pieces of one generator are one`(_ figure: String) throws {
    func model(_ motion: String) throws -> Model {
      try Model(
        parsing: """
          model: m
          space: {q: qubit}
          \(motion)
          start: {q: "bloch(3/5, 0, -4/5)"}
          parts: {b: {of: [q], hamiltonian: q_z + 1}}
          quantities: {f: {value: "\(figure)"}}
          """, name: "m.yaml")
    }
    let own = "hamiltonian: q_x, jumps: [{operator: q_m, rate: 1/3}]"
    let whole = try model("hamiltonian: q_x\njumps: [{operator: q_m, rate: 1/3}]").value("f", [], digits: 16)
    let cut = try model("schedule: [{for: 1, \(own)}, {for: 1/3, \(own)}, {for: rest, \(own)}]")
      .value("f", [], digits: 16)
    #expect(meet(whole, cut), "\(figure): \(whole) \(cut)")
  }

  @Test(arguments: [
    (
      turns, "relaxation_time(1/2)",
      "m: this figure is not served in a schedule; accepted: figures of the state at a time, rate(F), steady(F), "
        + "average(F, T), greatest(F), least(F), first_time(F = c), first_maximum(F)"
    ),
    ("{for: 1/4, hamiltonian: q_x}, {for: rest}", "first_time(mean(q_z) = 0)", "the figure never passes this value"),
    ("{for: 1/4, hamiltonian: q_x}", "first_time(mean(q_z) = 0)", "the figure never passes this value"),
    (
      "{for: 1/4, hamiltonian: q_x}, {for: rest}", "first_maximum(mean(q_z))",
      "the rate never changes from plus to minus"
    ), (there, "first_maximum(mean(H))", "the rate never changes from plus to minus"),
    (
      "{for: 1}", "steady(mean(q_z))",
      "line 5: quantities.f.value: 'steady(mean(q_z))' of a schedule that ends; accepted: a last piece {for: rest}"
    ),
    (
      "{for: rest, hamiltonian: t*q_x}", "steady(mean(q_z))",
      "line 5: quantities.f.value: 'steady(mean(q_z))' of a last piece in which t stands; accepted: one without t"
    ),
    ("{for: 1}", "greatest(mean(q_z), 2)", "t = 2.0 is beyond the last piece, which ends at 1.0"),
    (
      turns, "greatest(trace_distance(q, start), 1)",
      "the state 'start' in a figure around times of a schedule; accepted: other states"
    ),
  ])
  func `what is not served in a schedule is refused`(_ schedule: String, _ figure: String, _ message: String) throws {
    let text = """
      model: m
      space: {q: qubit}
      schedule: [\(schedule)]
      start: {q: down}
      quantities: {f: {value: "\(figure)"}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    var found: String?
    do { found = try model.value("f", [], digits: 10).undecided.map { "\($0)" } } catch let error as BadInput {
      found = error.message
    }
    #expect(found?.contains(message) == true, "\(figure): \(found ?? "a value")")
  }
}
