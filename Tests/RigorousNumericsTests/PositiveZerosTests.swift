import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Zeros of polynomials on the positive half line, against polynomials made of known factors.
@Suite struct PositiveZerosTests {
  /// The product of polynomials by rising power.
  private func product(_ factors: [[Rational]]) -> [Rational] {
    factors.reduce([1]) { left, right in
      var result = Array(repeating: Rational(0), count: left.count + right.count - 1)
      for (i, x) in left.enumerated() { for (j, y) in right.enumerated() { result[i + j] = result[i + j] + x * y } }
      return result
    }
  }

  private func zeros(_ coefficients: [Rational], precision: Int) throws -> PositiveZeros? {
    try PositiveZeros(coefficients: coefficients.map { Interval($0, precision: precision) }, within: Budget())
  }

  @Test func `simple zeros are found, each once, and no others`() throws {
    try RandomCases.run(40) { random, label in
      var roots: Set<Rational> = []
      for _ in 0..<random.next() % 6 {
        let size = Rational(2).power(Int(random.next() % 80) - 40)
        let root = Rational(Integer(1 + Int(random.next() % 1000)), 1000) * size
        roots.insert(root)
        // A neighbour at a small distance in one case of three.
        if random.next() % 3 == 0 { roots.insert(root * (1 + Rational(2).power(-30))) }
      }
      // In order: that of a set is another one in each run.
      var factors = roots.sorted().map { [-$0, Rational(1)] }
      for _ in 0..<random.next() % 4 {
        // Negative zeros, and pairs of complex ones near the axis.
        let x = Rational(Integer(1 + Int(random.next() % 1000)), 100)
        factors.append(random.next() % 2 == 0 ? [x, 1] : [x * x * (1 + Rational(2).power(-12)), -2 * x, 1])
      }
      if random.next() % 2 == 0 { factors.append([-1]) }
      let polynomial = product(factors)
      let found = try #require(try zeros(polynomial, precision: 600), "\(label): \(polynomial)")
      let rising = roots.sorted()
      #expect(found.zeros.count == rising.count, "\(label): \(polynomial)")
      for (zero, root) in zip(found.zeros, rising) {
        #expect(zero.contains(root), "\(label): \(root)")
        // Sharp to the distance of neighbours and far beyond.
        #expect(
          (zero / Interval(root, precision: 600) - 1).magnitude
            < Interval(1, precision: 64).scaled(byPowerOfTwo: -100).upper)
      }
      #expect(found.firstSign == polynomial[0].signum, "\(label)")
    }
  }

  @Test func `double zeros and unsharp coefficients are not decided`() throws {
    let double = product([[-1, 1], [-1, 1], [3, 1]])
    #expect(try zeros(double, precision: 200) == nil)
    // A pair of complex zeros at a distance 2^-60 of the axis needs more than 64 bits.
    let near = product([[1 + Rational(2).power(-120), -2, 1]])
    #expect(try zeros(near, precision: 64) == nil)
    #expect(try #require(try zeros(near, precision: 400)).zeros.isEmpty)
    // The sign at an end must be certain.
    let wide = try #require(Interval(exactlyFrom: -1, to: 1, precision: 64))
    #expect(try PositiveZeros(coefficients: [wide, Interval(1, precision: 64)], within: Budget()) == nil)
  }

  @Test func `constants and enclosures`() throws {
    #expect(try #require(try zeros([-3], precision: 64)).zeros.isEmpty)
    // Every member of an enclosure has its zero in the answer.
    let wide = try #require(Interval(exactlyFrom: -2.25, to: -2, precision: 64))
    let found = try #require(try PositiveZeros(coefficients: [wide, Interval(1, precision: 64)], within: Budget()))
    #expect(found.zeros.count == 1)
    #expect(found.zeros[0].contains(2) && found.zeros[0].contains(Rational(9, 4)))
  }
}
