import ArbitraryPrecision
import TestSupport
import Testing

@testable import FastKernels

@Suite struct KernelValueTests {
  /// Of all numbers within the bounds of two the greatest quotient is (a + d)/(b - e), taken in exact rationals.
  @Test func `the bound of a quotient holds its greatest error`() throws {
    func exact(_ x: Double) throws -> Rational { try #require(Rational(exactly: x)) }
    try RandomCases.run(300) { random, label in
      let (a, b) = (Double.random(in: 0.1...10, using: &random), Double.random(in: 0.1...10, using: &random))
      let scale = Double(sign: .plus, exponent: -Int.random(in: 2...50, using: &random), significand: 1)
      let d = a * scale * Double.random(in: 0...1, using: &random)
      let e = b * scale * Double.random(in: 0...1, using: &random)
      let count = Double(Int.random(in: 1...1000, using: &random))
      let found = try KernelValue(value: a, errorBound: d)
        .divided(by: KernelValue(value: b, errorBound: e), times: count)
      let greatest = try (exact(a) + exact(d)) / ((exact(b) - exact(e)) * exact(count))
      let (off, allowed) = try ((greatest - exact(found.value)).magnitude, exact(found.errorBound))
      #expect(off <= allowed, "\(label)")
      // It is not much more than that: by 2^-20 and half a dozen roundings.
      #expect(
        found.errorBound <= (found.value * (d / a + e / b) / (1 - e / b) + 0x1p-50 * found.value) * (1 + 0x1p-19),
        "\(label)")
    }
  }

  /// Both ends of the domain belong to it, and the next doubles do not.
  @Test func `the ends of the domain are accepted and what is beside them is refused`() {
    func isAccepted(_ cells: Double, _ frequency: Double, _ coupling: Double, _ time: Double) -> Bool {
      do throws(KernelRefusal) {
        try KernelDomain.check(
          cells: cells, upTo: 9, named: "9", frequency: frequency, coupling: coupling, time: time)
        return true
      } catch {
        return false
      }
    }
    for x in [0x1p-300, 0x1p300] {
      #expect(isAccepted(1, x, 1, 1) && isAccepted(1, 1, x, 1) && isAccepted(1, 1, 1, x), "\(x)")
    }
    for x in [0x1p-300.nextDown, 0x1p300.nextUp] {
      #expect(!isAccepted(1, x, 1, 1) && !isAccepted(1, 1, x, 1) && !isAccepted(1, 1, 1, x), "\(x)")
    }
    #expect(isAccepted(9, 1, 1, 0) && !isAccepted(1, 0, 1, 1) && !isAccepted(1, 1, 0, 1))
    #expect(!isAccepted(0, 1, 1, 1) && !isAccepted(10, 1, 1, 1) && !isAccepted(1.5, 1, 1, 1))
  }
}
