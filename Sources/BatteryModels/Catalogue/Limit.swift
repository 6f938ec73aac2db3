import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// What a route is limited to: beyond it there is no answer, whatever the caps on bits and time are.
///
/// A limit that the parameters alone decide is checked before any work; others are met in its course.
public struct Limit: Sendable {
  /// The parameters that it is on.
  public let parameters: [String]
  /// Where the route works, as a condition on the parameters.
  public let condition: String
  /// What grows beyond it.
  public let cause: String
  /// Whether the parameters keep the limit; nil when the work alone tells.
  private let holds: (@Sendable (Arguments) -> Decision)?

  /// A condition on parameters.
  ///
  /// - Parameter holds: undecided leaves it to the work.
  init(
    _ parameters: [String], _ condition: String, because cause: String,
    holds: (@Sendable (Arguments) -> Decision)? = nil
  ) {
    (self.parameters, self.condition, self.cause, self.holds) = (parameters, condition, cause, holds)
  }

  /// An integer parameter of at most some size.
  static func integer(_ name: String, atMost bound: Int, because cause: String) -> Limit {
    Limit([name], "\(name) <= \(bound)", because: cause) {
      Decision((Integer(bound) - $0.integer(name)).signum >= 0)
    }
  }

  /// A real parameter between two numbers, given as they are shown.
  static func real(_ name: String, from least: String? = nil, to greatest: String? = nil, because cause: String)
    -> Limit
  {
    let condition = [least.map { "\(name) >= \($0)" }, greatest.map { "\(name) <= \($0)" }].compactMap(\.self)
    return Limit([name], condition.joined(separator: ", "), because: cause) { arguments in
      let value = arguments.enclosure(name, 64)
      func bound(_ text: String) -> Interval? { (try? Constant(parsing: text))?.enclosure(precision: 64) }
      if let low = least.flatMap(bound), value.upper < low.lower { return .certainlyFalse }
      if let high = greatest.flatMap(bound), value.lower > high.upper { return .certainlyFalse }
      return .undecided
    }
  }

  /// The refusal of what is beyond the limit.
  var exceeded: Budget.Exhausted {
    Budget.Exhausted(beyond: "this route is limited to \(condition): \(cause)")
  }

  /// - Throws: ``exceeded`` when the parameters are beyond the limit.
  func check(_ arguments: Arguments) throws(Budget.Exhausted) {
    if holds?(arguments) == .certainlyFalse { throw exceeded }
  }
}
