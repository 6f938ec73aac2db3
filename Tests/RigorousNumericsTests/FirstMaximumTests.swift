import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@Suite struct FirstMaximumTests {
  /// The sum of a sin^2(s t) with positive a and s, and its bound 4 a s^3 of the third derivative.
  private struct Waves: Sendable {
    let terms: [(weight: Rational, rate: Rational)]

    @Sendable func jet(_ t: Interval) -> TaylorJet {
      let p = max(t.precision, 64)
      var (value, first, second) = (Interval(0, precision: p), Interval(0, precision: p), Interval(0, precision: p))
      for (weight, rate) in terms {
        let (a, s) = (Interval(weight, precision: p), Interval(rate, precision: p))
        value += a * (s * t).sine.squared
        first += a * s * (2 * (s * t)).sine
        second += 2 * (a * s.squared * (2 * (s * t)).cosine)
      }
      return TaylorJet(value: value, first: first, second: second, isSmooth: true)
    }

    var third: Interval {
      Interval(terms.reduce(0) { $0 + 4 * $1.weight * $1.rate * $1.rate * $1.rate }, precision: 64)
    }
  }

  @Test func `a squared sine is greatest at pi/2 first`() throws {
    let wave = Waves(terms: [(1, 1)])
    let maximum = try FirstMaximum(of: wave.jet, thirdDerivativeBound: wave.third, within: Budget())
    let time = try maximum.time(of: wave.jet, precision: 400, within: Budget())
    let half = Interval.pi(precision: 500).scaled(byPowerOfTwo: -1)
    #expect(!time.isDisjoint(from: half) && (time.width.binaryExponent ?? 0) < -380)
    #expect(half.isSubset(of: maximum.bracket))
  }

  /// The slope at many times before the bracket is positive, and falls through zero inside.
  @Test func `the slope is positive before the bracket`() throws {
    try RandomCases.run(40) { random, label in
      let terms = (0..<1 + Int(random.next() % 5)).map { _ in
        (
          Rational(Integer(1 + Int(random.next() % 9)), Integer(1 + Int(random.next() % 5))),
          Rational(Integer(1 + Int(random.next() % 30)), Integer(1 + Int(random.next() % 7)))
        )
      }
      let waves = Waves(terms: terms)
      let maximum = try FirstMaximum(of: waves.jet, thirdDerivativeBound: waves.third, within: Budget())
      let end = maximum.bracket.lower.rational ?? 0
      for step in 1...200 {
        let t = Interval(end * Rational(Integer(step), 200), precision: 128)
        #expect(waves.jet(t).first.lower.signum > 0, "\(label): \(terms) at \(t)")
      }
      #expect(waves.jet(maximum.bracket).second.upper.signum < 0 || maximum.bracket.width.signum > 0, "\(label)")
      let time = try maximum.time(of: waves.jet, precision: 200, within: Budget())
      #expect(time.isSubset(of: maximum.bracket.rounded(to: 200)) && waves.jet(time).first.containsZero, "\(label)")
      #expect((time.width.binaryExponent ?? -999) < -170, "\(label): \(time)")
    }
  }

  /// With sin^2 t + 2 sin^2 (5 t) the first maximum is a small one near pi/10, long before the greatest.
  @Test func `a small maximum before the greatest one is the first`() throws {
    let waves = Waves(terms: [(10, 1), (2, 5)])
    let maximum = try FirstMaximum(of: waves.jet, thirdDerivativeBound: waves.third, within: Budget())
    let time = try maximum.time(of: waves.jet, precision: 100, within: Budget())
    #expect(time.upper.double(rounding: .up) < 0.5 && time.lower.double(rounding: .down) > 0.3)
    let later = waves.jet(Interval(Rational(7, 5), precision: 100)).value
    #expect(waves.jet(time).value.isLess(than: later) == .certainlyTrue)
  }

  private func reason(_ energy: @escaping FirstMaximum.Energy, third: Int) -> String {
    do {
      _ = try FirstMaximum(of: energy, thirdDerivativeBound: Interval(third, precision: 64), within: Budget())
      return "found"
    } catch { return "\(error)" }
  }

  @Test func `what does not rise, or is known poorly, is given up`() {
    let flat = reason({ TaylorJet(value: 0 * $0, first: 0 * $0, second: 0 * $0, isSmooth: true) }, third: 1)
    #expect(flat == "the energy is not known to rise from the start")
    let wave = Waves(terms: [(1, 1)])
    let wide = reason(
      { t in
        let jet = wave.jet(t)
        let noise = Interval.ball(Interval(1, precision: 64)) / 4
        return TaylorJet(value: jet.value, first: jet.first + noise, second: jet.second + noise, isSmooth: true)
      }, third: 4)
    #expect(wide == "the first maximum of the energy was not isolated")
    // E' = t (1 - t)^2 has an inflection at 1, where the steps end.
    let inflection = reason(
      { t in
        let one = 1 - t
        return TaylorJet(
          value: t, first: t * one.squared, second: one.squared - 2 * (t * one), isSmooth: true)
      }, third: 6)
    #expect(inflection == "the first maximum of the energy was not isolated")
  }
}
