import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct DenseMeanTests {
  private static func random(
    _ random: inout SplitMix64, _ n: Int
  ) -> (flow: SkewFlow, observable: FlowObservable, start: [Interval]) {
    func number() -> Interval { Interval(Rational(Integer(Int(random.next() % 19)) - 9, 4), precision: 256) }
    var couplings: [SkewFlow.Coupling<Interval>] = []
    var elements: [(row: Int, column: Int, value: Interval)] = []
    for j in 0..<n {
      for k in j..<n where random.next() % 3 != 0 {
        if k > j { couplings.append(.init(row: k, column: j, number())) }
        elements.append((j, k, number()))
      }
    }
    var start = (0..<n).map { _ in number() }
    start[0] = Interval(1, precision: 256)
    let norm = start.reduce(Interval(0, precision: 256)) { $0 + $1.squared }.squareRoot
    return (
      SkewFlow(dimension: n, real: couplings),
      FlowObservable(dimension: n, symmetric: elements, precision: 256), start.map { $0 / norm }
    )
  }

  /// Against runs of their own for the value, and forms of repeated commutators for the derivatives; near and far, on
  /// points and intervals, at low and at high precision.
  @Test func `a mean is known at all times with its derivatives`() throws {
    try RandomCases.run(15) { random, label in
      let n = 1 + Int(random.next() % 5)
      let (flow, observable, start) = Self.random(&random, n)
      let path = FlowPath(flow, from: start, bits: 240)
      let one = Interval(1, precision: 64)
      let mean = try DenseMean(of: observable, along: path, normSquared: one, within: Budget())
      var forms = [observable]
      for k in 0..<3 { forms.append(try forms[k].rate(along: flow, within: Budget())) }
      for _ in 0..<8 {
        let time = Rational(Integer(Int(random.next() % 3000)), 1000)
        let width = Rational(Integer(Int(random.next() % 100)), 4096)
        for (precision, box) in [
          (128, Interval(from: time, to: time + width, precision: 128)), (128, Interval(time, precision: 128)),
          (224, Interval(time, precision: 224)),
          (224, Interval(from: time, to: time + Rational(2).power(-40), precision: 224)),
        ] {
          let series = try mean.series(box, order: 3, within: Budget())
          for end in [time, box.upper.rational ?? time] {
            let state = try flow.evolved(
              FlowState(start, fractionBits: 240), for: Interval(end, precision: 256), bits: 220, within: Budget())
            for k in 0...3 {
              let truth = forms[k].value(in: state, precision: 256) / [1, 1, 2, 6][k]
              #expect(!series.coefficients[k].isDisjoint(from: truth), "\(label): \(k) at \(end), \(precision)")
            }
          }
          if box.isPoint {
            #expect((series.value.width.binaryExponent ?? -999) < (precision > 200 ? -150 : -30), "\(label)")
          }
        }
      }
      let all = Interval(.zero(precision: 64), .infinity(precision: 64))
      let everywhere = try mean.series(all ?? .entire(precision: 64), order: 2, within: Budget())
      #expect(everywhere.value.isSubset(of: mean.range))
    }
  }

  /// From one basis state with an observable that begins two steps away, the first four coefficients vanish exactly.
  @Test func `coefficients at the start vanish exactly where structure says so`() throws {
    let third = Interval(Rational(1, 3), precision: 128)
    let flow = SkewFlow(
      dimension: 3, real: [.init(row: 1, column: 0, third), .init(row: 2, column: 1, third)])
    let observable = FlowObservable(dimension: 3, symmetric: [(2, 2, third)], precision: 128)
    let start = [1, 0, 0].map { Interval($0, precision: 128) }
    let mean = try DenseMean(
      of: observable, along: FlowPath(flow, from: start, bits: 128), normSquared: 3 * third, within: Budget())
    let coefficients = mean.startCoefficients(order: 4)
    #expect(coefficients.prefix(4).allSatisfy { $0.isExactZero })
    // (1/3)^5/4.
    #expect(!coefficients[4].isDisjoint(from: Interval(Rational(1, 972), precision: 128)))
    #expect(coefficients[4].lower.signum > 0)
  }

  @Test func `what does not turn is constant`() throws {
    let start = [Interval(1, precision: 128), Interval(0, precision: 128)]
    let observable = FlowObservable(dimension: 2, symmetric: [(0, 0, Interval(5, precision: 128))], precision: 128)
    let mean = try DenseMean(
      of: observable, along: FlowPath(nil, from: start, bits: 128), normSquared: start[0], within: Budget())
    let series = try mean.series(Interval(7, precision: 128), order: 2, within: Budget())
    #expect(series.value.contains(5) && series.value.isPoint && series.coefficients[1].isExactZero)
  }
}
