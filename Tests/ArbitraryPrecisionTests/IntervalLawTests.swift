import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@Suite struct IntervalLawTests {
  /// Broken on purpose by exchanging the rounding directions of the sum, and by leaving out one sign case of the
  /// product: both were seen to fail here.
  @Test(arguments: BinaryCase.operators)
  func `a binary operation contains the exact result at members`(_ operation: BinaryCase) {
    RandomCases.run(400) { random, label in
      let (x, y) = (random.interval(), random.interval())
      let (a, b) = (random.member(of: x), random.member(of: y))
      guard let exact = operation.exact?(a, b) else { return }
      #expect(operation.apply(x, y).contains(exact), "\(label): \(x), \(y) at \(a), \(b)")
    }
  }

  /// Tightest results at points: no number of the result's precision lies strictly between an end and the exact result.
  @Test(arguments: BinaryCase.operators)
  func `a binary operation on points is rounded once`(_ operation: BinaryCase) {
    RandomCases.run(300) { random, label in
      let p = random.precision()
      let (x, y) = (random.number(p), random.number(p))
      guard let a = x.rational, let b = y.rational, let exact = operation.exact?(a, b) else { return }
      let result = operation.apply(Interval(x), Interval(y))
      let q = result.precision
      #expect(result.lower == BigFloat(exact, precision: q, rounding: .down), "\(label): \(a), \(b)")
      #expect(result.upper == BigFloat(exact, precision: q, rounding: .up), "\(label): \(a), \(b)")
    }
  }

  /// The finer twin of the value at a member must meet the result: it holds the exact value, which the result must
  /// hold.
  @Test(arguments: UnaryCase.all)
  func `a function contains its values at members`(_ function: UnaryCase) {
    RandomCases.run(200) { random, label in
      let x = random.interval(exponents: -20...12)
      let a = random.member(of: x)
      guard function.isDefined(a) else { return }
      let result = function.apply(x)
      let twin = function.apply(Interval(a, precision: 900))
      #expect(!result.isDisjoint(from: twin), "\(label): \(x) at \(a): \(result) against \(twin)")
      // Where the twin is far narrower than its distance from the ends, meeting is containing; else widen by it.
      #expect(
        twin.isSubset(of: result) || twin.width > result.width || touches(result, twin),
        "\(label): \(x) at \(a): \(twin) is not inside \(result)")
    }
  }

  private func touches(_ result: Interval, _ twin: Interval) -> Bool {
    (twin.lower <= result.lower && result.lower <= twin.upper)
      || (twin.lower <= result.upper && result.upper <= twin.upper)
  }

  @Test(arguments: UnaryCase.all)
  func `a function of a part is a part of the function`(_ function: UnaryCase) {
    RandomCases.run(200) { random, label in
      let x = random.cornerInterval()
      let part = random.part(of: x)
      #expect(function.apply(part).isSubset(of: function.apply(x)), "\(label): \(part) in \(x)")
    }
  }

  @Test(arguments: UnaryCase.all)
  func `more precision only shrinks`(_ function: UnaryCase) {
    RandomCases.run(200) { random, label in
      let x = random.interval(exponents: -20...12)
      let fine = function.apply(x.rounded(to: x.precision + 64))
      #expect(fine.isSubset(of: function.apply(x)), "\(label): \(x)")
    }
  }

  /// The tightest result is the hull of the true range rounded once. A result of 128 bits more encloses that hull;
  /// rounded to the precision asked for it cannot be smaller than the tightest one, and must not be smaller than the
  /// result.
  @Test(arguments: UnaryCase.all)
  func `a function of one set is the tightest`(_ function: UnaryCase) {
    RandomCases.run(200) { random, label in
      let x = random.cornerInterval()
      let result = function.apply(x)
      let fine = function.apply(x.rounded(to: x.precision + 128))
      #expect(fine.rounded(to: x.precision).isSameSet(as: result), "\(label): \(x.exactText): \(result.exactText)")
      #expect(fine.isSubset(of: result), "\(label): \(x.exactText)")
    }
  }

  @Test(arguments: BinaryCase.all)
  func `a function of two sets is the tightest`(_ function: BinaryCase) {
    RandomCases.run(200) { random, label in
      let (x, y) = (random.cornerInterval(), random.cornerInterval())
      let p = max(x.precision, y.precision)
      let result = function.apply(x, y)
      let fine = function.apply(x.rounded(to: p + 128), y.rounded(to: p + 128))
      #expect(fine.rounded(to: p).isSameSet(as: result), "\(label): \(x.exactText), \(y.exactText)")
      #expect(fine.isSubset(of: result), "\(label): \(x.exactText), \(y.exactText)")
    }
  }

  @Test(arguments: BinaryCase.all)
  func `a function of parts is a part of the function`(_ function: BinaryCase) {
    RandomCases.run(200) { random, label in
      let (x, y) = (random.cornerInterval(), random.cornerInterval())
      let (s, t) = (random.part(of: x), random.part(of: y))
      // The parts of a solution set may change places: their union is what shrinks.
      if function.testDescription.hasSuffix("solution") {
        let (whole, part) = (x.solutions(ofProductWith: y), s.solutions(ofProductWith: t))
        #expect(part.first.isSubset(of: whole.first) || part.first.isSubset(of: whole.second), "\(label)")
        #expect(part.second.isSubset(of: whole.first) || part.second.isSubset(of: whole.second), "\(label)")
        return
      }
      // An intersection of parts is a part, a hull of parts as well unless one is empty.
      #expect(function.apply(s, t).isSubset(of: function.apply(x, y)), "\(label): \(s), \(t) in \(x), \(y)")
    }
  }

  @Test func `the product and quotient agree with a naive twin over all ends`() {
    RandomCases.run(500) { random, label in
      let (x, y) = (random.interval(), random.interval())
      guard x.isBounded, y.isBounded, let a = x.lower.rational, let b = x.upper.rational, let c = y.lower.rational,
        let d = y.upper.rational
      else { return }
      let p = max(x.precision, y.precision)
      let products = [a * c, a * d, b * c, b * d]
      if let low = products.min(), let high = products.max() {
        #expect((x * y).isSameSet(as: Interval(from: low, to: high, precision: p)), "\(label): \(x) * \(y)")
      }
      guard !y.containsZero else { return }
      let quotients = [a / c, a / d, b / c, b / d]
      if let low = quotients.min(), let high = quotients.max() {
        #expect((x / y).isSameSet(as: Interval(from: low, to: high, precision: p)), "\(label): \(x) / \(y)")
      }
    }
  }

  @Test func `an operand may be the result's other operand`() {
    RandomCases.run(200) { random, label in
      let x = random.interval()
      let copy = x
      #expect((x + x).isSameSet(as: x + copy), "\(label)")
      #expect((x * x).isSameSet(as: x * copy), "\(label)")
      #expect(x.squared.isSubset(of: x * x), "\(label)")
    }
  }
}
