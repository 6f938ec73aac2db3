/// Input that is refused: one line that names the place, what is wrong and what is accepted.
public struct BadInput: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let message: String

  /// Whether the value that was asked for is not defined there, such as a quotient of zeros.
  public let isUndefined: Bool

  /// A refusal.
  public init(_ message: String) { (self.message, isUndefined) = (message, false) }

  /// A value that is not defined at accepted parameters, such as a quotient of zeros.
  public init(undefined message: String) { (self.message, isUndefined) = (message, true) }

  /// The line.
  public var description: String { message }
}

/// A question that neither exact arithmetic nor enclosures settled.
public struct Undecided: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is undecided.
  public let reason: String

  /// An unsettled question.
  public init(_ reason: String) { self.reason = reason }

  /// What is undecided.
  public var description: String { reason }
}

extension String {
  /// The text without line breaks and at most 60 characters long, for messages of one line.
  public var abridged: String {
    let line = String(map { $0.isNewline ? " " : $0 })
    return line.count <= 60 ? line : line.prefix(57) + "..."
  }
}
