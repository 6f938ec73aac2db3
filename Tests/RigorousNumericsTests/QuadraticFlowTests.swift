import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct QuadraticFlowTests {
  /// The rotation (c, s)' = w (-s, c) with a constant w = 1 as third element.
  @Test func `a rotation is found with its constant as an element`() throws {
    let flow = QuadraticFlow(dimension: 3, terms: [.init(0, 2, 1, -1), .init(1, 2, 0, 1)])
    for (time, bits) in [(Rational(0), 60), (Rational(1, 3), 100), (7, 150)] {
      let start = [1, 0, 1].map { Interval($0, precision: 200) }
      let t = Interval(time, precision: 300)
      let end = try flow.evolved(start, for: t, bits: bits, within: Budget()) { y, _ in
        .init(radius: (y[0].squared + y[1].squared).squareRoot.upper)
      }
      #expect(!end[0].isDisjoint(from: t.cosine) && !end[1].isDisjoint(from: t.sine) && end[2].contains(1))
      #expect(end.allSatisfy { ($0.width.binaryExponent ?? -999) < 4 - bits }, "\(end)")
    }
  }

  /// y' = -y^2 has the solution y/(1 + y t), whose Taylor coefficients have exactly the size of the majorant: a series
  /// cut early shows.
  @Test func `a solution as bad as the majorant is found`() throws {
    let flow = QuadraticFlow(dimension: 1, terms: [.init(0, 0, 0, -1)])
    for (start, time, bits) in [
      (Rational(1), Rational(3), 80), (Rational(2, 3), Rational(10), 150), (5, Rational(1, 7), 200),
    ] {
      let end = try flow.evolved(
        [Interval(start, precision: 300)], for: Interval(time, precision: 300), bits: bits, within: Budget()
      ) { y, _ in .init(radius: y[0].magnitude) }
      #expect(end[0].contains(start / (1 + start * time)) && (end[0].width.binaryExponent ?? 0) < 4 - bits, "\(end)")
    }
  }

  @Test func `a start and a time known poorly widen the end`() throws {
    let flow = QuadraticFlow(dimension: 3, terms: [.init(0, 2, 1, -1), .init(1, 2, 0, 1)])
    let start = [
      Interval(from: Rational(99, 100), to: 1, precision: 64), Interval(0, precision: 64), Interval(1, precision: 64),
    ]
    let time = Interval(from: 1, to: Rational(101, 100), precision: 64)
    let end = try flow.evolved(start, for: time, bits: 60, within: Budget()) { _, _ in
      .init(radius: BigFloat(1, precision: 53, rounding: .up))
    }
    for radius in [Rational(99, 100), 1] {
      for t in [Rational(1), Rational(101, 100)] {
        let x = Interval(radius, precision: 64) * Interval(t, precision: 64).cosine
        #expect(x.isSubset(of: end[0]))
      }
    }
    let sharp = [1, 0, 1].map { Interval($0, precision: 64) }
    let late = try flow.evolved(sharp, for: time, bits: 60, within: Budget()) { _, _ in
      .init(radius: BigFloat(1, precision: 53, rounding: .up))
    }
    #expect(time.cosine.isSubset(of: late[0]) && time.sine.isSubset(of: late[1]))
    #expect(throws: Unanswered.self) {
      try flow.evolved(start, for: .entire(precision: 64), bits: 60, within: Budget()) { _, _ in
        .init(radius: .zero(precision: 53))
      }
    }
  }

  /// The gain 1 - cos t of a rotation, its power, and the power's maximum where t sin t = 1 - cos t: those of the
  /// function itself. A second rotation of another speed beside it, with the constant shared, makes the run longer than
  /// one round.
  @Test func `the power of a rotation is that of the cosine`() throws {
    let flow = QuadraticFlow(
      dimension: 5, terms: [.init(0, 2, 1, -1), .init(1, 2, 0, 1), .init(3, 2, 4, -2), .init(4, 2, 3, 2)])
    let found = try PowerMaximum(
      of: flow, from: { precision in [1, 0, 1, 1, 0].map { Interval($0, precision: precision) } },
      weights: [-3, 0, 0, -1, 0], greatest: Interval(8, precision: 64), within: Budget()
    ) { y, _ in
      let lengths = [(y[0], y[1]), (y[3], y[4])].map { ($0.squared + $1.squared).squareRoot.upper }
      return .init(radius: max(lengths[0], lengths[1]))
    }
    let known = try PowerMaximum(
      of: { x in
        let context = TaylorJetContext(precision: x.precision)
        let (one, three) = (context.number(1), context.number(3))
        let slow = context.difference(one, context.call(.cos, context.variable(x)))
        let double = context.product(context.number(2), context.variable(x))
        let fast = context.difference(one, context.call(.cos, double))
        return context.sum(context.product(three, slow), fast)
      }, within: Budget())
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

  /// In the length of (c, s) solutions of one frequency never part, so no bits are lost in 50 radians. A frequency
  /// known poorly changes the angle in proportion to the time: all members of its interval stay inside, and they leave
  /// the error of the start.
  @Test func `a rotation keeps its errors, and a constant known poorly makes new ones`() throws {
    let flow = QuadraticFlow(dimension: 3, terms: [.init(0, 2, 1, -1), .init(1, 0, 2, 1)], normRatio: 2)
    let one = BigFloat(1, precision: 53, rounding: .up)
    let bounds: QuadraticFlow.AprioriBounds = { _, _ in .init(radius: one, logarithmicNorm: .zero(precision: 53)) }
    for (blur, time) in [(Rational(0), 50), (Rational(1, 1000), 7), (Rational(1, 1000), 20)] {
      let start =
        [1, 0].map { Interval($0, precision: 300) } + [Interval(from: 1 - blur, to: 1, precision: 300)]
      let t = Interval(time, precision: 300)
      let end = try flow.evolved(start, for: t, bits: 100, within: Budget(), bounds: bounds)
      for w in [1 - blur, 1] {
        let angle = Interval(w, precision: 300) * t
        #expect(!end[0].isDisjoint(from: angle.cosine) && !end[1].isDisjoint(from: angle.sine))
      }
      let width = end[0].width
      if blur.signum == 0 {
        #expect(width.binaryExponent ?? 0 < -95, "\(width)")
      } else {
        #expect(width < BigFloat(Rational(Integer(time + 2), 200), precision: 53, rounding: .down), "\(width)")
      }
    }
  }

  /// The solution of Y' = L Y + K Y^2, by its recurrence in rationals, is the worst that the bound must hold for.
  @Test func `the majorant bounds the worst series`() {
    RandomCases.run(40) { random, label in
      let (growth, linear) = (1 + Int(random.next() % 3), Rational(Integer(Int(random.next() % 200)), 2))
      let r = Rational(Integer(1 + Int(random.next() % 40)), 8)
      let majorant = QuadraticMajorant(
        linear: Interval(linear, precision: 64), productBound: growth, radius: Interval(r, precision: 64))
      var series = [r]
      var power = Interval(1, precision: 64)
      for k in 0..<40 {
        #expect((Interval(series[k], precision: 64) * power).lower <= majorant.size.upper, "\(label): order \(k)")
        power = power * majorant.convergenceRadius
        let square = (0...k).reduce(Rational(0)) { $0 + series[$1] * series[k - $1] }
        series.append((linear * series[k] + Rational(Integer(growth)) * square) / Rational(Integer(k + 1)))
      }
      let simple = 1 / (Interval(linear, precision: 64) + growth * Interval(r, precision: 64))
      #expect(majorant.convergenceRadius.upper >= simple.lower)
    }
  }

  @Test func `a range of jets has the hull of its members`() {
    for count in 0...9 {
      let jets = (0..<count).map { k in
        let part = Interval(from: Rational(Integer(k * k % 7)), to: Rational(Integer(k * k % 7 + k)), precision: 64)
        return TaylorJet(value: part, first: -part, second: part + 1, isSmooth: k != 5)
      }
      let tree = JetTree(jets)
      for low in 0...count {
        for high in low...count {
          let expected = jets[low..<high].dropFirst().reduce(jets[low..<high].first) { $0?.hull($1) }
          let found = tree.hull(low..<high)
          #expect((found == nil) == (low == high) && found?.isSmooth == expected?.isSmooth)
          for part in [\TaylorJet.value, \.first, \.second] {
            if let found, let expected { #expect(found[keyPath: part].isSameSet(as: expected[keyPath: part])) }
          }
        }
      }
    }
  }

  @Test func `a start that is zero or unbounded is refused`() throws {
    let flow = QuadraticFlow(dimension: 1, terms: [.init(0, 0, 0, -1)])
    #expect(throws: Unanswered(undecided: "the start is zero, or not known to be bounded")) {
      try PowerMaximum(
        of: flow, from: { [Interval(0, precision: $0)] }, weights: [1], greatest: Interval(1, precision: 64),
        within: Budget()
      ) { y, _ in .init(radius: y[0].magnitude) }
    }
    #expect(throws: Unanswered(undecided: "the start is not known to be bounded")) {
      try flow.evolved([.entire(precision: 64)], for: Interval(1, precision: 64), bits: 20, within: Budget()) { y, _ in
        .init(radius: y[0].magnitude)
      }
    }
  }

  /// On points and intervals, near and far, with a start known poorly: the jets hold the function and its derivatives.
  @Test func `a linear function is known at all times`() throws {
    let flow = QuadraticFlow(dimension: 3, terms: [.init(0, 2, 1, -1), .init(1, 2, 0, 1)])
    for (blur, precision) in [(Rational(0), 128), (Rational(2).power(-20), 128), (0, 256)] {
      let path = try QuadraticPath(
        flow,
        from: { precision in
          [Interval(from: 1 - blur, to: 1, precision: precision)] + [0, 1].map { Interval($0, precision: precision) }
        }, weights: [-2, 0, 0], greatest: Interval(4, precision: 64), precision: precision, within: Budget(),
        bounds: { _, _ in .init(radius: BigFloat(1, precision: 53, rounding: .up)) }
      ) { time, _ in time.lower > BigFloat(12, precision: 53, rounding: .up) }
      RandomCases.run(20) { random, label in
        let from = Rational(Integer(Int(random.next() % 14_000)), 1000)
        let width = [0, Rational(2).power(-30), Rational(1, 50), 1][Int(random.next() % 4)]
        for precision in [128, 200] {
          let t = Interval(from: from, to: from + width, precision: precision)
          let jet = path.jet(t)
          for part in [Rational(0), Rational(1, 3), 1] {
            let x = Interval(from + part * width, precision: 300)
            for radius in [1 - blur, 1] {
              let r = 2 * Interval(radius, precision: 300)
              let truth = [r - r * x.cosine, r * x.sine, r * x.cosine]
              for (enclosure, exact) in zip([jet.value, jet.first, jet.second], truth) {
                #expect(!enclosure.isDisjoint(from: exact), "\(label): \(enclosure) at \(from), \(exact)")
              }
            }
          }
          if from + width < 12, width.signum == 0, blur.signum == 0 {
            let least = 68 - (precision == 256 ? 160 : 128)
            #expect(jet.value.width.binaryExponent ?? -999 < least && jet.second.width.binaryExponent ?? -999 < least)
          }
        }
      }
    }
  }
}
