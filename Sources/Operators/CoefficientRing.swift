import ArbitraryPrecision
import Expressions

/// The numbers and functions that stand before products of operators: a commutative ring with conjugation.
///
/// A ring is a value that knows its elements: a field of functions keeps a table of its generators, and what adds to
/// it is `mutating`.
public protocol CoefficientRing {
  /// An element.
  associatedtype Element

  /// A rational.
  func number(_ value: Rational) -> Element
  /// The imaginary unit.
  mutating func imaginaryUnit() -> Element
  /// The sum.
  func sum(_ a: Element, _ b: Element) throws -> Element
  /// The product.
  func product(_ a: Element, _ b: Element) throws -> Element
  /// The opposite.
  func negation(_ a: Element) -> Element
  /// The complex conjugate; names stand for real numbers.
  func conjugate(_ a: Element) throws -> Element
  /// Whether an element is certainly zero: terms with such coefficients are dropped. Of numbers this is exact.
  func isZero(_ a: Element) -> Bool
}

/// A ring that reads the operator-free parts of formulas.
public protocol ScalarReading: CoefficientRing {
  /// The element of a formula without operators, in which indices are replaced by numbers.
  ///
  /// - Throws: ``Unreadable`` or ``OutsideFragment`` where it has none.
  mutating func scalar(_ formula: Expression) throws -> Element
  /// A formula with what the ring alone can look up written out, such as entries of tables.
  func written(_ formula: Expression) throws -> Expression
  /// The reciprocal.
  func reciprocal(_ a: Element) throws -> Element
  /// The derivative in a name.
  mutating func derivative(_ a: Element, in name: String) throws -> Element
  /// Whether a name stands for a number.
  func declares(_ name: String) -> Bool
  /// The names that stand for numbers, for messages.
  var declaredNames: [String] { get }
}

extension CoefficientRing {
  /// One.
  public var one: Element { number(1) }

  /// A complex rational, in a ring that has the imaginary unit from the beginning.
  func number(_ value: GaussianRational) throws -> Element {
    guard value.imaginary.signum != 0 else { return number(value.real) }
    var ring = self
    let turned = try ring.product(ring.imaginaryUnit(), number(value.imaginary))
    return try sum(number(value.real), turned)
  }
}

extension ScalarReading {
  /// The formula itself.
  public func written(_ formula: Expression) throws -> Expression { formula }
}

/// What keeps a formula from having a normal form.
public struct OutsideFragment: Error, Sendable, Hashable, CustomStringConvertible {
  /// What it is.
  public let description: String

  /// A reason.
  public init(_ description: String) { self.description = description }
}

/// A subexpression without a normal form.
public struct Unreadable: Error, Sendable, CustomStringConvertible {
  /// The subexpression.
  public let expression: Expression
  /// Why it has none.
  public let reason: String

  /// A subexpression with the reason.
  public init(expression: Expression, reason: String) { (self.expression, self.reason) = (expression, reason) }

  /// Both.
  public var description: String { "'\(expression)' has no normal form here: \(reason)" }

  /// The reason at the first column that the subexpression was read from.
  public var error: ExpressionError { ExpressionError(.malformed, column: expression.firstColumn, reason) }
}

extension Expression {
  /// The least column in the tree that was read from a text; 0 where none was.
  fileprivate var firstColumn: Int {
    node.children.map(\.firstColumn).reduce(column) { $0 == 0 ? $1 : $1 == 0 ? $0 : min($0, $1) }
  }
}
