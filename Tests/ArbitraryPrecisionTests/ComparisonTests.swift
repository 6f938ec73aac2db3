import ArbitraryPrecision
import TestSupport
import Testing

@Suite struct ComparisonTests {
  @Test func `three-valued logic is Kleene's`() {
    let all = Decision.allCases
    for a in all {
      #expect(a.not.not == a)
      for b in all {
        #expect(a.and(b) == b.and(a))
        #expect(a.or(b) == a.not.and(b.not).not)
        #expect(Decision.certainlyFalse.and(a) == .certainlyFalse)
        #expect(Decision.certainlyTrue.or(a) == .certainlyTrue)
        #expect(Decision.certainlyTrue.and(a) == a)
      }
    }
    #expect(Decision.undecided.and(.certainlyTrue) == .undecided)
  }

  /// A certain answer must agree with the comparison of every pair of members.
  @Test func `certain answers hold for all members`() {
    RandomCases.run(600) { random, label in
      let (x, y) = (random.interval(exponents: -3...3), random.interval(exponents: -3...3))
      let (a, b) = (random.member(of: x), random.member(of: y))
      func agrees(_ decision: Decision, _ holds: Bool) -> Bool { decision == .undecided || decision == Decision(holds) }
      #expect(agrees(x.isLess(than: y), a < b), "\(label): \(x) < \(y) at \(a), \(b)")
      #expect(agrees(x.isAtMost(y), a <= b), "\(label): \(x) <= \(y) at \(a), \(b)")
      #expect(agrees(x.isEqual(to: y), a == b), "\(label): \(x) = \(y) at \(a), \(b)")
      if let sign = x.certainSign { #expect(sign == a.signum, "\(label): \(x)") }
    }
  }

  @Test func `points and disjoint sets are decided`() {
    let one = Interval(1, precision: 64)
    let two = Interval(2, precision: 64)
    #expect(one.isLess(than: two) == .certainlyTrue)
    #expect(one.isLess(than: one) == .certainlyFalse)
    #expect(one.isAtMost(one) == .certainlyTrue)
    #expect(two.isAtMost(one) == .certainlyFalse)
    #expect(one.isEqual(to: one) == .certainlyTrue)
    #expect(one.isEqual(to: two) == .certainlyFalse)
    #expect(one.hull(two).isLess(than: two) == .undecided)
    #expect(one.hull(two).isAtMost(two) == .certainlyTrue)
    #expect(Interval(0, precision: 64).certainSign == 0)
  }
}
