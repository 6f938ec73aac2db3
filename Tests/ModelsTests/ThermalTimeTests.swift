import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import Testing

@testable import Models

/// Figures over times of modes in thermal and other mixed starts.
@Suite struct ThermalTimeTests {
  private static func expect(
    _ space: String, _ hamiltonian: String, _ start: String, _ expected: [(value: String, number: Double)],
    parts: String = "", digits: Int = 6, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try ThermalStartTests.model(space, hamiltonian, start, expected.map(\.value), parts: parts)
    for (place, (value, number)) in expected.enumerated() {
      let found = try model.value("v\(place)", [], digits: digits)
      #expect(found.undecided == nil, "\(start): \(value): \(found.undecided ?? "")", sourceLocation: sourceLocation)
      let middle = try #require(found.interval(precision: 128)?.anchor?.double(rounding: .nearest))
      #expect(
        abs(middle - number) < 2 * max(1, abs(number)) * pow(10, -Double(digits)), "\(start): \(value): \(middle)",
        sourceLocation: sourceLocation)
    }
  }

  private static let jaynesCummings = (space: "a: boson, q: qubit", hamiltonian: "a'*a + q_z/2 + a*q_p + a'*q_m")

  /// E = sum of x^n sin^2(sqrt(n) t)/(N + 1), x = N/(N + 1): its maxima, passages and integrals by mpmath, 30 digits.
  @Test func `a thermal charger`() throws {
    try Self.expect(
      Self.jaynesCummings.space, Self.jaynesCummings.hamiltonian, "a: thermal(1/8), q: down",
      [
        ("greatest(mean(cell), 3)", 0.106579879206259958),
        ("time_of_first_maximum(mean(cell))", 1.49134324794259217),
        ("greatest(mean(cell)/t)", 0.0824000802671849843),
        ("first_time(mean(cell) = 1/20)", 0.701091016998967190),
        ("average(mean(cell), 2)", 0.0654057370516594131),
        ("first_maximum(weight(q = up))", 0.106579879206259958),
      ], parts: "cell: {of: [q], hamiltonian: (q_z + 1)/2}")
  }

  /// The same with figures of the state: its entropy is that of populations E and 1 - E, and there is no ergotropy while
  /// E < 1/2.
  @Test func `states of a thermal charger`() throws {
    try Self.expect(
      Self.jaynesCummings.space, Self.jaynesCummings.hamiltonian, "a: thermal(1/8), q: down",
      [
        ("average(entropy(q), 1)", 0.131239811295583429),
        ("greatest(largest_eigenvalue(q), 1/2)", 1),
        ("least(purity(q), 3)", 1 - 2 * 0.106579879206259958 * (1 - 0.106579879206259958)),
      ], digits: 4)
  }

  /// H = a'a + g(a + a') moves the mean of a'a from N to N + 2 g^2 (1 - cos t), whatever the state.
  @Test func `a driven oscillator`() throws {
    let (n, square) = (1.0 / 40, 2.0 / 16)
    try Self.expect(
      "a: boson", "a'*a + (a + a')/4", "a: thermal(1/40)",
      [
        ("greatest(mean(a'*a), 4)", n + 2 * square),
        ("first_time(mean(a'*a) = 1/10)", acos(1 - (0.1 - n) / square)),
        ("average(mean(a'*a), 1)", n + square * (1 - sin(1.0))),
      ], digits: 5)
  }

  /// Vectors that elements of the state join keep one phase: <q_x> = 3/5 cos 2t beside a mode that moves without end.
  @Test func `joined vectors of modes`() throws {
    for start in ["coherent(1/4)", "fock(1)", "thermal(1/30)"] {
      try Self.expect(
        "a: boson, q: qubit", "a'*a + q_z + (a + a')/4", "a: \(start), q: \"bloch(3/5, 0, 0)\"",
        [("first_time(mean(q_x) = 3/10)", Double.pi / 6), ("least(mean(q_x), 1)", 0.6 * cos(2.0))], digits: 5)
    }
  }

  /// A mixture of a start that stays on few states, one that leaves every bound, and a thermal one: means add up.
  @Test func `mixtures`() throws {
    let square = 2.0 / 16
    let n = 0.25 * 1 + 0.25 * (1.0 / 9) + 0.5 / 30
    try Self.expect(
      "a: boson, q: qubit", "a'*a + (a + a')/4",
      "mixture: [[1/4, {a: fock(1), q: up}], [1/4, {a: coherent(1/3), q: down}], [1/2, {a: thermal(1/30), q: up}]]",
      [
        // A coherent state moves from alpha to (alpha + g) exp(-it) - g.
        ("average(mean(a'*a), 1)", n + (square + 0.25 / 6) * (1 - sin(1.0)))
      ], digits: 5)
  }

  /// What is left out is bounded up to an end alone where quanta have no bound.
  @Test func `times without an end`() throws {
    let model = try ThermalStartTests.model(
      "a: boson, q: qubit", "a'*a + q_z + (a + a')*q_x/4", "a: thermal(1/30), q: down",
      ["greatest(mean(q_z))", "least(mean(q_z), -1)"])
    #expect(
      try model.value("v0", [], digits: 4).undecided
        == "figures over all times are not served of modes that no conserved number keeps finite; accepted: windows, "
        + "greatest(F, T)")
    let fault = #expect(throws: BadInput.self) { try model.value("v1", [], digits: 4) }
    #expect(fault?.message.hasSuffix("a time is negative, about -1.0; accepted: times t >= 0") == true)
  }
}
