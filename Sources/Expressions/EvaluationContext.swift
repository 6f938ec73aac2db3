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
    case .negation(let a): return context.negation(try a.evaluate(in: context, variables: variables))
    case .power(let a, let n): return context.power(try a.evaluate(in: context, variables: variables), n)
    case .call(let f, let a): return context.call(f, try a.evaluate(in: context, variables: variables))
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .quotient(let a, let b):
      let x = try a.evaluate(in: context, variables: variables)
      let y = try b.evaluate(in: context, variables: variables)
      switch node {
      case .sum: return context.sum(x, y)
      case .difference: return context.difference(x, y)
      case .product: return context.product(x, y)
      default: return context.quotient(x, y)
      }
    }
  }
}
