import ArbitraryPrecision
import Expressions
import Testing

/// The formula of an integer.
func number(_ value: Int) -> Expression { .number(Rational(value)) }

extension Expression {
  /// The opposite of a formula.
  static prefix func - (a: Expression) -> Expression { Expression(.negation(a)) }

  /// An integer power of a formula.
  func power(_ exponent: Int) -> Expression { Expression(.power(self, exponent)) }
}

/// The error of reading a formula; nil when there is none.
func formulaError(_ text: String) -> ExpressionError? {
  failure { () throws(ExpressionError) in try Expression(parsing: text) }
}

/// The error of reading a constant; nil when there is none.
func constantError(_ text: String) -> ExpressionError? {
  failure { () throws(ExpressionError) in try Constant(parsing: text) }
}

/// The error of reading a statement; nil when there is none.
func statementError(_ text: String) -> ExpressionError? {
  failure { () throws(ExpressionError) in try Statement(parsing: text) }
}

/// The error of a closure; nil when there is none.
func failure<Value>(_ body: () throws(ExpressionError) -> Value) -> ExpressionError? {
  do throws(ExpressionError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// A text that is refused, and how.
struct Refusal: Sendable, CustomTestStringConvertible {
  let text: String
  let kind: ExpressionError.Kind
  let column: Int
  let message: String

  init(_ text: String, _ kind: ExpressionError.Kind, _ column: Int, _ message: String) {
    self.text = text
    self.kind = kind
    self.column = column
    self.message = message
  }

  var testDescription: String { "\(text.prefix(40).debugDescription) at \(column)" }

  var error: ExpressionError { ExpressionError(kind, column: column, message) }

  static let range = "the value is out of range; accepted: magnitudes from 2^-65536 to 2^65536, and 0"
  static let numberRange = "the number is out of range; accepted: magnitudes from 2^-65536 to 2^65536, and 0"
  static let nesting = "the formula is nested too deeply; accepted: 200 levels of parentheses"
  static let chain = "the formula has too many operations in a row; accepted: 400 levels"
  static let exponents = "accepted: integers of at most 6 digits"
  static let functions = "sqrt, sin, cos, tan, atan, exp, log, sinh, cosh, tanh, abs, max, min"
  static let operand = "accepted here: a number, a name, a function or '('"
  static let rest = "accepted here: an operator or the end"
}

/// A text of formulas combined in a balanced tree, so that it is wide and not deep.
func balanced(_ terms: [String], _ symbol: String = "+") -> String {
  guard terms.count > 1 else { return terms.first ?? "0" }
  let middle = terms.count / 2
  return "(\(balanced(Array(terms[..<middle]), symbol))\(symbol)\(balanced(Array(terms[middle...]), symbol)))"
}

/// A text wrapped again and again.
func nested(_ count: Int, around inner: String, _ wrap: (String) -> String) -> String {
  (0..<count).reduce(inner) { text, _ in wrap(text) }
}
