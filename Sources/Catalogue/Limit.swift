import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// What a route is limited to: beyond it there is no answer, whatever the caps on bits and time are.
///
/// A limit that the parameters alone decide is checked before any work; others are met in its course.
public struct Limit: Sendable {
  /// What a limit is on.
  public struct Variable: Sendable, Hashable {
    /// The name, of a parameter or `digits`.
    public let name: String

    /// An integer parameter.
    public static func of(_ key: IntegerKey) -> Variable { Variable(name: key.name) }
    /// A rational parameter.
    public static func of(_ key: RationalKey) -> Variable { Variable(name: key.name) }
    /// A real parameter.
    public static func of(_ key: RealKey) -> Variable { Variable(name: key.name) }
    /// The digits asked for.
    public static let digits = Variable(name: "digits")
  }

  /// The parameters that it is on, and `digits` where these count.
  public var parameters: [String] { variables.map(\.name) }
  private let variables: [Variable]
  /// Where the route works, as a condition on the parameters.
  public let condition: String
  /// What grows beyond it.
  public let cause: String
  /// Whether the parameters keep the limit; nil when the work alone tells.
  private let holds: (@Sendable (Arguments) -> Decision)?

  /// A condition on parameters.
  ///
  /// - Parameter holds: undecided leaves it to the work.
  public init(
    _ variables: [Variable], _ condition: String, because cause: String,
    holds: (@Sendable (Arguments) -> Decision)? = nil
  ) {
    (self.variables, self.condition, self.cause, self.holds) = (variables, condition, cause, holds)
  }

  /// An integer parameter of at most some size.
  public static func integer(_ key: IntegerKey, atMost bound: Int, because cause: String) -> Limit {
    Limit([.of(key)], "\(key.name) <= \(bound)", because: cause) {
      Decision((Integer(bound) - $0[key]).signum >= 0)
    }
  }

  /// A real parameter between two numbers, given as they are shown; a text that is no number traps.
  public static func real(_ key: RealKey, from least: String? = nil, to greatest: String? = nil, because cause: String)
    -> Limit
  {
    let condition = [least.map { "\(key.name) >= \($0)" }, greatest.map { "\(key.name) <= \($0)" }].compactMap(\.self)
    func bound(_ text: String) -> Interval {
      guard let number = try? Constant(parsing: text) else { fatalError("Limit: '\(text)' is no number") }
      return number.enclosure(precision: 64)
    }
    let (low, high) = (least.map(bound), greatest.map(bound))
    return Limit([.of(key)], condition.joined(separator: ", "), because: cause) { arguments in
      let value = arguments.enclosure(key, 64)
      if let low, value.upper < low.lower { return .certainlyFalse }
      if let high, value.lower > high.upper { return .certainlyFalse }
      return .undecided
    }
  }

  /// The refusal of what is beyond the limit.
  public var exceeded: Unanswered {
    Unanswered(beyond: "this route is limited to \(condition): \(cause)")
  }

  /// - Throws: ``exceeded`` when the parameters are beyond the limit.
  public func check(_ arguments: Arguments) throws(Unanswered) {
    if holds?(arguments) == .certainlyFalse { throw exceeded }
  }
}
