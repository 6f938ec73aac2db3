import ArbitraryPrecision
import Catalogue
import Expressions
import Models
import RigorousNumerics
import Testing

extension Model {
  /// A quantity of the model.
  func quantity(_ name: String) throws -> Quantity {
    try entered(in: Catalogue([])).quantity(named: "\(self.name).\(name)")
  }

  /// The certified bounds of a quantity to an absolute accuracy.
  func value(_ name: String, _ given: [(String, String)], digits: Int) throws -> CertifiedValue {
    let quantity = try quantity(name)
    let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
    return try quantity.certified(arguments, to: .absolute(digits: digits), within: Budget(bits: 4096, seconds: 120))
  }
}

/// What a model file that is refused says.
func refusal(of text: String) -> String? {
  do {
    _ = try Model(parsing: text, name: "m.yaml")
    return nil
  } catch { return error.message }
}

/// The enclosure of a number.
func interval(_ text: String) throws -> Interval {
  try Expression(parsing: text).evaluate(in: IntervalContext(precision: 256))
}
