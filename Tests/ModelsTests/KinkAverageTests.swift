import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Means over a window of figures that have no derivative at some times: roots, magnitudes, entropies of populations
/// that vanish. Two qubits exchange one quantum, so that q is down with the probability sin^2(wt).
@Suite struct KinkAverageTests {
  private static let figures = [
    "entropy(q)", "concurrence(q, s)", "negativity(q)", "largest_eigenvalue(q)", "abs(mean(q_z))", "sqrt(mean(cell))",
    "coherence(all)", "abs(mean(q_z) - mean(s_z))/2",
  ]

  private static let text = """
    model: m
    parameters: {w: positive, T: positive}
    space: {q: qubit, s: qubit}
    hamiltonian: w*(q_p*s_m + q_m*s_p)
    start: {q: up, s: down}
    parts: {cell: {of: [s], hamiltonian: (s_z + 1)/2}}
    quantities:
    \(figures.enumerated().map { "  v\($0.offset): {value: \"average(\($0.element), T)\"}" }.joined(separator: "\n"))
    """

  /// The integral of |sin u| from 0 to x.
  private static func sines(_ x: Double) -> Double {
    let turns = (x / Double.pi).rounded(.down)
    return 2 * turns + 1 - cos(x - turns * Double.pi)
  }

  /// The integral of |cos u| from 0 to x.
  private static func cosines(_ x: Double) -> Double { sines(x + Double.pi / 2) - 1 }

  /// The mean of a figure over 0 ... T by closed forms in doubles; of the entropy for whole quarters of a turn alone,
  /// where the mean of h(sin^2 u) is 2 log 2 - 1.
  private static func mean(_ figure: Int, _ w: Double, _ time: Double) -> Double {
    let x = w * time
    return switch figure {
    case 0: 2 * log(2.0) - 1
    case 1, 6: sines(2 * x) / (2 * x)
    case 2: sines(2 * x) / (4 * x)
    case 3: (1 + cosines(2 * x) / (2 * x)) / 2
    case 4, 7: cosines(2 * x) / (2 * x)
    default: sines(x) / x
    }
  }

  private func expect(_ name: String, _ given: [(String, String)], _ number: Double, _ digits: Int, _ label: String)
    throws
  {
    let found = try Model(parsing: Self.text, name: "m.yaml").value(name, given, digits: digits)
    #expect(found.undecided == nil, "\(label): \(name), \(given): \(found.undecided ?? "")")
    let value = try #require(found.interval(precision: 128)?.anchor?.double(rounding: .nearest))
    #expect(abs(value - number) < 2 * pow(10, -Double(digits)), "\(label): \(name), \(given): \(value), \(number)")
  }

  /// By mpmath's quadrature, 30 digits.
  @Test func `entropy from a pure start`() throws {
    try expect("v0", [("w", "1"), ("T", "1")], 0.445678086544833965, 7, "fixed")
    try expect("v0", [("w", "1"), ("T", "4")], 0.391830407187017046, 6, "fixed")
  }

  @Test func `random windows`() throws {
    try RandomCases.run(12) { random, label in
      let figure = Self.figures.indices.randomElement(using: &random) ?? 0
      let (w, n) = (Int.random(in: 1...3, using: &random), Int.random(in: 1...9, using: &random))
      let d = Int.random(in: 2...5, using: &random)
      // Corners: kinks at the end of the window, and in it.
      if figure == 0 || Bool.random(using: &random) {
        let time = Double(n) * Double.pi / 4 / Double(w)
        let isWhole = figure != 0
        let shown = isWhole ? "\(n)*pi/(4*\(w))" : "\(n)*pi/(2*\(w))"
        try expect(
          "v\(figure)", [("w", "\(w)"), ("T", shown)], Self.mean(figure, Double(w), isWhole ? time : 2 * time), 6, label
        )
      } else {
        try expect(
          "v\(figure)", [("w", "\(w)"), ("T", "\(n)/\(d)")],
          Self.mean(figure, Double(w), Double(n) / Double(d)), 6, label)
      }
    }
  }
}
