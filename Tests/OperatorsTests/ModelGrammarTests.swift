import Expressions
import Testing

/// The grammar of models' formulas.
@Suite struct ModelGrammarTests {
  @Test(arguments: [
    "a'*a + g*(a'*J_m + a*J_p)", "s_x[j+1]", "a(k, l)[j]'", "chain(j, s_x[j]*s_x[j + 1])", "ring(j, s_z[j])",
    "pairs(j, k, K[j, k]*s_z[j]*s_z[k]/(k - j)^alpha)", "sum(j from 0 to N - 3, s_x[j])", "[a, a']", "sum(j, b[j])",
    "max(x, y)", "sqrt(N)*a(0, 1)", "mean(a'*a)",
  ])
  func `texts are read and written`(_ text: String) throws {
    let formula = try Expression(parsingModel: text)
    #expect(try Expression(parsingModel: "\(formula)") == formula)
  }

  @Test func `names, arguments and indices are told apart`() throws {
    let formula = try Expression(parsingModel: "a(k, l)[j+1]")
    guard case .operation(.member(let name, let arguments), let parts) = formula.node else {
      Issue.record("\(formula)")
      return
    }
    #expect(name == "a" && arguments == 2 && parts.map(\.description) == ["k", "l", "j + 1"])
    #expect(try Expression(parsingModel: "a").node == .variable("a"))
  }

  @Test(arguments: [
    ("s_x[", "column 5: unexpected end; accepted here: a number, a name, a function or '('"),
    ("s_x[0", "column 6: unexpected end; accepted here: an operator, ',' or ']'"),
    ("a(0, 1", "column 7: unexpected end; accepted here: an operator, ',' or ')'"),
    ("chain(0, a)", "column 7: unexpected number; accepted here: the name of an index"),
    ("pairs(j, s_z[j])", "column 13: unexpected '['; accepted here: ','"),
    ("pairs(j, j, s_z[j])", "column 10: two indices of one name; accepted: two names"),
    ("sum(j from 0, a)", "column 13: unexpected ','; accepted here: an operator or 'to'"),
    ("sum(j)", "column 6: unexpected ')'; accepted here: ','"),
    ("s_x[]", "column 5: unexpected ']'; accepted here: a number, a name, a function or '('"),
  ])
  func `texts of no formula are refused`(_ text: String, _ message: String) {
    #expect { try Expression(parsingModel: text) } throws: { "\($0)" == message }
  }

  @Test func `formulas of claims have neither`() {
    #expect { try Expression(parsingOperators: "b[j+1]") } throws: {
      "\($0)" == "column 4: unexpected '+'; accepted here: ']'"
    }
    #expect { try Expression(parsingOperators: "f(1)") } throws: { "\($0)".contains("unknown function 'f'") }
  }
}
