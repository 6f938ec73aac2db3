import Expressions
import Testing

@Suite struct ParserErrorTests {
  static let refusals: [Refusal] = [
    Refusal("", .malformed, 1, "unexpected end; \(Refusal.operand)"),
    Refusal("   ", .malformed, 4, "unexpected end; \(Refusal.operand)"),
    Refusal("1+", .malformed, 3, "unexpected end; \(Refusal.operand)"),
    Refusal("*1", .malformed, 1, "unexpected '*'; \(Refusal.operand)"),
    Refusal("1+*2", .malformed, 3, "unexpected '*'; \(Refusal.operand)"),
    Refusal("2**3", .malformed, 3, "unexpected '*'; \(Refusal.operand)"),
    Refusal("()", .malformed, 2, "unexpected ')'; \(Refusal.operand)"),
    Refusal("2^", .malformed, 3, "unexpected end; \(Refusal.operand)"),
    Refusal("^2", .malformed, 1, "unexpected '^'; \(Refusal.operand)"),
    Refusal("-", .malformed, 2, "unexpected end; \(Refusal.operand)"),
    Refusal("1 2", .malformed, 3, "unexpected number; \(Refusal.rest)"),
    Refusal("2pi", .malformed, 2, "unexpected 'pi'; \(Refusal.rest)"),
    Refusal("2(3)", .malformed, 2, "unexpected '('; \(Refusal.rest)"),
    Refusal("1)", .malformed, 2, "unexpected ')'; \(Refusal.rest)"),
    Refusal("1<2", .malformed, 2, "unexpected '<'; \(Refusal.rest)"),
    Refusal("1=2", .malformed, 2, "unexpected '='; \(Refusal.rest)"),
    Refusal("pi pi", .malformed, 4, "unexpected 'pi'; \(Refusal.rest)"),
    Refusal("(1+2", .malformed, 5, "unexpected end; accepted here: an operator or ')'"),
    Refusal("(1 2)", .malformed, 4, "unexpected number; accepted here: an operator or ')'"),
    Refusal("sqrt(2", .malformed, 7, "unexpected end; accepted here: an operator or ')'"),
    Refusal("sqrt 2", .malformed, 6, "unexpected number; accepted here: '(' after the function 'sqrt'"),
    Refusal("sqrt", .malformed, 5, "unexpected end; accepted here: '(' after the function 'sqrt'"),
    Refusal("1+sqrt()", .malformed, 8, "unexpected ')'; \(Refusal.operand)"),
    Refusal(
      "1+cot(2)", .malformed, 3, "unknown function 'cot'; accepted: \(Refusal.functions)"),
    Refusal("Sqrt(2)", .malformed, 1, "unknown function 'Sqrt'; accepted: \(Refusal.functions)"),
    Refusal("pi(2)", .malformed, 3, "unexpected '('; \(Refusal.rest)"),
    Refusal("2^1000000", .outOfRange, 3, "the exponent has more than 6 digits; \(Refusal.exponents)"),
    Refusal("2^-1000000", .outOfRange, 3, "the exponent has more than 6 digits; \(Refusal.exponents)"),
    Refusal("2^1e19", .outOfRange, 3, "the exponent has more than 6 digits; \(Refusal.exponents)"),
    Refusal(
      "2^(1/0)", .undefined, 3, "the exponent is no number (division by zero); \(Refusal.exponents)"),
    Refusal(
      "2^(1/(sqrt(2)-sqrt(2)))", .undefined, 3, "the exponent is no number (division by zero); \(Refusal.exponents)"),
    Refusal(
      "2^sqrt(-1)", .undefined, 3, "the exponent is no number (square root of a negative number); \(Refusal.exponents)"),
    Refusal("2^2^100000", .outOfRange, 3, "the exponent is no number (\(Refusal.range)); \(Refusal.exponents)"),
  ]

  @Test(arguments: refusals)
  func `a refused formula is explained at its column`(refusal: Refusal) {
    #expect(formulaError(refusal.text) == refusal.error)
  }

  /// Constants take integers as exponents; so does a formula where the exponent is no number.
  @Test(arguments: [
    Refusal("2^x", .malformed, 3, "the exponent is not an integer; \(Refusal.exponents)"),
    Refusal("2^pi", .malformed, 3, "the exponent is not an integer; \(Refusal.exponents)"),
    Refusal("2^ 0.5", .malformed, 4, "the exponent is not an integer; \(Refusal.exponents)"),
    Refusal("2^sqrt(2)", .malformed, 3, "the exponent is not an integer; \(Refusal.exponents)"),
    Refusal("2^-2^-1", .malformed, 3, "the exponent is not an integer; \(Refusal.exponents)"),
    Refusal(
      "2^sin(0)", .malformed, 3,
      "the exponent is no number (the function 'sin' is not accepted in a constant; accepted: sqrt, pi and "
        + "+ - * / ^ ( )); \(Refusal.exponents)"),
    Refusal("max(1)", .malformed, 1, "unknown function 'max'; accepted: sqrt"),
    Refusal(
      "abs(1)", .malformed, 1, "the function 'abs' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"),
  ])
  func `what is refused in a constant alone`(refusal: Refusal) throws {
    #expect(constantError(refusal.text) == refusal.error)
    _ = try Expression(parsing: refusal.text)
  }

  @Test func `an error describes its column and message`() {
    #expect(ExpressionError(.undefined, column: 7, "no").description == "column 7: no")
  }

  @Test func `the deepest accepted parentheses are 200`() throws {
    func parenthesised(_ count: Int) -> String {
      String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
    }
    #expect(try Expression(parsing: parenthesised(200)) == number(1))
    #expect(
      formulaError(parenthesised(201))
        == ExpressionError(.malformed, column: 201, Refusal.nesting))
  }

  @Test func `the longest accepted chain of sums has 400 terms`() throws {
    #expect(try Constant(parsing: String(repeating: "1+", count: 399) + "1").rational == 400)
    #expect(
      formulaError(String(repeating: "1+", count: 400) + "1")
        == ExpressionError(.malformed, column: 800, Refusal.chain))
  }

  @Test(arguments: [("1^", ""), ("sqrt(", ")"), ("2^(", ")")])
  func `exponents and functions nest 200 deep`(open: String, close: String) {
    func wrapped(_ count: Int) -> String {
      String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
    }
    // A bare exponent nests one level, one in parentheses two.
    let levels = open.hasSuffix("^(") ? 100 : 200
    #expect(formulaError(wrapped(levels))?.kind != .malformed)
    let error = formulaError(wrapped(levels + 1))
    #expect(error == ExpressionError(.malformed, column: open.utf8.count * levels + deeper(open), Refusal.nesting))
  }

  /// Where the first level too many is seen: at the exponent, or at the function.
  private func deeper(_ open: String) -> Int { open.contains("^") ? 3 : 1 }
}
