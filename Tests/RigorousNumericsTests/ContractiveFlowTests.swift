import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct ContractiveFlowTests {
  private static func number(_ x: Rational) -> Interval { Interval(x, precision: 320) }
  private static let one = BigFloat(1, precision: 64, rounding: .up)

  /// A skew matrix minus a diagonal one that is not negative: a flow that does not enlarge the 2-norm.
  private static func matrix(_ d: Int, _ random: inout SplitMix64) -> [[Rational]] {
    var rows = Array(repeating: Array(repeating: Rational(0), count: d), count: d)
    for i in 0..<d {
      rows[i][i] = -Rational(Int.random(in: 0...3, using: &random)) / 2
      for j in 0..<i where random.next() % 3 > 0 {
        rows[i][j] = Rational(Int.random(in: -9...9, using: &random)) / 4
        rows[j][i] = -rows[i][j]
      }
    }
    return rows
  }

  private static func entries(_ rows: [[Rational]]) -> [ContractiveFlow.Entry] {
    rows.indices.flatMap { i in rows.indices.map { ContractiveFlow.Entry(i, $0, number(rows[i][$0])) } }
  }

  @Test func `states meet those of the exponential`() throws {
    try RandomCases.run(60) { random, label in
      let d = Int(random.next() % 5) + 1
      let rows = Self.matrix(d, &random)
      let time = [Rational(0), Rational(1, 1000), 1, Rational(37, 10), 40][Int(random.next() % 5)]
      let flow = ContractiveFlow(
        dimension: d, constant: Self.entries(rows), spread: Interval(1, precision: 64))
      var exponent = IntervalMatrix(zero: d, precision: 320)
      for i in 0..<d { for j in 0..<d { exponent[i, j] = Self.number(rows[i][j] * time) } }
      let exact = try exponent.exponential(within: Budget())
      let bits = [20, 64, 130][Int(random.next() % 3)]
      let end = try flow.evolved(
        .unit(0, dimension: d), size: Self.one, until: Self.number(time), bits: bits, within: Budget())
      #expect(end.error.double(rounding: .up) < Double(sign: .plus, exponent: -bits, significand: 2), "\(label)")
      for i in 0..<d {
        #expect(!end.element(i).isDisjoint(from: exact[i, 0]), "\(label): element \(i) of \(rows), t = \(time)")
      }
    }
  }

  /// x' = (f(t) J - g) x turns by the integral of f, and shrinks.
  @Test(arguments: [16, 60, 150]) func `a drive turns by its integral`(bits: Int) throws {
    // f = 1/(1 + (t - 5)^2), and the integral is atan(t - 5) + atan(5).
    let drive = ContractiveFlow.Drive(count: 1) { context, time throws(Unanswered) in
      let s = context.difference(context.variable(time), context.number(5))
      return [context.quotient(context.number(1), context.sum(context.number(1), context.power(s, 2)))]
    }
    let turn = [ContractiveFlow.Entry(0, 1, Self.number(-3)), ContractiveFlow.Entry(1, 0, Self.number(3))]
    let loss = [0, 1].map { ContractiveFlow.Entry($0, $0, Self.number(Rational(-1, 8))) }
    let flow = ContractiveFlow(
      dimension: 2, constant: loss, driven: [turn], drive: drive, spread: Interval(1, precision: 64))
    for t in [0, 1, 5, 12] {
      let time = Self.number(Rational(t))
      let end = try flow.evolved(.unit(0, dimension: 2), size: Self.one, until: time, bits: bits, within: Budget())
      let angle = 3 * ((time - 5).arctangent + Self.number(5).arctangent)
      let size = (-time / 8).exponential
      #expect(end.error.double(rounding: .up) < Double(sign: .plus, exponent: -bits, significand: 4))
      #expect(!end.element(0).isDisjoint(from: size * angle.cosine), "t = \(t)")
      #expect(!end.element(1).isDisjoint(from: size * angle.sine), "t = \(t)")
    }
  }

  /// The distance between the true states of two times is part of the error where the time is an interval.
  @Test func `a time in an interval holds the states of its ends`() throws {
    let turn = [ContractiveFlow.Entry(0, 1, Self.number(-1)), ContractiveFlow.Entry(1, 0, Self.number(1))]
    let flow = ContractiveFlow(dimension: 2, constant: turn, spread: Interval(1, precision: 64))
    let time = Self.number(1).hull(Self.number(Rational(11, 10)))
    let end = try flow.evolved(.unit(0, dimension: 2), size: Self.one, until: time, bits: 60, within: Budget())
    for t in [Rational(1), Rational(21, 20), Rational(11, 10)] {
      let (found, exact) = (end.element(0), Self.number(t).cosine)
      #expect(found.lower <= exact.lower && exact.upper <= found.upper)
    }
  }

  @Test func `a drive with a kink is not seen to be analytic`() throws {
    let drive = ContractiveFlow.Drive(count: 1) { context, time throws(Unanswered) in
      [context.call(.abs, context.difference(context.variable(time), context.number(1)))]
    }
    let turn = [ContractiveFlow.Entry(0, 1, Self.number(-1)), ContractiveFlow.Entry(1, 0, Self.number(1))]
    let flow = ContractiveFlow(
      dimension: 2, constant: [], driven: [turn], drive: drive, spread: Interval(1, precision: 64))
    #expect(throws: Unanswered.self) {
      try flow.evolved(.unit(0, dimension: 2), size: Self.one, until: Self.number(2), bits: 60, within: Budget())
    }
  }
}
