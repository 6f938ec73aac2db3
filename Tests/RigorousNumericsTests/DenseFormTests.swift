import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct DenseFormTests {
  /// The polynomials between the states against runs of their own, at points and on intervals, near and far.
  @Test func `the form is known at all times`() throws {
    try RandomCases.run(20) { random, label in
      let n = 1 + Int(random.next() % 6)
      let flow = SkewFlow(
        dimension: n + 1, integer: (0..<n).map { .init(row: $0 + 1, column: $0, 1 + Int(random.next() % 9)) })
      let weights = (0...n).map { _ in Int(random.next() % 7) }
      let limit = BigFloat(1, precision: 53, rounding: .nearest)
      let start = FlowState.unit(Int(random.next() % UInt64(n + 1)), dimension: n + 1)
      let dense = try DenseForm(flow, from: start, weights: weights, within: Budget()) { time, _ in time.lower > limit }
      for _ in 0..<10 {
        let time = Rational(Integer(Int(random.next() % 3000)), 1000)
        let width = Rational(Integer(Int(random.next() % 100)), 4096)
        let around = dense.jet(Interval(from: time, to: time + width, precision: 128))
        let point = dense.jet(Interval(time, precision: 128))
        let sharp = dense.jet(Interval(time, precision: 300))
        let state = try flow.evolved(start, for: Interval(time, precision: 300), bits: 200, within: Budget())
        let truth = state.form(weights, precision: 300)
        for jet in [around, point, sharp] {
          #expect(!jet.value.isDisjoint(from: truth), "\(label): \(jet.value) at \(time), \(truth)")
        }
        // On a short interval at high precision the second derivative at its ends is inside.
        let short = Rational(1, 100_000)
        let near = dense.jet(Interval(from: time, to: time + short, precision: 300))
        for end in [time, time + short] {
          let there = dense.jet(Interval(end, precision: 400))
          #expect(there.second.isSubset(of: near.second) && there.first.isSubset(of: near.first), "\(label): \(end)")
        }
        // Slopes over the interval hold the quotient of differences, by the mean value theorem.
        let later = try flow.evolved(start, for: Interval(time + width, precision: 300), bits: 200, within: Budget())
        guard width.signum > 0 else { continue }
        let quotient = (later.form(weights, precision: 300) - truth) / Interval(width, precision: 300)
        #expect(!around.first.isDisjoint(from: quotient), "\(label): \(around.first) against \(quotient)")
        #expect(sharp.first.isSubset(of: around.first) && point.second.isSubset(of: around.second), "\(label)")
      }
    }
  }

  /// A form that is not zero at the start has no greatest power: E/x has no bound near 0.
  @Test func `a form that does not start from zero is refused`() throws {
    let flow = SkewFlow(dimension: 2, integer: [.init(row: 1, column: 0, 1)])
    let start = FlowState([1, Rational(2).power(-40)].map { Interval($0, precision: 64) }, fractionBits: 60)
    #expect(throws: Unanswered(undecided: "the form is not exactly zero at the start")) {
      try PowerMaximum(of: flow, from: start, weights: [0, 1], within: Budget())
    }
    // A longer start vector scales the power by its square.
    let long = FlowState([Interval(3, precision: 64), Interval(0, precision: 64)], fractionBits: 60)
    let nine = try PowerMaximum(of: flow, from: long, weights: [0, 1], within: Budget())
    let one = try PowerMaximum(of: flow, from: .unit(0, dimension: 2), weights: [0, 1], within: Budget())
    let ratio = try nine.value(precision: 160, within: Budget()) / one.value(precision: 160, within: Budget())
    #expect(ratio.contains(9))
  }

  /// Two levels: E = sin(x)^2, whose power is greatest where tan x = 2x. The maximum is that of the function itself.
  @Test func `the power of two levels is that of the squared sine`() throws {
    let flow = SkewFlow(dimension: 2, integer: [.init(row: 1, column: 0, 1)])
    let found = try PowerMaximum(of: flow, from: .unit(0, dimension: 2), weights: [0, 1], within: Budget())
    let known = try PowerMaximum(
      of: { x in
        let context = TaylorJetContext(precision: x.precision)
        return context.power(context.call(.sin, context.variable(x)), 2)
      }, within: Budget())
    #expect(found.isUnique)
    for precision in [160, 300] {
      let (a, b) = (
        try found.value(precision: precision, within: Budget()), try known.value(precision: precision, within: Budget())
      )
      #expect(!a.isDisjoint(from: b) && (a.width.binaryExponent ?? 0) < 20 - precision, "\(a) against \(b)")
      let (x, y) = (
        try found.argument(precision: precision, within: Budget()),
        try known.argument(precision: precision, within: Budget())
      )
      #expect(!x.isDisjoint(from: y) && (x.width.binaryExponent ?? 0) < 20 - precision)
    }
  }
}
