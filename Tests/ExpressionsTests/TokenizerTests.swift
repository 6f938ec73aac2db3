import ArbitraryPrecision
import Expressions
import Testing

@Suite struct TokenizerTests {
  /// A power of ten, for exact comparisons.
  private func ten(_ exponent: Int) -> Rational { Rational(10).power(exponent) }

  @Test func `decimals are exact as written`() throws {
    #expect(try Constant(parsing: ".5").rational == Rational(1, 2))
    #expect(try Constant(parsing: "0.1").rational == Rational(1, 10))
    #expect(try Constant(parsing: "00012.2500").rational == Rational(49, 4))
    #expect(try Constant(parsing: "1e-3").rational == Rational(1, 1000))
    #expect(try Constant(parsing: "1.5E+2").rational == 150)
    #expect(try Constant(parsing: ".25e0002").rational == 25)
    #expect(try Constant(parsing: "1e-0").rational == 1)
    #expect(try Constant(parsing: "9007199254740993").rational == Rational(9_007_199_254_740_993))
  }

  @Test(arguments: ["0", "0.0", "000", ".0", "0e0", "0e999999999", "0e-999999999", "0.000e99999999999999999999999"])
  func `zero is zero whatever its exponent`(text: String) throws {
    let zero = try Constant(parsing: text)
    #expect(zero.rational == 0)
    #expect(zero.sign == 0)
  }

  @Test func `zeros before and after cancel in the exponent`() throws {
    let zeros = String(repeating: "0", count: 50_000)
    #expect(try Constant(parsing: "0.\(zeros)1e50001").rational == 1)
    #expect(try Constant(parsing: "1\(zeros)e-50000").rational == 1)
    #expect(try Constant(parsing: "0.\(zeros)0").rational == 0)
    #expect(try Constant(parsing: "1.\(zeros)").rational == 1)
    #expect(try Constant(parsing: "0." + zeros.prefix(19_700) + "1").rational == ten(-19_701))
  }

  static let outOfRange: [String] = [
    "1e19731", "1e-19731", "1e1000000000000", "1e-1000000000000", "1e999999999999999999999999",
    "1e-999999999999999999999999", "0." + String(repeating: "0", count: 99_990) + "1",
    String(repeating: "9", count: 99_999), String(repeating: "9", count: 99_990) + "e99999999",
    "0." + String(repeating: "0", count: 50_000) + "1e999999999",
  ]

  @Test(arguments: outOfRange)
  func `a number out of range is refused by counting digits`(text: String) {
    #expect(
      formulaError("  " + text.prefix(99_998))
        == ExpressionError(.outOfRange, column: 3, Refusal.numberRange))
  }

  @Test func `a number that counting lets through is checked exactly`() {
    for text in ["1e19730", "1e-19730", "1e19729", "1e-19729"] {
      #expect(
        constantError(text)
          == ExpressionError(.outOfRange, column: 1, Refusal.range), "\(text)")
    }
    #expect(throws: Never.self) { try Constant(parsing: "2e19728") }
    #expect(throws: Never.self) { try Constant(parsing: "1e-19728") }
  }

  static let refusals: [Refusal] = [
    Refusal("5.", .malformed, 3, "digits must follow the decimal point"),
    Refusal("5.e3", .malformed, 3, "digits must follow the decimal point"),
    Refusal("1..5", .malformed, 3, "digits must follow the decimal point"),
    Refusal("2 + 5.", .malformed, 7, "digits must follow the decimal point"),
    Refusal("1e", .malformed, 3, "digits must follow the exponent's e"),
    Refusal("1e+", .malformed, 4, "digits must follow the exponent's e"),
    Refusal("1e-", .malformed, 4, "digits must follow the exponent's e"),
    Refusal("1e--3", .malformed, 4, "digits must follow the exponent's e"),
    Refusal("1ex", .malformed, 3, "digits must follow the exponent's e"),
    Refusal("1e.5", .malformed, 3, "digits must follow the exponent's e"),
    Refusal(".", .malformed, 1, unexpected("'.'")),
    Refusal("1+.e3", .malformed, 3, unexpected("'.'")),
    Refusal("1.5.5", .malformed, 4, "unexpected number; \(Refusal.rest)"),
    Refusal("1e5.5", .malformed, 4, "unexpected number; \(Refusal.rest)"),
    Refusal("0x10", .malformed, 2, "unexpected 'x10'; \(Refusal.rest)"),
    Refusal("1_000", .malformed, 2, "unexpected '_000'; \(Refusal.rest)"),
    Refusal("1,5", .malformed, 2, "unexpected ','; accepted here: an operator or the end"),
    Refusal("5!", .malformed, 2, unexpected("'!'")),
    Refusal("1+π", .malformed, 3, unexpected("'π'")),
    Refusal("√2", .malformed, 1, unexpected("'√'")),
    Refusal("2×3", .malformed, 2, unexpected("'×'")),
    Refusal("3−2", .malformed, 2, unexpected("'−'")),
    Refusal("１", .malformed, 1, unexpected("'１'")),
    Refusal("x²", .malformed, 2, unexpected("'²'")),
    Refusal("1\u{a0}+2", .malformed, 2, unexpected("'\u{a0}'")),
    Refusal("👩‍🔬", .malformed, 1, unexpected("'👩'")),
    Refusal("\u{feff}1", .malformed, 1, unexpected("control character")),
    Refusal("1\0", .malformed, 2, unexpected("control character")),
    Refusal("\u{1b}[0m", .malformed, 1, unexpected("control character")),
    Refusal("1\u{0b}", .malformed, 2, unexpected("control character")),
    Refusal("1\u{7f}", .malformed, 2, unexpected("control character")),
  ]

  private static func unexpected(_ shown: String) -> String {
    "unexpected \(shown); accepted: numbers, names and + - * / ^ ( )"
  }

  @Test(arguments: refusals)
  func `a refused text is explained at its column`(refusal: Refusal) {
    #expect(formulaError(refusal.text) == refusal.error)
  }

  @Test func `a formula has at most 100000 bytes`() throws {
    #expect(try Constant(parsing: "1" + String(repeating: " ", count: 99_999)).rational == 1)
    #expect(
      formulaError("1" + String(repeating: " ", count: 100_000))
        == ExpressionError(.malformed, column: 100_001, "the formula has 100001 bytes; accepted: at most 100000"))
    #expect(
      formulaError(String(repeating: "π", count: 50_001))
        == ExpressionError(.malformed, column: 100_001, "the formula has 100002 bytes; accepted: at most 100000"))
  }
}
