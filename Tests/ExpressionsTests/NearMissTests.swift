import ArbitraryPrecision
import Expressions
import Testing

@Suite struct NearMissTests {
  /// Formulas near zero and their signs.
  static let cases: [(String, Int)] = [
    ("sqrt(2)*sqrt(3)-sqrt(6)+1e-30", 1), ("sqrt(2)*sqrt(3)-sqrt(6)-1e-30", -1),
    ("sqrt(2)*sqrt(3)-sqrt(6)+1e-200", 1), ("sqrt(2)*sqrt(3)-sqrt(6)-1e-200", -1),
    ("sqrt(2)*sqrt(3)-sqrt(6+1e-200)", -1), ("sqrt(2)*sqrt(3)-sqrt(6-1e-200)", 1),
    ("sqrt(2+1e-3000)-sqrt(2)", 1), ("sqrt(2-1e-3000)-sqrt(2)", -1), ("sqrt(1+1e-10000)-1", 1),
    ("sqrt(10^40+1)-10^20", 1), ("sqrt(10^40-1)-10^20", -1), ("sqrt(10^400+1)-10^200", 1),
    ("sqrt(5+2*sqrt(6))-sqrt(2)-sqrt(3)+1e-1000", 1), ("sqrt(5+2*sqrt(6+1e-500))-sqrt(2)-sqrt(3)", 1),
    ("((1+sqrt(5))/2)^2-(1+sqrt(5))/2-1-1e-2000", -1),
    // Second and third differences of square roots.
    ("sqrt(10^20+1)+sqrt(10^20-1)-2*sqrt(10^20)", -1), ("sqrt(10^13)+sqrt(10^13+3)-sqrt(10^13+1)-sqrt(10^13+2)", -1),
    ("sqrt(10^13)-3*sqrt(10^13+1)+3*sqrt(10^13+2)-sqrt(10^13+3)", -1),
    // sqrt(a)+sqrt(b)-sqrt(c) that vanishes to 20 digits and more.
    ("sqrt(10^20)+sqrt(10^20+1)-sqrt(4*10^20+2)", -1), ("sqrt(10^40+2)-sqrt(10^40+1)-sqrt(10^40+1)+sqrt(10^40)", -1),
    ("(sqrt(2)-1)^2000", 1), ("(1-sqrt(2))^2001", -1), ("(sqrt(10^10+1)-10^5)^40", 1),
    ("1/3-0.333333333333333333333333333333333333333333", 1), ("pi-3.14159265358979323846264338327950288419", 1),
    ("pi-3.14159265358979323846264338327950288420", -1), ("22/7-pi", 1), ("355/113-pi", 1), ("333/106-pi", -1),
    ("pi+1e-1000-pi", 1), ("pi-pi*(1+1e-5000)", -1), ("pi^2-9.8696044010893586188344909998761511353", 1),
    // Ramanujan: pi^4 is near 2143/22, to 9 digits.
    ("pi^4-2143/22", 1), ("1e19000-1e19000-1e-19000", -1),
  ]

  @Test(arguments: cases)
  func `a near miss is not zero and has its sign`(text: String, sign: Int) throws {
    let constant = try Constant(parsing: text)
    #expect(constant.isZero == .certainlyFalse)
    #expect(constant.sign == sign)
    #expect(constant.integrality == .none)
  }

  @Test(arguments: cases)
  func `a near miss has a reciprocal, and a square root when positive`(text: String, sign: Int) throws {
    #expect(try Constant(parsing: "1/(\(text))").sign == sign)
    let root = constantError("sqrt(\(text))")
    let refused = ExpressionError(.undefined, column: 1, "square root of a negative number")
    #expect(root == (sign > 0 ? nil : refused))
  }

  @Test func `near integers are no integers`() throws {
    for text in ["6+1e-30", "6-1e-200", "sqrt(2)*sqrt(18)+1e-500", "sqrt(36+1e-2000)", "pi/pi+1e-1000"] {
      #expect(try Constant(parsing: text).integrality == .none, "\(text)")
    }
  }
}
