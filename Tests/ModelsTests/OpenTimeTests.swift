import ArbitraryPrecision
import Models
import RigorousNumerics
import TestSupport
import Testing

/// Figures over times of models with jumps and with a Hamiltonian that depends on the time.
@Suite struct OpenTimeTests {
  private static func expect(
    _ rest: String, _ cases: [(figure: String, expected: String)], digits: Int = 20,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let quantities = cases.enumerated().map { "  f\($0.offset): {value: \"\($0.element.figure)\"}" }
    let model = try Model(
      parsing: "model: m\n\(rest)\nquantities:\n\(quantities.joined(separator: "\n"))", name: "m.yaml")
    for (k, (figure, expected)) in cases.enumerated() {
      let found = try model.value("f\(k)", [], digits: digits)
      let value = try #require(found.interval(precision: 256), "\(figure)", sourceLocation: sourceLocation)
      #expect(found.undecided == nil, "\(figure)", sourceLocation: sourceLocation)
      #expect(
        !value.isDisjoint(from: try interval(expected)), "\(figure): \(value) for \(expected)",
        sourceLocation: sourceLocation)
    }
  }

  /// The number of quanta is 5 e^(-t/2).
  @Test func `a decaying mode`() throws {
    try Self.expect(
      """
      space: {a: boson}
      hamiltonian: a'*a
      jumps: [{operator: a, rate: 1/2}]
      start: {a: fock(5)}
      """,
      [
        ("at(rate(mean(a'*a)), 3)", "-5/2*exp(-3/2)"), ("average(mean(a'*a), 3)", "10/3*(1 - exp(-3/2))"),
        ("first_time(mean(a'*a) = 2)", "2*log(5/2)"), ("least(mean(a'*a), 3)", "5*exp(-3/2)"),
        ("greatest((initial(mean(a'*a)) - mean(a'*a))/t)", "5/2"),
        ("initial(rate(mean(a'*a)))", "-5/2"), ("at(rate(variance(a'*a)), 1)", "5*(exp(-1) - exp(-1/2)/2)"),
      ])
  }

  /// Numbers of mpmath 1.3.0, mp.dps = 40: 40 Taylor steps of order 40 of the 2 x 2 equation, findroot of the slopes.
  @Test func `a damped Rabi qubit`() throws {
    try Self.expect(
      """
      space: {q: qubit}
      hamiltonian: q_x
      jumps: [{operator: q_m, rate: 1/2}]
      start: {q: down}
      parts: {b: {of: [q], hamiltonian: (q_z + 1)/2}}
      """,
      [
        ("at(rate(mean(b)), 1)", "0.6272903001728837900785948209882424"),
        ("at(rate(mean(b)), 2)", "-0.3557582567290357753273557677021033"),
        ("greatest(mean(b), 3)", "0.7535588123761998197033704953817154"),
        ("time_of_greatest(mean(b), 3)", "1.573873305898065510668186703463423"),
        ("time_of_first_maximum(mean(b))", "1.573873305898065510668186703463423"),
        ("greatest(mean(b)/t)", "0.5674258299776279206175851227"),
        ("time_of_greatest(mean(b)/t)", "1.069043790567043017109306452315"),
        ("first_time(mean(b) = 1/2)", "0.9015522986544125312191597227388"),
      ], digits: 18)
  }

  /// Up with probability sin(sin t)^2, and with a rate 2 t from up by e^(-t^2).
  @Test func `drives in the Hamiltonian and in a rate`() throws {
    try Self.expect(
      "space: {q: qubit}\nhamiltonian: cos(t)*q_x\nstart: {q: down}",
      [
        ("at(rate(weight(q = up)), 1)", "sin(2*sin(1))*cos(1)"), ("greatest(weight(q = up), 4)", "sin(1)^2"),
        ("at(variance(H), 1)", "cos(1)^2"),
        ("at(rate(variance(H)), 1)", "-sin(2)"),
      ], digits: 15)
    try Self.expect(
      "space: {q: qubit}\njumps: [{operator: q_m, rate: 2*t}]\nstart: {q: up}",
      [
        ("at(rate(weight(q = up)), 1/2)", "-exp(-1/4)"), ("greatest(-rate(weight(q = up)), 2)", "sqrt(2)*exp(-1/2)"),
        ("time_of_greatest(-rate(weight(q = up)), 2)", "1/sqrt(2)"),
      ], digits: 15)
  }

  /// d<H>/dt = <dH/dt> without jumps.
  @Test func `the energy of a drive changes by its slope`() throws {
    let model = try Model(
      parsing: """
        model: m
        space: {q: qubit}
        hamiltonian: q_z/2 + cos(t)*q_x
        start: {q: down}
        quantities: {p: {value: rate(mean(H))}, s: {value: -sin(t)*mean(q_x)}, g: {value: greatest(mean(H)/t)}}
        """, name: "m.yaml")
    let (p, s) = (try model.value("p", [("t", "1")], digits: 20), try model.value("s", [("t", "1")], digits: 20))
    #expect(meet(p, s), "\(p) \(s)")
    let open = try model.value("g", [], digits: 10)
    #expect(
      open.undecided?.contains("a model that depends on t; accepted: a window, greatest(F, T)") ?? false,
      "\(String(describing: open.undecided))")
  }
}
