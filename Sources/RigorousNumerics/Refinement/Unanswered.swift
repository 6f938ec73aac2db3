/// That there is no answer as asked, and why: a computation that ends without a value throws this alone.
public struct Unanswered: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kept the answer back.
  public enum Cause: Sendable, Hashable {
    /// A cap, or enclosures that did not tell: more bits or more time might.
    case undecided
    /// A limit of the route, which no cap moves.
    case beyond
    /// A proof that there is no value.
    case never
  }

  /// Why, in words.
  public let reason: String
  /// What kept the answer back.
  public let cause: Cause

  /// A cap that was reached, or an indecision.
  public init(undecided reason: String) { (self.reason, cause) = (reason, .undecided) }

  /// A limit of the route: the reason names it.
  public init(beyond reason: String) { (self.reason, cause) = (reason, .beyond) }

  /// A proof that there is no value.
  public init(never reason: String) { (self.reason, cause) = (reason, .never) }

  /// The reason.
  public var description: String { reason }
}
