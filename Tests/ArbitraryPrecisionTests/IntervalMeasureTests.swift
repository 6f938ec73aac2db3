import ArbitraryPrecision
import Testing

/// The numeric functions of the standard. Expected values are those of the test vectors of libieeep1788 (M. Nehmeier;
/// interval test framework ITF1788, libieeep1788_num.itl), with the greatest and least numbers of binary64 replaced by
/// those of 53 bits here.
@Suite struct IntervalMeasureTests {
  private static let least = BigFloat(1, precision: 53, rounding: .down).scaled(byPowerOfTwo: -(1 << 31), rounding: .up)
  private static let greatest = BigFloat.greatestFinite(precision: 53)

  private static func number(_ x: Double) -> BigFloat { BigFloat(x, precision: 53, rounding: .nearest) }

  private static func make(_ lower: Double, _ upper: Double) -> Interval {
    Interval(exactlyFrom: lower, to: upper, precision: 53) ?? .empty(precision: 53)
  }

  private func isSame(_ a: BigFloat?, _ b: Double) -> Bool {
    guard let a else { return b.isNaN }
    if b.isNaN { return a.isNaN }
    if b == .greatestFiniteMagnitude { return a == Self.greatest }
    if b == -.greatestFiniteMagnitude { return a == -Self.greatest }
    return a == Self.number(b)
  }

  /// inf, sup, mid, rad, wid, mag, mig.
  private static let rows: [(set: Interval, values: [Double])] = {
    let (inf, nan, max) = (Double.infinity, Double.nan, Double.greatestFiniteMagnitude)
    return [
      (.empty(precision: 53), [inf, -inf, nan, nan, nan, nan, nan]),
      (.entire(precision: 53), [-inf, inf, 0, inf, inf, inf, 0]),
      (make(1, 2), [1, 2, 1.5, 0.5, 1, 2, 1]),
      (make(-3, -2), [-3, -2, -2.5, 0.5, 1, 3, 2]),
      (make(-4, 2), [-4, 2, -1, 3, 6, 4, 0]),
      (make(0, 2), [0, 2, 1, 1, 2, 2, 0]),
      (make(2, 2), [2, 2, 2, 0, 0, 2, 2]),
      (make(-2, 2), [-2, 2, 0, 2, 4, 2, 0]),
      (make(-inf, 2), [-inf, 2, -max, inf, inf, inf, 0]),
      (make(-inf, -2), [-inf, -2, -max, inf, inf, inf, 2]),
      (make(-inf, 1.2), [-inf, 1.2, -max, inf, inf, inf, 0]),
      (make(0, inf), [0, inf, max, inf, inf, inf, 0]),
      (make(1, inf), [1, inf, max, inf, inf, inf, 1]),
      (make(-1, inf), [-1, inf, max, inf, inf, inf, 0]),
      (make(0, 0), [0, 0, 0, 0, 0, 0, 0]),
      (
        make(1, 0x1.0000000000003p0),
        [1, 0x1.0000000000003p0, 0x1.0000000000002p0, 0x1p-51, 0x3p-52, 0x1.0000000000003p0, 1]
      ),
    ]
  }()

  @Test(arguments: rows.indices)
  func `numbers of a set are the standard's`(_ row: Int) {
    let (set, values) = Self.rows[row]
    let found = [
      set.infimum, set.supremum, set.midpoint, set.radius, set.width, set.magnitude, set.mignitude,
    ]
    for (k, (x, y)) in zip(found, values).enumerated() { #expect(isSame(x, y), "\(set), function \(k): \(y)") }
  }

  @Test func `numbers at the ends of the range are the standard's`() throws {
    let (u, two) = (Self.least, BigFloat.sum(Self.least, Self.least, precision: 53, rounding: .nearest))
    let whole = try #require(Interval(-Self.greatest, Self.greatest))
    #expect(whole.midpoint?.isZero == true && whole.radius == Self.greatest)
    let half = Self.greatest.scaled(byPowerOfTwo: -1, rounding: .nearest)
    let upper = try #require(Interval(half, Self.greatest))
    // 3/4 of the greatest number.
    #expect(
      upper.midpoint == .sum(half, half.scaled(byPowerOfTwo: -1, rounding: .nearest), precision: 53, rounding: .nearest)
    )
    for ends in [(-two, u), (-u, two)] {
      let set = try #require(Interval(ends.0, ends.1))
      #expect(set.midpoint?.isZero == true && set.radius == two, "\(set.exactText)")
    }
    #expect(Interval(u, two)?.radius == u)
  }

  /// On purpose no bound of the empty set compares, and a half line has its end to expand around.
  @Test func `what differs from the standard on purpose`() {
    let empty = Interval.empty(precision: 53)
    #expect(empty.lower.isNaN && empty.upper.isNaN && empty.anchor == nil)
    #expect(!(empty.lower > Self.number(0)) && !(empty.upper < Self.number(0)))
    #expect(Self.make(3, .infinity).anchor == Self.number(3) && Self.make(-.infinity, 3).anchor == Self.number(3))
    #expect(Self.make(1, 2).anchor == Self.number(1.5))
  }

  /// E1 beyond 2^16 and exponentials next to one are enclosures and not the tightest, as the pages say.
  @Test func `what is not the tightest holds the truth`() {
    let beyond = Interval(65537, precision: 64).exponentialIntegral
    let limit = Interval(65536, precision: 64).exponentialIntegral
    #expect(beyond.lower.isZero && beyond.upper == limit.upper && limit.lower.signum > 0)
    let tiny = Interval(1, precision: 64).scaled(byPowerOfTwo: -70_000)
    let power = ComplexInterval(tiny, tiny).exponential
    // e^x cos x = 1 + x - x^3/3 - ...: above one, by less than the last place.
    #expect(power.real.contains(1) && power.real.upper > power.real.lower)
    #expect(power.real.contains(1 + Rational(1, Integer(2).power(70_000))))
    #expect((power.real.width.binaryExponent ?? 0) <= -61)
  }

  /// In optimised builds, too, where `precondition` keeps its message to itself.
  @Test func `a broken rule is named`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Interval(from: 2, to: 1, precision: 64)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Interval: ends out of order"), "\(text)")
  }
}
