import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import TestSupport
import Testing

/// The second route of figures over times: density matrices at the multiples of a step against one flow on a sector.
@Suite struct SecondRouteTimesTests {
  private let routes = SecondRouteTests()

  @Test(arguments: [
    ("q_p*q_m/3 + q_p*s_m + q_m*s_p + q_x/5", "{q: down, s: up}"),
    ("i*(q_p*s_m - q_m*s_p) + s_z^2/2 + q_z/4 + s_x/3", "{q: \"bloch(1/3, 0, -1/2)\", s: \"css(1, 1/2)\"}"),
  ])
  func `both routes of figures over times meet`(_ hamiltonian: String, _ start: String) throws {
    var count = SecondRouteTests.Count()
    try routes.compare(
      """
      model: times
      space: {q: qubit, s: spin 1}
      hamiltonian: "\(hamiltonian)"
      start: \(start)
      parts: {b: {of: [q], hamiltonian: q_p*q_m}}
      quantities:
        peak: {value: "greatest(mean(b), 2)"}
        when: {value: "time_of_greatest(mean(b), 2)"}
        least: {value: "least(variance(s_z) - mean(q_z), 3/2)"}
        power: {value: greatest((mean(b) - initial(mean(b)))/t)}
        first: {value: first_maximum(mean(b))}
        passage: {value: "first_time(mean(q_z) = initial(mean(q_z)) + 1/10)"}
        steepest: {value: "greatest(rate(mean(b)), 2)"}
      """, [], hamiltonian, &count, precision: 96)
    #expect(count.both >= 6 && count.beyond == 0, "\(count)")
  }

  /// The greatest power of an exchange, sin(x)^2/x = .724611353776708 with tan(x) = 2x, x by mpmath's findroot.
  @Test func `the second route knows a greatest power`() throws {
    let quantity = try quantity(
      "space: {q: qubit, c: qubit}\nhamiltonian: q_p*c_m + q_m*c_p\nstart: {q: down, c: up}",
      "greatest(mean(q_p*q_m)/t)")
    let second = try #require(quantity.routes.first { $0.isCheck })
    let value = try second.evaluate(Arguments([], for: quantity), 64, Budget(bits: 256, seconds: 600))
    let unit: Integer = 1_000_000_000_000_000
    let (low, high) = (Rational(724_611_353_776_708, unit), Rational(724_611_353_776_709, unit))
    let expected = Interval(low, precision: 64).hull(Interval(high, precision: 64))
    #expect(!value.isDisjoint(from: expected), "\(value)")
    #expect(value.width.double(rounding: .up) < 1e-12, "\(value)")
  }

  @Test func `what it does not reach is said`() throws {
    let large = try quantity("space: {s: spin 12}\nhamiltonian: s_x\nstart: {s: down}", "greatest(mean(s_z), 1)")
    let second = try #require(large.routes.first { $0.isCheck })
    let reason = #expect(throws: Unanswered.self) {
      _ = try second.evaluate(Arguments([], for: large), 64, Budget(bits: 256, seconds: 600))
    }
    #expect(reason?.reason == "figures over times of 25 states by the second route (cap 24)", "\(reason?.reason ?? "")")
    // Modes, and figures of states, have one route.
    for (model, figure) in [
      ("space: {a: boson}\nhamiltonian: a + a'\nstart: {a: fock(0)}", "greatest(mean(a'*a), 1)"),
      ("space: {q: qubit}\nhamiltonian: q_x\nstart: {q: down}", "greatest(purity(q), 1)"),
    ] {
      #expect(try !quantity(model, figure).routes.contains { $0.isCheck }, "\(figure)")
    }
  }

  private func quantity(_ model: String, _ figure: String) throws -> Quantity {
    let text = "model: own\n\(model)\nquantities: {f: {value: \"\(figure)\"}}"
    let catalogue = try Model(parsing: text, name: "own.yaml").entered(in: Catalogue([]))
    return try #require(catalogue.systems.flatMap(\.quantities).first)
  }
}
