import ArbitraryPrecision
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Coherent starts under Hamiltonians that keep quanta: parts turn by themselves, and what is between them is seen.
@Suite struct ClosedPartsTests {
  /// Two modes, H = w a'a + (w + d) b'b + g (a'b + a b'), from coherent(alpha) and the vacuum: both stay coherent, with
  ///
  ///     beta(t) = -i alpha (g/W) sin(W t) e^(-i (w + d/2) t),   W = sqrt(g^2 + d^2/4),
  ///
  /// by the 2 x 2 matrix of the classical equations. Without d the diagonal is one number in each part.
  @Test func `amplitudes between parts keep their phases`() throws {
    try RandomCases.run(6) { random, label in
      let w = Rational(Integer(Int(random.next() % 19) - 9), 4)
      let d = random.next() % 2 == 0 ? Rational(0) : Rational(Integer(1 + Int(random.next() % 9)), 3)
      let g = Rational(Integer(1 + Int(random.next() % 5)), 4)
      let alpha = Rational(Integer(1 + Int(random.next() % 6)), 4)
      let t = Rational(Integer(1 + Int(random.next() % 12)), 5)
      let model = try ModesTableTests.model(
        "a: boson, b: boson", "(\(w))*a'*a + (\(w + d))*b'*b + \(g)*(a'*b + a*b')", "a: coherent(\(alpha)), b: fock(0)",
        ["real": "mean(b + b')/2", "imaginary": "mean(i*(b' - b))/2", "energy": "mean(b'*b)"])
      func number(_ value: Rational) -> Interval { Interval(value, precision: 192) }
      let rate = (number(g).squared + number(d / 2).squared).squareRoot
      let size = number(alpha) * number(g) / rate * (rate * number(t)).sine
      let angle = number((w + d / 2) * t)
      // -i e^(-i x) = -sin x - i cos x.
      let expected = ["real": -size * angle.sine, "imaginary": -size * angle.cosine, "energy": size.squared]
      for (name, value) in expected {
        let found = try #require(try model.value(name, [("t", "\(t)")], digits: 20).interval(precision: 192))
        #expect(!found.isDisjoint(from: value), "\(label): \(name) \(found), not \(value)")
        #expect(found.width.double(rounding: .up) < 1e-19, "\(label): \(name) \(found)")
      }
    }
  }
}
