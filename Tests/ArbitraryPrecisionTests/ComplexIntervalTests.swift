import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@Suite struct ComplexIntervalTests {
  private func rectangle(_ random: inout SplitMix64) -> ComplexInterval {
    ComplexInterval(random.interval(exponents: -6...6), random.interval(exponents: -6...6))
  }

  private func member(_ z: ComplexInterval, _ random: inout SplitMix64) -> (x: Rational, y: Rational) {
    (random.member(of: z.real), random.member(of: z.imaginary))
  }

  @Test func `operations contain the exact results at members`() {
    RandomCases.run(400) { random, label in
      let (z, w) = (rectangle(&random), rectangle(&random))
      let ((a, b), (c, d)) = (member(z, &random), member(w, &random))
      #expect((z + w).real.contains(a + c) && (z - w).imaginary.contains(b - d), "\(label)")
      #expect((z * w).real.contains(a * c - b * d) && (z * w).imaginary.contains(a * d + b * c), "\(label)")
      let norm = c * c + d * d
      guard norm.signum != 0 else { return }
      let quotient = z / w
      #expect(quotient.real.contains((a * c + b * d) / norm), "\(label)")
      #expect(quotient.imaginary.contains((b * c - a * d) / norm), "\(label)")
    }
  }

  /// The square of the enclosed root must hold the number, and the root is the one with a real part that is not
  /// negative.
  @Test func `the square of the square root is the number`() {
    RandomCases.run(400) { random, label in
      let z = rectangle(&random)
      let (a, b) = member(z, &random)
      let root = z.squareRoot
      let square = root * root
      #expect(square.real.contains(a) && square.imaginary.contains(b), "\(label)")
      #expect(root.real.lower.signum >= 0, "\(label)")
    }
  }

  @Test func `the root of a point is narrow and on its side`() {
    for (x, y) in [(3, 4), (-3, 4), (3, -4), (-3, -4), (-5, 0), (5, 0), (0, 2), (0, -2)] {
      let root = ComplexInterval(Interval(x, precision: 128), Interval(y, precision: 128)).squareRoot
      let limit = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -60, rounding: .up)
      #expect(root.real.width < limit, "\(x) + \(y) i")
      #expect(y < 0 ? root.imaginary.upper.signum <= 0 : root.imaginary.lower.signum >= 0, "\(x) + \(y) i")
      #expect(root.imaginary.width < limit, "\(x) + \(y) i")
    }
  }

  @Test func `the exponential of a sum meets the product of exponentials`() {
    RandomCases.run(200) { random, label in
      let (z, w) = (rectangle(&random), rectangle(&random))
      let (sum, product) = ((z + w).exponential, z.exponential * w.exponential)
      #expect(!sum.real.isDisjoint(from: product.real), "\(label)")
      #expect(!sum.imaginary.isDisjoint(from: product.imaginary), "\(label)")
      #expect(!z.exponential.magnitude.isDisjoint(from: z.real.exponential), "\(label)")
    }
  }

  private static let operations: [(String, @Sendable (ComplexInterval, ComplexInterval) -> ComplexInterval)] = [
    ("sum", { $0 + $1 }), ("difference", { $0 - $1 }), ("product", { $0 * $1 }), ("quotient", { $0 / $1 }),
    ("exponential", { z, _ in z.exponential }), ("square root", { z, _ in z.squareRoot }),
    ("magnitude", { z, _ in ComplexInterval(z.magnitude, z.squaredMagnitude) }),
  ]

  /// The rectangle at 128 bits more, rounded, is no smaller; and the corners, edges and extrema it takes are those of
  /// members: the containment laws above. Where the documentation makes an exception, none is asked for.
  @Test(arguments: 0..<operations.count)
  func `results are the tightest rectangles`(_ index: Int) {
    let (name, operation) = Self.operations[index]
    RandomCases.run(200) { random, label in
      let (z, w) = (rectangle(&random), rectangle(&random))
      let isExcepted = !z.isBounded || !w.isBounded || (name == "quotient" && w.containsZero)
      if isExcepted { return }
      func finer(_ z: ComplexInterval, _ p: Int) -> ComplexInterval {
        ComplexInterval(z.real.rounded(to: p), z.imaginary.rounded(to: p))
      }
      let result = operation(z, w)
      let p = result.precision
      let fine = operation(finer(z, max(p, z.precision, w.precision) + 128), finer(w, p + 128))
      #expect(fine.real.rounded(to: result.real.precision).isSameSet(as: result.real), "\(label): \(name)")
      #expect(
        fine.imaginary.rounded(to: result.imaginary.precision).isSameSet(as: result.imaginary), "\(label): \(name)")
    }
  }

  /// The hull of the quotient against a dense sample of members: the sample is inside, and comes near to all four ends.
  @Test func `the hull of a quotient is reached`() {
    RandomCases.run(100) { random, label in
      func side() -> Interval {
        let a = Rational(Integer(Int(random.next() % 41) - 20), 4)
        return Interval(from: a, to: a + Rational(Integer(Int(random.next() % 9)), 4), precision: 53)
      }
      let (z, w) = (ComplexInterval(side(), side()), ComplexInterval(side(), side()))
      guard !w.containsZero else { return }
      let quotient = z / w
      func points(_ x: Interval, _ steps: Int) -> [Double] {
        let (a, b) = (x.lower.double(rounding: .nearest), x.upper.double(rounding: .nearest))
        return (0...steps).map { a + (b - a) * Double($0) / Double(steps) }
      }
      var real: (Double, Double) = (.infinity, -.infinity)
      for u in points(z.real, 1) {
        for v in points(z.imaginary, 1) {
          for x in points(w.real, 128) {
            for y in points(w.imaginary, 128) {
              let value = (u * x + v * y) / (x * x + y * y)
              real = (min(real.0, value), max(real.1, value))
            }
          }
        }
      }
      let (low, high) = (quotient.real.lower.double(rounding: .down), quotient.real.upper.double(rounding: .up))
      // On a grid of step h an extremum in the plane is missed by at most |f''| h^2 / 8 with |f''| <= 2 |a| / |b|^3,
      // far less than the slack here, since |b| >= 1/4 and h <= 1/64. Numerators are below 2 * 12^2 and norms at least
      // 1/16, so a quotient is below 2^13 and a few roundings of it, all inputs being exact, are below 2^-37.
      let b = w.magnitude.lower.double(rounding: .down)
      let slack = 0x1p-37 + z.magnitude.upper.double(rounding: .up) / (b * b * b) * (1.0 / 64) * (1.0 / 64)
      #expect(low - 0x1p-37 <= real.0 && real.1 <= high + 0x1p-37, "\(label)")
      #expect(real.0 - low <= slack && high - real.1 <= slack, "\(label): [\(low), \(high)] against \(real)")
    }
  }

  @Test func `exact and special rectangles`() throws {
    func make(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> ComplexInterval {
      ComplexInterval(
        Interval(from: Rational(a), to: Rational(b), precision: 64),
        Interval(from: Rational(c), to: Rational(d), precision: 64))
    }
    func isSame(_ a: ComplexInterval, _ b: ComplexInterval) -> Bool {
      a.real.isSameSet(as: b.real) && a.imaginary.isSameSet(as: b.imaginary)
    }
    #expect(isSame(make(3, 3, 4, 4).squareRoot, make(2, 2, 1, 1)))
    #expect(isSame(make(-3, -3, -4, -4).squareRoot, make(1, 1, -2, -2)))
    #expect(isSame(make(-4, -4, 0, 0).squareRoot, make(0, 0, 2, 2)))
    #expect(isSame(make(0, 0, 0, 0).squareRoot, make(0, 0, 0, 0)))
    #expect(isSame(make(0, 0, 0, 0).exponential, make(1, 1, 0, 0)))
    #expect(isSame(make(5, 5, 5, 5) / make(1, 1, 2, 2), make(3, 3, -1, -1)))
    // 1/b for b on the edge from 1 - i to 1 + i: the circle of diameter 1 through 0, cut at real part 1/2.
    let half = make(1, 1, 0, 0) / make(1, 1, -1, 1)
    #expect(half.real.contains(1) && half.real.lower == BigFloat(0.5, precision: 64, rounding: .nearest))
    #expect(half.imaginary.isSameSet(as: Interval(from: Rational(-1, 2), to: Rational(1, 2), precision: 64)))
    #expect((make(1, 2, 3, 4) / make(0, 0, 0, 0)).isEmpty)
    #expect((ComplexInterval.empty(precision: 64) + make(1, 1, 1, 1)).isEmpty)
    // Squares of the divisor out of range, and parts far apart.
    for text in ["[0x1p536870920]", "[0x1p-536870920]"] {
      let part = try Interval(text: text, precision: 53)
      let unit = ComplexInterval(part, part) / ComplexInterval(part, part)
      #expect(isSame(unit, make(1, 1, 0, 0)), "\(text)")
    }
    let small = try Interval(text: "[0x1p-10000]", precision: 53)
    let far = ComplexInterval(Interval(3, precision: 53), small)
    #expect(isSame(far / far, make(1, 1, 0, 0)))
    let whole = make(-1, 1, -1, 1).squareRoot
    #expect(whole.real.lower.isZero && whole.imaginary.lower == -whole.imaginary.upper)
  }
}
