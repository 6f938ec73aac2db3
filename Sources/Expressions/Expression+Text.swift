import ArbitraryPrecision

extension Expression: CustomStringConvertible {
  /// The formula in the grammar that reads it, with no more parentheses than it needs.
  public var description: String { text(above: 0) }

  /// The text where operators that bind tighter than a level stand around: 1 sums, 2 products, 3 signs, 4 powers.
  private func text(above level: Int) -> String {
    func wrapped(_ own: Int, _ text: String) -> String { own < level ? "(\(text))" : text }
    switch node {
    case .number(let value):
      if value.signum < 0 { return wrapped(1, "\(value)") }
      return value.integer == nil ? wrapped(2, "\(value)") : "\(value)"
    case .pi: return "pi"
    case .variable(let name): return name
    case .negation(let a): return wrapped(1, "-\(a.text(above: 3))")
    case .sum(let a, let b): return wrapped(1, "\(a.text(above: 1)) + \(b.text(above: 2))")
    case .difference(let a, let b): return wrapped(1, "\(a.text(above: 1)) - \(b.text(above: 2))")
    case .product(let a, let b): return wrapped(2, "\(a.textOfFirstFactor)*\(b.text(above: 3))")
    case .quotient(let a, let b): return wrapped(2, "\(a.textOfFirstFactor)/\(b.text(above: 3))")
    case .power(let a, let n): return wrapped(4, "\(a.text(above: 5))^\(n)")
    case .generalPower(let a, let b): return wrapped(4, "\(a.text(above: 5))^\(b.text(above: 5))")
    case .call(let function, let a): return "\(function.rawValue)(\(a.text(above: 0)))"
    case .operation(.adjoint, let parts): return "\(parts[0].text(above: 5))'"
    case .operation(.commutator, let parts): return "[\(parts[0]), \(parts[1])]"
    case .operation(.bracket, let parts): return "{\(parts[0]), \(parts[1])}"
    case .operation(.sum(let index), let parts): return "sum(\(index), \(parts[0]))"
    case .operation(.derivative(let name), let parts): return "diff(\(name), \(parts[0]))"
    case .operation(.member(let name, let arguments), let parts):
      let (inner, indices) = (parts.prefix(arguments), parts.dropFirst(arguments))
      func list(_ formulas: ArraySlice<Expression>) -> String { formulas.map { "\($0)" }.joined(separator: ", ") }
      return name + (inner.isEmpty ? "" : "(\(list(inner)))") + (indices.isEmpty ? "" : "[\(list(indices))]")
    case .operation(.equation, let parts): return "\(parts[0]) = \(parts[1])"
    case .operation(.cellSum(let sum), let parts):
      return switch sum {
      case .range(let j): "sum(\(j) from \(parts[0]) to \(parts[1]), \(parts[2]))"
      case .chain(let j): "chain(\(j), \(parts[0]))"
      case .ring(let j): "ring(\(j), \(parts[0]))"
      case .pairs(let j, let k): "pairs(\(j), \(k), \(parts[0]))"
      }
    case .quantity(let name, let arguments):
      return "\(name)(\(arguments.map { "\($0.name): \($0.formula)" }.joined(separator: ", ")))"
    }
  }
}

extension Expression {
  /// The text at the front of a product, where a sign needs no parentheses.
  private var textOfFirstFactor: String {
    if case .negation(let a) = node { "-\(a.text(above: 3))" } else { text(above: 2) }
  }
}

extension Expression {
  /// The formula with names replaced by formulas.
  public func substituting(_ values: [String: Expression]) -> Expression {
    if case .variable(let name) = node { return values[name] ?? self }
    return replacingChildren(node.children.map { $0.substituting(values) })
  }

  /// The same operation on other formulas, one for each of ``Node/children``.
  public func replacingChildren(_ parts: [Expression]) -> Expression {
    switch node {
    case .number, .pi, .variable: self
    case .negation: Expression(.negation(parts[0]), column: column)
    case .sum: Expression(.sum(parts[0], parts[1]), column: column)
    case .difference: Expression(.difference(parts[0], parts[1]), column: column)
    case .product: Expression(.product(parts[0], parts[1]), column: column)
    case .quotient: Expression(.quotient(parts[0], parts[1]), column: column)
    case .power(_, let n): Expression(.power(parts[0], n), column: column)
    case .generalPower: Expression.power(parts[0], parts[1], column: column)
    case .call(let function, _): Expression(.call(function, parts[0]), column: column)
    case .operation(let operation, _): Expression(.operation(operation, parts), column: column)
    case .quantity(let name, let arguments):
      Expression(.quantity(name, zip(arguments, parts).map { .init($0.name, $1) }), column: column)
    }
  }
}
