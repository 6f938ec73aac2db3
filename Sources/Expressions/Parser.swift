import ArbitraryPrecision

extension Expression {
  /// Reads a formula; the grammar is in `docs/expressions.md`.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsing text: String) throws(ExpressionError) {
    try self.init(Parser(text))
  }

  /// Reads a formula in which values of quantities may stand, `P(N: 2*M, g: 1/3)`.
  ///
  /// - Parameter quantities: the names of the quantities.
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsing text: String, quantities: Set<String>) throws(ExpressionError) {
    try self.init(Parser(text, quantities: quantities))
  }

  /// Reads the formula of a constant, of which exponents are integers; a message about an unknown function offers
  /// `sqrt` alone.
  init(parsingConstant text: String) throws(ExpressionError) {
    try self.init(Parser(text, isConstant: true))
  }

  private init(_ parser: Parser) throws(ExpressionError) {
    var parser = parser
    let result = try parser.sum()
    try parser.expectEnd()
    self = result
  }
}

extension Expression {
  /// Reads a formula in operators or in functions on a phase space: the grammar with adjoints `a'`, commutators `[a,
  /// b]`, Poisson brackets `{f, g}`, indexed names `b[j]`, sums `sum(j, b[j])` and derivatives `diff(t, f)`.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsingOperators text: String) throws(ExpressionError) {
    try self.init(Parser(text, allowsOperators: true))
  }
}

extension Expression {
  /// Reads a formula of a model: the grammar with adjoints `a'` and commutators `[a, b]`, where a name may have
  /// formulas in parentheses and indices that are formulas, `a(k, l)[j+1]`, and sums are `sum(j, F)`,
  /// `sum(j from a to b, F)`, `chain(j, F)`, `ring(j, F)` and `pairs(j, k, F)`.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsingModel text: String) throws(ExpressionError) {
    try self.init(Parser(text, allowsOperators: true, allowsMembers: true))
  }
}

/// Two formulas and the relation that is claimed between them.
public struct Statement: Sendable, Hashable {
  /// A relation of real numbers.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    /// Equality.
    case equal = "="
    /// Less than.
    case less = "<"
    /// At most.
    case atMost = "<="
    /// Greater than.
    case greater = ">"
    /// At least.
    case atLeast = ">="
  }

  /// What stands before the relation.
  public let left: Expression
  /// The relation.
  public let relation: Relation
  /// What stands after the relation.
  public let right: Expression

  /// Reads `formula relation formula`.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsing text: String) throws(ExpressionError) {
    try self.init(Parser(text))
  }

  /// Reads a statement in which values of quantities may stand, `P(N: 4) = 8*P(N: 1)`.
  ///
  /// - Parameter quantities: the names of the quantities.
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsing text: String, quantities: Set<String>) throws(ExpressionError) {
    try self.init(Parser(text, quantities: quantities))
  }

  /// Reads a statement about operators or functions on a phase space.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsingOperators text: String) throws(ExpressionError) {
    try self.init(Parser(text, allowsOperators: true))
  }

  /// Reads a statement about operators in the grammar of models.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column.
  public init(parsingModel text: String) throws(ExpressionError) {
    try self.init(Parser(text, allowsOperators: true, allowsMembers: true))
  }

  private init(_ parser: Parser) throws(ExpressionError) {
    var parser = parser
    left = try parser.sum()
    relation = try parser.relation()
    right = try parser.sum()
    try parser.expectEnd()
  }
}

/// Recursive descent over the tokens; one function a rule of the grammar.
struct Parser {
  /// The most parentheses, function calls and towers of exponents inside one another.
  static let greatestNesting = 200

  private let tokens: [Token]
  private let isConstant: Bool
  private let allowsOperators: Bool
  private let allowsMembers: Bool
  private let quantities: Set<String>
  private var position = 0
  private var nesting = 0

  /// - Parameters:
  ///   - isConstant: whether exponents must be integers and messages offer `sqrt` alone; functions are left to the
  ///     reader of the tree.
  ///   - allowsOperators: whether adjoints, brackets, indices, sums and derivatives are read, too.
  ///   - allowsMembers: whether names with formulas as arguments and indices, and the sums of models, are read instead
  ///     of names with an index and derivatives.
  ///   - quantities: the names of the quantities whose values may stand in the formula.
  init(
    _ text: String, isConstant: Bool = false, allowsOperators: Bool = false, allowsMembers: Bool = false,
    quantities: Set<String> = []
  ) throws(ExpressionError) {
    self.allowsMembers = allowsMembers
    tokens = try Tokenizer.tokens(
      text, isConstant: isConstant, allowsOperators: allowsOperators, allowsQuantities: !quantities.isEmpty)
    self.isConstant = isConstant
    self.allowsOperators = allowsOperators
    self.quantities = quantities
  }

  var token: Token { tokens[position] }

  mutating func advance() { position += 1 }

  mutating func take(_ symbols: String...) -> Token? {
    guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return nil }
    defer { position += 1 }
    return token
  }

  func unexpected(_ accepted: String) -> ExpressionError {
    ExpressionError(.malformed, column: token.column, "unexpected \(token.shown); accepted here: \(accepted)")
  }

  func checked(_ node: Expression.Node, at column: Int) throws(ExpressionError) -> Expression {
    let expression = Expression(node, column: column)
    guard expression.depth <= Expression.greatestDepth else {
      throw ExpressionError(
        .malformed, column: column,
        "the formula has too many operations in a row; accepted: \(Expression.greatestDepth) levels")
    }
    return expression
  }

  /// Goes one level deeper, at a column.
  mutating func nest(_ column: Int) throws(ExpressionError) {
    nesting += 1
    guard nesting <= Parser.greatestNesting else {
      throw ExpressionError(
        .malformed, column: column,
        "the formula is nested too deeply; accepted: \(Parser.greatestNesting) levels of parentheses")
    }
  }

  /// Comes back from one level.
  mutating func unnest() { nesting -= 1 }

  func expectEnd() throws(ExpressionError) {
    guard token.kind == .end else { throw unexpected("an operator or the end") }
  }

  mutating func relation() throws(ExpressionError) -> Statement.Relation {
    guard let symbol = take("=", "<", "<=", ">", ">="), case .symbol(let text) = symbol.kind,
      let relation = Statement.Relation(rawValue: text)
    else { throw unexpected("an operator, or one of = < <= > >=") }
    return relation
  }

  // sum = product, { ( "+" | "-" ), product }
  mutating func sum() throws(ExpressionError) -> Expression {
    var left = try product()
    while let sign = take("+", "-") {
      let right = try product()
      left = try checked(sign.kind == .symbol("+") ? .sum(left, right) : .difference(left, right), at: sign.column)
    }
    return left
  }

  // product = signed, { ( "*" | "/" ), signed }
  private mutating func product() throws(ExpressionError) -> Expression {
    var left = try signed()
    while let sign = take("*", "/") {
      let right = try signed()
      left = try checked(sign.kind == .symbol("*") ? .product(left, right) : .quotient(left, right), at: sign.column)
    }
    return left
  }

  // signed = { "+" | "-" }, power
  private mutating func signed() throws(ExpressionError) -> Expression {
    var signs: [Token] = []
    while let sign = take("+", "-") { signs.append(sign) }
    var result = try power()
    for sign in signs.reversed() where sign.kind == .symbol("-") {
      result = try checked(.negation(result), at: sign.column)
    }
    return result
  }

  // power = primary, [ "^", exponent ];  exponent = { "+" | "-" }, power
  private mutating func power() throws(ExpressionError) -> Expression {
    var base = try primary()
    while let mark = take("'") { base = try checked(.operation(.adjoint, [base]), at: mark.column) }
    guard let caret = take("^") else { return base }
    let column = token.column
    try nest(column)
    let exponent = try signed()
    nesting -= 1
    return try checked(try exponentiation(base, exponent, at: column).node, at: caret.column)
  }

  /// A power: with an exponent that is an integer of at most 6 digits, or in formulas with any other.
  private func exponentiation(
    _ base: Expression, _ exponent: Expression, at column: Int
  ) throws(ExpressionError) -> Expression {
    let accepted = "accepted: integers of at most 6 digits"
    guard exponent.variables.isEmpty || isConstant else { return Expression(.generalPower(base, exponent)) }
    let constant: Constant?
    do {
      constant = exponent.variables.isEmpty ? try Constant(exponent) : nil
    } catch {
      // What only a formula may hold, such as a sine.
      if !isConstant, error.kind == .malformed { return Expression(.generalPower(base, exponent)) }
      throw ExpressionError(error.kind, column: column, "the exponent is no number (\(error.message)); \(accepted)")
    }
    let integer: Integer
    switch constant?.integrality {
    case .integer(let value): integer = value
    case .undecided:
      throw ExpressionError(.undecided, column: column, "undecided whether the exponent is an integer; \(accepted)")
    case .some(.none), nil:
      guard !isConstant, let constant else {
        throw ExpressionError(.malformed, column: column, "the exponent is not an integer; \(accepted)")
      }
      return Expression.power(base, constant)
    }
    guard let word = Int(exactly: integer), abs(word) <= Expression.greatestExponent else {
      throw ExpressionError(.outOfRange, column: column, "the exponent has more than 6 digits; \(accepted)")
    }
    return Expression(.power(base, word))
  }

  // primary = number | "pi" | name | function, "(", sum, ")" | "(", sum, ")"
  private mutating func primary() throws(ExpressionError) -> Expression {
    let start = token
    switch start.kind {
    case .number(let value):
      position += 1
      return Expression(.number(value), column: start.column)
    case .name("pi"):
      position += 1
      return Expression(.pi, column: start.column)
    case .name(let name):
      position += 1
      if allowsMembers, let special = try member(name, start) { return special }
      if allowsOperators, !allowsMembers, let special = try indexed(name, start) { return special }
      if !isConstant, let extremum = try extremum(name, start) { return extremum }
      if quantities.contains(name), token.kind == .symbol("(") { return try quantity(name, start) }
      guard let function = ElementaryFunction(rawValue: name) else {
        if case .symbol("(") = token.kind {
          let known =
            isConstant
            ? "sqrt"
            : (ElementaryFunction.allCases.map(\.rawValue) + ["max", "min"] + quantities.sorted())
              .joined(separator: ", ")
          throw ExpressionError(
            .malformed, column: start.column, "unknown function '\(name)'; accepted: \(known)")
        }
        return Expression(.variable(name), column: start.column)
      }
      guard take("(") != nil else { throw unexpected("'(' after the function '\(name)'") }
      try nest(start.column)
      let argument = try sum()
      nesting -= 1
      guard take(")") != nil else { throw unexpected("an operator or ')'") }
      return try checked(.call(function, argument), at: start.column)
    case .symbol("("):
      position += 1
      try nest(start.column)
      let inner = try sum()
      nesting -= 1
      guard take(")") != nil else { throw unexpected("an operator or ')'") }
      return inner
    case .symbol("["), .symbol("{"):
      position += 1
      try nest(start.column)
      let left = try sum()
      guard take(",") != nil else { throw unexpected("an operator or ','") }
      let right = try sum()
      nesting -= 1
      let end = start.kind == .symbol("[") ? "]" : "}"
      guard take(end) != nil else { throw unexpected("an operator or '\(end)'") }
      return try checked(
        .operation(end == "]" ? .commutator : .bracket, [left, right]), at: start.column)
    default:
      throw unexpected("a number, a name, a function or '('")
    }
  }

  // extremum = ( "max" | "min" ), "(", sum, { ",", sum }, ")", which is short for sums and magnitudes
  private mutating func extremum(_ name: String, _ start: Token) throws(ExpressionError) -> Expression? {
    guard ["max", "min"].contains(name), take("(") != nil else { return nil }
    try nest(start.column)
    var result = try sum()
    while take(",") != nil {
      let other = try sum()
      let distance = Expression(.call(.abs, result - other))
      let twice = name == "max" ? result + other + distance : result + other - distance
      result = try checked(.quotient(twice, .number(2)), at: start.column)
    }
    nesting -= 1
    guard take(")") != nil else { throw unexpected("an operator, ',' or ')'") }
    return result
  }

  // quantity = name, "(", [ argument, { ",", argument } ], ")";  argument = name, ":", sum
  private mutating func quantity(_ name: String, _ start: Token) throws(ExpressionError) -> Expression {
    position += 1
    try nest(start.column)
    var arguments: [Expression.NamedArgument] = []
    while token.kind != .symbol(")") || !arguments.isEmpty {
      guard case .name(let parameter) = token.kind else {
        throw unexpected("a parameter of '\(name)' with its value, NAME: FORMULA")
      }
      let column = token.column
      position += 1
      guard !arguments.contains(where: { $0.name == parameter }) else {
        throw ExpressionError(
          .malformed, column: column, "the parameter '\(parameter)' is given twice; accepted: each one once")
      }
      guard take(":") != nil else { throw unexpected("':' and the value of '\(parameter)'") }
      arguments.append(.init(parameter, try sum()))
      guard take(",") != nil else { break }
    }
    nesting -= 1
    guard take(")") != nil else { throw unexpected("an operator, ',' or ')'") }
    return try checked(.quantity(name, arguments), at: start.column)
  }

  // indexed = name, "[", ( name | digits ), "]" | ( "sum" | "diff" ), "(", name, ",", sum, ")"
  private mutating func indexed(_ name: String, _ start: Token) throws(ExpressionError) -> Expression? {
    if token.kind == .symbol("["), token.column == start.column + name.utf8.count {
      position += 1
      let index: String
      switch token.kind {
      case .name(let word): index = word
      case .number(let value) where value.integer != nil: index = "\(value)"
      default: throw unexpected("an index: a name or an integer")
      }
      position += 1
      guard take("]") != nil else { throw unexpected("']'") }
      return Expression(.variable("\(name)[\(index)]"), column: start.column)
    }
    guard ["sum", "diff"].contains(name), take("(") != nil else { return nil }
    guard case .name(let index) = token.kind else {
      throw unexpected(name == "sum" ? "the name of an index" : "the name to differentiate in")
    }
    position += 1
    guard take(",") != nil else { throw unexpected("','") }
    try nest(start.column)
    let term = try sum()
    nesting -= 1
    guard take(")") != nil else { throw unexpected("an operator or ')'") }
    let operation: OperatorOperation = name == "sum" ? .sum(index: index) : .derivative(name: index)
    return try checked(.operation(operation, [term]), at: start.column)
  }
}
