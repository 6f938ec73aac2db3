import ArbitraryPrecision
import RigorousNumerics

@testable import Catalogue
@testable import Systems

/// The certified value of a quantity, as sharp as asked.
func enclosure(_ name: String, _ given: [(String, String)], digits: Int) throws -> Interval {
  try Catalogue.builtIn.quantity(named: name)
    .interval(given.map { (name: $0.0, text: $0.1) }, to: .relative(digits: digits), within: Budget())
}

/// All numbers that round to a printed decimal: half a unit of its last place to both sides.
func printed(_ decimal: String) throws -> Interval { try Interval(text: decimal + "?", precision: 256) }
