import ArbitraryPrecision
import RigorousNumerics

@testable import BatteryModels

/// The certified value of a quantity, as sharp as asked.
func enclosure(_ name: String, _ given: [(String, String)], digits: Int) throws -> Interval {
  let quantity = try Catalogue.quantity(named: name)
  let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
  let value = try quantity.certified(arguments, to: .relative(digits: digits), within: Budget())
  guard let lower = value.lower, let upper = value.upper, value.undecided == nil else {
    throw Undecided(value.undecided ?? "no bounds")
  }
  return Interval(from: lower.rational, to: upper.rational, precision: digits * 4 + 64)
}

/// All numbers that round to a printed decimal: half a unit of its last place to both sides.
func printed(_ decimal: String) throws -> Interval { try Interval(text: decimal + "?", precision: 256) }
