import ArbitraryPrecision
import Expressions

extension Quantity {
  /// The natural size of a value at these parameters: ``scaleText`` there, to 64 bits.
  ///
  /// It rates values, and bounds nothing: the greatest energy that N cells hold, one over the coupling for times, one
  /// for probabilities and ratios.
  ///
  /// - Parameter given: names and texts of all parameters.
  /// - Throws: ``BadInput`` for a parameter that is refused or missing.
  public func scale(_ given: [(name: String, text: String)]) throws -> Rational {
    let arguments = try Arguments(given, for: self)
    let variables = Dictionary(
      uniqueKeysWithValues: arguments.numbers.map { ($0.name, $0.value.enclosure(precision: 64)) })
    do {
      let value = try Expression(parsing: scaleText).evaluate(
        in: IntervalContext(precision: 64), variables: variables)
      guard let scale = value.midpoint?.rational else {
        throw BadInput("\(name): no scale; accepted: finite \(scaleText)")
      }
      return scale
    } catch let error as ExpressionError {
      preconditionFailure("Quantity: the scale of \(name): \(error)")
    }
  }
}
