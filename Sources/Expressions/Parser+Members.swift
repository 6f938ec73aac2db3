/// Names with arguments and indices, and the sums of models.
extension Parser {
  // member = name, [ "(", argument, { ",", argument }, ")" ], [ "[", sum, { ",", sum }, "]" ] | cell sum
  // argument = sum, [ "=", sum ]
  mutating func member(_ name: String, _ start: Token) throws(ExpressionError) -> Expression? {
    if let sum = try cellSum(name, start) { return sum }
    guard ElementaryFunction(rawValue: name) == nil, !["max", "min"].contains(name) else { return nil }
    var arguments: [Expression] = []
    if take("(") != nil { arguments = try list(until: ")", start, allowsEquations: true) }
    var indices: [Expression] = []
    if token.kind == .symbol("["), arguments.isEmpty == false || token.column == start.column + name.utf8.count {
      advance()
      indices = try list(until: "]", start)
    }
    guard !arguments.isEmpty || !indices.isEmpty else { return nil }
    return try checked(
      .operation(.member(name: name, arguments: arguments.count), arguments + indices), at: start.column)
  }

  private mutating func list(
    until end: String, _ start: Token, allowsEquations: Bool = false
  ) throws(ExpressionError) -> [Expression] {
    try nest(start.column)
    var parts: [Expression] = []
    repeat {
      let left = try sum()
      if allowsEquations, take("=") != nil {
        parts.append(try checked(.operation(.equation, [left, try sum()]), at: left.column))
      } else {
        parts.append(left)
      }
    } while take(",") != nil
    unnest()
    guard take(end) != nil else { throw unexpected("an operator, ',' or '\(end)'") }
    return parts
  }

  // cell sum = "sum", "(", name, [ "from", sum, "to", sum ], ",", sum, ")"
  //          | ( "chain" | "ring" ), "(", name, ",", sum, ")" | "pairs", "(", name, ",", name, ",", sum, ")"
  private mutating func cellSum(_ name: String, _ start: Token) throws(ExpressionError) -> Expression? {
    guard ["sum", "chain", "ring", "pairs"].contains(name), take("(") != nil else { return nil }
    let index = try boundName()
    var ends: [Expression] = []
    let operation: OperatorOperation
    switch name {
    case "sum" where token.kind == .name("from"):
      advance()
      ends.append(try sum())
      guard token.kind == .name("to") else { throw unexpected("an operator or 'to'") }
      advance()
      ends.append(try sum())
      operation = .cellSum(.range(index))
    case "chain": operation = .cellSum(.chain(index))
    case "ring": operation = .cellSum(.ring(index))
    case "pairs":
      guard take(",") != nil else { throw unexpected("','") }
      let (column, other) = (token.column, try boundName())
      guard other != index else {
        throw ExpressionError(.malformed, column: column, "two indices of one name; accepted: two names")
      }
      operation = .cellSum(.pairs(index, other))
    default: operation = .sum(index: index)
    }
    guard take(",") != nil else { throw unexpected("','") }
    try nest(start.column)
    let term = try sum()
    unnest()
    guard take(")") != nil else { throw unexpected("an operator or ')'") }
    return try checked(.operation(operation, ends + [term]), at: start.column)
  }

  private mutating func boundName() throws(ExpressionError) -> String {
    guard case .name(let index) = token.kind else { throw unexpected("the name of an index") }
    advance()
    return index
  }
}
