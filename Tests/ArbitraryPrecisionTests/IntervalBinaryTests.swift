import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision

/// Functions of two and three intervals against independent twins at random members.
@Suite struct IntervalBinaryTests {
  private func meets(_ result: Interval, _ twin: Interval) -> Bool { !result.isDisjoint(from: twin) }

  /// The fast forms (inline, finite, not zero) and the general ones must return the same ends.
  @Test func `fast and general forms agree to the last bit`() {
    RandomCases.run(1000) { random, label in
      let (x, y) = (random.interval(), random.interval())
      let p = max(x.precision, y.precision)
      #expect((x + y).isSameSet(as: .generalSum(x, y, p)), "\(label): \(x) + \(y)")
      #expect((x - y).isSameSet(as: .generalDifference(x, y, p)), "\(label): \(x) - \(y)")
      #expect((x * y).isSameSet(as: .generalProduct(x, y, p)), "\(label): \(x) * \(y)")
      #expect((x / y).isSameSet(as: .generalQuotient(x, y, p)), "\(label): \(x) / \(y)")
    }
  }

  @Test func `in-place forms are the operators`() {
    RandomCases.run(500) { random, label in
      let (x, y) = (random.interval(), random.interval())
      var (a, b, c, d) = (x, x, x, x)
      a += y
      b -= y
      c *= y
      d /= y
      #expect(a.isSameSet(as: x + y) && b.isSameSet(as: x - y), "\(label): \(x), \(y)")
      #expect(c.isSameSet(as: x * y) && d.isSameSet(as: x / y), "\(label): \(x), \(y)")
      var e = x
      e += e
      var f = x
      f *= f
      #expect(e.isSameSet(as: x + x) && f.isSameSet(as: x * x), "\(label): \(x)")
    }
  }

  @Test func `a fused product and sum contains the exact one, and is inside the unfused one`() {
    RandomCases.run(500) { random, label in
      let (x, y, z) = (random.interval(), random.interval(), random.interval())
      let result = x.fusedMultiplyAdd(y, z)
      let exact = random.member(of: x) * random.member(of: y) + random.member(of: z)
      #expect(result.contains(exact), "\(label): \(x) * \(y) + \(z)")
      let p = max(x.precision, y.precision, z.precision)
      #expect(result.isSubset(of: x.rounded(to: p) * y + z), "\(label): \(x) * \(y) + \(z)")
    }
  }

  @Test func `a fused product and sum of points is rounded once`() {
    RandomCases.run(300) { random, label in
      let p = random.precision()
      let (x, y, z) = (random.number(p), random.number(p), random.number(p))
      guard let a = x.rational, let b = y.rational, let c = z.rational else { return }
      let result = Interval(x).fusedMultiplyAdd(Interval(y), Interval(z))
      #expect(result.isSameSet(as: Interval(a * b + c, precision: result.precision)), "\(label)")
    }
  }

  @Test func `least, greatest and hypotenuse hold those of members`() {
    RandomCases.run(400) { random, label in
      let (x, y) = (random.interval(), random.interval())
      let (a, b) = (random.member(of: x), random.member(of: y))
      #expect(x.minimum(y).contains(min(a, b)), "\(label)")
      #expect(x.maximum(y).contains(max(a, b)), "\(label)")
      let twin = Interval(a * a + b * b, precision: 600).squareRoot
      #expect(meets(x.hypotenuse(y), twin), "\(label): \(x), \(y)")
    }
  }

  /// The twin goes through exponential and logarithm, the function through MPFR's power.
  @Test func `a real power holds those of members`() {
    RandomCases.run(400) { random, label in
      let (x, y) = (random.interval(exponents: -6...6), random.interval(exponents: -5...5))
      let (a, b) = (random.member(of: x), random.member(of: y))
      let result = x.power(y)
      if a.signum > 0 {
        let twin = (Interval(b, precision: 600) * Interval(a, precision: 600).logarithm).exponential
        #expect(meets(result, twin), "\(label): \(x)^\(y) at \(a), \(b): \(result) against \(twin)")
      } else if a.signum == 0, b.signum > 0 {
        #expect(result.contains(0), "\(label): \(x)^\(y)")
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 7, 10])
  func `the power of a root is the number`(_ n: Int) {
    RandomCases.run(100) { random, label in
      let x = random.interval()
      let domain = n % 2 == 0 ? x.absoluteValue : x
      let a = random.member(of: domain)
      #expect(domain.root(n).power(n).contains(a), "\(label): root \(n) of \(domain)")
    }
  }

  /// The twin is built from the arctangent and pi by quadrants.
  @Test func `the angle of a point holds those of members`() {
    RandomCases.run(600) { random, label in
      let (y, x) = (random.interval(), random.interval())
      let (b, a) = (random.member(of: y), random.member(of: x))
      guard a.signum != 0 || b.signum != 0 else { return }
      let pi = Interval.pi(precision: 600)
      var angle: Interval
      if a.signum == 0 {
        angle = pi.scaled(byPowerOfTwo: -1)
        if b.signum < 0 { angle = -angle }
      } else {
        angle = (Interval(b, precision: 600) / Interval(a, precision: 600)).arctangent
        if a.signum < 0 { angle = b.signum < 0 ? angle - pi : angle + pi }
      }
      #expect(meets(y.arctangent2(x), angle), "\(label): atan2(\(y), \(x)) at \(b), \(a)")
    }
  }

  @Test func `angles at the edges of the plane`() {
    func make(_ a: Int, _ b: Int) -> Interval { Interval(from: Rational(a), to: Rational(b), precision: 64) }
    let zero = make(0, 0)
    #expect(zero.arctangent2(zero).isEmpty)
    #expect(zero.arctangent2(make(0, 2)).isSameSet(as: zero))
    #expect(zero.arctangent2(make(-2, 0)).isSameSet(as: .pi(precision: 64)))
    #expect(
      make(0, 1).arctangent2(make(-1, 0)).isSameSet(
        as: .pi(precision: 64).scaled(byPowerOfTwo: -1).hull(.pi(precision: 64))))
    let around = Interval.pi(precision: 64).hull(-.pi(precision: 64))
    #expect(make(-1, 1).arctangent2(make(-1, 1)).isSameSet(as: around))
    #expect(make(-1, 0).arctangent2(make(-1, 0)).isSameSet(as: around))
    #expect(
      make(-1, 0).arctangent2(make(0, 1)).isSameSet(as: (-.pi(precision: 64).scaled(byPowerOfTwo: -1)).hull(zero)))
  }
}
