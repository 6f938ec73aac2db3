import ArbitraryPrecision
import TestSupport
import Testing

@Suite struct IntervalTrigonometricTests {
  private func interval(_ a: Rational, _ b: Rational, _ precision: Int = 128) -> Interval {
    Interval(from: a, to: b, precision: precision)
  }

  @Test func `extrema inside give the ends 1 and -1`() {
    let one = Interval(1, precision: 64)
    #expect(interval(1, 2).sine.upper == one.upper)
    #expect(interval(1, 2).sine.lower < one.lower)
    #expect(interval(4, 5).sine.lower == -one.lower)
    #expect(interval(-1, 1).cosine.upper == one.upper)
    #expect(interval(3, 4).cosine.lower == -one.lower)
    #expect(interval(0, 7).sine.isSameSet(as: interval(-1, 1)))
    #expect(interval(-100, 100).cosine.isSameSet(as: interval(-1, 1)))
  }

  @Test func `without an extremum inside both ends are values`() {
    // mpmath 1.3.0, mp.dps = 30: sin(2), sin(4), cos(1), cos(3)
    let sine = interval(2, 4).sine
    #expect("\(sine)" == "[-0.75680249530792825138, 0.9092974268256816954]")
    let cosine = interval(1, 3).cosine
    #expect("\(cosine)" == "[-0.98999249660044545728, 0.54030230586813971741]")
  }

  @Test func `a pole inside gives the entire line, none gives values`() {
    #expect(interval(1, 2).tangent.isSameSet(as: .entire(precision: 64)))
    #expect(interval(-2, -1).tangent.isSameSet(as: .entire(precision: 64)))
    #expect(interval(2, 4).tangent.isBounded)
    #expect(interval(0, 4).tangent.isSameSet(as: .entire(precision: 64)))
  }

  /// Neighbours of multiples of pi/2 from both sides, at many precisions: the quadrant must be found exactly.
  @Test func `next to a multiple of half pi no extremum is missed`() throws {
    try RandomCases.run(200) { random, label in
      let p = random.choose([24, 53, 128, 256, 300])
      let k = Int(random.next() % 1000) - 500
      let place = Interval(k, precision: 64) * Interval.pi(precision: p).scaled(byPowerOfTwo: -1)
      // The enclosure of k pi/2 has the multiple inside, so sine or cosine has an extremum there.
      let wave = k % 2 == 0 ? place.cosine : place.sine
      let sign = ((k % 4) + 4) % 4 < 2 ? 1 : -1
      let extreme = try #require(Interval(sign, precision: 2).lower.rational)
      #expect(wave.contains(extreme), "\(label): k = \(k) at \(p) bits")
      // On each side alone there is none.
      guard k != 0 else { return }
      #expect(!(k % 2 == 0 ? Interval(place.lower).cosine : Interval(place.lower).sine).isEmpty)
    }
  }

  /// An interval that ends 2^-70 beyond a multiple of pi/2: its extremum is 2^-140 above the value at the end, which
  /// 300 bits tell apart, so a quadrant that is off by one shows. Seen to fail when only one end of the quotient is
  /// floored.
  @Test func `an extremum just inside the end is found`() throws {
    for k in 1...60 {
      let multiple = (k * Interval.pi(precision: 300)).scaled(byPowerOfTwo: -1)
      let end = multiple + Interval(Rational(2).power(-70), precision: 300)
      let span = try #require(Interval((multiple - 1).lower, end.lower))
      let extreme = Rational(k % 4 < 2 ? 1 : -1)
      #expect((k % 2 == 0 ? span.cosine : span.sine).contains(k % 4 == 0 ? 1 : extreme), "k = \(k)")
    }
  }

  @Test func `beyond the documented cap the answer is the whole range at once`() {
    let huge = Interval(BigFloat(1, precision: 53, rounding: .nearest).scaled(byPowerOfTwo: 70_000, rounding: .nearest))
    #expect(huge.sine.isSameSet(as: interval(-1, 1)))
    #expect(huge.cosine.isSameSet(as: interval(-1, 1)))
    #expect(huge.tangent.isSameSet(as: .entire(precision: 53)))
    let reduced = Interval(
      BigFloat(1, precision: 53, rounding: .nearest).scaled(byPowerOfTwo: 4000, rounding: .nearest))
    // mpmath 1.3.0, mp.prec = 8000: sin(mpf(2)**4000)
    #expect(
      reduced.rounded(to: 80).sine.width
        < BigFloat(1, precision: 53, rounding: .nearest).scaled(byPowerOfTwo: -70, rounding: .up))
  }

  /// The quotient by pi/2 of such numbers underflows, and its floor would never be decided.
  @Test func `the least numbers have a quadrant`() throws {
    for text in ["[-0x1p-1073741824]", "[0x1p-1073741824]", "[-0x1.8p-1073741824, 1]", "[-1e-999999999, 1e-999999999]"]
    {
      let x = try Interval(text: text, precision: 53)
      let around = x.hull(Interval(0, precision: 53))
      #expect(x.sine.isSubset(of: around) && x.cosine.upper == Interval(1, precision: 53).upper, "\(text)")
      #expect(x.tangent.isBounded, "\(text)")
    }
    let tiny = try Interval(text: "[0x1p-600000000]", precision: 53)
    #expect(((-tiny) * tiny).cosine.upper == Interval(1, precision: 53).upper)
    let rectangle = ComplexInterval(Interval(0, precision: 53), try Interval(text: "[-1e-999999999]", precision: 53))
    #expect(rectangle.exponential.imaginary.upper.signum <= 0)
  }

  /// sin^2 + cos^2 = 1 and tan cos = sin must be possible in the enclosures.
  @Test func `sine, cosine and tangent fit together`() {
    RandomCases.run(300) { random, label in
      let x = random.interval(exponents: -60...60)
      let unit = x.sine.squared + x.cosine.squared
      #expect(unit.contains(1), "\(label): \(x)")
      #expect(!(x.tangent * x.cosine).isDisjoint(from: x.sine), "\(label): \(x)")
    }
  }
}
