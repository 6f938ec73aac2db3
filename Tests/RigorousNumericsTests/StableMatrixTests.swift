import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct StableMatrixTests {
  private static func isProved(_ rows: [[Rational]]) throws -> Bool {
    try StableMatrix.isProved(dimension: rows.count, InvertibleMatrixTests.entries(rows), within: Budget())
  }

  /// Skew matrices minus positive diagonals, in another basis: (1 + N) A (1 - N) with N^2 = 0.
  @Test func `damped rotations are stable, and not if one of them is driven`() throws {
    try RandomCases.run(30) { random, label in
      let n = Int.random(in: 1...7, using: &random)
      var rows = Array(repeating: Array(repeating: Rational(0), count: n), count: n)
      for i in 0..<n {
        rows[i][i] = -Rational(Int.random(in: 1...9, using: &random)) / 7
        for j in 0..<i {
          rows[i][j] = Rational(Int.random(in: -9...9, using: &random)) / 3
          rows[j][i] = -rows[i][j]
        }
      }
      if n > 1 {
        let factor = Rational(Int.random(in: -20...20, using: &random))
        for j in 0..<n { rows[0][j] = rows[0][j] + factor * rows[n - 1][j] }
        for i in 0..<n { rows[i][n - 1] = rows[i][n - 1] - factor * rows[i][0] }
      }
      let isStable = try Self.isProved(rows)
      #expect(isStable, "\(label): \(rows)")
      // Some eigenvalue has the mean of all as its real part, or a greater one.
      let trace = (0..<n).reduce(Rational(0)) { $0 + rows[$1][$1] }
      for i in 0..<n { rows[i][i] = rows[i][i] - trace / Rational(Integer(n)) }
      let isStill = try Self.isProved(rows)
      #expect(!isStill, "\(label): \(rows)")
    }
  }

  /// A conserved quantity whose border is left out, a turning pair, and growth.
  @Test func `eigenvalues on the imaginary axis and beyond are not passed`() throws {
    let one = Rational(1)
    let cases: [(rows: [[Rational]], isStable: Bool)] = [
      ([[-one, one], [one, -one]], false), ([[-one, one], [one, -one * 2]], true), ([[0, one], [-one, 0]], false),
      ([[0, one], [-one, -Rational(1, 1000)]], true), ([[-one, 0], [0, Rational(1, 1_000_000)]], false),
      ([[one]], false), ([[0]], false),
    ]
    for (rows, isStable) in cases {
      let isProved = try Self.isProved(rows)
      #expect(isProved == isStable, "\(rows)")
    }
    // Of two that differ by less than what is known of an element.
    let known = Interval(from: -2, to: 0, precision: 64)
    let isProved = try StableMatrix.isProved(dimension: 1, [.init(0, 0, known)], within: Budget())
    #expect(!isProved)
  }
}
