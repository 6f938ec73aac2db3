import ArbitraryPrecision
import Testing

/// A function of one interval with a name, for parameterised tests.
struct UnaryCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let apply: @Sendable (Interval) -> Interval
  /// Whether the function is defined at a rational point.
  let isDefined: @Sendable (Rational) -> Bool

  private init(
    _ name: String, _ apply: @escaping @Sendable (Interval) -> Interval,
    where isDefined: @escaping @Sendable (Rational) -> Bool = { _ in true }
  ) {
    testDescription = name
    self.apply = apply
    self.isDefined = isDefined
  }

  static let all: [UnaryCase] = [
    UnaryCase("negation", { -$0 }),
    UnaryCase("absolute value", { $0.absoluteValue }),
    UnaryCase("square root", { $0.squareRoot }, where: { $0.signum >= 0 }),
    UnaryCase("exponential", { $0.exponential }),
    UnaryCase("logarithm", { $0.logarithm }, where: { $0.signum > 0 }),
    UnaryCase("sine", { $0.sine }),
    UnaryCase("cosine", { $0.cosine }),
    UnaryCase("tangent", { $0.tangent }),
    UnaryCase("arctangent", { $0.arctangent }),
    UnaryCase("exp2", { $0.exponential2 }),
    UnaryCase("exp10", { $0.exponential10 }),
    UnaryCase("expm1", { $0.exponentialMinusOne }),
    UnaryCase("exponential integral", { $0.exponentialIntegral }, where: { $0.signum > 0 }),
    UnaryCase("log2", { $0.logarithm2 }, where: { $0.signum > 0 }),
    UnaryCase("log10", { $0.logarithm10 }, where: { $0.signum > 0 }),
    UnaryCase("log1p", { $0.logarithmOnePlus }, where: { $0 > -1 }),
    UnaryCase("sinh", { $0.hyperbolicSine }),
    UnaryCase("cosh", { $0.hyperbolicCosine }),
    UnaryCase("tanh", { $0.hyperbolicTangent }),
    UnaryCase("erf", { $0.errorFunction }),
    UnaryCase("asinh", { $0.inverseHyperbolicSine }),
    UnaryCase("acosh", { $0.inverseHyperbolicCosine }, where: { $0 >= 1 }),
    UnaryCase("atanh", { $0.inverseHyperbolicTangent }, where: { $0.magnitude < 1 }),
    UnaryCase("asin", { $0.arcsine }, where: { $0.magnitude <= 1 }),
    UnaryCase("acos", { $0.arccosine }, where: { $0.magnitude <= 1 }),
    UnaryCase("floor", { $0.floor }),
    UnaryCase("ceiling", { $0.ceiling }),
    UnaryCase("truncation", { $0.truncated }),
    UnaryCase("sign", { $0.sign }),
    UnaryCase("root 3", { $0.root(3) }),
    UnaryCase("root 4", { $0.root(4) }, where: { $0.signum >= 0 }),
    UnaryCase("reciprocal", { $0.reciprocal }, where: { $0.signum != 0 }),
    UnaryCase("square", { $0.squared }),
    UnaryCase("cube", { $0.power(3) }),
    UnaryCase("power 0", { $0.power(0) }),
    UnaryCase("power -1", { $0.power(-1) }, where: { $0.signum != 0 }),
    UnaryCase("power -2", { $0.power(-2) }, where: { $0.signum != 0 }),
    UnaryCase("power 17", { $0.power(17) }),
    UnaryCase("power 2/3", { $0.power(Rational(2, 3)) }),
    UnaryCase("power -5/3", { $0.power(Rational(-5, 3)) }, where: { $0.signum != 0 }),
    UnaryCase("power 3/4", { $0.power(Rational(3, 4)) }, where: { $0.signum >= 0 }),
    UnaryCase("power -1/2", { $0.power(Rational(-1, 2)) }, where: { $0.signum > 0 }),
  ]
}

/// A function of two intervals with its exact twin on rationals, where that exists.
struct BinaryCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let apply: @Sendable (Interval, Interval) -> Interval
  let exact: (@Sendable (Rational, Rational) -> Rational?)?

  static let operators: [BinaryCase] = [
    BinaryCase(testDescription: "sum", apply: { $0 + $1 }, exact: { $0 + $1 }),
    BinaryCase(testDescription: "difference", apply: { $0 - $1 }, exact: { $0 - $1 }),
    BinaryCase(testDescription: "product", apply: { $0 * $1 }, exact: { $0 * $1 }),
    BinaryCase(testDescription: "quotient", apply: { $0 / $1 }, exact: { $1.signum == 0 ? nil : $0 / $1 }),
  ]

  static let all: [BinaryCase] =
    operators + [
      BinaryCase(testDescription: "minimum", apply: { $0.minimum($1) }, exact: { min($0, $1) }),
      BinaryCase(testDescription: "maximum", apply: { $0.maximum($1) }, exact: { max($0, $1) }),
      BinaryCase(testDescription: "hypotenuse", apply: { $0.hypotenuse($1) }, exact: nil),
      BinaryCase(testDescription: "real power", apply: { $0.power($1) }, exact: nil),
      BinaryCase(testDescription: "arctangent of two", apply: { $0.arctangent2($1) }, exact: nil),
      BinaryCase(testDescription: "hull", apply: { $0.hull($1) }, exact: nil),
      BinaryCase(testDescription: "intersection", apply: { $0.intersection($1) }, exact: nil),
      BinaryCase(
        testDescription: "first solution", apply: { $0.solutions(ofProductWith: $1).first }, exact: nil),
      BinaryCase(
        testDescription: "second solution", apply: { $0.solutions(ofProductWith: $1).second }, exact: nil),
    ]
}
