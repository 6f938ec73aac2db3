import ArbitraryPrecision
import Models
import RigorousNumerics
import Testing

/// The words for starts against the means that define them.
@Suite struct StateTests {
  private static func model(_ space: String, _ start: String, _ values: [String]) throws -> Model {
    let quantities = values.enumerated().map { "  v\($0.offset): {value: \"\($0.element)\"}" }.joined(separator: "\n")
    return try Model(
      parsing: "model: m\nspace: {x: \(space)}\nstart: {\(start)}\nquantities:\n\(quantities)\n", name: "m.yaml")
  }

  private static func expect(
    _ space: String, _ start: String, _ expected: [(value: String, number: Interval)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try model(space, start, expected.map { "initial(\($0.value))" })
    for (place, (value, number)) in expected.enumerated() {
      let found = try #require(try model.value("v\(place)", [], digits: 20).interval(precision: 128))
      #expect(!found.isDisjoint(from: number), "\(start): \(value)", sourceLocation: sourceLocation)
      // Twenty digits of numbers below 10.
      #expect(found.width.double(rounding: .up) < 1e-19, sourceLocation: sourceLocation)
    }
  }

  private static func number(_ value: Rational) -> Interval { Interval(value, precision: 128) }

  @Test func `qubits`() throws {
    for (word, x, z) in [("up", 0, 1), ("down", 0, -1), ("plus", 1, 0), ("minus", -1, 0), ("level(1)", 0, 1)] {
      try Self.expect(
        "qubit", "x: \(word)",
        [
          ("mean(x_x)", Self.number(Rational(Integer(x)))), ("mean(x_y)", Self.number(0)),
          ("mean(x_z)", Self.number(Rational(Integer(z)))),
        ])
    }
    for (x, y, z) in [
      (Rational(3, 5), Rational(0), Rational(4, 5)), (Rational(2, 7), Rational(-3, 7), Rational(6, 7)), (0, 1, 0),
      (0, 0, -1), (0, 0, 1),
    ] {
      let text = "\"bloch(\(x), \(y), \(z))\""
      try Self.expect(
        "qubit", "x: \(text)",
        [
          ("mean(x_x)", Self.number(x)), ("mean(x_y)", Self.number(y)), ("mean(x_z)", Self.number(z)),
          // (1 + n m)/2 for unit vectors n, m.
          ("weight(x = bloch(2/7, 3/7, 6/7))", Self.number((1 + x * 2 / 7 + y * 3 / 7 + z * 6 / 7) / 2)),
          // A pure state of a qubit: 1 - x^2.
          ("variance(x_x)", Self.number(1 - x * x)), ("covariance(x_x, x_y)", Self.number(-x * y)),
        ])
    }
  }

  /// <J> = J (sin theta cos phi, sin theta sin phi, cos theta), and the variance of J along an axis at right angles to
  /// it is J/2.
  @Test(arguments: [(1, "pi/3", "pi/5"), (4, "2", "-1"), (5, "0", "1"), (3, "pi", "0"), (0, "1", "1")])
  func `coherent states of spins`(_ twice: Int, _ theta: String, _ phi: String) throws {
    let values: [String: Interval] = [
      "pi/3": .pi(precision: 128) / 3, "pi/5": .pi(precision: 128) / 5, "2": Self.number(2), "-1": Self.number(-1),
      "0": Self.number(0), "1": Self.number(1), "pi": .pi(precision: 128),
    ]
    let (a, b) = (try #require(values[theta]), try #require(values[phi]))
    let length = Self.number(Rational(Integer(twice), 2))
    let across = "(x_x*cos(\(theta))*cos(\(phi)) + x_y*cos(\(theta))*sin(\(phi)) - x_z*sin(\(theta)))"
    try Self.expect(
      "spin \(twice)/2", "x: \"css(\(theta), \(phi))\"",
      [
        ("mean(x_x)", length * a.sine * b.cosine), ("mean(x_y)", length * a.sine * b.sine),
        ("mean(x_z)", length * a.cosine), ("variance(\(across))", length / 2),
      ])
  }

  @Test func `levels of spins and modes`() throws {
    try Self.expect("spin 3/2", "x: dicke(1)", [("mean(x_z)", Self.number(Rational(-1, 2)))])
    try Self.expect("spin 3/2", "x: up", [("mean(x_z)", Self.number(Rational(3, 2)))])
    try Self.expect("boson", "x: fock(3)", [("mean(x'*x)", Self.number(3)), ("variance(x + x')", Self.number(7))])
    try Self.expect("levels 4", "x: level(2)", [("mean(x(2,2) - x(1,1))", Self.number(1))])
    try Self.expect("{kind: qubit, cells: 3}", "x: [up, plus, down]", [("mean(x_x[1]*x_z[0])", Self.number(1))])
  }

  @Test func `superpositions`() throws {
    try Self.expect(
      "boson", "superposition: [[3/5, {x: fock(0)}], [4*i/5, {x: fock(1)}]]",
      // <a'> = conj(4i/5) 3/5, so i(a' - a) has the mean 24/25.
      [("mean(i*(x' - x))", Self.number(Rational(24, 25))), ("mean(x + x')", Self.number(0))])
    try Self.expect(
      "qubit", "superposition: [[1, {x: up}], [1, {x: plus}]], normalised: true",
      // (1 + 1/sqrt 2, 1/sqrt 2)/norm: the Bloch vector halves the angle between z and x.
      [("mean(x_z)", Self.number(Rational(1, 2)).squareRoot), ("mean(x_x)", Self.number(Rational(1, 2)).squareRoot)])
  }
}
