import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Models whose Hamiltonian and jumps change in pieces, with resets between them, against closed forms and laws.
@Suite struct ScheduleTests {
  private static func model(_ text: String) throws -> Model { try Model(parsing: "model: m\n" + text, name: "m.yaml") }

  private static func expect(
    _ model: Model, _ name: String, _ given: [(String, String)], _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try model.value(name, given, digits: 25)
    let value = try #require(found.interval(precision: 256), sourceLocation: sourceLocation)
    #expect(found.undecided == nil, "\(name) \(given)", sourceLocation: sourceLocation)
    #expect(
      !value.isDisjoint(from: try interval(expected)), "\(name) \(given): \(value) for \(expected)",
      sourceLocation: sourceLocation)
  }

  /// The Bloch vector turns by 2gT about x, then by 2h(t - T) about z, where its length beside z falls by e^(-2r(t - T)),
  /// and stands still at last.
  @Test func `pieces turn a qubit one after the other`() throws {
    let model = try Self.model(
      """
      parameters: {g: positive, h: positive, T: positive}
      space: {q: qubit}
      schedule:
        - {for: T, hamiltonian: g*q_x}
        - {for: 1/g, hamiltonian: h*q_z, jumps: [{operator: q_z, rate: 1/3}]}
        - {for: rest}
      start: {q: down}
      quantities:
        x: {value: mean(q_x)}
        y: {value: mean(q_y)}
        z: {value: mean(q_z)}
        H: {value: mean(H)}
      """)
    for (g, h, length) in [("1", "1", "1"), ("2/3", "5/7", "pi/6"), ("3", "1/5", "sqrt(2)")] {
      let given = [("g", g), ("h", h), ("T", length)]
      func check(_ t: String, _ turned: String, _ rest: String, _ energy: String?) throws {
        let (y, angle) = ("sin(2*(\(g))*(\(turned)))*exp(-2/3*(\(rest)))", "2*(\(h))*(\(rest))")
        try Self.expect(model, "x", given + [("t", t)], "-\(y)*sin(\(angle))")
        try Self.expect(model, "y", given + [("t", t)], "\(y)*cos(\(angle))")
        try Self.expect(model, "z", given + [("t", t)], "-cos(2*(\(g))*(\(turned)))")
        if let energy { try Self.expect(model, "H", given + [("t", t)], energy) }
      }
      let z = "-cos(2*(\(g))*(\(length)))"
      try check("1/3*(\(length))", "1/3*(\(length))", "0", "0")
      // At the instant of a new piece H is that of the new one.
      try check(length, length, "0", "(\(h))*\(z)")
      try check("\(length) + 1/(7*(\(g)))", length, "1/(7*(\(g)))", "(\(h))*\(z)")
      try check("\(length) + 1/(\(g))", length, "1/(\(g))", "0")
      try check("\(length) + 1/(\(g)) + 5", length, "1/(\(g))", "0")
    }
  }

  /// A start that the first Hamiltonian keeps is turned by the second alone, and the other way round is not.
  @Test func `pieces stand in an order`() throws {
    for (first, second, x) in [("q_z", "q_x", "0"), ("q_x", "q_z", "-sin(2)*sin(2)")] {
      let model = try Self.model(
        """
        space: {q: qubit}
        schedule: [{for: 1, hamiltonian: \(first)}, {for: 1, hamiltonian: \(second)}]
        start: {q: down}
        quantities: {x: {value: mean(q_x)}}
        """)
      try Self.expect(model, "x", [("t", "2")], x)
    }
  }

  /// `t` in a piece is the whole time: the angle is the integral over the piece.
  @Test func `the time of a piece is the whole time`() throws {
    let model = try Self.model(
      """
      space: {q: qubit}
      schedule:
        - {for: 1}
        - {for: pi/2, hamiltonian: cos(t)*q_x, jumps: [{operator: q_x, rate: "t - 1"}]}
        - {for: rest, hamiltonian: t*q_x/4}
      start: {q: down}
      quantities: {z: {value: mean(q_z)}, energy: {value: mean(H)}}
      """)
    try Self.expect(model, "z", [("t", "1")], "-1")
    try Self.expect(model, "z", [("t", "2")], "-cos(2*(sin(2) - sin(1)))*exp(-1)")
    let end = "2*(sin(1 + pi/2) - sin(1))"
    try Self.expect(model, "z", [("t", "1 + pi/2")], "-cos(\(end))*exp(-pi^2/4)")
    try Self.expect(model, "z", [("t", "4")], "-cos(\(end) + (16 - (1 + pi/2)^2)/4)*exp(-pi^2/4)")
    try Self.expect(model, "energy", [("t", "1 + pi/2")], "0")
  }

  /// A partial swap by an angle mixes the populations of cell and battery by cos^2 and sin^2: after n collisions the
  /// distance from the fresh state's is that of the start times cos^(2n).
  @Test(arguments: [("1/3", 0), ("1/3", 1), ("pi/7", 3), ("pi/7", 4), ("1/50", 300), ("1/1000", 400_000)])
  func `collisions thermalise as a geometric series`(_ angle: String, _ n: Int) throws {
    let model = try Self.model(
      """
      parameters: {n: {kind: integer, from: 0}, T: positive}
      space: {b: qubit, q: qubit}
      schedule:
        - {repeat: n, steps: [{reset: {q: "diagonal(3/5, 2/5)"}}, {for: T, hamiltonian: b_p*q_m + b_m*q_p}]}
        - {for: rest}
      start: {b: up, q: down}
      quantities:
        battery: {value: mean(b_z)}
        last: {value: "at(mean(b_z), n*T)"}
        cell: {value: mean(q_z)}
        e: {value: "at(entropy(b), n*T)"}
      """)
    let given = [("n", "\(n)"), ("T", angle)]
    func after(_ k: Int) -> String { "(-1/5 + 6/5*cos(\(angle))^\(2 * k))" }
    try Self.expect(model, "last", given, after(n))
    try Self.expect(model, "battery", given + [("t", "\(n)*(\(angle)) + 3")], after(n))
    let p = "((1 + \(after(n)))/2)"
    if n > 0 { try Self.expect(model, "e", given, "-\(p)*log(\(p)) - (1 - \(p))*log(1 - \(p))") }
    guard n > 1 else { return }
    // At the instant of a reset the cell is still the old one; within a collision the angle is what has passed.
    let (old, c) = ("(\(after(n - 2)))", "cos(\(angle))^2")
    try Self.expect(model, "cell", given + [("t", "\(n - 1)*(\(angle))")], "(1 - \(c))*\(old) - \(c)/5")
    let half = "cos(\(angle)/2)^2"
    try Self.expect(
      model, "battery", given + [("t", "\(n - 1)*(\(angle)) + (\(angle))/2")],
      "\(half)*(\(after(n - 1))) - (1 - \(half))/5")
  }

  /// What a cell shares with the rest is lost, and the rest keeps its state.
  @Test func `a reset keeps no correlations`() throws {
    let model = try Self.model(
      """
      space: {b: qubit, q: qubit, c: levels 3}
      schedule: [{for: 1}, {reset: {q: "bloch(1/2, 0, 1/3)"}}, {for: 1}, {reset: {b: plus, c: level(2)}}, {for: rest}]
      start: {superposition: [[3/5, {b: up, q: up, c: level(1)}], ["4*i/5", {b: down, q: down, c: level(0)}]]}
      quantities:
        joint: {value: "covariance(b_z, q_z)"}
        cross: {value: "covariance(b_x*c(0,1) + b_x*c(1,0), q_x)"}
        b: {value: mean(b_z)}
        q: {value: mean(q_z)}
        rest: {value: "mean(i*(b_p*c(1,0) - b_m*c(0,1)))"}
        whole: {value: purity(all)}
        tangle: {value: "negativity(b)"}
        top: {value: weight(c = level(2))}
        distance: {value: "trace_distance(b, plus)"}
      """)
    // At t = 1 and before all is correlated: covariance is 1 - <z>^2 = 1 - (7/25)^2.
    for t in ["0", "1/2", "1"] {
      try Self.expect(model, "joint", [("t", t)], "1 - 49/625")
      try Self.expect(model, "whole", [("t", t)], "1")
      try Self.expect(model, "b", [("t", t)], "-7/25")
    }
    // The rest b, c is diagonal with 9/25 and 16/25, the cell has (1 + 1/4 + 1/9)/2.
    for t in ["3/2", "2"] {
      try Self.expect(model, "joint", [("t", t)], "0")
      try Self.expect(model, "cross", [("t", t)], "0")
      try Self.expect(model, "b", [("t", t)], "-7/25")
      try Self.expect(model, "q", [("t", t)], "1/3")
      try Self.expect(model, "whole", [("t", t)], "(81 + 256)/625*49/72")
      try Self.expect(model, "tangle", [("t", t)], "0")
    }
    try Self.expect(model, "rest", [("t", "3")], "0")
    try Self.expect(model, "top", [("t", "3")], "1")
    try Self.expect(model, "distance", [("t", "3")], "0")
    try Self.expect(model, "whole", [("t", "3")], "49/72")
  }

  /// A reset is a swap with a cell that stands aside, in the fresh state: the Heisenberg interaction swaps two qubits in
  /// the time pi/4 over its coupling.
  @Test func `a reset is a swap with a fresh cell`() throws {
    try RandomCases.run(8) { random, label in
      func number() -> String { "(\(Int(random.next() % 13) - 6)/5)" }
      func energy() -> String {
        "\(number())*(b(0,1)*q_p + b(1,0)*q_m) + \(number())*i*(b(1,2)*q_x - b(2,1)*q_x) + \(number())*b(2,2)*q_y + \(number())*q_x"
      }
      let fresh = ["bloch(1/2, 1/3, -1/2)", "plus", "diagonal(1/4, 3/4)", "bloch(0, 3/5, 4/5)"]
      let cells = (0..<2).map { _ in fresh[Int(random.next() % 4)] }
      let pieces = (0..<3).map { _ in
        "{for: 2/3, hamiltonian: \"\(energy())\", jumps: [{operator: \"b(0,1) + q_z\", rate: 1/5}]}"
      }
      let quantities = """
        x: {value: "mean(b(0,1)*q_y + b(1,0)*q_y + b(1,1)*q_z)"}
        p: {value: purity(b)}
        s: {value: entropy(q)}
        n: {value: "trace_distance(b, level(0))"}
        """
      func text(_ space: String, _ start: String, _ steps: [String]) -> String {
        """
        space: {b: levels 3, q: qubit\(space)}
        schedule:
        \(steps.map { "  - " + $0 }.joined(separator: "\n"))
        start: {b: level(1), q: up\(start)}
        quantities:
        \(quantities.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
        """
      }
      func swap(_ k: Int) -> String {
        "{for: 1, hamiltonian: \"pi/4*(q_x*p_x[\(k)] + q_y*p_y[\(k)] + q_z*p_z[\(k)])\"}"
      }
      let short = try Self.model(
        text(
          "", "",
          [
            pieces[0], "{reset: {q: \"\(cells[0])\"}}", pieces[1], "{reset: {q: \"\(cells[1])\"}}", pieces[2],
          ]))
      let long = try Self.model(
        text(
          ", p: {kind: qubit, cells: 2}", ", p: [\"\(cells[0])\", \"\(cells[1])\"]",
          [pieces[0], swap(0), pieces[1], swap(1), pieces[2]]))
      for name in ["x", "p", "s", "n"] {
        let a = try short.value(name, [("t", "9/5")], digits: 20)
        let b = try long.value(name, [("t", "19/5")], digits: 20)
        #expect(meet(a, b), "\(label) \(name): \(a) \(b) \(pieces) \(cells)")
      }
    }
  }

  /// The text of a random model with its time cut into pieces.
  private static func cut(_ text: String, _ time: String) -> String {
    var (head, tail, jumps): ([String], [String], [String]) = ([], [], [])
    var energy = ""
    for line in text.split(separator: "\n").map(String.init) where line != "jumps:" {
      if line.hasPrefix("hamiltonian: ") {
        energy = line
      } else if line.hasPrefix("  - {") {
        jumps.append(String(line.dropFirst(4)))
      } else if energy.isEmpty {
        head.append(line)
      } else {
        tail.append(line)
      }
    }
    let piece = "\(energy), jumps: [\(jumps.joined(separator: ", "))]}"
    let schedule = """
      schedule:
        - repeat: 3
          steps:
            - {for: \(time)/9, \(piece)
            - {for: 2*\(time)/9, \(piece)
      """
    return (head + [schedule] + tail).joined(separator: "\n")
  }

  private static func expect(_ twin: RandomOpenModel, _ text: String, _ label: String) throws {
    let model = try Model(parsing: text, name: "random.yaml")
    for (name, expected) in try twin.values() {
      let found = try model.value(name, [("t", twin.closed.time)], digits: 20)
      let value = try #require(found.interval(precision: 128), "\(label)\n\(text)\n\(name)")
      #expect(found.undecided == nil, "\(label)\n\(text)\n\(name)")
      #expect(!value.isDisjoint(from: expected), "\(label)\n\(text)\n\(name): \(value) \(expected)")
    }
  }

  /// A time that is cut into pieces of one generator is one time.
  @Test func `equal pieces are one piece`() throws {
    try RandomCases.run(15) { random, label in
      let twin = RandomOpenModel(&random, greatestDimension: 4)
      if twin.closed.timeValue > 0 { try Self.expect(twin, Self.cut(twin.text, twin.closed.time), label) }
    }
  }

  // MARK: - Refusals

  private static let space = "space: {a: boson, q: qubit, c: {kind: fermion, cells: 2}}\n"
  private static let rest =
    "\nstart: {a: fock(0), q: down, c: level(0)}\nparts: {b: {of: [a], hamiltonian: \"a'*a\"}}\n"
    + "quantities: {z: {value: mean(q_z)}}"

  private static let accepted =
    "accepted: {for: T, hamiltonian: H, jumps: [...]}, {reset: {factor: state}}, {repeat: n, steps: [...]}"

  @Test(arguments: [
    (
      "hamiltonian: q_x\nschedule: [{for: rest}]",
      "line 3: hamiltonian: stands beside a schedule; accepted: 'hamiltonian' in the pieces of the schedule"
    ),
    (
      "schedule: [{for: rest}]\njumps: []",
      "line 4: jumps: stands beside a schedule; accepted: 'jumps' in the pieces of the schedule"
    ),
    ("schedule: []", "line 3: schedule: there is no piece that lasts; \(accepted)"),
    ("schedule: [{reset: {q: up}}]", "line 3: schedule: there is no piece that lasts; \(accepted)"),
    (
      "schedule: [{repeat: 2, steps: [{reset: {q: up}}]}, {for: 1}]",
      "line 3: schedule.steps: there is no piece that lasts; \(accepted)"
    ),
    (
      "schedule: [{repeat: 2}, {for: 1}]",
      "line 3: schedule: the key 'steps' is missing; accepted: {repeat: n, steps: [...]}"
    ),
    (
      "schedule: [{hamiltonian: q_x}]",
      "line 3: schedule: a step is neither a piece nor a reset nor a repetition; \(accepted)"
    ),
    ("schedule: [{for: 1, reset: {q: up}}]", "line 3: schedule: unknown key 'for'; accepted here: reset"),
    (
      "schedule: [{for: 1, hamiltonain: q_x}]",
      "line 3: schedule: unknown key 'hamiltonain'; accepted here: for, hamiltonian, jumps; did you mean hamiltonian?"
    ),
    (
      "schedule: [{for: rest}, {for: 1}]",
      "line 3: schedule.for: 'rest' is the length of the last piece of all; accepted: formulas in parameters"
    ),
    (
      "schedule: [{repeat: 2, steps: [{for: rest}]}]",
      "line 3: schedule.steps.for: 'rest' is the length of the last piece of all; accepted: formulas in parameters"
    ),
    (
      "parameters: {rest: positive}\nschedule: [{for: rest}]",
      "line 4: schedule.for: 'rest' is a parameter as well; accepted: another name for the parameter"
    ),
    (
      "schedule: [{for: t}]",
      "line 3: schedule.for: column 1: 't' stands where nothing depends on the time; accepted: t in the Hamiltonian, in jumps, in 'let', and outside of the operators of quantities"
    ),
    (
      "schedule: [{reset: {}}, {for: 1}]",
      "line 3: schedule.reset: no factor is reset; accepted: {reset: {factor: state}}"
    ),
    (
      "schedule: [{reset: {x: up}}, {for: 1}]",
      "line 3: schedule.reset.x: 'x' is no factor of the space; accepted: a, q, c"
    ),
    (
      "parameters: {g: positive}\nschedule: [{for: 1}]",
      "line 3: parameters.g: the parameter stands nowhere else in the file; accepted: parameters that are used"
    ),
  ])
  func `schedules are refused with their line`(_ text: String, _ message: String) throws {
    // The space stands last, so that lines are those of the text.
    let found = refusal(of: "model: m\ntitle: x\n\(text)\n\(Self.space)\(Self.rest)")
    #expect(found == "m.yaml " + message)
  }

  /// What is refused at parameters and times.
  @Test(
    arguments: [
      (
        "[{for: 1}, {for: 1/2}]", "mean(q_z)", "2",
        "m.yaml line 4: schedule: t = 2.0 is beyond the last piece, which ends at 1.5; accepted: times up to there, or a last piece {for: rest}"
      ),
      (
        "[{for: 1}]", "mean(H)", "2",
        "m.yaml line 4: schedule: t = 2.0 is beyond the last piece, which ends at 1.0; accepted: times up to there, or a last piece {for: rest}"
      ),
      (
        "[{for: 1 - 2}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.for: the piece lasts -1.0; accepted: positive lengths"
      ),
      (
        "[{for: 1 - 1}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.for: the piece lasts 0.0; accepted: positive lengths"
      ),
      (
        "[{for: 1 + i}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.for: the length of a piece is not real; accepted: positive lengths"
      ),
      (
        "[{for: 3}, {for: rest, hamiltonian: i*q_x}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.hamiltonian: is not Hermitian: <0,1,0,0|X|0,0,0,0> = i, and <0,0,0,0|X|0,1,0,0> = i; accepted: operators with conjugate elements there"
      ),
      (
        "[{for: 3}, {for: rest, jumps: [{operator: q_m, rate: -1}]}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.jumps.rate: the rate is negative or not real; accepted: rates of 0 or more"
      ),
      (
        "[{repeat: 1 - 2, steps: [{for: 1}]}, {for: rest}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.repeat: -1 repetitions; accepted: 0 or more"
      ),
      (
        "[{repeat: 1/2, steps: [{for: 1}]}, {for: rest}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.repeat: '1/2' is 1/2, no integer; accepted: integers"
      ),
      (
        "[{reset: {a: coherent(1)}}, {for: rest}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.reset: a reset to a state without a last level; accepted: others"
      ),
      (
        "[{reset: {a: gibbs(1)}}, {for: rest}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.reset: a reset to a state without a last level; accepted: others"
      ),
      ("[{reset: {b: gibbs(infinity)}}, {for: rest}]", "mean(q_z)", "1", nil),
      ("[{reset: {c: level(0)}}, {for: rest}]", "mean(q_z)", "1", nil),
      (
        "[{reset: {q: level(2)}}, {for: rest}]", "mean(q_z)", "1",
        "m.yaml line 4: schedule.reset.q: '2' is 2; accepted: 0 to 1"
      ),
      (
        "[{for: rest, hamiltonian: \"(a + a')*q_x\"}]", "mean(q_z)", "1",
        "m: a piece of a schedule in which no number of quanta is seen to bound the modes, with more than 16384 real elements"
      ),
      ("[{for: 1}, {for: rest, jumps: [{operator: q_m, rate: \"t - 1\"}]}]", "mean(q_z)", "2", nil),
      (
        "[{for: 1}, {for: rest, jumps: [{operator: q_m, rate: \"t - 1.1\"}]}]", "mean(q_z)", "2",
        "m.yaml line 4: schedule.jumps.rate: the rate is negative at t = "
      ),
    ] as [(String, String, String, String?)])
  func `what a schedule cannot be is refused`(
    _ schedule: String, _ figure: String, _ t: String, _ message: String?
  ) throws {
    let model = try Self.model(
      "title: x\n\(Self.space)schedule: \(schedule)\n"
        + Self.rest.replacing("mean(q_z)", with: "\"\(figure)\"").drop { $0 == "\n" })
    var found: String?
    do { found = try model.value("z", [("t", t)], digits: 10).undecided.map { "\($0)" } } catch let error as BadInput {
      found = error.message
    } catch {
      found = "\(error)"
    }
    if let message {
      #expect(found?.contains(message) == true, "\(schedule): \(found ?? "a value")")
    } else {
      #expect(found == nil, "\(schedule)")
    }
  }

  /// Claims about formulas are of one Hamiltonian.
  @Test func `a schedule has a kernel, a second route and no text`() throws {
    let model = try Self.model(
      Self.space.dropLast() + "\nschedule: [{for: 1, hamiltonian: q_x}, {reset: {q: up}}, {for: rest}]" + Self.rest)
    let quantity = try model.quantity("z")
    #expect(quantity.kernel != nil)
    #expect(quantity.routes.count == 2)
    #expect(throws: BadInput.self) { try model.text() }
    do { _ = try model.text() } catch let error as BadInput {
      #expect(
        error.message == "m.yaml line 3: schedule: the model 'm' has a schedule, and claims about formulas are of one "
          + "Hamiltonian; accepted: claims on its quantities")
    }
  }
}
