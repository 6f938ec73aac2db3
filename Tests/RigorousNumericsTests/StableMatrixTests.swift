import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct StableMatrixTests {
  private static func matrix(_ rows: [[Rational]]) throws -> StableMatrix? {
    try StableMatrix(dimension: rows.count, entries(rows), within: Budget())
  }

  private static func entries(_ rows: [[Rational]]) -> [ContractiveFlow.Entry] {
    rows.enumerated().flatMap { i, row in
      row.enumerated().map { ContractiveFlow.Entry(i, $0, Interval($1, precision: 256)) }
    }
  }

  /// Skew matrices minus positive diagonals, in another basis: (1 + N) A (1 - N) with N^2 = 0.
  @Test func `solutions hold what multiplies to the right side`() throws {
    try RandomCases.run(40) { random, label in
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
      let x = (0..<n).map { _ in Rational(Int.random(in: -99...99, using: &random)) / 13 }
      let right = rows.map { row in zip(row, x).reduce(Rational(0)) { $0 + $1.0 * $1.1 } }
      let stable = try #require(try Self.matrix(rows), "\(label): \(rows)")
      let found = try stable.solution(
        right.map { Interval($0, precision: 256) }, precision: 256, within: Budget())
      for (a, b) in zip(found, x) {
        #expect(a.contains(b), "\(label): \(rows)")
        #expect(a.width.double(rounding: .up) < 1e-60, "\(label): \(rows)")
      }
    }
  }

  /// A conserved quantity whose border is left out, a turning pair, and growth.
  @Test func `eigenvalues on the imaginary axis and beyond are not passed`() throws {
    let one = Rational(1)
    #expect(try Self.matrix([[-one, one], [one, -one]]) == nil)
    #expect(try Self.matrix([[-one, one], [one, -one * 2]]) != nil)
    #expect(try Self.matrix([[0, one], [-one, 0]]) == nil)
    #expect(try Self.matrix([[0, one], [-one, -Rational(1, 1000)]]) != nil)
    #expect(try Self.matrix([[-one, 0], [0, Rational(1, 1_000_000)]]) == nil)
    #expect(try Self.matrix([[one]]) == nil)
    #expect(try Self.matrix([[0]]) == nil)
    // Of two that differ by less than what is known of an element.
    let known = Interval(from: -2, to: 0, precision: 64)
    #expect(try StableMatrix(dimension: 1, [.init(0, 0, known)], within: Budget()) == nil)
  }
}
