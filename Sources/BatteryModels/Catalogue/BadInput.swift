/// Input that is refused: one line that names the place, what is wrong and what is accepted.
public struct BadInput: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  public let message: String

  /// A refusal.
  public init(_ message: String) { self.message = message }

  /// The line.
  public var description: String { message }
}
