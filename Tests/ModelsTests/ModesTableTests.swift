import ArbitraryPrecision
import Models
import RigorousNumerics
import Testing

/// Models with modes against values of other programs and against closed forms.
@Suite struct ModesTableTests {
  /// Reads a model from a few lines.
  static func model(
    _ space: String, _ hamiltonian: String, _ start: String, _ values: [String: String], parameters: String = ""
  ) throws -> Model {
    let quantities = values.sorted { $0.key < $1.key }.map { "  \($0.key): {value: \"\($0.value)\"}" }
    return try Model(
      parsing: """
        model: m
        \(parameters.isEmpty ? "" : "parameters: {\(parameters)}")
        space: {\(space)}
        hamiltonian: "\(hamiltonian)"
        start: {\(start)}
        quantities:
        \(quantities.joined(separator: "\n"))
        """, name: "m.yaml")
  }

  /// That a value is the expected one to so many digits after the point.
  private static func expect(
    _ model: Model, _ name: String, _ given: [(String, String)], is expected: Interval, digits: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(try model.value(name, given, digits: digits).interval(precision: 192))
    #expect(!found.isDisjoint(from: expected), "\(name) \(given)", sourceLocation: sourceLocation)
    let width = Interval(Rational(3) * Rational(10).power(-digits), precision: 64).upper
    #expect(found.width <= width, "\(name) \(given)", sourceLocation: sourceLocation)
  }

  /// A decimal whose last digit was rounded.
  private static func decimal(_ text: String) throws -> Interval {
    let parts = text.split(separator: ".")
    let value = try parts[1].reduce(Integer(try #require(Int(parts[0])))) {
      $0 * Integer(10) + Integer(try #require($1.wholeNumberValue))
    }
    let unit = Rational(10).power(-parts[1].count)
    return Interval(from: Rational(value) * unit - unit, to: Rational(value) * unit + unit, precision: 192)
  }

  static let exchange = """
    model: pair-jc
    parameters: {w: {kind: positive, default: 1}, g: {kind: positive, default: 1}, nbar: {kind: non-negative}}
    space: {a: boson, b: qubit}
    hamiltonian: w*a'*a + w*(b_z + 1)/2 + g*(a*b_p + a'*b_m)
    start: {a: coherent(sqrt(nbar)), b: down}
    parts: {battery: {of: [b], hamiltonian: w*(b_z + 1)/2}}
    quantities:
      energy: {value: mean(battery)}
      total: {value: mean(battery) + mean(a'*a)}
      flow: {value: rate(mean(battery))}
      slack: {value: 4*variance(H)*variance(battery) - rate(mean(battery))^2}
      power: {value: greatest(mean(battery)/t)}
      most: {value: "greatest(mean(battery), 2)"}
      first: {value: first_maximum(mean(battery))}
      half: {value: first_time(mean(battery) = w/2)}
      average: {value: "average(mean(battery), 1)"}
    """
  private static let full = """
    model: pair
    parameters: {n: {kind: integer, from: 0}, g: {kind: positive}, x: {kind: real, default: 0}}
    space: {a: boson, b: boson}
    hamiltonian: a'*a + b'*b + g*(a'*b + a*b') + x*g*(a*b + a'*b')
    start: {a: fock(n), b: fock(0)}
    quantities:
      energy: {value: mean(b'*b)}
      balance: {value: mean(b'*b) + mean(a'*a) - n}
    """
  private static let dicke = """
    model: ferraro
    parameters: {N: {kind: integer, from: 1}, g: {kind: positive}, p: {kind: rational, default: 0}}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: a'*a + J_z + N/2 + 2*g*N^(-p)*(a + a')*J_x
    start: {a: fock(N), J: down}
    quantities: {energy: {value: mean(J_z + N/2)}}
    """
  private static let twoPhoton = """
    model: two-photon
    parameters: {N: {kind: integer, from: 1}, g: {kind: positive}}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: a'*a/2 + J_z + N/2 + 2*g*(a^2 + a'^2)*J_x
    start: {a: fock(2*N), J: down}
    quantities:
      energy: {value: mean(J_z + N/2)}
      fluctuation: {value: variance(J_z)}
    """
  private static let tavis = """
    model: tavis
    parameters: {N: {kind: integer, from: 1}, r: {kind: real}}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: a'*a + J_z + N/2 + a*J_p + a'*J_m
    start: {a: squeezed(r), J: down}
    quantities: {energy: {value: mean(J_z + N/2)}}
    """
  private static let cells = """
    model: cells
    parameters: {N: {kind: integer, from: 1}, lam: {kind: positive}, nbar: {kind: non-negative}}
    space: {a: boson, s: {kind: qubit, cells: N}}
    hamiltonian: "a'*a + sum(j, (s_z[j] + 1)/2) + lam/sqrt(N)*(a + a')*sum(j, s_x[j])"
    start: {a: coherent(sqrt(nbar)), s: down}
    quantities: {energy: {value: "mean(sum(j, (s_z[j] + 1)/2))"}}
    """

  /// Values by closed forms, moments and linear algebra at 50 digits with two cut-offs, from other programs.
  @Test(arguments: [
    (exchange, "energy", "nbar=4 t=3/4", "0.855872394641490659612019"),
    (exchange, "energy", "nbar=9 t=10", "0.504360691683740559946655"),
    (exchange, "total", "nbar=4 t=3/4", "4.000000000000000000000000"),
    (exchange, "flow", "nbar=4 t=3/4", "0.0211174773169429953433604"),
    (exchange, "slack", "nbar=4 t=3/4", "3.94690889157996455995710"),
    (full, "energy", "n=3 g=1 t=7/10", "1.24504928564963859207488"),
    (full, "energy", "n=1 g=3/10 x=1 t=2", "0.565735241225022353579129"),
    (full, "balance", "n=1 g=3/10 x=1 t=2", "0.446299404124353783072112"),
    (dicke, "energy", "N=2 g=1/2 t=1", "1.13703634801002608751441"),
    (dicke, "energy", "N=4 g=1/2 p=1/2 t=1", "1.45710385467000136177467"),
    (twoPhoton, "energy", "N=1 g=1/10 t=2", "0.134137931522119718815728"),
    (twoPhoton, "fluctuation", "N=1 g=1/10 t=2", "0.116144946849086839910632"),
    (twoPhoton, "energy", "N=2 g=3/10 t=1/2", "1.02237162704836999499191"),
    (twoPhoton, "fluctuation", "N=2 g=3/10 t=1/2", "0.661390926301529698664957"),
    // The sum over the squeezed statistics of exponentials of 3 by 3 matrices, mpmath, 120 terms.
    (tavis, "energy", "N=2 r=3/4 t=1", "0.363858584600332650234677"),
    (cells, "energy", "N=2 lam=1/2 nbar=1/4 t=1/2", "0.108267281556786086964882"),
    (cells, "energy", "N=2 lam=1/2 nbar=0 t=5/4", "0.197408547910219230984023"),
  ])
  func `values of other programs`(_ text: String, _ name: String, _ given: String, _ expected: String) throws {
    let model = try Model(parsing: text, name: "m.yaml")
    // Two modes without a number that is kept take thousands of states.
    let digits = given.contains("x=1") ? 8 : ["flow", "slack"].contains(name) ? 12 : 20
    let pairs = given.split(separator: " ").map { pair in
      let sides = pair.split(separator: "=").map(String.init)
      return (sides[0], sides[1])
    }
    try Self.expect(model, name, pairs, is: try Self.decimal(expected), digits: digits)
  }

  private static func number(_ value: Rational) -> Interval { Interval(value, precision: 192) }

  /// a + a' of a displaced oscillator: alpha(t) = (f/w)(e^(-iwt) - 1).
  @Test func `a driven oscillator is coherent`() throws {
    let model = try Self.model(
      "a: boson", "2*a'*a + 3*(a + a')", "a: fock(0)",
      ["n": "mean(a'*a)", "x": "mean(a + a')", "spread": "variance(a'*a)", "vacuum": "weight(a = fock(0))"])
    // 4 (f/w)^2 sin(wt/2)^2 at w = 2, f = 3, t = 3/4.
    let n = 9 * Self.number(Rational(3, 4)).sine.squared
    try Self.expect(model, "n", [("t", "3/4")], is: n, digits: 20)
    try Self.expect(model, "spread", [("t", "3/4")], is: n, digits: 20)
    try Self.expect(model, "vacuum", [("t", "3/4")], is: (-n).exponential, digits: 20)
    try Self.expect(model, "x", [("t", "3/4")], is: 3 * (Self.number(Rational(3, 2)).cosine - 1), digits: 20)
  }

  /// i (a^2 - a'^2) squeezes the vacuum by r = 2t: n = sinh(r)^2 with the variance 2 n (n + 1), and 1/cosh(r) of it is
  /// left in the vacuum.
  @Test func `a squeezed vacuum`() throws {
    let model = try Self.model(
      "a: boson", "i*(a^2 - a'^2)", "a: fock(0)",
      [
        "n": "mean(a'*a)", "spread": "variance(a'*a)", "vacuum": "weight(a = fock(0))",
        "narrow": "variance((a + a')/sqrt(2))", "wide": "variance(i*(a - a')/sqrt(2))",
        "itself": "weight(a = squeezed(2/3))",
      ])
    let r = Self.number(Rational(2, 3))
    let n = r.hyperbolicSine.squared
    let time = [("t", "1/3")]
    try Self.expect(model, "n", time, is: n, digits: 12)
    try Self.expect(model, "spread", time, is: 2 * (n * (1 + n)), digits: 12)
    try Self.expect(model, "vacuum", time, is: 1 / r.hyperbolicCosine, digits: 20)
    // exp(-iHt) = exp(t (a^2 - a'^2)) is S(2t).
    try Self.expect(model, "narrow", time, is: (-2 * r).exponential / 2, digits: 12)
    try Self.expect(model, "wide", time, is: (2 * r).exponential / 2, digits: 12)
    try Self.expect(model, "itself", time, is: Self.number(1), digits: 20)
  }

  /// g (ab + a'b') makes pairs: sinh(gt)^2 of each.
  @Test func `pairs of quanta`() throws {
    let model = try Self.model(
      "a: boson, b: boson", "a*b + a'*b'", "a: fock(0), b: fock(0)", ["n": "mean(b'*b)", "d": "variance(a'*a - b'*b)"])
    try Self.expect(model, "n", [("t", "1/2")], is: Self.number(Rational(1, 2)).hyperbolicSine.squared, digits: 12)
    try Self.expect(model, "d", [("t", "1/2")], is: Self.number(0), digits: 12)
  }

  /// Kerr: <a> = alpha exp(|alpha|^2 (e^(-2ikt) - 1)).
  @Test func `a Kerr oscillator turns its coherent start`() throws {
    let model = try Self.model("a: boson", "1/3*a'^2*a^2", "a: coherent(6/5)", ["x": "mean(a + a')"])
    let (size, angle) = (Self.number(Rational(36, 25)), Self.number(Rational(2, 3)))
    let real = (size * (angle.cosine - 1)).exponential * (size * angle.sine).cosine
    try Self.expect(model, "x", [("t", "1")], is: 2 * Self.number(Rational(6, 5)) * real, digits: 20)
  }

  /// a'a (b + b') displaces b by the quanta of a: <b'b> = <n^2> 4 (k/w)^2 sin(wt/2)^2, with <n^2> = |alpha|^4 +
  /// |alpha|^2.
  @Test func `light that pushes a mirror`() throws {
    let model = try Self.model(
      "a: boson, b: boson", "b'*b + 1/5*a'*a*(b + b')", "a: coherent(1/2*i), b: fock(0)", ["n": "mean(b'*b)"])
    let square = Self.number(Rational(1, 16) + Rational(1, 4))
    let expected = square * Self.number(Rational(4, 25)) * Self.number(Rational(1, 2)).sine.squared
    try Self.expect(model, "n", [("t", "1")], is: expected, digits: 12)
  }

  /// Three waves that keep 2 n_a + n_b + n_c, from one quantum of a: two states, cos(t)^2 and sin(t)^2. From a coherent
  /// start the number is kept.
  @Test func `three waves`() throws {
    let one = try Self.model(
      "a: boson, b: boson, c: boson", "a*b'*c' + a'*b*c", "a: fock(1), b: fock(0), c: fock(0)", ["n": "mean(b'*b)"])
    try Self.expect(one, "n", [("t", "2/3")], is: Self.number(Rational(2, 3)).sine.squared, digits: 20)
    let many = try Self.model(
      "a: boson, b: boson, c: boson", "a*b'*c' + a'*b*c", "a: coherent(1/3), b: fock(0), c: fock(0)",
      ["all": "mean(2*a'*a + b'*b + c'*c)"])
    try Self.expect(many, "all", [("t", "2/3")], is: Self.number(Rational(2, 9)), digits: 12)
  }
}
