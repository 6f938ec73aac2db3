import Expressions
import Testing

@Suite struct StatementTests {
  @Test(arguments: Statement.Relation.allCases)
  func `every relation is read between two formulas`(relation: Statement.Relation) throws {
    for text in ["x+1\(relation.rawValue)-2", "x + 1 \(relation.rawValue) -2"] {
      let statement = try Statement(parsing: text)
      #expect(statement.left == Expression(.variable("x")) + number(1))
      #expect(statement.relation == relation)
      #expect(statement.right == -number(2))
    }
  }

  static let refusals: [Refusal] = [
    Refusal("x+1", .malformed, 4, "unexpected end; accepted here: an operator, or one of = < <= > >="),
    Refusal("", .malformed, 1, "unexpected end; \(Refusal.operand)"),
    Refusal("= 1", .malformed, 1, "unexpected '='; \(Refusal.operand)"),
    Refusal("1 =", .malformed, 4, "unexpected end; \(Refusal.operand)"),
    Refusal("1 < 2 < 3", .malformed, 7, "unexpected '<'; \(Refusal.rest)"),
    Refusal("1 == 2", .malformed, 4, "unexpected '='; \(Refusal.operand)"),
    Refusal("1 =< 2", .malformed, 4, "unexpected '<'; \(Refusal.operand)"),
    Refusal("1 < = 2", .malformed, 5, "unexpected '='; \(Refusal.operand)"),
    Refusal("1 <> 2", .malformed, 4, "unexpected '>'; \(Refusal.operand)"),
    Refusal("(1 < 2)", .malformed, 4, "unexpected '<'; accepted here: an operator or ')'"),
    Refusal("1) < 2", .malformed, 2, "unexpected ')'; accepted here: an operator, or one of = < <= > >="),
    Refusal("1 2", .malformed, 3, "unexpected number; accepted here: an operator, or one of = < <= > >="),
    Refusal("1 != 2", .malformed, 3, "unexpected '!'; accepted: numbers, names and + - * / ^ ( )"),
  ]

  @Test(arguments: refusals)
  func `a refused statement is explained at its column`(refusal: Refusal) {
    #expect(statementError(refusal.text) == refusal.error)
  }

  @Test func `equal statements do not depend on space`() throws {
    #expect(try Statement(parsing: "x<=2*y") == Statement(parsing: " x <= 2 * y "))
    #expect(try Statement(parsing: "x<=2*y") != Statement(parsing: "x<2*y"))
  }
}
