import TestSupport
import Testing

@testable import FastKernels

/// Bounds of a Taylor step against the values of its polynomial at many points, summed by powers.
@Suite struct ClassicalDickeCellTests {
  /// W(t) for the coefficients.
  private static func value(_ terms: [Double], _ t: Double) -> Double {
    var (power, sum) = (1.0, 0.0)
    for term in terms {
      sum += term * power
      power *= t
    }
    return sum
  }

  /// Coefficients of both signs that fall off as those of a step do.
  private static func random(from first: Int, using random: inout some RandomNumberGenerator) -> [Double] {
    (0...12).map { k in k < first ? 0 : Double.random(in: -1...1, using: &random) / Double(1 << k) }
  }

  @Test func `no power in the first step is above its bound, which the greatest terms reach`() {
    RandomCases.run(200) { random, label in
      let terms = Self.random(from: 2, using: &random)
      let length = Double.random(in: 0.01...2, using: &random)
      let end = Double.random(in: 0.1...1, using: &random)
      terms.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let cell = ClassicalDickeCell(start: 0, length: length, error: 1e-3, terms: base, order: 12)
        let bound = cell.powerBoundAtZero(end)
        for sample in 1...50 {
          let t = end * Double(sample) / 50
          #expect(Self.value(terms, t) / (length * t) + 1e-3 / length <= bound, "\(label)")
        }
        let sizes = Self.value(terms.map(abs), end) / (length * end) + 1e-3 / length
        #expect(abs(bound - sizes) <= 1e-9 * sizes, "\(label)")
      }
    }
  }

  @Test func `no value within a distance is above the bound of the excess`() {
    RandomCases.run(200) { random, label in
      let terms = Self.random(from: 0, using: &random)
      let (start, length) = (Double.random(in: 0.1...3, using: &random), Double.random(in: 0.01...2, using: &random))
      let (power, half) = (Double.random(in: 0...2, using: &random), Double.random(in: 0.001...0.5, using: &random))
      let middle = Double.random(in: half...1 - half, using: &random)
      terms.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let cell = ClassicalDickeCell(start: start, length: length, error: 0, terms: base, order: 12)
        let jet = cell.jet(middle)
        let excess = cell.excess(jet, over: power, within: half)
        for sample in -25...25 {
          let t = middle + half * Double(sample) / 25
          #expect(Self.value(terms, t) - power * (start + length * t) <= excess, "\(label)")
        }
      }
    }
  }

  @Test func `a cell that is called concave lies below its tangent`() {
    var concave = 0
    RandomCases.run(400) { random, label in
      var terms = Self.random(from: 0, using: &random)
      terms[2] = -Double.random(in: 0...3, using: &random)
      let half = Double.random(in: 0.001...0.5, using: &random)
      let middle = Double.random(in: half...1 - half, using: &random)
      terms.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let cell = ClassicalDickeCell(start: 1, length: 0.5, error: 0, terms: base, order: 12)
        let jet = cell.jet(middle)
        guard cell.isConcave(jet, within: half) else { return }
        concave += 1
        let bound = cell.powerBound(tangent: jet, middle - half, middle + half)
        for sample in -25...25 {
          let t = middle + half * Double(sample) / 25
          #expect(Self.value(terms, t) <= jet.value + jet.slope * (t - middle) + 1e-14, "\(label)")
          #expect(Self.value(terms, t) / (1 + 0.5 * t) <= bound, "\(label)")
        }
      }
    }
    #expect(concave > 50)
  }
}
