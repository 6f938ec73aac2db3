/// What is wrong with a formula, and where.
public struct ExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sort of fault.
  public enum Kind: Sendable, Hashable {
    /// The text is no formula of the grammar.
    case malformed
    /// A number beyond 2^65536 in magnitude, or nearer to zero than 2^-65536.
    case outOfRange
    /// The formula has no value, such as 1/0.
    case undefined
    /// Neither exact arithmetic nor enclosures tell whether the formula has a value.
    case undecided
  }

  /// The sort of fault.
  public let kind: Kind
  /// The column (from 1) that it is about.
  public let column: Int
  /// What is wrong, and what is accepted.
  public let message: String

  /// A fault at a column.
  public init(_ kind: Kind, column: Int, _ message: String) {
    self.kind = kind
    self.column = column
    self.message = message
  }

  /// `column c: message`.
  public var description: String { "column \(column): \(message)" }
}
