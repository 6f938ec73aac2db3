import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import Systems
import Testing

/// Figures over all times: values of other computations, exact cases, corners and messages.
@Suite struct TimeFigureTests {
  static let tavis = """
    model: tavis-fock
    parameters: {N: {kind: integer, from: 1}, n: {kind: integer, from: 1}, w: {kind: positive, default: 1}, g: {kind: positive, default: 1}}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: w*a'*a + w*(J_z + N/2) + g*(a*J_p + a'*J_m)
    start: {a: fock(n), J: down}
    parts: {battery: {of: [J], hamiltonian: w*(J_z + N/2)}}
    quantities:
      power: {value: greatest(mean(battery)/t)}
      power-time: {value: time_of_greatest(mean(battery)/t)}
      per-photon: {value: greatest(mean(battery)/t)/n}
      first-energy: {value: first_maximum(mean(battery))}
      first-at: {value: time_of_first_maximum(mean(battery))}
      first-power: {value: first_maximum(mean(battery)/t)}
      most: {value: "greatest(mean(battery), 60/(g*sqrt(n)))"}
      ever: {value: greatest(mean(battery))}
      ever-at: {value: time_of_greatest(mean(battery))}
      at-best: {value: "at(mean(battery), time_of_greatest(mean(battery)/t))"}
      mean-energy: {value: "average(mean(battery), 3)"}
    """

  static let spins = """
    model: central-spin
    parameters: {Nb: {kind: integer, from: 1}, Nc: {kind: integer, from: 1}, m: {kind: integer, from: 0}, w: {kind: positive, default: 1}, A: {kind: positive, default: 1}}
    space: {B: spin Nb/2, C: spin Nc/2}
    hamiltonian: w*(B_z + Nb/2) + w*(C_z + Nc/2) + A*(B_p*C_m + B_m*C_p)
    start: {B: down, C: dicke(m)}
    parts: {battery: {of: [B], hamiltonian: w*(B_z + Nb/2)}}
    quantities:
      power: {value: greatest(mean(battery)/t)}
      power-time: {value: time_of_greatest(mean(battery)/t)}
      half-time: {value: first_time(mean(battery) = w*Nb/2)}
      full-time: {value: first_time(mean(battery) = w*Nb)}
      first-at: {value: time_of_first_maximum(mean(battery))}
    """

  static let pair = """
    model: pair
    parameters: {g: {kind: positive, default: 1}, c: {kind: real, default: 1}, d: {kind: real, default: 0}}
    space: {a: qubit, b: qubit, r: qubit, s: qubit}
    hamiltonian: g*(a_p*b_m + a_m*b_p) + g*r_x + d*s_x
    start: {a: up, b: down, r: down, s: down}
    parts: {battery: {of: [b], hamiltonian: (b_z + 1)/2}, rotor: {of: [r], hamiltonian: (r_z + 1)/2}}
    quantities:
      full: {value: greatest(mean(battery))}
      full-at: {value: time_of_greatest(mean(battery))}
      empty: {value: least(mean(battery))}
      window: {value: "greatest(mean(battery), c)"}
      window-at: {value: "time_of_greatest(mean(battery), c)"}
      least-at: {value: "time_of_least(mean(battery), c)"}
      so-far: {value: "greatest(mean(battery), t)"}
      passage: {value: first_time(mean(battery) = c)}
      turning: {value: first_time(mean(r_y) = 0)}
      rate: {value: rate(mean(battery))}
      kink: {value: rate(abs(mean(r_y)))}
      steepest: {value: "greatest(rate(mean(battery)), 3)"}
      spread: {value: "greatest(variance(battery), 3)"}
      weight: {value: "greatest(weight(b = up)/t)"}
      slope: {value: greatest(mean(r_y)/t)}
      slope-at: {value: time_of_greatest(mean(r_y)/t)}
      down-at: {value: time_of_least(mean(r_y)/t)}
      mean: {value: "average(mean(battery), c)"}
      constant: {value: "greatest(mean(H), 3)"}
      constant-at: {value: "time_of_greatest(mean(H), 3)"}
      constant-first: {value: first_maximum(mean(H))}
      energy-at: {value: "at(mean(battery), c)"}
      gain: {value: greatest((mean(battery) - 1)/t)}
      lost: {value: greatest((1 - mean(battery))/t)}
      two: {value: "greatest(sum(k from 1 to 2, k*mean(battery)) + t/10, 2)"}
      ties: {value: "time_of_greatest(mean(battery), 6)"}
      tied: {value: "greatest(mean(battery), 6)"}
      root: {value: "greatest(mean(battery)^(1/2)/(1 + t), 3)"}
      cross: {value: "greatest(abs(mean(r_y)) - t/2, 3)"}
      run: {value: "greatest(at(mean(battery), t), 2)"}
      near: {value: "time_of_greatest(mean(battery) + t/10^12, 6)"}
      slow: {value: greatest(mean(battery) + mean(s_y))}
    """

  private func outcome(_ text: String, _ name: String, _ given: [(String, String)], digits: Int) throws -> String {
    let model = try Model(parsing: text, name: "m.yaml")
    do {
      let found = try model.value(name, given, digits: digits)
      if let reason = found.undecided { return reason }
      return found.interval(precision: 256).map { "\($0)" } ?? ""
    } catch let fault as BadInput { return fault.message }
  }

  private func check(
    _ text: String, _ name: String, _ given: [(String, String)], _ expected: String, digits: Int = 26
  ) throws {
    let found = try Model(parsing: text, name: "m.yaml").value(name, given, digits: digits)
    #expect(found.undecided == nil, "\(name) \(given): \(found.undecided ?? "")")
    let truth = try interval(expected)
    let slack = Interval.ball(Interval(Rational(10).power(-digits), precision: 64))
    #expect(found.interval(precision: 256).map { !$0.isDisjoint(from: truth + slack) } ?? false, "\(name) \(given)")
  }

  /// By mpmath with 45 digits: eigenvectors of the sector's matrix, and the greatest value by a secant method.
  @Test(arguments: [
    ("power", "2", "1", "1.02475520396054995451000705336"), ("power", "2", "8", "3.99846669257891969871813934751"),
    ("power", "4", "64", "22.996185687825249412648942879"),
    ("power-time", "4", "64", "0.146068765137558239375647241747"),
    ("power-time", "2", "8", "0.413576875867698310513980550608"),
    ("per-photon", "2", "8", "3.99846669257891969871813934751/8"),
  ])
  func `powers of Tavis and Cummings`(_ name: String, _ cells: String, _ photons: String, _ value: String) throws {
    try check(Self.tavis, name, [("N", cells), ("n", photons)], value)
  }

  /// Three levels 0 and +-3 sqrt(2) apart: E = 8/9 sin^2 + ... with the greatest value 16/9 at the first maximum.
  @Test func `exact values of Tavis and Cummings`() throws {
    try check(Self.tavis, "first-energy", [("N", "2"), ("n", "2")], "16/9")
    try check(Self.tavis, "ever", [("N", "2"), ("n", "3")], "48/25")
    try check(Self.tavis, "ever", [("N", "1"), ("n", "7")], "1")
    try check(Self.tavis, "ever-at", [("N", "1"), ("n", "7")], "pi/(2*sqrt(7))")
    try check(Self.tavis, "most", [("N", "1"), ("n", "2")], "1")
    try check(Self.tavis, "first-at", [("N", "1"), ("n", "4"), ("g", "1/3")], "3*pi/4")
    // <E> at the time with tan x = 2x is sin^2 x = 4x^2/(1 + 4x^2).
    try check(Self.tavis, "at-best", [("N", "1"), ("n", "1")], "0.844578868322582221944647694301")
    try check(Self.tavis, "first-power", [("N", "1"), ("n", "1")], "0.724611353776708475738990453526")
    try check(Self.tavis, "mean-energy", [("N", "1"), ("n", "1")], "1/2 - sin(6)/12")
  }

  /// The printed values of central spins, and closed forms of one cell: T = pi/(2 sqrt(m (Nc - m + 1))).
  @Test func `central spins`() throws {
    try check(Self.spins, "power", [("Nb", "8"), ("Nc", "8"), ("m", "8")], "19.8176153661115647975317", digits: 21)
    try check(
      Self.spins, "half-time", [("Nb", "4"), ("Nc", "4"), ("m", "4")], "0.367727908691496064154386", digits: 23)
    try check(Self.spins, "half-time", [("Nb", "1"), ("Nc", "8"), ("m", "4")], "pi/(4*sqrt(20))")
    try check(Self.spins, "first-at", [("Nb", "1"), ("Nc", "8"), ("m", "4")], "pi/(2*sqrt(20))")
    try check(Self.spins, "power", [("Nb", "2"), ("Nc", "2"), ("m", "0")], "0")
    let empty = [("Nb", "2"), ("Nc", "2"), ("m", "0")]
    #expect(try outcome(Self.spins, "power-time", empty, digits: 9).contains("at many times"))
    #expect(try outcome(Self.spins, "first-at", empty, digits: 9) == "the rate never changes from plus to minus")
    #expect(
      try outcome(Self.spins, "full-time", [("Nb", "1"), ("Nc", "8"), ("m", "4")], digits: 9)
        == "the figure never passes this value")
  }

  /// The route of a built-in system has only the engine in common with that of a model.
  @Test func `the greatest powers of built-in systems`() throws {
    for (text, name) in [(BuiltInTests.spins, "spin.max-power"), (BuiltInTests.modes, "harmonic.max-power")] {
      let model = try Model(
        parsing: text.replacing("{energy:", with: "{power: {value: greatest(mean(battery)/t)}, energy:"),
        name: "m.yaml")
      let builtIn = try Catalogue.builtIn.quantity(named: name)
      for (n, g) in [("1", "1"), ("3", "1/3"), ("6", "sqrt(2)")] where name.hasPrefix("spin") || n != "6" {
        let given = [("N", n), ("w0", "2"), ("g", g)]
        let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: builtIn)
        let expected = try builtIn.certified(arguments, to: .absolute(digits: 25), within: Budget())
        let found = try model.value("power", given, digits: 25)
        let (x, y) = (
          try #require(found.interval(precision: 128)), try #require(expected.interval(precision: 128))
        )
        #expect(found.undecided == nil && !x.isDisjoint(from: y), "\(name) N = \(n), g = \(g): \(x) \(y)")
      }
    }
  }

  /// E = sin^2 t of the battery, <r_y> = sin 2t of the rotor.
  @Test(
    arguments: [
      ("full", [], "1"), ("full-at", [], "pi/2"), ("empty", [], "0"), ("window", [], "sin(1)^2"),
      ("window-at", [("c", "3")], "pi/2"), ("window", [("c", "0")], "0"), ("window-at", [("c", "1")], "1"),
      ("least-at", [("c", "2")], "0"), ("so-far", [("t", "1/2")], "sin(1/2)^2"), ("so-far", [("t", "0")], "0"),
      ("passage", [("c", "1/2")], "pi/4"), ("turning", [], "pi/2"), ("rate", [("t", "1/3")], "sin(2/3)"),
      ("rate", [("t", "0")], "0"), ("kink", [("t", "1")], "2*cos(2)"), ("steepest", [], "1"), ("spread", [], "1/4"),
      ("weight", [], "0.724611353776708475738990453526"), ("slope", [], "2"), ("slope-at", [], "0"),
      ("down-at", [], "2.24670472895453208765394046364"), ("mean", [("c", "1/3")], "1/2 - 3*sin(2/3)/4"),
      ("constant", [], "0"), ("energy-at", [("c", "pi/3")], "3/4"), ("energy-at", [("c", "0")], "0"),
      ("gain", [], "0"), ("two", [], "3*(1/2 + sqrt(1 - 1/900)/2) + (pi - asin(1/30))/20"), ("tied", [], "1"),
      ("near", [], "4.71238898038518984"),
    ] as [(String, [(String, String)], String)])
  func `two levels`(_ name: String, _ given: [(String, String)], _ value: String) throws {
    guard name != "two" else {
      // 3 sin^2 t + t/10 is greatest where sin 2t = -1/30: t = pi/2 + atan(1/sqrt(899))/2.
      let time = "(pi/2 + atan(1/sqrt(899))/2)"
      return try check(Self.pair, name, given, "3*sin\(time)^2 + \(time)/10")
    }
    try check(Self.pair, name, given, value, digits: name == "near" ? 11 : 26)
  }

  @Test(
    arguments: [
      ("passage", [("c", "1")], "the figure never passes this value"),
      ("passage", [("c", "0")], "the figure never passes this value"),
      ("passage", [("c", "2")], "the figure never passes this value"),
      ("kink", [("t", "0")], "m.yaml line 18: quantities.kink.value: 'abs(mean(r_y))' has a kink here, and no rate"),
      ("mean", [("c", "0")], "m.yaml line 25: quantities.mean.value: an average over a window of length 0"),
      (
        "window", [("c", "-1")],
        "m.yaml line 11: quantities.window.value: a time is negative, about -1.0; accepted: times t >= 0"
      ),
      ("constant-first", [], "the rate never changes from plus to minus"),
      ("ties", [], "2 times compete for the maximum and could not be told apart"),
      ("lost", [], "G/t has no bound as t -> 0+, since G is not zero at the start"),
      (
        "run", [],
        "m.yaml line 37: quantities.run.value: a figure whose window holds t stands in a figure over times; accepted: windows without t there"
      ),
      (
        "slow", [("d", "sqrt(2)")],
        "a greatest value over all times of a figure without a proved tail or period; accepted: a window, greatest(F, T)"
      ),
    ] as [(String, [(String, String)], String)])
  func `what has no answer says why`(_ name: String, _ given: [(String, String)], _ message: String) throws {
    #expect(try outcome(Self.pair, name, given, digits: 15) == message)
  }

  /// Rates that cancel at the start: sin 2t of one qubit against sin(2 sqrt(2) t)/sqrt(2) of another rise alike, and the
  /// difference begins with 4/3 t^3. Its slope vanishes first where 2t + 2 sqrt(2) t = 2 pi.
  @Test func `a start at which rates cancel`() throws {
    let text = """
      model: two-tops
      space: {q: qubit, r: qubit}
      hamiltonian: q_y + r_y + r_z
      start: {q: plus, r: plus}
      quantities: {first: {value: first_maximum(mean(r_z - q_z))}, first-at: {value: time_of_first_maximum(mean(r_z - q_z))}}
      """
    try check(text, "first-at", [], "pi/(1 + sqrt(2))", digits: 20)
    try check(text, "first", [], "sin(2*pi/(1 + sqrt(2)))*(1 + 1/sqrt(2))", digits: 20)
  }

  /// A conserved number whose zero no structure shows: one qubit's weights add up to one.
  @Test func `a zero without structure ends early`() throws {
    let text = """
      model: sum-of-weights
      space: {q: qubit, r: qubit}
      hamiltonian: q_x*r_z + q_z/3 + r_x/7
      start: {q: down, r: up}
      quantities: {rest: {value: weight(q = up) + weight(q = down) - 1}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    let value = try model.value("rest", [("t", "1/3")], digits: 10, isRelative: true, budget: Budget())
    #expect(
      value.undecided == "the value is within 2^-2048 of zero and not told apart from it; --absolute answers")
    #expect(value.precision < 10_000)
    #expect(try model.value("rest", [("t", "1/3")], digits: 10).undecided == nil)
  }

  /// Time is given to quantities that take it, and to no others.
  @Test func `quantities over all times take no time`() throws {
    let model = try Model(parsing: Self.pair, name: "m.yaml")
    #expect(throws: BadInput.self) { try model.value("full", [("t", "1")], digits: 9) }
    #expect(throws: BadInput.self) { try model.value("so-far", [], digits: 9) }
  }
}
