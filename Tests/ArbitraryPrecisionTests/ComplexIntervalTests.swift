import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@Suite struct ComplexIntervalTests {
  private func rectangle(_ random: inout SplitMix64) -> ComplexInterval {
    ComplexInterval(random.interval(exponents: -6...6), random.interval(exponents: -6...6))
  }

  private func member(_ z: ComplexInterval, _ random: inout SplitMix64) -> (x: Rational, y: Rational) {
    (random.member(of: z.real), random.member(of: z.imaginary))
  }

  @Test func `operations contain the exact results at members`() {
    RandomCases.run(400) { random, label in
      let (z, w) = (rectangle(&random), rectangle(&random))
      let ((a, b), (c, d)) = (member(z, &random), member(w, &random))
      #expect((z + w).real.contains(a + c) && (z - w).imaginary.contains(b - d), "\(label)")
      #expect((z * w).real.contains(a * c - b * d) && (z * w).imaginary.contains(a * d + b * c), "\(label)")
      let norm = c * c + d * d
      guard norm.signum != 0 else { return }
      let quotient = z / w
      #expect(quotient.real.contains((a * c + b * d) / norm), "\(label)")
      #expect(quotient.imaginary.contains((b * c - a * d) / norm), "\(label)")
    }
  }

  /// The square of the enclosed root must hold the number, and the root is the one with a real part that is not negative.
  @Test func `the square of the square root is the number`() {
    RandomCases.run(400) { random, label in
      let z = rectangle(&random)
      let (a, b) = member(z, &random)
      let root = z.squareRoot
      let square = root * root
      #expect(square.real.contains(a) && square.imaginary.contains(b), "\(label)")
      #expect(root.real.lower.signum >= 0, "\(label)")
    }
  }

  @Test func `the root of a point is narrow and on its side`() {
    for (x, y) in [(3, 4), (-3, 4), (3, -4), (-3, -4), (-5, 0), (5, 0), (0, 2), (0, -2)] {
      let root = ComplexInterval(Interval(x, precision: 128), Interval(y, precision: 128)).squareRoot
      let limit = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -60, rounding: .up)
      #expect(root.real.width < limit, "\(x) + \(y) i")
      #expect(y < 0 ? root.imaginary.upper.signum <= 0 : root.imaginary.lower.signum >= 0, "\(x) + \(y) i")
      #expect(root.imaginary.width < limit, "\(x) + \(y) i")
    }
  }

  @Test func `the exponential of a sum meets the product of exponentials`() {
    RandomCases.run(200) { random, label in
      let (z, w) = (rectangle(&random), rectangle(&random))
      let (sum, product) = ((z + w).exponential, z.exponential * w.exponential)
      #expect(!sum.real.isDisjoint(from: product.real), "\(label)")
      #expect(!sum.imaginary.isDisjoint(from: product.imaginary), "\(label)")
      #expect(!z.exponential.magnitude.isDisjoint(from: z.real.exponential), "\(label)")
    }
  }
}
