import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

/// Derivatives in a parameter. Seen to fail with the remainder left out, a sign of the second cross coupling turned, and the factor 2
/// of the dense derivative left out.
@Suite struct FlowVariationTests {
  private struct Case {
    let flow: SkewFlow
    let variation: [SkewFlow.Coupling<Interval>]
    let dimension: Int
    let start: FlowState
    let vector: [Interval]
    private let pairs: [(row: Int, column: Int, a: Int, b: Int)]

    init(_ random: inout SplitMix64) {
      let n = 2 + Int(random.next() % 4)
      dimension = n
      pairs = (0..<n).flatMap { row in (0..<row).map { (row, $0) } }.map {
        ($0.0, $0.1, Int(random.next() % 9) - 4, Int(random.next() % 9) - 4)
      }
      flow = SkewFlow(dimension: n, integer: pairs.map { .init(row: $0.row, column: $0.column, $0.a) })
      variation = pairs.map { .init(row: $0.row, column: $0.column, Interval($0.b, precision: 128)) }
      vector = (0..<n).map { _ in Interval(Int(random.next() % 7) - 3, precision: 400) }
      start = FlowState(vector, fractionBits: 8)
    }

    /// w(t) from the exponential of the matrix ((A, 0), (B, A)), in interval arithmetic.
    func twin(_ time: Rational) throws -> (v: [Interval], w: [Interval]) {
      var matrix = SparseGenerator(dimension: 2 * dimension, precision: 400)
      for (row, column, a, b) in pairs {
        for (sign, i, j) in [(1, row, column), (-1, column, row)] {
          let (x, y) = (
            Interval(time * Rational(Integer(sign * a)), precision: 400), time * Rational(Integer(sign * b))
          )
          matrix.set(row: i, column: j, x)
          matrix.set(row: i + dimension, column: j + dimension, x)
          matrix.set(row: i + dimension, column: j, Interval(y, precision: 400))
        }
      }
      let zeros = [Interval](repeating: Interval(0, precision: 400), count: dimension)
      let end = try matrix.exponentialAction(on: vector + zeros, within: Budget())
      return (Array(end[..<dimension]), Array(end[dimension...]))
    }
  }

  @Test func `the derivative of the end is that of the variational equation`() throws {
    try RandomCases.run(20) { random, label in
      let example = Case(&random)
      let time = Rational(Integer(Int(random.next() % 3001) - 1500), 1000)
      let truth = try example.twin(time).w
      for bits in [10, 60, 200] {
        let t = Interval(time, precision: 500)
        let variation = FlowVariation(of: example.flow, along: example.variation, until: t, bits: bits)
        let found = try variation.derivative(of: example.start, for: t, within: Budget())
        var distance = Interval(0, precision: 400)
        for (k, exact) in truth.enumerated() { distance += (found.stored(k, precision: 500) - exact).squared }
        #expect(distance.squareRoot.lower <= found.error, "\(label): \(bits) bits, \(found.error.hexadecimal)")
        // |B| |t| < 2^5 here, |v| < 2^4.
        #expect(found.error.binaryExponent ?? -999 <= 22 - bits, "\(label): \(found.error.hexadecimal) at \(bits) bits")
      }
    }
  }

  @Test func `the derivative of a form is known at all times`() throws {
    try RandomCases.run(6) { random, label in
      let example = Case(&random)
      let weights = (0..<example.dimension).map { _ in Int(random.next() % 5) }
      let end = Interval(Rational(3, 2), precision: 128)
      let variation = FlowVariation(of: example.flow, along: example.variation, until: end, bits: 24)
      let dense = try variation.denseDerivative(of: weights, from: example.start, within: Budget())
      for _ in 0..<8 {
        let time = Rational(Integer(Int(random.next() % 1400)), 1000)
        let (v, w) = try example.twin(time)
        var truth = Interval(0, precision: 400)
        for (k, weight) in weights.enumerated() { truth += (2 * weight) * (v[k] * w[k]) }
        let point = dense(Interval(time, precision: 128))
        #expect(!point.isDisjoint(from: truth), "\(label): \(point) at \(time), \(truth)")
        #expect(point.width.binaryExponent ?? -99 <= 8, "\(label): \(point)")
        let around = dense(Interval(from: time, to: time + Rational(1, 1000), precision: 128))
        #expect(!around.isDisjoint(from: truth), "\(label)")
      }
    }
  }

  /// Two levels with coupling 1 + p: E = sin(t)^2 at p = 0, and its derivative is t sin(2t), also beyond the time that was announced.
  @Test func `times beyond those announced have right derivatives`() throws {
    let flow = SkewFlow(dimension: 2, integer: [.init(row: 1, column: 0, 1)])
    for (bits, end, times) in [
      (10, Rational(1), [Rational(1), 3]), (24, Rational(1, 100), [Rational(3, 10), 1]), (4, 3, [90]),
    ] {
      let variation = FlowVariation(
        of: flow, along: [.init(row: 1, column: 0, Interval(1, precision: 64))], until: Interval(end, precision: 64),
        bits: bits)
      let dense = try variation.denseDerivative(of: [0, 1], from: .unit(0, dimension: 2), within: Budget())
      for time in times {
        for precision in [128, 200] {
          let t = Interval(time, precision: precision)
          let truth = Interval(time, precision: 300) * Interval(2 * time, precision: 300).sine
          #expect(!dense(t).isDisjoint(from: truth), "\(bits) bits, until \(end), at \(time): \(dense(t))")
        }
      }
    }
  }

  /// Three levels with couplings p and 1: the end is cos(sqrt(1 + p^2) t) in the middle, whose derivative at p = 3/4 is
  /// -sin(5t/4) t 3/5.
  @Test func `three levels have the derivative of the closed form`() throws {
    let couplings: [SkewFlow.Coupling<Interval>] = [
      .init(row: 1, column: 0, Interval(Rational(3, 4), precision: 300)),
      .init(row: 2, column: 1, Interval(1, precision: 300)),
    ]
    let flow = SkewFlow(dimension: 3, real: couplings)
    let t = Interval(Rational(7, 3), precision: 300)
    let variation = FlowVariation(
      of: flow, along: [.init(row: 1, column: 0, Interval(1, precision: 300))], until: t, bits: 200)
    let w = try variation.derivative(of: .unit(1, dimension: 3), for: t, within: Budget())
    let phase = 5 * t / 4
    let expected = -(3 * (phase.sine * t)) / 5
    #expect(!w.element(1).isDisjoint(from: expected) && (w.element(1).width.binaryExponent ?? 0) < -190)
  }
}
