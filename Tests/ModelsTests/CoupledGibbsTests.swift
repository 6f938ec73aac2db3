import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import Testing

@testable import Models

/// Gibbs states of modes that are coupled to others and to qubits, in blocks of a number that is kept.
@Suite struct CoupledGibbsTests {
  private func expect(
    _ space: String, _ start: String, _ part: String, _ expected: [(value: String, number: Interval)], digits: Int
  ) throws {
    let sites = space.split(separator: ",").map { $0.split(separator: ":")[0].trimmingCharacters(in: .whitespaces) }
    let model = try ThermalStartTests.model(
      space, "0*a'*a", start, expected.map { "initial(\($0.value))" },
      parts: "both: {of: [\(sites.joined(separator: ", "))], hamiltonian: \"\(part)\"}")
    for (place, (value, number)) in expected.enumerated() {
      let answer = try model.value("v\(place)", [], digits: digits)
      #expect(answer.undecided == nil, "\(value): \(answer.undecided ?? "")")
      let found = try #require(answer.interval(precision: 128))
      #expect(!found.isDisjoint(from: number), "\(part): \(value): \(found), \(number)")
    }
  }

  /// Levels n - 1/2 +- g sqrt(n) of (|n, down> +- |n - 1, up>)/sqrt(2), and -1/2 of |0, down>.
  @Test func `Jaynes-Cummings`() throws {
    func number(_ x: Rational) -> Interval { Interval(x, precision: 192) }
    let (beta, g) = (number(2), number(Rational(1, 3)))
    let ground = (beta / 2).exponential
    var (total, quanta, coupling) = (ground, number(0), number(0))
    for n in 1...80 {
      let root = Interval(n, precision: 192).squareRoot
      let (factor, x) = ((-(beta * (number(Rational(Integer(2 * n - 1), 2))))).exponential, beta * g * root)
      total += 2 * factor * x.hyperbolicCosine
      quanta += 2 * factor * x.hyperbolicCosine * number(Rational(Integer(2 * n - 1), 2))
      coupling += 2 * factor * root * x.hyperbolicSine
    }
    let rest = Interval.ball(BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -150))
    try expect(
      "a: boson, q: qubit", "both: gibbs(2)", "a'*a + q_z/2 + (a*q_p + a'*q_m)/3",
      [
        ("mean(a'*a)", quanta / total + rest), ("mean(q_z)", -(ground / total) + rest),
        ("mean(a*q_p + a'*q_m)", -(coupling / total) + rest), ("mean(a + a')", number(0)),
      ], digits: 10)
  }

  /// Normal modes with the frequencies 1 +- g.
  @Test func `two modes`() throws {
    func quanta(_ w: Rational) -> Interval { 1 / ((2 * Interval(w, precision: 192)).exponential - 1) }
    let (high, low) = (quanta(Rational(6, 5)), quanta(Rational(4, 5)))
    try expect(
      "a: boson, b: boson", "both: gibbs(2)", "a'*a + b'*b + (a'*b + a*b')/5",
      [
        ("mean(a'*a)", (high + low) / 2), ("mean(a'*b + a*b')", high - low),
        ("purity(all)", 1 / ((2 * high + 1) * (2 * low + 1))),
      ], digits: 5)
  }

  /// Beside a third site, and in time: what the part's own Hamiltonian does not move stays.
  @Test func `in time`() throws {
    let model = try ThermalStartTests.model(
      "a: boson, q: qubit, s: qubit", "a'*a + q_z/2 + (a*q_p + a'*q_m)/3 + s_x", "both: gibbs(3), s: up",
      ["mean(a'*a + q_z/2 + (a*q_p + a'*q_m)/3)", "mean(s_z)", "least(mean(s_z), 3)"],
      parts: "both: {of: [a, q], hamiltonian: a'*a + q_z/2 + (a*q_p + a'*q_m)/3}")
    let start = try #require(try model.value("v0", [("t", "0")], digits: 8).interval(precision: 64))
    let end = try #require(try model.value("v0", [("t", "2")], digits: 8).interval(precision: 64))
    #expect(!start.isDisjoint(from: end))
    let turned = try #require(try model.value("v1", [("t", "1/2")], digits: 8).interval(precision: 64)?.anchor)
    #expect(abs(turned.double(rounding: .nearest) - cos(1.0)) < 1e-7)
    let least = try #require(try model.value("v2", [], digits: 5).interval(precision: 64)?.anchor)
    #expect(abs(least.double(rounding: .nearest) + 1) < 1e-4)
  }

  @Test func `refusals`() throws {
    func message(_ part: String, _ start: String = "both: gibbs(1)") throws -> String? {
      do {
        let model = try ThermalStartTests.model(
          "a: boson, b: boson", "a'*a", start, ["mean(a'*a)"], parts: "both: {of: [a, b], hamiltonian: \"\(part)\"}")
        return try model.value("v0", [("t", "1")], digits: 5).undecided
      } catch { return "\((error as? BadInput)?.message ?? "\(error)")" }
    }
    let accepted =
      "accepted for Gibbs states of a part with bosons: functions of a'a of each that rise for good, positive quadratic "
      + "forms of one, Hamiltonians that keep a number of quanta and rise with it"
    let place = "m.yaml line 5: parts.both.hamiltonian: "
    #expect(try message("a'*a + b'*b + 2*(a'*b + a*b')") == place + "couples two bosons of the part; \(accepted)")
    #expect(try message("a'*a + b'*b + (a*b + a'*b')/3") == place + "couples two bosons of the part; \(accepted)")
    #expect(
      try message("a'*a + b'*b + (a'*b + a*b')/5", "both: gibbs(infinity)")
        == "the ground level of a part whose modes are coupled to others is not served; accepted: gibbs(beta) with a number")
    #expect(
      try message("a'*a + b'*b + (a'*b + a*b')/5", "both: gibbs(0)")?.hasSuffix(
        "accepted: gibbs(beta) with beta > 0, gibbs(infinity)") == true)
  }
}
