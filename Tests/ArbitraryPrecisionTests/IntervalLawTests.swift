import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

/// A function of one interval with a name, for parameterised tests.
struct UnaryCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let apply: @Sendable (Interval) -> Interval
  /// Whether the function is defined at a rational point.
  let isDefined: @Sendable (Rational) -> Bool

  static let all: [UnaryCase] = [
    UnaryCase(testDescription: "negation", apply: { -$0 }, isDefined: { _ in true }),
    UnaryCase(testDescription: "absolute value", apply: { $0.absoluteValue }, isDefined: { _ in true }),
    UnaryCase(testDescription: "square root", apply: { $0.squareRoot }, isDefined: { $0.signum >= 0 }),
    UnaryCase(testDescription: "exponential", apply: { $0.exponential }, isDefined: { _ in true }),
    UnaryCase(testDescription: "logarithm", apply: { $0.logarithm }, isDefined: { $0.signum > 0 }),
    UnaryCase(testDescription: "sine", apply: { $0.sine }, isDefined: { _ in true }),
    UnaryCase(testDescription: "cosine", apply: { $0.cosine }, isDefined: { _ in true }),
    UnaryCase(testDescription: "tangent", apply: { $0.tangent }, isDefined: { _ in true }),
    UnaryCase(testDescription: "arctangent", apply: { $0.arctangent }, isDefined: { _ in true }),
    UnaryCase(testDescription: "exp2", apply: { $0.exponential2 }, isDefined: { _ in true }),
    UnaryCase(testDescription: "exp10", apply: { $0.exponential10 }, isDefined: { _ in true }),
    UnaryCase(testDescription: "expm1", apply: { $0.exponentialMinusOne }, isDefined: { _ in true }),
    UnaryCase(testDescription: "log2", apply: { $0.logarithm2 }, isDefined: { $0.signum > 0 }),
    UnaryCase(testDescription: "log10", apply: { $0.logarithm10 }, isDefined: { $0.signum > 0 }),
    UnaryCase(testDescription: "log1p", apply: { $0.logarithmOnePlus }, isDefined: { $0 > -1 }),
    UnaryCase(testDescription: "sinh", apply: { $0.hyperbolicSine }, isDefined: { _ in true }),
    UnaryCase(testDescription: "cosh", apply: { $0.hyperbolicCosine }, isDefined: { _ in true }),
    UnaryCase(testDescription: "tanh", apply: { $0.hyperbolicTangent }, isDefined: { _ in true }),
    UnaryCase(testDescription: "asinh", apply: { $0.inverseHyperbolicSine }, isDefined: { _ in true }),
    UnaryCase(testDescription: "acosh", apply: { $0.inverseHyperbolicCosine }, isDefined: { $0 >= 1 }),
    UnaryCase(
      testDescription: "atanh", apply: { $0.inverseHyperbolicTangent }, isDefined: { $0.magnitude < 1 }),
    UnaryCase(testDescription: "asin", apply: { $0.arcsine }, isDefined: { $0.magnitude <= 1 }),
    UnaryCase(testDescription: "acos", apply: { $0.arccosine }, isDefined: { $0.magnitude <= 1 }),
    UnaryCase(testDescription: "floor", apply: { $0.floor }, isDefined: { _ in true }),
    UnaryCase(testDescription: "ceiling", apply: { $0.ceiling }, isDefined: { _ in true }),
    UnaryCase(testDescription: "truncation", apply: { $0.truncated }, isDefined: { _ in true }),
    UnaryCase(testDescription: "sign", apply: { $0.sign }, isDefined: { _ in true }),
    UnaryCase(testDescription: "root 3", apply: { $0.root(3) }, isDefined: { _ in true }),
    UnaryCase(testDescription: "root 4", apply: { $0.root(4) }, isDefined: { $0.signum >= 0 }),
    UnaryCase(testDescription: "reciprocal", apply: { $0.reciprocal }, isDefined: { $0.signum != 0 }),
    UnaryCase(testDescription: "square", apply: { $0.squared }, isDefined: { _ in true }),
    UnaryCase(testDescription: "cube", apply: { $0.power(3) }, isDefined: { _ in true }),
    UnaryCase(testDescription: "power 0", apply: { $0.power(0) }, isDefined: { _ in true }),
    UnaryCase(testDescription: "power -1", apply: { $0.power(-1) }, isDefined: { $0.signum != 0 }),
    UnaryCase(testDescription: "power -2", apply: { $0.power(-2) }, isDefined: { $0.signum != 0 }),
    UnaryCase(testDescription: "power 17", apply: { $0.power(17) }, isDefined: { _ in true }),
  ]
}

/// A function of two intervals with its exact twin on rationals.
struct BinaryCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let apply: @Sendable (Interval, Interval) -> Interval
  let exact: @Sendable (Rational, Rational) -> Rational?

  static let all: [BinaryCase] = [
    BinaryCase(testDescription: "sum", apply: { $0 + $1 }, exact: { $0 + $1 }),
    BinaryCase(testDescription: "difference", apply: { $0 - $1 }, exact: { $0 - $1 }),
    BinaryCase(testDescription: "product", apply: { $0 * $1 }, exact: { $0 * $1 }),
    BinaryCase(testDescription: "quotient", apply: { $0 / $1 }, exact: { $1.signum == 0 ? nil : $0 / $1 }),
  ]
}

@Suite struct IntervalLawTests {
  /// Broken on purpose by exchanging the rounding directions of the sum, and by leaving out one sign case of the product:
  /// both were seen to fail here.
  @Test(arguments: BinaryCase.all)
  func `a binary operation contains the exact result at members`(_ operation: BinaryCase) {
    RandomCases.run(400) { random, label in
      let (x, y) = (random.interval(), random.interval())
      let (a, b) = (random.member(of: x), random.member(of: y))
      guard let exact = operation.exact(a, b) else { return }
      #expect(operation.apply(x, y).contains(exact), "\(label): \(x), \(y) at \(a), \(b)")
    }
  }

  /// Tightest results at points: no number of the result's precision lies strictly between an end and the exact result.
  @Test(arguments: BinaryCase.all)
  func `a binary operation on points is rounded once`(_ operation: BinaryCase) {
    RandomCases.run(300) { random, label in
      let p = random.precision()
      let (x, y) = (random.number(p), random.number(p))
      guard let a = x.rational, let b = y.rational, let exact = operation.exact(a, b) else { return }
      let result = operation.apply(Interval(x), Interval(y))
      let q = result.precision
      #expect(result.lower == BigFloat(exact, precision: q, rounding: .down), "\(label): \(a), \(b)")
      #expect(result.upper == BigFloat(exact, precision: q, rounding: .up), "\(label): \(a), \(b)")
    }
  }

  /// The finer twin of the value at a member must meet the result: it holds the exact value, which the result must hold.
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
      let x = random.interval(exponents: -20...12)
      let part = x.intersection(
        Interval(random.member(of: x), precision: x.precision).hull(.init(random.member(of: x), precision: x.precision))
      )
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
    RandomCases.run(100) { random, label in
      let x = random.interval()
      let copy = x
      #expect((x + x).isSameSet(as: x + copy), "\(label)")
      #expect((x * x).isSameSet(as: x * copy), "\(label)")
      #expect(x.squared.isSubset(of: x * x), "\(label)")
    }
  }
}
