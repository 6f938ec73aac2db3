import ArbitraryPrecision

/// A kind of number in which formulas are evaluated.
///
/// One formula serves many kinds: doubles for plots, enclosures at a precision for proofs, enclosures with derivatives
/// for optima. A context says what the operations are; it never decides what the formula is.
public protocol EvaluationContext {
  /// The kind of number.
  associatedtype Value

  /// An exact rational.
  func number(_ value: Rational) -> Value
  /// The number pi.
  var pi: Value { get }
  /// The opposite.
  func negation(_ a: Value) -> Value
  /// The sum.
  func sum(_ a: Value, _ b: Value) -> Value
  /// The difference.
  func difference(_ a: Value, _ b: Value) -> Value
  /// The product.
  func product(_ a: Value, _ b: Value) -> Value
  /// The quotient.
  func quotient(_ a: Value, _ b: Value) -> Value
  /// The power with an integer exponent.
  func power(_ a: Value, _ exponent: Int) -> Value
  /// The power of a positive number with any exponent, and of any number where the exponent is certainly an integer.
  func power(_ a: Value, _ exponent: Value) -> Value
  /// A function of one argument.
  func call(_ function: ElementaryFunction, _ a: Value) -> Value
}

extension Expression {
  /// The value of this formula in a context.
  ///
  /// - Parameter variables: the value of each name.
  /// - Throws: an ``ExpressionError`` at the first name without a value.
  public func evaluate<Context: EvaluationContext>(
    in context: Context, variables: [String: Context.Value] = [:]
  ) throws(ExpressionError) -> Context.Value {
    // Only this small frame recurs: a deep tree must not exhaust a small stack.
    var values: [Context.Value] = []
    for child in node.children { values.append(try child.evaluate(in: context, variables: variables)) }
    return try root(in: context, variables, values)
  }

  /// The value of the root from the values of its children.
  @inline(never)
  private func root<Context: EvaluationContext>(
    in context: Context, _ variables: [String: Context.Value], _ values: [Context.Value]
  ) throws(ExpressionError) -> Context.Value {
    switch node {
    case .number(let value): return context.number(value)
    case .pi: return context.pi
    case .variable(let name):
      guard let value = variables[name] else {
        let known = variables.keys.sorted().joined(separator: ", ")
        throw ExpressionError(
          .malformed, column: column, "unknown name '\(name)'; accepted: \(known.isEmpty ? "none here" : known)")
      }
      return value
    case .negation: return context.negation(values[0])
    case .sum: return context.sum(values[0], values[1])
    case .difference: return context.difference(values[0], values[1])
    case .product: return context.product(values[0], values[1])
    case .quotient: return context.quotient(values[0], values[1])
    case .power(_, let n): return context.power(values[0], n)
    case .generalPower: return context.power(values[0], values[1])
    case .call(let function, _): return context.call(function, values[0])
    case .operation:
      throw ExpressionError(.malformed, column: column, "adjoints, brackets and sums have no value as numbers")
    case .quantity(let name, _):
      throw ExpressionError(.malformed, column: column, "the quantity '\(name)' is not known here")
    }
  }
}
