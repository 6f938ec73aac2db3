import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

/// Matrices of enclosures in fixed point: what they are off by is counted.
@Suite struct FixedFormTests {
  /// A symmetric matrix of rationals of very different sizes.
  private func matrix(_ random: inout SplitMix64, _ d: Int) -> [[Rational]] {
    var result = [[Rational]](repeating: Array(repeating: 0, count: d), count: d)
    for i in 0..<d {
      for j in 0...i {
        let size = Rational(2).power(Int(random.next() % 61) - 30)
        let value = Rational(Integer(Int(random.next() % 19) - 9), Integer(Int(random.next() % 5) + 1)) * size
        (result[i][j], result[j][i]) = (value, value)
      }
    }
    return result
  }

  private func form(_ matrix: [[Rational]], _ precision: Int) -> FlowObservable {
    var elements: [(row: Int, column: Int, value: Interval)] = []
    for (i, row) in matrix.enumerated() {
      for (j, value) in row.enumerated() where j >= i { elements.append((i, j, Interval(value, precision: precision))) }
    }
    return FlowObservable(dimension: matrix.count, symmetric: elements, precision: precision)
  }

  /// The columns are the images of unit vectors, exact integers, so the difference from the rationals is known exactly.
  @Test func `the rows of the difference add up to at most the error`() throws {
    try RandomCases.run(40) { random, label in
      let d = 1 + Int(random.next() % 5)
      let exact = matrix(&random, d)
      for (precision, bits) in [(64, 32), (128, 100), (53, 128)] {
        let fixed = FixedForm(form(exact, precision), bits: bits)
        let columns = (0..<d).map { k in fixed.applied(to: (0..<d).map { Integer($0 == k ? 1 : 0) }) }
        var sums = [Rational](repeating: 0, count: d)
        for i in 0..<d {
          for k in 0..<d {
            #expect(columns[k][i] == columns[i][k], "\(label): not symmetric")
            let value = Rational(columns[k][i]) * Rational(2).power(-fixed.fractionBits)
            sums[i] = sums[i] + (value - exact[i][k]).magnitude
          }
        }
        let error = try #require(fixed.error.upper.rational)
        let greatest = exact.joined().map(\.magnitude).max() ?? 0
        for sum in sums { #expect(sum <= error, "\(label): \(sum) above \(error)") }
        // Not more than a unit and the radius for each element.
        #expect(
          error <= 8 * Rational(d) * greatest * Rational(2).power(1 - min(bits, precision)), "\(label): \(error)")
      }
    }
  }

  /// Words are the same integers, and are there only where each row adds up to less than 2^62.
  @Test func `rows of words are the rows`() throws {
    try RandomCases.run(20) { random, label in
      let d = 1 + Int(random.next() % 5)
      let observable = form(matrix(&random, d), 128)
      let fixed = FixedForm(observable, bits: FixedForm.wordBits(observable))
      let words = try #require(fixed.words, "\(label)")
      for k in 0..<d {
        let column = fixed.applied(to: (0..<d).map { Integer($0 == k ? 1 : 0) })
        for j in 0..<d {
          let entry = (words.starts[j]..<words.starts[j + 1]).first { words.columns[$0] == k }
          let value = entry.map { entry in
            let size = Int(words.magnitudes[entry])
            return Integer(words.isNegative[entry] ? -size : size)
          }
          #expect(column[j] == value ?? 0, "\(label): \(j), \(k)")
        }
      }
    }
    #expect(FixedForm(form([[1]], 128), bits: 64).words != nil)
    let large = Rational(2).power(61)
    #expect(FixedForm(form([[large]], 128), bits: 64).words != nil)
    #expect(FixedForm(form([[large, large], [large, 0]], 128), bits: 64).words == nil)
    #expect(FixedForm(form([[2 * large]], 128), bits: 64).words == nil)
  }

  @Test func `integers are exact`() throws {
    let fixed = FixedForm(form([[3, -2], [-2, 0]], 64), bits: 40)
    #expect(fixed.fractionBits == 0 && fixed.error.upper.isZero)
    #expect(fixed.applied(to: [1, 10]) == [-17, -2])
  }
}
