import ArbitraryPrecision
import Expressions
import Foundation
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

/// Zeros of the quantities of work quasiprobabilities at angles x + y pi, x algebraic, and numbers next to them that are none.
@Suite struct QuasiZeroTests {
  private func value(_ name: String, _ given: String) throws -> CertifiedValue {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let texts = given.split(separator: " ").map { part in
      let pieces = part.split(separator: "=", maxSplits: 1)
      return (name: String(pieces[0]), text: String(pieces[1]))
    }
    return try quantity.certified(Arguments(texts, for: quantity), to: .relative(digits: 3), within: Budget(bits: 4096))
  }

  /// Each vanishes by an identity: p(3/2 W) at q = 3/2 is sin 2a sin 2b/4, p(-W) at q = 0 is -sin a sin b cos(a + b), the mean N sin b sin(2a + b), the variance
  /// N sin^2 b cos^2(2a + b), and at a = 0 the characteristic function is (cos^2 b + sin^2 b e^(iu))^N.
  @Test(arguments: [
    ("quasi.atom", "family=flip N=2 q=3/2 a=sqrt(6) b=5*pi/2 w=3"),
    ("quasi.atom", "family=flip N=2 q=3/2 a=sqrt(6)-sqrt(2)*sqrt(3)-pi b=sqrt(7) w=3"),
    ("quasi.atom", "family=parallel N=1 q=0 a=sqrt(2) b=pi/2-sqrt(2) w=-1"),
    ("quasi.atom", "family=parallel N=6 q=0 a=sqrt(2)+sqrt(3) b=5*pi/2-sqrt(5+2*sqrt(6)) w=-2"),
    ("quasi.atom", "family=blocks N=6 k=3 q=1 a=1/sqrt(2) b=pi/2-sqrt(1/2) w=-6"),
    ("quasi.atom", "family=parallel N=5 q=0 a=sqrt(2) b=pi/2-sqrt(2) w=-2"),
    ("quasi.negativity", "family=parallel N=3 q=0 a=sqrt(2) b=pi/2-sqrt(2)"),
    ("quasi.negative-atoms", "family=parallel N=4 q=0 a=sqrt(2)-0.9 b=pi/2+0.9-sqrt(2)"),
    ("quasi.cumulant", "family=parallel N=3 q=1/2 a=0 b=pi/2 order=2"),
    ("quasi.cumulant", "family=flip N=2 q=1/2 a=0.3 b=pi/2-0.6 order=2"),
    ("quasi.cumulant", "family=flip N=2 q=7/5 a=sqrt(2) b=pi/2-2*sqrt(2) order=2"),
    ("quasi.cumulant", "family=blocks N=4 k=2 q=1/3 a=sqrt(3) b=pi-2*sqrt(3) order=1"),
    ("quasi.cumulant", "family=flip N=2 q=0 a=sqrt(2)+sqrt(3) b=pi/2-sqrt(20+8*sqrt(6)) order=2"),
    ("quasi.cumulant", "family=flip N=1 q=1/2 a=sqrt(5) b=0 order=4"),
    ("quasi.cumulant", "family=parallel N=3 q=1/2 a=0 b=pi*sqrt(8)/sqrt(32) order=3"),
    ("quasi.characteristic-magnitude", "family=flip N=1 q=0 a=0 b=pi/4 u=pi"),
    ("quasi.characteristic-magnitude", "family=parallel N=9 q=1/2 a=0 b=3*pi/4 u=5*pi"),
    ("quasi.characteristic-magnitude", "family=blocks N=6 k=3 q=0 a=0 b=pi/4 u=pi/3"),
    ("quasi.limit-distance", "limit=point N=3 q=0 a=0.3 b=0.5 u=0"),
    ("quasi.limit-distance", "limit=gaussian N=3 q=0 a=0 b=pi/2 u=1"),
    ("quasi.limit-distance", "limit=airy N=3 q=1/100003 a=sqrt(3) b=pi u=1"),
  ])
  func `zeros are decided`(name: String, given: String) throws {
    let value = try value(name, given)
    #expect(value.undecided == nil)
    #expect(value.lower?.rational == 0 && value.upper?.rational == 0)
  }

  @Test(arguments: [
    ("quasi.atom", "family=flip N=2 q=3/2 a=sqrt(6) b=5*pi/2+1e-300 w=3"),
    ("quasi.atom", "family=parallel N=1 q=0 a=sqrt(2) b=pi/2-sqrt(2)+1e-300 w=-1"),
    ("quasi.atom", "family=parallel N=1 q=0 a=sqrt(2) b=pi/2-1.41421356237309504880168872420969807857 w=-1"),
    ("quasi.cumulant", "family=flip N=2 q=1/2 a=0.3 b=pi/2-0.6-1e-200 order=2"),
    ("quasi.cumulant", "family=flip N=2 q=1/2 a=sqrt(2) b=sqrt(3) order=2"),
    ("quasi.characteristic-magnitude", "family=flip N=1 q=0 a=0 b=pi/4 u=pi+1e-300"),
    ("quasi.characteristic-magnitude", "family=flip N=1 q=0 a=0 b=pi/4+1e-300 u=pi"),
    ("quasi.limit-distance", "limit=point N=3 q=0 a=0.3 b=0.5 u=1e-100"),
  ])
  func `near misses are not zero`(name: String, given: String) throws {
    let value = try value(name, given)
    #expect(value.undecided == nil)
    #expect(value.lower?.rational != 0 && value.upper?.rational != 0)
  }

  /// At random angles and random polynomials made to vanish there or not, the decision is that of the construction: p + c is zero for c = 0 alone.
  @Test func `sums that vanish by an identity are zero, and no others`() throws {
    let numbers = [
      "0", "1", "3/10", "sqrt(2)", "sqrt(2) - 1/3", "sqrt(3)", "sqrt(2) + sqrt(3)", "sqrt(5 + 2*sqrt(6))", "2*sqrt(2)",
    ]
    let turns = ["0", "1", "1/2", "-1/3", "2/5", "5/12", "1/7"]
    try RandomCases.run(60) { random, label in
      func pick(_ texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }
      let (x, y) = (pick(numbers), pick(turns))
      let (m, n) = (1 + Int(random.next() % 3), 1 + Int(random.next() % 4))
      // The angles a and b = y pi - n a.
      let first = "\(x) + (\(pick(turns)))*pi"
      let second = "(\(y))*pi - \(n)*(\(first))"
      let note: Comment = "\(label): a = \(first), b = \(second), \(m)"
      let angles = try [first, second].map { try #require(ExactAngle(Constant(parsing: $0)), note) }
      func exponential(_ m: Int, _ j: Int) -> ExponentialSum { .exponential(m, of: j, angles: 2) }
      // e^(i m d (n a + b)) = e^(i pi m d y) = 1 with the denominator d of y, twice for its sign.
      let d = 2 * (Int(exactly: angles[1].turns.denominator * angles[0].turns.denominator) ?? 1) * m
      let whole = exponential(d * n, 0) * exponential(d, 1) - ExponentialSum(1, angles: 2)
      // Multiples of it vanish too.
      let factor = ExponentialSum.cosine(of: 0, angles: 2) + Rational(3, 7) * .sine(of: 1, angles: 2)
      let vanishing = [
        whole, factor * whole,
        ExponentialSum.sine(of: 0, angles: 2).squared
          + ExponentialSum.cosine(of: 0, angles: 2).squared - ExponentialSum(1, angles: 2),
      ]
      for sum in vanishing {
        #expect(sum.isZero(at: angles) == .certainlyTrue, note)
        let tiny = Rational(1, Integer(10).power(40 + Int(random.next() % 200)))
        #expect((sum + ExponentialSum(tiny, angles: 2)).isZero(at: angles) == .certainlyFalse, note)
        #expect((sum + tiny * exponential(1, 0)).isZero(at: angles) == .certainlyFalse, note)
      }
    }
  }

  /// 1 + z + ... + z^(p-1) at a root of unity z of order p is zero, without the last term it is -z^(p-1).
  @Test(arguments: [2, 3, 5, 7, 11, 30, 101]) func `sums of roots of unity`(order: Int) throws {
    let angle = ExactAngle(turns: Rational(2, Integer(order)))
    let sum = (0..<order).reduce(ExponentialSum(0, angles: 1)) { $0 + .exponential($1, of: 0, angles: 1) }
    #expect(sum.isZero(at: [angle]) == .certainlyTrue)
    #expect((sum - .exponential(order - 1, of: 0, angles: 1)).isZero(at: [angle]) == .certainlyFalse)
    #expect(sum.isZero(at: [ExactAngle(turns: Rational(1, Integer(order)))]) == .certainlyFalse)
  }

  /// e^(ix) and e^(iy) are equal for algebraic x and y exactly when x and y are; with a part of pi they may be equal or opposite.
  @Test(arguments: [
    ("sqrt(2)", "sqrt(3)", 0), ("sqrt(8)", "2*sqrt(2)", 1), ("sqrt(2) + sqrt(3)", "sqrt(5 + 2*sqrt(6))", 1),
    ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694", 0), ("sqrt(2) + 2*pi", "sqrt(2)", 1),
    ("sqrt(2) + pi", "sqrt(2)", -1), ("sqrt(2) + pi/2", "sqrt(2)", 0), ("1", "0", 0), ("0", "4*pi", 1),
    ("3*pi", "0", -1),
    ("sqrt(3) - pi/3", "sqrt(3) + 5*pi/3", 1), ("sqrt(3) - pi/3", "sqrt(12)/2 + 2*pi/3", -1),
  ])
  func `exponentials of different numbers are independent`(x: String, y: String, sign: Int) throws {
    let angles = try [x, y].map { try #require(ExactAngle(Constant(parsing: $0))) }
    let (e, f) = (
      ExponentialSum.exponential(1, of: 0, angles: 2), ExponentialSum.exponential(1, of: 1, angles: 2)
    )
    #expect((e - f).isZero(at: angles) == (sign == 1 ? .certainlyTrue : .certainlyFalse))
    #expect((e + f).isZero(at: angles) == (sign == -1 ? .certainlyTrue : .certainlyFalse))
  }

  @Test(arguments: [
    ("0", "0", 8, 0, 0), ("1", "0", 8, 1, 0), ("0", "sqrt(2)", 8, 0, 1), ("sqrt(8)", "3*sqrt(2)", 8, 2, 3),
    ("sqrt(2)", "sqrt(3)", 8, 1, 9), ("1", "9", 8, 1, 9), ("9", "1", 8, 1, 9), ("8", "-7", 8, -8, 7),
    ("sqrt(2) + sqrt(3)", "2*sqrt(5 + 2*sqrt(6))", 4, 1, 2), ("sqrt(2)", "sqrt(2) + 1e-40", 4, 1, 5),
  ])
  func `steps of two algebraic numbers`(a: String, b: String, limit: Int, first: Int, second: Int) throws {
    let steps = try #require(ExactAngle.steps(Constant(parsing: a), Constant(parsing: b), upTo: limit))
    #expect(steps == (first, second))
  }

  /// The exponent is compared with the least magnitude that a sum of roots of unity can have: it must bound both of its parts. Expected from doubles.
  @Test func `the exponent of a sum of roots bounds it, and is near it`() {
    RandomCases.run(200) { random, label in
      let half = Int.random(in: 1...30, using: &random)
      var sums: [Int: ExponentialSum.Coefficient] = [:]
      var (x, y, size) = (0.0, 0.0, 0.0)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<2 * half, using: &random)
        let (real, imaginary) = (Int.random(in: -9...9, using: &random), Int.random(in: -9...9, using: &random))
        guard sums[place] == nil else { continue }
        sums[place] = .init(real: Rational(Integer(real)), imaginary: Rational(Integer(imaginary)))
        let angle = Double.pi * Double(place) / Double(half)
        x += Double(real) * cos(angle) - Double(imaginary) * sin(angle)
        y += Double(real) * sin(angle) + Double(imaginary) * cos(angle)
        size += Double(abs(real) + abs(imaginary))
      }
      let magnitude = (x * x + y * y).squareRoot()
      // The doubles are off by less than 2^-45 of the size: four terms of two products, angles to three roundings.
      guard magnitude > 0x1p-30 * size else { return }
      let found = ExponentialSum.value(sums, half, bits: 128)
      let bound = Double(sign: .plus, exponent: max(found.magnitude, -1000), significand: 1)
      #expect(!found.isZero, "\(label)")
      #expect(magnitude < bound, "\(label)")
      #expect(magnitude >= bound / 8, "\(label)")
    }
  }
}
