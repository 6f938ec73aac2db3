import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import Testing

@testable import Models

/// Modes in thermal and Gibbs states against closed forms.
@Suite struct ThermalStartTests {
  static func model(
    _ space: String, _ hamiltonian: String, _ start: String, _ values: [String], parts: String = ""
  ) throws -> Model {
    let quantities = values.enumerated().map { "  v\($0.offset): {value: \"\($0.element)\"}" }.joined(separator: "\n")
    return try Model(
      parsing: """
        model: m
        space: {\(space)}
        hamiltonian: "\(hamiltonian)"
        start: {\(start)}
        parts: {\(parts)}
        quantities:
        \(quantities)
        """, name: "m.yaml")
  }

  /// Holds figures at a time against numbers, to some digits after the point.
  private static func expect(
    _ space: String, _ hamiltonian: String, _ start: String, _ time: String?,
    _ expected: [(value: String, number: Interval)], parts: String = "", digits: Int = 20,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let given = expected.map { time == nil ? "initial(\($0.value))" : $0.value }
    let model = try model(space, hamiltonian, start, given, parts: parts)
    for (place, (value, number)) in expected.enumerated() {
      let found = try #require(
        try model.value("v\(place)", time.map { [("t", $0)] } ?? [], digits: digits).interval(precision: 256))
      #expect(
        !found.isDisjoint(from: number), "\(start): \(value): \(found), \(number)", sourceLocation: sourceLocation)
      #expect(
        found.width.double(rounding: .up) < 100 * pow(0.1, Double(digits)), "\(start): \(value)",
        sourceLocation: sourceLocation)
    }
  }

  private static func number(_ value: Rational) -> Interval { Interval(value, precision: 256) }

  /// A sum of falling terms with what is left of it after some of them.
  private static func sum(upTo last: Int, rest: Interval, _ term: (Int) -> Interval) -> Interval {
    (0...last).reduce(Interval(0, precision: 256)) { $0 + term($1) } + rest.hull(Interval(0, precision: 256))
  }

  @Test(arguments: [Rational(1, 7), 1, Rational(5, 2)])
  func `a thermal state`(_ quanta: Rational) throws {
    let n = Self.number(quanta)
    let x = n / (n + 1)
    let zero = Self.number(0)
    let entropy = (n + 1) * (n + 1).logarithm - n * n.logarithm
    // <beta|rho|beta> = exp(-|beta|^2/(N + 1))/(N + 1).
    let fidelity = (-2 / (n + 1)).exponential / (n + 1)
    let expected: [(value: String, number: Interval)] = [
      ("mean(a'*a)", n), ("variance(a'*a)", n * (n + 1)), ("mean((a + a')^2)", 2 * n + 1), ("mean(a + a')", zero),
      ("purity(a)", 1 / (2 * n + 1)), ("entropy(a)", entropy), ("largest_eigenvalue(all)", 1 / (n + 1)),
      ("weight(a = fock(3))", x.power(3) / (n + 1)), ("fidelity(a, coherent(1 - i))", fidelity),
      ("ergotropy(mode)", zero), ("passive(mode)", 3 * n), ("coherence(a)", zero),
    ]
    for time in [nil, "3/4"] {
      try Self.expect(
        "a: boson", "2*a'*a", "a: \"thermal(\(quanta.numerator)/\(quanta.denominator))\"", time, expected,
        parts: "mode: {of: [a], hamiltonian: 3*a'*a}")
    }
  }

  /// Half of the sum of |p_n - q_n|, and the square of the sum of sqrt(p_n q_n), of two thermal states.
  @Test func `distances of thermal states`() throws {
    let (x, y) = (Self.number(Rational(1, 2)), Self.number(Rational(2, 3)))
    let half =
      Self.sum(upTo: 400, rest: y.power(401)) { n -> Interval in
        let (p, q) = ((1 - x) * x.power(n), (1 - y) * y.power(n))
        return (p - q).absoluteValue
      } / 2
    let overlap = ((1 - x) * (1 - y)).squareRoot / (1 - (x * y).squareRoot)
    try Self.expect(
      "a: boson", "a'*a", "a: thermal(1)", "1",
      [
        ("trace_distance(a, thermal(2))", half), ("fidelity(a, thermal(2))", overlap.squared),
        ("trace_distance(a, start)", Self.number(0)), ("fidelity(mode, gibbs(log(3/2)))", overlap.squared),
      ], parts: "mode: {of: [a], hamiltonian: a'*a}")
  }

  /// H = a'a + g(a + a') displaces by -g(1 - e^(-it)), whatever the state.
  @Test func `a driven oscillator`() throws {
    let (n, t) = (Self.number(Rational(1, 10)), Self.number(Rational(3, 2)))
    let g = Self.number(Rational(2, 3))
    let away = 1 - t.cosine
    let square = 2 * g.squared * away
    // (N + (N + 1)) |alpha|^2 + N (N + 1).
    let variance = (2 * n + 1) * square + n * (n + 1)
    let expected: [(value: String, number: Interval)] = [
      ("mean(a'*a)", n + square), ("mean(a + a')", -2 * g * away), ("variance(a'*a)", variance),
      ("purity(a)", 1 / (2 * n + 1)),
    ]
    try Self.expect("a: boson", "a'*a + 2/3*(a + a')", "a: thermal(1/10)", "3/2", expected, digits: 8)
  }

  /// A beam splitter turns the modes: <b'b> = N_b cos^2 gt + N_a sin^2 gt.
  @Test func `two modes that exchange quanta`() throws {
    let (c, s) = (Self.number(Rational(6, 5)).cosine.squared, Self.number(Rational(6, 5)).sine.squared)
    let (p, q) = (Self.number(Rational(1, 10)), Self.number(Rational(1, 30)))
    let (right, left) = (q * c + p * s, p * c + q * s)
    // Gaussian without <ab>: a product of thermal states of a turned pair.
    let purity = 1 / ((2 * p + 1) * (2 * q + 1))
    let expected: [(value: String, number: Interval)] = [
      ("mean(b'*b)", right), ("mean(a'*a)", left), ("purity(all)", purity), ("purity(b)", 1 / (2 * right + 1)),
    ]
    try Self.expect(
      "a: boson, b: boson", "2*(a'*b + a*b')", "a: thermal(1/10), b: thermal(1/30)", "3/5", expected,
      digits: 8)
    let coherent = Self.number(Rational(1, 4)) * c + p * s
    try Self.expect(
      "a: boson, b: boson", "2*(a'*b + a*b')", "a: thermal(1/10), b: coherent(1/2)", "3/5", [("mean(b'*b)", coherent)],
      digits: 8)
  }

  /// Of `down` beside n photons the qubit is up with the probability sin^2(sqrt(n) t) (Rabi).
  @Test(arguments: [Rational(1, 2), 2])
  func `Jaynes-Cummings`(_ quanta: Rational) throws {
    let n = Self.number(quanta)
    let (x, t) = (n / (n + 1), Self.number(Rational(7, 5)))
    let up = Self.sum(upTo: 300, rest: x.power(301)) { k -> Interval in
      let turn = (Interval(k, precision: 256).squareRoot * t).sine.squared
      return x.power(k) * turn / (n + 1)
    }
    let expected: [(value: String, number: Interval)] = [
      ("mean((q_z + 1)/2)", up), ("mean(a'*a)", n - up), ("ergotropy(cell)", (2 * up - 1).maximum(Self.number(0))),
      ("mean(q_x)", Self.number(0)), ("purity(q)", up.squared + (1 - up).squared),
    ]
    try Self.expect(
      "a: boson, q: qubit", "a'*a + q_z/2 + a*q_p + a'*q_m",
      "a: \"thermal(\(quanta.numerator)/\(quanta.denominator))\", q: down", "7/5", expected,
      parts: "cell: {of: [q], hamiltonian: q_z/2}")
    // At t = 0 the rest of the start is exact.
    let model = try Self.model("a: boson, q: qubit", "a'*a", "a: thermal(2), q: down", ["mean((q_z + 1)/2)"])
    let found = try #require(try model.value("v0", [("t", "0")], digits: 20).interval(precision: 64))
    #expect(found.isPoint && found.containsZero)
  }

  /// Gibbs states of functions of a'a, alone, with a level of a qubit, and beside other parts.
  @Test func `Gibbs states`() throws {
    let beta = Self.number(Rational(2, 3))
    func kerr(_ k: Int) -> Interval {
      let energy = Interval(k + k * (k - 1) / 2, precision: 256)
      return (-(beta * energy)).exponential
    }
    let rest = (-60 * beta).exponential
    let total = Self.sum(upTo: 60, rest: rest, kerr)
    let quanta = Self.sum(upTo: 60, rest: rest) { kerr($0) * Interval($0, precision: 256) }
    let mean = quanta / total
    try Self.expect(
      "a: boson", "a'*a", "mode: gibbs(2/3)", "1/3", [("mean(a'*a)", mean), ("ergotropy(mode)", Self.number(0))],
      parts: "mode: {of: [a], hamiltonian: a'*a + a'^2*a^2/2}")
    // E = n on `down`, 2n + 1 on `up`: two geometric series.
    let (x, y) = ((-beta).exponential, (-2 * beta).exponential)
    let (down, up) = (1 / (1 - x), x / (1 - y))
    let all = up + down
    let inBoth = down * x / (1 - x) + up * y / (1 - y)
    try Self.expect(
      "a: boson, q: qubit, s: qubit", "a'*a + s_x", "pair: gibbs(2/3), s: up", nil,
      [
        ("mean(q_z)", (up - down) / all), ("mean(a'*a)", inBoth / all),
        ("mean(s_z)", Self.number(1)), ("ergotropy(pair)", Self.number(0)),
      ], parts: "pair: {of: [a, q], hamiltonian: a'*a*(3 + q_z)/2 + (q_z + 1)/2}")
    // A sum of parts without terms between them is a product.
    let qubit = -(beta / 2).hyperbolicTangent
    let product = qubit / (1 / x - 1)
    try Self.expect(
      "a: boson, q: qubit", "q_x", "pair: gibbs(2/3)", nil,
      [("mean(q_x)", qubit), ("mean(q_x*a'*a)", product)],
      parts: "pair: {of: [a, q], hamiltonian: a'*a + q_x/2}")
    // n(n - 1) - 3 n is lowest at n = 2.
    try Self.expect(
      "a: boson", "a'*a", "mode: gibbs(infinity)", "1",
      [("mean(a'*a)", Self.number(2)), ("purity(a)", Self.number(1))],
      parts: "mode: {of: [a], hamiltonian: a'^2*a^2 - 3*a'*a}")
  }

  @Test func `thermal states in mixtures`() throws {
    let coherence = Self.number(1).cosine * Self.number(Rational(2, 3))
    try Self.expect(
      "a: boson, q: qubit", "a'*a + q_z",
      "mixture: [[1/3, {a: thermal(2), q: up}], [2/3, {a: fock(1), q: plus}]]", "1/2",
      [
        ("mean(a'*a)", Self.number(Rational(4, 3))), ("mean(q_z)", Self.number(Rational(1, 3))),
        ("mean(q_x)", coherence), ("weight(a = fock(1))", Self.number(Rational(20, 27))),
      ])
  }

  /// A thermal state is the mixture of its Fock states: the Rabi model, whose counter-rotating terms reach levels
  /// without end, from each of them.
  @Test func `counter-rotating terms`() throws {
    func value(_ start: String, _ digits: Int) throws -> Interval {
      let model = try Self.model(
        "a: boson, q: qubit", "a'*a + q_z/2 + (a + a')*q_x/2", "a: \(start), q: down", ["mean(q_z)"])
      return try #require(try model.value("v0", [("t", "1")], digits: digits).interval(precision: 128))
    }
    let x = Self.number(Rational(1, 6))
    var sum = Interval(0, precision: 128)
    for n in 0...12 {
      let weight = x.power(n) * (1 - x)
      sum += weight * (try value("fock(\(n))", 12))
    }
    let expected = sum + .ball(x.power(13))
    let found = try value("thermal(1/5)", 12)
    #expect(!found.isDisjoint(from: expected))
    #expect(found.width.double(rounding: .up) < 1e-11)
  }

  /// Vectors that are joined keep what turns all amplitudes of one alike.
  ///
  /// Found wrong where vectors of a mixed start were moved one by one: <q_x> of H = q_z stood still.
  @Test func `coherences between vectors that nothing joins`() throws {
    let x = Self.number(Rational(3, 5)) * Self.number(2).cosine
    try Self.expect("q: qubit", "q_z", "q: \"bloch(3/5, 0, 0)\"", "1", [("mean(q_x)", x)])
    try Self.expect(
      "a: boson, q: qubit", "a'*a + q_z", "a: thermal(1/3), q: \"bloch(3/5, 0, 0)\"", "1", [("mean(q_x)", x)])
    // Pieces with other middles of their diagonals, cut off and not.
    for (drive, start) in [("a + a'", "fock(1)"), ("a + a'", "coherent(1/2)"), ("0*a'*a", "coherent(1/2)")] {
      try Self.expect(
        "a: boson, q: qubit", "a'*a + q_z + 3*q_z^2 + \(drive)", "a: \(start), q: \"bloch(3/5, 0, 0)\"", "1",
        [("mean(q_x)", x)])
    }
    let turned = Self.number(2).squareRoot / 2 * Self.number(2).cosine
    try Self.expect(
      "q: qubit, s: qubit", "q_z + s_x",
      "density: [[1/4, 0, \"sqrt(2)/8\", 0], [0, 1/4, 0, \"sqrt(2)/8\"], "
        + "[\"sqrt(2)/8\", 0, 1/4, 0], [0, \"sqrt(2)/8\", 0, 1/4]]", "1",
      [("mean(q_x)", turned)])
  }

  @Test func `refusals`() throws {
    func message(_ start: String, _ parts: String = "", _ value: String = "mean(a'*a)") throws -> String? {
      do {
        let model = try Self.model("a: boson, q: qubit", "a'*a", start, [value], parts: parts)
        _ = try model.value("v0", [("t", "1")], digits: 5)
        return nil
      } catch { return "\((error as? BadInput)?.message ?? "\(error)")" }
    }
    let accepted = "accepted: thermal(nbar) with nbar of 0 or more"
    #expect(
      try message("a: thermal(-1/2), q: up") == "m.yaml line 4: start.a: '-1/2' is -0.5, negative; \(accepted)")
    #expect(try message("a: thermal(i), q: up") == "m.yaml line 4: start.a: 'i' is not real; \(accepted)")
    #expect(
      try message("a: fock(0), q: thermal(1)")
        == "m.yaml line 4: start.q: 'thermal(1)' is no state of the qubit 'q'; accepted: up, down, plus, minus, bloch(x, "
        + "y, z), level(k), diagonal(p0, p1, ...)")
    #expect(
      try message("a: thermal, q: up") == "m.yaml line 4: start.a: 'thermal' has 0 numbers; accepted: thermal(nbar)")
    #expect(
      try message("superposition: [[1, {a: thermal(1), q: up}]]")
        == "m.yaml line 4: start.superposition.a: 'thermal' is mixed where a pure state must stand; accepted: vectors")
    let quanta = "mode: {of: [a], hamiltonian: \"a'*a\"}"
    #expect(
      try message("mode: gibbs(0), q: up", quanta)
        == "m.yaml line 4: start.mode: '0' is 0.0, and the boson of 'mode' has levels without end; accepted: gibbs(beta) "
        + "with beta > 0, gibbs(infinity)")
    #expect(
      try message("mode: gibbs(-1), q: up", quanta)
        == "m.yaml line 4: start.mode: '-1' is -1.0, and the boson of 'mode' has levels without end; accepted: "
        + "gibbs(beta) with beta > 0, gibbs(infinity)")
    let rising =
      "accepted for Gibbs states of a part with bosons: functions of a'a of each that rise for good, positive quadratic "
      + "forms of one, Hamiltonians that keep a number of quanta and rise with it"
    for (hamiltonian, fault) in [
      ("-a'*a", "does not rise for good with the quanta of a boson of the part"),
      ("a + a'", "is no positive quadratic form"), ("a'^2*a + a'*a^2", "is not diagonal in quanta"),
      ("a'*a - a'^2*a^2", "does not rise for good with the quanta of a boson of the part"),
    ] {
      #expect(
        try message("mode: gibbs(1), q: up", "mode: {of: [a], hamiltonian: \"\(hamiltonian)\"}")
          == "m.yaml line 5: parts.mode.hamiltonian: \(fault); \(rising)")
    }
    #expect(
      try message("mode: gibbs(infinity), q: up", "mode: {of: [a], hamiltonian: \"a'^2*a^2 - 2*a'*a\"}")
        == "m.yaml line 4: start.mode: the ground level of 'mode' is degenerate; accepted: gibbs(beta) with a number")
    let hot = try Self.model("a: boson", "a'^2*a^2", "a: thermal(1000)", ["mean(a'*a)"])
    #expect(
      try hot.value("v0", [("t", "1")], digits: 5).undecided
        == "the start of a mode takes more than 20000 quanta to the digits asked for")
    // Levels without end need a flow that exists.
    let model = try Self.model("a: boson", "a'^3 + a^3", "a: thermal(1)", ["mean(a'*a)"])
    let fault = #expect(throws: BadInput.self) { try model.value("v0", [("t", "1")], digits: 5) }
    #expect(fault?.message.contains("the flow is not proved to exist for the term 'a'^3'") == true)
  }
}
