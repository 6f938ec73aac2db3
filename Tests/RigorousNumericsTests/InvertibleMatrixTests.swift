import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct InvertibleMatrixTests {
  static func entries(_ rows: [[Rational]]) -> [ContractiveFlow.Entry] {
    rows.enumerated().flatMap { i, row in
      row.enumerated().map { ContractiveFlow.Entry(i, $0, Interval($1, precision: 256)) }
    }
  }

  private static func system(_ rows: [[Rational]]) throws -> InvertibleMatrix? {
    try InvertibleMatrix(dimension: rows.count, entries(rows), within: Budget())
  }

  /// Right sides made of known solutions; matrices above and below the size of a block of columns, with rows that
  /// change places.
  @Test func `solutions hold what multiplies to the right side`() throws {
    try RandomCases.run(24) { random, label in
      let n =
        random.next() % 12 == 0 ? Int.random(in: 128...140, using: &random) : Int.random(in: 1...9, using: &random)
      var rows = Array(repeating: Array(repeating: Rational(0), count: n), count: n)
      for i in 0..<n {
        for j in 0..<n where n < 10 || random.next() % 8 == 0 {
          rows[i][j] = Rational(Int.random(in: -9...9, using: &random)) / 3
        }
        // So that rows are told apart, far from the diagonal.
        rows[i][(i + n / 2) % n] = Rational(5 * n)
      }
      let x = (0..<n).map { _ in Rational(Int.random(in: -99...99, using: &random)) / 13 }
      let right = rows.map { row in zip(row, x).reduce(Rational(0)) { $0 + $1.0 * $1.1 } }
      let system = try #require(try Self.system(rows), "\(label)")
      let found = try system.solution(
        right.map { Interval($0, precision: 256) }, precision: 256, within: Budget())
      for (a, b) in zip(found, x) {
        #expect(a.contains(b), "\(label)")
        #expect(a.width.double(rounding: .up) < 1e-60, "\(label)")
      }
      // |A^-1 v| <= |A^-1| |v| in the greatest element.
      let (size, image) = (
        x.map { abs(Interval($0, precision: 64).anchor?.double(rounding: .nearest) ?? 0) }.max() ?? 0,
        right.map { abs(Interval($0, precision: 64).anchor?.double(rounding: .nearest) ?? 0) }.max() ?? 0
      )
      #expect(size <= system.inverseNorm.upper.double(rounding: .up) * image * (1 + 1e-12), "\(label)")
    }
  }

  @Test func `singular matrices are not passed, and those that may be`() throws {
    let one = Rational(1)
    let cases: [(rows: [[Rational]], isProved: Bool)] = [
      ([[one, one], [one, one]], false), ([[0]], false), ([[one, one], [one, one + Rational(1, 1000)]], true),
      ([[one, one], [one, one + Rational(2).power(-70)]], false),
      ([[one, 2 * one, 3 * one], [one, 0, one], [2 * one, 2 * one, 4 * one]], false),
    ]
    for (rows, isProved) in cases {
      let system = try Self.system(rows)
      #expect((system != nil) == isProved, "\(rows)")
    }
    for (end, isProved) in [(Rational(-1), false), (Rational(2), true)] {
      let element = Interval(from: min(end, 1), to: max(end, 1), precision: 64)
      let system = try InvertibleMatrix(dimension: 1, [.init(0, 0, element)], within: Budget())
      #expect((system != nil) == isProved)
    }
  }

  /// What is proved is proved of the inverse that is given: one that is wrong in an element proves nothing.
  @Test func `a wrong inverse is seen`() throws {
    let rows: [[Rational]] = [[2, 1, 0], [1, -3, 1], [0, 1, 4]]
    let (matrix, _, _) = try #require(IntegerMatrix.make(InvertibleMatrix.rows(3, Self.entries(rows))))
    let inverse = try #require(try matrix.doubles.inverse(within: Budget()))
    let scale = 0x1p50
    let numbers = inverse.elements.map { Int64(($0 * scale).rounded()) }
    let right = try InvertibleMatrix.proof(of: matrix, by: numbers, 50, within: Budget())
    #expect(right.rest.upper.double(rounding: .up) < 0x1p-40)
    for place in numbers.indices {
      var wrong = numbers
      wrong[place] += Int64(scale)
      let found = try InvertibleMatrix.proof(of: matrix, by: wrong, 50, within: Budget())
      // The row of the inverse is off by a unit, and with it a row of the product by a row of A/8.
      #expect(found.rest.lower.double(rounding: .down) > 0.1, "\(place)")
    }
  }

  /// |1 - R A| by rationals beside that of the integers.
  @Test func `the residual is that of exact arithmetic`() throws {
    try RandomCases.run(20) { random, label in
      let n = Int.random(in: 1...5, using: &random)
      let rows = (0..<n).map { i in
        (0..<n).map { j in Rational(Int.random(in: -8...8, using: &random) + (i == j ? 40 : 0)) }
      }
      let (matrix, exponent, _) = try #require(IntegerMatrix.make(InvertibleMatrix.rows(n, Self.entries(rows))))
      let numbers = (0..<n * n).map { _ in Int64.random(in: -(1 << 50)...(1 << 50), using: &random) }
      let found = try InvertibleMatrix.proof(of: matrix, by: numbers, 50, within: Budget())
      let unit = Rational(2).power(-50)
      var (greatest, norm) = (Rational(0), Rational(0))
      for i in 0..<n {
        var (sum, size) = (Rational(0), Rational(0))
        for j in 0..<n {
          let product = (0..<n).reduce(Rational(0)) {
            $0 + Rational(Integer(Int(numbers[i * n + $1]))) * unit * rows[$1][j] * Rational(2).power(-exponent)
          }
          sum = sum + ((i == j ? 1 : 0) - product).magnitude
          size = size + (Rational(Integer(Int(numbers[i * n + j]))) * unit).magnitude
        }
        (greatest, norm) = (max(greatest, sum), max(norm, size))
      }
      #expect(found.rest.upper >= Interval(greatest, precision: 64).lower, "\(label)")
      #expect((found.rest - Interval(greatest, precision: 64)).magnitude.double(rounding: .up) < 1e-10, "\(label)")
      #expect(found.norm.contains(norm), "\(label)")
    }
  }
}
