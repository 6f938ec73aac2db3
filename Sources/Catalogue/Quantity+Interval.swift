import ArbitraryPrecision
import RigorousNumerics

extension Quantity {
  /// The certified value as an interval of at least 128 bits, and so many that its roundings are far below the digits
  /// asked for.
  ///
  /// - Parameter given: names and texts of the parameters, in any order.
  /// - Throws: ``BadInput`` for parameters that are refused; ``Undecided`` when the goal was not met within the budget.
  public func interval(
    _ given: [(name: String, text: String)], to goal: Goal, within budget: Budget
  ) throws -> Interval {
    let value = try certified(Arguments(given, for: self), to: goal, within: budget)
    // A digit takes log2(10) < 4 bits.
    guard value.undecided == nil, let interval = value.interval(precision: max(128, 4 * goal.digits + 64)) else {
      throw Undecided("\(name): \(value.undecided ?? "no bounds")")
    }
    return interval
  }
}
