import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct FormSeriesTests {
  /// A flow of a few elements with random couplings, integer or real.
  private func flow(_ random: inout SplitMix64, _ count: Int) -> SkewFlow {
    var pairs: [(row: Int, column: Int)] = []
    for row in 1..<count {
      for column in 0..<row where random.next() % 2 == 0 { pairs.append((row, column)) }
    }
    if random.next() % 2 == 0 {
      return SkewFlow(
        dimension: count, integer: pairs.map { .init(row: $0.row, column: $0.column, Int(random.next() % 15) - 7) })
    }
    return SkewFlow(
      dimension: count,
      real: pairs.map {
        .init(row: $0.row, column: $0.column, Interval(Int(random.next() % 15) - 7, precision: 160) / 3)
      })
  }

  /// The polynomial holds the form of the state that the flow itself reaches, near the center and as far as the
  /// remainder lets it be of use.
  @Test func `the series contains the form along the flow`() throws {
    try RandomCases.run(20) { random, label in
      let count = 2 + Int(random.next() % 6)
      let flow = flow(&random, count)
      let weights = (0..<count).map { _ in Int(random.next() % 9) }
      let bits = random.next() % 2 == 0 ? 40 : 130
      let center = Interval(Rational(Integer(Int(random.next() % 100)), 64), precision: 128)
      let state = try flow.evolved(
        .unit(Int(random.next() % UInt64(count)), dimension: count), for: center, bits: bits, within: Budget())
      let series = try FormSeries(
        flow, at: center, through: state, weights: weights, degree: 2 + Int(random.next() % 9), bits: bits,
        precision: 128, within: Budget())
      var exact = state
      exact.error = .zero(precision: 64)
      for exponent in [1, 4, 8, 20] {
        let sign = random.next() % 2 == 0 ? 1 : -1
        let shift = sign * Interval(1, precision: 128).scaled(byPowerOfTwo: -exponent)
        let later = try flow.evolved(exact, for: shift, bits: 140, within: Budget())
        let jet = series.jet(center + shift)
        let value = later.form(weights, precision: 128)
        #expect(!jet.value.isDisjoint(from: value), "\(label) at 2^-\(exponent): \(jet.value) \(value)")
        let wide = series.jet(center.hull(center + shift))
        #expect(jet.value.isSubset(of: wide.value.hull(jet.value)) && !wide.value.isDisjoint(from: value), "\(label)")
      }
    }
  }

  /// Of E = sin^2 t the m-th derivative is 2^(m-1) in magnitude somewhere, which the bound by lengths meets; many
  /// powers of a full rotation need room.
  @Test func `derivatives are bounded at all times`() throws {
    let flow = SkewFlow(dimension: 2, integer: [.init(row: 1, column: 0, 1)])
    let series = try FormSeries(
      flow, at: Interval(0, precision: 128), through: .unit(0, dimension: 2), weights: [0, 1], degree: 60, bits: 128,
      precision: 128, integerBits: 62, within: Budget())
    for m in 1...61 {
      let (bound, exact) = (series.bound(ofDerivative: m), Interval(1, precision: 64).scaled(byPowerOfTwo: m - 1))
      #expect(
        exact.isAtMost(bound) != .certainlyFalse && (bound / exact - 1).upper.double(rounding: .up) < 1e-12, "\(m)")
    }
    let sine = Interval(Rational(3, 2), precision: 128).sine.squared
    let value = series.jet(Interval(Rational(3, 2), precision: 128)).value
    #expect(!value.isDisjoint(from: sine) && (value.width.binaryExponent ?? 0) < -100)
  }

  /// E = sin^2 t for two states: value, slope and curvature in closed form, and widths that the remainder explains.
  @Test func `two states give a squared sine`() throws {
    let flow = SkewFlow(dimension: 2, integer: [.init(row: 1, column: 0, 1)])
    let center = Interval(Rational(7, 8), precision: 128)
    let state = try flow.evolved(.unit(0, dimension: 2), for: center, bits: 120, within: Budget())
    let series = try FormSeries(
      flow, at: center, through: state, weights: [0, 1], degree: 14, bits: 120, precision: 128, within: Budget())
    for step in [-1, 0, 1, 3] {
      let t = center + Interval(Rational(Integer(step), 32), precision: 128)
      let jet = series.jet(t)
      let double = 2 * t
      for (found, exact) in [
        (jet.value, t.sine.squared), (jet.first, double.sine), (jet.second, 2 * double.cosine),
      ] {
        #expect(!found.isDisjoint(from: exact), "\(step): \(found) \(exact)")
        #expect(found.width < BigFloat(0x1p-50, precision: 64, rounding: .nearest))
      }
    }
    // (1/2) (2 s)^15/15! at s = 1, twice to both sides.
    let far = series.jet(center + 1).value.width.double(rounding: .up)
    #expect(far > 0x1p-27 && far < 0x1p-24)
    #expect(abs(series.radius(ofRemainderBelow: 0x1p-26) - 1) < 0.2)
  }
}

@Suite struct PowerSurveyTests {
  private func piece(_ low: Double, _ high: Double, error: Double) throws -> PowerSurvey.Piece {
    let part = try #require(Interval(exactlyFrom: low, to: high, precision: 128))
    return .init(on: part, error: try #require(Interval(exactly: error, precision: 64))) { t in
      let double = 2 * t
      return TaylorJet(value: t.sine.squared, first: double.sine, second: 2 * double.cosine, isSmooth: true)
    }
  }

  /// The maximum of sin^2 t/t is at tan t = 2 t, t = 1.1655611852...
  @Test(arguments: [0, 0x1p-40, 0x1p-12])
  func `the maximum of a function known to an accuracy is kept`(_ error: Double) throws {
    var survey = PowerSurvey()
    for k in 0..<12 {
      survey.add(try piece(Double(max(k, 1)) / 4 - (k == 0 ? 0.1875 : 0), Double(k + 1) / 4, error: error))
    }
    let found = try survey.candidates(within: Budget())
    #expect(found.count == 1)
    let t = Interval(Rational(116_556_118_520_721, 100_000_000_000_000), precision: 128)
    #expect(found.allSatisfy { !$0.isDisjoint(from: t) })
    // Times whose power is below the greatest by 2 error/t: about the root of 2 error of them to each side.
    let width = try #require(found.first).width.double(rounding: .up)
    #expect(width < 4 * (2 * error).squareRoot() + 0x1p-9)
    #expect(width > (2 * error).squareRoot())
  }

  /// Two maxima of the same height, where one is known less well: both stay.
  @Test func `what cannot be told apart stays`() throws {
    var survey = PowerSurvey()
    let part = try #require(Interval(exactlyFrom: 1, to: 2, precision: 128))
    for shift in [0, 1] {
      survey.add(
        .init(on: part + shift, error: Interval(shift, precision: 64).scaled(byPowerOfTwo: -8)) { t in
          // t (1 - (t - c)^2): a power of one at c.
          let d = t - Interval(Rational(3, 2) + Rational(Integer(shift)), precision: 128)
          let p = 1 - d.squared
          return TaylorJet(value: t * p, first: p - 2 * t * d, second: -(4 * d) - 2 * t, isSmooth: true)
        })
    }
    let found = try survey.candidates(within: Budget())
    #expect(found.count == 2)
    #expect(
      found.allSatisfy { interval in
        [1.5, 2.5].contains {
          (interval.lower.double(rounding: .down)...interval.upper.double(rounding: .up)).contains($0)
        }
      })
  }
}
