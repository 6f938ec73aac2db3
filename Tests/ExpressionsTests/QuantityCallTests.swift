import ArbitraryPrecision
import Expressions
import Testing

/// Values of quantities in formulas: how they are read, written, and replaced.
@Suite struct QuantityCallTests {
  private func read(_ text: String) throws(ExpressionError) -> Expression {
    try Expression(parsing: text, quantities: ["P", "E_2"])
  }

  @Test(arguments: [
    ("P(N: N, g: g/sqrt(N))/(N*P(N: 1,g:g))", "P(N: N, g: g/sqrt(N))/(N*P(N: 1, g: g))"),
    ("-P()^2 + E_2( tau : 2 * t )", "-P()^2 + E_2(tau: 2*t)"),
    ("P(N: E_2(tau: (1)))", "P(N: E_2(tau: 1))"),
    ("max(P(N: 1), 2)", "(P(N: 1) + 2 + abs(P(N: 1) - 2))/2"),
  ])
  func `a call is read and written`(_ text: String, _ written: String) throws {
    let formula = try read(text)
    #expect("\(formula)" == written)
    #expect(try read(written) == formula)
  }

  @Test func `names in the parameters are names of the formula`() throws {
    let formula = try read("P(N: 2*M, g: x)")
    #expect(formula.variables == ["M", "x"])
    #expect("\(formula.substituting(["M": .number(3), "N": .number(5), "x": .pi]))" == "P(N: 2*3, g: pi)")
    guard case .quantity("P", let arguments) = formula.node else {
      Issue.record("no quantity")
      return
    }
    #expect(arguments.map(\.name) == ["N", "g"] && formula.node.children == arguments.map(\.formula))
  }

  /// A quantity has no value of its own, in a formula or in a constant.
  @Test func `a call has no value until it is looked up`() throws {
    let formula = try read("1 + P(N: 1)")
    let error = failure { () throws(ExpressionError) in try formula.evaluate(in: IntervalContext(precision: 64)) }
    #expect(error?.description == "column 5: the quantity 'P' is not known here")
    let constant = failure { () throws(ExpressionError) in try Constant(formula) }
    #expect(constant?.description == "column 5: values of quantities are not accepted in a constant")
  }

  @Test(arguments: [
    ("P(N: 1", 7, "unexpected end; accepted here: an operator, ',' or ')'"),
    ("P(N: )", 6, "unexpected ')'; accepted here: a number, a name, a function or '('"),
    ("P(1)", 3, "unexpected number; accepted here: a parameter of 'P' with its value, NAME: FORMULA"),
    ("P(N: 1, )", 9, "unexpected ')'; accepted here: a parameter of 'P' with its value, NAME: FORMULA"),
    ("P(N: 1, N: 2)", 9, "the parameter 'N' is given twice; accepted: each one once"),
    ("P(N = 1)", 5, "unexpected '='; accepted here: ':' and the value of 'N'"),
    ("P: 1", 2, "unexpected ':'; accepted here: an operator or the end"),
    (
      "Q(N: 1)", 1,
      "unknown function 'Q'; accepted: sqrt, sin, cos, tan, atan, exp, log, sinh, cosh, tanh, abs, max, min, E_2, P"
    ),
  ])
  func `what is no call is refused at its column`(_ text: String, _ column: Int, _ message: String) {
    let error = failure { () throws(ExpressionError) in try read(text) }
    #expect(error?.description == "column \(column): \(message)")
  }

  @Test func `parameters inside one another are limited`() {
    let deep = String(repeating: "P(N: ", count: 201) + "1" + String(repeating: ")", count: 201)
    let error = failure { () throws(ExpressionError) in try read(deep) }
    #expect(error?.message == "the formula is nested too deeply; accepted: 200 levels of parentheses")
  }

  /// Where no quantity is named a colon is no part of the grammar.
  @Test func `without names of quantities nothing is read as one`() {
    let error = failure { () throws(ExpressionError) in try Expression(parsing: "P(N: 1)") }
    #expect(error?.description == "column 4: unexpected ':'; accepted: numbers, names and + - * / ^ ( )")
  }
}
