import ArbitraryPrecision
import RigorousNumerics
import Testing

@Suite struct QuadraticFlowTests {
  /// The rotation (c, s)' = w (-s, c) with a constant w = 1 as third element.
  @Test func `a rotation is found with its constant as an element`() throws {
    let flow = QuadraticFlow(dimension: 3, terms: [.init(0, 2, 1, -1), .init(1, 2, 0, 1)])
    for (time, bits) in [(Rational(0), 60), (Rational(1, 3), 100), (7, 150)] {
      let start = [1, 0, 1].map { Interval($0, precision: 200) }
      let t = Interval(time, precision: 300)
      let end = try flow.evolved(start, for: t, bits: bits, within: Budget()) { y in
        max((y[0].squared + y[1].squared).squareRoot.upper, y[2].magnitude)
      }
      #expect(!end[0].isDisjoint(from: t.cosine) && !end[1].isDisjoint(from: t.sine) && end[2].contains(1))
      #expect(end.allSatisfy { ($0.width.binaryExponent ?? -999) < 4 - bits }, "\(end)")
    }
  }

  /// y' = -y^2 has the solution y/(1 + y t), whose Taylor coefficients have exactly the size of the majorant: a series cut early shows.
  @Test func `a solution as bad as the majorant is found`() throws {
    let flow = QuadraticFlow(dimension: 1, terms: [.init(0, 0, 0, -1)])
    for (start, time, bits) in [
      (Rational(1), Rational(3), 80), (Rational(2, 3), Rational(10), 150), (5, Rational(1, 7), 200),
    ] {
      let end = try flow.evolved(
        [Interval(start, precision: 300)], for: Interval(time, precision: 300), bits: bits, within: Budget()
      ) { $0[0].magnitude }
      #expect(end[0].contains(start / (1 + start * time)) && (end[0].width.binaryExponent ?? 0) < 4 - bits, "\(end)")
    }
  }

  @Test func `a start and a time known poorly widen the end`() throws {
    let flow = QuadraticFlow(dimension: 3, terms: [.init(0, 2, 1, -1), .init(1, 2, 0, 1)])
    let start = [
      Interval(from: Rational(99, 100), to: 1, precision: 64), Interval(0, precision: 64), Interval(1, precision: 64),
    ]
    let time = Interval(from: 1, to: Rational(101, 100), precision: 64)
    let end = try flow.evolved(start, for: time, bits: 60, within: Budget()) { _ in
      BigFloat(1, precision: 53, rounding: .up)
    }
    for radius in [Rational(99, 100), 1] {
      for t in [Rational(1), Rational(101, 100)] {
        let x = Interval(radius, precision: 64) * Interval(t, precision: 64).cosine
        #expect(x.isSubset(of: end[0]))
      }
    }
    let sharp = [1, 0, 1].map { Interval($0, precision: 64) }
    let late = try flow.evolved(sharp, for: time, bits: 60, within: Budget()) { _ in
      BigFloat(1, precision: 53, rounding: .up)
    }
    #expect(time.cosine.isSubset(of: late[0]) && time.sine.isSubset(of: late[1]))
    #expect(throws: Budget.Exhausted.self) {
      try flow.evolved(start, for: .entire(precision: 64), bits: 60, within: Budget()) { _ in .zero(precision: 53) }
    }
  }
}
