import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@Suite struct IntervalRelationTests {
  /// Sets with ends among a few integers and infinities, and the empty set: all of them.
  private static let sets: [Interval] = {
    let ends = [-Double.infinity, 1, 2, 3, .infinity]
    return [.empty(precision: 53)]
      + ends.flatMap { a in ends.compactMap { b in Interval(exactlyFrom: a, to: b, precision: 53) } }
  }()

  /// The members of a set among numbers that are dense enough to tell the sets above apart.
  private func members(_ x: Interval) -> [Rational] {
    (-8...24).map { Rational(Integer($0), 4) }.filter { x.contains($0) }
  }

  /// The definitions of IEEE 1788-2015, table 10.7, by quantifiers over members.
  @Test func `relations are their definitions`() {
    #expect(Self.sets.count == 14)
    for x in Self.sets {
      for y in Self.sets {
        let (a, b) = (members(x), members(y))
        #expect(x.isSubset(of: y) == a.allSatisfy(b.contains), "\(x), \(y)")
        #expect(x.isSameSet(as: y) == (a == b), "\(x), \(y)")
        #expect(x.isDisjoint(from: y) == a.allSatisfy { !b.contains($0) }, "\(x), \(y)")
        #expect(x.precedes(y) == a.allSatisfy { s in b.allSatisfy { s <= $0 } }, "\(x), \(y)")
        #expect(x.strictlyPrecedes(y) == a.allSatisfy { s in b.allSatisfy { s < $0 } }, "\(x), \(y)")
        // Among numbers as dense as these no two sets here differ in a neighbour only.
        #expect(
          x.isWeaklyLess(than: y)
            == (a.allSatisfy { s in b.contains { s <= $0 } } && b.allSatisfy { t in a.contains { $0 <= t } }),
          "\(x), \(y)")
      }
    }
  }

  @Test func `interior and strictly less take infinite ends as open`() throws {
    func set(_ a: Double, _ b: Double) throws -> Interval {
      try #require(Interval(exactlyFrom: a, to: b, precision: 53))
    }
    let (empty, entire) = (Interval.empty(precision: 53), Interval.entire(precision: 53))
    #expect(try set(1, 2).isInterior(to: set(0, 3)))
    #expect(try !set(1, 2).isInterior(to: set(1, 3)))
    #expect(try !set(1, 2).isInterior(to: set(0, 2)))
    #expect(try set(1, .infinity).isInterior(to: set(0, .infinity)))
    #expect(entire.isInterior(to: entire) && empty.isInterior(to: empty))
    #expect(try empty.isInterior(to: set(1, 2)) && !set(1, 2).isInterior(to: empty))
    #expect(try set(1, 3).isStrictlyLess(than: set(2, 4)))
    #expect(try !set(1, 4).isStrictlyLess(than: set(2, 4)))
    #expect(try set(1, .infinity).isStrictlyLess(than: set(2, .infinity)))
    #expect(try set(-.infinity, 1).isStrictlyLess(than: set(-.infinity, 2)))
    #expect(entire.isStrictlyLess(than: entire) && empty.isStrictlyLess(than: empty))
    #expect(try !empty.isStrictlyLess(than: set(1, 2)) && !empty.isWeaklyLess(than: set(1, 2)))
  }

  /// A ball holds its ends and no number beyond; what bounds nothing gives the entire line.
  @Test func `a ball holds the numbers up to its radius`() {
    for n in 0...5 {
      let radius = BigFloat(n, precision: 53, rounding: .nearest)
      let ball = Interval.ball(radius)
      #expect(ball.isSameSet(as: Interval(from: Rational(-n), to: Rational(n), precision: 53)))
      #expect(ball.precision == 53)
      let enclosed = Interval(from: 0, to: Rational(n), precision: 53)
      #expect(Interval.ball(enclosed).isSameSet(as: ball))
    }
    let entire = Interval.entire(precision: 53)
    for radius in [BigFloat.infinity(precision: 53), .nan(precision: 53), BigFloat(-1, precision: 53, rounding: .up)] {
      #expect(Interval.ball(radius).isSameSet(as: entire), "\(radius)")
    }
    #expect(Interval.ball(.empty(precision: 53)).isSameSet(as: entire))
  }

  @Test func `ends of doubles`() {
    #expect(Interval(exactlyFrom: 2, to: 1, precision: 53) == nil)
    #expect(Interval(exactlyFrom: .nan, to: 1, precision: 53) == nil)
    #expect(Interval(exactlyFrom: .infinity, to: .infinity, precision: 53) == nil)
    #expect(Interval(exactlyFrom: 0.1, to: 0.1, precision: 24)?.isPoint == false)
  }

  @Test func `results have the greatest precision`() {
    let (x, y) = (Interval(from: 1, to: 2, precision: 100), Interval(from: 0, to: 3, precision: 53))
    for z in [
      x.hull(y), y.intersection(x), y.minimum(x), x.maximum(y), x * y, x.fusedMultiplyAdd(y, .entire(precision: 2)),
    ] {
      #expect(z.lower.precision == 100 && z.upper.precision == 100)
    }
    let least = BigFloat(1, precision: 53, rounding: .nearest).scaled(byPowerOfTwo: -(1 << 31), rounding: .up)
    let three = BigFloat.sum(
      least, .sum(least, least, precision: 53, rounding: .nearest), precision: 53, rounding: .nearest)
    let tiny = Interval(least, three)
    #expect(tiny?.midpoint == .sum(least, least, precision: 53, rounding: .nearest) && tiny?.radius == least)
  }

  /// The radius reaches both ends, and one unit less would not.
  @Test func `midpoint and radius hold the set`() {
    RandomCases.run(400) { random, label in
      let x = random.cornerInterval()
      guard let middle = x.midpoint, let radius = x.radius else {
        #expect(x.isEmpty, "\(label)")
        return
      }
      #expect(x.lower <= middle && middle <= x.upper, "\(label): \(x.exactText)")
      guard x.isBounded else { return #expect(radius.isInfinite, "\(label): \(x.exactText)") }
      let p = x.precision
      let right = BigFloat.difference(x.upper, middle, precision: p, rounding: .up)
      let left = BigFloat.difference(middle, x.lower, precision: p, rounding: .up)
      #expect(radius == max(left, right) && radius.signum >= 0, "\(label): \(x.exactText)")
    }
  }

  /// Every x with b x = a lies in one of the two parts; a number strictly between them solves nothing.
  @Test func `solutions of a product`() {
    RandomCases.run(400) { random, label in
      let (a, b) = (random.interval(exponents: -6...6), random.interval(exponents: -6...6))
      let parts = a.solutions(ofProductWith: b)
      let (s, t) = (random.member(of: a), random.member(of: b))
      if t.signum != 0 {
        #expect(parts.first.contains(s / t) || parts.second.contains(s / t), "\(label): \(a), \(b)")
      }
      if a.contains(0) && b.contains(0) {
        #expect(parts.first.isSameSet(as: .entire(precision: 53)) && parts.second.isEmpty, "\(label)")
      } else if !parts.second.isEmpty {
        #expect(parts.first.precedes(parts.second), "\(label)")
        let gap = Rational(Integer(Int(random.next() % 2001) - 1000), 256)
        guard !parts.first.contains(gap), !parts.second.contains(gap) else { return }
        #expect((Interval(gap, precision: 900) * b).isDisjoint(from: a), "\(label): \(gap) solves \(b) x = \(a)")
      } else {
        #expect(parts.first.isSameSet(as: a / b), "\(label): \(a), \(b)")
      }
    }
  }
}
