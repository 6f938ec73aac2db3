import ArbitraryPrecision
import Testing

/// Exceptional operands, by the set semantics of IEEE 1788-2015: an operation ranges over the members, and where it is
/// defined for none the result is empty.
@Suite struct IntervalExceptionalTests {
  private let p = 64
  private func make(_ a: Int?, _ b: Int?) -> Interval {
    let low = a.map { BigFloat($0, precision: 64, rounding: .nearest) } ?? .infinity(negative: true, precision: 64)
    let high = b.map { BigFloat($0, precision: 64, rounding: .nearest) } ?? .infinity(precision: 64)
    return Interval(low, high) ?? .empty(precision: 64)
  }

  private func expect(_ a: Interval, _ b: Interval, _ location: SourceLocation = #_sourceLocation) {
    #expect(a.isSameSet(as: b), "\(a) is not \(b)", sourceLocation: location)
  }

  private var empty: Interval { .empty(precision: p) }
  private var entire: Interval { .entire(precision: p) }

  @Test func `the empty set goes through everything`() {
    for result in [
      empty + make(1, 2), make(1, 2) - empty, empty * make(0, 0), make(1, 2) / empty, -empty, empty.squareRoot,
      empty.exponential, empty.logarithm, empty.sine, empty.cosine, empty.tangent, empty.arctangent, empty.power(3),
      empty.power(0), empty.power(-1), empty.absoluteValue, empty.intersection(entire), empty.scaled(byPowerOfTwo: 3),
    ] {
      expect(result, empty)
    }
    expect(empty.hull(make(1, 2)), make(1, 2))
    #expect(empty.width.isNaN)
    #expect(empty.midpoint == nil)
    #expect(empty.isLess(than: make(1, 2)) == .undecided)
    #expect(empty.isEqual(to: empty) == .undecided)
    #expect(empty.isDisjoint(from: entire))
    #expect(empty.isSubset(of: empty))
    #expect(!make(1, 1).isSubset(of: empty))
  }

  @Test func `division by sets with zero`() {
    expect(make(1, 2) / make(0, 0), empty)
    expect(make(0, 0) / make(0, 0), empty)
    expect(make(1, 2) / make(-1, 1), entire)
    expect(make(0, 0) / make(-1, 1), make(0, 0))
    expect(make(1, 2) / make(0, 1), make(1, nil))
    expect(make(1, 2) / make(-1, 0), make(nil, -1))
    expect(make(-2, -1) / make(0, 1), make(nil, -1))
    expect(make(-2, -1) / make(-1, 0), make(1, nil))
    expect(make(-1, 1) / make(0, 1), entire)
    expect(make(0, 1) / make(0, 1), make(0, nil))
    expect(make(0, 0) / make(0, 1), make(0, 0))
    expect(make(1, 2) / make(1, nil), make(0, 2))
    expect(make(1, nil) / make(1, nil), make(0, nil))
    expect(make(1, nil) / make(2, 4), Interval(from: Rational(1, 4), to: 1, precision: p).hull(make(1, nil)))
    expect(make(-1, 2) / make(1, nil), make(-1, 2))
    expect(entire / make(1, nil), entire)
    expect(make(1, 2) / entire, entire)
    expect(make(0, 0) / entire, make(0, 0))
  }

  @Test func `products with unbounded sets`() {
    expect(make(0, 0) * entire, make(0, 0))
    expect(make(0, 1) * make(1, nil), make(0, nil))
    expect(make(-1, 0) * make(1, nil), make(nil, 0))
    expect(make(-1, 1) * make(1, nil), entire)
    expect(make(2, nil) * make(3, nil), make(6, nil))
    expect(make(nil, -2) * make(3, nil), make(nil, -6))
    expect(make(nil, -2) * make(nil, -3), make(6, nil))
  }

  @Test func `functions on the part of the set where they are defined`() {
    expect(make(-4, 9).squareRoot, make(0, 3))
    expect(make(-4, -1).squareRoot, empty)
    expect(make(nil, -1).squareRoot, empty)
    expect(make(4, nil).squareRoot, make(2, nil))
    expect(make(-1, 1).logarithm, make(nil, 0))
    expect(make(-1, 0).logarithm, empty)
    expect(make(0, 0).logarithm, empty)
    expect(make(1, nil).logarithm, make(0, nil))
    expect(make(nil, 0).exponential, make(0, 1))
    expect(entire.exponential, make(0, nil))
    expect(entire.sine, make(-1, 1))
    expect(make(5, nil).cosine, make(-1, 1))
    expect(entire.tangent, entire)
    expect(entire.arctangent.hull(make(-1, 1)), entire.arctangent)
  }

  @Test func `integer powers`() {
    expect(make(-2, 3).power(2), make(0, 9))
    expect(make(-3, 2).power(2), make(0, 9))
    expect(make(-2, 3).power(3), make(-8, 27))
    expect(make(-2, 3).power(0), make(1, 1))
    expect(entire.power(2), make(0, nil))
    expect(entire.power(3), entire)
    expect(make(0, 0).power(-1), empty)
    expect(make(0, 2).power(-1), Interval(from: Rational(1, 2), to: 1, precision: p).hull(make(1, nil)))
    expect(make(-2, 0).power(-3), make(nil, -1).hull(Interval(Rational(-1, 8), precision: p)))
    expect(make(-1, 1).power(-1), entire)
    expect(make(-1, 1).power(-2), make(1, nil))
    expect(make(1, nil).power(-1), make(0, 1))
  }

  @Test func `overflow stays an enclosure`() {
    let big = Interval(BigFloat(1, precision: p, rounding: .nearest).scaled(byPowerOfTwo: 1 << 29, rounding: .nearest))
    let square = (big * big) * big
    #expect(square.upper.isInfinite)
    #expect(square.lower.isFinite && square.lower > big.lower)
    let tiny = Interval(1, precision: p) / square
    #expect(tiny.lower.isZero && !tiny.upper.isZero)
    #expect(make(1 << 40, 1 << 40).exponential.lower.isFinite)
  }

  @Test func `ends out of order, NaN and infinite points are refused`() {
    let one = BigFloat(1, precision: p, rounding: .nearest)
    let two = BigFloat(2, precision: p, rounding: .nearest)
    #expect(Interval(two, one) == nil)
    #expect(Interval(.nan(precision: p), one) == nil)
    #expect(Interval(.infinity(precision: p), .infinity(precision: p)) == nil)
    #expect(Interval(.infinity(negative: true, precision: p), .infinity(negative: true, precision: p)) == nil)
    #expect(Interval(exactly: Double.nan, precision: p) == nil)
    #expect(Interval(exactly: Double.infinity, precision: p) == nil)
  }
}
