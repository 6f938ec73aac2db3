import ArbitraryPrecision
import TestSupport
import Testing

@testable import FastKernels

/// Bounds of a Taylor step against the values of its polynomial at many points, in exact rationals.
@Suite struct ClassicalPowerCellTests {
  private static func exact(_ x: Double) throws -> Rational { try #require(Rational(exactly: x)) }

  /// W(t) for the coefficients.
  private static func value(_ terms: [Double], _ t: Rational) throws -> Rational {
    try terms.reversed().reduce(Rational(0)) { try $0 * t + exact($1) }
  }

  /// Coefficients of both signs that fall off as those of a step do.
  private static func random(from first: Int, using random: inout some RandomNumberGenerator) -> [Double] {
    (0...12).map { k in k < first ? 0 : Double.random(in: -1...1, using: &random) / Double(1 << k) }
  }

  @Test func `no power in the first step is above its bound, which the greatest terms reach`() throws {
    try RandomCases.run(200) { random, label in
      let terms = Self.random(from: 1, using: &random)
      let length = Double.random(in: 0.01...2, using: &random)
      let end = Double.random(in: 0.1...1, using: &random)
      try terms.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let error = 0x1p-10
        let cell = ClassicalPowerCell(start: 0, length: length, error: error, terms: base, order: 12)
        let bound = cell.powerBoundAtZero(end)
        for sample in 1...50 {
          let t = try Self.exact(end) * Rational(Integer(sample), 50)
          let power = try Self.value(terms, t) / (Self.exact(length) * t)
          #expect(try power + Self.exact(error) / Self.exact(length) <= Self.exact(bound), "\(label)")
        }
        // W_1, and the second term with the magnitudes of later ones where that is positive: raised by less than 2^-38
        // of the magnitudes.
        let (length, end) = try (Self.exact(length), Self.exact(end))
        let later = try Self.value([0, 0] + terms[3...].map(abs), end) / end
        let bend = try max(Rational(0), end * (Self.exact(terms[2]) + later))
        let sum = try (Self.exact(terms[1]) + bend + Self.exact(error)) / length
        let sizes = try Self.value(terms.map(abs), end) / (length * end)
        let raised = try sum + sizes * Self.exact(0x1p-38)
        #expect(try sum <= Self.exact(bound) && Self.exact(bound) <= raised, "\(label)")
      }
    }
  }

  @Test func `no value within a distance is above the bound of the excess`() throws {
    try RandomCases.run(200) { random, label in
      let terms = Self.random(from: 0, using: &random)
      let (start, length) = (Double.random(in: 0.1...3, using: &random), Double.random(in: 0.01...2, using: &random))
      let (power, half) = (Double.random(in: 0...2, using: &random), Double.random(in: 0.001...0.5, using: &random))
      let middle = Double.random(in: half...1 - half, using: &random)
      try terms.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let cell = ClassicalPowerCell(start: start, length: length, error: 0, terms: base, order: 12)
        let jet = cell.jet(middle)
        let excess = cell.excess(jet, over: power, within: half)
        for sample in -25...25 {
          let t = middle + half * Double(sample) / 25
          let (w, h, l, s) = try (
            Self.value(terms, Self.exact(t)), Self.exact(power), Self.exact(length), Self.exact(start)
          )
          #expect(try w - h * (s + l * Self.exact(t)) <= Self.exact(excess), "\(label)")
        }
      }
    }
  }

  @Test func `a cell that is called concave lies below its tangent`() throws {
    var concave = 0
    try RandomCases.run(400) { random, label in
      var terms = Self.random(from: 0, using: &random)
      terms[2] = -Double.random(in: 0...3, using: &random)
      let half = Double.random(in: 0.001...0.5, using: &random)
      let middle = Double.random(in: half...1 - half, using: &random)
      try terms.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let cell = ClassicalPowerCell(start: 1, length: 0.5, error: 0, terms: base, order: 12)
        let jet = cell.jet(middle)
        guard cell.isConcave(jet, within: half) else { return }
        concave += 1
        let center = try Self.exact(middle)
        let height = try Self.value(terms, center)
        let slope = try Self.value(terms.indices.dropFirst().map { Double($0) * terms[$0] }, center)
        let bound = cell.powerBound(tangent: jet, middle - half, middle + half)
        for sample in -25...25 {
          let t = middle + half * Double(sample) / 25
          let (time, w) = try (Self.exact(t), Self.value(terms, Self.exact(t)))
          #expect(w <= height + slope * (time - center), "\(label)")
          #expect(try w / (Rational(1) + time / Rational(2)) <= Self.exact(bound), "\(label)")
        }
      }
    }
    #expect(concave > 50)
  }
}
