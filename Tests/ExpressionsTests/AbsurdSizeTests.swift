import ArbitraryPrecision
import Expressions
import Testing

/// Texts that ask for more memory or time than there is: each is answered at once.
@Suite(.serialized) struct AbsurdSizeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var kind: ExpressionError.Kind?

    init(_ name: String, _ text: String, _ kind: ExpressionError.Kind? = nil) {
      testDescription = name
      self.text = text
      self.kind = kind
    }

    init(_ text: String, _ kind: ExpressionError.Kind? = nil) { self.init(text, text, kind) }
  }

  /// A guard against hanging, far above what any of these takes: no measurement.
  static let limit = Duration.seconds(60)

  static let roots = [2, 3, 5, 6, 7, 10, 11, 13, 14, 15, 17, 19]

  /// Zero, but only the separation bound tells; roots of different numbers, added in two orders.
  static func disguisedZero(_ count: Int) -> String {
    let terms = roots.prefix(count).map { "sqrt(\($0))" }
    return "\(terms.joined(separator: "+"))-(\(terms.reversed().joined(separator: "+")))"
  }

  static let powers: [Case] = [
    Case("10^(10^12)", .outOfRange), Case("2^10^13", .outOfRange), Case("2^100000", .outOfRange),
    Case("2^999999", .outOfRange), Case("2^-999999", .outOfRange), Case("(1+1e-15000)^999999"),
    Case("(sqrt(2)+1)^999999", .outOfRange), Case("(sqrt(2)-1)^999999", .outOfRange),
    Case("(pi+1)^100000", .outOfRange), Case("((pi^99)^99)^99", .outOfRange), Case("((2^99)^99)^99", .outOfRange),
    Case("((1.00001^99)^99)^99"), Case("2^2^2^2^2^2", .outOfRange),
    Case("9^9^9", .outOfRange), Case("(1+sqrt(2)/1e100)^200000"), Case("((1+sqrt(2))^30000)*((sqrt(2)-1)^30000)"),
    Case("(1e19000*((1+1e-100)-1))^2000", .outOfRange), Case("((1+1e-15000)-1)^999999", .outOfRange),
    Case("1^999999"), Case("0^999999"), Case("(-1)^999999"), Case("pi^17-pi*pi^16"), Case("(pi/3)^999999", .outOfRange),
  ]

  static let deep: [Case] = [
    Case("100000 parentheses", String(repeating: "(", count: 100_000), .malformed),
    Case(
      "49999 closed parentheses", String(repeating: "(", count: 49_999) + "1" + String(repeating: ")", count: 49_999),
      .malformed),
    Case("99999 minus signs", String(repeating: "-", count: 99_999) + "1", .malformed),
    Case("99999 plus signs", String(repeating: "+", count: 99_999) + "1"),
    Case("a tower of 50000", String(repeating: "2^", count: 49_999) + "2", .malformed),
    Case("a tower of 150 ones", String(repeating: "1^", count: 150) + "1"),
    Case("50000 terms", String(repeating: "1+", count: 49_999) + "1", .malformed),
    Case("50000 factors", String(repeating: "9*", count: 49_999) + "9", .malformed),
    Case("20000 functions", String(repeating: "sqrt(", count: 20_000), .malformed),
    Case("130 square roots of 2", nested(130, around: "2") { "sqrt(\($0))" }),
    Case("nested square roots of sums", nested(100, around: "2") { "sqrt(1+\($0))" }),
    Case("nested square roots with pi", nested(60, around: "pi") { "sqrt(3+1/\($0))" }),
    Case("a continued fraction", nested(150, around: "1") { "1/(1+\($0))" }),
    Case("a continued fraction of sqrt(2)", nested(150, around: "sqrt(2)") { "1/(1+\($0))" }),
    Case("a continued fraction of pi", nested(150, around: "pi") { "1/(1+\($0))" }),
  ]

  static let wide: [Case] = [
    Case("25 different square roots", (2..<27).map { "sqrt(\($0))" }.joined(separator: "+")),
    Case("390 nested square roots", (2..<392).map { "sqrt(\($0)+sqrt(\($0 + 1)))" }.joined(separator: "+")),
    Case("2000 square roots", balanced((2..<2002).map { "sqrt(\($0))" })),
    Case("4000 quotients", balanced((2..<4002).map { "1/\($0)" })),
    Case("2000 quotients by square roots", balanced((2..<2002).map { "1/sqrt(\($0))" })),
    Case("150 factors pi+k", (1...150).map { "(pi+\($0))" }.joined(separator: "*")),
    Case("150 factors sqrt(k)+pi", (1...150).map { "(sqrt(\($0))+pi)" }.joined(separator: "*")),
    Case("150 divisors pi+k", "1" + (1...150).map { "/(pi+sqrt(\($0)))" }.joined()),
    Case("a product that doubles", nested(12, around: "(sqrt(2)/sqrt(3)+1/7)") { "(\($0)*\($0))" }),
    Case("a quotient that doubles", nested(10, around: "(sqrt(2)/sqrt(3)+1/7)") { "1/(\($0)+1/\($0))" }),
    Case("roots of a long sum", nested(20, around: balanced((2..<502).map { "1/sqrt(\($0))" })) { "sqrt(1+\($0))" }),
    Case("300 roots of powers with pi", balanced((0..<300).map { "sqrt((sqrt(2)*pi+sqrt(\($0 + 5)))^16)" })),
    Case("64 zeros in disguise", balanced(Array(repeating: "sqrt(\(disguisedZero(9)))", count: 64))),
    Case("40 harder zeros in disguise", balanced(Array(repeating: "sqrt(\(disguisedZero(11)))", count: 40))),
    Case("a divisor of 12 square roots", "1/(\(disguisedZero(12)))"),
  ]

  @Test(arguments: powers + deep + wide)
  func `a constant is read or refused at once`(example: Case) {
    var kind: ExpressionError.Kind?
    let time = ContinuousClock().measure {
      kind = constantError(example.text)?.kind
    }
    #expect(time < AbsurdSizeTests.limit)
    if let expected = example.kind { #expect(kind == expected) }
  }

  @Test(arguments: powers + deep + wide)
  func `questions about a constant are answered at once`(example: Case) {
    let clock = ContinuousClock()
    let start = clock.now
    // What cannot be read in time is the other test's matter.
    guard let constant = try? Constant(parsing: example.text), clock.now - start < AbsurdSizeTests.limit else {
      return
    }
    let time = ContinuousClock().measure { _ = (constant.isZero, constant.sign, constant.integrality) }
    #expect(time < AbsurdSizeTests.limit)
  }
}
