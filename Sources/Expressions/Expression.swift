import ArbitraryPrecision

/// A formula: a tree of exact numbers, pi, variables, operations and functions.
///
/// Nothing is rounded here. A formula gets a value only in an ``EvaluationContext``: in doubles, or as an enclosure at
/// a precision that can be raised.
public struct Expression: Sendable {
  /// What stands at the root of the tree.
  public indirect enum Node: Sendable, Hashable {
    /// An exact rational, as written.
    case number(Rational)
    /// The number pi.
    case pi
    /// A name whose value the evaluation supplies.
    case variable(String)
    /// The opposite.
    case negation(Expression)
    /// A sum.
    case sum(Expression, Expression)
    /// A difference.
    case difference(Expression, Expression)
    /// A product.
    case product(Expression, Expression)
    /// A quotient.
    case quotient(Expression, Expression)
    /// A power with a known integer exponent.
    case power(Expression, Int)
    /// A power with any other exponent: of a positive base, or of any base where the exponent's value is an integer.
    case generalPower(Expression, Expression)
    /// A function of one argument.
    case call(ElementaryFunction, Expression)
    /// An operation that has a meaning for operators or for functions on a phase space alone.
    case operation(OperatorOperation, [Expression])
    /// The value of a quantity at a point, `P(N: 2*M, g: 1/3)`; it has one where somebody looks the quantity up.
    case quantity(String, [NamedArgument])
  }

  /// A parameter with the formula that stands for it.
  public struct NamedArgument: Sendable, Hashable {
    /// The name of the parameter.
    public let name: String
    /// What stands for it.
    public let formula: Expression

    /// A parameter with its formula.
    public init(_ name: String, _ formula: Expression) { (self.name, self.formula) = (name, formula) }
  }

  /// The root.
  public let node: Node
  /// The column (from 1) in the text it was read from, where an error points; 0 when it was not read from a text.
  public let column: Int
  /// The levels below the root and the root itself.
  public let depth: Int
  /// The nodes of the tree, shared ones counted as often as they occur; saturates at `Int.max`.
  public let size: Int

  /// The deepest tree that the parser makes, so that walking one never exhausts the stack.
  public static let greatestDepth = 400

  /// The greatest magnitude of an exponent.
  public static let greatestExponent = 999_999

  /// A tree with this root; an exponent beyond ``greatestExponent`` is a programming error.
  public init(_ node: Node, column: Int = 0) {
    if case .power(_, let n) = node {
      demand((-Expression.greatestExponent...Expression.greatestExponent).contains(n), "Expression: exponent")
    }
    self.node = node
    self.column = column
    let children = node.children
    depth = 1 + children.reduce(0) { max($0, $1.depth) }
    size = children.reduce(1) {
      let (sum, overflow) = $0.addingReportingOverflow($1.size)
      return overflow ? .max : sum
    }
  }

  /// The names that stand in the formula.
  public var variables: Set<String> {
    if case .variable(let name) = node { return [name] }
    return node.children.reduce(into: []) { $0.formUnion($1.variables) }
  }
}

extension Expression: Hashable {
  /// Equal trees; where they were read does not matter.
  public static func == (a: Expression, b: Expression) -> Bool { a.node == b.node }

  /// Equal trees have equal hashes.
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension Expression.Node {
  /// The formulas directly below.
  public var children: [Expression] {
    switch self {
    case .number, .pi, .variable: []
    case .negation(let a), .power(let a, _), .call(_, let a): [a]
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .quotient(let a, let b),
      .generalPower(let a, let b):
      [a, b]
    case .operation(_, let parts): parts
    case .quantity(_, let arguments): arguments.map(\.formula)
    }
  }
}

/// The operations of formulas in operators.
public enum OperatorOperation: Sendable, Hashable {
  /// The adjoint, `a'`.
  case adjoint
  /// The commutator, `[a, b]`.
  case commutator
  /// The Poisson bracket, `{f, g}`.
  case bracket
  /// The sum over all values of an index, `sum(j, a[j])`.
  case sum(index: String)
  /// The derivative in a name, `diff(t, f)`.
  case derivative(name: String)
  /// A name with formulas in parentheses and indices in brackets, such as `s_x[j+1]` or `a(k, l)[j]`: the first
  /// formulas, so many, stand in parentheses, and the others in brackets.
  case member(name: String, arguments: Int)
  /// A sum over indices that are bound in the last of the formulas.
  case cellSum(CellSum)
  /// An argument that says what something is or comes to, `q = up`.
  case equation
}

/// The sums over cells of a family that a model writes.
public enum CellSum: Sendable, Hashable {
  /// `sum(j from a to b, F)`, with the formulas a, b and F.
  case range(String)
  /// `chain(j, F)`: neighbours of an open chain, j from the first cell to the last but one.
  case chain(String)
  /// `ring(j, F)`: neighbours of a ring, j over all cells and every index taken modulo their number.
  case ring(String)
  /// `pairs(j, k, F)`: all j < k.
  case pairs(String, String)

  /// The indices that it binds.
  public var indices: [String] {
    switch self {
    case .range(let j), .chain(let j), .ring(let j): [j]
    case .pairs(let j, let k): [j, k]
    }
  }
}

/// The functions that formulas may call.
public enum ElementaryFunction: String, Sendable, Hashable, CaseIterable {
  /// Square root.
  case sqrt
  /// Sine of an angle in radians.
  case sin
  /// Cosine of an angle in radians.
  case cos
  /// Tangent of an angle in radians.
  case tan
  /// Arctangent.
  case atan
  /// Exponential.
  case exp
  /// Natural logarithm.
  case log
  /// Hyperbolic sine.
  case sinh
  /// Hyperbolic cosine.
  case cosh
  /// Hyperbolic tangent.
  case tanh
  /// Magnitude.
  case abs
}

extension Expression {
  /// An exact number.
  public static func number(_ value: Rational) -> Expression { Expression(.number(value)) }

  /// The number pi.
  public static let pi = Expression(.pi)

  /// The square root.
  public var squareRoot: Expression { Expression(.call(.sqrt, self)) }

  /// The sum.
  public static func + (a: Expression, b: Expression) -> Expression { Expression(.sum(a, b)) }

  /// The difference.
  public static func - (a: Expression, b: Expression) -> Expression { Expression(.difference(a, b)) }

  /// The product.
  public static func * (a: Expression, b: Expression) -> Expression { Expression(.product(a, b)) }

  /// The quotient.
  public static func / (a: Expression, b: Expression) -> Expression { Expression(.quotient(a, b)) }
}
